"""Onsets: how strongly something begins at each frame, and where.

Flux is (frames, REGISTERS) at FRAME_RATE, as `frontend` gives it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from songreel.analysis.frontend import FRAME_RATE
from songreel.model.song_map import HitName

Floats = NDArray[np.float32]
NORMAL_S = 8.0
LEAST_GAP_S = 0.05
VOTES = (0.1, 0.15, 0.15, 0.3, 0.2, 0.1)


def salience(flux: Floats) -> Floats:
    """Return how strongly a beat could be heard at each frame, 0…4: the registers' votes, each by its own normal.

    The middle counts most: drums on the beat, chords and voices meet there, while basses and hats love off-beats.
    """
    votes = [share * np.clip(normalized(flux[:, i]), 0, 4) for i, share in enumerate(VOTES)]
    return np.asarray(sum(votes), dtype=np.float32)


def normalized(values: Floats, *, seconds: float = NORMAL_S) -> Floats:
    """Return values less their mean over a window, in units of their spread there; near silence stays near 0."""
    reach = round(seconds * FRAME_RATE)
    mean = moving_mean(values, reach)
    spread = np.sqrt(np.maximum(moving_mean(np.square(values), reach) - mean**2, 0))
    floor = 0.1 * float(np.sqrt(np.mean(spread**2))) + 1e-3
    return np.asarray((values - mean) / (spread + floor), dtype=np.float32)


def moving_mean(values: Floats, length: int) -> NDArray[np.float64]:
    """Return the centered mean over ``length`` frames, over fewer at the ends; shape (frames,)."""
    sums = np.concatenate([[0.0], np.cumsum(values, dtype=np.float64)])
    at = np.arange(values.size)
    low, high = np.maximum(at - length // 2, 0), np.minimum(at + length // 2 + 1, values.size)
    return np.asarray((sums[high] - sums[low]) / (high - low))


def pick(flux: Floats) -> NDArray[np.int64]:
    """Return the frames where something begins: maxima that stand clear of the last second."""
    total = flux.sum(axis=1)
    if total.size < 3:
        return np.zeros(0, dtype=np.int64)
    around = moving_mean(total, FRAME_RATE)
    spread = np.sqrt(np.maximum(moving_mean(np.square(total), FRAME_RATE) - around**2, 0))
    floor = 0.05 * float(np.percentile(total, 99)) + 0.3
    peak = np.flatnonzero(total > around + 0.6 * spread + floor)
    gap = round(LEAST_GAP_S * FRAME_RATE)
    padded = np.pad(total, gap)
    highest = np.lib.stride_tricks.sliding_window_view(padded, 2 * gap + 1).max(axis=1)
    found = peak[total[peak] >= highest[peak]]
    return np.asarray(found[np.diff(found, prepend=-gap - 1) > gap], dtype=np.int64)


def hits(flux: Floats) -> dict[HitName, Floats]:
    """Return how strongly drums of three registers are hit at each frame, 0…1."""
    kick = flux[:, 0] + flux[:, 1]
    snare = np.cbrt((flux[:, 2] + flux[:, 3]) * flux[:, 4] * flux[:, 5])
    hat = flux[:, 5]
    return {"kick": _unit(kick), "snare": _unit(snare), "hat": _unit(hat)}


def _unit(values: Floats) -> Floats:
    """Scale so that a usual hit of this song is 1, and what is no local maximum is 0."""
    top = values.copy()
    top[1:][values[1:] < values[:-1]] = 0
    top[:-1][values[:-1] < values[1:]] = 0
    usual = float(np.percentile(top[top > 0], 95)) if np.any(top > 0) else 0.0
    return np.asarray(np.clip((top / max(usual, 0.5) - 0.15) / 0.75, 0, 1), dtype=np.float32)
