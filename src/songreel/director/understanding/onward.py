"""Where a sentence goes on with another request and no mark says so: ``make it darker add grain``.

People who type in haste leave marks out. A verb that asks for something, behind what says all of its own, begins anew.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from songreel.director import lexicon
from songreel.director.understanding.complete import headed, valued
from songreel.director.understanding.item import Item

_ASKING = ("add", "remove", "change", "move", "write")
_NOUNS = ("thing", "effect", "transition", "visualizer", "section", "degree", "fade", "history")
_STARTS = frozenset({"make", "put", "give", "set", "turn", "use", "bring"})
_QUALITIES = ("color", "position", "look", "style", "effect", "transition", "visualizer")
_POLITE = frozenset({"please", "pls", "plz", "too", "now"})
_MARKED = ("、", "/", "&", "+", ",", "，")


def begins(sentence: Sequence[Item], at: int, fragment: Sequence[Item]) -> bool:
    """Tell whether something of its own is asked for from here on."""
    if not fragment or sentence[at].mark or sentence[at].joins:
        return False
    return _asks(sentence, at, fragment) or _of_both(sentence[at], fragment) or _exchanged(sentence, at)


def _asks(sentence: Sequence[Item], at: int, fragment: Sequence[Item]) -> bool:
    item, before = sentence[at], sentence[at - 1]
    verb = item.said.isascii() and (item.said.lower() in _STARTS or item.has("act", *_ASKING))
    if not verb or any(item.has(kind) for kind in _NOUNS) or item.negated or _switches(item):
        return False
    led = before.mark or before.joins or before.has("negator") or _small(before)
    led = led or (before.silent and before.said.lower() not in _POLITE) or (before.has("act") and not headed([before]))
    led = led or (before.place is not None and before is not fragment[0] and _begun(fragment))
    contrasted = any(each.contrast or each.has("word", "instead", "except", "before", "after") for each in fragment)
    complete = headed(fragment) and valued(fragment) and not (contrasted or _only_leads(fragment) or _wishes(fragment))
    return complete and not led and _goes_on(sentence[at + 1 :])


def _switches(item: Item) -> bool:
    """Tell whether a word takes away what stands before it: ``grain off in the chorus``, ``grain out of the intro``."""
    return item.said.lower() == "out of" or item.said.lower() in lexicon.of_all("switches")


def _wishes(fragment: Sequence[Item]) -> bool:
    """Tell whether only of what something is asked for is said: ``can "hello" | go to the top?``."""
    said = [item for item in fragment if not item.silent]
    asked = any(item.has(kind) for item in said for kind in ("degree", "color", "position", "style"))
    asked = asked or any(item.has("act") and not item.has("ignored") for item in said)
    return bool(said) and said[0].has("ask", "suggest") and not asked


def _begun(fragment: Sequence[Item]) -> bool:
    """Tell whether a place only leads to what follows: ``…, and in the chorus | add grain``."""
    said = [item for item in fragment if not item.silent]
    return len(said) > 1 and (said[-2].mark or said[-2].joins)


def _only_leads(fragment: Sequence[Item]) -> bool:
    """Tell whether nothing but a place is said: ``also for the chorus only | put a waveform``."""
    told = (item for item in fragment if not (item.silent or item.mark or item.joins or _small(item)))
    return all(item.place is not None or item.has("act", "only", "also") for item in told)


def _small(item: Item) -> bool:
    return item.has("word") and all(kind in ("word", "ignored") for kind, _ in item.meanings)


def _goes_on(after: Sequence[Item]) -> bool:
    """Tell whether a verb has anything to be about."""
    return any(not item.silent for item in itertools.takewhile(lambda item: not item.mark, after))


def _of_both(item: Item, fragment: Sequence[Item]) -> bool:
    """Tell whether what two have in common is said: ``"one" at the start and "two" at the end | both in white``."""
    return item.has("reference", "both") and any(each.quote is not None for each in fragment)


def _exchanged(sentence: Sequence[Item], at: int) -> bool:
    """Tell whether something takes the place of what goes: ``标题不要了 | 换成歌手名``."""
    before = next((item for item in sentence[:at][::-1] if not (item.silent or _small(item))), None)
    if before is None or before.said.isascii() or sentence[at].said.isascii() or not sentence[at].has("act", "change"):
        return False
    denied = before.negated and any(before.has(kind) for kind in _QUALITIES)
    return denied or before.has("act", "remove") or before.has("negator")


def differs(before: Sequence[Item], after: Sequence[Item]) -> bool:
    """Tell whether what is joined is done something else with: ``add a vignette and film grain off``."""
    one = next((item for item in before if _done(item)), None)
    other = next((item for item in _until_mark(after) if _done(item)), None)
    told = {value for kind, value in (one.meanings if one else ()) if kind == "act"}
    both = one is not None and other is not None and not other.silent
    return both and other is not None and not any(other.has("act", value) for value in told)


def _done(item: Item) -> bool:
    return item.has("act", "add", "remove") and not any(item.has(kind) for kind in ("thing", "section", "degree"))


def _until_mark(items: Sequence[Item]) -> Iterator[Item]:
    return itertools.takewhile(lambda item: not ((item.mark and item.said in _MARKED) or item.joins), items)
