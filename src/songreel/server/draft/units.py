"""Frames and exact rates as a draft writes them: whole milliseconds, and a plain number of frames a second."""

from __future__ import annotations

from fractions import Fraction

from songreel.base.time import frame_at, seconds_at

_NTSC = Fraction(1000, 1001)
_PLACES = 3


def ms(frame: int, rate: Fraction) -> int:
    """Return when a frame begins, in whole milliseconds."""
    return round(seconds_at(frame, rate) * 1000)


def frame(milliseconds: float, rate: Fraction) -> int:
    """Return the frame nearest to a time; undoes `ms` for every rate below 1000."""
    return frame_at(Fraction(milliseconds) / 1000, rate)


def fps(rate: Fraction) -> float:
    """Return a rate as a plain number."""
    return int(rate) if rate.denominator == 1 else round(float(rate), _PLACES)


def rate(number: float) -> Fraction:
    """Return the rate that a plain number means: whole, one of NTSC's, or the simplest one so near."""
    whole = round(number)
    if number == whole:
        return Fraction(whole)
    ntsc = whole * _NTSC
    return ntsc if fps(ntsc) == round(number, _PLACES) else Fraction(number).limit_denominator(1001)
