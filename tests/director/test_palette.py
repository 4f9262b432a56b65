"""Laws of palettes: what was asked for is in them, they go from dark to light, tones do what they say."""

from __future__ import annotations

import colorsys
import itertools
import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from songs import COVER, looked_at, song_map, stock

from songreel.director import color, palette
from songreel.director import look as looks
from songreel.model.brief import Brief

hexes = st.integers(0, 0xFFFFFF).map(lambda each: f"#{each:06x}")


def rgb(each: str) -> tuple[float, float, float]:
    return int(each[1:3], 16) / 255, int(each[3:5], 16) / 255, int(each[5:7], 16) / 255


def mean(five: tuple[str, ...], measure) -> float:
    return sum(measure(*rgb(each)) for each in five) / 5


@given(hexes)
def test_a_color_comes_back_as_it_was(each):
    assert color.distance(color.color(*color.tint(each)), each) < 0.01


@given(st.floats(-0.5, 1.5), st.floats(0, 1), st.floats(-10, 10))
def test_any_tint_is_some_color(light, chroma, hue):
    made = color.color(light, chroma, hue)
    assert len(made) == 7
    # near black, one step of 8 bits is 0.07 of OKLab's lightness
    assert abs(color.tint(made).light - min(max(light, 0), 1)) < 0.07


@given(st.lists(hexes, max_size=7))
def test_asked_colors_are_in_the_palette_from_dark_to_light(asked):
    five = palette.around(asked)
    assert all(min(color.distance(each, other) for other in five) <= 0.0201 for each in asked[:5]) or len(asked) > 5
    lights = [color.tint(each).light for each in five]
    assert all(one <= other + 0.03 for one, other in itertools.pairwise(lights))


@given(hexes)
def test_a_palette_around_one_color_has_contrast(each):
    five = palette.around([each])
    assert color.tint(five[4]).light - color.tint(five[0]).light > 0.45


def test_gray_asks_for_no_hue():
    assert mean(palette.around(["#808080"]), lambda r, g, b: max(r, g, b) - min(r, g, b)) < 0.02


@pytest.mark.parametrize("look", sorted(looks.looks()))
def test_each_look_has_a_palette_in_order(look):
    lights = [color.tint(each).light for each in looks.looks()[look].palette]
    assert lights == sorted(lights)
    assert lights[0] < 0.45 < 0.85 < lights[4]


@pytest.mark.parametrize("look", sorted(looks.looks()))
def test_tones_move_every_look_their_way(look):
    five = looks.looks()[look].palette
    warmth = lambda r, _, b: r - b  # noqa: E731
    light = lambda r, g, b: 0.2126 * r + 0.7152 * g + 0.0722 * b  # noqa: E731
    colorful = lambda r, g, b: colorsys.rgb_to_hsv(r, g, b)[1]  # noqa: E731
    assert mean(palette.toned(five, "warm"), warmth) > min(max(mean(five, warmth), 0.02), 0.25)
    assert mean(palette.toned(five, "cool"), warmth) < min(mean(five, warmth), 0.05)
    assert mean(palette.toned(five, "dark"), light) < mean(five, light)
    assert mean(palette.toned(five, "bright"), light) > mean(five, light)
    assert mean(palette.toned(five, "pastel"), light) > 0.5
    assert mean(palette.toned(five, "muted"), colorful) <= mean(five, colorful)


def test_a_tone_leaves_asked_colors_alone():
    brief = Brief(colors=("#2864f0",), moods=("warm", "dark"))
    look = looks.choose(brief, song_map())
    assert "#2864f0" in looks.palette_of(look, brief, stock())


def test_a_dull_cover_leaves_a_light_color_for_words():
    given = stock(cover=True)
    seen = looked_at(given.assets[COVER]).evolve(colors=("#525c15", "#3d778a", "#51775c", "#7a8822", "#a1b332"))
    five = looks.palette_of(looks.choose(Brief(), song_map()), Brief(), replace(given, materials={COVER: seen}))
    assert color.tint(five[4]).light > 0.9
    assert "#a1b332" in five


def test_black_and_white_beside_another_look_takes_the_color_out():
    brief = Brief(looks=("indie-film", "black-and-white"))
    look = looks.choose(brief, song_map())
    assert look.name == "indie-film"
    assert looks.grade_of(look, brief).saturation == 0
    assert all(color.tint(each).chroma < 0.01 for each in looks.palette_of(look, brief, stock()))


def test_hues_of_free_places_are_near_the_asked_ones():
    five = palette.around(["#2864f0"])
    wanted = color.tint("#2864f0").hue
    for each in five[1:4]:
        turned = abs((color.tint(each).hue - wanted + math.pi) % (2 * math.pi) - math.pi)
        assert turned < 0.6


@pytest.mark.parametrize(
    ("words", "wanted"),
    [(("dark-techno",), "dark-techno"), (("nothing", "metal"), "metal")],
)
def test_a_named_look_is_taken(words, wanted):
    assert looks.choose(Brief(looks=words), song_map()).name == wanted


@pytest.mark.parametrize(
    ("bpm", "arousal", "valence", "suited"),
    [
        (60, 0.05, 0.5, {"ambient-calm", "lo-fi", "acoustic-nature", "cinematic", "dream-pop"}),
        (150, 0.98, 0.2, {"metal", "dark-techno", "club"}),
        (120, 0.75, 0.9, {"pop-bright", "club", "neon", "synthwave"}),
    ],
)
def test_unasked_the_song_decides(bpm, arousal, valence, suited):
    song = song_map(bpm=bpm)
    song = song.evolve(mood=song.mood.evolve(arousal=arousal, valence=valence, confidence=1))
    chosen = {looks.choose(Brief(seed=seed), song).name for seed in range(40)}
    assert chosen <= suited


def test_chance_decides_between_looks_that_suit_alike():
    assert len({looks.choose(Brief(seed=seed), song_map()).name for seed in range(40)}) > 1


def test_an_unwanted_look_is_not_taken():
    song = song_map()
    usual = looks.choose(Brief(), song).name
    assert looks.choose(Brief(avoid=(usual,)), song).name != usual


def test_opposite_moods_pull_apart():
    calm, wild = (looks.choose(Brief(moods=(mood,)), song_map()) for mood in ("calm", "aggressive"))
    assert calm.feel.arousal < 0.5 < wild.feel.arousal
    assert looks.pace_of(calm, Brief(moods=("calm",))) == "slow"
    assert looks.pace_of(calm, Brief(moods=("calm",), pace="fast")) == "fast"
