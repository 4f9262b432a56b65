"""Which of several videos an export is of, and that each is a render and a file of its own."""

import pytest
from tests.client.fake import VIDEO, made_draft

from songreel.client import Pace, SongVideo, videos

NAMES = ("day.mp3", "Night Train.wav", "song 3.flac", "day.wav")
FOUR = [SongVideo(song=str(at), filename=name, version=at, draft={"d": at}) for at, name in enumerate(NAMES, 1)]


@pytest.mark.parametrize(
    ("words", "places"),
    [
        ("export all", [1, 2, 3, 4]),
        ("export every song as webm", [1, 2, 3, 4]),
        ("全部导出", [1, 2, 3, 4]),
        ("把每首歌都导出", [1, 2, 3, 4]),
        ("导出所有视频", [1, 2, 3, 4]),
        ("export the second song", [2]),
        ("export song 2 at 720p", [2]),
        ("export the last one", [4]),
        ("导出第三首", [3]),
        ("导出最后一首", [4]),
        ("export the 9th song", []),
        ("export Night Train", [2]),
        ("export day", [1, 4]),
        ("export day.mp3", [1]),
        ("export day.wav, song 3.flac", [3, 4]),
        ("export 720p", None),
        ("export", None),
        ("export the first 20 seconds", None),
        ("导出", None),
    ],
)
def test_which_videos_are_meant(words, places):
    found = videos.meant(words, FOUR)
    assert (None if found is None else [video.version for video in found]) == places


def held(fake):
    fake.videos = [
        {"song": str(at), "filename": name, "version": at, "draft": made_draft(width=100 * at)}
        for at, name in enumerate(("day.mp3", "night.mp3", "night.wav"), 1)
    ]


def test_all_are_exported_each_as_a_render_and_a_file_of_its_own(talk, fake):
    held(fake)
    (_, _, said), _ = talk("make a video", "export all", pace=Pace(every_s=1))
    files = [each.path for each in said if each.kind == "file"]
    assert [path.name for path in files] == ["day.mp4", "night.mp4", "night-2.mp4"]
    assert all(path.read_bytes() == VIDEO for path in files)
    assert sorted(each["draft"]["m"]["width"] for each in fake.renders.values()) == [100, 200, 300]


def test_one_is_exported_by_its_name_or_number(talk, fake):
    held(fake)
    (_, _, first, second, none), _ = talk(
        "make a video", "export the first song", "导出 night.wav", "export the 9th song", pace=Pace(every_s=1)
    )
    assert [each.path.name for each in first if each.kind == "file"] == ["day.mp4"]
    assert [each.path.name for each in second if each.kind == "file"] == ["night.mp4"]
    assert [each["draft"]["m"]["width"] for each in fake.renders.values()] == [100, 300]
    assert "day.mp3, night.mp3, night.wav" in next(each.text for each in none if each.kind == "error")
    assert fake.messages == ["make a video"]


def test_a_service_that_tells_of_one_video_exports_that_one_and_says_so(talk):
    (_, _, said), _ = talk("make a video", "export all", pace=Pace(every_s=1))
    assert [each.kind for each in said if each.kind in ("notice", "file", "error")] == ["notice", "file"]


def test_a_file_of_the_session_that_is_named_among_words_is_not_brought_again(talk, fake, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "song.mp3").write_bytes(b"song")
    (_, _, _, again), _ = talk("song.mp3", "make a video for song.mp3", "song.mp3")
    assert fake.messages == ["make a video for song.mp3"]
    assert len(fake.uploads) == 2
    assert any(each.kind == "text" and "Received" in each.text for each in again)


def test_words_that_come_with_a_further_song_are_about_that_song(talk, fake, tmp_path):
    for name in ("song.mp3", "night.mp3"):
        (tmp_path / name).write_bytes(b"song")
    fake.named = True
    talk(f"{tmp_path}/song.mp3 make a video", f"{tmp_path}/night.mp3 dark, slow", f"{tmp_path}/song.mp3 do this song")
    assert fake.messages == ["make a video", "for night.mp3: dark, slow", "do this song"]
