"""How long shots are as a whole: all of them longer or shorter by so much, none shorter than so long."""

from __future__ import annotations

import math
from fractions import Fraction
from statistics import median

from songreel.director.understanding import degrees
from songreel.director.understanding.clauses import Clause
from songreel.director.understanding.intents import one_shot, shot_counts
from songreel.director.understanding.talk import Subject, Talk
from songreel.model import edit as edits
from songreel.model.brief import CutRule

_SUBJECT = Subject("cuts")
_MOST_BEATS = 64
_SHORT_OF = Fraction(1, 10)
"""Seconds that a shot may lack of the length asked for: cuts stand on frames."""


def read(clause: Clause, talk: Talk) -> bool:
    """Understand by how much all shots are to last longer, or how long each has to last at least."""
    return _by_so_much(clause, talk) or _at_least(clause, talk) or _even(clause, talk)


def _even(clause: Clause, talk: Talk) -> bool:
    """Read ``all shots equally long``: as often as now; ``每个镜头四拍，别长短不一`` says the same twice."""
    asked = any(isinstance(edit, edits.CutEvery) for edit in talk.edits)
    lasting = _lengths(clause, talk)
    named = clause.all("thing", "shots", "cuts") or clause.all("dimension", "interval")
    if (
        not clause.has("word", "even")
        or not lasting
        or not (asked or named)
        or degrees.amounts(clause, "second", "beat", "bar")
    ):
        return False
    if asked:
        talk.heard += 1
        return True
    beats = sum(lasting) / len(lasting) / talk.stage.beat_s
    rule = CutRule(every=min(2 ** max(round(math.log2(beats)), 0), _MOST_BEATS), unit="beat")
    talk.do(edits.CutEvery(rule=rule, where=clause.where()), subject=_SUBJECT)
    return True


def _by_so_much(clause: Clause, talk: Talk) -> bool:
    """Read ``hold each shot 2 more beats``, ``每个镜头再长两拍``: as often as now, and so much less or more often."""
    length = degrees.seconds(clause, talk.stage.beat_s, talk.stage.bar_s)
    named = clause.all("thing", "shots") or clause.all("dimension", "interval")
    limited = clause.has("bound") or any(
        item.has("degree", "length+", "length-") and item.negated for item in clause.items
    )
    if length is None or not named or limited or clause.all("transition") or clause.all("fade"):
        return False
    more = one_shot.difference(clause, length[0])
    lasting = _lengths(clause, talk)
    if not (more and lasting):
        return False
    beats = round((median(lasting) + more * length[1]) / talk.stage.beat_s)
    rule = CutRule(every=min(max(beats, 1), _MOST_BEATS), unit="beat")
    talk.do(edits.CutEvery(rule=rule, where=clause.where()), subject=_SUBJECT)
    return True


def _lengths(clause: Clause, talk: Talk) -> list[Fraction]:
    """Return how long the shots last whose middle is in the place of a clause."""
    found = []
    for low, high in shot_counts.spans(clause, talk):
        for clip in talk.stage.shots:
            start, end = talk.stage.seconds(clip.start), talk.stage.seconds(clip.end)
            found += [end - start] if low <= (start + end) / 2 < high else []
    return found


def _at_least(clause: Clause, talk: Talk) -> bool:
    """Read ``no shot shorter than 2 seconds``, ``镜头都不要短于两秒``: shorter ones are joined with what follows."""
    length = degrees.seconds(clause, talk.stage.beat_s, talk.stage.bar_s)
    denied = any(item.has("degree", "length-") and item.negated for item in clause.items)
    least = denied or (clause.has("bound", "least") and not clause.has("degree", "length+"))
    named = clause.all("thing", "shots", "cuts") or clause.all("dimension", "interval")
    told = named or degrees.amounts(clause, "beat", "bar", "shot") or _of_cuts(clause, talk)
    if length is None or not least or not told:
        return False
    lasting = _lengths(clause, talk)
    if lasting and median(lasting) < length[1] - _SHORT_OF:
        rule = CutRule(every=min(math.ceil(length[1] / talk.stage.beat_s), _MOST_BEATS), unit="beat")
        talk.do(edits.CutEvery(rule=rule, where=clause.where()), subject=_SUBJECT)
        return True
    joined = [stretch for span in shot_counts.spans(clause, talk) for stretch in _joined(talk, span, length[1])]
    # Where none is shorter, the edit changes nothing, and the reply says so.
    joined = joined or [edits.Stretch(end=length[1] / 2)]
    talk.do(edits.HoldShot(where=edits.Where(stretches=tuple(joined))), subject=_SUBJECT)
    return True


def _of_cuts(clause: Clause, talk: Talk) -> list[int]:
    """Return the bound of a clause that names nothing, where cuts were spoken of last: ``…，最短也得停1秒``."""
    plain = all(
        item.silent or item.mark or item.quantity or item.has("bound") or item.has("act", "linger", "hold", "show")
        for item in clause.items
    )
    return clause.all("bound", "least") if plain and talk.subject == _SUBJECT else []


def _joined(talk: Talk, span: shot_counts.Span, least: Fraction) -> list[edits.Stretch]:
    """Return stretches without cuts that leave every shot of a span as long as asked for."""
    starts = [talk.stage.seconds(clip.start) for clip in talk.stage.shots]
    inside = [start for start in starts if span[0] + _SHORT_OF < start < span[1] - _SHORT_OF]
    found, begin = [], span[0]
    for cut in inside:
        if cut - begin >= least - _SHORT_OF and span[1] - cut >= least - _SHORT_OF:
            begin = cut
        else:
            found.append(edits.Stretch(start=cut - _SHORT_OF / 2, end=cut + _SHORT_OF / 2))
    return found
