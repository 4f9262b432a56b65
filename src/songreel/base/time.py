"""Exact time. The only place where seconds become frames and frames become seconds.

A rate is a ``Fraction`` of frames per second; a frame is an integer; a span of frames is half-open.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

from songreel.base.errors import BadRequest

Seconds = float | Fraction
MAX_FPS = 120


def frame_at(seconds: Seconds, fps: Fraction) -> int:
    """Return the frame nearest to a moment (seconds ≥ 0); a moment halfway goes to the later one."""
    return math.floor(Fraction(seconds) * fps + Fraction(1, 2))


def seconds_at(frame: int, fps: Fraction) -> Fraction:
    """Return the moment, in exact seconds, at which a frame begins to be shown."""
    return Fraction(frame) / fps


def frame_count(duration: Seconds, fps: Fraction) -> int:
    """Return how many frames cover a duration: the last one may reach beyond its end."""
    return math.ceil(Fraction(duration) * fps)


def parse_exact(text: str) -> Fraction:
    """Read an exact number such as ``3``, ``1.5`` or ``30000/1001``; raises ValueError when it is none.

    Powers of ten are none: the few letters of ``1e999999999`` would fill the memory.
    """
    try:
        if "e" in text.lower():
            raise ValueError
        return Fraction(text)
    except (ValueError, ZeroDivisionError):
        raise ValueError(f"not an exact number: {text[:40]!r}") from None


def parse_rate(text: str) -> Fraction:
    """Read a frame rate such as ``30``, ``29.97`` or ``30000/1001``.

    The decimal names of the NTSC rates mean the exact ones: 23.976, 29.97, 59.94.
    Raises BadRequest when it is no rate between 1 and 120.
    """
    try:
        rate = _NTSC.get(text.strip()) or parse_exact(text)
    except ValueError:
        rate = Fraction(0)
    if not 1 <= rate <= MAX_FPS:
        raise BadRequest(
            f"{text!r} is not a frame rate", advice="Use a number from 1 to 120, such as 30 or 30000/1001."
        )
    return rate


_NTSC = {
    "23.976": Fraction(24000, 1001),
    "23.98": Fraction(24000, 1001),
    "29.97": Fraction(30000, 1001),
    "59.94": Fraction(60000, 1001),
}


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Frames from ``start`` up to but not including ``end``."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"a span cannot end before it starts: {self.start}..{self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def __contains__(self, frame: object) -> bool:
        return isinstance(frame, int) and self.start <= frame < self.end

    def meet(self, other: Span) -> Span:
        """Return what two spans have in common; an empty span when nothing."""
        start = max(self.start, other.start)
        return Span(start, max(start, min(self.end, other.end)))
