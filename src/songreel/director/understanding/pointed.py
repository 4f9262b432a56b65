"""Where “there” is: the place that the message before asked about, or at which it changed something."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from songreel.director.conversation import Past
from songreel.director.understanding import items, when
from songreel.director.understanding.item import Item
from songreel.director.understanding.places import Place
from songreel.director.understanding.stage import Stage
from songreel.model.edit import Where

_PUTS = ("add", "write", "show", "change")
_DRESSED = ("effect", "visualizer", "transition", "look", "grey", "tone", "degree", "color")


def resolved(found: Sequence[Item], stage: Stage) -> tuple[Item, ...]:
    """Return the items with “there” put at its place: ``when is the chorus?``, then ``add a flash right there``."""
    past = stage.situation.past
    asked = any(item.has("act", *_PUTS) or any(item.has(kind) for kind in _DRESSED) for item in found)
    # ``lose photo1 and use clip2 there`` is the place of photo1.
    named = any(item.place is not None or item.asset or item.has("ask") for item in found)
    if not past or not asked or named:
        return tuple(found)
    if (place := _spoken_of(past[-1], stage)) is None:
        return tuple(found)
    return tuple(replace(item, meanings=(), place=place) if item.has("reference", "there") else item for item in found)


def _spoken_of(past: Past, stage: Stage) -> Place | None:
    """Return the moment that a question was about, or the stretch in which a change was made."""
    changed = [where for edit in past.edits if isinstance(where := getattr(edit, "where", None), Where)]
    there = [where for where in changed if not (where.everywhere or where.outside or where.clips)]
    if past.edits:
        spans = [(each.start, each.end) for where in there[:1] for each in where.stretches]
        ends = tuple((low, stage.length if high is None else high) for low, high in spans if low >= 0)
        return Place(ends, there[0].clock, said=there[0].said) if ends else None
    message = items.read(past.words, stage.situation.assets, past.language)
    places = [item.place for item in when.find(message.text, message.items, stage) if item.place is not None]
    named = [place for place in places if place.stretches and not (place.whole or place.missing or place.outside)]
    return replace(named[0], point=True, open="") if len(named) == 1 else None
