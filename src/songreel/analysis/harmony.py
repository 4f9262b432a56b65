"""Harmonic change: how far the chords move at each moment.

Pitch classes become a point on the circles of fifths, minor thirds and major thirds (the tonal centroid), and change
is the distance between the points of the half seconds before and after (Harte, Sandler and Gasser, 2006).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from songreel.analysis.frontend import TONE_RATE

Floats = NDArray[np.float32]

SIDE = round(0.5 * TONE_RATE)
LEAST = 0.12
_CIRCLES = ((7, 1.0), (3, 1.0), (4, 0.5))


def change(chroma: Floats) -> Floats:
    """Return how far the harmony moves at each tone of chroma, (tones, 12): 0…1.

    It is 1 at the song's clear changes of chord, and 0 for half of the song.
    """
    strength = chroma.sum(axis=1, keepdims=True)
    quiet = 0.05 * float(np.percentile(strength, 95)) + 1e-6
    points = (chroma @ _places()) / np.maximum(strength, quiet)
    sums = np.concatenate([np.zeros((1, points.shape[1])), np.cumsum(points, axis=0, dtype=np.float64)])
    at = np.arange(len(points) + 1)
    before, after = np.maximum(at - SIDE, 0), np.minimum(at + SIDE, len(points))
    moved = np.zeros(len(points) + 1)
    inner = slice(1, len(points))
    past = (sums[at] - sums[before])[inner] / (at - before)[inner, None]
    coming = (sums[after] - sums[at])[inner] / (after - at)[inner, None]
    moved[inner] = np.linalg.norm(coming - past, axis=1)
    held = float(np.median(moved))
    usual = max(float(np.percentile(moved, 95)) - held, LEAST)
    return np.asarray(np.clip((moved[:-1] - held) / usual, 0, 1), dtype=np.float32)


def _places() -> Floats:
    """Return where the pitch classes lie on the circles, shape (12, 6)."""
    steps = np.arange(12)
    turns = [(size, 2 * np.pi * steps * interval / 12) for interval, size in _CIRCLES]
    return np.stack(
        [size * wave(angle) for size, angle in turns for wave in (np.sin, np.cos)], axis=1, dtype=np.float32
    )
