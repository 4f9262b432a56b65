"""What is laid on the pictures: the visualizer and transitions; effects in `effects`."""

from __future__ import annotations

from fractions import Fraction
from typing import get_args

from songreel.director.understanding import degrees, offers, paint, references
from songreel.director.understanding.clauses import Clause
from songreel.director.understanding.intents import effects
from songreel.director.understanding.talk import Subject, Talk
from songreel.model import edit as edits
from songreel.model.edit import Where
from songreel.model.timeline import Position
from songreel.visuals import catalog

_SIZE_STEP = 1.3
_POSITIONS = get_args(Position)


def read(clause: Clause, talk: Talk) -> None:
    """Understand what a clause says of visualizers, transitions and effects."""
    before = len(talk.edits)
    if clause.all("ink") and _unheard_of(clause, talk):
        return
    _visualizer(clause, talk)
    _transitions(clause, talk)
    effects.read(clause, talk)
    if len(talk.edits) > before:
        talk.only_there(clause.place, before)
        clause.take_place()


def _unheard_of(clause: Clause, talk: Talk) -> bool:
    """Tell whether something is wanted of the pictures that only words can have, such as a glow, and say so."""
    named = ("visualizer", "effect", "transition", "look", "scene", "color", "grey", "form")
    if clause.negative or any(clause.all(kind) for kind in named) or clause.all("thing", "logo", "cover"):
        return False
    what = " ".join(clause.items[at].said for at in clause.all("ink"))
    talk.cannot("no-effect", what=what, names=offers.names("effects", talk))
    clause.take(*range(len(clause.items)))
    return True


# -- visualizer ------------------------------------------------------------------------------------------------------


def _visualizer(clause: Clause, talk: Talk) -> None:
    found = clause.all("visualizer")
    if found and all(clause.items[at].has("unit") for at in found) and _musical(clause):
        return
    back = talk.subject is not None and talk.subject.kind == "visualizer" and not clause.all("thing", "title", "text")
    formed = (
        clause.all("form") and clause.has("act", "add", "show") and (clause.all("sync") or clause.has("thing", "song"))
    )
    if not found and not formed and not (back and (_shaped(clause) or _of_it(clause))):
        return
    if found and _another_one(clause, talk):
        return
    wanted = [at for at in found if not clause.items[at].negated]
    unwanted = found and not wanted
    off = any(item.said.lower() == "off" for item in clause.items)
    removing = (clause.has("act", "remove") or off) and not clause.has("act", "change")
    subject = Subject("visualizer")
    if removing or unwanted or (not found and clause.negative and not clause.all("position")):
        talk.do(edits.RemoveVisualizer(where=clause.where()), subject=subject)
        talk.verb = "remove"
    else:
        talk.do(_drawn(clause, wanted), subject=subject)
    for kind in ("visualizer", "position", "act", "reference"):
        clause.take_kind(kind)
    clause.take(*(each.at for each in degrees.of(clause, ("size", "opacity", "brightness", "amount"))))
    clause.take_kind("dimension", "size", "opacity")


def _another_one(clause: Clause, talk: Talk) -> bool:
    """Tell whether a second visualizer is spoken of, which there never is, and say so; all is read then."""
    number = references.ordinal(clause)
    if number in (None, 1, -1) or clause.has("act", "add"):
        return False
    talk.cannot("only-one", what=talk.word("things", "visualizer"))
    clause.take(*range(len(clause.items)))
    return True


def _musical(clause: Clause) -> bool:
    """Tell whether bars are bars of music here: ``every bar``, ``shots of two bars``."""
    counted = any(item.quantity is not None and item.quantity.kind != "factor" for item in clause.items)
    single = all(not clause.items[at].said.lower().endswith("s") for at in clause.all("visualizer"))
    return bool(single or counted or clause.all("thing", "cuts", "shots") or clause.has("word", "every", "per"))


def _of_it(clause: Clause) -> bool:
    """Tell whether a clause that names nothing goes on with the visualizer: where it is, how large, what color."""
    if any(clause.all(kind) for kind in ("thing", "effect", "transition", "look", "scene", "foreign")):
        return False
    if clause.has("act", "remove") or clause.negative:
        return clause.has("reference") and clause.place is None
    said = clause.all("position") or degrees.of(clause, ("size", "opacity")) or len(paint.of(clause)) == 1
    sized = clause.all("dimension", "size") and degrees.amounts(clause, "factor", "percent")
    return bool(said or sized) and (clause.has("reference") or not clause.unknown())


def _shaped(clause: Clause) -> bool:
    return bool(clause.all("form"))


def _drawn(clause: Clause, wanted: list[int]) -> edits.SetVisualizer:
    names = [clause.items[at].value("visualizer") for at in wanted]
    forms = [clause.items[at].value("form") for at in clause.all("form") if not clause.items[at].negated]
    clause.take_kind("form")
    design = next((name for name in [*reversed(names), *forms] if name and name != "any"), None)
    design = next((name for name in forms if name), design) if design in (None, "any") or forms else design
    sizes = degrees.of(clause, ("size",))
    colors = [each for each in paint.of(clause) if not each.feeling]
    clause.take(*(each.at for each in colors))
    position = next((value for at in clause.all("position") if (value := clause.items[at].value("position"))), None)
    faint = degrees.of(clause, ("opacity",))
    size_by = degrees.times(clause, sizes[0].sign, step=_SIZE_STEP) if sizes else None
    factor = degrees.amounts(clause, "factor")
    if size_by is None and factor:
        size_by = float(factor[0][1].value)
    percent = degrees.amounts(clause, "percent") if faint or clause.all("dimension", "opacity") else []
    opacity = 0.5 if faint and faint[0].sign < 0 else 1.0 if faint else None
    place = clause.place
    return edits.SetVisualizer(
        design=design,
        position=position,
        size_by=size_by,
        color=colors[0].colors[0] if colors else None,
        opacity=min(float(percent[0][1].value), 1.0) if percent else opacity,
        where=effects.spread(clause) if place is not None and not place.missing else None,
    )


# -- transitions -----------------------------------------------------------------------------------------------------


def _transitions(clause: Clause, talk: Talk) -> None:
    found = clause.all("transition")
    general = clause.all("thing", "transitions")
    names = [clause.items[at].value("transition") for at in found if not clause.items[at].negated]
    exchanged = (
        bool(names) and clause.has("act", "change") and not (clause.has("act", "add") or clause.all("thing", "look"))
    )
    if (general and not names) or exchanged:
        ways = [clause.items[at].value("effect") for at in clause.all("effect") if not clause.items[at].negated]
        known = [name for name in (_SAME.get(way or "", way) for way in ways) if name in catalog.transitions()]
        names += [name for name in known if name not in names]
    unwanted = [clause.items[at].value("transition") for at in found if clause.items[at].negated]
    back = talk.subject is not None and talk.subject.kind == "transition"
    if not found and not general and not (back and clause.has("reference") and clause.negative):
        return
    removing = clause.has("act", "remove") or (general and any(clause.items[at].negated for at in general))
    seconds = degrees.amounts(clause, "second")
    span = seconds[0][1].value if seconds else None
    where = effects.spread(clause)
    if removing or (unwanted and not names):
        old = next((name for name in [*names, *unwanted] if name and name != "cut"), None)
        talk.do(edits.SetTransition(transition="cut", instead_of=old, where=where), subject=Subject("transition"))
    elif names:
        old = next((name for name in unwanted if name != names[-1]), None)
        if len(names) > 1 and clause.has("act", "change"):
            old, names = names[0], names[1:]
        pace = degrees.of(clause, ("pace", "length"))
        if pace and span is None:
            slow = pace[0].sign * (1 if pace[0].quality == "length" else -1) > 0
            span = Fraction(6, 5) if slow else Fraction(3, 10)
        edit = edits.SetTransition(transition=names[-1] or "cut", seconds=span, instead_of=old, where=where)
        talk.do(edit, subject=Subject("transition", name=names[-1] or ""))
    elif general and not _slower(clause, talk, where, span):
        return
    clause.take(*(at for at, _ in seconds))
    clause.take_kind("transition")
    clause.take_kind("thing", "transitions", "cuts", "shots")
    clause.take_kind("act")
    if general or exchanged:
        clause.take_kind("effect")
    clause.take(*(each.at for each in degrees.of(clause, ("pace", "length", "amount"))))


_SAME = {"zoom-punch": "zoom"}


def _slower(clause: Clause, talk: Talk, where: Where, span: Fraction | None) -> bool:
    """Read ``slower transitions``, ``softer transitions``, ``transitions of one second``: those there, or dissolves."""
    timeline = talk.situation.timeline
    shots = timeline.clips("base") if timeline else ()
    there = [clip.transition for clip in shots if clip.transition.name != "cut"]
    name = max({each.name for each in there}, key=lambda each: sum(t.name == each for t in there), default="dissolve")
    pace = degrees.of(clause, ("pace", "length", "amount"))
    if span is None and there and pace and timeline:
        usual = Fraction(sorted(each.frames for each in there)[len(there) // 2]) / timeline.canvas.fps
        longer = pace[0].sign if pace[0].quality == "length" else -pace[0].sign
        span = usual * (Fraction(3, 2) if longer > 0 else Fraction(2, 3))
    elif span is None and not (pace or clause.has("act", "add", "change")):
        return False
    edit = edits.SetTransition(transition=name, seconds=span, where=where)
    talk.do(edit, subject=Subject("transition", name=name))
    return True
