"""What is laid over the frame: a logo, footage in a corner."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from songreel.director.understanding import degrees
from songreel.director.understanding.clauses import Clause, quoted
from songreel.director.understanding.intents import media_box
from songreel.director.understanding.talk import Subject, Talk
from songreel.editing import boxes
from songreel.model import edit as edits
from songreel.model.document import AssetId
from songreel.model.timeline import Clip, InsetSource, PictureSource, Position

_LOGO, _SMALL, _BIG = 0.2, 0.12, 0.4
_INSET, _SMALL_INSET, _BIG_INSET = 0.45, 0.36, 0.8
_PALE = 0.5
_STEP = 1.3
_LEAST, _MOST = 0.03, 2.0
_ACROSS = {"left": "right", "right": "left"}
_UPSIDE = {"top": "bottom", "bottom": "top"}
_OVERLAY = Subject("overlay")


def of_overlay(clause: Clause, talk: Talk) -> bool:
    """Change what is laid over the frame already; say so where there is nothing that could be changed."""
    named = [item.asset for item in clause.items if item.asset]
    added = any(item.has("act", "add") and not item.has("thing", "logo") for item in clause.items)
    if overlaid(talk) and not added and not _beside_others(clause, talk, named):
        if not (_put_anew(clause, talk, named) or moved(clause, talk)):
            talk.cannot("not-understood", words=quoted(clause.items))
        return True
    if degrees.of(clause, ("size",)) and not (named or overlaid(talk) or clause.has("act", "add", "show")):
        talk.cannot("no-text", what=talk.word("things", "inset" if clause.has("thing", "inset") else "logo"))
        return True
    return False


def overlaid(talk: Talk) -> bool:
    """Tell whether a picture is laid over the frame."""
    return bool(_laid(talk))


def back(clause: Clause, talk: Talk) -> bool:
    """Change what this message or the one before laid over the frame, as far as a clause says how."""
    return _said_more(clause, talk) or moved(clause, talk) or (clause.has("reference") and _put_anew(clause, talk, ()))


def over_all(clause: Clause, talk: Talk) -> bool:
    """Tell whether a clause only says that something lies over what is shown: ``…, over whatever's playing``."""
    said = clause.has("word", "above", "over") and clause.has("thing", "picture", "video")
    shown = all(item.has("act", "show") for item in clause.items if item.has("act")) and not clause.all("degree")
    if not (said and shown) or not talk.edits or not isinstance(talk.edits[-1], edits.AddOverlay):
        return False
    talk.heard += 1
    return True


def exchanged(clause: Clause, talk: Talk, assets: Sequence[AssetId]) -> bool:
    """Lay another file where one was laid a moment ago: ``use clip2 instead``, ``换成clip2``."""
    spoken = talk.subject is not None and talk.subject.kind == "overlay" and not talk.edits
    asked = clause.has("act", "change", "swap-out") or clause.has("turn", "instead")
    named = sum(1 for item in clause.items if item.asset) == 1
    return spoken and asked and named and len(assets) == 1 and not clause.placed and _put_anew(clause, talk, assets)


def moved(clause: Clause, talk: Talk) -> bool:
    """Move, enlarge, dim or remove what is laid over the frame already."""
    which = _meant(clause, talk)
    position = next((clause.items[at].value("position") for at in clause.all("position")), None)
    position = _same_row(position, which) or _opposite(clause, which)
    ids = () if len(which) == len(_laid(talk)) else tuple(clip.id for clip in which)
    if clause.has("act", "remove") or (clause.negative and not position):
        talk.do(edits.RemoveOverlay(clips=ids), subject=_OVERLAY)
        return True
    look = _look(clause)
    if not position and not look:
        return False
    talk.do(edits.ChangeOverlay(clips=ids, position=position, **look), subject=_OVERLAY)
    return True


def _same_row(position: str | None, which: Sequence[Clip]) -> Position | None:
    """Return a side with the row that a picture lies in: ``over to the left`` from the bottom right is bottom left."""
    if position not in _ACROSS or len(which) != 1 or not isinstance(which[0].source, PictureSource):
        return cast(Position | None, position)
    row, _, side = boxes.position_of(which[0].source.place).rpartition("-")
    return cast(Position, f"{row}-{position}") if row and side == _ACROSS[position] else cast(Position, position)


def beside(clause: Clause, assets: Sequence[AssetId]) -> bool:
    """Tell whether one picture is to lie over the others: at a position, in a corner, small, or in so many words."""
    small = any(each.sign < 0 for each in degrees.of(clause, ("size",)))
    laid = clause.all("position") or clause.has("word", "corner", "lays") or small
    return bool(laid) and len(assets) == 1 and not clause.has("thing", "background")


def one_of(clause: Clause, talk: Talk, assets: tuple[AssetId, ...]) -> tuple[AssetId, ...]:
    """Return the first of several clips where they are no more than called videos: ``my video in the corner``."""
    filmed = all(talk.situation.assets[each].kind == "footage" for each in assets)
    named = any(item.asset for item in clause.items)
    corner = clause.has("word", "corner") or any("-" in (item.value("position") or "") for item in clause.items)
    return assets[:1] if filmed and corner and not named else assets


def lay(clause: Clause, talk: Talk, asset: AssetId, *, overlay: bool) -> None:
    """Lay a photo or footage over the frame, where, as large and as strong as a clause says."""
    position = next((clause.items[at].value("position") for at in clause.all("position")), None)
    sizes = degrees.of(clause, ("size",))
    width, opacity = media_box.width(clause), media_box.opacity(clause)
    filmed = talk.situation.assets[asset].kind == "footage"
    if clause.has("word", "lays") and opacity is not None and not (position or sizes or width or overlay):
        # ``overlay clip1 at 40% opacity``: all of the picture is seen through it.
        position, width = "center", 1.0
    usual, small, big = (
        (_INSET, _SMALL_INSET, _BIG_INSET) if filmed or clause.has("thing", "inset") else (_LOGO, _SMALL, _BIG)
    )
    plain = not sizes or (not overlay and not filmed and sizes[0].sign < 0)
    edit = edits.AddOverlay(
        asset=asset,
        position=position or "top-right",
        size=usual if plain else small if sizes[0].sign < 0 else big,
        width=width,
        opacity=1.0 if opacity is None else opacity,
        where=_where(clause, talk),
    )
    talk.do(edit, subject=_OVERLAY)


def _where(clause: Clause, talk: Talk) -> edits.Where:
    """Return the place of a clause, from a moment on for as long as it says: ``at 0:10 for 5 seconds``."""
    place = clause.place
    lasts = degrees.seconds(clause, talk.stage.beat_s, talk.stage.bar_s)
    if place is None or not place.point or lasts is None:
        return clause.where()
    clause.take(lasts[0])
    stretches = tuple(edits.Stretch(start=low, end=low + lasts[1]) for low, _ in place.stretches)
    return edits.Where(stretches=stretches, clock=place.clock, said=place.said[:200])


def _laid(talk: Talk) -> tuple[Clip, ...]:
    return talk.situation.timeline.clips("overlay") if talk.situation.timeline else ()


def _meant(clause: Clause, talk: Talk) -> list[Clip]:
    """Return what a clause speaks of, of all that lies over the frame: a file that it names, footage, logos, ``it``."""
    laid = list(_laid(talk))
    named = {item.asset for item in clause.items if item.asset}
    filmed = [clip for clip in laid if isinstance(clip.source, InsetSource)]
    logos = [clip for clip in laid if clip not in filmed]
    if found := [clip for clip in laid if getattr(clip.source, "asset", "") in named]:
        return found
    if clause.has("thing", "inset"):
        return filmed or laid
    if clause.has("thing", "logo"):
        return laid if clause.has("thing", "laid") else logos or laid
    spoken = talk.subject.clips if talk.subject is not None else ()
    return [clip for clip in laid if clip.id in spoken] or laid


def _look(clause: Clause) -> dict[str, Any]:
    """Return the size and the opacity that a clause asks for, as a change of what is there has them."""
    opacity = media_box.opacity(clause) or (_PALE if clause.has("mood", "muted") else None)
    sizes = degrees.of(clause, ("size",))
    if sizes:
        found: dict[str, Any] = {"size_by": degrees.times(clause, sizes[0].sign, step=_STEP)}
    elif clause.all("dimension", "size") and (times := degrees.amounts(clause, "factor")):
        clause.take(times[0][0])
        found = {"size_by": float(times[0][1].value)}
    else:
        found = {"width": media_box.width(clause)}
    return {name: value for name, value in {**found, "opacity": opacity}.items() if value is not None}


def _said_more(clause: Clause, talk: Talk) -> bool:
    """Let what this message lays over the frame be as its next clause says: ``…, half transparent, in the chorus``."""
    last = talk.edits[-1] if talk.edits else None
    if not isinstance(last, edits.AddOverlay):
        return False
    position = next((clause.items[at].value("position") for at in clause.all("position")), None)
    look = _look(clause)
    factor = look.pop("size_by", 1.0)
    changes: dict[str, Any] = look | ({"position": position} if position else {})
    if factor != 1:
        changes["size"] = min(max(last.size * factor, _LEAST), _MOST)
    if clause.place is not None and not clause.place.whole and not clause.place.missing and last.where.everywhere:
        changes["where"] = clause.where()
    if not changes:
        return False
    talk.edits[-1] = last.evolve(**changes)
    talk.heard += 1
    return True


def _beside_others(clause: Clause, talk: Talk, named: Sequence[AssetId]) -> bool:
    """Tell whether other footage comes to lie beside what is there: ``clip2 bottom left as picture in picture``."""
    other = [each for each in named if each not in {getattr(clip.source, "asset", "") for clip in _laid(talk)}]
    filmed = bool(other) and talk.situation.assets[other[0]].kind == "footage"
    instead = clause.has("act", "change", "swap-out") or clause.has("turn", "instead") or clause.has("word", "for")
    return filmed and bool(clause.all("position")) and not instead


def _put_anew(clause: Clause, talk: Talk, named: Sequence[AssetId]) -> bool:
    """Lay what is there elsewhere in time, or another picture in its place: ``hide the logo in the chorus``."""
    which, place = _meant(clause, talk), clause.place
    named = [each for each in named if each not in {getattr(clip.source, "asset", "") for clip in which}]
    if not which or not (named or (place is not None and not place.whole)) or (place is not None and place.missing):
        return False
    ids = () if len(which) == len(_laid(talk)) else tuple(clip.id for clip in which)
    made = [_again(clip, talk) for clip in which]
    if place is not None:
        where = clause.where()
        where = where.evolve(outside=not where.outside) if clause.negative else where
        made = [each.evolve(where=where) for each in made]
    if named:
        made = [each.evolve(asset=named[0]) for each in made]
    talk.do(edits.RemoveOverlay(clips=ids), *dict.fromkeys(made), subject=_OVERLAY)
    return True


def _again(clip: Clip, talk: Talk) -> edits.AddOverlay:
    """Return how a clip that is laid over the frame is laid there as it is."""
    timeline, source = talk.situation.timeline, clip.source
    assert timeline is not None
    assert isinstance(source, PictureSource | InsetSource)
    canvas, box = timeline.canvas, source.place
    longer = max(box.width * canvas.width, box.height * canvas.height)
    size = min(max(longer / min(canvas.width, canvas.height), _LEAST), _MOST)
    rate = canvas.fps
    span = edits.Stretch(start=clip.start / rate, end=clip.end / rate)
    where = edits.Where() if len(clip.span) == timeline.frames else edits.Where(stretches=(span,))
    position = boxes.position_of(box)
    return edits.AddOverlay(asset=source.asset, position=position, size=size, opacity=source.opacity, where=where)


def _opposite(clause: Clause, laid: Sequence[Clip]) -> Position | None:
    """Return the place across from where a picture lies: ``logo to the other side``, ``into the opposite corner``."""
    if not clause.has("word", "opposite") or not laid or not isinstance(laid[0].source, PictureSource | InsetSource):
        return None
    there = boxes.position_of(laid[0].source.place).split("-")
    turned = _ACROSS if {*there} & {*_ACROSS} else _UPSIDE
    return cast(Position, "-".join(turned.get(part, part) for part in there))
