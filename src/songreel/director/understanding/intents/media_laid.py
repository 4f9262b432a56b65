"""Pictures that are laid over the frame, such as a logo."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from songreel.director.understanding import degrees
from songreel.director.understanding.clauses import Clause, quoted
from songreel.director.understanding.talk import Subject, Talk
from songreel.editing import boxes
from songreel.model import edit as edits
from songreel.model.document import AssetId
from songreel.model.timeline import PictureSource, Position

_LOGO, _SMALL, _BIG = 0.2, 0.12, 0.4
_STEP = 1.3
_ACROSS = {"left": "right", "right": "left"}
_UPSIDE = {"top": "bottom", "bottom": "top"}


def of_overlay(clause: Clause, talk: Talk) -> bool:
    """Change a logo that is there; say so where there is none that could be changed."""
    named = [item.asset for item in clause.items if item.asset]
    added = any(item.has("act", "add") and not item.has("thing", "logo") for item in clause.items)
    if overlaid(talk) and not added:
        if not (_put_anew(clause, talk, named) or moved(clause, talk)):
            talk.cannot("not-understood", words=quoted(clause.items))
        return True
    if degrees.of(clause, ("size",)) and not (named or overlaid(talk) or clause.has("act", "add", "show")):
        talk.cannot("no-text", what=talk.word("things", "logo"))
        return True
    return False


def _put_anew(clause: Clause, talk: Talk, named: Sequence[AssetId]) -> bool:
    """Lay what is there elsewhere in time, or another picture in its place: ``hide the logo in the chorus``."""
    past = [edit for each in talk.situation.past for edit in each.edits if isinstance(edit, edits.AddOverlay)]
    place = clause.place
    named = [each for each in named if not past or each != past[-1].asset]
    if not past or not (named or (place is not None and not place.whole)) or (place is not None and place.missing):
        return False
    where = clause.where()
    if place is not None and clause.negative:
        where = where.evolve(outside=not where.outside)
    last = past[-1].evolve(where=where if place is not None else past[-1].where)
    talk.do(edits.RemoveOverlay(), last.evolve(asset=named[0]) if named else last, subject=Subject("overlay"))
    return True


def overlaid(talk: Talk) -> bool:
    """Tell whether a picture is laid over the frame."""
    return bool(talk.situation.timeline and talk.situation.timeline.clips("overlay"))


def moved(clause: Clause, talk: Talk) -> bool:
    """Move, enlarge, dim or remove what is laid over the frame already."""
    subject = Subject("overlay")
    position = next((clause.items[at].value("position") for at in clause.all("position")), None)
    position = position or _opposite(clause, talk)
    sizes = degrees.of(clause, ("size",))
    faint = degrees.of(clause, ("opacity",))
    seen = degrees.amounts(clause, "percent") if clause.all("dimension", "opacity") else []
    if clause.has("act", "remove") or (clause.negative and not position):
        talk.do(edits.RemoveOverlay(), subject=subject)
    elif position or sizes or faint or seen:
        opacity = (0.5 if faint[0].sign < 0 else 1.0) if faint else None
        if seen:
            clause.take(seen[0][0])
            opacity = min(max(float(seen[0][1].value), 0.05), 1.0)
        size_by = degrees.times(clause, sizes[0].sign, step=_STEP) if sizes else None
        talk.do(edits.ChangeOverlay(position=position, size_by=size_by, opacity=opacity), subject=subject)
    else:
        return False
    return True


def _opposite(clause: Clause, talk: Talk) -> Position | None:
    """Return the place across from where a picture lies: ``logo to the other side``, ``into the opposite corner``."""
    laid = talk.situation.timeline.clips("overlay") if talk.situation.timeline else ()
    if not clause.has("word", "opposite") or not laid or not isinstance(laid[0].source, PictureSource):
        return None
    there = boxes.position_of(laid[0].source.place).split("-")
    turned = _ACROSS if {*there} & {*_ACROSS} else _UPSIDE
    return cast(Position, "-".join(turned.get(part, part) for part in there))


def beside(clause: Clause, assets: Sequence[AssetId]) -> bool:
    """Tell whether one picture is to lie over the others: at a position, in a corner, or small."""
    small = any(each.sign < 0 for each in degrees.of(clause, ("size",)))
    laid = clause.all("position") or clause.has("word", "corner") or small
    return bool(laid) and len(assets) == 1 and not clause.has("thing", "background")


def lay(clause: Clause, talk: Talk, asset: AssetId, *, overlay: bool) -> None:
    """Lay a picture over the frame, where and as large as a clause says; say so where it is a video."""
    position = next((clause.items[at].value("position") for at in clause.all("position")), None)
    sizes = degrees.of(clause, ("size",))
    size = _LOGO if not sizes or (not overlay and sizes[0].sign < 0) else _SMALL if sizes[0].sign < 0 else _BIG
    if talk.situation.assets[asset].kind != "photo":
        talk.cannot("not-laid", what=talk.situation.assets[asset].name)
        return
    edit = edits.AddOverlay(asset=asset, position=position or "top-right", size=size, where=clause.where())
    talk.do(edit, subject=Subject("overlay"))
