"""Every visualizer: in its box alone, louder is more, silence is calm, any sound and any box will do."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from songreel.base.errors import BadRequest
from songreel.model.timeline import Place, VisualizerSource
from songreel.visuals import pixels, visualizers
from songreel.visuals.visualizers import Sound

WIDTH, HEIGHT = 480, 270
NAMES = list(visualizers.DESIGNS)
BOX = Place(x=0.25, y=0.2, width=0.5, height=0.6)


def sound(loudness, bands=48, samples=1024):
    spectrum = np.full(bands, loudness, np.float32)
    with np.errstate(invalid="ignore"):
        wave = (loudness * np.sin(np.arange(samples) / samples * 10 * np.pi)).astype(np.float32)
    return Sound(spectrum, spectrum, wave, level=loudness, pulse=0.0)


def source(name, place=BOX, **fields):
    return VisualizerSource(design=name, place=place, color=fields.pop("color", "#35e0ff"), **fields)


def picture(name, heard, place=BOX, **fields):
    frame = pixels.blank(WIDTH, HEIGHT, "#203040")
    visualizers.draw(frame, source(name, place, **fields), heard)
    return frame


def changed(frame):
    return pixels.planes(frame)[0] != pixels.planes(pixels.blank(WIDTH, HEIGHT, "#203040"))[0]


@pytest.mark.parametrize("name", NAMES)
def test_only_the_box_is_touched(name):
    frame = picture(name, sound(0.8))
    empty = pixels.blank(WIDTH, HEIGHT, "#203040")
    for plane, before, half in zip(pixels.planes(frame), pixels.planes(empty), (1, 2, 2), strict=True):
        rows, columns = np.nonzero(plane != before)
        assert rows.size
        assert rows.min() >= 54 / half
        assert rows.max() < 216 / half
        assert columns.min() >= 120 / half
        assert columns.max() < 360 / half


@pytest.mark.parametrize("name", NAMES)
def test_louder_is_larger_and_silence_is_a_thin_line(name):
    silent, soft, loud = (int(changed(picture(name, sound(loudness))).sum()) for loudness in (0, 0.4, 0.9))
    assert 0 < silent < soft < loud
    assert silent < 0.12 * WIDTH * HEIGHT * 0.3


@pytest.mark.parametrize("name", NAMES)
def test_opacity_fades_it_and_none_of_it_changes_nothing(name):
    plain = pixels.blank(WIDTH, HEIGHT, "#203040")
    assert np.array_equal(picture(name, sound(0.8), opacity=0), plain)
    whole = np.abs(picture(name, sound(0.8)).astype(int) - plain)
    half = np.abs(picture(name, sound(0.8), opacity=0.5).astype(int) - plain)
    assert np.abs(half - whole / 2).max() <= 2


@pytest.mark.parametrize("name", NAMES)
def test_it_has_the_color_asked_for(name):
    rgb = pixels.to_rgb(picture(name, sound(0.9), color="#e01010")).astype(int)
    drawn = rgb[changed(picture(name, sound(0.9), color="#e01010"))]
    assert (drawn[:, 0] > drawn[:, 2]).mean() > 0.8


@pytest.mark.parametrize("name", NAMES)
def test_edges_are_smooth(name):
    ramp = np.linspace(0.1, 0.9, 48).astype(np.float32)
    y = pixels.planes(picture(name, Sound(ramp, ramp, ramp)))[0]
    assert len(np.unique(y)) > 24


@pytest.mark.parametrize("name", NAMES)
def test_the_same_sound_is_the_same_picture(name):
    assert np.array_equal(picture(name, sound(0.6)), picture(name, sound(0.6)))


def test_bars_stand_for_their_bands():
    spectrum = np.zeros(30, np.float32)
    spectrum[7] = 1
    drawn = changed(picture("bars", Sound(spectrum, spectrum * 0, spectrum)))
    heights = drawn[54:216, 120:360].sum(axis=0)
    assert abs(int(heights.argmax()) - 240 * 7.5 / 30) < 6
    assert heights.max() == 162


@pytest.mark.parametrize("name", ["mirrored-bars", "ring"])
def test_what_is_symmetric_is_symmetric(name):
    spectrum = np.linspace(0.9, 0.1, 30).astype(np.float32)
    box = pixels.planes(picture(name, Sound(spectrum, spectrum, spectrum)))[0][54:216, 120:360].astype(int)
    if name == "ring":
        assert np.abs(box - box[:, ::-1]).mean() < 1.5
    else:
        columns = (box != pixels.color_to_yuv("#203040")[0]).sum(axis=0)
        used = np.flatnonzero(columns)
        span = columns[used[0] : used[-1] + 1]
        assert np.array_equal(span, span[::-1])


def test_a_ring_breathes_with_the_pulse():
    calm, beat = Sound(np.zeros(8), np.zeros(8), np.zeros(8)), Sound(np.zeros(8), np.zeros(8), np.zeros(8), pulse=1.0)
    reach = [np.ptp(np.flatnonzero(changed(picture("ring", heard)).any(axis=0))) for heard in (calm, beat)]
    assert reach[1] > reach[0] + 4


@given(
    st.sampled_from(NAMES),
    st.builds(Place, x=st.floats(0, 1), y=st.floats(0, 1), width=st.floats(0, 1), height=st.floats(0, 1)),
    st.integers(0, 90),
    st.integers(0, 2000),
    st.sampled_from([0.0, 0.5, 1.0, 3.0, -1.0, float("nan"), float("inf")]),
)
@settings(max_examples=120)
def test_any_box_and_any_sound_will_do(name, place, bands, samples, loudness):
    picture(name, sound(loudness, bands, samples), place)


def test_an_unknown_design_is_refused():
    with pytest.raises(BadRequest, match="no visualizer"):
        picture("nothing", sound(1))


def test_every_design_has_words_in_both_languages_and_a_place_on_the_canvas():
    for design in visualizers.DESIGNS.values():
        assert design.words["en"]
        assert design.words["zh"]
        assert design.place.x + design.place.width <= 1
        assert design.place.y + design.place.height <= 1
