"""The rhythm of the cuts."""

from __future__ import annotations

from fractions import Fraction

from songreel.director.understanding import degrees
from songreel.director.understanding.clauses import Clause
from songreel.director.understanding.intents import cut_places, cut_rules, one_cut, one_shot, shot_counts, shot_lengths
from songreel.director.understanding.item import Item
from songreel.director.understanding.talk import Subject, Talk
from songreel.model import edit as edits
from songreel.model.brief import CutRule
from songreel.model.timeline import Mark

_SUBJECT = Subject("cuts")
_STEP = 2.0
_NEAR_S = Fraction(1, 10)
_POINTS = ("the", "that", "this")
_ELSE = ("effect", "transition", "visualizer", "color", "grey", "tone", "volume")


def read(clause: Clause, talk: Talk) -> None:
    """Understand what a clause says of how often the picture changes."""
    before = len(talk.edits)
    if _of_effect(clause, talk) or cut_places.sometime(clause):
        return
    cut_places.put(clause, talk)
    if _rhythm(clause, talk):
        talk.only_there(clause.place, before)
        for kind in ("sync", "pace", "unit", "act"):
            clause.take_kind(kind)
        clause.take_kind("thing", "cuts", "shots", "picture", "photo", "video")
        clause.take_kind("dimension", "pace")
        clause.take(*(each.at for each in degrees.of(clause, ("pace", "length", ""))))
        clause.take(*(at for at, item in enumerate(clause.items) if item.quantity or item.place))


def _of_effect(clause: Clause, talk: Talk) -> bool:
    """Tell whether a rhythm is that of an effect: ``a flash on every beat`` cuts nothing."""
    laid = clause.has("effect") and any(isinstance(edit, edits.SetEffect) for edit in talk.edits)
    cut = clause.all("act") or clause.all("thing", "cuts", "shots") or degrees.of(clause, ("pace",))
    return laid and not cut


def _rhythm(clause: Clause, talk: Talk) -> bool:
    where = clause.where()
    if cut_rules.in_time(clause, talk) or cut_rules.denied(clause):
        talk.heard += 1
        if cut_rules.unparted(clause, talk):
            talk.do(edits.CutEvery(rule=CutRule(every=1, unit="beat"), where=where), subject=_SUBJECT)
        return True
    if _by_section(clause, talk) or one_shot.read(clause, talk) or one_cut.read(clause, talk):
        return True
    if shot_lengths.read(clause, talk):
        return True
    if counted := shot_counts.asked(clause, talk):
        talk.do(*counted, subject=_SUBJECT)
        return True
    if (rule := cut_rules.asked(clause, talk)) is not None:
        talk.do(edits.CutEvery(rule=rule, where=_spelled_out(clause, talk, rule) or clause.where()), subject=_SUBJECT)
        return True
    return _held(clause, talk) or _cut_at(clause, talk) or _denser(clause, talk, where)


def _spelled_out(clause: Clause, talk: Talk, rule: CutRule) -> edits.Where | None:
    """Return the place of a wish that a rule only spells out, which it replaces: ``副歌要密，每一拍都切``."""
    last = talk.edits[-1] if talk.edits else None
    if clause.place is not None or clause.joined or not isinstance(last, edits.CutDenser):
        return None
    units = {"bar": talk.stage.bar_s, "beat": talk.stage.beat_s, "half": talk.stage.beat_s / 2}
    step = rule.every * units[rule.unit]
    if (last.factor > 1) != (step * len(talk.stage.shots) < talk.stage.length):
        return None
    talk.edits.remove(last)
    return last.where


def _by_section(clause: Clause, talk: Talk) -> bool:
    """Read ``cut only when the section changes`` and ``one picture per section``: each section is one shot."""
    switched = clause.all("thing", "cuts", "shots", "photo") or clause.has("word", "switches")
    each = clause.has("word", "every", "per") or clause.has("act", "only") or clause.has("word", "in")
    if not (switched and each and clause.all("topic", "sections")) or clause.place is not None or clause.has("sync"):
        return False
    parts = talk.stage.parts
    spans = [edits.Stretch(start=part.start, end=part.end) for part in parts]
    talk.do(*(edits.HoldShot(where=edits.Where(stretches=(span,), clock="song")) for span in spans), subject=_SUBJECT)
    return bool(parts)


def _held(clause: Clause, talk: Talk) -> bool:
    """Read ``no cuts in the intro``, ``one single shot for the whole intro``, ``hold one picture for six seconds``."""
    cuts = clause.all("thing", "cuts")
    taken = any(clause.items[at].negated for at in cuts) or (cuts and clause.all("act", "remove"))
    unwanted = bool(taken) or _unchanged(clause)
    place = clause.place
    edge = clause.has("act", "begin", "finish") and place is None
    if take := [] if edge else clause.all("thing", "one-take"):
        clause.take(*take)
        _hold(clause, talk)
        return True
    if unwanted and not _unchanged(clause) and _unaltered(clause):
        talk.heard += 1
        return True
    if not (unwanted or _one_picture(clause)) or degrees.of(clause, ("length", "pace")) or clause.all("transition"):
        return False
    if edge:
        # ``finish on one long shot`` does not say how long.
        return False
    if degrees.amounts(clause, "beat", "bar") or (place is not None and (place.clips or place.missing)):
        return False
    _hold(clause, talk)
    return True


def _unchanged(clause: Clause) -> bool:
    """Tell whether the picture is not to change for a while: ``nothing should change on screen before 0:09``."""
    still = any(item.negated and item.has("word", "switches") for item in clause.items)
    seen = clause.all("thing", "picture", "photo") or clause.has("topic", "seen") or clause.has("topic", "shots")
    named = clause.has("thing", "text", "title", "caption") or any(item.asset or item.quote for item in clause.items)
    return still and bool(seen) and clause.place is not None and not (named or clause.has("word", "every", "per"))


def _unaltered(clause: Clause) -> bool:
    """Tell whether the cuts are to stay as they are: ``no changes to the edit``, ``leave the cuts as is``."""
    changes = [item for item in clause.items if item.has("word", "alters", "switches") and not item.has("thing")]
    return bool(clause.all("act", "keep")) or any(item.negated for item in changes)


def _hold(clause: Clause, talk: Talk) -> None:
    """Do not cut in the place of a clause, or anywhere; ``前奏只用一个镜头，不要切`` says the same twice."""
    held = [edit for edit in talk.edits if isinstance(edit, edits.HoldShot) and not edit.where.everywhere]
    last = talk.edits[-1] if talk.edits else None
    if held and clause.place is None:
        talk.heard += 1
    elif isinstance(last, edits.CutDenser) and clause.place is None and last.factor < 1 and not last.where.everywhere:
        # ``the outro should be calm, no cutting``
        talk.edits.remove(last)
        talk.do(edits.HoldShot(where=last.where), subject=_SUBJECT)
    else:
        talk.do(edits.HoldShot(where=clause.where()), subject=_SUBJECT)


def _one_picture(clause: Clause) -> bool:
    """Tell whether there is to be one picture and no other: ``just one shot``, ``hold one picture in the intro``."""
    if clause.has("word", "every", "per", "another", "many") or clause.has("act", "add", "remove", "change"):
        return False
    if any(item.asset or item.quote for item in clause.items) or clause.has("unit", "beat", "bar"):
        return False
    one = any(_single(item) or item.has("word", "alone") or item.said.startswith("一个") for item in clause.items)
    if one and (clause.all("thing", "shots") or degrees.amounts(clause, "shot")):
        return True
    pictures = clause.all("thing", "picture", "photo", "background")
    held = any(item.has("act", "hold") and not item.has("ignored") for item in clause.items)
    stays = (
        held
        or (one and all(_bare(item) for item in clause.items))
        or (one and (clause.has("act", "hold", "linger", "only") or clause.has("word", "wish")))
    )
    return bool(pictures) and stays and clause.place is not None and not degrees.amounts(clause, "second")


def _bare(item: Item) -> bool:
    """Tell whether an item belongs to ``the first 8 bars: one image``, where no verb is needed."""
    named = item.place is not None or item.has("word", "alone") or item.has("thing", "photo", "picture")
    return named or item.silent or item.mark or _single(item)


def _single(item: Item) -> bool:
    quantity = item.quantity
    counts = quantity is not None and quantity.kind == "amount" and quantity.unit in ("", "shot", "cut")
    return counts and quantity is not None and quantity.value == 1


def _cut_at(clause: Clause, talk: Talk) -> bool:
    place = clause.place
    cut = clause.all("thing", "cuts") or [at for at, one in degrees.amounts(clause, "cut") if one.value == 1]
    if clause.has("act", "add"):
        cut += [at for at in clause.all("degree", "pace+") if clause.items[at].said.lower().endswith((" cut", " cuts"))]
    if place is None or place.missing or not cut or not (place.point or _on_bars(clause, talk)):
        return False
    if clause.has("act", "only") and any(item.has("word", "alone") or _single(item) for item in clause.items):
        talk.do(edits.HoldShot(), subject=_SUBJECT)
    for low, _ in place.stretches:
        mark: Mark = "half" if cut_rules.parted(clause) else "beat"
        talk.do(edits.CutAt(at=low, clock=place.clock, mark=mark), subject=_SUBJECT)
    return True


def _on_bars(clause: Clause, talk: Talk) -> bool:
    """Tell whether single bars are moments to cut at: ``add a cut at bar 7``, not ``cut faster in bar 7``."""
    said = [item for item in clause.items if item.place is not None]
    bars = [low_high for item in said if item.place for low_high in item.place.stretches]
    single = all(abs(high - low - talk.stage.bar_s) < _NEAR_S for low, high in bars)
    numbered = all(item.place and not item.place.label and any(map(str.isdigit, item.said)) for item in said)
    singular = any(item.said.lower() in ("a", "a cut", "another", "one") for item in clause.items) or bool(
        degrees.amounts(clause, "cut")
    )
    return single and numbered and singular and not degrees.of(clause)


def _denser(clause: Clause, talk: Talk, where: edits.Where) -> bool:
    """Read ``faster``, ``half as many cuts``, ``let the shots be longer``."""
    cuts, shots = clause.all("thing", "cuts"), clause.all("thing", "shots")
    sign = _sign(clause, talk)
    if not sign or _of_else(clause, talk):
        return False
    told = degrees.amounts(clause, "factor", "percent")
    said = bool(told)
    factor = degrees.times(clause, sign, step=_STEP)
    if _interval(clause) and told and told[0][1].kind == "factor" and told[0][1].value < 1:
        factor = 1 / factor
    if clause.has("word", "gradual") and where.everywhere:
        talk.do(*_growing(clause, talk, factor), subject=_SUBJECT)
        return True
    same = [each for each in talk.edits if isinstance(each, edits.CutDenser) and (each.factor > 1) == (factor > 1)]
    held = factor < 1 and not (cuts or shots) and any(isinstance(each, edits.HoldShot) for each in talk.edits)
    if clause.place is None and (held or any(not each.where.everywhere for each in same)):
        # ``the last 8 seconds slower, longer shots`` says the same twice, of one place.
        talk.heard += 1
        return True
    alike = [each.factor for each in same]
    talk.undo_alike(edits.CutDenser, where, lambda edit: (edit.factor > 1) == (factor > 1))
    if not said:
        factor = max([factor, *alike]) if factor > 1 else min([factor, *alike])
    denser = edits.CutDenser(factor=max(factor, 1 / 64), where=where)
    _found_fault(clause, talk, denser)
    talk.do(denser, subject=_SUBJECT)
    return True


def _found_fault(clause: Clause, talk: Talk, denser: edits.CutDenser) -> None:
    """Remember what a feeling asks for: in ``the middle drags, more cuts from 15 to 25 s`` the wish says where."""
    if isinstance(talk.felt, edits.CutDenser) and clause.place is not None and talk.felt in talk.edits:
        talk.edits.remove(talk.felt)
    same = [
        edit for edit in talk.edits if isinstance(edit, edits.CutDenser) and (edit.factor > 1) == (denser.factor > 1)
    ]
    felt = clause.has("word", "lifeless") or bool(_urged(clause))
    talk.felt = denser if felt and not (clause.all("thing", "cuts", "shots") or same) else None


def _of_else(clause: Clause, talk: Talk) -> bool:
    """Tell whether more and less are those of something else than cuts: of colors, of a fade, of one shot alone."""
    paced = clause.all("thing", "cuts", "shots") or degrees.of(clause, ("pace",))
    if _the_shot(clause) or (clause.all("thing", "song") and not paced):
        return True
    if clause.has("fade") or clause.all("transition") or _of_others(clause, talk):
        return True
    colors = _of_colors(clause)
    talk.heard += colors and clause.has("word", "complaint")
    return colors


def _the_shot(clause: Clause) -> bool:
    """Tell whether one shot is meant that nothing points out: ``extend the outgoing shot``."""
    shots = [at for at in clause.all("thing", "shots") if clause.items[at].said.lower() == "shot"]
    pointed = [item for at in shots for item in clause.items[max(0, at - 3) : at] if item.said.lower() in _POINTS]
    return bool(pointed) and clause.place is None and not clause.has("word", "every", "per", "long")


def _wished(clause: Clause) -> int:
    """Return the way a wish goes that follows a complaint: ``剪得有点拖，再利索点``; 0 where none does."""
    again = next((at for at, item in enumerate(clause.items) if item.said == "再" and at), 0)
    wished = [item.value("degree") for item in clause.items[again:] if item.value("degree") in ("pace+", "pace-")]
    complained = again and any(item.has("word", "complaint") for item in clause.items[:again])
    return (1 if wished[-1] == "pace+" else -1) if complained and wished else 0


def _of_others(clause: Clause, talk: Talk) -> bool:
    """Tell whether a pace is that of something else: ``the spectrum is too nervous``, ``the title is too static``."""
    paced = clause.all("thing", "cuts", "shots", "photo", "picture") or clause.all("dimension") or clause.all("unit")
    named = clause.all("thing", "text", "title", "artist", "subtitle", "caption", "lyric", "logo")
    spoken = talk.subject is not None and talk.subject.kind == "visualizer"
    named = named or (clause.all("reference", "it") if spoken else [])
    return bool(named or clause.all("visualizer")) and not (paced or clause.has("degree", "urge+", "urge-"))


def _of_colors(clause: Clause) -> bool:
    """Tell whether it is colors that are called dull or lively: ``the colors are a bit sluggish``."""
    paced = clause.all("thing", "cuts", "shots") or clause.all("dimension", "pace") or clause.all("unit")
    return bool(clause.all("thing", "palette")) and not paced


def _sign(clause: Clause, talk: Talk) -> int:
    """Return whether more cuts are asked for (1), fewer (−1), or nothing of the kind (0)."""
    cuts, shots = clause.all("thing", "cuts"), clause.all("thing", "shots")
    sign = 0
    if (urged := _urged(clause)) and not any(isinstance(edit, edits.UsePart) for edit in talk.edits[-1:]):
        sign = urged
    elif _interval(clause):
        longer = degrees.of(clause, ("length", "size", ""))
        told = degrees.amounts(clause, "factor", "percent")
        sign = -longer[0].sign if longer else -1 if told else 0
    elif pace := degrees.of(clause, ("pace",)):
        # What is wanted stands last: ``they get dizzy, fewer cuts``.
        sign = _wished(clause) or pace[-1].sign
    elif grown := (degrees.of(clause, ("length",)) if shots or _stays(clause) or _back(clause, talk) else []):
        sign = -grown[0].sign
    elif grown := (degrees.of(clause, ("", "size")) if _of_cuts(clause, talk) else []):
        sign = grown[0].sign
    elif (cuts or shots) and clause.all("act", "trim", "remove") and degrees.amounts(clause, "factor", "percent"):
        sign = -1
    elif (cuts and clause.has("word", "gradual")) or (shots and clause.all("act", "trim") and not clause.has("bound")):
        # ``ramp up the cutting``, ``shorten the shots in the intro``
        sign = 1
    elif (cuts or _many(clause) or clause.all("dimension", "pace")) and degrees.amounts(clause, "factor", "percent"):
        sign = 1
    elif (cuts or clause.all("act", "trim")) and _too_many(clause):
        sign = -1
    return sign


def _urged(clause: Clause) -> int:
    """Return what somebody needs who says how cuts feel: fewer for ``dizzy``, more for ``it drags``, 0 for neither."""
    if any(clause.has(kind) for kind in _ELSE) or clause.has("thing", "text", "title", "caption", "palette", "song"):
        return 0
    if any(each.quality not in ("pace", "length", "urge", "") for each in degrees.of(clause)):
        # ``so bright my eyes hurt``
        return 0
    named = [item for at, item in enumerate(clause.items) if at not in clause.used]
    urges = [value for item in named for kind, value in item.meanings if kind == "degree"]
    return 1 if "urge+" in urges else -1 if "urge-" in urges else 0


def _interval(clause: Clause) -> bool:
    return bool(clause.all("dimension", "interval"))


def _stays(clause: Clause) -> bool:
    """Tell whether it is told how long pictures are to be seen: ``could the pictures stay longer``."""
    return bool(clause.all("thing", "photo", "picture") and clause.has("act", "linger", "hold", "show", "keep"))


def _growing(clause: Clause, talk: Talk, factor: float) -> list[edits.CutDenser]:
    """Return cuts that come faster and faster: the first third against what is asked for, the last third as it is.

    ``start slow and get quicker`` says last where it leads; ``slower towards the end`` is about the last third alone.
    """
    pace = degrees.of(clause, ("pace",))
    factor = factor if not pace or (factor > 1) == (pace[-1].sign > 0) else 1 / factor
    factor = max(factor, 1 / 64)
    third = talk.stage.length / 3
    first, last = edits.Stretch(start=Fraction(0), end=third), edits.Stretch(start=2 * third, end=talk.stage.length)
    late = edits.CutDenser(factor=factor, where=edits.Where(stretches=(last,)))
    if clause.has("word", "late") and not clause.has("act", "begin"):
        return [late]
    return [edits.CutDenser(factor=1 / factor, where=edits.Where(stretches=(first,))), late]


def _many(clause: Clause) -> bool:
    """Tell whether it is told how many shots there are to be: ``twice as many shots``."""
    return bool(clause.all("thing", "shots")) and clause.has("word", "many", "count")


def _of_cuts(clause: Clause, talk: Talk) -> bool:
    """Tell whether more and less are those of cuts: they are named, or a share of what was spoken of last is."""
    named = clause.all("thing", "cuts", "shots") or clause.all("dimension", "pace")
    if clause.has("word", "switches"):
        named = named or clause.all("thing", "picture", "photo")
    return bool(named or (_back(clause, talk) and degrees.amounts(clause, "factor", "percent")))


def _back(clause: Clause, talk: Talk) -> bool:
    return talk.subject is not None and talk.subject.kind == "cuts" and not clause.all("thing", "video", "song", "text")


def _too_many(clause: Clause) -> bool:
    return clause.has("measure", "too") or clause.has("measure", "lot")
