"""Two pictures of one clip, a tenth of a second apart: is it the same shot, and how did the camera move between?

The camera's way is found by phase correlation (C. D. Kuglin, D. C. Hines, 1975). Pictures are compared by the
correlation of their levels where they overlap, which neither a change of light nor a pan disturbs.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

_SIDE = 80
_SURE = 0.12
_FAR = 0.35
_FLAT = 2.0
_TEXT_WIDEST = 9
_DARK, _BRIGHT, _PALE = 45, 110, 70

Gray = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Step:
    """What changed from one picture to the next.

    ``novelty`` 0 is the same picture, 1 one that has nothing to do with it. ``dx, dy`` is how far the picture moved,
    in shares of its width, and ``sure`` whether that could be told.
    """

    novelty: float
    dx: float = 0.0
    dy: float = 0.0
    sure: bool = False


def small(gray: Gray) -> NDArray[np.float32]:
    """Return a picture as it is compared: 80 pixels wide, smooth."""
    size = (_SIDE, max(8, _SIDE * gray.shape[0] // gray.shape[1]))
    reduced = cv2.resize(gray, size, interpolation=cv2.INTER_AREA).astype(np.float32)
    return np.asarray(cv2.GaussianBlur(reduced, (0, 0), 1.0), np.float32)


def step(before: NDArray[np.float32], after: NDArray[np.float32]) -> Step:
    """Return what changed from one small picture to another of its size."""
    window = cv2.createHanningWindow((before.shape[1], before.shape[0]), cv2.CV_32F)
    # OpenCV lays the window on the pictures that it is given, not on copies of them.
    (dx, dy), response = cv2.phaseCorrelate(before.copy(), after.copy(), window)
    sure = response > _SURE and max(abs(dx), abs(dy)) < _FAR * _SIDE
    alike = correlation(before, after)
    if sure:
        alike = max(alike, _shifted(before, after, round(dx), round(dy)))
    return Step(round(1 - max(alike, 0.0), 4), round(dx / _SIDE, 5), round(dy / _SIDE, 5), bool(sure))


def correlation(one: NDArray[np.float32], other: NDArray[np.float32]) -> float:
    """Return how alike the levels of two pictures are, −1…1; flat ones are alike where they are both flat."""
    first, second = one - one.mean(), other - other.mean()
    spread = float(first.std()), float(second.std())
    if min(spread) < _FLAT:
        return 1.0 if max(spread) < 2 * _FLAT else 0.0
    return float((first * second).mean() / (spread[0] * spread[1]))


def _shifted(before: NDArray[np.float32], after: NDArray[np.float32], dx: int, dy: int) -> float:
    height, width = before.shape
    here = before[max(-dy, 0) : height - max(dy, 0), max(-dx, 0) : width - max(dx, 0)]
    there = after[max(dy, 0) : height - max(-dy, 0), max(dx, 0) : width - max(-dx, 0)]
    return correlation(here, there)


def is_credits(gray: Gray, rgb: NDArray[np.uint8]) -> bool:
    """Tell whether a picture is lines of letters on black: thin pale strokes that fill their rows, and rows between.

    Stars fill no rows, lamps have colors and halos. ``rgb`` may be smaller than ``gray``.
    """
    dark, bright = gray < _DARK, gray > _BRIGHT
    ink = float(bright.mean())
    if dark.mean() < 0.7 or not 0.004 < ink < 0.25 or float(1 - dark.mean() - ink) > 2.2 * ink:
        return False
    kernel = np.ones((_TEXT_WIDEST, _TEXT_WIDEST), np.uint8)
    thick = float(cv2.morphologyEx(bright.astype(np.uint8), cv2.MORPH_OPEN, kernel).mean())
    rows = bright.mean(axis=1)
    filled = rows > 0.008
    if thick > 0.1 * ink or not 0.02 < filled.mean() < 0.85 or rows[filled].mean() < 0.03:
        return False
    lit = rgb.max(axis=2) > _BRIGHT
    tint = np.ptp(rgb[lit].astype(int), axis=1) if lit.any() else np.zeros(1)
    return float(np.median(tint)) < _PALE


def taken(rgb: NDArray[np.uint8]) -> str:
    """Return a picture at 8 by 8 pixels, RGB in hexadecimal."""
    return bytes(cv2.resize(rgb, (8, 8), interpolation=cv2.INTER_AREA).reshape(-1)).hex()
