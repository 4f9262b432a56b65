"""Sections: where the song turns, which parts repeat, and what each is.

Bars are compared by what sounds in them; `turns` says where much changes, `blocks` divides their row, `letters` finds
what repeats and `labels` what each part is. A song without bars is cut into two-second cells, and goes the same way.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from songreel.analysis import blocks, labels, letters, onsets, turns
from songreel.analysis.bars import Bars
from songreel.analysis.blocks import Likeness
from songreel.analysis.frontend import FRAME_RATE, TONE_RATE, Heard
from songreel.analysis.repeats import SLICES, Tunes
from songreel.model.song_map import Section

Array = NDArray[np.float64]
Floats = NDArray[np.float32]
CELL_S = 2.0
LONG_BAR_S = 2.9
HARMONY, TIMBRE, RHYTHM = 0.5, 1.0, 0.7
QUIETEST = 1e-5
_RHYTHM_SLICES = 4


@dataclass(frozen=True, slots=True)
class Parts:
    """The sections, which tile the song from 0 to its end, and how sure the borders are, 0…1."""

    sections: tuple[Section, ...]
    confidence: float


def divide(heard: Heard, beats: Array, bars: Bars, duration: float) -> Parts:
    """Divide a song of ``duration`` seconds into sections whose borders are downbeats, where there are any."""
    grid = cells(beats, bars, duration)
    chroma = heard.chroma / (np.linalg.norm(heard.chroma, axis=1, keepdims=True) + 1e-3)
    timbre = _even(_means(heard.timbre, grid, TONE_RATE))
    likeness = Likeness(_look(heard, grid, chroma, timbre))
    tunes = Tunes.of(_sliced(chroma, grid, TONE_RATE, SLICES))
    levels = _sliced(_decibels(heard), grid, FRAME_RATE, 2)
    worth = turns.find(likeness, tunes, levels[:, 0, -2:].mean(axis=1))
    borders = blocks.divide(likeness, worth, phrase=_phrase(grid) if bars.meter else 0)
    names = letters.name(Likeness(timbre), tunes, borders)
    sure = turns.certainty(worth, borders)
    full, low = levels.mean(axis=(1, 2)), levels[:, :, :2].mean(axis=(1, 2))
    drums = onsets.hits(heard.flux, heard.power)
    struck = _means((drums["kick"] + drums["snare"])[:, None], grid, FRAME_RATE)[:, 0]
    edges = [0.0, *[float(grid[border]) for border in borders[1:-1]], duration]
    spans = zip(names, pairwise(edges), pairwise(borders), strict=True)
    parts = [
        labels.Part(name, times, full[slice(*cells)], low[slice(*cells)], float(struck[slice(*cells)].mean()))
        for name, times, cells in spans
    ]
    confidence = float(np.mean(sure[1:] or [0.5])) * (0.4 + 0.6 * bars.confidence)
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


def _phrase(grid: Array) -> int:
    """Return how many bars make a phrase: eight, or four long ones."""
    return 8 if float(np.median(np.diff(grid))) < LONG_BAR_S else 4


def _look(heard: Heard, grid: Array, chroma: Floats, timbre: Array) -> Array:
    """Return what each cell sounds like, shape (cells, columns), from harmony, timbre and rhythm.

    Harmony is taken over four cells, since chords change from bar to bar within every part of a song.
    """
    harmony = _spread(_means(chroma, grid, TONE_RATE))
    rhythm = _sliced(np.log10(1 + heard.flux), grid, FRAME_RATE, _RHYTHM_SLICES).reshape(len(grid) - 1, -1)
    return np.concatenate([HARMONY * _even(harmony), TIMBRE * timbre, RHYTHM * _even(rhythm)], axis=1)


def _decibels(heard: Heard) -> Floats:
    """Return the level of each register at each frame, down to 50 dB under the song's loud moments."""
    loud = float(np.percentile(heard.power.sum(axis=1), 95))
    return np.asarray(10 * np.log10(heard.power + np.float32(QUIETEST * loud + 1e-9)))


def _spread(values: Array) -> Array:
    """Return each cell's mean with the one before it and the two after."""
    padded = np.pad(values, ((1, 2), (0, 0)), mode="edge")
    return np.asarray((padded[:-3] + padded[1:-2] + padded[2:-1] + padded[3:]) / 4)


def _even(values: Array) -> Array:
    """Return values with every column's mean 0 and spread 1, then scaled so that a row's usual size is 1."""
    standard = (values - values.mean(axis=0)) / (values.std(axis=0) + 0.3 * values.std() + 1e-9)
    return np.asarray(np.clip(standard, -3, 3) / np.sqrt(values.shape[1]))


def _means(values: Floats, edges: Array, rate: int) -> Array:
    sums = np.concatenate([np.zeros((1, values.shape[1])), np.cumsum(values, axis=0, dtype=np.float64)])
    low = np.clip(np.rint(edges[:-1] * rate).astype(np.int64), 0, len(values) - 1)
    high = np.clip(np.rint(edges[1:] * rate).astype(np.int64), low + 1, len(values))
    return np.asarray((sums[high] - sums[low]) / (high - low)[:, None])


def _sliced(values: Floats, grid: Array, rate: int, slices: int) -> Array:
    """Return the means of even slices of each cell, shape (cells, slices, columns)."""
    steps = np.diff(grid)[:, None] / slices
    edges = np.append((grid[:-1, None] + steps * np.arange(slices)).ravel(), grid[-1])
    return _means(values, edges, rate).reshape(len(grid) - 1, slices, -1)
