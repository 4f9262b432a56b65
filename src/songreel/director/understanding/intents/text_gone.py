"""Words that are not wanted: taken away, for good or for a while, or only later, or only shorter."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from songreel.director import lexicon
from songreel.director.understanding import degrees, paint, references
from songreel.director.understanding.clauses import Clause
from songreel.director.understanding.intents import text_target, text_there, text_times
from songreel.director.understanding.intents.text_target import Target
from songreel.director.understanding.item import Item
from songreel.director.understanding.places import Place
from songreel.director.understanding.talk import Subject, Talk
from songreel.model import edit as edits
from songreel.model.edit import Edit, Texts

_TAKES = ("take", "takes", "taken", "taking")
_OF_NOUNS = {"no", "not", "without"}
"""Negators that may stand before anything, not before verbs alone."""
_PUTTING = ("add", "write", "show", "change", "rename", "move")
_BY = ("到", "在")
_LAST = re.compile(r"end|finish|last|最后|结尾|片尾|末", re.IGNORECASE)


def unwanted(clause: Clause, talk: Talk, target: Target) -> bool:
    """Remove words; False where something else is not wanted about them, such as their color."""
    things = clause.all("thing", "text", *text_target.ROLES)
    if clause.all("ink") or clause.all("thing", "fade"):
        return False
    if _forbids_what_is_unknown(clause, talk):
        clause.take_all()
        return True
    styled = clause.all("style") or clause.all("position") or clause.all("fade") or degrees.of(clause)
    painted = any(not each.negated for each in paint.of(clause))
    if clause.has("word", "instead") and not clause.all("act", "remove") and not _wanted(clause):
        talk.taken_back = True
        if any(item.quote is not None for item in clause.items) and target.there:
            talk.subject, talk.verb = Subject("text", target.texts), "rename"
        talk.heard += 1
        clause.take_all()
        return True
    spoken = (
        things or any(item.quote is not None for item in clause.items) or bool(references.named(clause, talk.stage))
    )
    acted = clause.all("act", "remove") or any(clause.items[at].negated for at in things)
    acted = acted or (spoken and clause.has("negator"))
    removed = [at for at in clause.all("act", "remove") if not _tempers(clause, at)]
    if ((styled or painted) and not removed) or (_in_place_of(clause) and not removed):
        return False
    if _only_later(clause) or _gone_too_soon(clause, talk) or _not_so(clause) or _liked(clause):
        talk.subject, talk.heard = Subject("text", target.texts), talk.heard + 1
        clause.take_all()
        return True
    if clause.all("fade") or not acted or (clause.all("style") and clause.all("act", "remove")):
        return False
    clause.take(*things)
    clause.take_kind("position")
    clause.take_kind("platform")
    if not target.there and talk.situation.timeline is not None and not text_there.pending(talk):
        talk.cannot("no-text", what=text_target.name(talk, target))
    elif clause.place is not None and clause.place.missing:
        talk.no_place(clause.place.missing)
    else:
        talk.do(_removal(clause, talk, target), subject=Subject("text", target.texts))
        talk.verb = "remove"
    clause.take_kind("act")
    clause.take_place()
    return True


def _not_so(clause: Clause) -> bool:
    """Tell whether only a color or a place of words is denied, not the words: ``标题不要红色，换成蓝色``."""
    named = next((at for at, item in enumerate(clause.items) if item.has("thing", "text", *text_target.ROLES)), None)
    denied = next((at for at, item in enumerate(clause.items) if item.has("negator")), None)
    if named is None or denied is None:
        return False
    after = clause.items[max(named, denied) + 1 :]
    told = [item for item in after if item.color or item.has("color") or item.has("position")]
    return bool(told) and all(item in told or item.silent or item.mark or _small(item) for item in after)


def _liked(clause: Clause) -> bool:
    """Tell whether something of words is praised and something else is not: ``the font is fine, the size isn't``."""
    return clause.has("praise") and clause.has("negator") and not clause.has("act", "remove")


def _small(item: Item) -> bool:
    small = all(kind in ("word", "ignored", "thing") for kind, _ in item.meanings) and not item.unknown
    return small or item.has("act", "show")


def _tempers(clause: Clause, at: int) -> bool:
    """Tell whether a word for “not wanted” is said of how words look: ``标题不要那么大`` leaves them there."""
    item = clause.items[at]
    things = [place for place in clause.all("thing", "text", *text_target.ROLES) if clause.items[place].negated]
    looks = any(each.negated and (each.has("degree") or each.has("style")) for each in clause.items[at:])
    return item.has("word", "needless") or (item.has("negator") and looks and not things)


def _in_place_of(clause: Clause) -> bool:
    """Tell whether something is wanted in place of something else: ``the whole time instead of only at the start``."""
    denials = lexicon.of_all("prohibitions")
    contrasted = any(item.has("word", "instead") and item.said.lower() not in denials for item in clause.items)
    places = {item.negated for item in clause.items if item.place is not None}
    return (contrasted and _wanted(clause)) or (len(places) == 2 and clause.has("word", "instead"))


def _gone_too_soon(clause: Clause, talk: Talk) -> bool:
    """Tell whether it is only told why words should stay longer: ``it's gone before I've finished reading it``."""
    longer = bool(talk.edits) and isinstance(talk.edits[-1], edits.RetimeText)
    told = clause.has("act", "vanish") and clause.has("word", "complaint") and not clause.has("word", "wish")
    return longer and told and clause.has("reference", "it")


def _only_later(clause: Clause) -> bool:
    """Tell whether words are wanted shorter or later, not gone: ``标题别一直挂着``, ``don't show it right away``."""
    throughout = clause.has("word", "throughout") or (clause.place is not None and clause.place.whole)
    yet = clause.has("word", "yet") and not clause.last and not clause.all("act", "remove")
    return (throughout and _lasts(clause) and not clause.has("word", "instead")) or yet


def taken_down(clause: Clause) -> None:
    """Let words go that are only taken down: ``take the title down after the intro``, but not ``… down a bit``."""
    counted = [item.quantity.unit for item in clause.items if item.quantity is not None]
    if any(clause.has(kind) for kind in ("position", "measure", "dimension")) or "percent" in counted:
        return
    words = [item.said.lower() for item in clause.items]
    for at, said in enumerate(words):
        if said == "take down" or (said == "down" and any(each in _TAKES for each in words[:at])):
            clause.items[at] = replace(clause.items[at], meanings=(("act", "remove"), ("act", "vanish")))


def missing(clause: Clause) -> bool:
    """Tell whether new words are only to be removed, so that they are not there: ``delete the text "Chapter 7"``."""
    acts = [item for item in clause.items if item.has("act") and not item.has("word", "causes")]
    first = next((item for item in acts if not item.has("ignored")), None)
    others = any(item.has("act", *_PUTTING) for item in acts) or clause.has("word", "instead")
    return first is not None and first.has("act", "remove", "vanish") and not others


def _forbids_what_is_unknown(clause: Clause, talk: Talk) -> bool:
    """Tell whether a verb is forbidden that nobody knows: to leave that alone does less harm than to guess."""
    prohibitions = lexicon.of_all("prohibitions") - _OF_NOUNS
    for at, item in enumerate(clause.items):
        after = next((each for each in clause.items[at + 1 :] if not each.silent), None)
        if item.said.lower() in prohibitions and after is not None and after.unknown and not after.mark:
            if references.existing(talk.stage, after.said):
                return False
            return not any(each.has("act", "remove") and not each.has("negator") for each in clause.items)
    return False


def _lasts(clause: Clause) -> bool:
    """Tell whether only that words last throughout is not wanted."""
    taken = any(item.has("act", "remove") and not item.has("negator") for item in clause.items)
    return clause.has("negator") and not taken


def _wanted(clause: Clause) -> bool:
    """Tell whether something is wanted in place of something else: ``at the top instead of the bottom``."""
    kinds = ("position", "style", "color", "degree", "fade")
    if any(item.negated and item.has("degree") and _so(clause, at) for at, item in enumerate(clause.items)):
        # ``not so big`` wants it smaller.
        return True
    placed = any(item.place is not None and not item.negated for item in clause.items)
    return placed or any(not clause.items[at].negated for kind in kinds for at in clause.all(kind))


def _so(clause: Clause, at: int) -> bool:
    before = clause.items[at - 1 : at]
    return any(item.said.lower() in lexicon.of_all("intensifiers") or item.has("measure", "too") for item in before)


def _removal(clause: Clause, talk: Talk, target: Target) -> Edit:
    """Return how words go: for good, or from a place; ``no title except in the chorus`` shows it there alone."""
    place = clause.place
    if place is not None and _not_at_once(clause, place):
        awaited = [item.place for item in clause.items if item.place is not None and item.place.open == "until"]
        if not awaited:
            return edits.RetimeText(texts=target.texts, shift=text_times.SHIFT_S)
        return edits.RetimeText(texts=target.texts, start=awaited[0].stretches[-1][1], clock=awaited[0].clock)
    if place is not None and place.open == "until" and _not_yet(clause, talk, target, place.stretches[-1][1]):
        return edits.RetimeText(texts=target.texts, start=place.stretches[-1][1], clock=place.clock)
    if place is not None and (place.point or place.open == "from") and clause.has("word", "yet"):
        return edits.RetimeText(texts=target.texts, start=place.stretches[0][0], clock=place.clock)
    if (gone := _taken_down(clause, talk, target)) is not None:
        return gone
    if place is not None and place.point and clause.has("act", "vanish"):
        return edits.RetimeText(texts=target.texts, end=place.stretches[0][0], clock=place.clock)
    if place is None or place.whole or place.point:
        return edits.RemoveText(texts=target.texts)
    if place.outside and len(place.stretches) == 1:
        low, high = place.stretches[0]
        return edits.RetimeText(texts=target.texts, start=low, end=high, clock=place.clock)
    if len(target.there) > 1 and not clause.all("act", "hide"):
        return edits.RemoveText(texts=_during(talk, target, place.stretches).texts)
    return edits.RemoveText(texts=target.texts, where=place.where())


def _not_at_once(clause: Clause, place: Place) -> bool:
    """Tell whether words are only not to be there from the start: ``标题不要一开始就出现``."""
    taken = any(item.has("act", "remove") and not item.has("negator") for item in clause.items)
    opens = place.point and not place.open and place.stretches[0][0] == 0
    return opens and clause.has("negator") and clause.has("act", "show", "write", "begin") and not taken


def _taken_down(clause: Clause, talk: Talk, target: Target) -> Edit | None:
    """Return when words go that are taken down at a moment, or after a while: ``take it away at 6s``."""
    place, span = clause.place, degrees.seconds(clause, talk.stage.beat_s, talk.stage.bar_s)
    if place is not None and place.open == "until" and place.said.startswith(_BY) and clause.has("word", "before"):
        ends = [talk.stage.seconds(clip.end) + talk.stage.ahead(place.clock) for clip, _ in target.there]
        return edits.RetimeText(texts=target.texts, end=min(place.stretches[-1][1], *ends), clock=place.clock)
    if place is None and span and (clause.has("act", "vanish") or clause.has("word", "after")):
        return edits.RetimeText(texts=target.texts, seconds=span[1])
    ended = place is not None and (place.point or place.open == "from")
    if place is None or not ended or place.stretches[0][0] <= 0 or _LAST.search(place.said):
        return None
    begun = [clip for clip, _ in target.there if talk.stage.seconds(clip.start) < place.stretches[0][0]]
    if begun or (not target.there and text_there.pending(talk)):
        return edits.RetimeText(texts=target.texts, end=place.stretches[0][0], clock=place.clock)
    return None


def _not_yet(clause: Clause, talk: Talk, target: Target, until: Fraction) -> bool:
    """Tell whether words are to come later, and not to be cut off: ``the title shouldn't show up until 0:06``."""
    begun = any(talk.stage.seconds(clip.end) > until for clip, _ in target.there)
    taken = any(item.has("act", "remove") and not item.has("negator") for item in clause.items)
    return clause.has("negator") and not taken and not begun


def _during(talk: Talk, target: Target, spans: Sequence[tuple[Fraction, Fraction]]) -> Target:
    seconds = talk.stage.seconds
    there = tuple(
        pair
        for pair in target.there
        if any(seconds(pair[0].start) < high and low < seconds(pair[0].end) for low, high in spans)
    )
    return Target(Texts(clips=tuple(clip.id for clip, _ in there)), there, target.role) if there else target


def told_twice(clause: Clause, talk: Talk) -> bool:
    """Tell whether a clause only says once more that words go: ``标题不需要了，删了吧``."""
    said = [item for item in clause.items if not (item.has("ignored") or item.mark)]
    gone = bool(talk.edits) and isinstance(talk.edits[-1], edits.RemoveText)
    told = gone and bool(said) and all(item.has("act", "remove") for item in said)
    talk.heard += told
    return told


def unpainted(clause: Clause, talk: Talk) -> bool:
    """Take back the color that words got last, where nothing but that is said: ``不要红色了，换成蓝色``."""
    said = [item for item in clause.items if not (item.has("ignored") or item.mark)]
    painted = [item for item in said if item.color or item.has("color")]
    past = talk.situation.past[-1].edits if talk.situation.past and not talk.edits else ()
    colored = len(past) == 1 and isinstance(past[0], edits.RestyleText) and past[0].color is not None
    alone = all(item in painted or item.has("negator") for item in said)
    if not (colored and painted and alone and all(item.negated for item in painted)):
        return False
    if clause.last:
        talk.do(edits.Undo())
    talk.heard += 1
    clause.take_all()
    return True
