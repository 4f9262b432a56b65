"""Single shots that are pointed out: held longer, made shorter, split, joined, taken out."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from fractions import Fraction

from songreel.director.understanding import degrees
from songreel.director.understanding.clauses import Clause
from songreel.director.understanding.places import Place
from songreel.director.understanding.talk import Subject, Talk
from songreel.model import edit as edits

_SUBJECT = Subject("cuts")
_LONGER = 1.5
_MOST_PARTS = 8
_ELSE = ("effect", "transition", "visualizer", "thing", "grey", "tone", "look", "scene", "fade")
_BESIDE = Fraction(1, 20)
_LONG = frozenset({"long", "short", "长", "短", "久"})
_NEAR_ITEMS = 3
_SIGNS = {"+": 1, "-": -1, "−": -1, "–": -1}
_UNTIL = (" to", "到", "成", "为", "至")


def read(clause: Clause, talk: Talk) -> bool:
    """Understand what a clause says of shots that it points out: ``split the third shot``; False where it does not."""
    places = [item.place for item in clause.items if item.place is not None and item.place.stretches]
    shots = next((place for place in places if place.clips), None)
    if shots is None:
        return _at_edge(clause, talk)
    return (
        _to_the_end(clause, talk, shots, places)
        or _until(clause, talk, shots, places)
        or _parted(clause, talk, shots)
        or _joined(clause, talk)
        or _lasting(clause, talk, shots)
        or _longer(clause, talk, shots)
        or _removed(clause, talk, shots)
    )


def _to_the_end(clause: Clause, talk: Talk, shots: Place, places: Sequence[Place]) -> bool:
    """Read ``hold the last picture for the final 6 seconds``: a shot and a stretch that end with the video."""
    ends = [place for place in places if place.stretches[-1][1] >= talk.stage.length and not place.open]
    if len(ends) != 2 or not clause.has("act", "hold", "linger") or shots not in ends:
        return False
    low = min(place.stretches[0][0] for place in ends)
    span = edits.Stretch(start=low, end=talk.stage.length)
    talk.do(edits.HoldShot(where=edits.Where(stretches=(span,))), subject=_SUBJECT)
    return True


def _at_edge(clause: Clause, talk: Talk) -> bool:
    """Read ``start with a shot of 6 seconds`` and ``finish on one picture for 8 seconds``."""
    begins, ends = clause.has("act", "begin"), clause.has("act", "finish")
    length = degrees.seconds(clause, talk.stage.beat_s, talk.stage.bar_s)
    one = [at for at in clause.all("thing", "shots", "photo") if not clause.items[at].said.lower().endswith("s")]
    every = clause.has("word", "every", "per") or any(item.asset is not None for item in clause.items)
    if begins == ends or length is None or not one or every or clause.place is not None:
        return False
    if begins:
        _hold(talk, Fraction(0), length[1])
        talk.do(edits.CutAt(at=length[1]))
    else:
        _hold(talk, max(talk.stage.length - length[1], Fraction(0)), talk.stage.length)
    return True


def _until(clause: Clause, talk: Talk, shots: Place, places: list[Place]) -> bool:
    """Read ``the first shot stays until the verse`` and ``第一个镜头留到主歌开始``: nothing cuts before then."""
    ends = [place.stretches[0][1] - talk.stage.ahead(place.clock) for place in places if place.open == "until"]
    ends += [
        item.place.stretches[0][0] - talk.stage.ahead(item.place.clock)
        for before, item in itertools.pairwise(clause.items)
        if item.place is not None and item.place.point and before.said.endswith("到")
    ]
    low, high = shots.stretches[0]
    if not ends or not clause.has("act", "hold", "linger", "show", "keep"):
        return False
    _last(talk, shots, ends[0] - low) if ends[0] > high else _hold(talk, low, ends[0])
    return True


def _parted(clause: Clause, talk: Talk, shots: Place) -> bool:
    """Read ``split the fourth shot in two``, ``cut shot 3 in half``, ``a cut in the middle of it``, ``拆成两半``."""
    numbers = [quantity.value for _, quantity in degrees.amounts(clause, "", "factor", "shot")]
    parts = next((value if value > 1 else 1 / value for value in numbers if value > 0), Fraction(2))
    cut = clause.all("thing", "cuts") or clause.all("act", "trim")
    halved = cut and clause.has("position", "center")
    if (
        not (clause.all("act", "part") or halved or (cut and numbers))
        or clause.negative
        or not 1 < parts <= _MOST_PARTS
    ):
        return False
    low, high = shots.stretches[0]
    talk.do(*(edits.CutAt(at=low + (high - low) * step / round(parts)) for step in range(1, round(parts))))
    talk.subject = _SUBJECT
    return True


def _joined(clause: Clause, talk: Talk) -> bool:
    """Read ``merge shots 3 and 4``, ``第二个镜头和第三个镜头合并``: they become one."""
    # ``shots 1 and 2 should be one``
    one = clause.has("word", "alone") and any(len(item.place.clips) > 1 for item in clause.items if item.place)
    if not (clause.all("act", "join") or one) or clause.has("act", "remove"):
        return False
    named = [item.place.stretches[0] for item in clause.items if item.place is not None and item.place.clips]
    _hold(talk, min(low for low, _ in named), max(high for _, high in named))
    return True


def _lasting(clause: Clause, talk: Talk, shots: Place) -> bool:
    """Read ``let the first shot run for 8 seconds``: nothing cuts before then, and something does there."""
    length = degrees.seconds(clause, talk.stage.beat_s, talk.stage.bar_s)
    if length is None or clause.all("transition") or clause.all("fade"):
        return False
    low, high = shots.stretches[0]
    more = difference(clause, length[0])
    lasts = (high - low) + more * length[1] if more else length[1]
    if lasts <= 0:
        return False
    _last(talk, shots, lasts)
    return True


def difference(clause: Clause, at: int) -> int:
    """Return 1 or −1 where a length comes on top of a shot's or goes from it, 0 where it is all of it.

    ``3 more seconds``, ``extend it by a bar`` and ``延长两秒`` are 1, ``shave a beat off`` is −1, ``down to 2 s`` is 0.
    """
    before = next((item for item in clause.items[:at][::-1] if not item.silent), None)
    if before is not None and (before.said.lower() in ("to", "at", "into") or before.said.endswith(_UNTIL)):
        return 0
    if before is not None and before.said in _SIGNS:
        # ``shot 2: +1 bar``
        return _SIGNS[before.said]
    grown = degrees.of(clause, ("length",))
    extra = any(item.has("word", "extra") for item in clause.items[max(0, at - _NEAR_ITEMS) : at])
    told = degrees.difference(clause, at) or int(extra)
    if grown and (told or clause.items[grown[0].at].said.lower() not in _LONG):
        return grown[0].sign
    return -1 if clause.all("act", "trim") and not told else told


def _removed(clause: Clause, talk: Talk, shots: Place) -> bool:
    others = [item for item in clause.items if any(item.has(kind) for kind in _ELSE) and not item.has("act", "remove")]
    denied = any(item.place is shots and item.negated and not item.contrast for item in clause.items)
    denied = denied and not clause.has("act", "keep", "change")
    # ``I want the second shot gone`` adds nothing.
    acts = [item.value("act") for item in clause.items if item.has("act", "add", "remove", "vanish")]
    if not (denied or acts[-1:] == ["remove"] or clause.has("act", "vanish")) or others:
        return False
    talk.do(edits.RemoveShot(clips=shots.clips), subject=_SUBJECT)
    return True


def _longer(clause: Clause, talk: Talk, shots: Place) -> bool:
    """Read ``let the very last shot linger longer``, ``the fifth shot is too long``, ``shorten shot 2``."""
    grown = degrees.of(clause, ("length",)) or degrees.of(clause, ("pace", "urge"))
    if clause.has("act", "vanish") and clause.has("word", "yet"):
        # ``it cuts away from the first image too soon``
        _last(talk, shots, (shots.stretches[0][1] - shots.stretches[0][0]) * Fraction(_LONGER))
        return True
    told = degrees.amounts(clause, "factor", "percent") if clause.has("word", "long") else []
    shortened = not grown and bool(clause.all("act", "trim") or (told and told[0][1].value < 1))
    if not (grown or shortened or told) or any(item.has(kind) for item in clause.items for kind in _ELSE):
        return False
    sign = -1 if shortened else 1 if not grown else grown[0].sign if grown[0].quality == "length" else -grown[0].sign
    low, high = shots.stretches[0]
    factor = Fraction(degrees.times(clause, sign, step=_LONGER)).limit_denominator(64)
    if sign > 0:
        _last(talk, shots, max((high - low) * factor, high - low + talk.stage.beat_s))
    else:
        talk.do(edits.CutAt(at=low + (high - low) * min(factor, Fraction(1, 2))), subject=_SUBJECT)
    return True


def _last(talk: Talk, shots: Place, length: Fraction) -> None:
    """Let shots last so long; the last one begins earlier, as there is nothing behind it."""
    low, high = shots.stretches[0]
    if length < high - low:
        talk.do(edits.CutAt(at=low + length), subject=_SUBJECT)
    elif low + length > talk.stage.length:
        _hold(talk, max(talk.stage.length - length, Fraction(0)), talk.stage.length)
    else:
        _hold(talk, low, low + length)
        starts = [talk.stage.seconds(clip.start) for clip in talk.stage.shots]
        if all(abs(start - low - length) > _BESIDE for start in starts):
            talk.do(edits.CutAt(at=low + length))


def _hold(talk: Talk, low: Fraction, high: Fraction) -> None:
    span = edits.Stretch(start=low, end=high)
    talk.do(edits.HoldShot(where=edits.Where(stretches=(span,))), subject=_SUBJECT)
