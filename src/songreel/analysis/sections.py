"""Sections: where the song turns, which parts repeat, and what each is.

Bars are compared by what sounds in them, and `blocks` divides their row. A song without bars is cut into two-second
cells, and goes the same way.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from songreel.analysis import blocks, labels
from songreel.analysis.bars import Bars
from songreel.analysis.blocks import Likeness
from songreel.analysis.frontend import FRAME_RATE, TONE_RATE, Heard
from songreel.model.song_map import Section

Array = NDArray[np.float64]
CELL_S = 2.0
ALIKE = 0.5
HARMONY, TIMBRE, RHYTHM = 0.5, 1.0, 0.7
_SLICES = 4


@dataclass(frozen=True, slots=True)
class Parts:
    """The sections, which tile the song from 0 to its end, and how sure the borders are, 0…1."""

    sections: tuple[Section, ...]
    confidence: float


def divide(heard: Heard, beats: Array, bars: Bars, duration: float) -> Parts:
    """Divide a song of ``duration`` seconds into sections whose borders are downbeats, where there are any."""
    grid = cells(beats, bars, duration)
    likeness = Likeness(features(heard, grid))
    borders = blocks.divide(likeness, barwise=bars.meter > 0)
    names, sure = _repeats(likeness, borders)
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
    """Return what each cell sounds like, shape (cells, columns), from harmony, timbre and rhythm.

    Harmony is taken over four cells, since chords change from bar to bar within every part of a song.
    """
    steps = np.diff(grid)[:, None] / _SLICES
    edges = np.append((grid[:-1, None] + steps * np.arange(_SLICES)).ravel(), grid[-1])
    chroma = heard.chroma / (np.linalg.norm(heard.chroma, axis=1, keepdims=True) + 1e-3)
    harmony = _spread(_means(chroma, grid, TONE_RATE))
    timbre = _means(heard.timbre, grid, TONE_RATE)
    rhythm = _means(np.log10(1 + heard.flux), edges, FRAME_RATE).reshape(len(grid) - 1, -1)
    return np.concatenate([HARMONY * _even(harmony), TIMBRE * _even(timbre), RHYTHM * _even(rhythm)], axis=1)


def _spread(values: Array) -> Array:
    """Return each cell's mean with the one before it and the two after."""
    padded = np.pad(values, ((1, 2), (0, 0)), mode="edge")
    return np.asarray((padded[:-3] + padded[1:-2] + padded[2:-1] + padded[3:]) / 4)


def _even(values: Array) -> Array:
    """Return values with every column's mean 0 and spread 1, then scaled so that a row's usual size is 1."""
    standard = (values - values.mean(axis=0)) / (values.std(axis=0) + 0.3 * values.std() + 1e-9)
    return np.asarray(np.clip(standard, -3, 3) / np.sqrt(values.shape[1]))


def _means(values: NDArray[np.float32], edges: Array, rate: int) -> Array:
    sums = np.concatenate([np.zeros((1, values.shape[1])), np.cumsum(values, axis=0, dtype=np.float64)])
    low = np.clip(np.rint(edges[:-1] * rate).astype(np.int64), 0, len(values) - 1)
    high = np.clip(np.rint(edges[1:] * rate).astype(np.int64), low + 1, len(values))
    return np.asarray((sums[high] - sums[low]) / (high - low)[:, None])


def _repeats(likeness: Likeness, borders: list[int]) -> tuple[list[str], list[float]]:
    """Name blocks A, B, C…, the same letter for those that are alike bar by bar; and how clear each first border is."""
    spans = list(pairwise(borders))
    firsts: list[tuple[int, int]] = []
    names: list[str] = []
    for span in spans:
        scores = [_match(likeness, span, first) for first in firsts]
        if scores and max(scores) > ALIKE:
            names.append(_letter(int(np.argmax(scores))))
        else:
            names.append(_letter(len(firsts)))
            firsts.append(span)
    inner = [float(likeness.between(span, span).mean()) for span in spans]
    sure = [1.0]
    for i in range(1, len(spans)):
        across = float(likeness.between(spans[i - 1], spans[i]).mean())
        sure.append(float(np.clip(2.5 * ((inner[i] + inner[i - 1]) / 2 - across), 0, 1)))
    return names, sure


def _match(likeness: Likeness, span: tuple[int, int], other: tuple[int, int]) -> float:
    """Return how alike two blocks are along the best diagonal of the shorter one in the longer one."""
    short, long = sorted((span, other), key=lambda pair: pair[1] - pair[0])
    size, room = short[1] - short[0], long[1] - long[0]
    if size * 2 < room:
        return 0.0
    alike = likeness.between(short, long)
    return max(float(np.diagonal(alike, shift).mean()) for shift in range(room - size + 1))


def _letter(index: int) -> str:
    return chr(ord("A") + index % 26) + (str(index // 26) if index >= 26 else "")


def _levels(heard: Heard, grid: Array) -> Array:
    """Return the level of each cell in decibels."""
    power = _means(heard.power.sum(axis=1, keepdims=True), grid, FRAME_RATE)[:, 0]
    return np.asarray(10 * np.log10(power + 1e-7))
