"""RGB and I420: the matrix is the textbook's, and a picture survives the way there and back."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from songreel.visuals import pixels

even = st.integers(1, 40).map(lambda half: 2 * half)
level = st.integers(0, 255)


def textbook(rgb):
    """ITU-R BT.709-6, item 3.2–3.5: derived luma and color differences, quantized to 8 bits."""
    red, green, blue = (float(value) / 255 for value in rgb)
    luma = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return 16 + 219 * luma, 128 + 224 * (blue - luma) / 1.8556, 128 + 224 * (red - luma) / 1.5748


@given(level, level, level)
def test_flat_color_is_the_textbooks_within_a_rounding(red, green, blue):
    frame = pixels.from_rgb(np.full((4, 4, 3), (red, green, blue), np.uint8), 4, 4)
    for plane, wanted in zip(pixels.planes(frame), textbook((red, green, blue)), strict=True):
        assert np.ptp(plane) == 0
        assert abs(float(plane[0, 0]) - wanted) <= 0.75


@given(level, level, level)
def test_flat_color_comes_back_within_two_levels(red, green, blue):
    rgb = np.full((4, 6, 3), (red, green, blue), np.uint8)
    back = pixels.to_rgb(pixels.from_rgb(rgb, 6, 4))
    assert np.abs(back.astype(int) - rgb).max() <= 2


def test_black_white_and_the_primaries_are_where_the_standard_puts_them():
    assert pixels.color_to_yuv("#000000") == (16, 128, 128)
    assert pixels.color_to_yuv("#ffffff") == (235, 128, 128)
    assert pixels.color_to_yuv("#ff0000") == (63, 102, 240)
    assert pixels.color_to_yuv("#00ff00") == (173, 42, 26)
    assert pixels.color_to_yuv("#0000ff") == (32, 240, 118)


def test_blank_is_one_color_in_every_plane():
    frame = pixels.blank(6, 4, "#ff0000")
    assert frame.shape == (6, 6)
    assert frame.flags.c_contiguous
    assert [np.unique(plane).tolist() for plane in pixels.planes(frame)] == [[63], [102], [240]]


@given(even, even)
def test_planes_are_views_that_cover_the_frame_once(width, height):
    frame = pixels.blank(width, height)
    y, u, v = pixels.planes(frame)
    assert (y.shape, u.shape, v.shape) == ((height, width), (height // 2, width // 2), (height // 2, width // 2))
    for number, plane in enumerate((y, u, v), start=1):
        plane[...] = number
    assert np.bincount(frame.ravel(), minlength=4).tolist() == [0, y.size, u.size, v.size]
    assert pixels.size(frame) == (width, height)


def test_odd_sides_are_refused():
    with pytest.raises(ValueError, match="even"):
        pixels.blank(5, 4)


@given(st.integers(1, 50), st.integers(1, 50), even, even, st.sampled_from([3, 4]))
@settings(max_examples=60)
def test_any_size_of_one_color_becomes_that_color(source_width, source_height, width, height, channels):
    rgb = np.full((source_height, source_width, channels), 90, np.uint8)
    frame = pixels.from_rgb(rgb, width, height)
    assert np.array_equal(frame, pixels.blank(width, height, "#5a5a5a"))


def test_chroma_of_a_picture_of_the_same_size_is_the_mean_of_four():
    rgb = np.zeros((2, 2, 3), np.uint8)
    rgb[0, 0] = rgb[1, 1] = (255, 0, 0)
    _, u, v = pixels.planes(pixels.from_rgb(rgb, 2, 2))
    assert abs(int(u[0, 0]) - (102 + 128) / 2) <= 1
    assert abs(int(v[0, 0]) - (240 + 128) / 2) <= 1


def test_chroma_of_a_half_size_picture_is_its_own():
    rgb = np.random.default_rng(3).integers(0, 256, (8, 10, 3), dtype=np.uint8)
    _, u, v = pixels.planes(pixels.from_rgb(rgb, 20, 16))
    for plane, index in ((u, 1), (v, 2)):
        wanted = np.array([[textbook(pixel)[index] for pixel in row] for row in rgb])
        assert np.abs(plane - wanted).max() <= 0.75


def test_enlarging_and_reducing_keep_a_picture_in_place():
    ramp = np.tile(np.linspace(0, 255, 64).astype(np.uint8), (64, 1))
    rgb = np.dstack([ramp, ramp, ramp])
    for side in (32, 64, 128):
        y, _, _ = pixels.planes(pixels.from_rgb(rgb, side, side))
        assert abs(float(y.mean()) - (16 + 219 / 2)) < 0.7
        assert np.abs(y.astype(int) - (251 - y[:, ::-1].astype(int))).max() <= 2


@pytest.mark.parametrize("share", [0.3, 0.44, 0.54, 0.67, 0.9, 1, 1.5])
def test_soft_colors_keep_their_levels_at_any_share_of_the_frame(share):
    def soft(height, width):
        down, across = ((np.arange(side) + 0.5) / side for side in (height, width))
        levels = np.broadcast_arrays(across[None], down[:, None], 1 - np.outer(down, across))
        return np.rint(255 * np.stack(levels, axis=2)).astype(np.uint8)

    back = pixels.to_rgb(pixels.from_rgb(soft(round(54 * share), round(96 * share)), 96, 54))
    apart = np.abs(back.astype(int) - soft(54, 96))[4:-4, 4:-4]
    assert apart.max() <= 4
    assert apart.mean() <= 2


def test_out_is_filled_and_returned():
    rgb = np.full((4, 4, 3), 200, np.uint8)
    out = pixels.blank(8, 8)
    assert pixels.from_rgb(rgb, 8, 8, out=out) is out
    assert np.array_equal(out, pixels.from_rgb(rgb, 8, 8))


def test_a_wide_color_edge_comes_back_where_it_was():
    rgb = np.zeros((16, 32, 3), np.uint8)
    rgb[:, 16:] = (0, 120, 250)
    back = pixels.to_rgb(pixels.from_rgb(rgb, 32, 16)).astype(int)
    assert np.abs(back[:, :12] - rgb[:, :12]).max() <= 2
    assert np.abs(back[:, 20:] - rgb[:, 20:]).max() <= 2
