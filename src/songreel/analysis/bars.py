"""Bars: how many beats are in one, and which beat is the first."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from songreel.analysis import onsets
from songreel.analysis.frontend import FRAME_RATE, TONE_RATE, Heard

Array = NDArray[np.float64]
METERS = (2, 3, 4, 5, 6, 7)


@dataclass(frozen=True, slots=True)
class Bars:
    """``positions`` (beats,) count from 1 at each downbeat; all 0 and ``meter`` 0 where bars are not known."""

    meter: int
    positions: NDArray[np.int64]
    confidence: float


def count(heard: Heard, beats: Array) -> Bars:
    """Find the bars of beats, given in seconds."""
    if beats.size < 4:
        return Bars(0, np.zeros(beats.size, dtype=np.int64), 0.0)
    weight = _weights(heard, beats)
    scores = {phase: float(weight[phase::4].mean()) for phase in range(4)}
    phase = max(scores, key=lambda key: scores[key])
    ranked = sorted(scores.values(), reverse=True)
    return Bars(4, (np.arange(beats.size) - phase) % 4 + 1, float(np.clip((ranked[0] - ranked[1]) / 1.0, 0, 1)))


def _weights(heard: Heard, beats: Array) -> Array:
    frames = np.minimum(np.rint(beats * FRAME_RATE).astype(np.int64), len(heard.flux) - 1)
    near = np.clip(frames[:, None] + np.arange(-3, 4), 0, len(heard.flux) - 1)
    low = onsets.normalized(heard.flux[:, :2].sum(axis=1))[near].max(axis=1)
    full = onsets.normalized(heard.flux.sum(axis=1))[near].max(axis=1)
    return _z(low) + 0.5 * _z(full) + 1.5 * _z(harmonic_change(heard.chroma, beats))


def harmonic_change(chroma: NDArray[np.float32], beats: Array) -> Array:
    """Return how far the harmony after each beat differs from that before it, 0…1."""
    means = beatwise(chroma, beats)
    norm = means / (np.linalg.norm(means, axis=1, keepdims=True) + 1e-9)
    return 1 - np.concatenate([[1.0], (norm[1:] * norm[:-1]).sum(axis=1)])


def beatwise(values: NDArray[np.float32], beats: Array) -> Array:
    """Return the mean of TONE_RATE values from each beat to the next, shape (beats, columns)."""
    edges = np.append(beats, 2 * beats[-1] - beats[-2]) * TONE_RATE
    sums = np.concatenate([np.zeros((1, values.shape[1])), np.cumsum(values, axis=0, dtype=np.float64)])
    low = np.clip(np.rint(edges[:-1]).astype(np.int64), 0, len(values) - 1)
    high = np.clip(np.rint(edges[1:]).astype(np.int64), low + 1, len(values))
    return np.asarray((sums[high] - sums[low]) / (high - low)[:, None])


def _z(values: Array) -> Array:
    return np.asarray((values - values.mean()) / (values.std() + 1e-6))
