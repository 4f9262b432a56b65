"""Arithmetic on evenly sampled values."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray


def running_median(values: ArrayLike, width: int) -> NDArray[np.float64]:
    """Return the median about each value, shape (n,); ``width`` is odd, and the ends are held beyond the edges."""
    plain = np.asarray(values, np.float64)
    if not plain.size:
        return plain
    held = np.pad(plain, width // 2, mode="edge")
    return np.asarray(np.median(np.lib.stride_tricks.sliding_window_view(held, width), axis=1))
