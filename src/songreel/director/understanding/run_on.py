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
        elif (video and _begins(row, at)) or _elsewhere(row, at):
            yield at
        video = video or _video(item)


def _begins(row: Sequence[Item], at: int) -> bool:
    return _relative(row, at) or _named(row, at) or _straight_on(row, at) or _cut(row, at)


def _elsewhere(row: Sequence[Item], at: int) -> bool:
    """Tell whether a part is spoken of behind the color of the whole: ``整个视频要红色调，副歌的时候…``."""
    place, before = row[at].place, [item for item in row[:at] if not item.mark]
    if place is None or place.whole or not before or not row[at - 1].mark:
        return False
    whole = any(item.place is not None and item.place.whole for item in before)
    parts = any(item.place is not None and not item.place.whole for item in before)
    return whole and not parts and not any(_worded(item) for item in before)


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


def _cut(row: Sequence[Item], at: int) -> bool:
    """Tell whether a rhythm follows words and their place: ``title "GOLD" at the end cut on every beat``."""
    before = _before(row, at)
    worded = any(item.quote is not None for item in row[:at])
    return row[at].has("thing", "cuts") and worded and (before.place is not None or before.quote is not None)


def _straight_on(row: Sequence[Item], at: int) -> bool:
    """Tell whether a part of the video is spoken of right behind it: ``竖屏视频最后5秒写“再见”``."""
    item, before = row[at], row[at - 1]
    if not _video(before) or item.said.isascii():
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
