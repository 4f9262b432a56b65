"""What a person says about the beats is understood, or refused with a sentence."""

from pathlib import Path

import pytest

from songreel.app.correcting import correction, read_beats
from songreel.base.errors import BadRequest


def test_nothing_said_is_no_correction():
    assert correction() is None


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ({"bpm": 5}, "5 BPM"),
        ({"bpm": float("nan")}, "bpm"),
        ({"first_beat": -1.0}, "before the song"),
        ({"first_beat": float("inf")}, "first beat"),
        ({"meter": 1}, "bar of 1"),
        ({"meter": 99}, "bar of 99"),
        ({"half_time": True, "double_time": True}, "contradict"),
        ({"bpm": 120.0, "half_time": True}, "contradict"),
    ],
)
def test_nonsense_is_refused(said, word):
    with pytest.raises(BadRequest, match=word) as refused:
        correction(**said)
    assert "\n" not in str(refused.value)


def test_a_file_of_beats_is_read_as_it_stands(tmp_path):
    path = tmp_path / "song.beats"
    path.write_text("# by ear\n0.0000\t4\n0.3529\t1\n\n0.7059\t2\n1.5\n")
    assert read_beats(path) == ((0.0, 4), (0.3529, 1), (0.7059, 2), (1.5, 0))
    assert correction(beats=path).beats == read_beats(path)


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"0.5\tone\n", "line 1"),
        (b"0.5\t1\n0.7 2 3\n", "line 2"),
        (b"0.5\t1\n0.4\t2\n", "0.4"),
        (b"0.5\t1\n0.9\t40\n", "40"),
        (b"0.5\t1\n", "two"),
        (b"0.5\t1\nnan\t2\n", "finite"),
        (b"", "two"),
        (b"\xff\xfe\x00RIFF", "no text"),
    ],
)
def test_what_is_no_file_of_beats_is_refused(tmp_path, content, word):
    path = tmp_path / "song.beats"
    path.write_bytes(content)
    with pytest.raises(BadRequest, match=word):
        correction(beats=path)


def test_a_file_of_beats_stands_alone(tmp_path):
    path = tmp_path / "song.beats"
    path.write_text("0.5\t1\n1.0\t2\n")
    with pytest.raises(BadRequest, match="leave out"):
        correction(beats=path, bpm=120)
    with pytest.raises(BadRequest, match="cannot be read"):
        correction(beats=Path(tmp_path / "gone.beats"))
