"""Places in time: clocks, seconds, bars, sections, halves and shots in a message, put together and found."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from songreel.director.understanding.items import Item
from songreel.director.understanding.places import Place
from songreel.director.understanding.quantities import Quantity
from songreel.director.understanding.row import Row
from songreel.director.understanding.stage import Stage
from songreel.model.edit import Clock

Edge = Literal["begin", "finish"]


@dataclass(frozen=True, slots=True)
class _Moment:
    at: Fraction
    clock: Clock
    next: int
    missing: str = ""
    ends: Fraction | None = None


Read = tuple[Place, int]


def find(text: str, items: Sequence[Item], stage: Stage) -> tuple[Item, ...]:
    """Return the items with those that name a place in time put together into one item each."""
    reader = _Reader(text, items, stage)
    out: list[Item] = []
    at = 0
    while at < len(items):
        found = reader.place(at)
        if found is None or found[1] <= at:
            out.append(items[at])
            at += 1
            continue
        place, end = found
        start, stop = items[at].start, items[end - 1].end
        said = text[start:stop]
        negated = items[end - 1].negated
        out.append(Item(said, start, stop, place=replace(place, said=place.said or said), negated=negated))
        at = end
    return tuple(out)


class _Reader(Row):
    # -- places ----------------------------------------------------------------------------------------------------

    def place(self, at: int) -> Read | None:
        """Read the place that begins at an item, small words before it included."""
        if whole := self._whole(at):
            return whole
        start = at
        small = self.is_(at, "word", "in", "at") and not self.is_(at, "word", "from")
        if small and not self.items[at].has("section") and self.items[at].quantity is None:
            start = self.over(at + 1)
            led = self.items[at].said.lower() in ("at", "@", "在", "around")
        else:
            led = False
        for read in (
            self._excepted,
            self._lead,
            self._gap,
            self._between,
            self._onward,
            self._edge_length,
            self._whole,
            self._share,
        ):
            if found := read(start):
                return found
        return (
            self._spared(self._section(start, leads=start > at))
            or self._bar(start)
            or self._shot(start)
            or self._at(start, led=led)
        )

    def _spared(self, found: Read | None) -> Read | None:
        """Read the word for “except” after a part, as in ``副歌除外``."""
        if found is None or found[0].point or not (self.is_(found[1], "word", "except") and self.wide(found[1])):
            return found
        return replace(found[0], outside=True), found[1] + 1

    def _excepted(self, at: int) -> Read | None:
        if not self.is_(at, "word", "except"):
            return None
        inner = self.place(self.over(at + 1))
        return (replace(inner[0], outside=True, said=""), inner[1]) if inner and not inner[0].point else None

    def _lead(self, at: int) -> Read | None:
        """Read ``the four bars before the last chorus`` and ``副歌之前的两小节``: so much before a moment."""
        if (size := self._measured(at)) and self.is_(self.over(size[1]), "word", "before"):
            one = self._moment(self.over(self.over(size[1]) + 1), bare=False)
            return self._up_to(one, size[0], one.next) if one else None
        one = self._moment(at, bare=False)
        if one is None or not (self.is_(one.next, "word", "before") and self.wide(one.next)):
            return None
        after = self.over(one.next + 1)
        size = self._measured(self.over(after + 1) if self.is_(after, "word", "of") else after)
        return self._up_to(one, size[0], size[1]) if size else None

    def _up_to(self, one: _Moment, length: Fraction, end: int) -> Read:
        if one.missing:
            return Place(missing=one.missing), end
        high = self._video(one)
        return (Place(((max(high - length, Fraction(0)), high),)) if high > 0 else Place(missing="time")), end

    def _gap(self, at: int) -> Read | None:
        """Read ``between the two choruses`` and ``两段副歌之间``: what lies between parts of one kind."""
        led = self.said(at, "between")
        begin = self.over(at + 1) if led else at
        begin = self.over(begin + 1) if (count := self.amount(begin)) and not count.unit else begin
        part = self._section(begin, leads=True)
        if part is None or part[0].missing or part[0].point or len(part[0].stretches) < 2:
            return None
        end = part[1]
        if led and self.is_(self.over(end), "word", "to"):
            return None
        if not led and not self.is_(end, "word", "between"):
            return None
        gaps = tuple((one[1], other[0]) for one, other in itertools.pairwise(part[0].stretches) if one[1] < other[0])
        return (Place(gaps, part[0].clock), end if led else end + 1) if gaps else None

    def _between(self, at: int) -> Read | None:
        """Read ``from 0:10 to 0:20``, ``bars 9–17``, ``10-20s``, ``从副歌到结尾``."""
        led = self.is_(at, "word", "from")
        first = self.over(at + 1) if led else at
        if self.is_(first, "unit", "bar") and (span := self._bars_between(first)):
            return span
        one = self._moment(first, bare=True)
        other = self._joined(one.next, led=led) if one else None
        two = self._moment(other, bare=True, edge="finish") if other is not None else None
        if one is None or two is None or other is None:
            return None
        unit, mate = self.amount(first), self.amount(other)
        if unit is not None and not unit.unit:
            if mate is not None and mate.unit == "bar":
                return self._bar_span(int(unit.value), int(mate.value)), two.next
            timed = (mate is not None and mate.unit == "second") or self.items[other].clock is not None
            if not timed and not (led and self._seconds_alone(unit, mate)):
                return None
        if missing := one.missing or two.missing:
            return Place(missing=missing), two.next
        return self._span(one, two, until=self.said(other - 1, "until", "till", "直到"))

    def _seconds_alone(self, one: Quantity, other: Quantity | None) -> bool:
        """Tell whether two bare numbers are seconds: ``the part from 12 to 28``, but not ``volume from 50 to 80``."""
        measured = any(item.has("dimension") or item.has("thing", "rate") or item.color for item in self.items)
        return not measured and other is not None and not other.unit and one.value < other.value <= self.stage.length

    def _joined(self, at: int, *, led: bool) -> int | None:
        """Return where the second moment begins, after a dash or a word for “to”."""
        middle = self.over(at)
        if self.dash(middle):
            return middle
        while led and self.is_(middle, "act", "write", "show", "hold") and not self.is_(middle, "word", "to"):
            middle = self.over(middle + 1)
        if self.is_(middle, "word", "to") and (led or not self.said(middle, "and")):
            return self.over(middle + 1)
        return None

    def _span(self, one: _Moment, two: _Moment, *, until: bool) -> Read | None:
        begin, end = self._video(one), self._video(two)
        if two.ends is not None and not until:
            end = self._video(replace(two, at=two.ends))
        return (Place(((begin, end),), span=True), two.next) if begin < end else None

    def _bars_between(self, at: int) -> Read | None:
        first = self.amount(at + 1)
        if first is None or first.unit:
            return None
        middle = at + 2
        other = middle if self.dash(middle) else middle + 1 if self.is_(middle, "word", "to") else -1
        if other < 0:
            return None
        other = self.over(other)
        other = other + 1 if self.is_(other, "unit", "bar") else other
        last = self.amount(other)
        if last is None or last.unit not in ("", "bar"):
            return None
        return self._bar_span(int(first.value), int(last.value)), other + 1

    def _bar_span(self, first: int, last: int) -> Place:
        bars, end = self.stage.bars, self.stage.song_start + self.stage.length
        if not 1 <= first <= len(bars):
            return Place(missing=f"bar {first}")
        start = self.stage.song_start if first == 1 else bars[first - 1]
        stop = bars[last] if last < len(bars) else end
        return Place(((start, stop),), "song") if start < stop else Place(missing=f"bar {first}")

    def _onward(self, at: int) -> Read | None:
        """Read ``after the first chorus``, ``before 0:20``, ``from 0:20 onwards``, ``0:20以后``, ``until the drop``."""
        words = {"after": "after", "before": "before", "until": "before", "from": "from"}
        lead = next((name for name in words if self.is_(at, "word", name)), None)
        if lead and (found := self._led(at, words[lead])):
            return found
        one = self._moment(at, bare=False)
        if one is None:
            return None
        follow = one.next
        if self.is_(follow, "word", "onward") or (self.is_(follow, "word", "after") and self.wide(follow)):
            started = replace(one, at=one.ends) if one.ends is not None and self.said(follow, "之后", "以后") else one
            return self._open("from", started), follow + 1
        if self.is_(follow, "word", "before") and self.wide(follow) and not self.is_(follow, "word", "first"):
            return self._open("before", one), follow + 1
        return None

    def _led(self, at: int, how: str) -> Read | None:
        one = self._moment(self.over(at + 1), bare=False)
        if one is None:
            return None
        end = one.next
        onward = self.is_(end, "word", "onward")
        end += 1 if onward else 0
        if how == "after" and one.ends is not None:
            one = replace(one, at=one.ends)
        return self._open("before" if how == "before" else "from", one), end

    def _open(self, how: str, one: _Moment) -> Place:
        if one.missing:
            return Place(missing=one.missing)
        at = self._video(one)
        span = (Fraction(0), at) if how == "before" else (at, self.stage.length)
        side: Literal["from", "until"] = "until" if how == "before" else "from"
        return Place((span,), open=side) if span[0] < span[1] else Place(missing="time")

    def _edge_length(self, at: int) -> Read | None:
        """Read ``the first ten seconds``, ``the last two bars of the intro``, ``前十秒``, ``最后一秒``."""
        number = self.ordinal(at)
        first = number == 1 or self.is_(at, "word", "first")
        last = number == -1 or self.is_(at, "word", "last")
        if not (first or last) or (last and self._verb(at)):
            return None
        size = self._measured(self.over(at + 1))
        if size is None:
            return None
        length, end = size
        span = Fraction(0), self.stage.length
        inside = self.over(end + 1) if self.is_(end, "word", "of") else end
        if inside > end and (part := self._section(inside, leads=True)) and not part[0].missing and not part[0].point:
            end = part[1]
            spans = [self._shifted(each, part[0].clock) for each in part[0].stretches]
        else:
            spans = [span]
        if first:
            return Place(tuple((low, min(low + length, high)) for low, high in spans)), end
        return Place(tuple((max(high - length, low), high) for low, high in spans)), end

    def _verb(self, at: int) -> bool:
        """Tell whether “last” is what something does: ``let each shot last two bars``."""
        return self.said(at, "last") and at > 0 and self.is_(at - 1, "thing") and not self.items[at - 1].silent

    def _shifted(self, span: tuple[Fraction, Fraction], clock: Clock) -> tuple[Fraction, Fraction]:
        shift = self.stage.song_start if clock == "song" else Fraction(0)
        return span[0] - shift, span[1] - shift

    def _measured(self, at: int) -> tuple[Fraction, int] | None:
        amount = self.amount(at)
        units = {"second": Fraction(1), "beat": self.stage.beat_s, "bar": self.stage.bar_s}
        if amount and amount.unit in units:
            return amount.value * units[amount.unit], at + 1
        for unit, seconds in units.items():
            if self.is_(at, "unit", unit):
                return seconds, at + 1
        return None

    def _whole(self, at: int) -> Read | None:
        if self.is_(at, "whole", "video"):
            return Place(((Fraction(0), self.stage.length),), whole=True), at + 1
        if self.is_(at, "whole", "rest"):
            return Place(rest=True), at + 1
        return None

    def _share(self, at: int) -> Read | None:
        value = self.items[at].value("range") if at < len(self.items) else None
        if value is None:
            return None
        low, high = (Fraction(each) * self.stage.length for each in value.split())
        return Place(((low, high),)), at + 1

    def _section(self, at: int, *, leads: bool) -> Read | None:
        """Read ``the second chorus``, ``every drop``, ``chorus 2``, ``第二段副歌开始时``."""
        edge, begin = self._edge_before(at)
        number, every = self.ordinal(begin), self.is_(begin, "word", "every")
        name = self.over(begin + 1) if number is not None or every else begin
        while number is not None and self.is_(name, "word", "in", "of") and not self.is_(name, "section"):
            name += 1
        label = self.items[name].value("section") if name < len(self.items) else None
        if label is None or label == "other":
            return None
        end = name + 1
        named = leads or edge or number is not None or every or name > begin
        named = named or (self.is_(end, "word", "mark", "in") and self.wide(end))
        if self.is_(name, "act") and not named:
            return None
        follows = self.amount(end)
        if number is None and follows and not follows.unit and follows.kind == "amount" and follows.value <= 9:
            number, end = int(follows.value), end + 1
        edge_after, end = self._edge_after(end)
        return self._parts(label, number, edge or edge_after), end

    def _edge_before(self, at: int) -> tuple[Edge | None, int]:
        if self.is_(at, "word", "begin", "finish"):
            inner = self.over(at + 1)
            inner = self.over(inner + 1) if self.is_(inner, "word", "of") else inner
            follows = self.is_(inner, "section") or (
                (self.ordinal(inner) is not None or self.is_(inner, "word", "every"))
                and self.is_(self.over(inner + 1), "section")
            )
            if follows:
                return ("begin" if self.is_(at, "word", "begin") else "finish"), inner
        return None, at

    def _edge_after(self, at: int) -> tuple[Edge | None, int]:
        follow = self.over(at)
        while self.is_(follow, "word", "in", "of") and not self.is_(follow, "word", "begin", "finish"):
            follow += 1
        if self.is_(follow, "word", "begin", "finish") and not self.is_(follow, "word", "last"):
            end = follow + 1
            while self.is_(end, "word", "mark") or (self.is_(end, "word", "in") and self.wide(end)):
                end += 1
            return ("begin" if self.is_(follow, "word", "begin") else "finish"), end
        end = at
        while self.is_(end, "word", "in") and self.wide(end):
            end += 1
        return None, end

    def _parts(self, label: str, number: int | None, edge: Edge | None) -> Place:
        parts = self.stage.sections(label)
        if number is not None:
            place = number - 1 if number > 0 else len(parts) + number
            parts = (parts[place],) if 0 <= place < len(parts) else ()
        if not parts:
            return Place(missing=label)
        spans = tuple((part.start, part.end) for part in parts)
        if edge is None:
            return Place(spans, "song", label=label)
        points = tuple((low, high) if edge == "begin" else (high, high + 1) for low, high in spans)
        return Place(points, "song", point=True, label=label)

    def _bar(self, at: int) -> Read | None:
        number, after = self.ordinal(at), self.over(at + 1)
        if number is not None and self.is_(after, "unit", "bar"):
            end = after + 1
            if self.is_(end, "word", "to") and (last := self.amount(end + 1)) and last.unit in ("", "bar"):
                return self._bar_span(number, int(last.value)), end + 2
            return self._bar_span(number if number > 0 else len(self.stage.bars) + 1 + number, number), end
        if number is not None and self.is_(at + 1, "word", "to"):
            if (mate := self.amount(at + 2)) and mate.unit == "bar":
                return self._bar_span(number, int(mate.value)), at + 3
            other = self.over(at + 2)
            last_one = self.ordinal(other)
            if last_one is not None and self.is_(self.over(other + 1), "unit", "bar"):
                return self._bar_span(number, last_one), self.over(other + 1) + 1
        if self.is_(at, "unit", "bar") and (amount := self.amount(at + 1)) and not amount.unit:
            return self._bar_span(int(amount.value), int(amount.value)), at + 2
        return None

    def _shot(self, at: int) -> Read | None:
        number, shots = self.ordinal(at), self.stage.shots
        thing = self.over(at + 1)
        thing = thing + 1 if self.said(thing, "个") else thing
        if number is None or not self.is_(thing, "thing", "shots"):
            return None
        place = number - 1 if number > 0 else len(shots) + number
        if not 0 <= place < len(shots):
            return Place(missing=f"shot {number}"), thing + 1
        shot = shots[place]
        span = self.stage.seconds(shot.start), self.stage.seconds(shot.end)
        return Place((span,), clips=(shot.id,)), thing + 1

    def _at(self, at: int, *, led: bool) -> Read | None:
        """Read one moment: ``0:22``, ``at 10 s``, ``第十五秒``, ``12 seconds in``, ``halfway``, ``at the end``."""
        one = self._moment(at, bare=False)
        if one is None:
            return None
        item, end = self.items[at], one.next
        marked = self.is_(end, "word", "mark") and not self.said(end, "左右")
        if item.quantity and item.quantity.kind == "amount" and not (led or marked):
            return None
        bare = item.clock is None and item.quantity is None and not led and not self.is_(at, "word", "middle")
        if bare and not (self.is_(at, "word", "first", "last") and self.wide(at)):
            return None
        if one.missing:
            return Place(missing=one.missing), end
        while self.is_(end, "word", "mark") or (
            self.is_(end, "word", "in") and end < len(self.items) and self.wide(end)
        ):
            end += 1
        begin = self._video(one)
        if begin >= self.stage.length and self.stage.length and not self.is_(at, "word", "finish", "last"):
            return Place(((begin, begin + 1),), point=True), end
        if self.is_(at, "word", "finish", "last"):
            return Place(((max(begin - 4, Fraction(0)), begin),), point=True), end
        return Place(((begin, max(self.stage.length, begin + 1)),), point=True), end

    # -- moments ---------------------------------------------------------------------------------------------------

    def _moment(self, at: int, *, bare: bool, edge: Edge = "begin") -> _Moment | None:
        """Read one moment; ``bare`` takes a number without a unit, ``edge`` is which end of a section is meant."""
        if at >= len(self.items):
            return None
        item = self.items[at]
        if item.clock is not None:
            return _Moment(item.clock, "video", at + 1)
        if (amount := self.amount(at)) and (amount.unit == "second" or (bare and amount.unit in ("", "bar"))):
            return _Moment(amount.value, "video", at + 1) if amount.value >= 0 else None
        number = self.ordinal(at)
        if number is not None and number > 0 and self.is_(self.over(at + 1), "unit", "second"):
            return _Moment(Fraction(number), "video", self.over(at + 1) + 1)
        if found := self._bar(at):
            return self._of_place(found)
        if self.is_(at, "word", "middle"):
            return _Moment(self.stage.length / 2, "video", at + 1)
        if found := self._section(at, leads=True):
            return self._of_place(found)
        if self.is_(at, "word", "begin") and not self.is_(at, "word", "last"):
            return _Moment(Fraction(0), "video", at + 1)
        if self.is_(at, "word", "finish", "last") and (edge == "finish" or number is None):
            return _Moment(self.stage.length, "video", at + 1)
        return None

    def _of_place(self, found: Read) -> _Moment:
        place, end = found
        if place.missing:
            return _Moment(Fraction(0), "video", end, missing=place.missing)
        low, high = place.stretches[0]
        return _Moment(low, place.clock, end, ends=None if place.point else high)

    def _video(self, one: _Moment) -> Fraction:
        return one.at - self.stage.song_start if one.clock == "song" else one.at
