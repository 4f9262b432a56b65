"""More of the same: clauses that go on with what was done last, take part of it back, or mean another thing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from songreel.director.understanding import degrees
from songreel.director.understanding.belonging import denied, located
from songreel.director.understanding.clauses import Clause
from songreel.director.understanding.intents import another_place, effects, further, text_target
from songreel.director.understanding.places import Place
from songreel.director.understanding.quantities import Quantity
from songreel.director.understanding.talk import Talk
from songreel.model import edit as edits
from songreel.model.edit import Edit, Stretch, Texts, Where

_INSIDE = ("in", "during", "at", "on", "while", "for", "throughout", "within", "在")
_LEADING = ("in ", "during ", "at ", "on ", "while ", "for ", "throughout ", "within ", "在")
_VALUES = (
    "degree",
    "position",
    "style",
    "color",
    "effect",
    "transition",
    "visualizer",
    "look",
    "shape",
    "fade",
    "pace",
)


def read(clause: Clause, talk: Talk) -> bool:
    """Repeat the last change: ``even more``, ``a bit less``, ``再来一点``, ``too much``, ``same for the other one``."""
    if clause.unknown() or not talk.situation.past:
        return False
    return _do(clause, talk, further.edits_of(clause, talk))


def for_another(clause: Clause, talk: Talk) -> bool:
    """Do the last change of words to the other words: ``same for the other one``, ``not that one, the other one``."""
    if not talk.situation.past or clause.unknown():
        return False
    if clause.has("word", "instead") and denied(clause.items) and not (clause.last and located(clause.items)):
        # ``not the intro, the outro``: the place that is meant follows.
        talk.taken_back, talk.heard = True, talk.heard + 1
        clause.take_all()
        return True
    return _do(
        clause,
        talk,
        _narrowed(clause, talk)
        or _there_alone(clause, talk)
        or _but_there(clause, talk)
        or _for_that_too(clause, talk)
        or _for_another(clause, talk)
        or another_place.of_last(clause, talk),
    )


def _narrowed(clause: Clause, talk: Talk) -> list[Edit]:
    """Return the last change for one of the words or places that it was for: ``just the first one``, ``只要第二个``."""
    last = talk.situation.past[-1]
    numbers = [int(item.quantity.value) for item in clause.items if item.quantity and item.quantity.kind == "ordinal"]
    others = any(clause.has(kind) for kind in _VALUES) or clause.has("act", "remove") or clause.place is not None
    if len(numbers) != 1 or others or not clause.has("act", "only") or last.version != talk.situation.version:
        return []
    kept = [_one_of(edit, numbers[0], talk) for edit in last.edits]
    if kept == list(last.edits) or None in kept:
        return []
    return [edits.Undo(), *(edit for edit in kept if edit is not None)]


def _there_alone(clause: Clause, talk: Talk) -> list[Edit]:
    """Return the last change in one place instead: ``just in the second chorus``, ``只在第二段副歌``."""
    place = clause.place
    last = talk.situation.past[-1]
    if place is None or not _only_there(clause, place) or last.version != talk.situation.version:
        return []
    moved = [further.takes_place(edit) for edit in last.edits]
    if talk.edits or not any(moved) or not (_inside(clause, place) or clause.has("word", "meant")):
        return []
    where = place.where()
    again = [edit.evolve(where=where) if there else edit for edit, there in zip(last.edits, moved, strict=True)]
    return [edits.Undo(), *again]


def _but_there(clause: Clause, talk: Talk) -> list[Edit]:
    """Return the last change for all but one place: ``not in the chorus though``, ``副歌就不用了``."""
    place, last = clause.place, talk.situation.past[-1]
    removed = [at for at, item in enumerate(clause.items) if item.has("act", "remove")]
    named = next((at for at, item in enumerate(clause.items) if item.place is not None), len(clause.items))
    denied_at = [at for at, item in enumerate(clause.items) if item.has("negator") and not item.said.isascii()]
    behind = [at for at in (*removed, *denied_at) if at > named]
    if place is None or place.missing or place.whole or place.point or talk.edits:
        return []
    if any(item.asset for item in clause.items):
        return []
    unwanted = behind or ((removed or clause.has("negator")) and _inside(clause, place))
    spared = place.outside and all(item.place or item.silent or item.mark or item.has("turn") for item in clause.items)
    if not spared and (place.outside or not unwanted):
        return []
    if any(clause.has(kind) for kind in (*_VALUES, "color", "mood", "grey", "tone", "scene")) or clause.all("thing"):
        return []
    if hidden := _hidden(last.edits, place):
        return hidden
    if (
        not last.edits
        or not all(further.everywhere(edit) for edit in last.edits)
        or last.version != talk.situation.version
    ):
        return []
    where = replace(place, outside=True).where()
    return [edits.Undo(), *(edit.evolve(where=where) for edit in last.edits)]


def _hidden(last: Sequence[Edit], place: Place) -> list[Edit]:
    """Return how words go from a place that were shown or retimed last: ``not during the verse though``."""
    meant = [edit.texts for edit in last if isinstance(edit, edits.RetimeText)]
    meant += [Texts(says=edit.text) for edit in last if isinstance(edit, edits.AddText)]
    if len(meant) != len(last):
        return []
    if place.open == "from":
        return [edits.RetimeText(texts=texts, end=place.stretches[0][0], clock=place.clock) for texts in meant]
    return [edits.RemoveText(texts=texts, where=place.where()) for texts in meant]


def _for_that_too(clause: Clause, talk: Talk) -> list[Edit]:
    """Return the last change of words for others by their number: ``the second one too``, ``第二个也一样``."""
    same = clause.has("reference", "same") or clause.has("act", "also")
    number = next((int(each.value) for each in _ordinals(clause)), None)
    standing = text_target.standing(clause, talk.stage) if same and not clause.negative else None
    if standing is not None and not any(clause.has(kind) for kind in _VALUES if kind != "position"):
        texts = Texts(clips=tuple(clip.id for clip, _ in standing))
        return [edit.evolve(texts=texts) for edit in another_place.of_words(talk)]
    if not same or number is None or clause.negative or any(clause.has(kind) for kind in _VALUES):
        return []
    last = another_place.of_words(talk)
    there = [clip.id for clip, _ in talk.stage.texts]
    place = number - 1 if number > 0 else len(there) + number
    return [edit.evolve(texts=Texts(clips=(there[place],))) for edit in last] if 0 <= place < len(there) else []


def _ordinals(clause: Clause) -> list[Quantity]:
    return [item.quantity for item in clause.items if item.quantity and item.quantity.kind == "ordinal"]


def in_one_place(clause: Clause, talk: Talk) -> bool:
    """Let what this message has just asked for be done in one place: ``a flash, just in the chorus``."""
    place = clause.place
    if place is None or not talk.edits or not further.takes_place(talk.edits[-1]):
        return False
    if place.missing and _only_there(clause, replace(place, missing="")):
        talk.edits.pop()
        talk.no_place(place.missing)
        clause.take_all()
        return True
    if not _only_there(clause, place):
        return False
    last = talk.edits.pop()
    if isinstance(last, edits.RemoveText):
        # ``no title at the start, only from 0:10 on`` shows it there.
        low, high = place.stretches[0]
        end = None if place.open == "from" else high
        talk.do(edits.RetimeText(texts=last.texts, start=low, end=end, clock=place.clock))
        clause.take_all()
        return True
    if isinstance(last, edits.SetEffect):
        effects.confine(place, talk, last.effect)
    talk.do(last.evolve(where=place.where()))
    clause.take_all()
    return True


def there_too(clause: Clause, talk: Talk) -> bool:
    """Do what this message has just asked for in another place too: ``glitch in the intro, the same in the outro``."""
    place = clause.place
    words = bool(talk.edits) and isinstance(talk.edits[-1], edits.AddText)
    same = clause.has("reference", "same") or clause.has("act", "also") or (words and clause.has("act", "again"))
    if place is None or place.missing or place.whole or not same or not talk.edits or clause.negative:
        return False
    if any(item.quote is not None for item in clause.items):
        return False
    if any(clause.has(kind) for kind in (*_VALUES, "color", "mood", "grey", "tone", "scene")) or clause.all("thing"):
        return False
    last = talk.edits[-1]
    if not further.takes_place(last):
        return False
    where = _as_long(clause, talk, last, place) if isinstance(last, edits.AddText) else place.where()
    talk.do(last.evolve(where=where))
    clause.take_all()
    return True


def _as_long(clause: Clause, talk: Talk, last: edits.AddText, place: Place) -> Where:
    """Return where words come again: for as long as is said, else for as long as they did before."""
    told = degrees.seconds(clause, talk.stage.beat_s, talk.stage.bar_s)
    spans = [each.end - each.start for each in last.where.stretches if each.end is not None]
    seconds = told[1] if told else next(iter(spans), None)
    if not place.point or seconds is None:
        return place.where()
    again = tuple(Stretch(start=low, end=low + seconds) for low, _ in place.stretches)
    return Where(stretches=again, clock=place.clock, said=place.said)


def _only_there(clause: Clause, place: Place) -> bool:
    said = any(clause.has(kind) for kind in (*_VALUES, "color", "mood", "grey", "tone", "scene"))
    shown = () if clause.has("reference", "it") else ("show", "hold")
    said = said or any(item.asset for item in clause.items)
    said = said or bool(clause.all("thing") or clause.has("act", "remove", "change", "trim", "vanish", *shown))
    return not (said or place.missing or place.whole) and clause.has("act", "only")


def _inside(clause: Clause, place: Place) -> bool:
    """Tell whether a place is spoken of as one to be in: ``just the chorus`` is another thing."""
    at = next(at for at, item in enumerate(clause.items) if item.place is not None)
    before = clause.items[at - 1].said.lower() if at else ""
    if place.open or place.span:
        return True
    return before.split(" ")[0] in _INSIDE or before.endswith("在") or place.said.lower().startswith(_LEADING)


def _one_of(edit: Edit, number: int, talk: Talk) -> Edit | None:
    """Return an edit for the n-th of what it was for; as it is where that is but one, None where there is no n-th."""
    texts, where = getattr(edit, "texts", None), getattr(edit, "where", None)
    place = number - 1 if number > 0 else number
    if isinstance(texts, Texts):
        meant = _ids(edit, talk)
        if len(meant) < 2:
            return edit
        return edit.evolve(texts=Texts(clips=(meant[place],))) if -len(meant) <= place < len(meant) else None
    if isinstance(where, Where) and len(where.stretches) > 1 and not where.outside:
        spans = sorted(where.stretches, key=lambda each: each.start)
        found = spans[place : place + 1 or None]
        return edit.evolve(where=where.evolve(stretches=tuple(found), said="")) if found else None
    return edit


def _do(clause: Clause, talk: Talk, made: list[Edit]) -> bool:
    talk.do(*made)
    if made:
        clause.take_all()
    return bool(made)


def _for_another(clause: Clause, talk: Talk) -> list[Edit]:
    """Return the last change of words for the other words; in place of it where it was meant so from the start."""
    values = any(clause.has(kind) for kind in ("degree", "position", "style", "color"))
    if not clause.has("reference", "other-one") or values or clause.has("act", "remove", "move"):
        return []
    last = another_place.of_words(talk)
    meant = {clip for edit in last for clip in _ids(edit, talk)}
    others = tuple(clip.id for clip, _ in talk.stage.texts if clip.id not in meant)
    if not last or not others:
        return []
    instead = clause.negative or talk.taken_back or clause.has("word", "instead")
    again = [edit.evolve(texts=Texts(clips=others)) for edit in last]
    return [*([edits.Undo()] if instead else []), *again]


def _ids(edit: Edit, talk: Talk) -> list[str]:
    texts = getattr(edit, "texts", Texts())
    return [
        clip.id
        for clip, source in talk.stage.texts
        if (not texts.clips or clip.id in texts.clips)
        and (texts.role is None or source.role == texts.role)
        and (texts.says is None or texts.says == source.text)
    ]
