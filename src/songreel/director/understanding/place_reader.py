"""Puts places in time together: parts, stretches, moments, what is between, before, after and outside them."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from fractions import Fraction
from typing import Literal

from songreel.director.understanding import outer_parts, while_shown
from songreel.director.understanding.moment_shots import MomentShots
from songreel.director.understanding.moments import Moment
from songreel.director.understanding.parts import Read
from songreel.director.understanding.places import Place
from songreel.director.understanding.quantities import Quantity

_SECONDS = re.compile(r"\d\s?(?:s\b|sec)|seconds?\b|秒", re.IGNORECASE)
_WORDED = ("title", "artist", "subtitle", "caption", "text", "lyric")
_COMES = ("出", "出来", "出现", "显示", "上", "进", "没", "没了", "撤", "下")
_JOINED = ("and", "then", "再", "然后", "接着", "和")
_ALL = ("everything", "all", "everywhere", "the whole thing", "the whole video")


class PlaceReader(MomentShots):
    """Reads places in time where they stand in a row of items."""

    def place(self, at: int) -> Read | None:
        """Read the place that begins at an item, small words before it included."""
        if found := self._whole(at) or while_shown.read(self, at) or self.that_shot(at):
            return found
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
            self._remaining,
            self._middle,
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
            outer_parts.read(self, at)
            or self._spared(self.section(start, leads=start > at))
            or self.bar(start)
            or self.shot(start)
            or self.shot_there(start)
            or self._at(start, led=led)
        )

    def _spared(self, found: Read | None) -> Read | None:
        """Read the word for “except” after a part, as in ``副歌除外``."""
        if found is None or found[0].point or not (self.is_(found[1], "word", "except") and self.wide(found[1])):
            return found
        return replace(found[0], outside=True), found[1] + 1

    def _excepted(self, at: int) -> Read | None:
        if not (self.is_(at, "word", "except") or self._all_but(at)):
            return None
        begin = self.over(at + 1)
        begin = begin + 1 if self.is_(begin, "word", "of") and not self.is_(begin, "section") else begin
        inner = self.place(begin)
        if inner is None or inner[0].point:
            return None
        place, end = inner
        while more := self._likewise(place, end):
            place, end = more
        return replace(place, outside=True, said=""), end

    def _all_but(self, at: int) -> bool:
        """Tell whether “but” spares what follows: ``everything black and white but the last chorus``."""
        before = itertools.takewhile(lambda item: not item.mark, self.items[:at][::-1])
        return self.said(at, "but") and any(item.said.lower() in _ALL for item in before)

    def _likewise(self, place: Place, at: int) -> Read | None:
        """Read one more section that is joined to others: ``(except the intro) and the outro``."""
        joined = self.is_(at, "word", "to") or self.said(at, "or", "&", "和", "与", "跟", "、", "以及")
        other = self.section(self.over(at + 1), leads=True) if joined and place.label else None
        if other is None or other[0].missing or other[0].point:
            return None
        return replace(place, stretches=tuple(sorted({*place.stretches, *other[0].stretches}))), other[1]

    def _lead(self, at: int) -> Read | None:
        """Read ``the four bars before the last chorus`` and ``副歌之前的两小节``: so much before a moment."""
        if (size := self.measured(at)) and self.is_(self.over(size[1]), "word", "before"):
            one = self.moment(self.over(self.over(size[1]) + 1), bare=False)
            return self._up_to(one, size[0], one.next) if one else None
        one = self.moment(at, bare=False)
        if one is None or not (self.is_(one.next, "word", "before") and self.wide(one.next)):
            return None
        after = self.over(one.next + 1)
        size = self.measured(self.over(after + 1) if self.is_(after, "word", "of") else after)
        return self._up_to(one, size[0], size[1]) if size else None

    def _remaining(self, at: int) -> Read | None:
        """Read ``with 10 seconds to go``: so much before the end."""
        size = self.measured(at) if self.amount(at) else None
        if size is None or not self.is_(size[1], "word", "remaining"):
            return None
        return Place(((max(self.stage.length - size[0], Fraction(0)), self.stage.length),)), size[1] + 1

    def _middle(self, at: int) -> Read | None:
        """Read ``the middle 10 seconds``, ``中间10秒``."""
        many = at + 2 if self.is_(at + 1, "reference", "it") and self.wide(at) else at + 1
        size = self.measured(many) if self.is_(at, "position", "center") and self.amount(many) else None
        if size is None or not self.said(at, "middle", "中间", "正中间", "中间的"):
            return None
        spare = max(self.stage.length - size[0], Fraction(0)) / 2
        return Place(((spare, self.stage.length - spare),)), size[1]

    def _up_to(self, one: Moment, length: Fraction, end: int) -> Read:
        if one.missing:
            return Place(missing=one.missing), end
        high = self.video(one)
        return (Place(((max(high - length, Fraction(0)), high),)) if high > 0 else Place(missing="time")), end

    def _gap(self, at: int) -> Read | None:
        """Read ``between the two choruses`` and ``两段副歌之间``: what lies between parts of one kind."""
        led = self.said(at, "between")
        begin = self.over(at + 1) if led else at
        begin = self.over(begin + 1) if (count := self.amount(begin)) and not count.unit else begin
        part = self.section(begin, leads=True)
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
        if self.is_(first, "unit", "bar") and (span := self.bars_between(first)):
            return span
        if self.is_(first, "act", "begin") and (self.is_(first - 1, "negator") or self.is_(first - 1, "word", "wish")):
            # ``it shouldn't come in until 0:06`` tells when it begins.
            return None
        one = self.moment(first, bare=True)
        other = self._joined(one.next, led=led) if one else None
        two = self.moment(other, bare=True, edge="finish") if other is not None else None
        if one is None or two is None or other is None:
            return None
        unit, mate = self.amount(first), self.amount(other)
        if unit is not None and not unit.unit:
            if mate is not None and mate.unit == "bar":
                return self.bar_span(int(unit.value), int(mate.value)), two.next
            timed = (mate is not None and mate.unit == "second") or self.items[other].clock is not None
            if not timed and not (led and self._seconds_alone(unit, mate)):
                return None
        if missing := one.missing or two.missing:
            return Place(missing=missing), two.next
        if self.said(at, "between") and one.ends is not None and two.ends is not None and one.ends < two.at:
            # ``between the first and the second chorus`` is neither of them.
            one, two = replace(one, at=one.ends), replace(two, ends=None)
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

    def _span(self, one: Moment, two: Moment, *, until: bool) -> Read | None:
        begin, end = self.video(one), self.video(two)
        if two.ends is not None and not until:
            end = self.video(replace(two, at=two.ends))
        return (Place(((begin, end),), span=True), two.next) if begin < end else None

    def _onward(self, at: int) -> Read | None:
        """Read ``after the first chorus``, ``before 0:20``, ``from 0:20 onwards``, ``0:20以后``, ``until the drop``."""
        words = {"after": "after", "before": "before", "until": "before", "from": "from"}
        lead = next((name for name in words if self.is_(at, "word", name)), None)
        if self.said(at, "后") and self.measured(at + 1):
            # ``后10秒`` are the last ones, ``10秒后`` comes after them.
            return None
        if lead and (found := self._led(at, words[lead])):
            return found
        one = self.moment(at, bare=False)
        if one is None:
            return None
        follow = one.next
        # ``open on clip2`` and ``end on the cover`` say with what, not from when on.
        onward = self.is_(follow, "word", "onward") and not (self.said(follow, "on") and self.is_(at, "act"))
        if onward or (self.is_(follow, "word", "after") and self.wide(follow)):
            started = replace(one, at=one.ends) if one.ends is not None and self.said(follow, "之后", "以后") else one
            return self._open("from", started), follow + 1
        if self.is_(follow, "word", "before") and self.wide(follow) and not self.is_(follow, "word", "first"):
            return self._open("before", one), follow + 1
        return None

    def _led(self, at: int, how: str) -> Read | None:
        one = self.moment(self.over(at + 1), bare=False) or self._span_led(self.over(at + 1))
        if one is None or (how == "from" and one.spans and not self.is_(one.next, "word", "onward")):
            return None
        end = one.next
        onward = self.is_(end, "word", "onward")
        end += 1 if onward else 0
        if how == "from" and not onward and one.ends is not None and self._taken_from(at):
            return self.section(self.over(at + 1), leads=True)
        if how == "after" and one.ends is not None:
            one = replace(one, at=one.ends)
        return self._open("before" if how == "before" else "from", one), end

    def _taken_from(self, at: int) -> bool:
        """Tell whether something is taken out of a part: ``remove the spectrum from the intro``."""
        before = list(itertools.takewhile(lambda item: not item.mark, self.items[:at][::-1]))
        gone = any(item.has("act", "remove", "vanish") for item in before)
        return self.said(at, "from") and gone and not any(item.has("act", "add", "begin") for item in before)

    def _span_led(self, at: int) -> Moment | None:
        """Read what something comes after: ``(after) the first 5 seconds``, ``(once) that first shot is over``."""
        at = self.over(at + 1) if self.is_(at, "reference", "it") else at
        found = self._edge_length(at) or self.shot(at)
        if found is None:
            return None
        one = replace(self._of_place(found), spans=True)
        return replace(one, next=one.next + 1) if self.is_(one.next, "word", "finish") else one

    def _open(self, how: str, one: Moment) -> Place:
        if one.missing:
            return Place(missing=one.missing)
        at = self.video(one)
        span = (Fraction(0), at) if how == "before" else (at, self.stage.length)
        side: Literal["from", "until"] = "until" if how == "before" else "from"
        return Place((span,), open=side) if span[0] < span[1] else Place(missing="time")

    def _edge_length(self, at: int) -> Read | None:
        """Read ``the first ten seconds``, ``the last two bars of the intro``, ``前十秒``, ``最后一秒``."""
        number = self.ordinal(at)
        first = number == 1 or self.is_(at, "word", "first")
        last = number == -1 or self.is_(at, "word", "last") or self.said(at, "后", "放在最后", "放到最后")
        # ``后半段一拍一切`` says how often it is cut there.
        timed = (amount := self.amount(at + 1)) is not None and amount.unit == "second"
        last = last or (self.is_(at, "range", "1/2 1") and self.wide(at) and timed)
        if not (first or last) or (last and self.lasting(at)):
            return None
        if self.is_(at, "word", "countdown") and self.is_(at - 1, "word", "before"):
            # ``副歌前倒数五秒`` counts them.
            return None
        size = self.measured(self.over(at + 1)) or self._as_before(at)
        if size is None:
            return self._both_ends(at) if first else None
        length, end = size
        span = Fraction(0), self.stage.length
        inside = self.over(end + 1) if self.is_(end, "word", "of") else end
        if inside > end and (part := self.section(inside, leads=True)) and not part[0].missing and not part[0].point:
            end = part[1]
            spans = [self.shifted(each, part[0].clock) for each in part[0].stretches]
        else:
            spans = [span]
        if first:
            return Place(tuple((low, min(low + length, high)) for low, high in spans)), end
        return Place(tuple((max(high - length, low), high) for low, high in spans)), end

    def _both_ends(self, at: int) -> Read | None:
        """Read ``the first and last 3 seconds``, ``前后各3秒``."""
        joined = self.said(self.over(at + 1), "and", "&")
        last = self.over(at + 1) + 1 if joined else -1
        last = self.over(last) if joined else -1
        found = self._edge_length(last) if joined and self.is_(last, "word", "last") else None
        if found is None or len(found[0].stretches) != 1:
            return None
        low, high = found[0].stretches[0]
        return replace(found[0], stretches=((Fraction(0), high - low), (low, high))), found[1]

    def _as_before(self, at: int) -> tuple[Fraction, int] | None:
        """Read a bare number as seconds where the last turn spoke of them: ``make that the last 6``."""
        number, after = self.amount(self.over(at + 1)), self.over(at + 1) + 1
        rest = itertools.takewhile(lambda item: not item.mark, self.items[after:])
        ended = all(item.silent or item.has("turn", "instead") or item.has("word", "correction") for item in rest)
        past = self.stage.situation.past[-1].words if self.stage.situation.past else ""
        if number is None or number.unit or not ended or not _SECONDS.search(past):
            return None
        return number.value, after

    def _whole(self, at: int) -> Read | None:
        if self.is_(at, "whole", "video"):
            return Place(((Fraction(0), self.stage.length),), whole=True), at + 1
        # ``其他用clip1`` is the rest, ``其他画面`` are other pictures.
        others = self.is_(at, "word", "another") and not self.is_(self.over(at + 1), "act")
        if self.is_(at, "whole", "rest") and not others:
            return Place(rest=True), at + 1
        return None

    def _share(self, at: int) -> Read | None:
        value = self.items[at].value("range") if at < len(self.items) else None
        value = value or self._other_half(at)
        if value is None:
            return None
        low, high = (Fraction(each) * self.stage.length for each in value.split())
        return Place(((low, high),)), at + 1

    def _puts(self, at: int, end: int) -> bool:
        """Tell whether a length is the moment when words come: ``12秒打“生日快乐”``, ``8s: "mum"``."""
        before = next((item for item in self.items[:at][::-1] if not item.silent), None)
        begins = before is None or before.mark or before.said.lower() in _JOINED or before.quote is not None
        if self.wide(end - 1) and (begins or (before is not None and before.has("thing", *_WORDED))):
            then = end + 1 if self.said(end, "就", "才", "再") else end
            goes = self.is_(then, "act", "vanish") or self.is_(then, "word", "appears") or self.said(then, *_COMES)
            if goes and (then + 1 >= len(self.items) or self.items[then + 1].mark):
                return True
        quoted = self.wide(end - 1) and end < len(self.items) and self.items[end].quote is not None
        if begins and quoted:
            # ``10秒“你去哪了”，14秒“我在等”``
            return True
        comes = self.is_(end, "act", "write", "show") or self.said(end, ":", "：", "-", "—", "是")
        return begins and comes and end + 1 < len(self.items) and self.items[end + 1].quote is not None

    def _other_half(self, at: int) -> str | None:
        """Read ``the second`` where halves are spoken of: ``slow in the first half, fast in the second``."""
        after = at + 2 if self.is_(at + 1, "reference", "one") else at + 1
        ended = after > at + 1 or after >= len(self.items) or self.items[after].mark
        if self.ordinal(at) != 2 or not ended or self.label is not None:
            return None
        return "1/2 1" if any(item.has("range", "0 1/2") for item in self.items[:at]) else None

    def _at(self, at: int, *, led: bool) -> Read | None:
        """Read one moment: ``0:22``, ``at 10 s``, ``第十五秒``, ``12 seconds in``, ``halfway``, ``at the end``."""
        quoted = led and at + 1 < len(self.items) and self.items[at + 1].quote is not None
        one = self.moment(at, bare=quoted)
        if one is None:
            return None
        item, end = self.items[at], one.next
        marked = self.is_(end, "word", "mark") and not self.said(end, "左右")
        if item.quantity and item.quantity.kind == "amount" and not (led or marked or self._puts(at, end)):
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
        begin = self.video(one)
        if begin >= self.stage.length and self.stage.length and not self.is_(at, "word", "finish", "last"):
            return Place(((begin, begin + 1),), point=True), end
        if self.is_(at, "word", "finish", "last"):
            return Place(((max(begin - 4, Fraction(0)), begin),), point=True), end
        if item.clock is None and item.quantity is None and self.is_(at, "word", "begin", "first") and not begin:
            opening = min(max(self.stage.length / 4, Fraction(4)), self.stage.length)
            return Place(((begin, max(opening, Fraction(1))),), point=True), end
        return Place(((begin, max(self.stage.length, begin + 1)),), point=True), end
