"""Numbers that count down to something, one after another: ``a 3-2-1 countdown at the start``, ``倒数三秒``."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from fractions import Fraction

from songreel.director.understanding import degrees, paint
from songreel.director.understanding.clauses import Clause
from songreel.director.understanding.intents import text_target, text_there
from songreel.director.understanding.item import Item
from songreel.director.understanding.talk import Subject, Talk
from songreel.model import edit as edits
from songreel.model.edit import Stretch, Texts, Where
from songreel.model.timeline import TextStyle

_USUAL = ("3", "2", "1")
_STEP_S = Fraction(1)
_INTO = re.compile(r"\b(?:in)?to\b", re.IGNORECASE)
"""Leads to what a countdown ends with: ``right into the chorus``."""
_MOST = 20
_SIZE = 1.5


def read(clause: Clause, talk: Talk) -> bool:
    """Put the numbers of a countdown on the picture; all of the clause is read then."""
    told = clause.has("word", "countdown") and not (clause.negative or clause.question)
    if not told or text_target.counted(clause, talk.stage):
        return False
    numbers, step = _numbers(clause), _step(clause, talk)
    begins = _begins(clause, talk, len(numbers) * step)
    position = text_there.position_of(clause) or "center"
    colors = [each for each in paint.of(clause) if not each.feeling]
    smaller = any(each.sign < 0 for each in degrees.of(clause, ("size",)))
    style = TextStyle(color=colors[0].colors[0] if colors else None, size=1.0 if smaller else _SIZE)
    for at, number in enumerate(numbers):
        start = begins + at * step
        where = Where(stretches=(Stretch(start=start, end=start + step),))
        talk.do(edits.AddText(text=number, where=where, position=position, style=style))
    talk.subject = Subject("text", Texts())
    clause.take_all()
    return True


def _numbers(clause: Clause) -> tuple[str, ...]:
    """Return what is counted: as quoted, as listed, or from one number down: ``from 5``, ``10 to 1``."""
    quoted = tuple(item.quote for item in clause.items if item.quote is not None)
    if quoted:
        return quoted
    row = [item for item in clause.items if not item.silent]
    bare = [number for item in row for number in _spelled(item)]
    falling = [number for at, number in enumerate(bare) if not at or number < bare[at - 1]]
    if len(falling) > 2:
        return tuple(str(number) for number in falling[:_MOST])
    first = bare[0] if bare else _seconds(row)
    last = bare[1] if len(bare) > 1 and bare[1] in (0, 1) else 1
    return tuple(str(number) for number in range(min(first, _MOST), last - 1, -1)) if first > last else _USUAL


def _spelled(item: Item) -> list[int]:
    """Return the numbers that an item names without a unit: ``3``, and all three of ``321``."""
    quantity = item.quantity
    if quantity is None or quantity.kind != "amount" or quantity.unit or quantity.value.denominator != 1:
        return []
    digits = [int(digit) for digit in str(int(quantity.value))]
    listed = len(digits) > 2 and all(one == other + 1 for one, other in itertools.pairwise(digits))
    return digits if listed else [int(quantity.value)]


def _seconds(row: Sequence[Item]) -> int:
    """Return how many seconds are counted: five in ``a five second countdown``, none where each lasts so long."""
    told = [item.quantity for item in row if item.quantity is not None and item.quantity.unit == "second"]
    places = [item.place for item in row if item.place is not None and not item.place.open and not item.place.point]
    spans = [high - low for place in places if place.clock == "video" for low, high in place.stretches]
    counted = next((each.value for each in told if each.value > 1), spans[0] if spans else Fraction(0))
    whole = counted.denominator == 1 and counted <= _MOST
    return int(counted) if whole and not any(item.has("word", "every", "per") for item in row) else 0


def _step(clause: Clause, talk: Talk) -> Fraction:
    """Return for how long each number is shown: a second where nothing else is said."""
    if not clause.has("word", "every", "per"):
        return _STEP_S
    units = {"beat": talk.stage.beat_s, "bar": talk.stage.bar_s}
    unit = next((item.value("unit") for item in clause.items if item.value("unit") in units), None)
    said = degrees.seconds(clause, talk.stage.beat_s, talk.stage.bar_s)
    return said[1] if said else units.get(unit or "", _STEP_S)


def _begins(clause: Clause, talk: Talk, lasts: Fraction) -> Fraction:
    """Return when it begins: where its place does, or so that it ends where something comes: ``before the drop``."""
    place = clause.place
    if place is None or place.missing or place.whole or not place.stretches:
        return Fraction(0)
    ahead = talk.stage.ahead(place.clock)
    low, high = place.stretches[0]
    if place.open == "until" or _INTO.search(place.said):
        ends = high if place.open == "until" else low
        return max(ends - ahead - lasts, Fraction(0))
    if high - ahead >= talk.stage.length and talk.stage.length - (low - ahead) < lasts:
        return max(talk.stage.length - lasts, Fraction(0))
    return max(low - ahead, Fraction(0))
