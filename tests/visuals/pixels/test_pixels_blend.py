"""Mixing, fading, grading: what changes nothing, what is symmetric, what stays in range."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from songreel.model.timeline import Grade
from songreel.visuals import pixels

amounts = st.floats(0, 1, allow_nan=False)


def noise(seed, width=16, height=12):
    rgb = np.random.default_rng(seed).integers(0, 256, (height, width, 3), dtype=np.uint8)
    return pixels.from_rgb(rgb, width, height)


def test_a_mix_starts_as_one_and_ends_as_the_other():
    a, b = noise(1), noise(2)
    assert np.array_equal(pixels.mix(a, b, 0), a)
    assert np.array_equal(pixels.mix(a, b, 1), b)
    assert np.array_equal(pixels.mix(a, b, 7), b)


@given(amounts)
def test_a_mix_is_the_same_from_either_side_and_stays_between(amount):
    a, b = noise(1), noise(2)
    mixed = pixels.mix(a, b, amount)
    assert np.abs(mixed.astype(int) - pixels.mix(b, a, 1 - amount)).max() <= 1
    assert (mixed >= np.minimum(a, b)).all()
    assert (mixed <= np.maximum(a, b)).all()


def test_a_mix_may_be_written_over_either_picture():
    a, b = noise(1), noise(2)
    wanted = pixels.mix(a, b, 0.3)
    assert np.array_equal(pixels.mix(a.copy(), b, 0.3), wanted)
    over_a, over_b = a.copy(), b.copy()
    assert np.array_equal(pixels.mix(over_a, b, 0.3, out=over_a), wanted)
    assert np.array_equal(pixels.mix(a, over_b, 0.3, out=over_b), wanted)


def test_darkening_ends_in_black_and_changes_nothing_at_zero():
    frame = noise(4)
    same = frame.copy()
    pixels.darken(same, 0)
    assert np.array_equal(same, frame)
    pixels.darken(same, 1)
    assert np.array_equal(same, pixels.blank(16, 12))


@given(amounts, amounts)
def test_darkening_more_is_never_lighter(one, other):
    less, more = noise(4), noise(4)
    pixels.darken(less, min(one, other))
    pixels.darken(more, max(one, other))
    assert (pixels.planes(more)[0] <= pixels.planes(less)[0]).all()


def test_a_neutral_grade_changes_nothing():
    frame = noise(5)
    same = frame.copy()
    pixels.grade(same, Grade())
    assert np.array_equal(same, frame)


@given(
    st.builds(
        Grade,
        brightness=st.floats(-1, 1),
        contrast=st.floats(0, 2),
        saturation=st.floats(0, 2),
        warmth=st.floats(-1, 1),
    )
)
def test_any_grade_keeps_luma_legal(grade):
    frame = noise(6)
    pixels.grade(frame, grade)
    y, _, _ = pixels.planes(frame)
    if grade.brightness or grade.contrast != 1:
        assert y.min() >= 16
        assert y.max() <= 235


@given(st.floats(-1, 1), st.floats(0.2, 2))
def test_grades_keep_the_order_of_light(brightness, contrast):
    ramp = np.tile(np.arange(256, dtype=np.uint8)[:, None, None], (1, 2, 3))
    frame = pixels.from_rgb(ramp, 2, 256)
    pixels.grade(frame, Grade(brightness=brightness, contrast=contrast))
    assert (np.diff(pixels.planes(frame)[0][:, 0].astype(int)) >= 0).all()


@pytest.mark.parametrize("brightness", [-1.0, -0.3, 0.4, 1.0])
def test_brightness_leaves_black_and_white_and_moves_gray(brightness):
    for color, moves in (("#000000", False), ("#ffffff", False), ("#808080", True)):
        frame = pixels.blank(2, 2, color)
        before = int(frame[0, 0])
        pixels.grade(frame, Grade(brightness=brightness))
        change = int(frame[0, 0]) - before
        assert (change != 0) == moves
        assert change * brightness >= 0


def test_no_saturation_is_gray():
    frame = noise(7)
    y = pixels.planes(frame)[0].copy()
    pixels.grade(frame, Grade(saturation=0))
    assert np.array_equal(pixels.planes(frame)[0], y)
    assert set(np.unique(frame[12:])) == {128}


def test_warmth_turns_gray_to_orange_and_cold_to_blue_but_black_stays():
    for warmth, channel in ((0.8, 0), (-0.8, 2)):
        gray, black = pixels.blank(2, 2, "#a0a0a0"), pixels.blank(2, 2)
        pixels.grade(gray, Grade(warmth=warmth))
        pixels.grade(black, Grade(warmth=warmth))
        assert pixels.to_rgb(gray)[0, 0].argmax() == channel
        assert np.array_equal(black, pixels.blank(2, 2))
