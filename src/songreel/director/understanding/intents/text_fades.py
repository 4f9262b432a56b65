"""How words come and go: the fades that a clause asks for, in seconds."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from songreel.director.understanding import degrees
from songreel.director.understanding.clauses import Clause
from songreel.director.understanding.intents.fades import ways_beside
from songreel.director.understanding.talk import Subject, Talk
from songreel.model import edit as edits


def fades_of(clause: Clause) -> tuple[Fraction | None, Fraction | None]:
    """Return over how many seconds words come and go; None for what is not said."""
    if (each := _each_way(clause)) is not None:
        return each
    found_at = clause.all("fade")
    ways = {clause.items[at].value("fade") for at in found_at} or ways_beside(clause)
    if not ways and clause.negative and clause.all("thing", "fade"):
        return Fraction(0), Fraction(0)
    if not ways:
        return None, None
    # ``fade out at 0:10, I don't want it there all the time`` wants the fade.
    unwanted = clause.negative if not found_at else clause.has("act", "remove")
    unwanted = unwanted or any(
        item.has("negator") and not item.has("word", "instead") for item in clause.items[: max(found_at, default=0)]
    )
    clause.take_kind("fade")
    if unwanted:
        seconds = Fraction(0)
    else:
        found = degrees.amounts(clause, "second", "")
        clause.take(*(at for at, _ in found))
        seconds = found[0][1].value if found else Fraction(1)
    if not unwanted and ways == {"in", "out"} and len(found) == 2:
        lasts = [quantity.value for _, quantity in found]
        first = clause.items[found_at[0]].value("fade") if found_at else "in"
        return (lasts[0], lasts[1]) if first == "in" else (lasts[1], lasts[0])
    if (other := _other_way(clause, ways)) is not None:
        return (seconds, other) if "in" in ways else (other, seconds)
    both = "both" in ways
    return seconds if both or "in" in ways else None, seconds if both or "out" in ways else None


def _each_way(clause: Clause) -> tuple[Fraction, Fraction] | None:
    """Return both lengths of a fade that are said as editors do: ``fade: 1.5 sec in, 0.5 sec out``."""
    found: dict[str, Fraction] = {}
    for at, item in enumerate(clause.items) if clause.all("thing", "fade") else ():
        near = [each.said.lower() for each in (*clause.items[max(at - 1, 0) : at], *clause.items[at + 1 : at + 2])]
        led = item.place is not None and item.place.point and item.said.lower().endswith(" in")
        if led and item.place is not None:
            found["in"] = item.place.stretches[0][0]
        elif item.quantity is not None and item.quantity.unit == "second":
            found |= {way: item.quantity.value for way in ("in", "out") if way in near}
    if len(found) < 2:
        return None
    clause.take_kind("thing", "fade")
    clause.items[:] = [replace(item, place=None) for item in clause.items]
    clause.take(*(at for at, item in enumerate(clause.items) if item.quantity is not None or item.unknown))
    return found["in"], found["out"]


def faded_so(clause: Clause, talk: Talk) -> bool:
    """Let words fade for as long as is said behind it: ``let it go away slowly, like a fade of 1.5 seconds``.

    In the next message too, and by a difference: ``make the fade a second longer``.
    """
    last, said = last_fade(talk), degrees.amounts(clause, "second")
    if last is None or not said or clause.all("fade") or not clause.all("thing", "fade"):
        return False
    lengths = degrees.of(clause, ("length",))
    more = lengths[0].sign if lengths else degrees.difference(clause, said[0][0])
    seconds = abs(said[0][1].value)
    lasts = {name: at for name in ("in_s", "out_s") if (at := getattr(last, name)) is not None}
    last_so = last.evolve(
        **{name: max(at + more * seconds, Fraction(0)) if more else seconds for name, at in lasts.items()}
    )
    talk.edits = [edit for edit in talk.edits if edit is not last]
    talk.do(last_so, subject=Subject("text", last.texts))
    clause.take_all()
    return True


def last_fade(talk: Talk) -> edits.FadeText | None:
    """Return the fade of words that was asked for last, in this message or in the one before."""
    past = talk.situation.past[-1].edits if talk.situation.past else ()
    last = next(iter((*talk.edits, *(() if talk.edits else past))[-1:]), None)
    return last if isinstance(last, edits.FadeText) else None


def _other_way(clause: Clause, ways: set[str | None]) -> Fraction | None:
    """Return how long the other fade lasts where it is said apart: ``fades in over 2 seconds and out over 1``."""
    wanted = {"in": "out", "out": "in"}.get(next(iter(ways)) or "") if len(ways) == 1 else None
    after = next((at for at, item in enumerate(clause.items) if item.said.lower() == wanted), len(clause.items))
    found = [item.quantity for item in clause.items[after:] if item.quantity and item.quantity.unit in ("second", "")]
    return found[0].value if found else None
