"""Floors under what is heard, a little below what was measured. `python bench/hearing.py` prints the figures."""

import itertools

import numpy as np
import pytest
import sounds
from bench import drawn
from bench import hearing as bench
from bench import made as hard_songs
from scipy.stats import spearmanr

from songreel.analysis import pipeline
from songreel.demo import song as demo
from songreel.demo.score import Part

FORM = (Part("intro", 2), Part("verse", 8), Part("chorus", 8), Part("breakdown", 4), Part("drop", 8))
# bpm, meter, swing, final bpm
SONGS = [
    (74.0, 4, 0.0, 79.0),
    (93.5, 4, 1.0, None),
    (104.0, 3, 0.0, None),
    (117.3, 4, 0.5, 126.0),
    (128.0, 4, 0.0, None),
    (140.0, 7, 0.0, None),
    (151.0, 5, 0.5, None),
    (166.0, 4, 0.0, None),
    (172.0, 6, 0.0, None),
    (188.0, 4, 0.0, 180.0),
]


@pytest.fixture(scope="module")
def composed():
    scores, entries = {}, []
    for seed, (bpm, meter, swing, final_bpm) in enumerate(SONGS, 20):
        made = demo.compose(bpm=bpm, meter=meter, form=FORM, seed=seed, swing=swing, final_bpm=final_bpm)
        heard = sounds.listen(made.pcm)
        song_map = pipeline.describe(heard, sounds.asset(made.pcm.shape[1] / made.rate, channels=2))
        name = f"{bpm}-{meter}-{swing}-{final_bpm}"
        scores[name] = bench.score(song_map, np.array(made.beats), np.array(made.downbeats), took_s=0)
        borders = np.array([section.start for section in song_map.sections])
        entries += [np.abs(borders - part.start).min() for part in made.sections if part.label in ("chorus", "drop")]
    return scores, np.array(entries)


def test_composed_songs_are_heard(composed):
    mean = bench.mean(composed[0])
    table = bench.table(composed[0])
    assert mean.beats >= 0.97, table
    assert mean.cmlt >= 0.94, table
    assert mean.downbeats >= 0.95, table
    assert mean.error_ms <= 3, table


def test_borders_fall_where_choruses_and_drops_begin(composed):
    assert np.mean(composed[1] < 1.5) >= 0.85


@pytest.fixture(scope="module")
def hard():
    scores = {}
    for made in itertools.islice(hard_songs.songs(), 0, 8):
        song_map = sounds.heard(made.pcm)
        scores[made.name] = bench.score(song_map, made.beats, made.downbeats, took_s=0)
    return scores


def test_songs_whose_kicks_leave_the_beat_are_heard(hard):
    mean, table = bench.mean(hard), bench.table(hard)
    assert mean.beats >= 0.8, table
    assert mean.amlt >= 0.93, table
    assert mean.downbeats >= 0.8, table


def test_what_is_said_of_songs_follows_what_they_score():
    scores = {}
    for made in drawn.songs(12):
        scores[made.name] = bench.score(sounds.heard(made.pcm), made.beats, made.downbeats, took_s=0)
    said = np.array([(one.sure, one.sure_of_bars) for one in scores.values()])
    scored = np.array([((one.beats + one.cmlt) / 2, one.downbeats) for one in scores.values()])
    good = scored > bench.GOOD
    assert said[good[:, 0], 0].min() > np.median(said[~good[:, 0], 0]), bench.table(scores)
    assert spearmanr(said[:, 0], scored[:, 0]).statistic > 0.6, bench.table(scores)
    assert spearmanr(said[:, 1], scored[:, 1]).statistic > 0.6, bench.table(scores)


@pytest.mark.slow
@pytest.mark.skipif(not bench.BENCH.is_dir(), reason="the bench of real songs is not beside the repository")
def test_real_songs_are_heard():
    scores = {song.name: bench.listen(song) for song in bench.bench_songs(bench.BENCH)}
    mean, table = bench.mean(scores), bench.table(scores)
    assert mean.beats >= 0.98, table
    assert mean.cmlt >= 0.975, table
    assert mean.amlt >= 0.975, table
    assert mean.downbeats >= 0.97, table
    assert mean.error_ms <= 3, table
    assert mean.sure >= 0.75, table
