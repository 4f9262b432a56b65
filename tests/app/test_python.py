"""The Python that the documentation shows, run as it stands."""

import re
from pathlib import Path

import pytest
from tests.media.made import SONGS, write_song

import songreel
from songreel.base.errors import BadRequest
from songreel.base.settings import settings
from songreel.demo import song as demo_song
from songreel.demo.score import Part
from songreel.media import probe
from songreel.model import preset

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "python.md"
BLOCK = re.compile(r"```python\n(.*?)```", re.DOTALL)


@pytest.fixture
def song(tmp_path, monkeypatch):
    """A folder with a short song, where what is drawn is small and drawn by one process."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SONGREEL_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("SONGREEL_WORKERS", "1")
    settings.cache_clear()
    monkeypatch.setitem(preset.PRESETS, "youtube", preset.PRESETS["youtube"].evolve(width=160, height=90))
    composed = demo_song.compose(bpm=200, form=(Part("verse", 1), Part("chorus", 1)), seed=4)
    codec, container, _ = SONGS["a.mp3"]
    yield write_song(tmp_path / "song.mp3", composed.pcm, rate=composed.rate, codec=codec, container=container)
    settings.cache_clear()


@pytest.mark.slow
def test_every_example_of_the_documentation_runs(song, capsys):
    names = {}
    for block in BLOCK.findall(PAGE.read_text()):
        exec(block.replace("320x180", "160x90"), names)
    assert names["made"].path == Path("video.mp4")
    assert names["made"].proof.passed
    assert "title “Urban Dreams”" in names["turn"].reply
    assert probe.footage(Path("second.mp4")).duration > 0
    assert names["heard"].beats
    out = capsys.readouterr().out
    assert "does not say what kind of video it is" in out
    assert not Path("video.avi").exists()
    assert song.exists()


def test_options_that_make_no_sense_are_refused_in_one_sentence(tmp_path):
    with pytest.raises(BadRequest, match="seed"):
        songreel.make("song.mp3", out=tmp_path / "v.mp4", seed=-1)
    with pytest.raises(BadRequest, match="colour"):
        songreel.make("song.mp3", out=tmp_path / "v.mp4", colour="red")


def test_what_is_not_there_is_no_attribute():
    assert {"make", "edit", "export", "analyze"} <= set(dir(songreel)) | set(songreel.__all__)
    with pytest.raises(AttributeError):
        songreel.mkae  # noqa: B018
