"""What is laid on the pictures: effects, transitions, the visualizer."""

from __future__ import annotations

from fractions import Fraction
from typing import get_args

from songreel.director.understanding import degrees, offers, paint, references
from songreel.director.understanding.clauses import Clause
from songreel.director.understanding.talk import Subject, Talk
from songreel.model import edit as edits
from songreel.model.edit import Where
from songreel.model.timeline import Position
from songreel.visuals import catalog

_STEP, _SIZE_STEP = 1.6, 1.3
_USUAL, _LIGHT, _STRONG = 0.5, 0.25, 0.85
_FLASH_S = Fraction(1)
_POSITIONS = get_args(Position)


def read(clause: Clause, talk: Talk) -> None:
    """Understand what a clause says of visualizers, transitions and effects."""
    before = len(talk.edits)
    if clause.all("ink") and _unheard_of(clause, talk):
        return
    _visualizer(clause, talk)
    _transitions(clause, talk)
    _effects(clause, talk)
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


def _where(clause: Clause) -> Where:
    """Return where something is laid; a moment lasts a second."""
    place = clause.place
    if place is None or place.missing:
        return Where()
    said = [item.quantity.value for item in clause.items if item.quantity and item.quantity.unit == "second"]
    if place.point or (said and not clause.has("transition") and not place.outside and not place.whole):
        lasts = said[0] if said else _FLASH_S
        stretches = tuple(edits.Stretch(start=low, end=low + lasts) for low, _ in place.stretches)
        return Where(stretches=stretches, clock=place.clock, said=place.said[:200])
    return place.where()


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
    return bool(said) and (clause.has("reference") or not clause.unknown())


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
        where=_where(clause) if place is not None and not place.missing else None,
    )


# -- transitions -----------------------------------------------------------------------------------------------------


def _transitions(clause: Clause, talk: Talk) -> None:
    found = clause.all("transition")
    general = clause.all("thing", "transitions")
    names = [clause.items[at].value("transition") for at in found if not clause.items[at].negated]
    exchanged = bool(names) and clause.has("act", "change") and not clause.has("act", "add")
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
    where = _where(clause)
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


# -- effects ---------------------------------------------------------------------------------------------------------


def _effects(clause: Clause, talk: Talk) -> None:
    found = clause.all("effect")
    if found and all(clause.items[at].has("look") for at in found) and _as_look(clause):
        return
    back = talk.subject if talk.subject is not None and talk.subject.kind == "effect" else None
    general = clause.all("thing", "effects")
    removing = clause.has("act", "remove")
    names = [(clause.items[at].value("effect") or "", clause.items[at].negated) for at in found]
    if not names and general and (removing or any(clause.items[at].negated for at in general)):
        talk.do(*_all_effects(clause, talk), subject=Subject("effect"))
        talk.heard += 1
        clause.take_kind("thing", "effects")
        clause.take_kind("act")
        return
    if not names and back and _about_it(clause):
        names = [(back.name, False)]
    elif not names and general and degrees.of(clause, ("", "amount", "size", "saturation")):
        names = [(name, False) for name in _there(talk)]
    if _exchanged(clause, found):
        names[0] = (names[0][0], True)
    for name, negated in dict.fromkeys(names):
        milder = not found and not removing and degrees.of(clause, ("amount",))
        if removing or negated or (not found and clause.negative and not milder):
            talk.do(edits.RemoveEffect(effect=name, where=_where(clause)), subject=Subject("effect", name=name))
            talk.verb = "remove"
        else:
            talk.do(_effect(clause, talk, name, grown=_degree_of(clause, name)), subject=Subject("effect", name=name))
    if names:
        for kind in ("effect", "act", "reference", "sync"):
            clause.take_kind(kind)
        clause.take_kind("thing", "effects", "picture", "video")
        clause.take_kind("dimension", "amount")
        clause.take(*(each.at for each in degrees.of(clause, ("", "amount", "size", "opacity", "pace"))))
        clause.take(*(at for at, _ in degrees.amounts(clause, "percent", "factor")))


def _all_effects(clause: Clause, talk: Talk) -> list[edits.RemoveEffect]:
    """Return the removal of all effects, or of those there but the ones that are to stay."""
    kept = {item.value("effect") for item in clause.items if item.spared}
    if not kept - {None}:
        return [edits.RemoveEffect(where=_where(clause))]
    return [edits.RemoveEffect(effect=name, where=_where(clause)) for name in _there(talk) if name not in kept]


def _exchanged(clause: Clause, found: list[int]) -> bool:
    """Tell whether the second of two effects takes the place of the first: ``replace the grain with vhs``."""
    if len(found) != 2 or not clause.has("act", "change"):
        return False
    return any(item.has("word", "into") or item.has("act", "change") for item in clause.items[found[0] + 1 : found[1]])


def _as_look(clause: Clause) -> bool:
    """Tell whether a word such as VHS means the whole look here, not the filter."""
    put = (
        degrees.of(clause, ("amount", ""))
        or clause.has("act", "add", "remove")
        or clause.has("negator")
        or clause.has("thing", "effects")
    )
    return clause.has("thing", "look") or (not put and clause.place is None)


def _about_it(clause: Clause) -> bool:
    if any(clause.has(kind) for kind in ("thing", "visualizer", "scene", "look", "foreign", "position")):
        return False
    if degrees.of(clause, ("amount",)) or clause.all("dimension", "amount"):
        return True
    removed = clause.has("act", "remove") and (clause.place is None or clause.has("reference"))
    return (removed and not clause.unknown()) or (clause.has("reference") and clause.place is not None)


def _there(talk: Talk) -> list[str]:
    return list(dict.fromkeys(effect.name for clip in talk.stage.shots for effect in clip.effects))


def _degree_of(clause: Clause, name: str) -> list[degrees.Degree]:
    """Return how much an effect is to grow: of several, each by the word before it (``less shake more grain``)."""
    grown = degrees.of(clause, ("amount", "", "size"))
    at = next((at for at, item in enumerate(clause.items) if item.has("effect", name)), 0)
    before = [each for each in grown if each.at < at]
    return before[-1:] if len(grown) > 1 and len(clause.all("effect")) > 1 and before else grown


def _effect(clause: Clause, talk: Talk, name: str, *, grown: list[degrees.Degree]) -> edits.SetEffect:
    where = _where(clause)
    there = any(effect.name == name for clip in talk.stage.shots for effect in clip.effects)
    percent, factor = degrees.amounts(clause, "percent"), degrees.amounts(clause, "factor")
    if percent and (not there or degrees.absolute(clause, percent[0][0])):
        return edits.SetEffect(effect=name, amount=min(max(float(percent[0][1].value), 0.0), 1.0), where=where)
    if clause.has("measure", "most"):
        return edits.SetEffect(effect=name, amount=1.0, where=where)
    if there and (grown or percent or factor) and not clause.has("act", "add"):
        return edits.SetEffect(
            effect=name, amount_by=degrees.times(clause, grown[0].sign if grown else 1, step=_STEP), where=where
        )
    amount = _USUAL
    if clause.has("measure", "bit") or (grown and grown[0].sign < 0):
        amount = _LIGHT
    elif grown or clause.has("measure", "lot"):
        amount = _STRONG
    return edits.SetEffect(effect=name, amount=amount, where=where)
