"""What is dragged into a terminal is found, however the terminal writes it; titles are words."""

import shlex

import pytest

from songreel.client import paths


@pytest.fixture
def song(tmp_path):
    path = tmp_path / "my song (final).mp3"
    path.touch()
    return path


@pytest.mark.parametrize("written", ["{}", "'{}'", '"{}"', "backslashes", "address", "shell"])
def test_a_path_is_found_however_it_is_written(song, written):
    line = {
        "backslashes": str(song).replace(" ", "\\ ").replace("(", "\\(").replace(")", "\\)"),
        "address": song.as_uri(),
        "shell": shlex.quote(str(song)),
    }.get(written, written.format(song))
    assert paths.find(line) == paths.Found(paths=(song,))


def test_several_files_and_words(song, tmp_path):
    photo = tmp_path / "a.jpg"
    photo.touch()
    found = paths.find(f"upload '{song}' {photo}, and make it blue")
    assert (found.paths, found.words) == ((song, photo), "upload , and make it blue")


def test_a_title_with_the_name_of_a_file_is_words(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "Night").touch()
    line = "add the title 'Night' and don't fade it"
    assert paths.find(line) == paths.Found(words=line)


def test_a_file_that_is_not_there_is_told_and_prose_is_not_taken_for_one(tmp_path):
    assert paths.find(f"{tmp_path}/none.mp3 please").missing == (f"{tmp_path}/none.mp3",)
    assert paths.find("make song.mp3 louder and/or warmer").words == "make song.mp3 louder and/or warmer"


@pytest.mark.parametrize(
    ("line", "urls", "words"),
    [
        ("https://x.example/a/song.mp3?key=1", ("https://x.example/a/song.mp3?key=1",), ""),
        ("make a video of https://x.example/song.wav, neon", ("https://x.example/song.wav",), "make a video of , neon"),
        ("title https://my.page", (), "title https://my.page"),
    ],
)
def test_addresses(line, urls, words):
    found = paths.find(line)
    assert (found.urls, found.words) == (urls, words)
