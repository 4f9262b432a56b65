"""Stereo AAC-LC at the song's own level.

libav's encoder turns a window down when its samples come near full scale, by up to 2 dB in a loud master. So each
channel is encoded by itself at half its level, well below that, and two mono frames are then set side by side as one
stereo frame whose gain is doubled again: ``global_gain`` counts quarters of an octave (ISO/IEC 14496-3, 4.6.2).
Against the song that is 34 dB of SNR for a loud master, where the encoder alone reached 17 dB.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple, cast

import numpy as np
from av import CodecContext
from av.audio.codeccontext import AudioCodecContext
from av.audio.frame import AudioFrame
from av.codec.context import Flags
from numpy.typing import NDArray

from songreel.base.errors import SongreelError

_LEVEL = np.float32(0.5)
_GAIN_STEPS = 4
_GAIN_BITS = 8
_HEAD_BITS = 7
"""A mono frame: element 0 (single channel) in 3 bits, tag 0 in 4, the channel, then the end, 111, and zeros."""
_PAIR = 0b001_0000_0
"""A channel pair with tag 0 and no window in common."""
_END, _END_BITS = 0b111, 3
_PLENTY_KBPS = 256


class Frame(NamedTuple):
    """One encoded frame: when it begins and how long it lasts, in samples."""

    at: int
    samples: int
    content: bytes


class Coder:
    """Encodes float blocks of shape (2, n)."""

    def __init__(self, rate: int, kbps: int) -> None:
        self._rate = rate
        self._position = 0
        self._channels = [_mono(rate, kbps // 2) for _ in range(2)]

    def encode(self, block: NDArray[np.float32]) -> Iterator[Frame]:
        """Encode the next block."""
        yield from self._pairs([self._frame(channel) for channel in block * _LEVEL])
        self._position += block.shape[1]

    def flush(self) -> Iterator[Frame]:
        """Return the frames that are still inside."""
        yield from self._pairs([None, None])

    def _frame(self, channel: NDArray[np.float32]) -> AudioFrame:
        frame = AudioFrame.from_ndarray(np.ascontiguousarray(channel[None]), format="fltp", layout="mono")
        frame.sample_rate, frame.pts, frame.time_base = self._rate, self._position, Fraction(1, self._rate)
        return frame

    def _pairs(self, frames: list[AudioFrame | None]) -> Iterator[Frame]:
        left, right = (coder.encode(frame) for coder, frame in zip(self._channels, frames, strict=True))
        for one, other in zip(left, right, strict=True):
            yield Frame(cast(int, one.pts), cast(int, one.duration), stereo(bytes(one), bytes(other)))


def stereo(left: bytes, right: bytes) -> bytes:
    """Return two mono frames as one stereo frame, twice as loud."""
    frame, bits = _PAIR, 8
    for mono in (left, right):
        channel, length = _channel(mono)
        frame, bits = frame << length | channel, bits + length
    frame, bits = frame << _END_BITS | _END, bits + _END_BITS
    spare = -bits % 8
    return (frame << spare).to_bytes((bits + spare) // 8, "big")


def _channel(mono: bytes) -> tuple[int, int]:
    """Return a mono frame's channel, its gain raised, and how many bits it has."""
    bits = int.from_bytes(mono, "big")
    spare = (bits & -bits).bit_length() - 1
    length = 8 * len(mono) - _HEAD_BITS - _END_BITS - spare
    channel = bits >> spare + _END_BITS
    if channel >> length or bits >> spare & _END != _END:
        raise SongreelError("libav's AAC encoder wrote a frame that holds more than one channel")
    return channel + (_GAIN_STEPS << length - _GAIN_BITS), length


def _mono(rate: int, kbps: int) -> AudioCodecContext:
    coder = CodecContext.create("aac", "w")
    coder.sample_rate, coder.layout, coder.format = rate, "mono", "fltp"
    coder.bit_rate, coder.time_base = kbps * 1000, Fraction(1, rate)
    # Without the encoder's name in the stream, which would stand in the first frame.
    coder.flags |= Flags.bitexact
    # At high rates the fast coder comes closer to the song than the default, in a quarter of the time; at low ones
    # the default spends its few bits better.
    coder.options = {"aac_coder": "fast", "aac_pns": "0"} if 2 * kbps >= _PLENTY_KBPS else {}
    return coder
