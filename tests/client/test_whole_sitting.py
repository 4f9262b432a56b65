"""A whole sitting with the real service, which the command starts by itself: the tutorial's, with a small file."""

import os
import wave
from contextlib import suppress
from pathlib import Path

import pytest
from tests.docs import pages

from songreel.cli import embedded, shell
from songreel.demo import song as demo_song
from songreel.demo.score import Part
from songreel.media import probe


@pytest.fixture
def at_home(tmp_path, monkeypatch):
    """A folder with a short song, and a home, a service and a cache of its own."""
    for name, folder in (("HOME", "home"), ("SONGREEL_HOME", "service"), ("SONGREEL_CACHE", "cache")):
        monkeypatch.setenv(name, str(tmp_path / folder))
    for name in ("NEMO_API_URL", "NEMO_TOKEN", "NEMO_CLIENT_ID", "SKILL_SOURCE"):
        monkeypatch.delenv(name, raising=False)
    # The pictures are small: a process that draws takes longer to start than to draw them.
    monkeypatch.setenv("SONGREEL_WORKERS", "1")
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    demo_song.write_wav(demo_song.compose(bpm=140, form=(Part("chorus", 1),), seed=4), here / "song.wav")
    return here


@pytest.mark.slow
def test_from_a_song_to_a_file_in_one_sitting(at_home, capsys):
    small = {"song.mp3": "song.wav", "export 360p": "导出 240p"}
    said = [small.get(line, line) for line in pages.said("tutorial/first-video.md") if line != "export"]
    assert set(small.values()) <= set(said)
    assert shell.run(["chat", *said]) == 0, capsys.readouterr()
    out, err = capsys.readouterr()
    assert "Received song.wav" in out
    assert '3. Title: "Urban Dreams" (0-3s)' in out
    assert "nmv_usr_" not in out + err
    (video,) = at_home.glob("*.mp4")
    assert f"已保存 {video.name}" in out
    found = probe.footage(video)
    assert (found.width, found.height) == (240, 426)
    with wave.open("song.wav") as song:
        assert float(found.duration) == pytest.approx(song.getnframes() / song.getframerate(), abs=0.05)
    assert len(list(at_home.iterdir())) == 2
    assert not services_of_ours(), "the service outlived the command"


def services_of_ours():
    """Return the command lines of services that this process started."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            found.append(entry.read_bytes().split(b"\0"))
    return [line for line in found if embedded.__name__.encode() in line and str(os.getpid()).encode() in line]
