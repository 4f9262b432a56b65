"""What headers declare and libav does not tell: how long a track should be."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import cast

from av.audio.stream import AudioStream
from av.container import InputContainer
from av.stream import Stream

from songreel.base.time import parse_exact

_XING_REACH = 2048
_MPEG1_RATE = 32000
_UNKNOWN_SIZES = (0, 0xFFFFFFFF)


def xing_s(path: Path, container: InputContainer, stream: Stream) -> Fraction | None:
    """Return the length that an MP3's Xing or Info frame declares; None without one: libav then guesses.

    The frame stands just before the first one with sound. Source: the LAME tag specification, revision 1.
    """
    first = next((packet for packet in container.demux(stream) if packet.size), None)
    if first is None or not first.pos:
        return None
    with path.open("rb") as file:
        file.seek(max(0, first.pos - _XING_REACH))
        head = file.read(_XING_REACH)
    at = max(head.rfind(b"Xing"), head.rfind(b"Info"))
    if at < 0 or len(head) < at + 12 or not head[at + 7] & 1:
        return None
    frames = int.from_bytes(head[at + 8 : at + 12], "big")
    rate = cast(AudioStream, stream).rate
    return Fraction(frames * (1152 if rate >= _MPEG1_RATE else 576), rate)


def wav_share(path: Path) -> Fraction:
    """Return how much of the sound that a RIFF file declares is there: 1, or less when it was cut off."""
    size = path.stat().st_size
    with path.open("rb") as file:
        file.seek(12)
        while len(head := file.read(8)) == 8:
            length = int.from_bytes(head[4:], "little")
            if head[:4] == b"data":
                there = size - file.tell()
                return Fraction(1) if length in _UNKNOWN_SIZES or there >= length else Fraction(max(1, there), length)
            file.seek(length + length % 2, 1)
    return Fraction(1)


def tagged_s(stream: Stream) -> Fraction | None:
    """Return the length that Matroska's DURATION tag gives a track, written as ``00:03:10.500000000``."""
    try:
        hours, minutes, seconds = stream.metadata["DURATION"].split(":")
        return int(hours) * 3600 + int(minutes) * 60 + parse_exact(seconds)
    except (KeyError, ValueError):
        return None
