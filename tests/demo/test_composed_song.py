"""The composed song is music at a sane level, and its truth is true."""

import wave
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from songreel.demo import song as demo
from songreel.demo.score import FORM, Grid, Part, notes


@pytest.fixture(scope="module")
def composed():
    return demo.compose()


def test_the_same_arguments_give_the_same_samples(composed):
    again = demo.compose()
    assert np.array_equal(again.pcm, composed.pcm)
    short = (Part("verse", 1), Part("chorus", 1))
    assert not np.array_equal(demo.compose(form=short, seed=8).pcm, demo.compose(form=short, seed=9).pcm)


def test_it_is_about_forty_seconds_of_stereo_below_the_ceiling(composed):
    seconds = composed.pcm.shape[1] / composed.rate
    assert 35 < seconds < 50
    assert 0.5 < np.abs(composed.pcm).max() <= demo.CEILING
    left, right = composed.pcm
    assert 0.3 < np.corrcoef(left, right)[0, 1] < 0.995
    assert abs(composed.pcm.mean()) < 1e-3
    assert np.abs(composed.pcm[:, -10:]).max() < 1e-3


def test_choruses_stand_out_from_verses(composed):
    def level(label):
        parts = [p for p in composed.sections if p.label == label]
        cut = [composed.pcm[:, round(p.start * composed.rate) : round(p.end * composed.rate)] for p in parts]
        return 10 * np.log10(np.mean([np.mean(np.square(c)) for c in cut]))

    assert level("chorus") - level("verse") > 2
    assert level("verse") - level("intro") > 4


def test_sections_tile_the_song_on_downbeats(composed):
    assert composed.sections[0].start == 0
    assert composed.sections[-1].end == composed.pcm.shape[1] / composed.rate
    assert all(a.end == b.start for a, b in pairwise(composed.sections))
    assert {p.start for p in composed.sections} <= set(composed.downbeats)
    assert [p.label for p in composed.sections] == [p.label for p in FORM]


def test_each_downbeat_of_a_chorus_has_a_kick_exactly_there(composed):
    chorus = next(p for p in composed.sections if p.label == "chorus")
    for at in (t for t in composed.downbeats if chorus.start <= t < chorus.end):
        start = round(at * composed.rate)
        before, after = composed.pcm[:, start - 400 : start], composed.pcm[:, start : start + 400]
        assert np.square(after).sum() > 1.5 * np.square(before).sum()


@given(st.floats(50, 220), st.floats(50, 220), st.integers(2, 400), st.floats(0, 1))
def test_time_runs_forward_and_beats_keep_their_tempo(bpm, final_bpm, beats, swing):
    grid = Grid(bpm, final_bpm, beats, swing)
    times = [grid.seconds(half / 2) for half in range(2 * beats + 1)]
    assert times[0] == 0
    assert all(a < b for a, b in pairwise(times))
    first, last = times[2] - times[0], times[-1] - times[-3]
    slow, fast = sorted((60 / bpm, 60 / final_bpm))
    assert slow * 0.999 <= min(first, last)
    assert max(first, last) <= fast * 1.001


@pytest.mark.parametrize("meter", [1, 2, 3, 4, 5, 6, 7, 8])
def test_every_note_lies_within_the_song_in_any_meter(meter):
    written = list(notes(FORM, meter, 3))
    total = meter * sum(p.bars for p in FORM)
    assert all(0 <= note.beat <= total for note in written)
    assert {note.instrument for note in written} >= {"kick", "snare", "hat", "bass", "pad", "lead", "pluck"}


def test_the_wav_holds_the_samples(composed, tmp_path):
    path = tmp_path / "demo.wav"
    demo.write_wav(composed, path)
    with wave.open(str(path)) as read:
        assert (read.getnchannels(), read.getframerate(), read.getnframes()) == (2, 44_100, composed.pcm.shape[1])
        raw = np.frombuffer(read.readframes(read.getnframes()), dtype="<i2").reshape(-1, 2).T / 32767
    assert np.abs(raw - composed.pcm).max() < 1 / 32767
