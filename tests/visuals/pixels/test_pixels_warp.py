"""Windows on pictures: where they lie, that they move smoothly, and that all sizes work."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from songreel.model.timeline import Framing
from songreel.visuals import pixels

even = st.integers(1, 60).map(lambda half: 2 * half)
framings = st.builds(Framing, x=st.floats(0, 1), y=st.floats(0, 1), zoom=st.floats(1, 8))


def dot_picture(width=200, height=120):
    """Return a frame with a soft light at the middle of its pixels, whose place can be measured finely."""
    rows, columns = np.mgrid[0:height, 0:width]
    light = 200 * np.exp(-((columns - width / 2 + 0.5) ** 2 + (rows - height / 2 + 0.5) ** 2) / (2 * 6.0**2))
    return pixels.from_rgb(np.repeat(light.astype(np.uint8)[:, :, None], 3, axis=2), width, height)


def place_of_light(frame):
    y = pixels.planes(frame)[0].astype(float) - 16
    rows, columns = np.mgrid[0 : y.shape[0], 0 : y.shape[1]]
    return float((y * (columns + 0.5)).sum() / y.sum()), float((y * (rows + 0.5)).sum() / y.sum())


@given(st.integers(1, 4000), st.integers(1, 4000), framings, st.floats(0.2, 5))
def test_a_window_lies_in_its_picture_and_has_its_aspect(width, height, framing, aspect):
    left, top, wide, high = pixels.window(width, height, framing, aspect)
    assert left >= -1e-6
    assert top >= -1e-6
    assert left + wide <= width + 1e-6
    assert top + high <= height + 1e-6
    assert wide / high == pytest.approx(aspect)


@given(even, even, even, even, framings)
@settings(max_examples=60)
def test_a_flat_picture_stays_flat_at_all_sizes(width, height, target_width, target_height, framing):
    frame = pixels.warp(pixels.blank(width, height, "#3080e0"), framing, target_width, target_height)
    assert np.array_equal(frame, pixels.blank(target_width, target_height, "#3080e0"))


def test_all_of_a_picture_at_its_own_size_is_the_picture():
    rgb = np.random.default_rng(1).integers(0, 256, (30, 50, 3), dtype=np.uint8)
    frame = pixels.from_rgb(rgb, 50, 30)
    assert np.array_equal(pixels.warp(frame, Framing(), 50, 30), frame)


def test_a_slow_zoom_moves_every_point_evenly():
    picture = dot_picture()
    across = []
    for step in range(40):
        framing = Framing(x=0.4, y=0.5, zoom=1.25 + step * 0.002)
        shown = pixels.warp(picture, framing, 200, 120)
        across.append(place_of_light(shown)[0])
    wanted = [200 * 0.5 + (0.5 - 0.4) * 200 * (1.25 + step * 0.002) for step in range(40)]
    assert np.abs(np.array(across) - wanted).max() < 0.08


@pytest.mark.parametrize(("width", "height"), [(150, 90), (260, 156), (200, 120)])
def test_standing_still_looks_like_hardly_moving(width, height):
    still = pixels.warp(dot_picture(), Framing(), width, height)
    moving = pixels.warp(dot_picture(), Framing(zoom=1.0005), width, height)
    assert np.abs(still.astype(int) - moving).max() <= 3


def test_a_much_finer_picture_is_averaged_and_not_sampled():
    stripes = np.zeros((400, 400, 3), np.uint8)
    stripes[:, ::2] = 255
    y, _, _ = pixels.planes(pixels.warp(pixels.from_rgb(stripes, 400, 400), Framing(), 40, 40))
    assert np.abs(y[2:-2, 2:-2].astype(int) - (16 + 219 // 2)).max() <= 4
