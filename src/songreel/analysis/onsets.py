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


def hits(flux: Floats, power: Floats) -> dict[HitName, Floats]:
    """Return how strongly drums of three registers are hit at each frame, 0…1.

    A drum is a burst of power in its register, next to which what basses, chords and voices begin with is small;
    a snare's is over within a tenth of a second and has hiss above it.
    """
    loud = float(np.percentile(power.sum(axis=1), 95))
    low, high, hiss = (
        np.maximum(power[:, i] / max(float(np.percentile(power[:, i], 97)), share * loud, 1e-9), 0)
        for i, share in ((1, 0.05), (4, 0.004), (5, 0.0005))
    )
    onset = flux[:, 0] + flux[:, 1]
    kick = struck(burst(low) * np.clip(onset / 0.5, 0, 1), onset)
    snare = struck(burst(high) * _brief(high) * np.clip(flux[:, 5] / 1.5, 0, 1), flux[:, 4] + flux[:, 5])
    hat = struck(burst(hiss), flux[:, 5])
    clear = snare[snare > 0.02]
    usual = max(float(np.percentile(clear, 95)), 0.25) if clear.size else 1.0
    return {
        "kick": _between(kick, 0.5, 1.0),
        "snare": _between(snare / usual, 0.1, 0.75),
        "hat": _between(hat, 0.05, 0.5),
    }


def burst(power: Floats) -> Floats:
    """Return the amplitude that power gains at each frame: the highest of the next 40 ms over what was before."""
    before = np.convolve(np.pad(power, (6, 0), mode="edge"), np.full(4, 0.25), mode="valid")[: power.size]
    return np.sqrt(np.maximum(_highest(power, 0, 4) - before, 0)).astype(np.float32)


def _brief(power: Floats) -> Floats:
    """Return how surely power is gone 0.13 s later, 0…1: 2 dB down is not, 10 dB is."""
    later = np.pad(power, (0, 13), mode="edge")[13:]
    fall = 10 * np.log10((_highest(power, 0, 4) + 1e-6) / (later + 1e-6))
    return np.asarray(np.clip((fall - 2) / 8, 0, 1), dtype=np.float32)


def struck(strength: Floats, flux: Floats) -> Floats:
    """Return the strength of what begins where the flux has a peak, 0 elsewhere."""
    peak = (flux > 0) & (flux >= _highest(flux, -4, 4))
    return np.where(peak, _highest(strength, -2, 2), np.float32(0))


def _highest(values: Floats, first: int, last: int) -> Floats:
    """Return the highest value from ``first`` to ``last`` frames after each frame."""
    padded = np.pad(values, (max(0, -first), max(0, last)), mode="edge")
    return np.asarray(np.lib.stride_tricks.sliding_window_view(padded, last - first + 1).max(axis=1)[: values.size])


def _between(values: Floats, nothing: float, whole: float) -> Floats:
    return np.asarray(np.clip((values - nothing) / (whole - nothing), 0, 1), dtype=np.float32)
