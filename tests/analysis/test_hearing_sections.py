"""Sections tile a song, begin on downbeats, and are called by what they are."""

from itertools import pairwise

import numpy as np
import pytest
import sounds
from hypothesis import given, settings
from hypothesis import strategies as st

from songreel.analysis import blocks, labels
from songreel.analysis.blocks import Likeness
from songreel.demo import song as demo
from songreel.demo.score import Part


@pytest.fixture(scope="module")
def heard():
    form = (
        Part("intro", 4),
        Part("verse", 8),
        Part("chorus", 8),
        Part("verse", 8),
        Part("chorus", 8),
        Part("outro", 4),
    )
    made = demo.compose(bpm=124, form=form, seed=5)
    return made, sounds.heard(made.pcm)


def test_borders_are_the_composed_ones_and_lie_on_downbeats(heard):
    made, song_map = heard
    borders = [section.start for section in song_map.sections[1:]]
    assert all(min(abs(border - at) for at in song_map.downbeat_times()) < 1e-6 for border in borders)
    found = [min(abs(border - part.start) for border in borders) < 0.5 for part in made.sections[1:]]
    assert np.mean(found) >= 0.8


def test_choruses_repeat_and_have_more_energy_than_verses(heard):
    made, song_map = heard
    choruses = [song_map.section_at(part.start + 4) for part in made.sections if part.label == "chorus"]
    verses = [song_map.section_at(part.start + 4) for part in made.sections if part.label == "verse"]
    assert {section.label for section in choruses} <= {"chorus", "drop"}
    assert len({section.id for section in choruses}) == 1
    assert {section.id for section in choruses}.isdisjoint(section.id for section in verses)
    assert min(section.energy for section in choruses) > max(section.energy for section in verses)
    assert song_map.sections[0].label == "intro"
    assert song_map.sections[-1].label == "outro"


@settings(max_examples=40)
@given(st.lists(st.integers(1, 40), min_size=1, max_size=8), st.booleans())
def test_blocks_cover_all_cells_once(sizes, barwise):
    rng = np.random.default_rng(sum(sizes))
    look = np.repeat(rng.standard_normal((len(sizes), 6)), sizes, axis=0)
    borders = blocks.divide(Likeness(look + 0.1 * rng.standard_normal(look.shape)), barwise=barwise)
    assert borders[0] == 0
    assert borders[-1] == sum(sizes)
    assert all(0 < b - a <= blocks.LONGEST for a, b in pairwise(borders))


def test_clear_blocks_of_eight_are_found():
    rng = np.random.default_rng(1)
    look = np.repeat(rng.standard_normal((6, 10)), 8, axis=0) + 0.05 * rng.standard_normal((48, 10))
    assert blocks.divide(Likeness(look), barwise=True) == list(range(0, 49, 8))


def part(name, start, level, cells=8):
    return labels.Part(name, start, start + 16, cells, np.full(cells, float(level)))


def test_what_repeats_and_is_loud_is_the_chorus():
    parts = [
        part(name, 16 * i, level)
        for i, (name, level) in enumerate(zip("AXBXBCBD", (10, 16, 20, 16, 20, 8, 20, 5), strict=True))
    ]
    named = labels.name(parts, sure=[1.0] * len(parts), certainty=1.0)
    assert [section.label for section in named] == [
        "intro",
        "verse",
        "chorus",
        "verse",
        "chorus",
        "breakdown",
        "drop",
        "outro",
    ]
