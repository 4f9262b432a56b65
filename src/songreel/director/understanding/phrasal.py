"""Verbs whose particle stands apart: ``take the grain off`` is “take off”, ``leave the title out`` “leave out”."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache

from songreel.director import lexicon
from songreel.director.tokens import stem
from songreel.director.understanding.item import Item

_KINDS = ("act", "degree", "fade")
_THINGS = ("thing", "visualizer", "effect", "transition")
_ON = (("act", "add"),)
_OFF = (("act", "remove"),)
_STOPPED = (("act", "remove"), ("word", "then-on"))
_KEPT = (("act", "keep"),)
_HELD = (("act", "hold"),)
_SHOWN = (("act", "show"),)
_MOVED = (("act", "move"),)
_THERE = ("in", "at", "on", "to", "into", "onto", "under", "below", "above", "next", "over")
_REACH = 7
"""How many items a particle may stand behind its verb."""

Meanings = tuple[tuple[str, str], ...]


def joined(items: Sequence[Item]) -> tuple[Item, ...]:
    """Return the items with verbs that mean what they mean with their particle, which then says nothing by itself."""
    out = list(items)
    spent: set[int] = set()
    for at, item in enumerate(out):
        particles = _verbs().get(stem(item.said.lower()))
        if particles is None or item.quote is not None or item.has("thing", "fade"):
            continue
        apart = _particle(out, at, particles)
        if apart is not None and apart not in spent:
            # In ``draw the dissolves out`` the particle is that of the first verb.
            spent.add(apart)
            said = _alone(out[apart])
            out[at] = replace(item, meanings=particles[said])
            out[apart] = replace(out[apart], meanings=(("ignored", said),))
    out = [replace(item, meanings=_SHOWN) if _flashes(out, at) else item for at, item in enumerate(out)]
    out = [_counted(item) if _one_more(out, at) else item for at, item in enumerate(out)]
    out = [replace(item, meanings=_MOVED) if _goes_there(out, at) else item for at, item in enumerate(out)]
    out = [replace(item, meanings=_OFF) if _switched_off(out, at) else item for at, item in enumerate(out)]
    out = [replace(item, meanings=_ON) if _switched_on(out, at) else item for at, item in enumerate(out)]
    out = [replace(item, meanings=_STOPPED) if _stopped(out, at) else item for at, item in enumerate(out)]
    return tuple(_forbidden(out))


def _forbidden(items: list[Item]) -> list[Item]:
    """Let what is forbidden to go be kept, and what is forbidden to vanish be held."""
    prohibitions = lexicon.of_all("prohibitions")
    for at, item in enumerate(items):
        if item.said.lower() not in prohibitions and not item.has("word", "forbid"):
            continue
        verb = _gone(items, at)
        if verb is not None:
            if item.said.lower() == "no" and not (_taking(items[verb]) or _about_a_thing(items[verb + 1 :])):
                continue
            held = _HELD if items[verb].has("act", "vanish") else _KEPT
            items[at] = replace(item, meanings=(("ignored", item.said),))
            items[verb] = replace(items[verb], meanings=held)
            for after in range(verb + 1, len(items)):
                if not items[after].has("act", "remove", "vanish"):
                    break
                items[after] = replace(items[after], meanings=(("ignored", items[after].said),))
    return items


def _gone(items: Sequence[Item], at: int) -> int | None:
    """Return where the verb stands that a word forbids, right behind it or behind what it would happen to."""
    caused, strange = False, 0
    for place in range(at + 1, min(at + 1 + _REACH, len(items))):
        item = items[place]
        if _taking(item) or (item.has("word", "alters") and _nothing_said(items[place + 1 :])):
            return place
        strange += item.unknown and not item.mark
        caused = caused or item.has("word", "causes")
        named = (caused or items[at].has("word", "forbid") or "want" in items[at + 1].said.lower()) and (
            item.quote is not None or any(item.has(kind) for kind in _THINGS)
        )
        known = item.has("ignored") or named or item.has("word", "causes") or item.has("reference")
        if item.mark or strange > 1 or not (known or item.unknown):
            return None
    return None


def _switched_off(items: Sequence[Item], at: int) -> bool:
    """Tell whether a thing is to be off without a verb: ``grain off in the intro``, ``grain out of the intro``."""
    taken = items[at].said.lower() == "out of" and not _elsewhere(items, at)
    if items[at].said.lower() not in lexicon.of_all("switches") and not taken:
        return False
    before = next((item for item in items[:at][::-1] if not (item.silent or item.said == ":")), None)
    named = before is not None and (before.quote is not None or any(before.has(kind) for kind in _THINGS))
    return named and not items[at].has("act") and not any(item.has("act") for item in _since_mark(items[:at]))


def _since_mark(items: Sequence[Item]) -> Iterator[Item]:
    """Yield what stands behind the last mark or joining word and says something, from the last on."""
    for item in items[::-1]:
        if item.mark or item.joins:
            return
        if not item.silent:
            yield item


def _flashes(items: Sequence[Item], at: int) -> bool:
    """Tell whether words are only shown for a moment: ``flash the word "RUN"``, but not ``a flash on "RUN"``."""
    if not items[at].has("effect", "flash") or not items[at].said.isascii():
        return False
    after = [item for item in items[at + 1 : at + 5] if item.said.lower() not in ("the", "up")]
    worded = bool(after) and (after[0].has("thing", "text", "caption", "title") or after[0].has("word", "line"))
    quoted = after[0].quote is not None if after else False
    return quoted or (worded and any(item.quote is not None for item in after))


def _one_more(items: Sequence[Item], at: int) -> bool:
    """Tell whether “a second” is one more of something, and no length of time: ``a second caption``."""
    after = items[at + 1] if at + 1 < len(items) else None
    thing = after is not None and (after.has("word", "line") or any(after.has(kind) for kind in _THINGS))
    return items[at].said.lower() == "a second" and thing


def _counted(item: Item) -> Item:
    return Item(item.said, item.start, item.end, meanings=(("ignored", item.said),))


def _goes_there(items: Sequence[Item], at: int) -> bool:
    """Tell whether something is only to go to another place: ``it should go bottom left``, ``… go at the top``."""
    if _dropped(items, at):
        return True
    if not (items[at].has("act", "remove") and items[at].said.lower().endswith(" go")):
        return False
    after = next((item for item in items[at + 1 :] if not item.has("ignored") or _leading(item)), None)
    if any(item.has("transition") for item in items[at + 1 : at + 4]):
        # ``every cut should go shortly through black``
        return True
    return after is not None and (after.has("position") or _leading(after))


def _dropped(items: Sequence[Item], at: int) -> bool:
    """Tell whether something only goes down to a place of the picture: ``drop it to the bottom``."""
    if items[at].said.lower().split(" ")[0] not in ("drop", "bring", "take", "get"):
        return False
    for place in range(at + 1, min(at + _REACH, len(items))):
        if items[place].mark or items[place].joins:
            return False
        if items[place].has("position"):
            return any(item.has("word", "to", "into") for item in items[at + 1 : place])
    return False


def _leading(item: Item) -> bool:
    return item.said.lower().split(" ")[0] in _THERE


def _stopped(items: Sequence[Item], at: int) -> bool:
    """Tell whether a verb ends what is seen on the picture: ``stop the shaking after the intro``, ``停掉抖动``."""
    if not items[at].has("act", "finish") or items[at].has("word"):
        return False
    after = next((item for item in items[at + 1 :] if not item.silent), None)
    return after is not None and any(after.has(kind) for kind in ("effect", "visualizer"))


def _switched_on(items: Sequence[Item], at: int) -> bool:
    """Tell whether a thing is to be on without a verb, and nothing follows: ``visualizer off, grain on``."""
    if items[at].said.lower() not in lexicon.of_all("starters") or not (at + 1 == len(items) or items[at + 1].mark):
        return False
    before = items[at - 1] if at else None
    return before is not None and any(before.has(kind) for kind in ("visualizer", "effect", "transition"))


def _particle(items: Sequence[Item], verb: int, particles: Mapping[str, Meanings]) -> int | None:
    """Return where the particle of a verb stands: behind what the verb is about, before the next one."""
    about = False
    for at in range(verb + 1, min(verb + 1 + _REACH, len(items))):
        item = items[at]
        if about and _alone(item) in particles and not (_elsewhere(items, at) or _leads(items, at)):
            return at
        if item.mark or item.has("turn") or (item.has("act") and not item.has("ignored")):
            return None
        about = about or not item.silent
    return None


def _alone(item: Item) -> str:
    """Return a particle without what it may lead to: ``out of``, ``off the screen``."""
    said = item.said.lower()
    return said.split(" ")[0] if item.has("word", "wait") else said.removesuffix(" of")


def _elsewhere(items: Sequence[Item], at: int) -> bool:
    """Tell whether something only goes to another place of the picture: ``get the title out of the middle``."""
    after = next((item for item in items[at + 1 :] if not item.silent), None)
    return items[at].said.lower().endswith(" of") and after is not None and after.has("position")


def _leads(items: Sequence[Item], at: int) -> bool:
    """Tell whether “in” begins a place and ends no verb: ``bring the title in the intro``, but not ``… in at 0:05``."""
    after = items[at + 1] if at + 1 < len(items) else None
    alone = after is None or after.mark or after.has("word", "at", "in", "from", "after") or after.has("act", "again")
    return items[at].has("word", "in") and not alone


def _about_a_thing(after: Sequence[Item]) -> bool:
    """Tell whether a thing follows at once: ``no touch the title``, but not ``no change``."""
    first = next((item for item in after if not item.silent), None)
    return first is not None and (first.quote is not None or any(first.has(kind) for kind in _THINGS))


def _taking(item: Item) -> bool:
    taken = item.has("act", "remove", "vanish", "trim") and not item.has("act", "keep")
    return taken and not (item.has("thing") or item.has("section"))


def _nothing_said(after: Sequence[Item]) -> bool:
    """Tell whether a verb is not followed by how: ``don't change the title``, but ``don't change so quickly``."""
    for item in after:
        if item.mark or item.has("turn"):
            break
        if any(item.has(kind) for kind in ("degree", "measure", "effect", "transition", "unit")) or item.quantity:
            return False
    return True


@cache
def _verbs() -> Mapping[str, Mapping[str, Meanings]]:
    """Return what verbs mean with each particle, by the stem of the verb."""
    particles = lexicon.of_all("particles")
    found: dict[str, dict[str, Meanings]] = {}
    for word in lexicon.edit_words():
        verb, _, particle = word.phrase.rpartition(" ")
        waits = word.kind == "word" and word.value == "wait"
        if (waits or (word.kind in _KINDS and particle in particles)) and verb.isalpha():
            meanings = found.setdefault(stem(verb), {})
            meanings[particle] = (*meanings.get(particle, ()), (word.kind, word.value))
    return found
