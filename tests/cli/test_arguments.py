from pathlib import Path

import pytest

from songreel.base.errors import BadRequest
from songreel.cli.arguments import default_out, songs_and_words, spread


@pytest.fixture
def files(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("photos").mkdir()
    for name in ("clip.mp4", "song.mp3"):
        Path(name).touch()


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        (
            "make song.mp3 calm --media photos clip.mp4 --seed 7",
            "make song.mp3 calm --media photos --media clip.mp4 --seed 7",
        ),
        ("make song.mp3 --media photos calm", "make song.mp3 --media photos calm"),
        ("make --media photos song.mp3 calm", "make --media photos song.mp3 calm"),
        ("make --media gone.jpg clip.mp4", "make --media gone.jpg --media clip.mp4"),
        ("make --media", "make --media"),
        ("make --media photos --media clip.mp4", "make --media photos --media clip.mp4"),
    ],
)
@pytest.mark.usefixtures("files")
def test_media_takes_every_path_that_follows_but_a_song(given, meant):
    assert spread(given.split()) == meant.split()


@pytest.mark.usefixtures("files")
def test_words_about_a_project_need_no_song(tmp_path):
    song, gone = (Path("song.mp3"),), (Path("gone.mp3"),)
    assert songs_and_words(["warmer"], project=tmp_path) == ((), "warmer")
    assert songs_and_words(["song.mp3"], project=tmp_path) == (song, "")
    assert songs_and_words(["gone.mp3"], project=None) == (gone, "")
    assert songs_and_words([], project=None) == ((), "")


@pytest.mark.usefixtures("files")
def test_words_follow_as_many_songs_as_are_named():
    several = (Path("song.mp3"), Path("clip.mp4"), Path("gone.wav"))
    assert songs_and_words(["song.mp3", "clip.mp4", "gone.wav", "neon city"], project=None) == (several, "neon city")
    with pytest.raises(BadRequest, match="'city' is more than"):
        songs_and_words(["song.mp3", "neon", "city"], project=None)


@pytest.mark.usefixtures("files")
def test_a_video_is_never_named_as_its_own_song():
    assert default_out(Path("song.mp3")) == Path("song.mp4")
    assert default_out(Path("clip.mp4")) == Path("clip-video.mp4")
    assert default_out(Path("photos/clip.mp4")) == Path("clip.mp4")
    assert default_out(None) == Path("video.mp4")
