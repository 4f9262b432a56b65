"""Programme loudness of a stream of sound: ITU-R BS.1770-4, 48 kHz, with both gates.

The two K-weighting filters are those that the standard tabulates for 48 kHz.
"""

from __future__ import annotations

import math
from array import array

import numpy as np
from numpy.typing import NDArray
from scipy import signal

RATE = 48_000
SILENCE = -math.inf
_PART = RATE // 10
_PARTS_IN_BLOCK = 4
_OFFSET = -0.691
_ABSOLUTE_GATE = -70.0
_RELATIVE_GATE = -10.0
_K_WEIGHTING = np.array(
    [
        [1.53512485958697, -2.69169618940638, 1.19839281085285, 1.0, -1.69065929318241, 0.73248077421585],
        [1.0, -2.0, 1.0, 1.0, -1.99004745483398, 0.99007225036621],
    ]
)


class Meter:
    """Measures sound as it comes by: float blocks of shape (channels, n) at 48 kHz, channels weighing the same."""

    def __init__(self, channels: int) -> None:
        self._state = np.zeros((len(_K_WEIGHTING), channels, 2))
        self._rest = np.zeros((channels, 0))
        self._powers = array("d")

    def add(self, block: NDArray[np.float32]) -> None:
        """Take in the next block."""
        if not block.shape[1]:
            return
        weighted, self._state = signal.sosfilt(_K_WEIGHTING, block.astype(np.float64), axis=1, zi=self._state)
        held = np.concatenate([self._rest, weighted], axis=1)
        whole = held.shape[1] // _PART * _PART
        parts = held[:, :whole].reshape(len(held), whole // _PART, _PART)
        self._powers.extend(np.square(parts).mean(axis=2).sum(axis=0))
        self._rest = held[:, whole:]

    def lufs(self) -> float:
        """Return the gated loudness of all blocks; −∞ when nothing rises above the gate, or it is under 400 ms."""
        powers = np.array(self._powers)
        if len(powers) < _PARTS_IN_BLOCK:
            return SILENCE
        blocks = np.convolve(powers, np.full(_PARTS_IN_BLOCK, 1 / _PARTS_IN_BLOCK), mode="valid")
        heard = blocks[_level(blocks) > _ABSOLUTE_GATE]
        if not len(heard):
            return SILENCE
        loud = heard[_level(heard) > _level(heard.mean()) + _RELATIVE_GATE]
        return float(_level(loud.mean()))


def _level(power: NDArray[np.float64] | np.float64) -> NDArray[np.float64]:
    return np.asarray(_OFFSET + 10 * np.log10(np.maximum(power, 1e-20)))
