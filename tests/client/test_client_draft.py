"""The timeline in one line, exactly as the published skills print it, and what differs between two states."""

import pytest
from tests.client.fake import made_draft, titled
from tests.editing import timelines

from songreel.client import changes, summary
from songreel.client.answers import State
from songreel.editing import describe
from songreel.server import draft

SEED = (
    'Timeline (3 tracks): 1. Video: city timelapse (0-10s) 2. BGM: Lo-fi (0-10s, 35%) 3. Title: "Urban Dreams" (0-3s)'
)


def state(found, **fields):
    return State.read({"state": {"draft": found, **fields}})


def test_the_example_of_the_skills_is_met_letter_by_letter():
    assert summary(titled(made_draft())) == SEED


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ({}, made_draft(), "Timeline (2 tracks)"),
        (made_draft(), titled(made_draft()), 'added Title: "Urban Dreams" (0-3s)'),
        (titled(made_draft()), made_draft(), 'removed Title: "Urban Dreams" (0-3s)'),
        (titled(made_draft()), titled(made_draft(), "Night"), '"Urban Dreams" (0-3s) became Title: "Night" (0-3s)'),
        (made_draft(), made_draft(1080, 1920), "1080x1920 instead of 1920x1080"),
        (made_draft(), {**made_draft(), "d": 12_000}, "12 s instead of 10 s"),
        (made_draft(), {}, "gone"),
    ],
)
def test_what_changed_is_said(before, after, said):
    assert said in changes(state(before), state(after), "en")


def test_a_state_is_the_same_as_itself_and_a_count_of_edits_is_no_change():
    same = titled(made_draft())
    counted = {**same, "m": {**same["m"], "version": 9}}
    assert changes(state(same), state(counted), "en") == ""


def test_nobody_reads_a_line_for_each_of_two_hundred_shots():
    many = made_draft()
    cut = [{"s": n * 50, "d": 50, "m": {"id": f"c{n}", "name": f"shot {n}"}} for n in range(200)]
    many = {**many, "t": [{**many["t"][0], "sg": cut}, many["t"][1]]}
    assert changes(state(made_draft()), state(many), "en") == "200 shots instead of 1"
    assert "shot 0, shot 1, shot 2 and 197 more (0-10s)" in summary(many)


@pytest.mark.parametrize(
    "broken", [{"t": None}, {"t": [None, {"sg": 3}]}, {"t": [{"tt": 0, "sg": [{"m": None, "s": "x"}]}]}]
)
def test_a_draft_that_makes_no_sense_is_told_without_failing(broken):
    assert summary(broken).startswith("Timeline (")
    changes(state({}), state(broken), "zh")


def test_the_client_and_the_service_tell_a_timeline_in_the_same_words():
    timeline = timelines.timeline()
    assert summary(draft.of(timeline)) == describe.summary(timeline)
