"""What lies over the frame, as it is called while something does: ``the overlay``, ``the small video``, ``小视频``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from songreel.director.understanding.item import Item
from songreel.model.timeline import Timeline

_WORDS = ("text", "title", "artist", "subtitle", "caption", "lyric")
_CALLED = {("thing", "laid"), ("thing", "inset")}


def named(items: Sequence[Item], timeline: Timeline | None) -> tuple[Item, ...]:
    """Return the items with such names meaning what is laid over the frame, or what else they mean where nothing is."""
    laid = timeline is not None and bool(timeline.clips("overlay"))
    return tuple(
        _meant(item, there=laid and not _before_words(items, at)) if item.has("thing", "laid") else item
        for at, item in enumerate(items)
    )


def _before_words(items: Sequence[Item], at: int) -> bool:
    """Tell whether words of the video are spoken of: ``the overlay text``."""
    return any(item.has("thing", *_WORDS) for item in items[at + 1 : at + 2])


def _meant(item: Item, *, there: bool) -> Item:
    if there:
        inset = (("thing", "inset"),) if item.has("thing", "inset") else ()
        return replace(item, meanings=(("thing", "logo"), ("thing", "laid"), *inset))
    return replace(item, meanings=tuple(meaning for meaning in item.meanings if meaning not in _CALLED))
