"""How far words reach that say what is not wanted, or what is to stay as it is."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace

from songreel.director import lexicon
from songreel.director.understanding.item import Item, spaced

_NAMED = (
    "thing", "visualizer", "effect", "transition", "look", "mood", "scene", "style", "color", "position", "shape",
    "grey", "tone", "fade", "degree", "ink", "platform", "form",
)  # fmt: skip
_NOUNS = ("thing", "visualizer", "effect", "transition")
_DONE = ("add", "show", "write", "change")
_JOINING = ("and", "then", "&", "plus")
_RESUMING = ("都", "全都", "统统", "一律")
"""Words behind what is spared that go on with all the rest: ``除了副歌都改硬切``."""
_ENDS = ".!?。！？"
_LINKING = "'/&、"
"""Marks that part no sentence."""


def reached(items: Sequence[Item]) -> tuple[Item, ...]:
    """Return the items with those told that are not wanted, or that are spared."""
    return tuple(_spared(_before(list(_after(_kept(_surely(items)))))))


def _surely(items: Sequence[Item]) -> list[Item]:
    """Return the items with what only asks for agreement denying nothing: ``isn't the contrast a bit much?``."""
    out = list(items)
    starts = [at for at in range(len(out)) if at == 0 or out[at - 1].mark]
    for at in starts:
        ends = next((item.said for item in out[at:] if item.mark and item.said in _ENDS), "")
        if out[at].has("negator") and out[at].said.lower() in lexicon.of_all("openers") and ends == "?":
            out[at] = replace(out[at], meanings=(("word", "surely"),))
    return out


def _kept(items: Sequence[Item]) -> list[Item]:
    """Return the items with verbs that forbid to take something away told to keep it: ``don't lose the title``."""
    out = list(items)
    for at, item in enumerate(out[:-1]):
        if item.has("word", "forbid") and out[at + 1].has("act", "remove") and not out[at + 1].has("word", "forbid"):
            out[at] = replace(item, meanings=(("ignored", item.said),))
            out[at + 1] = replace(out[at + 1], meanings=(("act", "keep"),))
    return out


def _after(items: Sequence[Item]) -> Iterator[Item]:
    """Yield the items with those negated that follow a negator, up to a mark or a turn of the sentence."""
    reach = max(grammar.reach for grammar in lexicon.grammars())
    left, contrast, removing, joined = 0, False, False, False
    for at, item in enumerate(items):
        fresh = joined and item.has("act")
        joined = item.said.lower() in _JOINING or (joined and item.silent)
        if item.has("word", "instead"):
            left, contrast = reach, True
        elif item.has("word", "except"):
            left = 0
        elif item.has("negator"):
            left, contrast, removing = reach, False, item.has("act", "remove")
        elif left and ((removing and item.has("act", "add")) or (contrast and item.has("act", *_DONE))):
            # ``remove the spectrum and add grain`` wants the grain.
            left = 0
        elif fresh or _exchanges(items, at) or (contrast and _wished(items, at)):
            # ``get rid of the spectrum and put the title at the top`` wants it there.
            left = 0
        elif _ends(items, at) or _comes_apart(items, at) or _denied_before(items, at) or _compares_anew(items, at):
            left = 0
        elif left:
            left -= 1
            yield replace(item, negated=True, contrast=contrast)
            continue
        yield item


def _wished(items: Sequence[Item], at: int) -> bool:
    """Tell whether what is wanted begins: ``instead of just vanishing | the title should fade out``."""
    after = items[at + 1] if at + 1 < len(items) else None
    return items[at].has("thing") and after is not None and after.has("word", "wish")


def _ends(items: Sequence[Item], at: int) -> bool:
    """Tell whether an item ends what a negator reaches; in ``不是要暗`` the turn only goes on with it."""
    goes_on = at > 0 and items[at].said == "要" and items[at - 1].has("negator")
    return _parts(items[at]) and not goes_on


def _exchanges(items: Sequence[Item], at: int) -> bool:
    """Tell whether something takes the place of what goes: ``标题不要了换成歌手名``."""
    before = next((item for item in items[:at][::-1] if not item.silent and item.said != "了"), None)
    if before is None or items[at].said.isascii() or not items[at].has("act", "change"):
        return False
    return (before.has("negator") and before.has("act", "remove") and at > 1) or before.has("color")


def _comes_apart(items: Sequence[Item], at: int) -> bool:
    """Tell whether a space stands for a comma before an item: ``去掉标题 画面亮一点``."""
    before = items[at - 1]
    # ``标题去掉 快一点``: what is taken away stands before it.
    after = before.has("act", "remove") and at > 1 and not (items[at - 2].mark or spaced(items[at - 2], before))
    return at > 0 and (after or not before.has("negator")) and spaced(before, items[at])


def _denied_before(items: Sequence[Item], at: int) -> bool:
    """Tell whether a mark stands right behind a negator, which denies what is before it: ``颗粒去掉、暗一些``."""
    before = next((item for item in items[:at][::-1] if not item.silent), None)
    return items[at].mark and before is not None and before.has("negator") and not before.said.isascii()


def _compares_anew(items: Sequence[Item], at: int) -> bool:
    """Tell whether a quality is compared behind a thing that is not wanted: ``no grain and warmer colors``."""
    if not (items[at].has("degree") or items[at].said.lower().split(" ")[0].endswith("er")):
        return False
    begin = next((place for place in range(at, 0, -1) if not items[place - 1].silent or items[place - 1].joins), 0)
    before = items[begin - 1] if begin else None
    if before is None or not (before.mark or before.joins):
        return False
    denied = itertools.takewhile(lambda item: not item.has("negator"), items[: begin - 1][::-1])
    return any(item.has(kind) for item in denied for kind in _NOUNS)


def _parts(item: Item) -> bool:
    return (item.mark and item.said not in _LINKING) or (item.has("turn") and not item.has("act"))


def _before(items: list[Item]) -> list[Item]:
    """Negate what stands before a negator that nothing follows: ``the title should not be there in the intro``."""
    afterwards = lexicon.of_all("denials")
    for at, item in enumerate(items):
        denies = item.said.lower() in afterwards and item.has("negator")
        if not denies or any(_named(each) for each in _stretch(items[at + 1 :])):
            continue
        if at and spaced(items[at - 1], item):
            continue
        begin = at - len(list(_stretch(items[:at][::-1])))
        items[begin:at] = [replace(each, negated=True) if _named(each) else each for each in items[begin:at]]
    return items


def _stretch(items: Sequence[Item]) -> Iterator[Item]:
    before: Item | None = None
    for item in items:
        if _parts(item) or (before is not None and (spaced(before, item) or spaced(item, before))):
            return
        yield item
        before = item


def _named(item: Item) -> bool:
    return item.quote is not None or item.asset is not None or any(item.has(kind) for kind in _NAMED)


def _noun(item: Item) -> bool:
    return item.quote is not None or item.asset is not None or any(item.has(kind) for kind in _NOUNS)


def _spared(items: Sequence[Item]) -> Iterator[Item]:
    """Yield the items with those spared that follow a word for “except”."""
    sparing, before = False, None
    for item in items:
        if item.has("word", "except"):
            # ``nothing except my clips`` wants them.
            sparing = before is None or not before.has("negator")
        elif sparing and (_parts(item) or item.said in _RESUMING or (item.has("act") and not item.has("ignored"))):
            sparing = False
        elif sparing and _noun(item):
            yield replace(item, spared=True)
            continue
        before = before if item.silent else item
        yield item
