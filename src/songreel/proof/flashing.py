"""Flashes that may harm people with photosensitive epilepsy, counted on the decoded pictures.

A flash is a pair of opposing changes: of relative luminance by a tenth or more, where the darker picture is below
0.8, or to and from saturated red. More than three in a second, over a quarter of the picture or more at once, are too
many (WCAG 2.3.1 with its definitions of general and red flash; ITU-R BT.1702-2, annex 1). Each cell of a coarse grid
counts its own changes, so that flashes of parts of the picture that do not coincide are not added up.

::

    luminance   ▁▁▇▇▁▁▇▇▁▁      5 changes, 2½ flashes
    change        ↑ ↓ ↑ ↓
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from songreel.base.time import Span

Values = NDArray[np.float32]
MOST_FLASHES = 3
AREA = 0.25
_TOO_MANY = 2 * MOST_FLASHES + 1
"""Changes within a second: the first half of a fourth flash is the seventh."""
_STEP, _BRIGHT = 0.1, 0.8
# BT.1702 weighs (R − G − B) by 320 and asks for more than 20; a saturated red holds four fifths of the light.
_RED_STEP, _SATURATED = 20 / 320, 0.8
_DARKEST = 1e-6
# A flash that eases in passes the step in brighter cells first.
_AT_ONCE_S = 0.1
_LUMA = np.array((0.2126, 0.7152, 0.0722), np.float32)


@dataclass(frozen=True, slots=True)
class Flashing:
    """What was counted. ``too_many`` are the frames that take part in too many flashes.

    ``most`` and ``most_red`` are the most flashes within any second that a quarter of the picture shows.
    """

    most: float
    most_red: float
    too_many: tuple[Span, ...]


class Counter:
    """Counts flashes, picture after picture."""

    def __init__(self, fps: Fraction) -> None:
        self._second = max(1, round(fps))
        self._light: _Changes | None = None
        self._red: _Changes | None = None
        self._frames = self._most = self._most_red = 0
        self._bad: list[Span] = []

    def add(self, rgb: NDArray[np.uint8]) -> None:
        """Look at the next picture: the mean colors of its cells, shape (h, w, 3), sRGB."""
        linear: Values = _LINEAR[rgb]
        light = linear @ _LUMA
        red = np.maximum(linear[..., 0] - linear[..., 1] - linear[..., 2], 0)
        self._light = self._light or _Changes(light, _STEP, self._second)
        self._red = self._red or _Changes(red, _RED_STEP, self._second)
        general = self._light.add(light, counts=light < _BRIGHT)
        reddish = self._red.add(red, counts=linear[..., 0] >= _SATURATED * np.maximum(linear.sum(axis=-1), _DARKEST))
        self._most, self._most_red = max(self._most, general), max(self._most_red, reddish)
        if max(general, reddish) >= _TOO_MANY:
            self._mark(self._frames)
        self._frames += 1

    def result(self) -> Flashing:
        """Return what was counted so far."""
        return Flashing(self._most / 2, self._most_red / 2, tuple(self._bad))

    def _mark(self, frame: int) -> None:
        """Add a frame that is one change too many, with the second before it."""
        begin = max(0, frame - self._second + 1)
        if self._bad and self._bad[-1].end >= begin:
            begin = self._bad.pop().start
        self._bad.append(Span(begin, frame + 1))


class _Changes:
    """Counts, for each cell, how often a value has turned by a step or more within the last second."""

    def __init__(self, value: Values, step: float, second: int) -> None:
        self._step = step
        self._turns = np.zeros((second, *value.shape), np.bool_)
        self._total = np.zeros(value.shape, np.int32)
        self._way = np.zeros(value.shape, np.int8)
        self._high, self._low = value, value
        self._high_counts = self._low_counts = np.zeros(value.shape, np.bool_)
        self._last = np.full(value.shape, -second, np.int32)
        self._frame = 0

    def add(self, value: Values, *, counts: NDArray[np.bool_]) -> int:
        """Return how many changes the second up to this picture holds in cells that change at about this moment.

        A quarter of the picture reaches it. A change counts when ``counts`` holds at one of its ends.
        """
        down = (self._way >= 0) & (self._high - value >= self._step) & (counts | self._high_counts)
        up = (self._way <= 0) & (value - self._low >= self._step) & (counts | self._low_counts)
        turned = down | up
        self._way = np.where(down, -1, np.where(up, 1, self._way)).astype(np.int8)
        self._follow(value, counts, turned)
        row = self._frame % len(self._turns)
        self._total += turned
        self._total -= self._turns[row]
        self._turns[row] = turned
        self._last[turned] = self._frame
        at_once = self._frame - self._last <= len(self._turns) * _AT_ONCE_S
        self._frame += 1
        return _reached(np.where(at_once, self._total, 0))

    def _follow(self, value: Values, counts: NDArray[np.bool_], turned: NDArray[np.bool_]) -> None:
        """Follow each cell to its next extreme; a turn begins a search in the other direction."""
        higher, lower = turned | (value >= self._high), turned | (value <= self._low)
        self._high, self._high_counts = np.where(higher, value, self._high), np.where(higher, counts, self._high_counts)
        self._low, self._low_counts = np.where(lower, value, self._low), np.where(lower, counts, self._low_counts)


def _reached(total: NDArray[np.int32]) -> int:
    """Return the count that a quarter of the cells reach."""
    cells = total.ravel()
    rank = cells.size - max(1, -int(-AREA * cells.size // 1))
    return int(np.partition(cells, rank)[rank])


def _curve() -> Values:
    """Return the linear light of each level (IEC 61966-2-1)."""
    level = np.arange(256) / 255
    return np.where(level <= 0.04045, level / 12.92, ((level + 0.055) / 1.055) ** 2.4).astype(np.float32)


_LINEAR = _curve()
