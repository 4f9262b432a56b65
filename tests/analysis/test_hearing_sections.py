"""Sections tile a song, begin on downbeats, and are called by what they are."""

from itertools import pairwise

import numpy as np
import pytest
import sounds
from hypothesis import given, settings
from hypothesis import strategies as st

from songreel.analysis import blocks, labels, letters, repeats, turns
from songreel.analysis.blocks import Likeness
from songreel.analysis.repeats import Tunes
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
    borders = blocks.divide(
        Likeness(look + 0.1 * rng.standard_normal(look.shape)), rng.random(sum(sizes) + 1), phrase=8 * barwise
    )
    assert borders[0] == 0
    assert borders[-1] == sum(sizes)
    assert all(0 < b - a <= blocks.LONGEST for a, b in pairwise(borders))


def test_clear_blocks_of_eight_are_found():
    rng = np.random.default_rng(1)
    look = np.repeat(rng.standard_normal((6, 10)), 8, axis=0) + 0.05 * rng.standard_normal((48, 10))
    assert blocks.divide(Likeness(look), np.zeros(49), phrase=8) == list(range(0, 49, 8))


def part(name, at, full, *, cells=8, low=None, climb=0.0, struck=0.0):
    """Return a part of the form: its place, how full it is in dB, by how much it climbs, how its drums are struck."""
    levels = full + climb * np.linspace(-0.75, 0.75, cells)
    lows = np.full(cells, float(full if low is None else low))
    return labels.Part(name, (16.0 * at, 16.0 * at + 16), levels, lows, struck)


def label(*parts):
    named = labels.name(list(parts), sure=[1.0] * len(parts), certainty=1.0)
    return [section.label for section in named]


def test_what_repeats_and_is_full_is_the_chorus_and_what_leads_to_it_the_pre_chorus():
    levels = {"I": -20, "A": -14, "P": -13, "C": -10, "B": -15, "O": -25}
    form = "IAPCAPCBCO"
    assert label(*[part(name, i, levels[name]) for i, name in enumerate(form)]) == [
        "intro", "verse", "pre-chorus", "chorus", "verse", "pre-chorus", "chorus", "bridge", "chorus", "outro",
    ]  # fmt: skip


@pytest.mark.parametrize(("struck", "called"), [(0.03, "solo"), (0.02, "bridge"), (0.0, "bridge")])
def test_drums_go_on_under_a_solo_and_hold_back_in_a_bridge(struck, called):
    levels = {"I": -20, "A": -14, "C": -10, "B": -12, "O": -25}
    form = [part(name, i, levels[name], struck=struck if name == "B" else 0.03) for i, name in enumerate("IACACBCO")]
    assert label(*form)[5] == called


def test_what_stands_alone_between_the_first_two_refrains_is_a_verse():
    levels = {"I": -20, "A": -14, "C": -10, "B": -14, "O": -25}
    assert label(*[part(name, i, levels[name]) for i, name in enumerate("IACBCACO")])[3] == "verse"


def test_what_climbs_without_lows_builds_to_a_drop():
    intro, verse = part("I", 0, -20), part("A", 1, -14)
    rise = [part("R", i, -18, low=-40, climb=6) for i in (2, 5)]
    drops = [part("D", i, -9) for i in (3, 6)]
    calm = part("B", 4, -24, low=-40)
    out = part("I", 7, -20)
    assert label(intro, verse, rise[0], drops[0], calm, rise[1], drops[1], out) == [
        "intro", "verse", "build", "drop", "breakdown", "build", "drop", "outro",
    ]  # fmt: skip


def test_one_part_alone_has_a_label():
    assert label(part("A", 0, -10)) == ["verse"]


def bars_of(rng, count):
    """Return chroma of bars that all differ."""
    return rng.random((count, repeats.SLICES, 12)) ** 4


def test_repeats_end_where_the_same_bars_do():
    rng = np.random.default_rng(3)
    verse, chorus, other = bars_of(rng, 12), bars_of(rng, 16), bars_of(rng, 11)
    tunes = Tunes.of(np.concatenate([verse, chorus, other, chorus, bars_of(rng, 10)]))
    found = tunes.ends()
    assert set(np.argsort(found)[-4:].tolist()) == {12, 28, 39, 55}
    assert not Tunes.of(bars_of(rng, 60)).ends().max() > 0.25


def test_a_border_is_believed_where_its_repeat_has_one():
    rng = np.random.default_rng(4)
    song = np.concatenate([bars_of(rng, 20), bars_of(rng, 10)])
    tunes = Tunes.of(np.concatenate([song, song]))
    turn = np.zeros(61)
    turn[20] = 1
    shared = tunes.shared(turn)
    assert shared[50] > 0.4
    assert np.delete(shared, [20, 50]).max() < 0.1


def test_a_tune_is_known_in_another_key_and_not_mistaken():
    rng = np.random.default_rng(5)
    one, other = bars_of(rng, 8), bars_of(rng, 8)
    tunes = Tunes.of(np.concatenate([one, other, np.roll(one, 2, axis=2)]))
    assert tunes.alike((0, 8), (16, 24)) > 0.9
    assert tunes.alike((0, 8), (8, 16)) < 0.3
    assert tunes.alike((2, 6), (16, 24)) > 0.9
    assert tunes.alike((0, 8), (17, 24)) > 0.9
    assert tunes.alike((0, 8), (15, 23)) > 0.9


@pytest.mark.parametrize(
    ("sounds_played", "tunes_played", "expected"),
    [
        ("abcdab", "abcdab", ["A", "B", "C", "D", "A", "B"]),
        ("abcdeb", "abcdab", ["A", "B", "C", "D", "A′", "B"]),
        ("abcdea", "abcdef", ["A", "B", "C", "D", "E", "A"]),
    ],
)
def test_letters_tell_the_same_from_another_dress_and_from_other_music(sounds_played, tunes_played, expected):
    rng = np.random.default_rng(6)
    tune = {one: bars_of(rng, 8) for one in "abcdef"}
    sound = {one: np.repeat(rng.standard_normal((1, 20)), 8, axis=0) for one in "abcde"}
    timbre = np.concatenate([sound[one] for one in sounds_played])
    tunes = Tunes.of(np.concatenate([tune[one] for one in tunes_played]))
    named = letters.name(Likeness(timbre + 0.05 * rng.standard_normal(timbre.shape)), tunes, list(range(0, 49, 8)))
    assert named == expected


def test_a_border_is_in_doubt_beside_a_better_one_and_where_nothing_turns():
    worth = np.full(49, 0.1)
    worth[[8, 16, 18, 32, 40]] = 1.0, 0.6, 1.2, 0.15, 1.1
    start, clear, beside, little, last = turns.certainty(worth, [0, 8, 16, 32, 40, 48])
    assert start == 1
    assert clear > 0.95
    assert last > 0.95
    assert beside < 0.3
    assert little < 0.6
    assert max(turns.certainty(np.zeros(20), [0, 8, 16, 20])[1:]) == 0


def test_sections_of_a_song_without_form_are_not_believed():
    shapeless = sounds.heard(sounds.noise(40))
    assert shapeless.confidence.sections < 0.3
    assert all(section.confidence < 0.5 for section in shapeless.sections)


@settings(max_examples=30)
@given(st.lists(st.integers(1, 20), min_size=1, max_size=12), st.integers(0, 1000))
def test_any_form_has_labels(sizes, seed):
    rng = np.random.default_rng(seed)
    parts = [
        labels.Part("ABCD"[rng.integers(4)] + "′" * rng.integers(2), (i, i + 1), *rng.normal(-20, 9, (2, size)))
        for i, size in enumerate(sizes)
    ]
    named = labels.name(parts, sure=[0.5] * len(parts), certainty=0.5)
    assert [section.id for section in named] == [each.id for each in parts]
    assert max(section.confidence for section in named) <= 0.5
    assert max(section.energy for section in named) <= 1
