"""Stereo width: how much of the sound differs between left and right, moment by moment."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
APART = 0.5
QUIET = 1e-3
EASE = 5


class Sides:
    """An ear for width: the power of the side signal and of both channels over stretches of ``step`` samples."""

    def __init__(self, step: int) -> None:
        self.step = step
        self.rest = np.empty((2, 0), dtype=np.float32)
        self.powers: list[Floats] = []

    def feed(self, block: Floats) -> None:
        """Take sound, shape (channels, n); one channel alone has no side."""
        left, right = block[0], block[-1]
        powers = np.stack([np.square(left - right) / 2, np.square(left) + np.square(right)])
        joined = np.concatenate([self.rest, powers], axis=1)
        count = joined.shape[1] // self.step
        self.powers.append(joined[:, : count * self.step].reshape(2, count, self.step).mean(axis=2))
        self.rest = joined[:, count * self.step :]

    def finish(self) -> Floats:
        """Return the width of each stretch, 0…1: 0 is mono, 1 is two channels that have nothing in common.

        What is nearly silent is narrow; changes are eased over EASE stretches.
        """
        last = self.rest.mean(axis=1, keepdims=True) if self.rest.size else self.rest
        side, both = np.concatenate([*self.powers, last], axis=1)
        floor = QUIET * float(np.percentile(both, 95)) + 1e-12 if both.size else 1.0
        share = np.clip(np.sqrt(side / np.maximum(both, floor) / APART), 0, 1)
        padded = np.pad(share, EASE // 2, mode="edge") if share.size else share
        return np.convolve(padded, np.full(EASE, 1 / EASE), mode="valid").astype(np.float32) if share.size else share
