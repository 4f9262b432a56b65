"""The last change in another place or for other words: ``the same in the verses``, ``make it the last 8 instead``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import get_args

from songreel.director.understanding.clauses import Clause
from songreel.director.understanding.intents import further
from songreel.director.understanding.item import Item
from songreel.director.understanding.places import Place
from songreel.director.understanding.talk import Talk
from songreel.model import edit as edits
from songreel.model.edit import Edit, Texts, Where
from songreel.model.timeline import TextRole

_VALUES = (
    "degree", "position", "style", "color", "effect", "transition", "visualizer", "look", "shape", "fade", "pace",
    "history",
)  # fmt: skip
_TOWARDS = ("到", "至", "to ")
_RATHER = ("还是", "rather")


def of_last(clause: Clause, talk: Talk) -> list[Edit]:
    """Return the last change for other words or another place: ``the same in the verses``, ``no, the caption``."""
    same = clause.has("reference", "same") or clause.has("act", "also") or _and_there(clause)
    instead = talk.taken_back or _instead(clause)
    if not (same or instead) or clause.negative or any(clause.has(kind) for kind in _VALUES):
        return []
    acting = clause.has("act", "add", "show", "write", "remove")
    roles = [role for role in get_args(TextRole) if clause.all("thing", role) and not acting]
    place = clause.place
    last = talk.situation.past[-1].edits
    if roles and place is None:
        again: list[Edit] = [edit.evolve(texts=Texts(role=roles[0])) for edit in of_words(talk)]
    elif place is None or place.missing or clause.all("thing"):
        return []
    elif faded := _at_other_end(place, last, talk):
        again = faded
    else:
        words = [] if same else _words_there(place, last)
        where = place.where()
        again = words or [edit.evolve(where=where) for edit in last if isinstance(getattr(edit, "where", None), Where)]
        again = [edit for edit in again if not isinstance(edit, edits.AddText)]
        if words:
            return again
    return [*([edits.Undo()] if again and instead and not same else []), *again]


def kept(said: Sequence[Item], talk: Talk) -> None:
    """Let a correction hold where the last change was made: ``darker in the chorus``, then ``no, brighter``."""
    past = talk.situation.past[-1] if talk.situation.past else None
    corrected = talk.taken_back or any(item.has("word", "correction") for item in said)
    if past is None or past.version != talk.situation.version or not corrected or len(talk.edits) != 1:
        return
    before = [edit for edit in past.edits if type(edit) is type(talk.edits[0]) and further.takes_place(edit)]
    placed = any(item.place is not None for item in said)
    if len(before) == 1 and not placed and further.everywhere(talk.edits[0]) and not further.everywhere(before[0]):
        talk.edits[0] = talk.edits[0].evolve(where=getattr(before[0], "where", None))


def of_words(talk: Talk) -> list[Edit]:
    """Return the edits of the last turn that are about words on the picture."""
    return [edit for edit in talk.situation.past[-1].edits if isinstance(getattr(edit, "texts", None), Texts)]


def _instead(clause: Clause) -> bool:
    """Tell whether nothing is said but where the last change is to be: ``make it the last 8``, ``还是前5秒吧``."""
    led = clause.has("reference", "it") and clause.has("act", "change")
    led = led or clause.has("turn", "instead") or any(item.said.lower() in _RATHER for item in clause.items)
    led = led or clause.has("word", "correction") or (clause.items[0].has("act", "change") and not clause.joined)
    return led and all(item.place is not None or _plain(item) for item in clause.items)


def _plain(item: Item) -> bool:
    plain = item.silent or item.mark or item.has("reference", "it") or item.has("turn", "instead")
    plain = plain or item.has("act", "change") or item.has("word", "correction", "in", "at", "wish", "complaint")
    return plain or item.said.lower() in _RATHER


def _words_there(place: Place, last: Sequence[Edit]) -> list[Edit]:
    """Return how words that were written or retimed last come at another time, for as long as the place is."""
    if len(place.stretches) != 1 or place.outside:
        return []
    low, high = place.stretches[0]
    end = None if place.point or place.open == "from" else high
    if place.open == "until" and place.said.startswith(_TOWARDS):
        # ``改到0:15`` is when they come.
        low, end = high, None
    meant = [Texts(says=edit.text) for edit in last if isinstance(edit, edits.AddText)]
    meant += [edit.texts for edit in last if isinstance(edit, edits.RetimeText)]
    return [edits.RetimeText(texts=texts, start=low, end=end, clock=place.clock) for texts in meant]


def _at_other_end(place: Place, last: Sequence[Edit], talk: Talk) -> list[Edit]:
    """Return the fades of one end of the video for the other: ``and the same at the start``."""
    if not place.point or not place.stretches or place.clock != "video":
        return []
    begins = place.stretches[0][0] == 0
    if not begins and place.stretches[-1][1] < talk.stage.length:
        return []
    fades = [edit for edit in last if isinstance(edit, edits.FadeSong | edits.FadePicture)]
    return [
        edit.evolve(in_s=edit.out_s, out_s=None) if begins else edit.evolve(in_s=None, out_s=edit.in_s)
        for edit in fades
        if (edit.out_s if begins else edit.in_s) is not None
    ]


def _and_there(clause: Clause) -> bool:
    """Tell whether nothing is said but one more place: ``and in the outro``."""
    joined = clause.joined or clause.items[0].joins
    return joined and all(
        item.place is not None or item.silent or item.mark or item.has("word", "of", "in", "at")
        for item in clause.items
    )
