"""Stretches of time for which words are on the picture: ``while HALO is on screen``, ``标题出现的时候``."""

from __future__ import annotations

from songreel.director.understanding.parts import Read
from songreel.director.understanding.places import Place
from songreel.director.understanding.references import ROLES
from songreel.director.understanding.row import Row
from songreel.model.timeline import Clip

_LEAST = 2
"""Letters of words on the picture that are known again without quotation marks."""


def read(row: Row, at: int) -> Read | None:
    """Return the place, and the item after it; None where no words that are there are spoken of in this way."""
    lasting, led = row.is_(at, "word", "during"), row.is_(at, "word", "while", "during")
    begin = row.over(at + 1) if led else at
    named = _named(row, begin) if begin < len(row.items) else None
    if named is None:
        return None
    clips, after = named
    end = _shown(row, after)
    closed = row.is_(end or after, "word", "meanwhile", "spot") and row.wide(end or after)
    if not (closed or (led and (end or lasting))):
        return None
    seconds = row.stage.seconds
    spans = tuple(sorted({(seconds(clip.start), seconds(clip.end)) for clip in clips}))
    return Place(spans), (end or after) + (1 if closed else 0)


def _named(row: Row, at: int) -> tuple[list[Clip], int] | None:
    """Return the clips of the words that are named at an item, and the item after their name."""
    item = row.items[at]
    ahead = row.text[item.start :].lower()
    for clip, source in row.stage.texts:
        words = source.text.strip().lower()
        if item.quote is not None and item.quote.strip().lower() == words:
            return [clip], at + 1
        if item.quote is None and len(words) >= _LEAST and ahead.startswith(words):
            end = item.start + len(words)
            return [clip], next((next_ for next_, one in enumerate(row.items) if one.start >= end), len(row.items))
    roles = {role for role in ROLES if item.has("thing", role)}
    every = item.has("thing", "text", "caption") and not roles
    clips = [clip for clip, source in row.stage.texts if every or source.role in roles]
    return (clips, at + 1) if clips and (roles or every) else None


def _shown(row: Row, at: int) -> int:
    """Return the item after the words that say that something is there to be seen; 0 where none do."""
    end = 0
    while at < len(row.items):
        item = row.items[at]
        shown = item.has("word", "shown") or item.has("topic", "seen")
        if not shown and (item.mark or not (item.silent or item.has("word", "complaint"))):
            break
        end = at + 1 if shown else end
        at += 1
    return end
