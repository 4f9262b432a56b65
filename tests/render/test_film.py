"""From a timeline to a file: the same bytes on one worker and on many, after a kill, and from the cache."""

import itertools
import os
import random
import signal
import subprocess
import sys
import time
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import psutil
import pytest
import world

from songreel.base.errors import BadProject, BadRequest, Stopped
from songreel.media.store import Cache
from songreel.model.timeline import Effect, Fade, Framing, PhotoSource, Transition
from songreel.render import film
from songreel.render.chunks import spans

HERE = Path(__file__).parent


def show_timeline(frames=130):
    """A scene, a photo and a scene with feedback; a title and bars. Four chunks."""
    photo = PhotoSource(asset=world.PHOTO)
    feedback = world.scene(f"asset:{world.FEEDBACK}")
    base = [
        world.clip("a", 0, 33, world.scene()),
        world.clip("b", 33, 70, photo, transition=Transition(name="dissolve", frames=6)),
        world.clip("c", 70, frames, feedback, transition=Transition(name="wipe", frames=6)),
    ]
    return world.timeline(base, titles=[world.title("Parity", 4, 44)], visualizer=[world.bars(0, 60)])


def make(out, cache, assets, *, timeline=None, workers=1, preset=None, on_progress=None):
    return film.render(
        timeline or show_timeline(),
        assets=assets,
        song_map=world.song_map(),
        preset=preset or world.preset(),
        out=out,
        workers=workers,
        cache=cache,
        on_progress=on_progress,
    )


def chunk_bytes(cache):
    return {path.name: path.read_bytes() for path in (cache.root / "chunks").rglob("*.mkv")}


def decoded(path):
    with av.open(str(path)) as container:
        return [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]


@pytest.fixture(scope="module")
def whole(assets, tmp_path_factory):
    """The film, made in one go by one worker, with its chunks."""
    folder = tmp_path_factory.mktemp("whole")
    cache = Cache(folder / "cache", 1 << 30)
    rendered = make(folder / "film.mp4", cache, assets)
    return rendered, chunk_bytes(cache)


def test_a_film_has_all_its_frames(whole):
    rendered, chunks = whole
    assert len(decoded(rendered.path)) == rendered.frames == 130
    assert rendered.chunks == len(chunks) == len(spans(130, Fraction(10)))
    assert rendered.reused == 0
    assert set(rendered.timings) == {"prepare", "draw", "join"}


def test_three_workers_make_the_same_bytes_as_one(whole, assets, tmp_path):
    cache = Cache(tmp_path / "cache", 1 << 30)
    parallel = make(tmp_path / "film.mp4", cache, assets, workers=3)
    assert chunk_bytes(cache) == whole[1]
    assert parallel.path.read_bytes() == whole[0].path.read_bytes()


def test_a_second_export_draws_nothing_and_gives_the_same_file(whole, assets, tmp_path):
    cache = Cache(whole[0].path.parent / "cache", 1 << 30)
    told = []
    again = make(tmp_path / "again.mp4", cache, assets, on_progress=lambda stage, share: told.append((stage, share)))
    assert again.reused == again.chunks
    assert again.path.read_bytes() == whole[0].path.read_bytes()
    assert [stage for stage, _ in told] == sorted((stage for stage, _ in told), key=["prepare", "draw", "join"].index)
    assert all(0 <= share <= 1 for _, share in told)


def test_another_title_draws_the_chunks_that_show_it_again(whole, assets, tmp_path):
    cache = Cache(whole[0].path.parent / "cache", 1 << 30)
    old = show_timeline()
    tracks = tuple(
        track.evolve(clips=(world.title("Changed", 4, 44),)) if track.role == "titles" else track
        for track in old.tracks
    )
    changed = make(tmp_path / "changed.mp4", cache, assets, timeline=old.evolve(tracks=tracks))
    assert (changed.chunks, changed.reused) == (4, 2)
    before, after = decoded(whole[0].path), decoded(changed.path)
    differ = [index for index, (a, b) in enumerate(zip(before, after, strict=True)) if not np.array_equal(a, b)]
    assert differ
    assert 4 <= differ[0] < 40
    assert differ[-1] < 80
    assert len(list((cache.root / "sound").rglob("*.mp4"))) == 1


def test_a_fade_is_another_sound_and_the_same_pictures(assets, cache, tmp_path):
    old = show_timeline()
    first = make(tmp_path / "a.mp4", cache, assets, timeline=old)
    tracks = tuple(
        track.evolve(clips=tuple(clip.evolve(fade=Fade(frames_out=20)) for clip in track.clips))
        if track.role == "song"
        else track
        for track in old.tracks
    )
    faded = make(tmp_path / "b.mp4", cache, assets, timeline=old.evolve(tracks=tracks))
    assert faded.reused == faded.chunks == first.chunks
    assert len(list((cache.root / "sound").rglob("*.mp4"))) == 2
    assert faded.path.read_bytes() != first.path.read_bytes()


def test_a_film_killed_at_a_random_moment_goes_on_to_the_same_bytes(whole, assets, tmp_path):
    cache = Cache(tmp_path / "cache", 1 << 30)
    chance = random.Random(11)
    for _ in range(2):
        process = start(tmp_path, assets)
        time.sleep(chance.uniform(0.4, 1.6))
        workers = psutil.Process(process.pid).children(recursive=True) if process.poll() is None else []
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        until(lambda: not any(alive(worker) for worker in workers))  # noqa: B023 - it is called at once
    resumed = make(tmp_path / "film.mp4", cache, assets, workers=2)
    assert resumed.path.read_bytes() == whole[0].path.read_bytes()
    assert chunk_bytes(cache) == whole[1]


def test_ctrl_c_leaves_finished_chunks_and_nothing_else(assets, tmp_path):
    process = start(tmp_path, assets, frames=1200)
    until(lambda: len(list(tmp_path.rglob("*.mkv"))) >= 1 or process.poll() is not None)
    workers = psutil.Process(process.pid).children(recursive=True)
    assert workers
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=60) == Stopped.exit_code
    assert not any(alive(worker) for worker in workers)
    assert not (tmp_path / "film.mp4").exists()
    assert not list(tmp_path.rglob("*.part"))
    assert list(tmp_path.rglob("*.mkv"))


def start(folder, assets, frames=130):
    """Make the film in a process group of its own."""
    script = f"""
import sys
sys.path.insert(0, {str(HERE)!r})
from pathlib import Path
from songreel.base.errors import Stopped
from songreel.media.store import Cache
import test_film
assets = {{name: Path(path) for name, path in { ({name: str(path) for name, path in assets.items()})!r}.items()}}
folder = Path({str(folder)!r})
try:
    test_film.make(folder / "film.mp4", Cache(folder / "cache", 1 << 30), assets,
                   timeline=test_film.show_timeline({frames}), workers=2)
except Stopped as stopped:
    sys.exit(stopped.exit_code)
"""
    return subprocess.Popen([sys.executable, "-c", script], start_new_session=True)


def alive(process):
    return process.is_running() and process.status() != psutil.STATUS_ZOMBIE


def until(holds):
    for _ in range(1200):
        if holds():
            return
        time.sleep(0.05)
    pytest.fail("it did not happen within a minute")


def test_progress_may_stop_a_film(assets, tmp_path):
    def stop(stage, _share):
        if stage == "draw":
            raise KeyboardInterrupt

    with pytest.raises(Stopped):
        make(tmp_path / "film.mp4", Cache(tmp_path / "cache", 1 << 30), assets, on_progress=stop)
    assert not (tmp_path / "film.mp4").exists()
    assert not list(tmp_path.rglob("*.part"))


def test_a_cut_shows_its_first_frame_on_its_frame(assets, tmp_path):
    colors = {"a": world.PHOTO, "b": world.TALL}
    edges = [0, 7, 8, 40, 41, 77, 90]
    clips = [
        world.clip(f"{start}", start, end, PhotoSource(asset=colors["ab"[index % 2]]))
        for index, (start, end) in enumerate(itertools.pairwise(edges))
    ]
    rendered = make(
        tmp_path / "cuts.mp4", Cache(tmp_path / "cache", 1 << 30), assets, timeline=world.timeline(clips), workers=2
    )
    red = [frame[..., 0].mean() > frame[..., 2].mean() for frame in decoded(rendered.path)]
    assert [frame for frame in range(1, 90) if red[frame] != red[frame - 1]] == edges[1:-1]


def test_a_loop_is_seamless(assets, tmp_path):
    zooming = PhotoSource(asset=world.PHOTO, finish=Framing(zoom=2))
    timeline = world.timeline([world.clip("a", 0, 40, zooming)])
    preset = world.preset(audio="none", loops=True, encoding=world.ENCODING.evolve(quality=8))
    frames = decoded(
        make(tmp_path / "loop.mp4", Cache(tmp_path / "cache", 1 << 30), assets, timeline=timeline, preset=preset).path
    )
    steps = [float(np.abs(b.astype(int) - a).mean()) for a, b in itertools.pairwise(frames)]
    seam = float(np.abs(frames[0].astype(int) - frames[-1]).mean())
    assert len(frames) == 40
    assert seam <= max(steps) * 1.2
    assert float(np.abs(frames[20].astype(int) - frames[0]).mean()) > seam


@pytest.mark.parametrize("container", ["gif", "webm"])
def test_other_containers_hold_the_same_frames(assets, tmp_path, container):
    codec = {"gif": "gif", "webm": "vp9"}[container]
    audio = "none" if container == "gif" else "opus"
    preset = world.preset(container=container, audio=audio, encoding=world.ENCODING.evolve(codec=codec))
    timeline = world.timeline([world.clip("a", 0, 20, PhotoSource(asset=world.PHOTO))])
    cache = Cache(tmp_path / "cache", 1 << 30)
    rendered = make(tmp_path / f"film.{container}", cache, assets, timeline=timeline, preset=preset)
    frames = decoded(rendered.path)
    assert len(frames) in (20, 1) if container == "gif" else len(frames) == 20
    assert frames[0][..., 0].mean() > frames[0][..., 2].mean() + 40


def test_what_is_not_there_is_said(assets, tmp_path):
    cache = Cache(tmp_path / "cache", 1 << 30)
    unknown = world.timeline([world.clip("a", 0, 10, world.scene("no-such-scene"))])
    with pytest.raises(BadRequest, match="no-such-scene"):
        make(tmp_path / "film.mp4", cache, assets, timeline=unknown)
    lost = world.timeline([world.clip("a", 0, 10, PhotoSource(asset="0" * 32))])
    with pytest.raises(BadProject):
        make(tmp_path / "film.mp4", cache, assets, timeline=lost)
    effect = world.timeline([world.clip("a", 0, 10, world.scene(), effects=(Effect(name="no-such-effect"),))])
    with pytest.raises(BadRequest, match="no-such-effect"):
        make(tmp_path / "film.mp4", cache, assets, timeline=effect)
    assert not (tmp_path / "film.mp4").exists()
