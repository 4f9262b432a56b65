"""Moments in a message, and lengths of time: clocks, seconds, bars, where a section begins."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from songreel.director.understanding.parts import Edge, Parts, Read
from songreel.model.edit import Clock

_SEVERAL = 4
"""How many are meant where only several are spoken of: ``in the last seconds``."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment in seconds of a clock, and the item after it; ``ends`` is where the part ends that begins then.

    ``spans`` tells that the part is a length or shots: ``(after) the first 5 seconds``.
    """

    at: Fraction
    clock: Clock
    next: int
    missing: str = ""
    ends: Fraction | None = None
    spans: bool = False


class Moments(Parts):
    """Reads moments and lengths of time where they stand in a row of items."""

    def moment(self, at: int, *, bare: bool, edge: Edge = "begin") -> Moment | None:
        """Read one moment; ``bare`` takes a number without a unit, ``edge`` is which end of a section is meant."""
        if at >= len(self.items) or self.is_(at, "word", "countdown"):
            return None
        item = self.items[at]
        if item.clock is not None:
            return Moment(item.clock, "video", at + 1)
        if self._by_which(at):
            return None
        if (amount := self.amount(at)) and (amount.unit == "second" or (bare and amount.unit in ("", "bar"))):
            return Moment(amount.value, "video", at + 1) if amount.value >= 0 else None
        number = self.ordinal(at)
        if number is not None and number > 0 and self.is_(self.over(at + 1), "unit", "second"):
            return Moment(Fraction(number), "video", self.over(at + 1) + 1)
        if self.said(at, "second", "sec", "seconds") and (told := self.amount(at + 1)) and not told.unit:
            return Moment(told.value, "video", at + 2) if told.value >= 0 else None
        if found := self.bar(at):
            return self._of_place(found)
        if self.is_(at, "word", "middle") and not self._on_the_picture(at):
            return Moment(self.stage.length / 2, "video", at + 1)
        if found := self.section(at, leads=True):
            return self._of_place(found)
        return self._edge(at, numbered=number is not None and edge != "finish")

    def _by_which(self, at: int) -> bool:
        """Tell whether a length is by how much something moves: ``start five seconds earlier``, ``开头往后3秒``."""
        amount = self.amount(at)
        if amount is None or amount.unit not in ("second", "beat", "bar"):
            return False
        return self.is_(self.over(at + 1), "degree", "time+", "time-") and not self.is_(at + 1, "word", "onward")

    def _edge(self, at: int, *, numbered: bool) -> Moment | None:
        """Read ``the beginning`` and ``the end`` of the video, ``till the music stops``; ``both ends`` are neither."""
        if self.is_(at, "word", "begin") and self.is_(at, "word", "finish"):
            return None
        after = self.over(at + 1)
        stops = self.is_(after, "word", "finish") or self.is_(after, "act", "finish")
        if stops and self.is_(at, "thing", "song", "video") and not self.is_(at, "section"):
            return Moment(self.stage.length, "video", after + 1)
        if self.is_(at, "word", "begin") and not self.is_(at, "word", "last"):
            return Moment(Fraction(0), "video", at + 1)
        if self.is_(at, "word", "finish", "last") and not numbered and not self._ends_there(at):
            return Moment(self.stage.length, "video", at + 1)
        return None

    def _ends_there(self, at: int) -> bool:
        """Tell whether “end” is what the video does: ``start at 0:10 and end at 0:30``."""
        return self.is_(at, "act", "finish") and self.is_(at + 1, "word", "at") and not self.is_(at + 1, "word", "of")

    def _on_the_picture(self, at: int) -> bool:
        """Tell whether the middle is that of the picture, where something stands: ``歌名放正中间``."""
        if not self.is_(at, "position"):
            return False
        for item in self.items[:at][::-1]:
            if item.mark:
                return False
            if (
                item.quote is not None
                or item.has("thing", "title", "artist", "text", "caption")
                or item.has("visualizer")
            ):
                return True
        return False

    def _of_place(self, found: Read) -> Moment:
        place, end = found
        if place.missing:
            return Moment(Fraction(0), "video", end, missing=place.missing)
        low, high = place.stretches[0]
        return Moment(low, place.clock, end, ends=None if place.point else high)

    def video(self, one: Moment) -> Fraction:
        """Return a moment in seconds of the video."""
        return one.at - self.stage.ahead(one.clock)

    def measured(self, at: int) -> tuple[Fraction, int] | None:
        """Read a length of time: its seconds, and the item after it."""
        amount = self.amount(at)
        units = {"second": Fraction(1), "beat": self.stage.beat_s, "bar": self.stage.bar_s}
        if amount and amount.unit in units:
            return amount.value * units[amount.unit], at + 1
        for unit, seconds in units.items():
            if self.is_(at, "unit", unit):
                return seconds * (_SEVERAL if self.said(at, "seconds", "secs", "bars", "beats") else 1), at + 1
        return None

    def shifted(self, span: tuple[Fraction, Fraction], clock: Clock) -> tuple[Fraction, Fraction]:
        """Return a stretch of a clock in seconds of the video."""
        shift = self.stage.ahead(clock)
        return span[0] - shift, span[1] - shift

    def lasting(self, at: int) -> bool:
        """Tell whether “last” is what something does: ``let each shot last two bars``, ``it should last 10 s``."""
        before = self.items[at - 1] if 0 < at <= len(self.items) else None
        if self.said(at, "lasting"):
            return True
        if self.said(at, "last") and self.said(at - 1, "to") and self.amount(at + 1):
            return True
        if (
            before is None
            or not self.said(at, "last", "lasts", "lasting")
            or before.silent
            or before.has("word", "every")
        ):
            return False
        does = ("thing", "transition", "visualizer", "effect", "reference")
        return before.quote is not None or any(before.has(kind) for kind in does) or before.has("word", "wish")
