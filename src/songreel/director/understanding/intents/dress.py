"""What is laid on the pictures: the visualizer; effects and transitions in modules of their own."""

from __future__ import annotations

from typing import get_args

from songreel.director.understanding import degrees, offers, paint, references
from songreel.director.understanding.clauses import Clause
from songreel.director.understanding.intents import effects, transitions
from songreel.director.understanding.talk import Subject, Talk
from songreel.model import edit as edits
from songreel.model.timeline import Position
from songreel.visuals import visualizers

_SIZE_STEP = 1.3
_WAYS = ("up", "higher")
_ANOTHER = ("换个", "换一个", "换一种", "换种")
_POSITIONS = get_args(Position)


def read(clause: Clause, talk: Talk) -> None:
    """Understand what a clause says of visualizers, transitions and effects."""
    before = len(talk.edits)
    if clause.all("ink") and _unheard_of(clause, talk):
        return
    if _in_time(clause, talk):
        talk.heard += 1
        clause.take_all()
        return
    _visualizer(clause, talk)
    transitions.read(clause, talk)
    effects.read(clause, talk)
    if len(talk.edits) > before:
        talk.only_there(clause.place, before)
        clause.take_place()


def _in_time(clause: Clause, talk: Talk) -> bool:
    """Tell whether a clause only says that what was just laid on moves with the music: ``跟着节奏动``."""
    said = [item for item in clause.items if not (item.silent or item.mark or item.has("reference"))]
    laid = bool(talk.edits) and isinstance(talk.edits[-1], edits.SetVisualizer | edits.SetEffect)
    return laid and bool(said) and all(item.has("sync") for item in said)


def _unheard_of(clause: Clause, talk: Talk) -> bool:
    """Tell whether something is wanted of the pictures that only words can have, such as a glow, and say so."""
    named = ("visualizer", "effect", "transition", "look", "scene", "color", "grey", "form")
    graded = degrees.of(clause, ("brightness", "contrast", "saturation", "warmth"))
    if graded or clause.negative or any(clause.all(kind) for kind in named) or clause.all("thing", "logo", "cover"):
        return False
    what = " ".join(clause.items[at].said for at in clause.all("ink"))
    talk.cannot("no-effect", what=what, names=offers.names("effects", talk))
    clause.take_all()
    return True


# -- visualizer ------------------------------------------------------------------------------------------------------


def _visualizer(clause: Clause, talk: Talk) -> None:
    found = clause.all("visualizer")
    if found and all(clause.items[at].has("unit") for at in found) and _musical(clause):
        return
    back = talk.subject is not None and talk.subject.kind == "visualizer" and not clause.all("thing", "title", "text")
    formed = _moving_form(clause)
    if not found and not formed and not (back and (_shaped(clause) or _of_it(clause, talk))):
        return
    if found and _another_one(clause, talk):
        return
    wanted = [at for at in found if not clause.items[at].negated]
    unwanted = found and not wanted and not any(not clause.items[at].negated for at in clause.all("form"))
    off = any(item.said.lower() == "off" for item in clause.items)
    removing = (clause.has("act", "remove", "vanish") or off) and not clause.has("act", "change")
    subject = Subject("visualizer")
    if removing or unwanted or (not found and clause.negative and not clause.all("position")):
        talk.do(edits.RemoveVisualizer(where=clause.where()), subject=subject)
        talk.verb = "remove" if removing else ""
    else:
        edit = _redesigned(_drawn(clause, wanted), clause, talk)
        if talk.in_the_way and found and talk.stage.visualizers and edit == edits.SetVisualizer():
            edit = edit.evolve(size_by=1 / _SIZE_STEP)
        if edit.size_by is not None:
            # ``it is too large, half of that`` says how much of the same.
            talk.edits = [one for one in talk.edits if not (isinstance(one, edits.SetVisualizer) and one.size_by)]
        talk.do(edit, subject=subject)
    for kind in ("visualizer", "position", "act", "reference"):
        clause.take_kind(kind)
    clause.take_kind("thing", "palette", "fade")
    clause.take_kind("fade")
    clause.take(
        *(each.at for each in degrees.of(clause, ("size", "opacity", "brightness", "saturation", "amount", "pace")))
    )
    clause.take_kind("dimension", "size", "opacity")
    clause.take(*(at for at in clause.all("effect") if any(item.has("sync") for item in clause.items[at + 1 : at + 3])))
    clause.take_kind("sync")


def _redesigned(edit: edits.SetVisualizer, clause: Clause, talk: Talk) -> edits.SetVisualizer:
    """Return an edit with the next design where only another is asked for: ``a different kind of visualizer``."""
    another = clause.has("word", "another", "varied") or any(item.said in _ANOTHER for item in clause.items)
    there = [getattr(clip.source, "design", "") for clip in talk.stage.visualizers]
    if not (another and there) or edit != edits.SetVisualizer() or clause.all("thing", "palette"):
        return edit
    clause.take_kind("thing", "look")
    clause.take_kind("word", "another", "varied")
    clause.take_kind("scene")
    designs = sorted(visualizers.DESIGNS)
    return edit.evolve(design=designs[(designs.index(there[0]) + 1) % len(designs)] if there[0] in designs else None)


def _moving_form(clause: Clause) -> bool:
    """Tell whether a form that moves with the music is asked for: ``a row of columns that jump with the music``."""
    put = clause.has("act", "add", "show") or clause.has("word", "wish") or bool(clause.all("position"))
    alone = clause.all("position") and not any(item.has("word", "line") or item.quote for item in clause.items)
    if clause.all("form") and alone and not clause.all("thing") and not clause.all("act"):
        # ``a wave at the bottom, turquoise``
        return True
    put = put or not any(item.has(kind) for item in clause.items for kind in ("act", "thing", "effect", "transition"))
    return bool(clause.all("form") and put and (clause.all("sync") or clause.has("thing", "song")))


def _framed(clause: Clause) -> set[int]:
    """Return where the frame is named only to say where in it something stands: ``at the top of the frame``."""
    frames = clause.all("thing", "picture", "video", "shots", "photo", "background")
    beside = ((at, [*clause.items[max(at - 3, 0) : at], *clause.items[at + 1 : at + 3]]) for at in frames)
    return {at for at, items in beside if any(item.has("position") for item in items)}


def _another_one(clause: Clause, talk: Talk) -> bool:
    """Tell whether a second visualizer is spoken of, which there never is, and say so; all is read then."""
    number = references.ordinal(clause)
    if number in (None, 1, -1) or clause.has("act", "add"):
        return False
    talk.cannot("only-one", what=talk.word("things", "visualizer"))
    clause.take_all()
    return True


def _musical(clause: Clause) -> bool:
    """Tell whether bars are bars of music here: ``every bar``, ``shots of two bars``."""
    counted = any(item.quantity is not None and item.quantity.kind == "amount" for item in clause.items)
    single = all(not clause.items[at].said.lower().endswith("s") for at in clause.all("visualizer"))
    return bool(single or counted or clause.all("thing", "cuts", "shots") or clause.has("word", "every", "per"))


def _of_it(clause: Clause, talk: Talk) -> bool:
    """Tell whether a clause that names nothing goes on with the visualizer: where it is, how large, what color."""
    framed = _framed(clause)
    if effects.those(clause) or _colored_too(clause, talk):
        return True
    bare = [item for item in clause.items if item.has("thing") and not item.has("thing", "look")]
    asked = clause.has("word", "another") or any(item.said in _ANOTHER for item in clause.items)
    if asked and not bare and clause.place is None:
        # ``another style of it``, ``换一种``
        return clause.has("reference", "it") or not clause.has("thing")
    named = ("thing", "effect", "transition", "look", "scene", "foreign")
    if any(at not in framed for kind in named for at in clause.all(kind)):
        return False
    if clause.place is not None and clause.has("word", "appears") and clause.has("reference"):
        return True
    if clause.has("act", "remove") or clause.negative:
        return clause.has("reference") and clause.place is None
    said = (
        clause.all("position")
        or clause.all("style", "bold", "regular")
        or degrees.of(clause, ("size", "opacity", "amount"))
        or len(paint.of(clause)) == 1
    )
    said = said or (clause.has("act", "move") and any(item.said.lower() in _WAYS for item in clause.items))
    sized = clause.all("dimension", "size", "opacity") and degrees.amounts(clause, "factor", "percent")
    return bool(said or sized) and (clause.has("reference") or not clause.unknown())


def _colored_too(clause: Clause, talk: Talk) -> bool:
    """Tell whether a color goes on with the visualizer of this message: ``频谱缩小一半，颜色改成金色``."""
    just = bool(talk.edits) and isinstance(talk.edits[-1], edits.SetVisualizer)
    things = [at for at in clause.all("thing") if not clause.items[at].has("thing", "palette")]
    return just and not things and bool(clause.all("thing", "palette")) and len(paint.of(clause)) == 1


def _shaped(clause: Clause) -> bool:
    return bool(clause.all("form"))


def _drawn(clause: Clause, wanted: list[int]) -> edits.SetVisualizer:
    names = [clause.items[at].value("visualizer") for at in wanted]
    forms = [clause.items[at].value("form") for at in clause.all("form") if not clause.items[at].negated]
    forms = [form for form in forms if form != "any"]
    clause.take_kind("form")
    design = next((name for name in [*reversed(names), *forms] if name and name != "any"), None)
    if forms:
        design = forms[-1 if clause.has("act", "change") else 0]
    moved = clause.has("act", "move")
    sizes = degrees.of(clause, ("size",) if moved else ("size", ""))
    colors = [each for each in paint.of(clause) if not each.feeling]
    if colors:
        # In ``white, not orange`` both are the spectrum's.
        clause.take(*(at for at, item in enumerate(clause.items) if item.color or item.has("color")))
    position = next((value for at in clause.all("position") if (value := clause.items[at].value("position"))), None)
    position = position or ("bottom-right" if clause.has("word", "corner") else None)
    if moved and position is None and any(item.said.lower() == "up" for item in clause.items):
        # A spectrum stands at the bottom where nobody has moved it.
        position = "center"
    if thick := [] if sizes else clause.all("style", "bold", "regular"):
        # A bar or a line that is thicker takes more room.
        sign = 1 if clause.items[thick[-1]].has("style", "bold") else -1
        turned = any(item.has("measure", "too") for item in clause.items[: thick[-1]][-2:])
        sizes = [degrees.Degree("size", -sign if turned else sign, degrees.strength(clause), thick[-1])]
        clause.take(*thick)
    faint = degrees.of(clause, ("opacity", "saturation", "brightness", "amount"))
    size_by = degrees.times(clause, sizes[0].sign, step=_SIZE_STEP) if sizes else None
    factor = degrees.amounts(clause, "factor")
    if size_by is None and factor and not faint:
        size_by = float(factor[0][1].value)
    percent = degrees.amounts(clause, "percent") if faint or clause.all("dimension", "opacity") else []
    muted = clause.all("mood", "muted")
    clause.take(*muted)
    muted = muted or [at for at in clause.all("measure", "too") if clause.items[at].said.lower() not in ("too", "太")]
    opacity = 0.5 if muted or (faint and faint[0].sign < 0) else 1.0 if faint else None
    place = clause.place
    return edits.SetVisualizer(
        design=design,
        position=position,
        size_by=size_by,
        color=colors[0].colors[0] if colors else None,
        opacity=_opaque(clause, min(float(percent[0][1].value), 1.0)) if percent else opacity,
        where=effects.spread(clause) if place is not None and not place.missing else None,
    )


def _opaque(clause: Clause, share: float) -> float:
    """Return how opaque something is that is so transparent: ``40% transparent`` is 60% opaque."""
    clear = any(item.has("degree", "opacity-") for item in clause.items) and not clause.all("dimension", "opacity")
    return round(1 - share, 4) if clear else share
