"""How one shot gives way to the next: by which transitions, how slow, and where."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from songreel.director.understanding import degrees
from songreel.director.understanding.clauses import Clause
from songreel.director.understanding.intents import effects, shot_counts
from songreel.director.understanding.talk import Subject, Talk
from songreel.model import edit as edits
from songreel.model.edit import Where
from songreel.visuals import catalog

_VARIED = ("dissolve", "slide", "zoom", "wipe", "blur")
_EACH = ("every", "each", "per", "每")
_LED_INTO = ("进", "进入", "转入", "切入", "切到", "转到")
_TOUCH = Fraction(1, 4)
_LONGEST = 3
"""Seconds of which “0.4 s is enough for those” may speak."""
_SAME = {"zoom-punch": "zoom"}


def read(clause: Clause, talk: Talk) -> None:
    """Understand what a clause says of transitions."""
    if _of_all(clause, talk):
        return
    if talk.edits and isinstance(talk.edits[-1], edits.SetTransition) and _cut_there(clause):
        # ``whip pans in the chorus, just cuts elsewhere``
        talk.do(edits.SetTransition(transition="cut", where=clause.where()), subject=Subject("transition"))
        clause.take_all()
        return
    found = clause.all("transition")
    general = clause.all("thing", "transitions") or _softened(clause) or _led_by(clause)
    names, exchanged = _names(clause)
    unwanted = [clause.items[at].value("transition") for at in found if clause.items[at].negated]
    back = talk.subject is not None and talk.subject.kind == "transition"
    if not found and clause.has("word", "lands"):
        # ``every cut should land on a beat``
        return
    if not found and not general and not (back and clause.has("reference") and clause.negative):
        return
    gone = not _led_by(clause) and any(clause.items[at].negated for at in general)
    removing = clause.has("act", "remove") or gone
    seconds = degrees.amounts(clause, "second")
    span = seconds[0][1].value if seconds else None
    where = _spread(clause, talk)
    if removing or (unwanted and not names):
        old = next((name for name in [*names, *unwanted] if name and name != "cut"), None)
        talk.do(edits.SetTransition(transition="cut", instead_of=old, where=where), subject=Subject("transition"))
    elif names:
        _set(clause, talk, names, unwanted)
    elif general and not _slower(clause, talk, where, span):
        return
    clause.take(*(at for at, _ in seconds))
    clause.take_kind("transition")
    clause.take_kind("thing", "transitions", "cuts", "shots")
    clause.take_kind("act")
    if general or exchanged:
        clause.take_kind("effect")
        clause.take_kind("motion")
    clause.take(*(each.at for each in degrees.of(clause, ("pace", "length", "amount"))))


def _cut_there(clause: Clause) -> bool:
    """Tell whether a place is only to have cuts: ``elsewhere just cuts``."""
    said = [item for item in clause.items if not (item.silent or item.mark or item.has("act", "only"))]
    there = clause.place is not None and any(item.has("thing", "cuts") for item in said)
    return there and all(item.place is not None or item.has("thing", "cuts") or item.has("turn") for item in said)


def _spread(clause: Clause, talk: Talk) -> Where:
    """Return where transitions are laid: where a part begins that is led into, ``a flash into the chorus``."""
    seconds, at = talk.stage.seconds, _joints(clause, talk)
    shots = tuple(
        clip.id for clip in talk.stage.shots[1:] if any(abs(seconds(clip.start) - each) <= _TOUCH for each in at)
    )
    return Where(clips=shots) if shots else effects.spread(clause)


def _joints(clause: Clause, talk: Talk) -> list[Fraction]:
    """Return where one part of the video gives way to another: ``between the verse and the chorus``."""
    found: list[Fraction] = []
    if clause.has("thing", "shots"):
        # ``whip pans into every chorus shot`` are many.
        return found
    for before, item in pairwise([None, *clause.items]):
        place = item.place if item is not None else None
        if place is None or not (place.label or place.span):
            continue
        shift = talk.stage.ahead(place.clock)
        led = before is not None and before.said in _LED_INTO
        if place.label and (led or place.said.lower().startswith("into ")):
            found += [low - shift for low, _ in place.stretches]
        elif place.said.lower().startswith("between "):
            (low, high), begin = place.stretches[0], talk.stage.song_start
            found += [part.start - begin for part in talk.stage.parts if low < part.start - begin < high]
    return found


def _softened(clause: Clause) -> list[int]:
    """Return the cuts that are found too hard: ``soften the cuts``, ``切得太硬了``."""
    return clause.all("thing", "cuts") if any(each.sign < 0 for each in degrees.of(clause, ("amount",))) else []


def _led_by(clause: Clause) -> list[int]:
    """Return the cuts that something else is to be: ``zooms instead of cuts``, ``the shots change with glitches``."""
    ways = [at for kind in ("effect", "motion") for at in clause.all(kind, negated=False)]
    if not any(_way(clause, at) for at in ways) or clause.has("unit") or clause.has("sync"):
        return []
    cuts = clause.all("thing", "cuts")
    led = [at for at in cuts if clause.items[at].contrast]
    if led or not (ways[0] and clause.items[ways[0] - 1].has("word", "into")):
        return led
    shots = clause.all("thing", "shots") if clause.has("word", "switches") else []
    return [at for at in (*cuts, *shots) if at < ways[0]]


def _way(clause: Clause, at: int) -> str | None:
    """Return the transition that goes by the name of an effect: ``flashes``, ``zooms``."""
    name = clause.items[at].value("effect") or clause.items[at].value("motion") or ""
    name = _SAME.get(name, name)
    return name if name in catalog.transitions() else None


def _names(clause: Clause) -> tuple[list[str | None], bool]:
    """Return the transitions that are wanted, effects of the same name among them, and whether they are exchanged."""
    general = bool(clause.all("thing", "transitions") or _led_by(clause))
    found = [clause.items[at] for at in clause.all("transition")]
    names = [item.value("transition") for item in found if not item.negated]
    laid = clause.has("act", "add") or clause.all("thing", "look")
    exchanged = bool(names) and clause.has("act", "change") and not laid
    if (general and not names) or exchanged:
        kinds = ("effect", "motion") if general else ("effect",)
        known = [_way(clause, at) for kind in kinds for at in clause.all(kind, negated=False)]
        known = [name for name in known if name]
        names += [name for name in known if name not in names]
    return (_through(clause) if general and not names else names), exchanged


def _set(clause: Clause, talk: Talk, names: list[str | None], unwanted: list[str | None]) -> None:
    old = next((name for name in unwanted if name != names[-1]), None)
    if len(names) > 1 and clause.has("act", "change"):
        old, names = names[0], names[1:]
    seconds, pace = degrees.amounts(clause, "second"), degrees.of(clause, ("pace", "length"))
    span = seconds[0][1].value if seconds else _share_of_usual(clause, talk)
    if pace and span is None:
        slow = pace[-1].sign * (1 if pace[-1].quality == "length" else -1) > 0
        span = Fraction(6, 5) if slow else Fraction(3, 10)
    edit = edits.SetTransition(transition=names[-1] or "cut", seconds=span, instead_of=old, where=_spread(clause, talk))
    if clause.has("act", "hold", "keep") and clause.place is not None and clause.place.outside:
        # To keep them except in a place is to have none there.
        there = replace(clause.place, outside=False).where()
        edit = edits.SetTransition(transition="cut", instead_of=names[-1], where=there)
    if clause.has("act", "only") and clause.place is not None and not clause.place.whole and _usual(talk):
        elsewhere = replace(clause.place, outside=not clause.place.outside).where()
        talk.do(edits.SetTransition(transition="cut", instead_of=names[-1], where=elsewhere))
    talk.do(edit, subject=Subject("transition", name=names[-1] or ""))


def _usual(talk: Talk) -> Fraction | None:
    """Return how many seconds the transitions that are there usually last; None where there are none."""
    there = sorted(clip.transition.frames for clip in talk.stage.shots if clip.transition.name != "cut")
    return talk.stage.seconds(there[len(there) // 2]) if there else None


def _share_of_usual(clause: Clause, talk: Talk) -> Fraction | None:
    """Read ``half as long``, ``twice as slow``."""
    factor, pace = degrees.amounts(clause, "factor"), degrees.of(clause, ("pace", "length"))
    usual = _usual(talk)
    if not factor or usual is None:
        return None
    clause.take(factor[0][0])
    times = abs(factor[0][1].value)
    quicker = bool(pace) and times > 1 and (pace[0].sign < 0) == (pace[0].quality == "length")
    return usual / times if quicker else usual * times


def _of_all(clause: Clause, talk: Talk) -> bool:
    """Read what names no transition: ``vary the transitions``, and ``shorter`` where they were spoken of."""
    back = talk.subject is not None and talk.subject.kind == "transition"
    general = bool(clause.all("thing", "transitions"))
    single = any(item.has("thing", "transitions") and item.said.lower().startswith(_EACH) for item in clause.items)
    each = clause.has("word", "another") and (clause.has("word", "every", "per") or single)
    if general and (clause.has("word", "varied") or each):
        _varied(clause, talk)
    elif back and not general and not clause.all("transition") and _paced(clause, talk):
        _again_slower(clause, talk)
    else:
        return False
    return True


def _through(clause: Clause) -> list[str | None]:
    """Return the transition through a color: ``between shots fade through black``, ``镜头之间黑一下``."""
    for name, color in (("dip", "black"), ("flash", "white")):
        black = name == "dip" and (clause.all("thing", "black") or clause.all("fade", "out"))
        if black or clause.all("color", color):
            clause.take_kind("thing", "black")
            clause.take_kind("fade")
            clause.take_kind("color", color)
            return [name]
    if clause.has("thing", "fade") or clause.all("fade"):
        # ``soft fades between the shots``
        clause.take_kind("fade")
        clause.take_kind("thing", "fade")
        return ["dissolve"]
    return []


def _varied(clause: Clause, talk: Talk) -> None:
    """Give the shots of a place transitions of several kinds, one after another."""
    spans = list(shot_counts.spans(clause, talk))
    starts = {clip.id: talk.stage.seconds(clip.start) for clip in talk.stage.shots[1:]}
    shots = [clip for clip, at in starts.items() if any(low <= at < high for low, high in spans)]
    for number, name in enumerate(_VARIED):
        if clips := tuple(shots[number :: len(_VARIED)]):
            edit = edits.SetTransition(transition=name, where=Where(clips=clips))
            talk.do(edit, subject=Subject("transition"))
    talk.heard += 1
    clause.take_all()


def _paced(clause: Clause, talk: Talk) -> bool:
    """Tell whether a clause that names nothing says how long the transitions that were spoken of are to last."""
    named = ("thing", "effect", "visualizer", "look", "scene", "dimension", "style", "platform", "shape")
    if any(clause.all(kind) for kind in named) or clause.unknown() or clause.place is not None:
        return False
    told = any(isinstance(edit, edits.SetTransition) for edit in talk.edits) and not degrees.amounts(clause, "factor")
    cutting = any(word in clause.said.lower() for word in ("cut", "切", "剪"))
    paced = clause.has("reference") or (told and not cutting)
    spans = [each.value for _, each in degrees.amounts(clause, "second")]
    if any(span > _LONGEST for span in spans):
        # ``dissolves, 20 seconds long``: so long is the video.
        return False
    enough = clause.has("measure", "enough") or clause.has("word", "enough", "better") or clause.has("act", "only")
    enough = enough or clause.has("act", "change")
    changed = clause.has("reference") or (told and not cutting and enough)
    return (changed and bool(spans)) or bool(degrees.of(clause, ("length", "pace") if paced else ("length",)))


def _there(talk: Talk) -> set[str]:
    return {clip.transition.name for clip in talk.stage.shots}


def _lasting(edit: edits.Edit, clause: Clause, span: Fraction | None) -> edits.Edit:
    """Return a transition that was just asked for as slow as is said after it: ``a white flash, shorter``."""
    if not isinstance(edit, edits.SetTransition):
        return edit
    if span is not None:
        return edit.evolve(seconds=span)
    pace = degrees.of(clause, ("length", "pace"))[0]
    slow = (pace.sign > 0) == (pace.quality == "length")
    return edit.evolve(seconds=Fraction(6, 5) if slow else Fraction(3, 10))


def _again_slower(clause: Clause, talk: Talk) -> None:
    seconds = degrees.amounts(clause, "second")
    span = seconds[0][1].value if seconds else None
    if any(isinstance(edit, edits.SetTransition) and edit.seconds for edit in talk.edits):
        # ``the dissolves are too slow, shorter`` says the same twice, ``…, 0.3 s`` how short.
        talk.edits = [_lasting(edit, clause, span) if span else edit for edit in talk.edits]
        talk.heard += 1
    else:
        told = [edit for edit in talk.edits if isinstance(edit, edits.SetTransition)]
        if told and not any(edit.transition == name for edit in told for name in _there(talk)):
            talk.edits = [_lasting(edit, clause, span) for edit in talk.edits]
        else:
            talk.edits = [edit for edit in talk.edits if edit not in told]
            _slower(clause, talk, Where(), span)
    talk.heard += 1
    clause.take_all()


def _slower(clause: Clause, talk: Talk, where: Where, span: Fraction | None) -> bool:
    """Read ``slower transitions``, ``softer transitions``, ``transitions of one second``: those there, or dissolves."""
    timeline = talk.situation.timeline
    shots = timeline.clips("base") if timeline else ()
    there = [clip.transition for clip in shots if clip.transition.name != "cut"]
    name = max({each.name for each in there}, key=lambda each: sum(t.name == each for t in there), default="dissolve")
    pace = degrees.of(clause, ("pace", "length", "amount"))
    pace = pace or [degrees.Degree("pace", -1, 1, at) for at in clause.all("mood", "calm", negated=False)]
    clause.take_kind("mood", "calm")
    if span is None and there and pace and timeline:
        usual = Fraction(sorted(each.frames for each in there)[len(there) // 2]) / timeline.canvas.fps
        longer = pace[-1].sign if pace[-1].quality == "length" else -pace[-1].sign
        span = usual * (Fraction(3, 2) if longer > 0 else Fraction(2, 3))
    elif span is None and not (pace or clause.has("act", "add", "change")):
        return False
    edit = edits.SetTransition(transition=name, seconds=span, where=where)
    talk.do(edit, subject=Subject("transition", name=name))
    return True
