"""A photo of any shape fills a frame."""

from fractions import Fraction

import cv2
import numpy as np
import pytest
from PIL import Image

from songreel.model.timeline import Canvas
from songreel.render import stills
from songreel.visuals import pixels

CANVAS = Canvas(width=320, height=180, fps=Fraction(30))


@pytest.mark.parametrize("size", [(1, 1), (20000, 10), (10, 20000), (3000, 2), (2, 3000)])
def test_a_strip_is_shown_before_itself(tmp_path, size):
    Image.effect_noise(size, 120).save(tmp_path / "strip.png")
    still = stills.make(tmp_path / "strip.png", stills.Fitting("blurred", 1.2, 0.0), CANVAS, "#000000")
    assert still.shape == (216 * 3 // 2, 384)
    assert np.mean(still[:216]) > 20


@pytest.mark.parametrize(("sigma", "steps"), [(0, {1}), (1, {1}), (24, {2, 4})])
@pytest.mark.parametrize("scale", [1.0, 1.1, 1.3])
def test_a_soft_picture_is_kept_small_and_loses_nothing(tmp_path, sigma, steps, scale):
    noise = np.random.default_rng(1).normal(size=(720, 1280, 3)).astype(np.float32)
    smooth = cv2.GaussianBlur(noise, (0, 0), sigma) if sigma else noise
    stretched = cv2.normalize(smooth, None, 0, 255, cv2.NORM_MINMAX).astype(np.uint8)
    Image.fromarray(stretched).save(tmp_path / "photo.png")
    canvas = Canvas(width=1280, height=720, fps=Fraction(30))
    wanted = stills.Fitting("cover", scale, 0.0)
    still = stills.make(tmp_path / "photo.png", wanted, canvas, "#000000")
    step = stills.softness(still, wanted, canvas)
    assert step in steps
    full = round(720 * scale / 2) * 2
    assert abs(pixels.size(still)[1] * step - full) <= 2 * step
    width, height = round(1280 * scale / 2) * 2, full
    true = pixels.planes(
        pixels.from_rgb(cv2.resize(stretched, (width, height), interpolation=cv2.INTER_CUBIC), width, height)
    )
    for plane, wish in zip(pixels.planes(still), true, strict=True):
        back = cv2.resize(plane, wish.shape[::-1], interpolation=cv2.INTER_LINEAR)
        assert cv2.absdiff(back, wish)[4:-4, 4:-4].max() <= 3
