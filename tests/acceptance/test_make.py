"""The whole program, from a song and a sentence to a proven file."""

import json
import random
import shutil
import signal
import time
from pathlib import Path

import av
import numpy as np
import psutil
import pytest
from PIL import Image

SMALL = ("--size", "160x90")
WORDS = "neon city, quick cuts, title 'Half Light'"


def frames_of(video):
    with av.open(str(video)) as container:
        return np.stack([frame.to_ndarray(format="gray") for frame in container.decode(video=0)])


def made(result):
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


def test_a_song_and_a_sentence_become_a_proven_video(songreel, song, tmp_path):
    said = made(songreel("make", song, WORDS, "-o", "video.mp4", "--json", *SMALL))
    assert "video.mp4" in said
    assert "Proof" in said
    proof = json.loads((tmp_path / "video.json").read_text())
    assert proof["schema"] == "songreel.proof"
    assert all(finding["ok"] for finding in proof["findings"])
    checked = songreel("check", "video.mp4", "--song", song, "--json")
    assert json.loads(checked.stdout)["schema"] == "songreel.proof"


def test_one_worker_and_three_make_the_same_file(songreel, song, tmp_path):
    made(songreel("make", song, WORDS, "-o", "one.mp4", "--workers", "1", *SMALL))
    shutil.rmtree(tmp_path / "cache")
    made(songreel("make", song, WORDS, "-o", "three.mp4", "--workers", "3", *SMALL))
    assert (tmp_path / "one.mp4").read_bytes() == (tmp_path / "three.mp4").read_bytes()


def test_a_kill_at_any_moment_loses_nothing(songreel, song, tmp_path):
    made(songreel("make", song, WORDS, "-o", "whole.mp4", "--workers", "2", *SMALL))
    shutil.rmtree(tmp_path / "cache")
    for moment in random.Random(5).sample(range(8, 80), 4):
        process = songreel.start("make", song, WORDS, "-o", "killed.mp4", "--workers", "2", *SMALL)
        children = _live(process, moment / 10)
        process.kill()
        process.communicate()
        _, alive = psutil.wait_procs(children, timeout=10)
        assert alive == []
    made(songreel("make", song, WORDS, "-o", "killed.mp4", "--workers", "2", *SMALL))
    assert (tmp_path / "killed.mp4").read_bytes() == (tmp_path / "whole.mp4").read_bytes()
    assert [path for path in tmp_path.iterdir() if path.suffix not in (".mp4", "")] == []


def test_ctrl_c_stops_cleanly_and_the_same_command_goes_on(songreel, song, tmp_path):
    process = songreel.start("make", song, WORDS, "-o", "video.mp4", "--workers", "2", *SMALL)
    children = _live(process, 3)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=30)
    if process.returncode == 130:
        assert "Traceback" not in err
        assert not (tmp_path / "video.mp4").exists()
    _, alive = psutil.wait_procs(children, timeout=10)
    assert alive == []
    made(songreel("make", song, WORDS, "-o", "video.mp4", *SMALL))


def test_a_project_can_be_moved_and_reopened(songreel, song, tmp_path):
    made(songreel("make", song, WORDS, "-o", "first.mp4", "--project", "here", *SMALL))
    (tmp_path / "here").rename(tmp_path / "there")
    shutil.rmtree(tmp_path / "cache")
    made(songreel("make", "--project", "there", "-o", "again.mp4", *SMALL))
    assert (tmp_path / "again.mp4").read_bytes() == (tmp_path / "first.mp4").read_bytes()
    made(songreel("make", "--project", "there", "--title", "Full Light", "-o", "other.mp4", *SMALL))
    assert sorted(path.name for path in (tmp_path / "there" / "timelines").iterdir()) == [
        "0001.json",
        "0002.json",
        "0003.json",
    ]


def test_another_seed_is_another_video(songreel, song, tmp_path):
    made(songreel("make", song, "--seed", "1", "-o", "one.mp4", *SMALL))
    made(songreel("make", song, "--seed", "2", "-o", "two.mp4", *SMALL))
    one, two = frames_of(tmp_path / "one.mp4"), frames_of(tmp_path / "two.mp4")
    assert len(one) == len(two)
    assert np.abs(one.astype(int) - two).mean() > 2


@pytest.mark.parametrize("name", ["video.mov", "video.webm", "video.gif"])
def test_other_containers(songreel, song, tmp_path, name):
    made(songreel("make", song, "calm", "-o", name, "--size", "64x36", "--fps", "10"))
    with av.open(str(tmp_path / name)) as container:
        assert sum(1 for _ in container.decode(video=0)) > 20
        assert bool(container.streams.audio) == (Path(name).suffix != ".gif")


def _live(process, seconds):
    """Let a process run for a while, and return the processes that it has started."""
    until = time.monotonic() + seconds
    children = []
    while time.monotonic() < until and process.poll() is None:
        children = psutil.Process(process.pid).children(recursive=True) if psutil.pid_exists(process.pid) else []
        time.sleep(0.05)
    return children


OWN_SCENE = '/*{"ISFVSN": "2"}*/\nvoid main() { gl_FragColor = vec4(isf_FragNormCoord, fract(TIME), 1.0); }\n'


def test_a_reopened_project_is_as_it_was_and_takes_what_is_brought_to_it(songreel, song, tmp_path):
    (tmp_path / "own.fs").write_text(OWN_SCENE)
    scenes = ("--scene", "Tunnel", "--scene", "own.fs", "--seed", "5")
    tiny = ("--size", "64x36", "--workers", "1")
    made(songreel("make", song, "calm", *scenes, "--project", "here", "-o", "first.mp4", *tiny))
    asked = json.loads((tmp_path / "here" / "project.json").read_text())["brief"]
    (tmp_path / "own.fs").unlink()
    made(songreel("make", "--project", "here", "-o", "again.mp4"))
    assert json.loads((tmp_path / "here" / "project.json").read_text())["brief"] == asked
    assert (tmp_path / "again.mp4").read_bytes() == (tmp_path / "first.mp4").read_bytes()
    Image.radial_gradient("L").save(tmp_path / "cover.png")
    made(songreel("make", "--project", "here", "--cover", "cover.png", "--seed", "6", "-o", "more.mp4"))
    brief = json.loads((tmp_path / "here" / "project.json").read_text())["brief"]
    assert (brief["seed"], brief["scenes"]) == (6, asked["scenes"])
    assert list((tmp_path / "here" / "assets").glob(f"{brief['cover']}.png"))
