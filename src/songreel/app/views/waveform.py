"""How loud each column of a diagram sounds."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from songreel.media import sound

Heights = NDArray[np.float32]
RATE = 11_025


def columns(song: Path, duration: float, count: int) -> tuple[Heights, Heights]:
    """Return the peak and the effective level (RMS) of each of ``count`` even columns, 0…1, the loudest peak 1.

    Raises BadMedia as `sound.blocks` does.
    """
    peak, power, samples = np.zeros(count, np.float32), np.zeros(count), np.zeros(count)
    place = 0
    for block in sound.blocks(song, rate=RATE, channels=1):
        values = block[0]
        at = (np.arange(place, place + values.size) * (count / (duration * RATE))).astype(np.int64)
        at = np.minimum(at, count - 1)
        starts = np.flatnonzero(np.diff(at, prepend=-1))
        peak[at[starts]] = np.maximum(peak[at[starts]], np.maximum.reduceat(np.abs(values), starts))
        power += np.bincount(at, np.square(values, dtype=np.float64), minlength=count)
        samples += np.bincount(at, minlength=count)
        place += values.size
    loudest = max(float(peak.max()), 1e-6)
    level = np.sqrt(power / np.maximum(samples, 1))
    return peak / np.float32(loudest), (level / loudest).astype(np.float32)
