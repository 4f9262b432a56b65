"""A first message that goes on without a mark: ``a dark vertical video with the title GOLD at the end``.

What the video is to be like holds for all of it; the title is at the end alone. So a mark is set where words, or
anything in one place, begin to be spoken of.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from songreel.director import lexicon
from songreel.director.understanding.item import Item

_WORDED = ("title", "artist", "text", "subtitle", "caption")
_ACTS = ("write", "add", "show", "begin", "finish")


def parted(row: Sequence[Item]) -> list[Item]:
    """Return the items of a message with a mark before what a video is said to have: ``…; with the title GOLD …``."""
    breaks = set(_breaks(row))
    out: list[Item] = []
    for at, item in enumerate(row):
        if at in breaks:
            out.append(Item(";", item.start, item.start))
        out.append(item)
    return out


def _breaks(row: Sequence[Item]) -> Iterator[int]:
    video = False
    for at, item in enumerate(row):
        if item.mark:
            video = False
        elif video and (_relative(row, at) or _named(row, at) or _straight_on(row, at)):
            yield at
        video = video or _video(item)


def _video(item: Item) -> bool:
    return item.has("thing", "video") or item.has("again", "create")


def _relative(row: Sequence[Item], at: int) -> bool:
    """Tell whether a word leads to words or to a part of the video: ``with``, ``that``, but not ``ends with``."""
    if row[at].said.lower() not in lexicon.of_all("relatives") or _before(row, at).has("act", *_ACTS):
        return False
    return any(_worded(item) or (item.place is not None and not item.place.whole) for item in _stretch(row, at + 1))


def _named(row: Sequence[Item], at: int) -> bool:
    """Tell whether a title or an artist is named here, with no word that leads to it: ``20 seconds title "GOLD"``."""
    if not row[at].has("thing", *_WORDED[:2]) or not any(item.quote is not None for item in row[at + 1 : at + 4]):
        return False
    before = row[at - 1]
    return not (before.silent or before.has("act") or before.said.lower() in lexicon.of_all("relatives"))


def _straight_on(row: Sequence[Item], at: int) -> bool:
    """Tell whether a part of the video is spoken of right behind it: ``竖屏视频最后5秒写“再见”``."""
    item, before = row[at], row[at - 1]
    if not _video(before) or before.said.isascii():
        return False
    placed = item.place is not None and not item.place.whole
    return (placed or item.has("act", "write", "add")) and any(_worded(each) for each in _stretch(row, at))


def _worded(item: Item) -> bool:
    return item.quote is not None or item.has("thing", *_WORDED)


def _before(row: Sequence[Item], at: int) -> Item:
    return next((item for item in row[:at][::-1] if not item.silent), row[0])


def _stretch(row: Sequence[Item], at: int) -> Iterator[Item]:
    for item in row[at:]:
        if item.mark:
            return
        yield item
