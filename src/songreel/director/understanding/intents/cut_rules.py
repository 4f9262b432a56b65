"""The rhythm that pictures change in: ``every two bars``, ``on the downbeats``, ``no shot longer than 1.5 s``."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from songreel.director.understanding import degrees
from songreel.director.understanding.clauses import Clause
from songreel.director.understanding.item import Item
from songreel.director.understanding.quantities import Quantity
from songreel.director.understanding.talk import Talk
from songreel.editing import marks
from songreel.model import edit as edits
from songreel.model.brief import CutRule

_LONGEST_RULE = 64
_PARTS = ("half", "offbeat", "finer")
_HALF = Quantity(Fraction(1, 2), "beat")


def asked(clause: Clause, talk: Talk) -> CutRule | None:
    """Read ``every two bars``, ``4 bars per shot``, ``hold each picture for four bars``, ``on the downbeats``."""
    if clause.has("measure", "too") or not _rhythmic(clause, talk) or _at_one(clause) or _shifted(clause):
        return None
    return _seen(_read(clause, talk), talk)


def _at_one(clause: Clause) -> bool:
    """Tell whether one cut is wanted beside a moment: ``a cut on the half-beat at 0:12``."""
    place = clause.place
    return place is not None and place.point and bool(parted(clause)) and not clause.has("word", "every", "per")


def _shifted(clause: Clause) -> bool:
    """Tell whether cuts are to be earlier or later by a part of a beat, which is no rhythm."""
    moved = clause.has("act", "move") or clause.has("degree", "time+", "time-")
    return moved and bool(parted(clause)) and not clause.has("unit", *_PARTS)


def _on_parts(clause: Clause) -> bool:
    """Tell whether half-beats are all that is named: ``chop it on the half beats``, ``use half beats``."""
    if any(clause.has(kind) for kind in ("effect", "motion", "transition", "visualizer", "fade")):
        return False
    leading = [item for at in parted(clause) for item in clause.items[max(0, at - 2) : at]]
    used = any(item.said.lower() == "use" for item in leading) or bool(clause.all("unit", *_PARTS))
    return used or any(_on(clause, at) for at in parted(clause))


def _seen(rule: CutRule | None, talk: Talk) -> CutRule | None:
    """Return a rule as it can be followed: half-beats that are too close to be seen are beats, and that is said."""
    if rule is None or (rule.unit, rule.every) != ("half", 1):
        return rule
    half_s = talk.stage.beat_s / 2
    if half_s >= marks.BRIEFEST_S:
        return rule
    talk.cannot("finest-cuts", half=f"{float(half_s):.2f}", least=f"{float(marks.BRIEFEST_S):g}")
    return CutRule(every=1, unit="beat")


def _read(clause: Clause, talk: Talk) -> CutRule | None:
    said = degrees.amounts(clause, "beat", "bar")
    counted = [(at, quantity) for at, quantity in said if not (quantity == _HALF and clause.items[at].negated)]
    if (struck := _struck(clause, talk)) is not None:
        return struck
    if (parted := _parted(clause, talk)) is not None:
        return parted
    if _landing(clause):
        return _synced(clause, talk)
    if (shared := _shared(clause, talk, counted)) is not None:
        return shared
    if counted:
        at, quantity = counted[0]
        left_out = any(
            item.has("word", "other") and not item.said.isascii() for item in clause.items[max(at - 1, 0) : at]
        )
        # ``隔一拍切`` leaves one beat out.
        number = Fraction(2) if left_out and quantity.value == 1 else quantity.value
        return _whole_rule(number, quantity.unit, talk)
    return _by_unit(clause, talk) or _by_seconds(clause, talk) or _synced(clause, talk)


def _rhythmic(clause: Clause, talk: Talk) -> bool:
    """Tell whether a clause may say in which rhythm pictures change."""
    if clause.all("thing", "song", "text", "title", "caption", "fade") or clause.all("fade"):
        return False
    return bool(
        clause.all("thing", "cuts", "shots", "transitions")
        or clause.all("act", "hold")
        or clause.has("word", "switches")
        or clause.all("scene")
        or clause.all("dimension", "interval")
        or clause.all("unit", "backbeat")
        or degrees.amounts(clause, "shot", "cut")
        or clause.has("word", "every", "per")
        or _on_parts(clause)
        or (talk.subject is not None and talk.subject.kind == "cuts")
    )


def denied(clause: Clause) -> bool:
    """Tell whether a rhythm is only named to say that it is not wanted: ``(every two beats), not every beat``."""
    units = [*clause.all("unit", "bar", "beat"), *parted(clause)]
    return bool(units) and all(_denied(clause, at) for at in units) and not _counted(clause)


def unparted(clause: Clause, talk: Talk) -> bool:
    """Tell whether cuts on parts of beats, which there are, are not wanted: ``don't cut on half-beats``."""
    return bool(parted(clause)) and any(clip.mark == "half" for clip in talk.stage.shots)


def parted(clause: Clause) -> list[int]:
    """Return where parts of a beat are named: ``half a beat``, ``eighth notes``, ``反拍``."""
    halves = [at for at, quantity in degrees.amounts(clause, "beat") if quantity == _HALF]
    return sorted((*clause.all("unit", *_PARTS), *halves))


def _counted(clause: Clause) -> bool:
    return any(quantity != _HALF for _, quantity in degrees.amounts(clause, "beat", "bar"))


def _denied(clause: Clause, at: int) -> bool:
    item = clause.items[at]
    each = any(one.has("word", "every", "per") for one in clause.items[max(0, at - 2) : at])
    return item.negated and (each or item.has("unit", *_PARTS) or item.quantity == _HALF)


def _by_unit(clause: Clause, talk: Talk) -> CutRule | None:
    """Read ``every other bar``, ``one per beat``, ``on the downbeats``."""
    meter = talk.stage.bar_s / talk.stage.beat_s
    for at in clause.all("unit", "bar", "beat"):
        if _denied(clause, at) or any(item.has("thing", "shots", "photo") for item in clause.items[at + 1 : at + 2]):
            # ``not every beat``, and in ``held on one shot`` no beat is counted.
            continue
        unit = "bar" if clause.items[at].has("unit", "bar") else "beat"
        before = [item for item in clause.items[max(0, at - 3) : at] if not (item.silent and not item.has("word"))]
        every = any(item.has("word", "every") for item in before) and not _each_cut(before)
        other = any(item.has("word", "other") or _two(item) for item in before)
        ordinal = [item.quantity for item in before if item.quantity and item.quantity.kind == "ordinal"]
        bare = [item.quantity for item in before if item.quantity and item.quantity.unit in ("", "times")]
        many = bare or _times_after(clause, at)
        if unit == "bar" and many and any(item.has("word", "per") for item in before[-1:]):
            # ``four per bar``
            return _whole_rule(meter / many[-1].value, "beat", talk) if many[-1].value else None
        every = every or _held_each(clause)
        if every or any(item.has("word", "per") for item in before) or _only_on(clause, at):
            number = 2 if other else ordinal[-1].value if ordinal else bare[-1].value if bare else Fraction(1)
            return _whole_rule(Fraction(number), unit, talk)
    return None


def _times_after(clause: Clause, at: int) -> list[Quantity]:
    """Return how often pictures change in a bar where that is said behind it: ``每小节切四次``."""
    if any(item.has("word", "twice") for item in clause.items[at + 1 : at + 4]):
        return [Quantity(Fraction(2), "times")]
    told = [(place, quantity) for place, quantity in degrees.amounts(clause, "") if at < place <= at + 3]
    return [
        one for place, one in told if any(item.has("history", "step") for item in clause.items[place + 1 : place + 2])
    ]


def _held_each(clause: Clause) -> bool:
    """Tell whether each picture is to stay for what is counted: ``let each image stay on for a full bar``."""
    each = any(
        clause.items[at].said.lower().startswith(("each ", "every ", "每")) for at in clause.all("thing", "shots")
    )
    return each and clause.has("act", "hold", "linger")


def _each_cut(before: Sequence[Item]) -> bool:
    """Tell whether it is cuts of which each is meant: ``every cut falls on a beat``."""
    first = next((at for at, item in enumerate(before) if item.has("word", "every")), len(before))
    return any(item.has("thing", "cuts", "shots") for item in before[first + 1 : first + 2])


def _by_seconds(clause: Clause, talk: Talk) -> CutRule | None:
    """Read ``a cut every 2 seconds``, ``no shot longer than 1.5 s``: the beats nearest to them."""
    seconds = degrees.amounts(clause, "second")
    spaced = bool(clause.all("dimension", "interval"))
    long = seconds[0][1].value if seconds else Fraction(1) if _each_second(clause) else _about(clause)
    counted = spaced or clause.has("word", "every") or bool(clause.all("thing", "shots"))
    counted = counted or bool(degrees.amounts(clause, "shot")) or (bool(seconds) and _switches(clause, seconds[0][0]))
    counted = counted or (clause.has("word", "per") and bool(clause.all("topic", "shots")))
    there = spaced or clause.has("word", "every", "per") or clause.has("bound")
    there = there or any(clause.items[at].said.lower() == "shots" for at in clause.all("thing", "shots"))
    if not (long and counted and (clause.place is None or there)):
        return None
    beats = long / talk.stage.beat_s
    if _at_most(clause):
        # Powers of two fill a bar: what is left over of others would make a longer shot.
        return _whole_rule(Fraction(2 ** max(int(beats).bit_length() - 1, 0)), "beat", talk)
    return _whole_rule(Fraction(max(round(beats), 1)), "beat", talk)


def _about(clause: Clause) -> Fraction | None:
    """Take what reads like a moment as a length where it is one: ``average shot length around 3 seconds``."""
    spaced = bool(clause.all("dimension", "interval"))
    for at, item in enumerate(clause.items):
        led = item.said.lower().startswith("around ") and any(
            clause.items[shots].said.lower() == "shots" for shots in clause.all("thing", "shots")
        )
        if item.place is not None and item.place.point and not item.place.label and (spaced or led):
            clause.items[at] = replace(item, place=None)
            return item.place.stretches[0][0]
    return None


def _switches(clause: Clause, at: int) -> bool:
    """Tell whether the picture changes so often as a length is said before it: ``一秒换一个画面``."""
    after = clause.items[at + 1 : at + 3]
    return any(item.has("word", "switches") and not item.said.isascii() for item in after)


def _each_second(clause: Clause) -> bool:
    """Tell whether a second is counted without a number: ``a cut every second in the last chorus``."""
    seconds = [at for at in clause.all("unit", "second") if at and clause.items[at - 1].has("word", "every", "per")]
    return any(not any(item.has("unit", "bar", "beat") for item in clause.items[at + 1 : at + 2]) for at in seconds)


def _synced(clause: Clause, talk: Talk) -> CutRule | None:
    """Read ``sync the cuts to the beat``: as often as before, on beats."""
    cuts = clause.all("thing", "cuts", "shots", "transitions") or clause.has("word", "switches")
    if not cuts or not (clause.all("sync") or _landing(clause)) or clause.all("effect"):
        return None
    if not talk.stage.shots:
        return None
    beats = talk.stage.length / talk.stage.beat_s / max(len(talk.stage.shots), 1)
    return _whole_rule(Fraction(2 ** max(round(math.log2(beats)), 0)), "beat", talk)


def in_time(clause: Clause, talk: Talk) -> bool:
    """Tell whether a clause only says that cuts which were asked for are on beats: ``with the cuts in time``."""
    asked = any(isinstance(edit, edits.CutDenser | edits.CutEvery | edits.HoldShot) for edit in talk.edits)
    return asked and _rhythmic(clause, talk) and (_landing(clause) or _only_synced(clause))


def _only_synced(clause: Clause) -> bool:
    more = clause.has("word", "every", "per") or clause.has("unit", "bar", "backbeat") or degrees.of(clause)
    return bool(clause.all("sync")) and not more and clause.place is None and not degrees.amounts(clause, "beat", "bar")


def _landing(clause: Clause) -> bool:
    """Tell whether cuts are to be on beats, however many there are: ``all cuts should land on the beat``."""
    lands = clause.has("word", "lands") and clause.all("thing", "cuts", "transitions", "shots")
    beats = clause.all("sync") or clause.all("unit", "beat")
    each = any(
        one.has("word", "every", "other") and other.has("unit") for one, other in itertools.pairwise(clause.items)
    )
    return bool(lands and beats) and not (each or clause.has("unit", "bar", "backbeat"))


def _at_most(clause: Clause) -> bool:
    """Tell whether a length must not be exceeded: ``no shot longer than 1.5 s``, ``每个镜头不超过两秒``."""
    denied = any(item.has("degree", "length+") and item.negated for item in clause.items)
    return denied or clause.has("bound", "most")


def _shared(clause: Clause, talk: Talk, counted: Sequence[tuple[int, Quantity]]) -> CutRule | None:
    """Read ``two shots per bar`` and ``on the 1 and the 3 of every bar``: several pictures within a bar."""
    bars = [quantity.value for _, quantity in counted if quantity.unit == "bar"]
    numbered = clause.all("thing", "cuts", "shots") and any(_on(clause, at) for at, _ in degrees.amounts(clause, ""))
    if not bars and not clause.has("unit", "bar") and not numbered:
        return None
    meter = round(talk.stage.bar_s / talk.stage.beat_s)
    many = [quantity.value for _, quantity in degrees.amounts(clause, "shot", "cut")]
    places = sorted({quantity.value for _, quantity in degrees.amounts(clause, "") if quantity.value <= meter})
    if many and many[0] > 1:
        return _whole_rule((bars[0] if bars else 1) * meter / many[0], "beat", talk)
    if places == [1] and numbered and not bars:
        # ``only cut on the 1``
        return CutRule(every=1, unit="bar")
    gaps = {later - one for one, later in itertools.pairwise([*places, *(place + meter for place in places[:1])])}
    if len(places) < 2 or len(gaps) != 1 or bars:
        return None
    return CutRule(every=int(gaps.pop()), unit="beat", offset=int(places[0]) - 1)


def _two(item: object) -> bool:
    return getattr(item, "said", "").lower() in ("other", "second", "隔")


def _only_on(clause: Clause, at: int) -> bool:
    """Tell whether cuts shall fall on these: ``on the downbeats``, ``land on the beat``, ``on the one``."""
    said = clause.items[at].said.lower()
    starts = clause.has("act", "only") and clause.has("word", "begin")
    return (
        starts
        or said.startswith("on ")
        or _on(clause, at)
        or any(item.has("act", "only") for item in clause.items[max(0, at - 2) : at])
    )


def _on(clause: Clause, at: int) -> bool:
    return any(
        item.said.lower() in ("on", "onto", "to", "with", "在", "only", "就", "一") or item.has("word", "lands")
        for item in clause.items[max(0, at - 2) : at]
    )


def _struck(clause: Clause, talk: Talk) -> CutRule | None:
    """Read ``cut on every snare``: a snare is struck on the second beat and every other after it."""
    if clause.all("unit", "frontbeat"):
        return CutRule(every=2, unit="beat")
    if not clause.all("unit", "backbeat"):
        return None
    meter = round(talk.stage.bar_s / talk.stage.beat_s)
    return CutRule(every=2 if meter % 2 == 0 else meter, unit="beat", offset=1)


def _parted(clause: Clause, talk: Talk) -> CutRule | None:
    """Read ``on the offbeats``, ``on eighth notes``, ``twice per beat``: parts of a beat."""
    for at in parted(clause):
        if clause.items[at].negated:
            continue
        if clause.items[at].quantity is not None:
            return CutRule(every=1, unit="half")
        if clause.items[at].has("unit", "offbeat"):
            return CutRule(every=2, unit="half", offset=1)
        parts = 4 if clause.items[at].has("unit", "finer") else 2
        bare = [each.quantity for each in clause.items[max(0, at - 1) : at] if each.quantity and not each.quantity.unit]
        return _whole_rule((bare[-1].value if bare else Fraction(1)) / parts, "beat", talk)
    for at, item in enumerate(clause.items):
        one = item.quantity == Quantity(Fraction(1), "beat")
        if (one or item.has("unit", "beat")) and (many := _many_in(clause, at, each=one)):
            return _whole_rule(1 / many, "beat", talk)
    return None


def _many_in(clause: Clause, at: int, *, each: bool) -> Fraction | None:
    """Return how many cuts a beat has where that is said beside it: ``two cuts per beat``, ``每拍切两次``."""
    told: list[Quantity] = []
    for item in reversed(clause.items[:at]):
        each = each or item.has("word", "every", "per")
        told += [item.quantity] if item.quantity is not None else []
        if not (item.silent or item.has("word", "every", "per") or item.has("thing", "cuts", "shots", "picture")):
            break
    behind = [item for item in clause.items[at + 1 : at + 4] if not item.said.isascii()]
    told += [item.quantity for item in behind if item.quantity is not None]
    told += [Quantity(Fraction(2), "times") for item in behind if item.has("word", "twice")]
    told += _times_after(clause, at)
    counted = [one for one in told if one.kind == "factor" or one.unit in ("", "times", "shot", "cut")]
    return next((one.value for one in counted if one.value > 1 and one.kind != "ordinal"), None) if each else None


def _whole_rule(number: Fraction, unit: str, talk: Talk) -> CutRule | None:
    """Return the rule of so many beats or bars: whole ones, or half-beats where it is halves of a beat."""
    if unit == "bar" and 0 < number < 1:
        number, unit = number * 4, "beat"
    if unit == "beat" and 0 < number < Fraction(1, 2):
        talk.cannot("finest-part")
        number = Fraction(1, 2)
    if unit == "beat" and number.denominator == 2 and 2 * number <= _LONGEST_RULE:
        return CutRule(every=int(2 * number), unit="half")
    every = max(round(number), 1) if number > 0 else 0
    return CutRule(every=every, unit="bar" if unit == "bar" else "beat") if 1 <= every <= _LONGEST_RULE else None
