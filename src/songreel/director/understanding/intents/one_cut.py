"""Single cuts that are pointed out, by a moment or by their order: taken away, or put earlier and later."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from songreel.director.understanding import degrees
from songreel.director.understanding.clauses import Clause
from songreel.director.understanding.talk import Subject, Talk
from songreel.model import edit as edits

_SUBJECT = Subject("cuts")
_NEAR = Fraction(1)
"""Seconds within which a cut is the one that is meant."""
_BESIDE = Fraction(1, 20)
_TO = ("to ", "到")
_LEAST = Fraction(2, 5)


def read(clause: Clause, talk: Talk) -> bool:
    """Understand what a clause says of cuts that it points out; False where it points out none."""
    named = [*clause.all("thing", "cuts"), *(at for at, one in degrees.amounts(clause, "cut") if one.value == 1)]
    if not named or (clause.place is not None and (clause.place.missing or clause.place.clips)):
        return False
    numbered = _numbered(clause, talk, named)
    return _removed(clause, talk, named, numbered) or _moved(clause, talk, numbered)


def _numbered(clause: Clause, talk: Talk, named: Sequence[int]) -> list[Fraction]:
    """Return the cut that is told by its order: ``the last cut``, ``第一刀``."""
    cuts = _cuts(talk)
    for at in named:
        before = clause.items[at - 1].quantity if at else None
        if before is not None and before.kind == "ordinal" and 0 < abs(before.value) <= len(cuts):
            number = int(before.value)
            return [cuts[number - 1 if number > 0 else number]]
    return []


def _cuts(talk: Talk) -> list[Fraction]:
    return [talk.stage.seconds(clip.start) for clip in talk.stage.shots if clip.start]


def _there(clause: Clause, talk: Talk) -> list[Fraction]:
    """Return the cuts nearest to the moments of a clause, or the moments where no cut is near."""
    place = clause.place
    if place is None or not place.point:
        return []
    if not (place.label or any(letter.isdigit() or letter == "秒" for letter in place.said)):
        # ``结尾不要切`` means no single cut.
        return []
    moments = [low - talk.stage.ahead(place.clock) for low, _ in place.stretches]
    nearest = [min(_cuts(talk), key=lambda cut: abs(cut - moment), default=moment) for moment in moments]
    return [cut if abs(cut - moment) <= _NEAR else moment for cut, moment in zip(nearest, moments, strict=True)]


def _removed(clause: Clause, talk: Talk, named: Sequence[int], numbered: list[Fraction]) -> bool:
    """Read ``remove the cut at 0:12``, ``0:12那一刀去掉``, ``get rid of the last cut``: the shot before goes on."""
    unwanted = any(clause.items[at].negated for at in named) or clause.all("act", "remove")
    found = numbered if numbered and clause.place is None else _there(clause, talk)
    if not (unwanted and found):
        return False
    for cut in found:
        _hold(talk, max(cut - _BESIDE, Fraction(0)), cut + _BESIDE)
    return True


def _moved(clause: Clause, talk: Talk, numbered: list[Fraction]) -> bool:
    """Read ``push the cut at 0:20 one beat later``, ``the first cut should come at 0:06``, ``… comes too early``."""
    place, later = clause.place, degrees.of(clause, ("time",))
    led = place is not None and place.point and place.said.lower().startswith(_TO)
    if numbered and place is not None and place.point and (led or not later):
        cut, to = numbered[0], place.stretches[0][0] - talk.stage.ahead(place.clock)
    elif later and (found := numbered if place is None else _there(clause, talk)):
        by = degrees.seconds(clause, talk.stage.beat_s, talk.stage.bar_s)
        cut = found[0]
        to = cut + later[0].sign * (by[1] if by else talk.stage.bar_s)
    else:
        return False
    if not _LEAST <= to <= talk.stage.length - _LEAST or cut == to:
        return False
    if to < cut:
        talk.do(edits.CutAt(at=to), subject=_SUBJECT)
        _hold(talk, to + _BESIDE, cut + _BESIDE)
    else:
        _hold(talk, max(cut - _BESIDE, Fraction(0)), to)
        if all(abs(other - to) > _BESIDE for other in _cuts(talk)):
            talk.do(edits.CutAt(at=to), subject=_SUBJECT)
    return True


def _hold(talk: Talk, low: Fraction, high: Fraction) -> None:
    span = edits.Stretch(start=low, end=high)
    talk.do(edits.HoldShot(where=edits.Where(stretches=(span,))), subject=_SUBJECT)
