"""Where else what this message has just asked for is to be, or not: ``后半段加频谱，前半段不要``."""

from __future__ import annotations

from dataclasses import replace

from songreel.director.understanding.clauses import Clause
from songreel.director.understanding.item import Item
from songreel.director.understanding.places import Place
from songreel.director.understanding.talk import Talk
from songreel.model import edit as edits
from songreel.model.edit import Edit, Stretch, Where

_PLAIN = {"ignored", "word", "turn", "reference"}
_LAID = (edits.SetVisualizer, edits.SetEffect, edits.SetTransition, edits.AdjustGrade, edits.CutDenser)


def read(clause: Clause, talk: Talk) -> bool:
    """Understand a clause that names a place and nothing else but that something is to be there, or is not."""
    if _goes_on(clause, talk):
        talk.heard += 1
        clause.take_all()
        return True
    place = clause.place
    if place is None or place.missing or place.whole or place.rest or not talk.edits:
        return False
    said = [item for item in clause.items if not (_plain(item) or item.joins)]
    denied = bool(said) and all(item.has("negator") or item.has("act", "remove") for item in said)
    wanted = bool(said) and all(item.has("act", "add", "show", "write") for item in said)
    wanted = wanted or (not said and clause.has("word", "appears", "shown"))
    last = talk.edits[-1]
    if denied and isinstance(last, _LAID):
        talk.edits[-1:] = _not_there(last, place, talk)
    elif wanted and isinstance(last, edits.RemoveVisualizer | edits.RemoveEffect) and _named(last):
        talk.edits[-1:] = _until_then(last, clause) or _there_alone(last, place, talk)
    else:
        return False
    talk.heard += 1
    clause.take_all()
    return True


def _until_then(last: edits.RemoveVisualizer | edits.RemoveEffect, clause: Clause) -> list[Edit]:
    """Return what hides something until it is to appear: ``频谱前奏先不要，副歌再出来``."""
    place, where = clause.place, last.where
    if (
        place is None
        or not (place.label and clause.has("word", "appears"))
        or where.outside
        or len(where.stretches) != 1
    ):
        return []
    first, begins = where.stretches[0], place.stretches[0][0]
    if where.clock != place.clock or first.end is None or first.end >= begins:
        return []
    return [last.evolve(where=Where(stretches=(first.evolve(end=begins),), clock=where.clock))]


def _not_there(last: Edit, place: Place, talk: Talk) -> list[Edit]:
    """Return an edit that spares a place; what was asked for another place alone is taken away here where it is."""
    if (getattr(last, "where", None) or Where()).everywhere:
        return [last.evolve(where=replace(place, outside=not place.outside).where())]
    if isinstance(last, edits.SetEffect) and _shown(last.effect, talk):
        return [edits.RemoveEffect(effect=last.effect, where=place.where()), last]
    return [last]


def _goes_on(clause: Clause, talk: Talk) -> bool:
    """Let what was just laid stay up to some time, and what was hidden in one place be there in the rest."""
    last = talk.edits[-1] if talk.edits else None
    if isinstance(last, _LAID) and _stays(clause):
        talk.edits[-1] = _up_to(last, clause.place, talk)
        return True
    gone = isinstance(last, edits.RemoveVisualizer | edits.RemoveEffect) and not last.where.everywhere
    elsewhere = clause.place is None or clause.place.rest or clause.place.outside
    said = [item for item in clause.items if not (_plain(item) or item.joins)]
    said = [item for item in said if not item.has("word", "wish")]
    returns = bool(said) and all(item.has("history", "back") or item.has("act", "hold", "keep") for item in said)
    return gone and elsewhere and returns and clause.has("reference" if clause.place else "history")


def _stays(clause: Clause) -> bool:
    """Tell whether what was just laid is to stay up to some time: ``and leave it up till the end``."""
    place = clause.place
    ends = clause.has("word", "finish") and clause.has("word", "to")
    until = place is not None and place.open == "until"
    said = [item for item in clause.items if not (_plain(item) or item.joins)]
    said = [item for item in said if not item.has("word", "finish", "shown")]
    return (until or ends) and bool(said) and all(item.has("act", "keep", "hold") for item in said)


def _up_to(last: Edit, place: Place | None, talk: Talk) -> Edit:
    """Return an edit that lasts from where it begins up to a place: ``a spectrum from bar 7, up to the chorus``."""
    where = getattr(last, "where", None) or Where()
    until = place is not None and place.open == "until"
    end = place.stretches[-1][1] - talk.stage.ahead(place.clock) if place and until else talk.stage.length
    end += talk.stage.ahead(where.clock)
    if where.outside or not where.stretches or where.stretches[0].start >= end:
        return last
    return last.evolve(where=Where(stretches=(Stretch(start=where.stretches[0].start, end=end),), clock=where.clock))


def _there_alone(last: edits.RemoveVisualizer | edits.RemoveEffect, place: Place, talk: Talk) -> list[Edit]:
    """Return what puts something into a place that was to vanish from another: ``前半段不要频谱，后半段加上``."""
    if isinstance(last, edits.RemoveVisualizer) and talk.stage.visualizers:
        return [last]
    if isinstance(last, edits.RemoveVisualizer):
        return [edits.SetVisualizer(where=place.where())]
    name = last.effect or ""
    there: list[Edit] = [last] if _shown(name, talk) else []
    return [*there, edits.SetEffect(effect=name, where=place.where())]


def _plain(item: Item) -> bool:
    known = {kind for kind, _ in item.meanings}
    return item.mark or item.place is not None or (bool(known) and known <= _PLAIN)


def _named(edit: edits.RemoveVisualizer | edits.RemoveEffect) -> bool:
    return isinstance(edit, edits.RemoveVisualizer) or bool(edit.effect)


def _shown(effect: str, talk: Talk) -> bool:
    return any(each.name == effect for clip in talk.stage.shots for each in clip.effects)
