"""Sprites and masks over frames: at any place, in their rectangle alone, by the formula of alpha."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from songreel.visuals import pixels

WIDTH, HEIGHT = 40, 24
places = st.integers(-200, 200)
sides = st.integers(1, 30)


def noise_rgba(seed, width, height):
    return np.random.default_rng(seed).integers(0, 256, (height, width, 4), dtype=np.uint8)


def backdrop():
    return pixels.from_rgb(noise_rgba(9, WIDTH, HEIGHT), WIDTH, HEIGHT)


def changed(before, after):
    """Return the luma box, in pixels, that holds all changes of all planes; None when there are none."""
    rows, columns = [], []
    for old, new, scale in zip(pixels.planes(before), pixels.planes(after), (1, 2, 2), strict=True):
        at = np.argwhere(old != new)
        if at.size:
            rows += [at[:, 0].min() * scale, (at[:, 0].max() + 1) * scale]
            columns += [at[:, 1].min() * scale, (at[:, 1].max() + 1) * scale]
    return (min(columns), min(rows), max(columns), max(rows)) if rows else None


@given(places, places, sides, sides, st.floats(0, 1))
def test_a_sprite_touches_its_own_box_alone_wherever_it_is(x, y, width, height, opacity):
    sprite = pixels.sprite_from_rgba(noise_rgba(1, width, height))
    frame = backdrop()
    pixels.lay(frame, sprite, x, y, opacity=opacity)
    box = changed(backdrop(), frame)
    if box:
        left, top = x - x % 2, y - y % 2
        assert box[0] >= max(left, 0)
        assert box[1] >= max(top, 0)
        assert box[2] <= min(left + sprite.width, WIDTH)
        assert box[3] <= min(top + sprite.height, HEIGHT)


@given(places, places, st.floats(-1, 0))
def test_no_opacity_changes_nothing(x, y, opacity):
    frame = backdrop()
    pixels.lay(frame, pixels.sprite_from_rgba(noise_rgba(1, 8, 8)), x, y, opacity=opacity)
    pixels.tint(frame, np.full((8, 8), 255, np.uint8), x, y, colors=("#ffffff", "#ff0000"), opacity=opacity)
    assert np.array_equal(frame, backdrop())


def test_a_clear_sprite_changes_nothing():
    rgba = noise_rgba(2, 12, 10)
    rgba[:, :, 3] = 0
    frame = backdrop()
    pixels.lay(frame, pixels.sprite_from_rgba(rgba), 3, 5)
    assert np.array_equal(frame, backdrop())


def test_an_opaque_sprite_is_what_the_picture_would_be_as_a_frame():
    rgba = noise_rgba(3, WIDTH, HEIGHT)
    rgba[:, :, 3] = 255
    frame = backdrop()
    pixels.lay(frame, pixels.sprite_from_rgba(rgba), 0, 0)
    assert np.abs(frame.astype(int) - pixels.from_rgb(rgba, WIDTH, HEIGHT)).max() <= 1


@given(st.integers(0, 255), st.floats(0.01, 1))
def test_alpha_and_opacity_blend_as_the_formula_says(alpha, opacity):
    rgba = np.full((4, 4, 4), (250, 40, 90, alpha), np.uint8)
    frame = pixels.blank(4, 4, "#1040c0")
    pixels.lay(frame, pixels.sprite_from_rgba(rgba), 0, 0, opacity=opacity)
    share = alpha / 255 * opacity
    above, below = pixels.color_to_yuv("#fa285a"), pixels.color_to_yuv("#1040c0")
    for plane, over, under in zip(pixels.planes(frame), above, below, strict=True):
        assert abs(float(plane[0, 0]) - (over * share + under * (1 - share))) <= 2


def test_odd_places_and_sizes_are_moved_to_even_ones():
    sprite = pixels.sprite_from_rgba(np.full((3, 5, 4), 255, np.uint8))
    assert (sprite.width, sprite.height) == (6, 4)
    even, odd = backdrop(), backdrop()
    pixels.lay(even, sprite, 4, 6)
    pixels.lay(odd, sprite, 5, 7)
    assert np.array_equal(even, odd)


def test_a_resized_sprite_keeps_its_color_and_has_even_sides():
    sprite = pixels.sprite_from_rgba(np.full((20, 30, 4), (200, 100, 50, 255), np.uint8))
    for scale in (0.31, 0.8, 1.37):
        other = pixels.resize(sprite, scale)
        assert other.width % 2 == other.height % 2 == 0
        assert abs(other.width - 30 * scale) <= 1
        assert np.unique(other.y).tolist() == np.unique(sprite.y).tolist()
        assert other.u.shape == (other.height // 2, other.width // 2)
    assert pixels.resize(sprite, 1.0) is sprite


@given(places, places, sides, sides)
def test_a_tint_touches_its_own_box_alone(x, y, half_width, half_height):
    mask = np.full((2 * half_height, 2 * half_width), 255, np.uint8)
    frame = backdrop()
    pixels.tint(frame, mask, x, y, colors=("#00ff00", "#ff00ff"))
    box = changed(backdrop(), frame)
    inside = (x - x % 2 < WIDTH and y - y % 2 < HEIGHT) and (x + 2 * half_width > 1 and y + 2 * half_height > 1)
    assert inside or box is None
    if box:
        assert box[2] - box[0] <= 2 * half_width
        assert box[3] - box[1] <= 2 * half_height


def test_a_tint_runs_from_its_first_color_to_its_second():
    frame = pixels.blank(4, 40)
    pixels.tint(frame, np.full((40, 4), 255, np.uint8), 0, 0, colors=("#ffffff", "#202020"))
    y = pixels.planes(frame)[0][:, 0].astype(int)
    assert (np.diff(y) <= 0).all()
    assert y[0] > 225
    assert y[-1] < 50
