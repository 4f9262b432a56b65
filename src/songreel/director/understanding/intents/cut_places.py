"""Where cuts are meant when no place is named: what follows, an edge of the video, a moment nobody can find."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from songreel.director.understanding import degrees
from songreel.director.understanding.clauses import Clause
from songreel.director.understanding.item import Item
from songreel.director.understanding.places import Place
from songreel.director.understanding.talk import Talk
from songreel.model import edit as edits

_RHYTHMS = edits.CutEvery | edits.CutDenser | edits.HoldShot


def sometime(clause: Clause) -> bool:
    """Tell whether something is to last until a moment that nobody can find: ``hold it till the drums kick in``."""
    ended = any(item.place is not None and item.place.open == "until" for item in clause.items)
    waits = [at for at, item in enumerate(clause.items) if item.has("word", "until") and item.place is None]
    follows = [item for at in waits for item in clause.items[at + 1 :] if not item.silent][:1]
    return not ended and any(item.unknown or item.has("foreign") for item in follows)


def put(clause: Clause, talk: Talk) -> None:
    """Add the place to a clause that only tells it by what was said before, or by an edge of the video.

    ``no cuts for the first 4 bars, then one per bar`` is about all that follows, ``start slow`` about the first third.
    """
    place = clause.place
    if place is not None and place.open == "until" and place.stretches == ((Fraction(0), talk.stage.length),):
        # ``(no cuts after 0:30,) slow to the end`` says no beginning.
        dropped = [replace(item, place=None) if item.place is place else item for item in clause.items]
        clause.items = dropped if degrees.of(clause, ("pace",)) else clause.items
    if clause.place is not None:
        return
    third = talk.stage.length / 3
    begins, ends = clause.has("act", "begin"), clause.has("act", "finish")
    span = None
    if begins != ends and degrees.of(clause, ("pace",)) and not clause.has("word", "gradual"):
        span = (Fraction(0), third) if begins else (2 * third, talk.stage.length)
    elif _next(clause) and talk.edits and isinstance(talk.edits[-1], _RHYTHMS):
        span = _after(clause, talk.edits[-1].where, talk)
    if span is not None:
        clause.items.append(Item("", 0, 0, place=Place((span,))))


def _next(clause: Clause) -> bool:
    """Tell whether a clause is about what follows: ``then one per bar``, ``after it every beat``."""
    after = any(item.has("word", "after") for item in clause.items) and clause.has("reference", "it")
    return after or clause.has("word", "then") or any(item.said.lower() == "next" for item in clause.items)


def _after(clause: Clause, where: edits.Where, talk: Talk) -> tuple[Fraction, Fraction] | None:
    """Return what follows a place of one stretch, as long as is said: ``the next 8 bars``; None where nothing does."""
    if len(where.stretches) != 1 or where.outside:
        return None
    end = where.stretches[0].end
    low = end - talk.stage.ahead(where.clock) if end is not None else talk.stage.length
    high = talk.stage.length
    ahead = next((at for at, item in enumerate(clause.items) if item.said.lower() == "next"), None)
    told = degrees.seconds(clause, talk.stage.beat_s, talk.stage.bar_s) if ahead is not None else None
    if told is not None and told[0] == (ahead or 0) + 1:
        clause.take(told[0])
        high = min(low + told[1], high)
    return (low, high) if 0 < low < high else None
