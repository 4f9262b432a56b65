"""A photo of any shape fills a frame."""

from fractions import Fraction

import numpy as np
import pytest
from PIL import Image

from songreel.model.timeline import Canvas
from songreel.render import stills

CANVAS = Canvas(width=320, height=180, fps=Fraction(30))


@pytest.mark.parametrize("size", [(1, 1), (20000, 10), (10, 20000), (3000, 2), (2, 3000)])
def test_a_strip_is_shown_before_itself(tmp_path, size):
    Image.effect_noise(size, 120).save(tmp_path / "strip.png")
    still = stills.make(tmp_path / "strip.png", stills.Fitting("blurred", 1.2, 0.0), CANVAS, "#000000")
    assert still.shape == (216 * 3 // 2, 384)
    assert np.mean(still[:216]) > 20
