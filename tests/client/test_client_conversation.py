"""A conversation: routed, translated, told in the person's language; each code as the table says."""

import pytest
from pydantic import SecretStr
from tests.client import warp
from tests.client.fake import VIDEO

from songreel.client import Conversation, Pace

SEED = (
    'Timeline (3 tracks): 1. Video: city timelapse (0-10s) 2. BGM: Lo-fi (0-10s, 35%) 3. Title: "Urban Dreams" (0-3s)'
)


def shown(said, *kinds):
    return [each.text for each in said if each.kind in kinds]


def test_it_connects_by_itself_with_a_brief_notice(talk):
    (said,), _ = talk()
    assert [(each.kind, each.text) for each in said] == [("notice", "Connecting..."), ("notice", "Ready!")]


def test_what_the_table_names_does_not_reach_the_agent(talk, fake):
    (_, *answers), _ = talk("credits", "积分", "show tracks", "状态", "upload", "export")
    assert fake.messages == []
    assert shown(answers[0], "text") == ["70 credits available, 30 reserved, 100 in total."]
    assert shown(answers[1], "text") == ["可用积分 70，冻结 30，总计 100。"]
    assert shown(answers[2], "text") == ["There is no video yet."]
    assert "Drag a file" in shown(answers[4], "text")[0]
    assert "no video to export" in shown(answers[5], "error")[0]


def test_the_state_is_the_line_of_the_skills(talk):
    (_, _, said), _ = talk("make a video with a title", "show tracks")
    assert shown(said, "summary") == [SEED]


def test_gui_talk_is_translated_and_what_it_asks_for_is_done(talk, fake):
    fake.says = "Done. Preview it in the timeline, then click the Export button."
    (_, said), _ = talk("make a video")
    assert shown(said, "text") == ["Done. See the tracks below, then say “export”."]
    assert shown(said, "summary")[0].startswith("Timeline (2 tracks)")
    assert shown(said, "offer") == ["Say “export” to get the file."]


def test_files_are_brought_and_words_after_them_are_said(talk, fake, tmp_path):
    for name in ("song.mp3", "a b.jpg"):
        (tmp_path / name).write_bytes(name.encode() * 10)
    (_, said), _ = talk(f"{tmp_path}/song.mp3 '{tmp_path}/a b.jpg' make a video")
    assert shown(said, "text") == ["Received song.mp3 (10 s).", "Done."]
    assert fake.messages == ["make a video"]
    assert b'filename="a b.jpg"' in fake.uploads[0]


def test_a_file_that_is_not_there_stops_the_line(talk, fake, tmp_path):
    (_, said), _ = talk(f"{tmp_path}/none.mp3 make a video")
    assert "none.mp3" in shown(said, "error")[0]
    assert fake.messages == []


@pytest.mark.parametrize("shape", ["union", "top", "data", "output", "nested", "string", "none"])
def test_an_export_is_followed_and_fetched_wherever_its_fields_sit(talk, fake, tmp_path, shape):
    fake.shape, fake.polls = shape, 3
    (_, _, said), passed = talk("make a video with a title", "导出")
    (file,) = [each for each in said if each.kind == "file"]
    assert file.path.read_bytes() == VIDEO
    assert file.path.parent == tmp_path
    assert passed == pytest.approx(3 * 30, abs=2)
    shares = [each.share for each in said if each.kind == "progress" and "导出" in each.text]
    assert shares == sorted(shares)


def test_a_second_export_overwrites_nothing_and_renders_nothing_again(talk, fake):
    (_, _, first, second, _, third), _ = talk("make a video", "export", "export", "make it vertical", "export")
    paths = [each.path.name for said in (first, second, third) for each in said if each.kind == "file"]
    assert len(set(paths)) == 3
    assert len(fake.renders) <= 2


def test_an_export_that_takes_long_is_looked_at_ten_times_and_can_be_waited_for_again(talk, fake):
    fake.polls = 14
    (_, _, first, second), passed = talk("make a video", "export", "export")
    assert "71%" in shown(first, "error")[0]
    assert [each.kind for each in second][-1] == "file"
    assert passed == pytest.approx(14 * 30, abs=2)
    assert len(fake.renders) == 1


@pytest.mark.parametrize(("ends", "word"), [("failed", "out of memory"), ("cancelled", "cancelled")])
def test_an_export_that_comes_to_nothing_is_told(talk, fake, ends, word):
    fake.ends = ends
    (_, _, said), _ = talk("make a video", "export", pace=Pace(every_s=1))
    assert word in shown(said, "error")[0]


@pytest.mark.parametrize(
    ("path", "code", "status", "data", "line", "words"),
    [
        ("/run_sse", 2001, 403, {"bind_url": "https://w/register?bind=7"}, "make a video", "https://w/register?bind=7"),
        ("/run_sse", 2001, 403, None, "make a video", "https://web.example/register?bind=anon_1"),
        ("/upload-video/", 4001, 415, {"supported": ["mp3", "wav"]}, "{song}", "mp3, wav"),
        ("/upload-video/", 4001, 415, None, "{song}", "m4a, aac"),
        ("/upload-video/", 4002, 413, {"limit_bytes": 500_000_000}, "{song}", "at most 500 MB"),
        ("/render/", 402, 402, None, "export", "Register or upgrade your plan to unlock export."),
        ("/balance", 429, 429, None, "credits", "too often"),
        ("/balance", 400, 400, None, "credits", "refused"),
        ("/balance", 9999, 500, None, "credits", "refused"),
    ],
)
def test_each_code_is_told_as_the_table_says(talk, fake, tmp_path, path, code, status, data, line, words):
    (tmp_path / "song.mp3").touch()
    fake.refuse(path, code, status, data=data, times=2)
    if line == "export":
        (_, _, said), _ = talk("make a video", line)
    else:
        (_, said), _ = talk(line.format(song=tmp_path / "song.mp3"))
    assert words in shown(said, "error")[0]
    assert not fake.messages or line == "export"


def test_someone_with_an_account_is_told_to_top_up(connect, fake):
    fake.tokens["nmv_usr_own"] = "nobody"
    fake.refuse("/balance", 2001, 403)

    async def work():
        async with connect(token=SecretStr("nmv_usr_own")) as client:
            return [each async for each in Conversation(client).say("credits")]

    said, _ = warp.run(work())
    assert "Top up credits in your account" in shown(said, "error")[0]


def test_a_session_that_is_gone_is_followed_by_a_new_one(talk, fake):
    fake.refuse("/run_sse", 1002, 404)
    (_, said), _ = talk("make a video")
    assert len(fake.sessions) == 2
    assert "new one" in shown(said, "notice")[0]
    assert shown(said, "text") == ["Done."]
    assert fake.messages == ["make a video"]


@pytest.mark.parametrize("path", ["/render/proxy/lambda/render_", "/download"])
def test_a_render_that_is_gone_does_not_cost_the_session(talk, fake, path):
    fake.refuse(path, 1002, 404)
    (_, _, first, second), _ = talk("make a video", "export", "export", pace=Pace(every_s=1))
    assert "gain" in shown(first, "error")[0]
    assert [each.kind for each in second][-1] == "file"
    assert len(fake.sessions) == 1


def test_a_service_that_is_not_there_is_told_in_one_sentence(talk, fake):
    fake.refusals["anonymous-token"] += [(200, ["no envelope"], {})]
    (said,), _ = talk()
    assert "does not answer as a service of this protocol" in shown(said, "error")[0]
