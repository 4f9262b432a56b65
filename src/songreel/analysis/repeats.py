"""Repeats: where a song comes back to what it played before.

Cells (bars) are compared by their chords and tunes, slice by slice, so that a repeat is a run of likeness between
cells one distance apart, in any mix and with any drums. Where such runs begin and end, sections do (Serrà, Müller,
Grosche and Arcos, 2014). Runs are sought up to REACH cells apart, so a long recording takes no more than its length.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Span = tuple[int, int]

SLICES = 8
NEAREST, REACH = 6, 256
RUN, SIDE = 8, 4
CHANCE = 0.1
CLEAR = 0.4
TRANSPOSED = 0.7
LONG = 4


@dataclass(frozen=True, slots=True)
class Tunes:
    """What each cell plays: ``look`` (cells, SLICES, 12), each cell of length about 1, and 0 where nothing stands out.

    ``runs[i]`` is how alike cells ``NEAREST + i`` apart are, less what chance gives, shape (cells - distance,).
    """

    look: Array
    runs: tuple[Array, ...]

    @classmethod
    def of(cls, chroma: Array) -> Tunes:
        """Compare the cells of chroma, shape (cells, SLICES, 12)."""
        moved = chroma - chroma.mean(axis=(0, 1))
        look = moved / (np.linalg.norm(moved, axis=(1, 2), keepdims=True) + 0.05)
        flat = look.reshape(len(look), -1).astype(np.float32)
        apart = range(NEAREST, min(len(flat), REACH))
        runs = tuple((flat[each:] * flat[:-each]).sum(axis=1, dtype=np.float64) - CHANCE for each in apart)
        return cls(np.asarray(look), runs)

    def ends(self) -> Array:
        """Return how clearly repeats begin or end at each border of cells, 0…1, shape (cells + 1,)."""
        clearest = np.zeros(len(self.look) + 1)
        for apart, run in enumerate(self.runs, NEAREST):
            change = np.abs(np.maximum(_around(run, 0, RUN), 0) - np.maximum(_around(run, -RUN, 0), 0))
            for part in (clearest[: change.size], clearest[apart:]):
                np.maximum(part, change, out=part)
        clearest = np.clip(clearest - np.median(clearest), 0, 1)
        clearest[:3] = clearest[-3:] = 0
        return clearest

    def shared(self, turn: Array) -> Array:
        """Return what each border of cells has, shape (cells + 1,), averaged with all borders that it repeats."""
        total, weight = turn.copy(), np.ones(turn.size)
        for apart, run in enumerate(self.runs, NEAREST):
            share = np.clip(_around(run, -SIDE, SIDE) / CLEAR, 0, 1) ** 2
            share[share < 0.2] = 0
            total[: share.size] += share * turn[apart:]
            total[apart:] += share * turn[: share.size]
            weight[: share.size] += share
            weight[apart:] += share
        return np.asarray(total / weight)

    def alike(self, one: Span, other: Span) -> float:
        """Return how alike two spans of cells are along their best diagonal, −1…1; in another key if clearly so."""
        short, long = sorted((one, other), key=lambda span: span[1] - span[0])
        turned = np.fft.rfft(self.look[short[0] : short[1]], axis=2), np.fft.rfft(self.look[long[0] : long[1]], axis=2)
        keys = np.fft.irfft(np.einsum("isk,jsk->ijk", turned[0].conj(), turned[1]), 12, axis=2)
        best = np.max([np.diagonal(keys, shift).mean(axis=1) for shift in diagonals(*keys.shape[:2])], axis=0)
        other_key = float(best[1:].max())
        return max(float(best[0]), other_key if other_key > TRANSPOSED else -1.0)


def diagonals(size: int, room: int) -> range:
    """Return the diagonals on which ``size`` cells may lie in ``room``: a block may begin a cell early or late."""
    slack = 1 if size >= LONG else 0
    return range(-slack, room - size + slack + 1)


def _around(run: Array, first: int, last: int) -> Array:
    """Return the mean of a run over the cells from ``first`` to ``last`` after each border, shape (run + 1,)."""
    sums = np.concatenate([[0.0], np.cumsum(run)])
    at = np.arange(sums.size)
    return np.asarray((sums[np.clip(at + last, 0, run.size)] - sums[np.clip(at + first, 0, run.size)]) / (last - first))
