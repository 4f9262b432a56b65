"""Sections: where the song turns, which parts repeat, and what each is.

Bars are compared by what sounds in them; dynamic programming then chooses the blocks that are most alike inside and
prefers lengths of 8 and 4 bars (CBM: Marmoret, Cohen and Bimbot, 2023). A song without bars is cut into two-second
cells, and goes the same way.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from songreel.analysis import labels
from songreel.analysis.bars import Bars
from songreel.analysis.frontend import FRAME_RATE, TONE_RATE, Heard
from songreel.model.song_map import Section

Array = NDArray[np.float64]
CELL_S = 2.0
LONGEST = 32
ALIKE = 0.62
_SLICES = 4


@dataclass(frozen=True, slots=True)
class Parts:
    """The sections, which tile the song from 0 to its end, and how sure the borders are, 0…1."""

    sections: tuple[Section, ...]
    confidence: float


def divide(heard: Heard, beats: Array, bars: Bars, duration: float) -> Parts:
    """Divide a song of ``duration`` seconds into sections whose borders are downbeats, where there are any."""
    grid = cells(beats, bars, duration)
    look = features(heard, grid)
    alike = _similarity(look)
    borders = _blocks(alike, barwise=bars.meter > 0)
    names, sure = _repeats(alike, borders)
    levels = _levels(heard, grid)
    edges = [0.0, *[float(grid[border]) for border in borders[1:-1]], duration]
    parts = [
        labels.Part(name, edges[i], edges[i + 1], borders[i + 1] - borders[i], levels[borders[i] : borders[i + 1]])
        for i, name in enumerate(names)
    ]
    confidence = float(np.clip(np.mean(sure), 0, 1)) * (0.4 + 0.6 * bars.confidence)
    return Parts(labels.name(parts, sure=sure, certainty=0.4 + 0.6 * bars.confidence), confidence)


def cells(beats: Array, bars: Bars, duration: float) -> Array:
    """Return the borders of bars in seconds, from 0 to the song's end; of even cells where no bars are known."""
    downbeats = beats[bars.positions == 1]
    if downbeats.size < 2:
        count = max(1, round(duration / CELL_S))
        return np.linspace(0, duration, count + 1)
    bar = float(np.median(np.diff(downbeats)))
    lead = downbeats[0] - bar * np.arange(int(downbeats[0] // bar), 0, -1)
    trail = downbeats[-1] + bar * np.arange(1, int((duration - downbeats[-1]) // bar) + 1)
    inner = np.concatenate([lead, downbeats, trail])
    inner = inner[(inner > 0.5 * bar) & (inner < duration - 0.5 * bar)]
    return np.concatenate([[0.0], inner, [duration]])


def features(heard: Heard, grid: Array) -> Array:
    """Return what each cell sounds like, shape (cells, columns), each kind of the same weight."""
    steps = np.diff(grid)[:, None] / _SLICES
    edges = np.append((grid[:-1, None] + steps * np.arange(_SLICES)).ravel(), grid[-1])
    chroma = heard.chroma / (np.linalg.norm(heard.chroma, axis=1, keepdims=True) + 1e-3)
    harmony = _means(chroma, edges, TONE_RATE).reshape(len(grid) - 1, -1)
    timbre = _means(heard.timbre, edges, TONE_RATE).reshape(len(grid) - 1, _SLICES, -1).mean(axis=1)
    rhythm = _means(np.log10(1 + heard.flux), edges, FRAME_RATE).reshape(len(grid) - 1, -1)
    return np.concatenate([_even(harmony), 1.5 * _even(timbre), 0.7 * _even(rhythm)], axis=1)


def _even(values: Array) -> Array:
    spread = values - values.mean(axis=0)
    return np.asarray(spread / (np.sqrt(np.square(spread).sum(axis=1).mean()) + 1e-9))


def _means(values: NDArray[np.float32], edges: Array, rate: int) -> Array:
    sums = np.concatenate([np.zeros((1, values.shape[1])), np.cumsum(values, axis=0, dtype=np.float64)])
    low = np.clip(np.rint(edges[:-1] * rate).astype(np.int64), 0, len(values) - 1)
    high = np.clip(np.rint(edges[1:] * rate).astype(np.int64), low + 1, len(values))
    return np.asarray((sums[high] - sums[low]) / (high - low)[:, None])


def _similarity(look: Array) -> NDArray[np.float32]:
    """Return how alike cells are, 0…1: a Gaussian of their distance, half at the median distance."""
    flat = look.astype(np.float32)
    square = np.square(flat).sum(axis=1)
    apart = np.maximum(square[:, None] + square[None, :] - 2 * flat @ flat.T, 0)
    usual = float(np.median(apart[:2000, :2000])) + 1e-6
    return np.asarray(np.exp(-apart * np.float32(np.log(2) / usual)), dtype=np.float32)


def _blocks(alike: NDArray[np.float32], *, barwise: bool) -> list[int]:
    """Return the borders of the best blocks, from 0 to the number of cells."""
    count = len(alike)
    corner = np.zeros((count + 1, count + 1), dtype=np.float32)
    np.cumsum(np.cumsum(alike - np.eye(count, dtype=np.float32), axis=0), axis=1, out=corner[1:, 1:])
    best, came = np.full(count + 1, -np.inf), np.zeros(count + 1, dtype=np.int64)
    best[0] = 0
    for end in range(1, count + 1):
        starts = np.arange(max(0, end - LONGEST), end)
        sizes = end - starts
        inside = corner[end, end] - corner[starts, end] - corner[end, starts] + corner[starts, starts]
        value = best[starts] + inside / sizes - _penalty(sizes, barwise=barwise)
        came[end] = starts[int(value.argmax())]
        best[end] = value.max()
    borders = [count]
    while borders[-1]:
        borders.append(int(came[borders[-1]]))
    return borders[::-1]


def _penalty(sizes: NDArray[np.int64], *, barwise: bool) -> Array:
    """Return what a block of so many cells costs."""
    base = np.where(sizes < 3, 2.0, 0.4)
    if not barwise:
        return np.asarray(base + 0.6)
    odd = np.where(sizes % 8 == 0, 0.0, np.where(sizes % 4 == 0, 0.3, np.where(sizes % 2 == 0, 0.7, 1.2)))
    return np.asarray(base + odd)


def _repeats(alike: NDArray[np.float32], borders: list[int]) -> tuple[list[str], list[float]]:
    """Name blocks A, B, C…, the same letter for those that are alike bar by bar; and how clear each first border is."""
    spans = list(pairwise(borders))
    firsts: list[tuple[int, int]] = []
    names: list[str] = []
    for span in spans:
        scores = [_match(alike, span, first) for first in firsts]
        if scores and max(scores) > ALIKE:
            names.append(_letter(int(np.argmax(scores))))
        else:
            names.append(_letter(len(firsts)))
            firsts.append(span)
    inner = [float(alike[a:b, a:b].mean()) for a, b in spans]
    sure = [1.0]
    for i, (start, end) in enumerate(spans[1:], 1):
        across = float(alike[spans[i - 1][0] : start, start:end].mean())
        sure.append(float(np.clip(2.5 * ((inner[i] + inner[i - 1]) / 2 - across), 0, 1)))
    return names, sure


def _match(alike: NDArray[np.float32], span: tuple[int, int], other: tuple[int, int]) -> float:
    """Return how alike two blocks are along the best diagonal of the shorter one in the longer one."""
    (a, b), (c, d) = sorted((span, other), key=lambda pair: pair[1] - pair[0])
    size = b - a
    if size * 2 < d - c:
        return 0.0
    rows = np.arange(a, b)
    return max(float(alike[rows, np.arange(shift, shift + size)].mean()) for shift in range(c, d - size + 1))


def _letter(index: int) -> str:
    return chr(ord("A") + index % 26) + (str(index // 26) if index >= 26 else "")


def _levels(heard: Heard, grid: Array) -> Array:
    """Return the level of each cell in decibels."""
    power = _means(heard.power.sum(axis=1, keepdims=True), grid, FRAME_RATE)[:, 0]
    return np.asarray(10 * np.log10(power + 1e-7))
