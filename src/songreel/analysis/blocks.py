"""Blocks: the division of a row of cells (bars) into stretches that are alike inside.

Dynamic programming over block ends, as in CBM (Marmoret, Cohen and Bimbot, 2023): a block earns the mean likeness of
its cells times its length, pays a cost that is least for 8 bars, and earns what its border is worth as a turn.
Only likeness within a band of LONGEST cells is ever needed, so a long recording takes no more than its length.
"""

from __future__ import annotations

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Cells = NDArray[np.int64]

LONGEST = 32
NEAR = 25.0
USUAL_CELLS = 48
_SAMPLE = 1500


class Likeness:
    """How alike cells are, 0…1: a Gaussian of the distance of their looks, shape (cells, columns).

    It is one half at the distance below which `NEAR` percent of all pairs lie.
    """

    def __init__(self, look: Array) -> None:
        self.look = look.astype(np.float32)
        self.square = np.square(self.look).sum(axis=1)
        some = np.unique(np.linspace(0, len(look) - 1, min(_SAMPLE, len(look))).astype(np.int64))
        pairs = self._apart(some, some)[np.triu_indices(some.size, 1)]
        self.usual = float(np.percentile(pairs, NEAR)) + 1e-6 if pairs.size else 1.0

    def _apart(self, rows: Cells, columns: Cells) -> NDArray[np.float32]:
        product = self.look[rows] @ self.look[columns].T
        return np.asarray(np.maximum(self.square[rows, None] + self.square[columns] - 2 * product, 0), dtype=np.float32)

    def between(self, one: tuple[int, int], other: tuple[int, int]) -> NDArray[np.float32]:
        """Return the likeness of each cell of a half-open span to each of another."""
        apart = self._apart(np.arange(*one), np.arange(*other))
        return np.asarray(np.exp(-apart * np.float32(np.log(2) / self.usual)))

    @cached_property
    def inside(self) -> Array:
        """Return the sum of likeness over all pairs within each block, shape (cells, LONGEST + 1): start, size."""
        count = len(self.look)
        behind = np.zeros((count, LONGEST))
        for back in range(1, min(LONGEST, count)):
            apart = np.square(self.look[back:] - self.look[:-back]).sum(axis=1)
            behind[back:, back] = np.exp(-apart * np.log(2) / self.usual)
        behind = np.cumsum(behind, axis=1)
        inside = np.zeros((count, LONGEST + 1))
        for size in range(2, min(LONGEST, count) + 1):
            starts = np.arange(count - size + 1)
            inside[starts, size] = inside[starts, size - 1] + 2 * behind[starts + size - 1, size - 1]
        return inside


def divide(likeness: Likeness, turn: Array, *, phrase: int) -> list[int]:
    """Return the borders of the best blocks, from 0 to the number of cells.

    ``turn`` is what a border is worth at each place, shape (cells + 1,); ``phrase`` is how many cells make a phrase,
    0 where cells are no bars.
    """
    inside = likeness.inside
    count = len(inside)
    cost = _cost(np.arange(LONGEST + 1), cells=count, phrase=phrase)
    best, came = np.full(count + 1, -np.inf), np.zeros(count + 1, dtype=np.int64)
    best[0] = 0
    for end in range(1, count + 1):
        sizes = np.arange(1, min(LONGEST, end) + 1)
        starts = end - sizes
        value = best[starts] + inside[starts, sizes] / sizes - cost[sizes] + turn[starts]
        chosen = int(value.argmax())
        came[end], best[end] = starts[chosen], value[chosen]
    borders = [count]
    while borders[-1]:
        borders.append(int(came[borders[-1]]))
    return borders[::-1]


def novelty(likeness: Likeness, side: int) -> Array:
    """Return how unlike the ``side`` cells before and after each border are, 0…1, shape (cells + 1,).

    Near both ends fewer cells are compared; where there is but one on a side it is 0.
    """
    inside = likeness.inside
    count = len(inside)
    at = np.arange(2, count - 1)
    out = np.zeros(count + 1)
    size = np.minimum(side, np.minimum(at, count - at))
    sides = inside[at - size, size] + inside[at, size]
    across = inside[at - size, 2 * size] - sides
    out[at] = np.clip(sides / (2 * size * (size - 1)) - across / (2 * size * size), 0, 1)
    return out


def _cost(sizes: Cells, *, cells: int, phrase: int) -> Array:
    """Return what a block of so many cells costs: least for a phrase, then for half of one; less in a short song."""
    base = 0.7 + 1.1 * (sizes < 2) + 0.4 * (sizes < 3) + 0.8 * np.maximum(sizes / (phrase or 8) - 1, 0)
    if phrase:
        parts = [sizes % max(1, phrase // part) == 0 for part in (1, 2, 4)]
        base += np.select(parts, [0.0, 0.3, 0.7], 1.2)
    else:
        base += 0.5
    return np.asarray(base * min(1.0, max(0.25, cells / USUAL_CELLS)))
