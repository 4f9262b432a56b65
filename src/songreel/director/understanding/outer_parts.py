"""The beginning, the middle and the end as parts of the video: ``make the ending darker``, ``只在中间加颗粒``."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from fractions import Fraction

from songreel.director.understanding.item import Item
from songreel.director.understanding.parts import Read
from songreel.director.understanding.places import Place
from songreel.director.understanding.row import Row

_ARTICLES = ("the", "its")
_ENDS = ".!?;。！？；"
_DRESS = ("effect", "grey", "tone", "look", "mood", "color", "transition", "visualizer")
_QUALITIES = ("brightness", "contrast", "saturation", "warmth", "pace", "volume", "urge")
_SHOWN = ("cuts", "shots", "picture", "transitions", "palette", "look")
_WORDS = ("text", "title", "artist", "subtitle", "caption", "lyric", "logo")
_LENGTH = Fraction(1, 4)


def read(row: Row, at: int) -> Read | None:
    """Return the part and the item after it; None where no part is named, or nothing is done with how it looks."""
    named = row.is_(at, "word", "begin", "finish", "first", "last", "midst") and _as_noun(row, at)
    if not named or row.items[at].negated or row.is_(at + 1, "word", "of") or row.is_(row.over(at + 1), "section"):
        return None
    if not _looked_after(row.items, at, led=_led(row, at)):
        return None
    length = row.stage.length
    if row.is_(at, "word", "midst"):
        return Place(((length / 3, length * 2 / 3),)), at + 1
    if row.is_(at, "word", "begin", "first"):
        return Place(((Fraction(0), length * _LENGTH),)), at + 1
    closing = row.stage.parts[-1].start - row.stage.ahead("song") if row.stage.parts else length
    return Place(((closing if 0 < closing < length else length * (1 - _LENGTH), length),)), at + 1


def _as_noun(row: Row, at: int) -> bool:
    """Tell whether a part is named: ``the ending``, ``开头的画面``, ``中间``; “first” and “start” alone are none."""
    said = row.items[at].said
    if said.isascii():
        before = row.items[at - 1].said.lower() if at else ""
        return before.split(" ")[-1] in _ARTICLES and not row.is_(at, "word", "first", "last")
    return row.is_(at, "word", "midst") or (said.endswith("的") and row.is_(at + 1, "thing", "picture", "transitions"))


def _led(row: Row, at: int) -> bool:
    """Tell whether something is only said to be there: ``in the ending``, ``只在中间加颗粒``, not ``放在中间``."""
    before, said = row.items[at - 1] if at else None, row.items[at].said
    if not said.isascii() and not list(_until_mark(row.items[at + 1 :])):
        return False
    opens = before is None or before.mark
    return (opens and not said.isascii()) or (
        before is not None and (before.has("word", "in", "for") or before.said.endswith("在"))
    )


def _looked_after(items: Sequence[Item], at: int, *, led: bool) -> bool:
    """Tell whether how a part looks or sounds is what a segment is about, and nothing that comes and goes."""
    segment = [*_until_mark(items[:at][::-1]), *_until_mark(items[at + 1 :])]
    sentence = [*_sentence(items[:at][::-1]), *_sentence(items[at + 1 :])]
    timed = any(item.quantity or item.quote or item.asset or item.has("fade") for item in segment)
    done = any(item.has("act", "trim", "remove", "move", "hold", "begin", "finish") for item in segment)
    worded = any(item.has("thing", *_WORDS) for item in segment)
    # ``a circle in the middle instead of bars`` stands in the middle of the picture.
    stands = items[at].has("word", "midst") and any(item.has("visualizer") or item.has("form") for item in segment)
    return not (timed or done or worded or stands) and any(_dresses(item, led=led) for item in sentence)


def _dresses(item: Item, *, led: bool) -> bool:
    quality = (item.value("degree") or "")[:-1]
    shown = (
        item.has("thing", *_SHOWN) or item.has("sync") or item.has("dimension", "volume") or item.has("word", "another")
    )
    return any(item.has(kind) for kind in _DRESS) or quality in _QUALITIES or item.has("act", "mute") or (led and shown)


def _until_mark(items: Iterable[Item]) -> Iterable[Item]:
    return itertools.takewhile(lambda item: not item.mark and not item.has("turn"), items)


def _sentence(items: Iterable[Item]) -> Iterable[Item]:
    return itertools.takewhile(lambda item: not (item.mark and item.said in _ENDS), items)
