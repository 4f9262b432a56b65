"""Programme loudness and true peak: ITU-R BS.1770-4 and EBU R128 (Tech 3341, 3342).

The K-weighting runs in blocks as a convolution by FFT; powers are kept per 100 ms, of which gating blocks of 400 ms
and short-term blocks of 3 s are made.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import fft

from songreel.model.song_map import Loudness

SILENCE_LUFS = -70.0
_TAIL = 16_384
_TAPS = 12

Floats = NDArray[np.float32]


class Meter:
    """Measure loudness while a song streams by; blocks are float32 (1 or 2, n)."""

    def __init__(self, rate: int) -> None:
        self.rate = rate
        self.step = rate // 10
        self.rest: Floats | None = None
        self.before: Floats | None = None
        self.powers: list[NDArray[np.float64]] = []
        self.responses: dict[int, NDArray[np.complex64]] = {}
        self.peak = 0.0
        self.phases = _interpolator()

    def feed(self, block: Floats) -> None:
        """Take in the next block."""
        channels = block.shape[0]
        before = np.zeros((channels, _TAIL), dtype=np.float32) if self.before is None else self.before
        joined = np.concatenate([before, block], axis=1)
        self.before = joined[:, -_TAIL:]
        size = fft.next_fast_len(joined.shape[1], real=True)
        if size not in self.responses:
            self.responses = {size: k_weighting(self.rate, size)}
        heard = fft.irfft(fft.rfft(joined, size, axis=1) * self.responses[size], size, axis=1)
        heard = heard[:, _TAIL : joined.shape[1]]
        self._keep(heard if self.rest is None else np.concatenate([self.rest, heard], axis=1))
        self._true_peak(joined[:, _TAIL - 2 * _TAPS :])

    def _keep(self, heard: Floats) -> None:
        count = heard.shape[1] // self.step
        whole = heard[:, : count * self.step].reshape(heard.shape[0], count, self.step)
        self.powers.append(np.square(whole, dtype=np.float64).mean(axis=2).sum(axis=0))
        self.rest = heard[:, count * self.step :]

    def _true_peak(self, joined: Floats) -> None:
        """Interpolate around the samples that stand out: a peak between samples is next to one of them."""
        size = np.abs(joined)
        self.peak = max(self.peak, float(size.max(initial=0)))
        inner = size[:, _TAPS:-_TAPS]
        high = inner >= max(0.75 * self.peak, 1e-9)
        high &= (inner >= size[:, _TAPS - 1 : -_TAPS - 1]) & (inner >= size[:, _TAPS + 1 : size.shape[1] - _TAPS + 1])
        channel, at = np.nonzero(high)
        reach = np.arange(-_TAPS, _TAPS + 1) + _TAPS
        for start in range(0, at.size, 8192):
            part = slice(start, start + 8192)
            around = joined[channel[part, None], at[part, None] + reach]
            self.peak = max(self.peak, float(np.abs(around @ self.phases).max(initial=0)))

    def read(self) -> Loudness:
        """Return what was measured; a song without sound is at -70 LUFS, a short one is measured as a whole."""
        powers = np.concatenate(self.powers) if self.powers else np.zeros(0)
        if self.rest is not None and self.rest.size and powers.size < 4:
            powers = np.append(powers, np.square(self.rest, dtype=np.float64).mean(axis=1).sum())
        peak_db = 20 * np.log10(max(self.peak, 1e-6))
        return Loudness(
            integrated_lufs=integrated(powers), range_lu=loudness_range(powers), true_peak_dbtp=float(peak_db)
        )


def k_weighting(rate: int, size: int) -> NDArray[np.complex64]:
    """Return the K-weighting's response at the ``size // 2 + 1`` frequencies of a real FFT.

    The two filters of BS.1770 are designed anew for the rate from their analogue prototypes.
    """
    turn = np.exp(-2j * np.pi * np.arange(size // 2 + 1) / size)
    shelf = _biquad(turn, rate, hz=1681.974450955533, q=0.7071752369554196, gain_db=3.999843853973347)
    return np.asarray(shelf * _biquad(turn, rate, hz=38.13547087602444, q=0.5003270373238773), dtype=np.complex64)


def _biquad(
    turn: NDArray[np.complex128], rate: int, *, hz: float, q: float, gain_db: float | None = None
) -> NDArray[np.complex128]:
    warp = np.tan(np.pi * hz / rate)
    norm = 1 + warp / q + warp * warp
    if gain_db is None:
        upper: tuple[float, float, float] = (1.0, -2.0, 1.0)
    else:
        high = 10 ** (gain_db / 20)
        middle = high**0.4996667741545416
        upper = (
            (high + middle * warp / q + warp * warp) / norm,
            2 * (warp * warp - high) / norm,
            (high - middle * warp / q + warp * warp) / norm,
        )
    lower = (1.0, 2 * (warp * warp - 1) / norm, (1 - warp / q + warp * warp) / norm)
    top = upper[0] + upper[1] * turn + upper[2] * turn**2
    return np.asarray(top / (lower[0] + lower[1] * turn + lower[2] * turn**2))


def _blocks(powers: NDArray[np.float64], length: int) -> NDArray[np.float64]:
    length = min(length, powers.size)
    sums = np.concatenate([[0.0], np.cumsum(powers)])
    return np.asarray((sums[length:] - sums[:-length]) / length)


def _lufs(power: NDArray[np.float64] | float) -> NDArray[np.float64]:
    return np.asarray(-0.691 + 10 * np.log10(np.maximum(power, 1e-12)))


def integrated(powers: NDArray[np.float64]) -> float:
    """Return the gated loudness in LUFS of K-weighted powers per 100 ms, shape (n,)."""
    if not powers.size:
        return SILENCE_LUFS
    blocks = _blocks(powers, 4)
    blocks = blocks[_lufs(blocks) > SILENCE_LUFS]
    if not blocks.size:
        return SILENCE_LUFS
    loud = blocks[_lufs(blocks) > _lufs(float(blocks.mean())) - 10]
    return float(_lufs(float(loud.mean())))


def loudness_range(powers: NDArray[np.float64]) -> float:
    """Return the loudness range in LU (EBU Tech 3342) of K-weighted powers per 100 ms, shape (n,)."""
    if not powers.size:
        return 0.0
    blocks = _blocks(powers, 30)
    blocks = blocks[_lufs(blocks) > SILENCE_LUFS]
    if not blocks.size:
        return 0.0
    levels = _lufs(blocks)
    levels = levels[levels > _lufs(float(blocks.mean())) - 20]
    low, high = np.percentile(levels, [10, 95])
    return float(high - low)


def _interpolator() -> Floats:
    """Return windowed-sinc weights, shape (2·taps + 1, 8), for the quarter steps on both sides of a sample."""
    reach = np.arange(-_TAPS, _TAPS + 1)[:, None]
    moved = reach - np.array([-0.75, -0.5, -0.25, 0.25, 0.5, 0.75, 0.125, -0.125])[None, :]
    window = 0.5 + 0.5 * np.cos(np.pi * moved / (_TAPS + 1))
    return np.asarray(np.sinc(moved) * window, dtype=np.float32)
