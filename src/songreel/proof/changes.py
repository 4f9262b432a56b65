"""How a video changes from picture to picture, in one streaming pass over small luma pictures.

Two pictures are compared by structure (half the mean squared difference after mean and contrast are taken out,
which for two textured pictures is one minus their correlation, and to which a flash of light means little)
and by level (mean absolute difference). Memory is a few numbers a picture, however long the video is.
"""

from __future__ import annotations

from array import array
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from songreel.media.glimpse import Picture

Series = NDArray[np.float64]
_LEAST_CONTRAST = 3.0
_FULL_LEVEL = 64.0
# A still picture flickers by less than this when x264 begins a new GOP, in 8-bit levels of the half-size picture.
_STILL_MEAN = 0.6
_STILL_MAX = 4.0
_BLACK_MEAN = 20.0
_BLACK_MAX = 40.0


@dataclass(frozen=True, slots=True)
class Stretch:
    """Pictures from ``start`` up to but not including ``end``."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Changes:
    """What one pass saw. ``step[f]`` is the change from picture f−1 to f, ``skip[f]`` from f−1 to f+1 (0 at the ends).

    ``seam`` is the change from the last picture to the first one.
    """

    step: Series
    skip: Series
    black: tuple[Stretch, ...]
    frozen: tuple[Stretch, ...]
    damaged: int
    seam: float

    @property
    def frames(self) -> int:
        """Return how many pictures were decoded."""
        return len(self.step)


@dataclass(frozen=True, slots=True)
class _Look:
    """A small picture, ready to be compared."""

    luma: NDArray[np.float32]
    half: NDArray[np.float32]
    shape: NDArray[np.float32]

    @classmethod
    def at(cls, picture: Picture) -> _Look:
        luma = picture.luma.astype(np.float32)
        half = cv2.resize(luma, (max(1, luma.shape[1] // 2), max(1, luma.shape[0] // 2)), interpolation=cv2.INTER_AREA)
        return cls(luma, np.asarray(half, np.float32), (luma - luma.mean()) / max(float(luma.std()), _LEAST_CONTRAST))

    def black(self) -> bool:
        return bool(self.luma.mean() < _BLACK_MEAN and self.luma.max() < _BLACK_MAX)

    def still(self, anchor: _Look) -> bool:
        change = np.abs(self.half - anchor.half)
        return bool(change.mean() < _STILL_MEAN and change.max() < _STILL_MAX)


def distance(before: _Look, after: _Look) -> float:
    """Return how much two pictures differ: 0 the same, about 1 nothing in common."""
    structure = 0.5 * float(np.square(after.shape - before.shape).mean())
    level = float(np.abs(after.luma - before.luma).mean()) / _FULL_LEVEL
    return 0.7 * min(structure, 1.0) + 0.3 * min(level, 1.0)


def watch(pictures: Iterable[Picture], *, on_frame: Callable[[int], None] | None = None) -> Changes:
    """Compare every picture with those before it; ``on_frame`` is told how many have been seen."""
    step, skip = array("d"), array("d")
    black, frozen = _Runs(), _Runs()
    recent: deque[_Look] = deque(maxlen=3)
    first: _Look | None = None
    anchor: _Look | None = None
    damaged = 0
    for number, picture in enumerate(pictures):
        look = _Look.at(picture)
        recent.append(look)
        step.append(distance(recent[-2], look) if number else 0.0)
        skip.append(0.0)
        if number > 1:
            skip[number - 1] = distance(recent[0], look)
        is_still = anchor is not None and look.still(anchor)
        # A stretch begins with the picture that the others repeat, even where another one ends there.
        frozen.add(number, belongs=is_still, begin=number - 1)
        black.add(number, belongs=look.black(), begin=number)
        anchor = anchor if is_still else look
        first = first or look
        damaged += picture.damaged
        if on_frame:
            on_frame(number + 1)
    seam = distance(recent[-1], first) if first and recent else 0.0
    return Changes(np.array(step), np.array(skip), black.all(len(step)), frozen.all(len(step)), damaged, seam)


class _Runs:
    """Collects stretches of pictures that have something in common."""

    def __init__(self) -> None:
        self._done: list[Stretch] = []
        self._start: int | None = None

    def add(self, number: int, *, belongs: bool, begin: int) -> None:
        if belongs and self._start is None:
            self._start = begin
        elif not belongs and self._start is not None:
            self._done.append(Stretch(self._start, number))
            self._start = None

    def all(self, end: int) -> tuple[Stretch, ...]:
        return (*self._done, Stretch(self._start, end)) if self._start is not None else tuple(self._done)
