"""How far a reading of beats is to be believed, by witnesses that know little of one another.

Whether the network finds the beats likelier than the middles between them; whether bars, by harmony and network, stand
out clearer when they begin on beats than when they begin on middles; whether ear and network read the same. The weights
are those of a logistic regression on songs made for it, `tools.train_beats.calibrate`: what is returned is near the
mean of beat F and CMLt that such songs scored.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from songreel.analysis import bars, sureness
from songreel.analysis.chain import peak_near
from songreel.analysis.frontend import Heard

Floats = NDArray[np.float32]
Array = NDArray[np.float64]

REACH = 6
SAME_S = 0.07
# what nothing at all proves, and what each witness adds to the logarithm of the odds: contrast, clear bars, that they
# begin on beats, agreement
SONG_BIAS, SONG = -1.88, (2.37, 0.29, 0.23, 0.30)
CLEAREST, SUREST_PHASE = 8.0, 4.0
# the same for one beat: the song's logarithm, the contrast around it, and how well it fits its neighbors
BEAT_BIAS, BEAT = -0.22, (0.66, 1.40, 0.71)
AROUND = 8


@dataclass(frozen=True, slots=True)
class Standing:
    """What speaks for a reading: the contrast, −1…1, and how clearly bars begin ``on`` beats and ``off`` them."""

    contrast: float
    on: float
    off: float


def standing(heard: Heard, seen: Floats, learned: Floats, times: Array) -> Standing:
    """Return what speaks for beats at ``times``, in seconds.

    ``seen`` is what `network.activations` makes of the song, ``learned`` its beats at chain.RATE.
    """
    middles = times[:-1] + np.diff(times) / 2
    contrast = float(peak_near(learned, times, reach=REACH).mean() - peak_near(learned, middles, reach=REACH).mean())
    grid = np.sort(np.concatenate([times, middles]))
    on, off = bars.clearness(heard, grid, seen)
    return Standing(contrast, on, off)


def witnesses(one: Standing, agreement: float) -> Array:
    """Return what the witnesses say of a reading, as numbers to be weighed, shape (4,)."""
    clear = np.clip(one.on, 0, CLEAREST)
    phase = np.clip(one.on - one.off, -SUREST_PHASE, SUREST_PHASE)
    return np.array([one.contrast, clear, phase, agreement])


def song(one: Standing, agreement: float) -> float:
    """Return how likely a reading is right, 0…1; ``agreement`` is the share of beats that both readings have."""
    return sureness.likely(SONG_BIAS + float(np.dot(SONG, witnesses(one, agreement))))


def beats(learned: Floats, times: Array, shape: Array, *, whole: float) -> Array:
    """Return how likely each beat is right, 0…1, shape (beats,).

    ``shape`` (beats,) is how well each fits its neighbors, ``whole`` how likely the song's beats are.
    """
    return np.asarray(1 / (1 + np.exp(-BEAT_BIAS - beat_witnesses(learned, times, shape, whole=whole) @ BEAT)))


def beat_witnesses(learned: Floats, times: Array, shape: Array, *, whole: float) -> Array:
    """Return what speaks for each beat, as numbers to be weighed, shape (beats, 3)."""
    steps = np.diff(times, append=2 * times[-1] - times[-2])
    beside = peak_near(learned, times + steps / 2, reach=REACH)
    contrast = _around(peak_near(learned, times, reach=REACH) - beside)
    return np.stack([np.full(times.size, sureness.odds(whole)), contrast, np.sqrt(shape)], axis=1)


def agreement(one: Array, other: Array) -> float:
    """Return the share of beats of two readings that both have, 0…1."""
    if not (one.size and other.size):
        return 0.0
    return 2 * shared(one, other) / (one.size + other.size)


def shared(one: Array, other: Array) -> int:
    """Return how many beats of a reading lie within SAME_S of those of another one, which has two or more."""
    after = np.clip(np.searchsorted(other, one), 1, other.size - 1)
    return int((np.minimum(np.abs(one - other[after - 1]), np.abs(one - other[after])) < SAME_S).sum())


def _around(values: Array) -> Array:
    """Return the mean of each value and those up to AROUND beside it, fewer at the ends."""
    sums = np.concatenate([[0.0], np.cumsum(values)])
    at = np.arange(values.size)
    low, high = np.maximum(at - AROUND, 0), np.minimum(at + AROUND + 1, values.size)
    return np.asarray((sums[high] - sums[low]) / (high - low))
