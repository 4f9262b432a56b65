"""Turns: how much speaks for a new section at each border of cells (bars).

Four witnesses: the cells before and after differ, near by and over a whole phrase; a repeat begins or ends; a cymbal
is struck, or all highs come in. A border is also believed for what is found at the places that it repeats.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from songreel.analysis import blocks
from songreel.analysis.blocks import Likeness
from songreel.analysis.repeats import Tunes

Array = NDArray[np.float64]

NEAR, FAR = 4, 8
STRUCK_DB, STRUCK = 6.0, 0.3
BELIEF = 0.6
ENDS = 0.6
WORTH = 2.5
CLEAR = 0.4
_AROUND = 4


def find(likeness: Likeness, tunes: Tunes, highs: Array) -> Array:
    """Return what a section's border is worth at each border of cells, shape (cells + 1,).

    ``highs`` is the level of the highs in the first half of each cell, in decibels.
    """
    own = (blocks.novelty(likeness, NEAR) + blocks.novelty(likeness, FAR)) / 2 + STRUCK * struck(highs)
    return np.asarray(WORTH * ((1 - BELIEF) * own + BELIEF * tunes.shared(own) + ENDS * tunes.ends()))


def struck(highs: Array) -> Array:
    """Return how far the highs stand out at the start of each cell from the cells around it, 0…1, (cells + 1,)."""
    around = np.lib.stride_tricks.sliding_window_view(np.pad(highs, _AROUND, mode="edge"), 2 * _AROUND + 1)
    usual = np.median(np.delete(around, _AROUND, axis=1), axis=1)
    return np.append(np.clip((highs - usual) / STRUCK_DB, 0, 1), 0.0)


def certainty(worth: Array, borders: list[int]) -> list[float]:
    """Return how surely each block's first border is a turn, 0…1, from what every border of cells is worth.

    A border is in doubt beside one that is worth more, and where it is worth little more than most; 1 at the start.
    """
    clear = np.clip((worth - np.median(worth)) / CLEAR, 0, 1)
    around = np.lib.stride_tricks.sliding_window_view(np.pad(worth, _AROUND), 2 * _AROUND + 1).max(axis=1)
    lead = worth / np.maximum(around, 1e-6)
    sure = lead**2 * (0.4 + 0.6 * clear)
    return [1.0, *sure[borders[1:-1]].tolist()]
