"""Parts of the song that are called by name or number: sections with their edges, bars, shots."""

from __future__ import annotations

from typing import Literal

from songreel.director.understanding.places import Place
from songreel.director.understanding.row import Row

Edge = Literal["begin", "finish"]
Read = tuple[Place, int]
"""A place, and the item after it."""
_TIMES = ("time", "次", "遍", "回")
_SHOT = ("shot", "shots", "镜头")
_JOINED = ("and", "then", "or", "but", "&")


class Parts(Row):
    """Reads parts of the song where they stand in a row of items; ``label`` is the kind of section read last."""

    label: str | None = None

    def section(self, at: int, *, leads: bool) -> Read | None:
        """Read ``the second chorus``, ``every drop``, ``chorus 2``, ``第二段副歌开始时``."""
        edge, begin = self._edge_before(at)
        number, every = self.ordinal(begin), self.is_(begin, "word", "every")
        name = self.over(begin + 1) if number is not None or every else begin
        while number is not None and self.is_(name, "word", "in", "of") and not self.is_(name, "section"):
            name += 1
        if number is not None and self.said(name, *_TIMES):
            name = self.over(name + 1)
        if number is not None and self.is_(name, "reference", "one") and self.is_(name + 1, "section"):
            # ``第一个副歌``
            name += 1
        label = self.items[name].value("section") if name < len(self.items) else None
        if label is None and number is not None and (label := self._same_label(begin)):
            name = begin
        if label is None or label == "other":
            return None
        self.label, end = label, name + 1
        named = leads or edge or number is not None or every or name > begin
        named = named or (self.is_(end, "word", "mark", "in") and self.wide(end))
        named = named or (name > 0 and self.items[name - 1].said.lower().endswith("the"))
        if self.is_(name, "act") and not named:
            return None
        follows = self.amount(end)
        if self.is_(end + 1, "word", "per", "every") or self.is_(end + 1, "thing", "shots", "cuts"):
            # ``in the chorus one per beat`` counts no choruses.
            follows = None
        elif number is None and self.said(end, "one"):
            number, end = 1, end + 1
        if number is None and follows and not follows.unit and follows.kind == "amount" and follows.value <= 9:
            number, end = int(follows.value), end + 1
        edge_after, end = self._edge_after(end)
        return self._parts(label, number, edge or edge_after), end

    def _same_label(self, at: int) -> str | None:
        """Return the kind of section that a number alone means: ``shake in the first chorus, glitch in the second``."""
        after = self.over(at + 1)
        if self.label is not None and self.said(after, "段"):
            return self.label
        after += 1 if self.is_(after, "reference", "one") else 0
        ended = after >= len(self.items) or self.items[after].mark or self.items[after].said.lower() in _JOINED
        before = next((item for item in self.items[:at][::-1] if not item.silent), None)
        if not ended or before is None or not (before.has("word", "in", "of") or before.said.lower() == "between"):
            return None
        if self.label is None and self.items[at + 1 : at + 2] and self.items[at + 1].said.lower() in _JOINED:
            follows = self.over(at + 2)
            ahead = self.over(follows + 1) if self.ordinal(follows) is not None else follows
            return self.items[ahead].value("section") if ahead < len(self.items) else None
        return self.label

    def _edge_before(self, at: int) -> tuple[Edge | None, int]:
        if self.is_(at, "word", "begin", "finish", "onset"):
            inner = self.over(at + 1)
            inner = self.over(inner + 1) if self.is_(inner, "word", "of") else inner
            follows = self.is_(inner, "section") or (
                (self.ordinal(inner) is not None or self.is_(inner, "word", "every"))
                and self.is_(self.over(inner + 1), "section")
            )
            if follows:
                return ("finish" if self.is_(at, "word", "finish") else "begin"), inner
        return None, at

    def _edge_after(self, at: int) -> tuple[Edge | None, int]:
        follow = self.over(at)
        while self.is_(follow, "word", "in", "of") and not self.is_(follow, "word", "begin", "finish"):
            follow += 1
        if self.is_(follow, "word", "onset"):
            return "begin", follow + 1
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

    def bar(self, at: int) -> Read | None:
        """Read ``bar 9``, ``the fourth bar``, ``bars 3 to 5``, ``第6小节结束``."""
        edge, begin = ("finish", self._bar_ended(at)) if self._bar_ended(at) > at else (None, at)
        found = self._bar(begin)
        if found is None or found[0].missing:
            return found
        place, end = found
        if edge is None and self.wide(end - 1) and self.is_(self.over(end), "word", "finish"):
            edge, end = "finish", self.over(end) + 1
        if edge is None:
            return found
        stop = place.stretches[0][1]
        return Place(((stop, stop + 1),), place.clock, point=True), end

    def _bar_ended(self, at: int) -> int:
        """Return where a bar is named after ``the end of``; the same place where it is not."""
        inner = self.over(at + 1)
        if not (self.is_(at, "word", "finish") and self.is_(inner, "word", "of")):
            return at
        inner = self.over(inner + 1)
        return inner if self._bar(inner) is not None else at

    def _bar(self, at: int) -> Read | None:
        number, after = self.ordinal(at), self.over(at + 1)
        if number is not None and self.is_(at - 1, "word", "every"):
            # ``every second bar`` is no bar.
            return None
        if number is not None and self.is_(after, "unit", "bar"):
            end = after + 1
            if self.is_(end, "word", "to") and (last := self.amount(end + 1)) and last.unit in ("", "bar"):
                return self.bar_span(number, int(last.value)), end + 2
            return self.bar_span(number if number > 0 else len(self.stage.bars) + 1 + number, number), end
        if number is not None and self.is_(at + 1, "word", "to"):
            if (mate := self.amount(at + 2)) and mate.unit == "bar":
                return self.bar_span(number, int(mate.value)), at + 3
            other = self.over(at + 2)
            last_one = self.ordinal(other)
            if last_one is not None and self.is_(self.over(other + 1), "unit", "bar"):
                return self.bar_span(number, last_one), self.over(other + 1) + 1
        if self.is_(at, "unit", "bar") and (amount := self.amount(at + 1)) and not amount.unit:
            return self.bar_span(int(amount.value), int(amount.value)), at + 2
        return None

    def bars_between(self, at: int) -> Read | None:
        """Read ``bars 9–17``."""
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
        return self.bar_span(int(first.value), int(last.value)), other + 1

    def bar_span(self, first: int, last: int) -> Place:
        """Return the bars from one up to and with another, counted from 1."""
        bars, end = self.stage.bars, self.stage.song_start + self.stage.length
        if not 1 <= first <= len(bars):
            return Place(missing=f"bar {first}")
        start = self.stage.song_start if first == 1 else bars[first - 1]
        stop = bars[last] if last < len(bars) else end
        return Place(((start, stop),), "song") if start < stop else Place(missing=f"bar {first}")

    def shot(self, at: int) -> Read | None:
        """Read ``the third shot``, ``shot 4``, ``shots 3 and 4``, ``the first two shots``, ``第二和第三个镜头``."""
        named = self._shots_by_order(at) or self._shots_by_number(at)
        if named is None:
            return None
        first, last, end = named
        shots = self.stage.shots
        one, two = (each - 1 if each > 0 else len(shots) + each for each in (first, last))
        if not 0 <= one <= two < len(shots):
            return Place(missing=f"shot {last if one in range(len(shots)) else first}"), end
        span = self.stage.seconds(shots[one].start), self.stage.seconds(shots[two].end)
        return Place((span,), clips=tuple(shot.id for shot in shots[one : two + 1])), end

    def _shots_by_order(self, at: int) -> tuple[int, int, int] | None:
        """Return the first and the last shot that are told by their order, and the item after them."""
        number, follows = self.ordinal(at), self.over(at + 1)
        edge = -1 if number == -1 or self.is_(at, "word", "last") else 1
        many = self.amount(follows)
        if (edge < 0 or number == 1 or self.is_(at, "word", "first")) and many and many.value > 1:
            thing = follows if many.unit == "shot" else self.over(follows + 1)
            if many.unit == "shot" or (not many.unit and self.is_(thing, "thing", "shots")):
                return (1, int(many.value), thing + 1) if edge > 0 else (-int(many.value), -1, thing + 1)
        if number is None and self.is_(at, "word", "first", "last"):
            # ``the opening shot``, ``开头的镜头``
            number = edge if self._a_shot(self._pointed(follows)) else None
            follows = self._pointed(follows)
        if number is None:
            return None
        last = number
        if self.is_(at + 1, "word", "to") or self.said(at + 1, "和", "、", "跟", "与"):
            other = self.over(at + 2)
            last, follows = self.ordinal(other) or 0, self.over(other + 1)
        thing = follows + 1 if self.said(follows, "个") else follows
        return (number, last, thing + 1) if last >= number and self._a_shot(thing) else None

    def _pointed(self, at: int) -> int:
        """Return the next item past words that only point: ``开头那个镜头``."""
        return self.over(at + 1) if self.is_(at, "reference", "it") and self.wide(at) else at

    def _a_shot(self, at: int) -> bool:
        """Tell whether a word names a shot; pictures are shots where nobody gave any: ``hold the last picture``."""
        if self.is_(at, "thing", "shots"):
            return True
        given = self.stage.situation.assets.values()
        pictured = self.is_(at, "topic", "shots") and self.is_(at, "thing", "photo")
        return pictured and all(asset.kind == "song" for asset in given)

    def _shots_by_number(self, at: int) -> tuple[int, int, int] | None:
        """Return the first and the last shot that are told by their numbers, and the item after them."""
        if self.said(at, *_SHOT) and self.said(at + 1, "one"):
            return 1, 1, at + 2
        first = self.amount(self.over(at + 1)) if self.said(at, *_SHOT) else None
        if first is None or first.unit or first.value < 1 or first.value.denominator > 1:
            return None
        end = self.over(at + 1) + 1
        last = self.amount(self.over(end + 1)) if self.is_(end, "word", "to") or self.said(end, "和", "、") else None
        last = last or (self.amount(end) if self.dash(end) else None)
        if last is None or last.unit or last.value < first.value:
            return int(first.value), int(first.value), end
        return int(first.value), int(last.value), (end if self.dash(end) else self.over(end + 1)) + 1
