"""How sure the beats are: a beat is what sounds again, in the same shape, one beat later.

The onset strength is read along the beats, in PHASES parts of each, so that a tempo that moves costs nothing.
Noise, speech and rain have strong onsets near any beats that are laid through them, but nothing comes again.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Array = NDArray[np.float64]

PHASES = 16
REACH = 4
# where belief is half, and how fast it grows: beatless sound proves up to 0.15, the least clear of real songs 0.28
HALF, SPREAD = 0.2, 0.03
NEARLY_NOTHING = 0.35


def shapes(strength: Floats, times: Array, rate: int) -> Array:
    """Return the onset strength within each beat, shape (beats - 1, PHASES), beginning half a part before the beat."""
    steps = np.diff(times)[:, None]
    at = (times[:-1, None] + steps * (np.arange(PHASES) / PHASES)) * rate
    smooth = np.convolve(strength, np.ones(5) / 5, mode="same")
    return np.asarray(np.interp(at.ravel(), np.arange(smooth.size), smooth).reshape(at.shape))


def overall(strength: Floats, times: Array, *, on: float, off: float, rate: int) -> float:
    """Return how sure the beats of a song are, 0…1.

    ``on`` and ``off`` are the mean strength at beats and at the quarters between them.
    """
    if on < NEARLY_NOTHING:
        return 0.0
    clear = max(0.0, on - off) / (on + off + 0.2)
    luck = 4 / times.size
    proof = np.sqrt(clear * max(0.0, again(shapes(strength, times, rate)) - luck))
    belief = 1 / (1 + np.exp(-np.clip((proof - HALF) / SPREAD, -40, 40)))
    return float(belief * np.clip(0.35 + 0.9 * proof, 0, 1))


def again(rows: Array) -> float:
    """Return the correlation of beats with those 1 to REACH later."""
    flat = rows - rows.mean()
    power = float(np.square(flat).mean()) + 1e-9
    later = [float((flat[lag:] * flat[:-lag]).mean()) for lag in range(1, REACH + 1) if len(flat) > lag]
    return float(np.mean(later)) / power if later else 0.0


def locally(rows: Array) -> Array:
    """Return how well each beat fits those around it, 0…1, shape (beats,); ``rows`` lacks the last beat."""
    flat = rows - rows.mean(axis=1, keepdims=True)
    sums = np.concatenate([np.zeros((1, PHASES)), np.cumsum(flat, axis=0)])
    at = np.arange(len(flat))
    around = sums[np.minimum(at + REACH + 1, len(flat))] - sums[np.maximum(at - REACH, 0)] - flat
    size = np.linalg.norm(flat, axis=1) * np.linalg.norm(around, axis=1)
    fit = (flat * around).sum(axis=1) / (size + 0.05)
    return np.asarray(np.clip(np.append(fit, fit[-1]), 0, 1))
