"""Floors under what is heard of form, on songs of styles that differ. `python -m bench.structure` prints all."""

import numpy as np
import pytest
from bench import arranging, structure
from bench.forms import SHEETS

FLOORS = {"close": 0.88, "entries": 0.85, "labels": 0.65, "events_p": 0.6, "kick_p": 0.9, "snare_p": 0.85}


@pytest.fixture(scope="module")
def scores():
    made = {name: arranging.perform(SHEETS[name]) for name in ("dubstep", "soul")}
    return {name: structure.score(song, structure.hear(song)) for name, song in made.items()}


@pytest.mark.parametrize(("what", "least"), FLOORS.items())
def test_forms_of_several_styles_are_heard(scores, what, least):
    assert np.nanmean([getattr(score, what) for score in scores.values()]) >= least, scores


def sung(*lines):
    return [[[word, 2.0 * at, 2.0 * at + 1] for word in line.split()] for at, line in enumerate(lines)]


def test_the_refrain_is_what_comes_back_most():
    verse_one, verse_two = ["one a", "one b", "one c", "one d"], ["two a", "two b", "two c", "two d"]
    refrain, twice = ["hey", "ho", "so it goes"], ["la la la"] * 2
    lines = sung(*verse_one, *refrain, *twice, *verse_two, *refrain, *refrain)
    assert structure.refrains(lines) == [8.0, 26.0, 32.0]
    assert structure.refrains(sung(*verse_one, *verse_two)) == []


@pytest.mark.slow
@pytest.mark.skipif(not structure.BENCH.is_dir(), reason="the bench of real songs is not beside the repository")
def test_refrains_of_sung_songs_are_entered():
    assert np.mean([share for _, share, _ in structure.sung(structure.BENCH)]) >= 0.7
