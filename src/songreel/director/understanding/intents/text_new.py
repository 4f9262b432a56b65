"""When new words are shown, and which words before them they are like."""

from __future__ import annotations

import re
from fractions import Fraction

from songreel.director.understanding import degrees
from songreel.director.understanding.clauses import Clause
from songreel.director.understanding.intents import text_target, text_times
from songreel.director.understanding.places import Place
from songreel.director.understanding.talk import Talk
from songreel.model import edit as edits
from songreel.model.edit import Stretch, Where

PUT = ("hold", "move", "show", "write")
_USUAL_S = Fraction(4)
_THEN = ("then", "next", "接着", "然后")
_LATE = Fraction(2, 3)
"""After which share of the video what closes it begins."""
_BEFORE = re.compile(r"before|ahead|之前|以前|前$", re.IGNORECASE)
"""Words before something are shown shortly before it; until it, from the beginning on."""


def shown(clause: Clause, talk: Talk) -> Where | None:
    """Return when new words are shown; None, with the problem told, where the place is not in the video."""
    place = clause.place
    length = degrees.seconds(clause, talk.stage.beat_s, talk.stage.bar_s)
    lasts = length[1] if length else _as_long(clause, talk)
    if place is None:
        return _unplaced(clause, talk, lasts or _USUAL_S)
    if place.missing:
        talk.no_place(place.missing)
        return None
    if place.whole:
        return Where(stretches=(Stretch(start=Fraction(0)),))
    spans = place.stretches
    if place.open == "until" and _BEFORE.search(place.said):
        return Where(
            stretches=tuple(Stretch(start=max(high - (lasts or _USUAL_S), Fraction(0)), end=high) for _, high in spans),
            clock=place.clock,
            said=place.said[:200],
        )
    if place.point and lasts is not None and place.clock == "video" and _at_end(place, talk):
        return Where(stretches=(Stretch(start=-lasts),), said=place.said[:200])
    if place.point or lasts is not None:
        until = lasts or _USUAL_S
        spans = tuple((low, low + until) for low, _ in spans)
        if place.point and place.clock == "video":
            length_s = talk.stage.length
            spans = tuple((low, min(high, length_s) if low < length_s else high) for low, high in spans)
    made = tuple(_stretch(place, low, high, talk.stage.length) for low, high in spans)
    return Where(stretches=made, clock=place.clock, said=place.said[:200])


def _unplaced(clause: Clause, talk: Talk, span: Fraction) -> Where:
    """Return when words are shown for which no time is said: all the time, behind others, at the end, or first."""
    if clause.has("word", "throughout"):
        return Where(stretches=(Stretch(start=Fraction(0)),))
    if (turn := _in_turn(clause, talk)) is not None:
        return turn
    if (before := _before_it(clause, talk)) is not None:
        (until,) = (each.end for each in before.stretches)
        return before if until is None else before.evolve(stretches=(Stretch(start=until, end=until + span),))
    closing = text_times.closes(clause)
    return Where(stretches=(Stretch(start=-span) if closing else Stretch(start=Fraction(0), end=span),))


def _in_turn(clause: Clause, talk: Talk) -> Where | None:
    """Let words of one list close the video one after another: ``at the end: "film by Ana", "music by Tom"``."""
    last, length = model(clause, talk), talk.stage.length
    if last is None or clause.has("reference", "same") or last is not talk.edits[-1] or len(last.where.stretches) != 1:
        return None
    span = last.where.stretches[0]
    begins = span.start if span.start >= 0 else length + span.start
    if span.end is not None and span.end < length:
        return None
    if talk.stacked:
        return last.where
    turn = begins + (length - begins) / 2
    first = last.where.evolve(stretches=(Stretch(start=begins, end=turn),), clock="video")
    talk.edits[-1] = last.evolve(where=first)
    return Where(stretches=(Stretch(start=turn, end=length),)) if begins else None


def _as_long(clause: Clause, talk: Talk) -> Fraction | None:
    """Return how long words are shown that others are to be shown as long as: ``"bye" for the same time``."""
    if not clause.has("reference", "same"):
        return None
    like = model(clause, talk)
    spans = like.where.stretches if like is not None and len(like.where.stretches) == 1 else _there(talk)[-1:]
    return next((each.end - each.start for each in spans if each.end is not None), None)


def model(clause: Clause, talk: Talk) -> edits.AddText | None:
    """Return the words that others are shown like: ``now the same with "bye" at 0:20``, or next in one list."""
    past = talk.situation.past[-1].edits if talk.situation.past else ()
    if clause.has("reference", "same"):
        return next((edit for edit in (*talk.edits, *past)[::-1] if isinstance(edit, edits.AddText)), None)
    last = talk.edits[-1] if talk.edits else None
    listed = isinstance(last, edits.AddText) and not (clause.has("act", "add", *PUT) or clause.has("thing"))
    return last if listed and isinstance(last, edits.AddText) else None


def make_room(edit: edits.AddText, talk: Talk) -> None:
    """Let words of this message end where the next ones begin: ``"one" at 0:02, "two" at 0:04``."""
    last = talk.edits[-1] if talk.edits else None
    if not isinstance(last, edits.AddText) or len(last.where.stretches) != 1 or last.where.clock != edit.where.clock:
        return
    before, begins = last.where.stretches[0], edit.where.stretches[0].start
    if before.end is not None and before.end - before.start == _USUAL_S and before.start < begins < before.end:
        talk.edits[-1] = last.evolve(where=last.where.evolve(stretches=(before.evolve(end=begins),)))


def _at_end(place: Place, talk: Talk) -> bool:
    low, high = place.stretches[0]
    return len(place.stretches) == 1 and high == talk.stage.length and high - low <= _USUAL_S and low > 0


def _before_it(clause: Clause, talk: Talk) -> Where | None:
    """Return when the words are shown that others come after: ``"Emma" for 3 s, then "Jack" for 3 s``."""
    last = talk.edits[-1] if talk.edits else None
    if not (clause.has("word", "then") or (clause.joined and clause.items[0].said.lower() in _THEN)):
        return None
    if last is None and (spans := _there(talk)) and (spans[-1].end or 0) < talk.stage.length:
        return Where(stretches=spans[-1:])
    if not isinstance(last, edits.AddText) or len(last.where.stretches) != 1:
        return None
    stretch = last.where.stretches[0]
    ended = stretch.end is not None and stretch.start >= 0
    return Where(stretches=(stretch,), clock=last.where.clock) if ended else None


def _there(talk: Talk) -> tuple[Stretch, ...]:
    """Return when the words are shown that were spoken of last."""
    texts = talk.subject.texts if talk.subject is not None else None
    found = text_target.meant(talk.stage, texts) if texts is not None else []
    seconds = talk.stage.seconds
    return tuple(Stretch(start=seconds(clip.start), end=seconds(clip.end)) for clip, _ in found)


def _stretch(place: Place, low: Fraction, high: Fraction, length: Fraction) -> Stretch:
    """Return a stretch; one that closes the video counts from its end, so that it does when the video is cut too."""
    closing = place.clock == "video" and not (place.open or place.span) and high == length and low > length * _LATE
    return Stretch(start=low - length) if closing else Stretch(start=low, end=high)
