"""Places in time: clocks, seconds, bars, sections, halves and shots in a message, put together and found."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

from songreel.director.understanding.item import Item
from songreel.director.understanding.parts import Read
from songreel.director.understanding.place_reader import PlaceReader
from songreel.director.understanding.places import Place
from songreel.director.understanding.stage import Stage

_ALL = ("everything", "all")
_VERBS = (("act", "begin"),)
"""What a word may ask for that leads to a place: ``start at the chorus``."""


def find(text: str, items: Sequence[Item], stage: Stage) -> tuple[Item, ...]:
    """Return the items with those that name a place in time put together into one item each."""
    reader = PlaceReader(text, items, stage)
    out: list[Item] = []
    at = 0
    while at < len(items):
        found = reader.place(at)
        if found is None or found[1] <= at:
            out.append(items[at])
            at += 1
            continue
        place, end = found
        if (
            place.open == "until"
            and out
            and out[-1].has("degree", "length+", "length-")
            and not items[at].said.isascii()
        ):
            # ``拉长到5秒`` says how long, not until when.
            out += items[at:end]
            at = end
            continue
        if place.open == "until" and (inside := _put_there(reader, items, at)):
            place, end = inside
        elif place.open == "until" and _from_then(items, at, end):
            place = replace(place, stretches=((place.stretches[-1][1], stage.length),), open="from")
        end = _played(place, items, at, end)
        if place.point and any(item.has("word", "then-on") for item in items[:at]):
            # What is stopped at a moment is gone from then on.
            place = replace(place, point=False, open="from")
        if any(item.said.lower() in ("than", "比") for item in items[max(at - 2, 0) : at]):
            # What is compared with is no place where anything is done: ``darker than the chorus``.
            at = end
            continue
        _only_leading(out, place)
        items = _unspared(items, end) if place.outside else items
        start, stop = items[at].start, items[end - 1].end
        said = text[start:stop]
        negated, contrast = items[end - 1].negated, items[end - 1].contrast
        verb = tuple(each for each in items[at].meanings if each in _VERBS and place.open == "from")
        place = replace(place, said=place.said or said)
        if out and _narrows(out[-1].place, place) and out[-1].end == start:
            out.pop()
        out.append(Item(said, start, stop, meanings=verb, place=place, negated=negated, contrast=contrast))
        at = end
    return tuple(out)


def _only_leading(out: list[Item], place: Place) -> None:
    """Let “both” and “everything” before places mean no things: ``both choruses``, ``everything after 0:20``."""
    both = bool(out) and len(place.stretches) > 1 and out[-1].has("reference", "both")
    if both or (out and (place.open or place.outside) and out[-1].said.lower() in _ALL):
        out[-1] = replace(out[-1], meanings=(("ignored", out[-1].said),))


def _unspared(items: Sequence[Item], begin: int) -> Sequence[Item]:
    """Return the items with nothing spared behind a place that is: ``can all but the chorus be blurry?``."""
    end = next((at for at in range(begin, len(items)) if items[at].mark), len(items))
    return [*items[:begin], *(replace(item, spared=False) for item in items[begin:end]), *items[end:]]


def _played(place: Place, items: Sequence[Item], at: int, end: int) -> int:
    """Return the item after ``is playing`` in ``while the chorus is playing``, which says nothing of its own."""
    if not (place.label and items[at].has("word", "while")):
        return end
    after = end + (end < len(items) and items[end].has("word", "complaint"))
    return after + 1 if after < len(items) and items[after].has("act", "show") else end


def _put_there(reader: PlaceReader, items: Sequence[Item], at: int) -> Read | None:
    """Read ``加到主歌``, ``用到副歌里``: a verb before “to” puts something into a part, which does not end there."""
    puts = at > 0 and items[at - 1].has("act", "add", "show", "move") and not items[at].said.isascii()
    inside = reader.place(at + 1) if puts else None
    return inside if inside is not None and inside[0].label and not inside[0].open else None


def _from_then(items: Sequence[Item], at: int, end: int) -> bool:
    """Tell whether something begins where a place leads: ``到副歌就变黑白``, but not ``到30秒就停``."""
    led = items[at].said.startswith("到") and end < len(items) and items[end].said.startswith("就")
    after = list(itertools.takewhile(lambda item: not item.mark, items[end:]))
    dressed = any(item.has(kind) for item in after for kind in ("effect", "grey", "tone", "degree", "look", "color"))
    return led and dressed and not any(item.has("act", "remove", "vanish", "finish") for item in after)


def _narrows(before: Place | None, place: Place) -> bool:
    """Tell whether a place only says how long the one before it is: ``片尾最后6秒``."""
    if before is None or not before.point or place.missing or not before.stretches or not place.stretches:
        return False
    (low, high), (begin, end) = before.stretches[0], place.stretches[0]
    return not place.open and before.clock == place.clock and (high == end or low == begin == 0)
