"""Any song goes through, the same one always the same way."""

import subprocess
import sys
import tracemalloc
import wave
from dataclasses import fields, replace
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest

from songreel.analysis import frontend, network, pipeline
from songreel.base.errors import Stopped
from songreel.demo import song as demo
from songreel.media import probe
from songreel.model.song_map import BANDS, HITS, SongMap

PER_FRAME = ("spectrum", "flux", "power", "centroid", "fine", "chroma", "timbre", "width")


def write(path, samples, rate):
    """Write samples, shape (channels, n), as a 16-bit WAV."""
    with wave.open(str(path), "wb") as out:
        out.setnchannels(samples.shape[0])
        out.setsampwidth(2)
        out.setframerate(rate)
        out.writeframes(np.rint(np.clip(samples.T, -1, 1) * 32767).astype("<i2").tobytes())
    return path


def note(seconds, rate):
    t = np.arange(round(seconds * rate)) / rate
    return (0.5 * np.sin(2 * np.pi * 440 * t) * np.exp(-3 * t))[None]


def holed(seconds, rate):
    noise = np.random.default_rng(0).standard_normal((2, round(seconds * rate))) * 0.1
    noise[:, noise.shape[1] // 3 : noise.shape[1] // 2] = 0
    return noise


def check(song_map, asset):
    """Assert what holds for every song map."""
    edges = [section.start for section in song_map.sections] + [song_map.sections[-1].end]
    assert edges[0] == 0
    assert edges[-1] == pytest.approx(float(asset.duration), abs=1e-6)
    assert all(a.end == b.start and a.start < a.end for a, b in pairwise(song_map.sections))
    times = song_map.beat_times()
    assert list(times) == sorted(set(times))
    assert all(0 <= at <= float(asset.duration) for at in (*times, *song_map.onsets))
    assert all(0 <= event.at <= float(asset.duration) for event in song_map.events)
    curves = [*song_map.bands.values(), *song_map.hits.values(), song_map.level, song_map.brightness]
    assert {*song_map.bands, *song_map.hits} == {*BANDS, *HITS}
    assert all(abs(len(curve.values()) / curve.rate_hz - float(asset.duration)) < 0.1 for curve in curves)
    slow = [song_map.width, song_map.harmony]
    assert all(abs(len(curve.values()) / curve.rate_hz - float(asset.duration)) <= 0.2 for curve in slow)
    assert (song_map.bpm == 0) == (not times)
    assert SongMap.from_json(song_map.to_json()) == song_map


@pytest.mark.parametrize(
    ("make", "seconds", "rate"),
    [
        (note, 0.2, 44_100),
        (note, 0.01, 48_000),
        (note, 3, 8_000),
        (note, 2, 192_000),
        (holed, 9, 22_050),
        (holed, 2.5, 96_000),
    ],
)
def test_any_sound_is_described(tmp_path, make, seconds, rate):
    path = write(tmp_path / "song.wav", make(seconds, rate), rate)
    asset = probe.song(path)
    check(pipeline.hear(path, asset), asset)


@pytest.fixture(scope="module")
def composed(tmp_path_factory):
    path = tmp_path_factory.mktemp("demo") / "demo.wav"
    truth = demo.compose()
    demo.write_wav(truth, path)
    return path, truth


def test_the_demo_song_is_heard(composed):
    path, truth = composed
    asset, told = probe.song(path), []
    song_map = pipeline.hear(path, asset, on_progress=told.append)
    check(song_map, asset)
    assert song_map.meter == 4
    assert song_map.bpm == pytest.approx(116, abs=0.02)
    near = np.abs(np.array(song_map.beat_times())[:, None] - truth.beats).min(axis=0)
    assert np.mean(near < 0.005) > 0.97
    assert told == sorted(told)
    assert told[-1] == 1
    assert song_map.loudness.integrated_lufs == pytest.approx(-14, abs=0.7)


def test_another_process_hears_the_same(composed):
    path, _ = composed
    program = (
        "import sys; from pathlib import Path;"
        "from songreel.analysis import pipeline; from songreel.media import probe;"
        "path = Path(sys.argv[1]); sys.stdout.write(pipeline.hear(path, probe.song(path)).to_json())"
    )
    out = subprocess.run([sys.executable, "-c", program, str(path)], check=True, capture_output=True, text=True).stdout
    assert out == pipeline.hear(path, probe.song(path)).to_json()


def tiled(heard, times):
    """Return what is heard in a song that is played so many times."""
    kept = {each.name: getattr(heard, each.name) for each in fields(heard)}
    long = {name: np.concatenate([value] * times) for name, value in kept.items() if isinstance(value, np.ndarray)}
    return replace(heard, seconds=heard.seconds * times, **long)


def test_each_minute_of_a_song_takes_little_memory(composed, monkeypatch):
    path, truth = composed
    minute = truth.pcm[:, : 60 * truth.rate].astype(np.float32)
    peaks, asset = [], probe.song(path)
    for minutes in (2, 4):
        heard = tiled(frontend.listen([minute], channels=2), minutes)
        # what the network takes for a block is the same in a long song as in a short one
        seen = network.activations(heard.spectrum)
        monkeypatch.setattr(pipeline.network, "activations", lambda _spectrum, seen=seen: seen)
        tracemalloc.start()
        kept = sum(getattr(heard, each.name).nbytes for each in fields(heard) if each.name in PER_FRAME)
        pipeline.describe(heard, asset.model_copy(update={"duration": Fraction(60 * minutes)}))
        peaks.append(kept + tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        monkeypatch.undo()
    a_minute = (peaks[1] - peaks[0]) / 2
    assert 180 * a_minute < 600e6


def test_stopping_passes_through(composed):
    path, _ = composed

    def stop(_fraction):
        raise Stopped("stopped")

    with pytest.raises(Stopped):
        pipeline.hear(path, probe.song(path), on_progress=stop)
