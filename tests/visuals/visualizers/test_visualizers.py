"""Every visualizer: in its box alone, louder is more, silence is calm, any sound and any box will do."""

from __future__ import annotations

from dataclasses import replace

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
    history = np.full((8, bands), loudness, np.float32)
    return Sound(spectrum, spectrum, wave, level=loudness, pulse=0.0, side=wave[::-1] / 2, history=history, travel=3.3)


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
    assert 0 < drawn_height(name, sound(0.4)) < drawn_height(name, sound(0.9))
    assert 0 < int(changed(picture(name, sound(0))).sum()) < 0.13 * WIDTH * HEIGHT * 0.3


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
    redder = drawn[:, 0] - drawn[:, 2] - (0x20 - 0x40)
    assert (redder > 0).mean() > 0.8
    assert redder.max() > 60


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


FRAMES = 90
CALM = Sound(np.zeros(64), np.zeros(64), np.zeros(1024), side=np.zeros(1024), history=np.zeros((8, 64)))


def heard(frame):
    """A made song at one frame: tones whose loudness goes up and down, in all bands and samples."""
    loudness = 0.5 + 0.45 * np.sin(2 * np.pi * frame / 37) * np.sin(2 * np.pi * frame / 11)
    bands = (loudness * (0.6 + 0.4 * np.cos(np.arange(64) / 7))).astype(np.float32)
    time = np.arange(1024) / 16000
    wave = loudness * (0.6 * np.sin(2 * np.pi * 220 * time) + 0.3 * np.sin(2 * np.pi * 950 * time + frame))
    return Sound(
        bands,
        np.maximum(bands, 0.3),
        wave.astype(np.float32),
        level=loudness,
        side=(0.5 * wave[::-1]).astype(np.float32),
        history=np.tile(bands, (8, 1)),
        travel=frame / 30,
    )


def drawn_height(name, sound_now):
    """Return how far from its picture in silence a visualizer is, as the mean of what changed."""
    rest = pixels.planes(picture(name, replace(CALM, travel=sound_now.travel)))[0].astype(float)
    return float(np.abs(pixels.planes(picture(name, sound_now))[0] - rest).mean())


@pytest.mark.parametrize("name", NAMES)
def test_what_is_drawn_follows_the_loudness(name):
    levels = [heard(frame).level for frame in range(FRAMES)]
    heights = [drawn_height(name, heard(frame)) for frame in range(FRAMES)]
    assert np.corrcoef(levels, heights)[0, 1] > 0.8


@pytest.mark.parametrize("name", NAMES)
def test_it_rests_in_silence_however_time_goes_on(name):
    still = [picture(name, replace(CALM, since=at, travel=9 * at)) for at in (0.0, 0.4, 0.9)]
    if visualizers.find(name).remembers:
        assert all(np.abs(each.astype(int) - still[0]).mean() < 3 for each in still)
    else:
        assert all(np.array_equal(each, still[0]) for each in still)


@pytest.mark.parametrize("name", NAMES)
def test_one_frame_to_the_next_is_a_small_step_of_a_slow_sound(name):
    """What eases in the sound eases in the picture: no lamp, line or bar jumps."""
    steps = [picture(name, replace(sound(level), pulse=0.0)).astype(int) for level in (0.5, 0.505)]
    whole = np.abs(picture(name, sound(0.9)).astype(int) - steps[0]).mean()
    assert np.abs(steps[1] - steps[0]).mean() < 0.2 * whole


def test_ridges_move_back_as_they_grow_old_and_hide_what_is_behind():
    summit = np.zeros((8, 64), np.float32)
    summit[0, 8:20] = 1
    rows = []
    for since in (0.1, 0.9):
        frame = picture("terrain", replace(CALM, history=summit, since=since))
        rest = picture("terrain", replace(CALM, since=since))
        rows.append(np.nonzero(pixels.planes(frame)[0] > pixels.planes(rest)[0])[0].min())
    assert rows[1] < rows[0]
    hidden = replace(CALM, spectrum=np.ones(64, np.float32), history=summit)
    plain = replace(CALM, spectrum=np.ones(64, np.float32), history=np.zeros((8, 64), np.float32))
    lowest = slice(190, 212)
    assert np.array_equal(*(pixels.planes(picture("terrain", each))[0][lowest, 200:280] for each in (hidden, plain)))


def test_a_wide_sound_is_wider_in_the_stereo_field():
    wave = np.sin(np.arange(1024) / 9).astype(np.float32)
    mono, wide = (Sound(CALM.spectrum, CALM.peaks, wave, side=side) for side in (0 * wave, np.roll(wave, 14)))
    spans = []
    for each in (mono, wide):
        trace = changed(picture("stereo-field", each))[100:170]
        inner = trace[:, 185:295]
        spans.append(int(np.ptp(np.nonzero(inner)[1])))
    assert spans[0] < 8
    assert spans[1] > 40


@pytest.mark.parametrize(("width", "height"), [(480, 270), (270, 480), (300, 300)])
def test_a_picture_lies_in_the_middle_of_what_plays_around_it(width, height):
    place = source("cover-bars", Place(x=0.1, y=0.1, width=0.8, height=0.8))
    box = visualizers.hole(place, width, height)
    frame = pixels.blank(width, height, "#203040")
    visualizers.draw(frame, place.evolve(picture="0" * 32), sound(0.9))
    y = pixels.planes(frame)[0]
    middle = y[box.y : box.y + box.height, box.x : box.x + box.width]
    rows, columns = np.indices(middle.shape) - (box.width - 1) / 2
    assert abs(box.x + box.width / 2 - width / 2) <= 2
    assert box.width > 0.4 * min(width, height) * 0.8
    assert (middle[np.hypot(rows, columns) < box.width / 2 - 1] == pixels.color_to_yuv("#203040")[0]).all()
    assert visualizers.hole(source("bars"), width, height).width == 0


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


def test_every_design_has_words_in_both_languages_and_a_usual_size():
    for design in visualizers.DESIGNS.values():
        assert design.words["en"]
        assert design.words["zh"]
        assert design.square or 0.1 <= design.height <= 0.4
