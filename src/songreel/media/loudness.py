"""Programme loudness and true peak: ITU-R BS.1770-4 and EBU R128 (Tech 3341, 3342).

The K-weighting runs in frames as a convolution by OpenCV's DFT of real rows; powers are kept per 100 ms, of which
gating blocks of 400 ms and short-term blocks of 3 s are made. Sound is float32 (1 or 2 channels, n).
"""

from __future__ import annotations

from array import array

import cv2
import numpy as np
from numpy.typing import NDArray

SILENCE_LUFS = -70.0
_FRAME = 16_384
# the weighting's memory: after as many samples, at 48 kHz, its response is under -150 dB
_TAIL = 4096
_HOP = _FRAME - _TAIL
_TAPS = 12

Floats = NDArray[np.float32]


class Meter:
    """Measure loudness while sound streams by, in blocks of any length."""

    def __init__(self, rate: int, channels: int) -> None:
        self._step = rate // 10
        self._waiting = np.zeros((channels, _TAIL), dtype=np.float32)
        self._heard = np.zeros((channels, 0), dtype=np.float32)
        self._response = _packed(k_weighting(rate, _FRAME), channels)
        self._powers = array("d")

    def feed(self, block: Floats) -> None:
        """Take in the next block."""
        joined = np.concatenate([self._waiting, block], axis=1)
        starts = range(0, joined.shape[1] - _FRAME + 1, _HOP)
        weighted = [self._weighted(joined[:, start : start + _FRAME]) for start in starts]
        self._waiting = joined[:, len(weighted) * _HOP :]
        self._keep(weighted)

    def lufs(self) -> float:
        """Return the gated loudness of all blocks; `SILENCE_LUFS` without sound, a short one is measured as a whole."""
        return integrated(self._all())

    def range_lu(self) -> float:
        """Return the loudness range of all blocks."""
        return loudness_range(self._all())

    def _weighted(self, frame: Floats) -> Floats:
        """Return what is heard of a frame behind its first `_TAIL` samples."""
        spectrum = cv2.dft(np.ascontiguousarray(frame), flags=cv2.DFT_ROWS)
        heard = cv2.mulSpectrums(spectrum, self._response, cv2.DFT_ROWS)
        return np.asarray(cv2.dft(heard, flags=cv2.DFT_ROWS | cv2.DFT_INVERSE | cv2.DFT_SCALE)[:, _TAIL:], np.float32)

    def _keep(self, weighted: list[Floats]) -> None:
        heard = np.concatenate([self._heard, *weighted], axis=1)
        count = heard.shape[1] // self._step
        whole = heard[:, : count * self._step].reshape(len(heard), count, self._step)
        self._powers.extend(np.square(whole, dtype=np.float64).mean(axis=2).sum(axis=0))
        self._heard = heard[:, count * self._step :]

    def _all(self) -> NDArray[np.float64]:
        """Return the powers per 100 ms, with what still waits for its frame to fill."""
        left = self._waiting.shape[1] - _TAIL
        frame = np.pad(self._waiting, ((0, 0), (0, _HOP - left)))
        heard = np.concatenate([self._heard, self._weighted(frame)[:, :left]], axis=1)
        rest = np.square(heard, dtype=np.float64).sum(axis=0)
        count = rest.size // self._step
        last = rest[: count * self._step].reshape(count, self._step).mean(axis=1)
        if len(self._powers) + count < 4 and rest.size % self._step:
            last = np.append(last, rest[count * self._step :].mean())
        return np.concatenate([np.array(self._powers), last])


class PeakMeter:
    """Measure the true peak while sound streams by."""

    def __init__(self, channels: int) -> None:
        self._before = np.zeros((channels, 2 * _TAPS), dtype=np.float32)
        self._phases = _interpolator()
        self._peak = 0.0

    def feed(self, block: Floats) -> None:
        """Take in the next block.

        Only what is around samples that stand out is interpolated: a peak between samples is next to one of them.
        """
        joined = np.concatenate([self._before, block], axis=1)
        self._before = joined[:, -2 * _TAPS :]
        size = np.abs(joined)
        self._peak = max(self._peak, float(size.max(initial=0)))
        inner = size[:, _TAPS:-_TAPS]
        high = inner >= max(0.75 * self._peak, 1e-9)
        high &= (inner >= size[:, _TAPS - 1 : -_TAPS - 1]) & (inner >= size[:, _TAPS + 1 : size.shape[1] - _TAPS + 1])
        channel, at = np.nonzero(high)
        reach = np.arange(-_TAPS, _TAPS + 1) + _TAPS
        for start in range(0, at.size, 8192):
            part = slice(start, start + 8192)
            around = joined[channel[part, None], at[part, None] + reach]
            self._peak = max(self._peak, float(np.abs(around @ self._phases).max(initial=0)))

    def dbtp(self) -> float:
        """Return the highest peak of all blocks in dBTP, at least -120."""
        return float(20 * np.log10(max(self._peak, 1e-6)))


def k_weighting(rate: int, size: int) -> NDArray[np.complex64]:
    """Return the K-weighting's response at the ``size // 2 + 1`` frequencies of a real FFT.

    The two filters of BS.1770 are designed anew for the rate from their analog prototypes.
    """
    turn = np.exp(-2j * np.pi * np.arange(size // 2 + 1) / size)
    shelf = _biquad(turn, rate, hz=1681.974450955533, q=0.7071752369554196, gain_db=3.999843853973347)
    return np.asarray(shelf * _biquad(turn, rate, hz=38.13547087602444, q=0.5003270373238773), dtype=np.complex64)


def _packed(response: NDArray[np.complex64], channels: int) -> Floats:
    """Return a response as OpenCV packs the spectra of real rows, one row a channel."""
    inner = response[1:-1].view(np.float32)
    row = np.concatenate([response[:1].real, inner, response[-1:].real])
    return np.repeat(row[None], channels, axis=0).astype(np.float32)


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
