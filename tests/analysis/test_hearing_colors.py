"""Envelopes, drum hits, key and mood: what scenes are driven by."""

import numpy as np
import pytest
import sounds
from bench import arranging
from bench.forms import Sheet

from songreel.analysis import bands, frontend, harmony, key, onsets
from songreel.demo import song as demo
from songreel.demo.score import FORM, Grid, notes, style

SEED = 2


@pytest.fixture(scope="module")
def heard():
    return sounds.listen(demo.compose(bpm=116, seed=SEED).pcm)


DRUMMED = """
verse A 8 rock hats bass8 clean sing:a p1
chorus B 8 back open bassroot bright sing:C p2 fill
bridge D 4 kick clap hats sub808 pad sing:d p3
"""


@pytest.fixture(scope="module")
def drummed():
    sheets = [Sheet(bpm, DRUMMED, seed) for bpm, seed in ((98, 12), (124, 13), (141, 14))]
    return [(made.hits, sounds.listen(made.pcm)) for made in map(arranging.perform, sheets)]


@pytest.mark.parametrize(("name", "least_recall", "least_precision"), [("kick", 0.9, 0.85), ("snare", 0.8, 0.85)])
def test_drums_are_seen_where_they_are_hit_and_basses_are_not(drummed, name, least_recall, least_precision):
    recall, precision = [], []
    for hits, ear in drummed:
        seen = np.flatnonzero(onsets.hits(ear.flux, ear.power)[name] > 0.4) / frontend.FRAME_RATE
        apart = np.abs(hits[name][:, None] - seen)
        recall.append(np.mean(apart.min(axis=1) < 0.04))
        precision.append(np.mean(apart.min(axis=0) < 0.04))
    assert np.mean(recall) >= least_recall
    assert np.mean(precision) >= least_precision


def test_hats_are_seen(drummed):
    for hits, ear in drummed:
        seen = np.flatnonzero(onsets.hits(ear.flux, ear.power)["hat"] > 0.4) / frontend.FRAME_RATE
        assert np.mean(np.abs(hits["hat"][:, None] - seen).min(axis=1) < 0.04) >= 0.8


def test_a_bass_alone_gives_no_snare_and_no_hat():
    t = np.arange(8 * sounds.RATE) / sounds.RATE
    bass = (0.5 * np.sin(2 * np.pi * 80 * t) * np.exp(-((2 * t) % 1) * 2))[None].astype(np.float32)
    ear = sounds.listen(bass)
    hits = onsets.hits(ear.flux, ear.power)
    assert max(hits["snare"].max(), hits["hat"].max()) < 0.4


def test_onsets_are_near_what_begins(heard):
    grid = Grid(116, 116, 80)
    true = np.array([grid.seconds(note.beat) for note in notes(FORM, 4, SEED)])
    found = onsets.pick(heard.flux) / frontend.FRAME_RATE
    assert np.mean(np.abs(found[:, None] - true).min(axis=1) < 0.03) > 0.95


def test_an_envelope_rises_at_once_and_falls_evenly():
    values = np.zeros(300, dtype=np.float32)
    values[100] = 1
    curve = bands.eased(values, 0.2)
    assert curve[:99].max() < 0.01
    assert curve[102] > 0.9
    assert np.all(np.diff(curve[102:]) <= 0)
    assert curve[122] / curve[102] == pytest.approx(np.exp(-1), rel=0.05)


@pytest.mark.parametrize(("hz", "name"), [(40, "sub"), (110, "bass"), (300, "lowmid"), (1200, "mid"), (6000, "treble")])
def test_a_tone_shows_in_its_band(hz, name):
    t = np.arange(2 * sounds.RATE) / sounds.RATE
    tone = (0.5 * np.sin(2 * np.pi * hz * t))[None].astype(np.float32)
    power = sounds.listen(tone).power[50:150].mean(axis=0)
    merged = np.append(power[:4], power[4:].sum())
    assert bands.BANDS[int(merged.argmax())] == name


def test_the_key_of_most_composed_songs_is_found():
    right = []
    for seed in range(6):
        chosen = style(seed, 4)
        chroma = sounds.listen(demo.compose(seed=seed).pcm).chroma
        found = key.find(chroma)
        right.append(found.tonic == key.TONICS[chosen.tonic % 12] and (found.mode == "minor") == chosen.minor)
    assert np.mean(right) >= 0.65


def test_a_loud_fast_song_is_more_excited_than_a_quiet_slow_one():
    loud = demo.compose(bpm=150, seed=3).pcm
    quiet = demo.compose(bpm=70, seed=3).pcm[:, : 30 * sounds.RATE] * 0.1
    assert sounds.heard(loud).mood.arousal > sounds.heard(quiet).mood.arousal + 0.15


def test_width_runs_from_mono_to_two_channels_that_share_nothing():
    rng = np.random.default_rng(2)
    left, right = 0.1 * rng.standard_normal((2, 2 * sounds.RATE))
    parts = [(left, left), (left, 0.7 * left + 0.7 * right), (left, right), (left, -left)]
    width = sounds.listen(np.concatenate([np.stack(part) for part in parts], axis=1).astype(np.float32)).width
    mono, some, apart, against = (width[20 * i + 5 : 20 * i + 15].mean() for i in range(4))
    assert mono == 0
    assert mono < 0.3 < some < 0.7 < apart
    assert apart > 0.97
    assert against == 1
    assert not sounds.listen(sounds.noise(1)).width.any()


def test_harmony_moves_where_chords_change():
    t = np.arange(2 * sounds.RATE) / sounds.RATE
    chords = [(262, 330, 392), (349, 440, 523), (392, 494, 587), (262, 330, 392)]
    sound = np.concatenate([0.1 * sum(np.sin(2 * np.pi * hz * t) for hz in chord) for chord in chords])
    moved = harmony.change(sounds.listen(sound[None].astype(np.float32)).chroma)
    assert all(moved[at - 2 : at + 3].max() > 0.8 for at in (20, 40, 60))
    assert all(moved[at : at + 8].max() < 0.2 for at in (6, 26, 46, 66))
    assert harmony.change(sounds.listen(sounds.drone(6)).chroma).mean() < 0.5
    assert not harmony.change(np.zeros((40, 12), np.float32)).any()
