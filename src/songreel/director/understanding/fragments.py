"""The pieces of a sentence between soft marks, joining words and spaces that stand for commas."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from songreel.director.understanding import belonging, onward
from songreel.director.understanding.complete import headed, valued
from songreel.director.understanding.item import Item, last_line, spaced

_WAITING = ("等", "直到")
_WHILE = frozenset({"when", "while", "as"})
_SOFT = frozenset(",，、&+/")
_LISTED = ("photo", "footage", "media")


def of(sentence: Sequence[Item]) -> Iterator[tuple[bool, list[Item]]]:
    """Yield the pieces between soft marks and joining words; ``joined`` tells those after a joining word."""
    fragment: list[Item] = []
    joined = False
    for at, item in enumerate(sentence):
        opened = any(each.place is not None and each.place.open for each in fragment)
        if fragment and _comes_apart(sentence, at, fragment) and (opened or not _alike(fragment, sentence[at:])):
            yield joined, fragment
            fragment, joined = [], False
        apart = item.has("act", "add") and _taken_away(fragment)
        apart = apart or (item.place is not None and _said_there(fragment)) or _meanwhile(sentence, at)
        apart = apart or belonging.comes_with(fragment, sentence[at:]) or onward.begins(sentence, at, fragment)
        if apart or (item.has("act", "keep") and _spares(fragment, sentence[at + 1 :])):
            yield joined, fragment
            fragment, joined = [], False
        soft = item.mark and item.said in _SOFT and not _signs(sentence, at)
        joins = (
            item.joins
            and item.place is None
            and not (
                _once(sentence, at) or _reached(sentence, at) or _once_more(item, fragment) or last_line(sentence, at)
            )
        )
        if soft and fragment and all(each.silent or each.spared or each.has("word", "except") for each in fragment):
            soft = False
        if (soft or joins) and _alike(fragment, sentence[at + 1 :]):
            soft = joins = False
        if soft or joins:
            if fragment:
                yield joined, fragment
                fragment = []
                joined = joins
            joined = joined or joins
            if joins:
                fragment.append(item)
                continue
        else:
            fragment.append(item)
    yield joined, fragment


def _signs(sentence: Sequence[Item], at: int) -> bool:
    """Tell whether a “+” is the sign of the number behind it: ``contrast +15``."""
    after = sentence[at + 1] if at + 1 < len(sentence) else None
    return after is not None and after.quantity is not None and bool(after.quantity.more) and sentence[at].said == "+"


def _comes_apart(sentence: Sequence[Item], at: int, fragment: Sequence[Item]) -> bool:
    """Tell whether a space stands for a comma, behind a name in Latin letters too: ``前半段放clip1 后半段放clip2``."""
    before, item = sentence[at - 1], sentence[at]
    again = item.place is not None and any(each.place is not None for each in fragment)
    named = again and before.asset is not None and item.start > before.end
    return named or spaced(before, item)


def _reached(sentence: Sequence[Item], at: int) -> bool:
    """Tell whether “the end” is only what something lasts until: ``一直到最后``."""
    return (
        at > 0
        and sentence[at].has("word", "finish")
        and (sentence[at - 1].has("word", "to", "until") or sentence[at - 1].has("act", "move"))
    )


def _once(sentence: Sequence[Item], at: int) -> bool:
    """Tell whether “then” belongs to the moment before it: ``标题0:15再出现``."""
    if sentence[at].said.isascii() or at == 0 or not sentence[at].has("act"):
        return False
    before = next((item for item in sentence[:at][::-1] if not item.silent), None)
    waited = before is not None and before.said.startswith(_WAITING)
    return sentence[at - 1].place is not None or (waited and before is not None and before.place is not None)


def _once_more(item: Item, fragment: Sequence[Item]) -> bool:
    """Tell whether “再” is “more” of what was only named before it: ``颗粒再明显一点``, but not ``加颗粒再调亮``."""
    named = ("thing", "effect", "visualizer", "reference", "dimension")
    if item.said.lower() == "also":
        # ``glitch also in the intro``
        bare = [each for each in fragment if not each.silent]
        return bool(bare) and all(any(each.has(kind) for kind in named) and not each.has("act") for each in bare)
    denied = item.said == "再" and bool(fragment) and fragment[-1].has("negator")
    return denied or (
        item.said == "再"
        and any(not each.silent for each in fragment)
        and all(
            each.silent
            or each.place is not None
            or each.quote is not None
            or each.has("word", "shown")
            or (any(each.has(kind) for kind in named) and not each.has("act"))
            for each in fragment
        )
    )


def _meanwhile(sentence: Sequence[Item], at: int) -> bool:
    """Tell whether words begin that ask for something of their own: ``keep the title when you turn it square``."""
    if sentence[at].said.lower() not in _WHILE or at + 2 >= len(sentence):
        return False
    return sentence[at + 1].said.lower() == "you" and sentence[at + 2].has("act", "change", "add", "remove", "move")


def _spares(fragment: Sequence[Item], after: Sequence[Item]) -> bool:
    """Tell whether a verb parts what is to be done from what is to stay: ``change the colors without touching it``."""
    first = next((item for item in after if not item.silent), None)
    named = first is not None and any(first.has(kind) for kind in ("thing", "visualizer", "effect", "transition"))
    asked = any((item.has("act") and not item.has("act", "only", "hold")) or item.has("degree") for item in fragment)
    return named and asked


def _said_there(fragment: Sequence[Item]) -> bool:
    """Tell whether a fragment says of one place how fast it is, so that another place begins anew: ``前面慢后面快``."""
    said = [item for item in fragment if not item.silent and not item.mark]
    kinds = ("degree", "pace", "grey", "tone", "transition")
    return len(said) == 2 and said[0].place is not None and any(said[1].has(kind) for kind in kinds)


def _taken_away(fragment: Sequence[Item]) -> bool:
    """Tell whether a fragment says what is to be removed already: ``remove the spectrum add grain``."""
    acts = [at for at, item in enumerate(fragment) if item.has("act", "remove")]
    return bool(acts) and any(
        item.has(kind) for item in fragment[acts[0] + 1 :] for kind in ("thing", "visualizer", "effect", "transition")
    )


def _alike(before: Sequence[Item], after: Sequence[Item]) -> bool:
    """Tell whether what stands on both sides of a joining word is of one kind, such as two colors: a list."""
    one = next((item for item in reversed(before) if not item.silent and not item.mark), None)
    other = next((item for item in after if not filler(item)), None)
    if one is None or other is None or any(item.place is not None and item.place.rest for item in after[:3]):
        return False
    if (one.place is not None and belonging.denied_after(after)) or _elsewhere(one, before, after):
        return False
    if one.place is not None and other.place is not None and any(each.has("praise") for each in after[:5]):
        # ``brighten up the verses, the choruses are fine``
        return False
    if one.has("color") and any(each.has("act", "keep", "hold", "linger") for each in after[:4]):
        # ``swap the orange for green, black can stay``
        return False
    if one.has("thing", *_LISTED) and other.has("thing", "video") and any(each.has("word", "mixed") for each in after):
        # ``副歌里照片和视频交替``
        return True
    if one.has("thing", *_LISTED) and other.has("thing", *_LISTED) and _denied_apart(before, after):
        return False
    then = any(each.has("word", "then") for each in after[:2])
    if belonging.against(one, other) and (then or any(each.place is not None for each in after[:4])):
        # ``darker, but brighter in the chorus``
        return False
    both = ("color", "effect", "degree", "look", "scene", "position")
    if one.has("mood") and other.has("mood") and not (one.has("degree") or other.has("degree")):
        # ``calm and dreamy``
        return True
    if (
        one.has("thing", *_LISTED)
        and other.has("thing", *_LISTED)
        and not any(each.has("word", "then") for each in after[:3])
    ):
        return True
    return (
        any(one.has(kind) and other.has(kind) for kind in both)
        or any(
            getattr(one, name) is not None and getattr(other, name) is not None for name in ("color", "asset", "place")
        )
        or bool((one.color and other.has("color")) or (other.color and one.has("color")))
        or bool(_bare_number(one) and _bare_number(other))
        or belonging.fades_both(one, other, before, after)
    )


def _denied_apart(before: Sequence[Item], after: Sequence[Item]) -> bool:
    """Tell whether what follows is not wanted, where what comes before is: ``全部用视频素材，照片一张都不要``."""
    behind = list(itertools.takewhile(lambda item: not item.mark, after))
    wanted = any(item.has("act", "show", "only", "add") for item in before)
    return wanted and not _denies(before) and _denies(behind)


def _denies(items: Sequence[Item]) -> bool:
    return any(item.has("negator") or item.has("act", "remove") for item in items)


def _elsewhere(one: Item, before: Sequence[Item], after: Sequence[Item]) -> bool:
    """Tell whether something else is done with what stands behind a joining word: ``左上角，底部再加一条波形``."""
    complete = headed(before) and valued(before)
    behind = list(itertools.takewhile(lambda item: not item.mark, after))
    if one.place is not None and complete and any(item.place is not None for item in after[:3]):
        # ``no title after 0:08, and from the chorus on add a glitch``
        rest = [item for item in behind if item.place is None]
        return any(item.has("act", "add", "remove", "write") for item in rest) and headed(rest)
    if one.has("position") and complete:
        return headed(behind)
    return one.has("effect") and onward.differs(before, after)


def _bare_number(item: Item) -> bool:
    quantity = item.quantity
    return quantity is not None and quantity.kind == "amount" and not quantity.unit


def filler(item: Item) -> bool:
    """Tell whether an item says nothing of its own: small words, marks, words that join, shades of colors."""
    return item.silent or item.mark or item.joins or item.has("shade")
