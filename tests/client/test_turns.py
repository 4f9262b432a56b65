"""Messages whose streams say nothing, break off, take long or fail; none is ever sent twice."""

import pytest


def shown(said, *kinds):
    return [each.text for each in said if each.kind in kinds]


def test_text_is_shown_and_what_tools_do_is_not(talk):
    (_, said), _ = talk("make a video")
    assert [(each.kind, each.text) for each in said] == [("text", "Done.")]


def test_a_silent_edit_is_read_off_the_state(talk, fake):
    fake.mode = "silent"
    (_, first, second), _ = talk("make a video", "add the title 'Urban Dreams'")
    assert "Timeline (2 tracks)" in shown(first, "text")[0]
    assert 'added Title: "Urban Dreams" (0-3s)' in shown(second, "text")[0]
    assert len(fake.messages) == 2


def test_a_silent_edit_that_shows_late_is_waited_for(talk, fake):
    fake.mode, fake.edit_after_s = "silent", 3
    (_, said), passed = talk("make a video")
    assert "Timeline (2 tracks)" in shown(said, "text")[0]
    assert passed == pytest.approx(5)


def test_a_silent_stream_that_changed_nothing_says_so(talk, fake):
    fake.mode = "nothing"
    (_, said), _ = talk("make a video")
    assert shown(said, "text") == ["Nothing changed in the video."]


def test_every_two_minutes_it_says_that_work_goes_on(talk, fake):
    fake.mode = "slow"
    (_, said), passed = talk("make a video")
    assert shown(said, "notice", "text") == ["⏳ Still working...", "⏳ Still working...", "Done."]
    assert passed == pytest.approx(300)


def test_a_stream_of_nothing_but_heartbeats_ends_after_fifteen_minutes(talk, fake):
    fake.mode = "stuck"
    (_, said), passed = talk("make a video")
    notices = shown(said, "notice")
    assert notices.count("⏳ Still working...") == 7
    assert "Timeline (2 tracks)" in shown(said, "text")[0]
    assert passed == pytest.approx(900 + 30)
    assert len(fake.messages) == 1


@pytest.mark.parametrize(("edit_after_s", "passed"), [(1, 30), (31, 90), (100, 150), (260, 270)])
def test_a_dropped_stream_is_looked_after_by_the_rule(talk, fake, edit_after_s, passed):
    fake.mode, fake.edit_after_s = "dropped", edit_after_s
    (_, said), took = talk("make a video")
    assert "Timeline (2 tracks)" in shown(said, "text")[0]
    assert took == pytest.approx(passed)
    assert len(fake.messages) == 1


def test_a_dropped_stream_is_given_up_after_five_looks_and_never_sent_again(talk, fake):
    fake.mode, fake.edit_after_s = "dropped", 10_000
    (_, said), took = talk("make a video")
    assert took == pytest.approx(30 + 4 * 60)
    assert "not sent again" in shown(said, "text")[0]
    assert len(fake.asked("/run_sse")) == 1
    assert len(fake.asked("/state/")) == 1 + 5


def test_a_failure_in_the_stream_is_told(talk, fake):
    fake.mode = "fails"
    (_, said), _ = talk("make a video")
    assert "there is no second chorus" in shown(said, "error")[0]


def test_a_code_in_the_stream_is_told_as_any_other_and_the_message_is_not_sent_again(talk, fake):
    fake.mode = "broke"
    (_, said), _ = talk("make a video")
    assert "https://w/register?bind=anon_1" in shown(said, "error")[0]
    assert len(fake.messages) == 1


def test_a_session_that_is_gone_after_a_message_was_taken_does_not_take_it_twice(talk, fake):
    fake.mode = "silent"
    fake.refusals["/state/"] += [(200, {"code": 0, "data": {"state": {"draft": {}}}}, {})]
    fake.refuse("/state/", 1002, 404)
    (_, said), _ = talk("make a video")
    assert shown(said, "error")
    assert len(fake.messages) == 1


def test_pieces_are_put_together_where_the_whole_is_missing(talk, fake):
    fake.mode = "pieces"
    (_, said), _ = talk("make a video")
    assert shown(said, "text") == ["Here it is."]
