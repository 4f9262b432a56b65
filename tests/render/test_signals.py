"""The music as numbers: exact on the beat, 0…1, never stepping back, and the same whatever the rate."""

from fractions import Fraction

import numpy as np
import pytest
import world

from songreel.base.time import frame_at
from songreel.model.song_map import REST, Curve
from songreel.render.signals import COLUMNS, table
from songreel.visuals.signals import SIGNALS

RATES = [Fraction(24), Fraction(30), Fraction(60), Fraction(30000, 1001)]


def columns(fps=Fraction(30), start=Fraction(0), song_map=None, seconds=12):
    values = table(song_map or world.song_map(), fps=fps, start=start, count=int(seconds * fps))
    return dict(zip(COLUMNS, values.T, strict=True))


def test_every_signal_but_the_seed_has_a_column():
    assert set(COLUMNS) | {"seed"} == set(SIGNALS)


@pytest.mark.parametrize("fps", RATES)
def test_signals_stay_in_their_range(fps):
    for name, values in columns(fps).items():
        assert np.isfinite(values).all(), name
        if name not in ("beatCount", "travel"):
            assert values.min() >= 0, name
            assert values.max() <= 1, name


@pytest.mark.parametrize("fps", RATES)
def test_a_beat_is_on_the_frame_nearest_to_it(fps):
    song_map = world.song_map(bpm=127)
    found = columns(fps, song_map=song_map)
    frames = [frame_at(at, fps) for at in song_map.beat_times()]
    frames = [frame for frame in frames if frame < len(found["beat"])]
    assert found["beat"][frames[:-1]] == pytest.approx(0, abs=1e-4)
    assert (np.diff(found["beatCount"])[np.array(frames[1:]) - 1] == 1).all()
    assert (found["pulse"][frames[1:-1]] > found["pulse"][np.array(frames[1:-1]) - 1]).all()


def test_a_video_that_begins_in_the_song_has_the_songs_signals():
    whole, part = columns(seconds=12), columns(start=Fraction(5), seconds=7)
    for name in COLUMNS:
        # Hits still ring from before the start, and travel counts from it.
        if name not in ("kick", "snare", "hat", "travel"):
            assert part[name] == pytest.approx(whole[name][150:360], abs=1e-4), name


def test_width_and_harmony_reach_shaders_and_a_song_without_them_is_still():
    width, harmony = Curve.of([0, 1], 0.5), Curve.of([1, 0.5, 0], 1)
    found = columns(song_map=world.song_map().evolve(width=width, harmony=harmony), seconds=2)
    assert found["stereo"][::15] == pytest.approx([0, 0.25, 0.5, 0.75], abs=0.01)
    assert found["harmony"][::15] == pytest.approx([1, 0.75, 0.5, 0.25], abs=0.01)
    still = columns(song_map=world.song_map().evolve(width=REST, harmony=REST), seconds=2)
    assert not still["stereo"].any()
    assert not still["harmony"].any()


def test_travel_never_steps_back_and_runs_faster_when_it_is_louder():
    travel = columns()["travel"]
    steps = np.diff(travel)
    assert steps.min() > 0
    assert steps.max() > 1.5 * steps.min()


def test_builds_drops_and_sections_are_where_the_song_has_them():
    found = columns()
    assert np.flatnonzero(found["build"])[[0, -1]] == pytest.approx([91, 179], abs=1)
    assert np.argmax(found["drop"]) == 180
    assert found["drop"][:180].max() == 0
    assert found["energy"][0] == pytest.approx(0.3)
    assert found["energy"][-1] == pytest.approx(0.9)
    assert found["energy"][180] == pytest.approx(0.6, abs=0.02)
    assert found["section"][180] == pytest.approx(0, abs=0.01)


def test_a_song_without_beats_has_none():
    silent = world.song_map().evolve(beats=(), bpm=0, meter=0, events=())
    found = columns(song_map=silent)
    for name in ("beat", "bar", "beatCount", "pulse", "downbeat", "build", "drop"):
        assert not found[name].any(), name


def test_a_hit_between_two_frames_is_not_lost():
    song_map = world.song_map()
    hits = np.zeros(1200)
    hits[101] = 1
    one = song_map.evolve(hits=dict.fromkeys(song_map.hits, type(song_map.level).of(hits, 100)))
    kick = columns(Fraction(24), song_map=one)["kick"]
    assert kick.max() == pytest.approx(1)
    assert np.argmax(kick) == frame_at(Fraction(101, 100), Fraction(24))
