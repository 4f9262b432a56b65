"""How many shots there are to be: ``exactly 10 shots``, ``no more than 12 cuts``, ``five fewer``, ``最多剪15刀``."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from songreel.director.understanding import degrees
from songreel.director.understanding.clauses import Clause
from songreel.director.understanding.quantities import Quantity
from songreel.director.understanding.talk import Talk
from songreel.model import edit as edits

_ELSE = ("effect", "transition", "visualizer", "look", "scene", "color", "position")
_MOST_TIMES = 64
_EDGE = Fraction(1, 20)
"""Seconds within which a cut is the border of a place, and not inside it."""
Span = tuple[Fraction, Fraction]


def asked(clause: Clause, talk: Talk) -> list[edits.CutDenser]:
    """Return what makes each place of a clause have the number of shots that is said; nothing where none is."""
    counted = [pair for pair in _counted(clause) if not _of_first(clause, pair[0])]
    moment = clause.place is not None and clause.place.point
    if len(counted) != 1 or moment or _of_another(clause) or counted[0][1].value < 1:
        return []
    at, quantity = counted[0]
    found = []
    for span in spans(clause, talk):
        now = _shots(talk, span)
        wanted = _wanted(clause, at, quantity, now)
        if wanted is None:
            return []
        where = (
            edits.Where()
            if clause.place is None
            else edits.Where(stretches=(edits.Stretch(start=span[0], end=span[1]),))
        )
        found.append(edits.CutDenser(factor=min(max(wanted, 1) / now, _MOST_TIMES), where=where))
    changed = [edit for edit in found if edit.factor != 1]
    return changed or found[:1]


def _counted(clause: Clause) -> list[tuple[int, Quantity]]:
    """Return the numbers of shots and cuts: ``12 shots``, ``five more cuts``, ``the number of shots: 14``."""
    found, bare = degrees.amounts(clause, "shot", "cut"), degrees.amounts(clause, "")
    if found and bare and all(clause.items[at].contrast for at, _ in found):
        # ``12 instead of 18 shots``
        return [(at, Quantity(one.value, "shot")) for at, one in bare]
    if found:
        return found
    if clause.has("word", "count") and clause.all("thing", "shots", "cuts") and clause.place is None:
        cut = any("cut" in item.said.lower() for item in clause.items)
        return [(at, Quantity(one.value, "cut" if cut else "shot")) for at, one in bare]
    limited = clause.has("bound") or clause.has("measure", "enough")
    if limited and clause.all("thing", "shots", "cuts") and clause.place is None:
        return [(at, Quantity(one.value, "shot")) for at, one in bare]
    return [pair for pair in bare if _compared(clause, pair[0])]


def _compared(clause: Clause, at: int) -> bool:
    """Tell whether a number is that of shots more or fewer: ``three fewer shots``."""
    after = clause.items[at + 1 : at + 3]
    grown = bool(after) and any(after[0].has("degree", sign) for sign in ("pace+", "pace-", "+", "-"))
    named = bool(after) and (" " in after[0].said or any(item.has("thing", "shots", "cuts") for item in after[1:]))
    return grown and named


def _wanted(clause: Clause, at: int, quantity: Quantity, now: int) -> int | None:
    """Return how many shots a place of ``now`` shots is to have; None where a number of shots asks for nothing."""
    number = int(quantity.value)
    total = number + 1 if quantity.unit == "cut" else number
    if clause.has("bound", "most"):
        return min(total, now)
    if clause.has("bound", "least"):
        return max(total, now)
    near = [clause.items[place] for place in (at - 1, at + 1) if 0 <= place < len(clause.items)]
    added = any(item.has("act", "add") for item in near) and not clause.has("word", "instead")
    if added or any(item.has("degree", "+", "pace+") for item in near):
        return now + number
    if any(item.has("degree", "-", "pace-") or item.said.lower() == "fewer" for item in near) or (
        clause.has("act", "remove") and clause.place is None
    ):
        return now - number
    unwanted = clause.negative and not clause.has("word", "instead")
    return total if total > 1 and not unwanted else None


def _of_first(clause: Clause, at: int) -> bool:
    """Tell whether a number tells which shots are meant, not how many there are to be: ``the first 3 shots``."""
    before = clause.items[at - 1] if at else None
    return before is not None and (
        before.has("word", "first", "last") or (before.quantity is not None and before.quantity.kind == "ordinal")
    )


def _of_another(clause: Clause) -> bool:
    """Tell whether a number of shots is that of a bar, or of something that they are to show."""
    each = any(item.has("word", "per", "every") and item.said.lower() != "all" for item in clause.items)
    rated = each or clause.has("unit", "beat", "bar")
    measured = degrees.amounts(clause, "beat", "bar", "second", "factor", "percent")
    shown = any(item.asset is not None or item.quote is not None for item in clause.items)
    return bool(rated or measured or shown or any(clause.has(kind) for kind in _ELSE) or clause.has("word", "another"))


def spans(clause: Clause, talk: Talk) -> Iterator[Span]:
    """Yield the stretches of a clause's place in seconds of the video."""
    place = clause.place
    if place is None or place.whole or not place.stretches:
        yield Fraction(0), talk.stage.length
    elif place.outside:
        yield from talk.stage.without(place)
    else:
        shift = talk.stage.ahead(place.clock)
        for low, high in place.stretches:
            yield max(low - shift, Fraction(0)), min(high - shift, talk.stage.length)


def _shots(talk: Talk, span: Span) -> int:
    starts = [talk.stage.seconds(clip.start) for clip in talk.stage.shots]
    return 1 + sum(span[0] + _EDGE < start < span[1] - _EDGE for start in starts)
