"""How the song and the picture come and go."""

from __future__ import annotations

from fractions import Fraction

from songreel.director.understanding import degrees
from songreel.director.understanding.clauses import Clause
from songreel.director.understanding.talk import Subject, Talk
from songreel.model import edit as edits
from songreel.model.edit import Edit

USUAL_S = Fraction(2)
_NEAR_END_S = 5


def read(clause: Clause, talk: Talk) -> None:
    """Understand fades of the song and the picture; of both where neither is named."""
    if _told_before(clause, talk) or _hard(clause, talk):
        return
    found = clause.all("fade")
    things = clause.all("thing", "fade")
    aside = ways_beside(clause) or _same_ways(clause, talk)
    back = talk.subject is not None and talk.subject.kind == "fade" and clause.has("reference")
    if not found and not aside and not (things and clause.negative) and not (back and clause.negative):
        return
    ways = {clause.items[at].value("fade") for at in found} or aside or {"both"}
    if "out" in ways and "in" in ways:
        ways = {"both"}
    seconds = _fade_seconds(clause, talk)
    places = [item.place for item in clause.items if item.place is not None and item.place.missing]
    if places:
        talk.no_place(places[0].missing)
        return
    black, sound = bool(clause.all("thing", "black", "picture", "video")), bool(clause.all("thing", "song"))
    black = black or any("黑" in clause.items[at].said or "black" in clause.items[at].said for at in found)
    begins = seconds if ways & {"in", "both"} else None
    ends = seconds if ways & {"out", "both"} else None
    if (other := _other_way(clause, talk, ways)) is not None:
        begins, ends = (other, ends) if begins is None else (begins, other)
    made: list[Edit] = []
    if sound or not black:
        made.append(edits.FadeSong(in_s=begins, out_s=ends))
    if black or not sound:
        made.append(edits.FadePicture(in_s=begins, out_s=ends))
    talk.do(*made, subject=Subject("fade"))
    for kind in ("fade", "act"):
        clause.take_kind(kind)
    clause.take_kind("thing", "fade", "black", "song", "picture", "video")
    clause.take_kind("color", "black")
    clause.take(*(at for at, item in enumerate(clause.items) if item.quantity or item.place))


def _same_ways(clause: Clause, talk: Talk) -> set[str | None]:
    """Return the ways of the fade before, where another is to go the same: ``and fade the picture``."""
    again = next((each for each in talk.edits if isinstance(each, edits.FadeSong | edits.FadePicture)), None)
    named = clause.all("thing", "fade") and clause.all("thing", "song", "picture", "video")
    if again is None or clause.all("fade") or not named:
        return set()
    return {way for way, said in (("in", again.in_s), ("out", again.out_s)) if said is not None}


def _told_before(clause: Clause, talk: Talk) -> bool:
    """Tell whether a clause only says what the fades that were asked for are of: ``picture and sound``."""
    faded = any(isinstance(each, edits.FadeSong | edits.FadePicture) for each in talk.edits)
    said = [item for item in clause.items if not (item.silent or item.mark)]
    if not faded or not said or not all(item.has("thing", "song", "picture", "photo", "video") for item in said):
        return False
    talk.heard += 1
    clause.take_all()
    return True


def _other_way(clause: Clause, talk: Talk, ways: set[str | None]) -> Fraction | None:
    """Return how long the other fade lasts, where it has a length of its own: ``fade in over 1 s and out over 2 s``."""
    if len(ways) != 1 or not ways & {"in", "out"}:
        return None
    wanted = "out" if "in" in ways else "in"
    after = [at for at, item in enumerate(clause.items) if item.said.lower() == wanted]
    units = {"second": Fraction(1), "beat": talk.stage.beat_s, "bar": talk.stage.bar_s}
    found = degrees.amounts(clause, *units)
    said = [quantity for at, quantity in found if after and at > after[-1]]
    return abs(said[0].value) * units[said[0].unit] if said and len(found) > 1 else None


def _hard(clause: Clause, talk: Talk) -> bool:
    """End song and picture at once, where the video ends or at a moment that is named; all of the clause is read."""
    if not clause.all("fade", "hard"):
        return False
    if not _complains(clause, talk):
        _end_hard(clause, talk)
    clause.take_all()
    return True


def _end_hard(clause: Clause, talk: Talk) -> None:
    place = clause.place
    if place is not None and place.missing:
        talk.no_place(place.missing)
        return
    if clause.all("event", "last-hit"):
        last = talk.stage.last_hit
        if last is None:
            talk.no_place("last-hit")
            return
        talk.do(edits.UsePart(end=last + talk.stage.beat_s / 2))
    shift = talk.stage.behind(place.clock) if place is not None else Fraction(0)
    ends = talk.stage.song_start + talk.stage.length
    if place is not None and place.point and shift + place.stretches[0][0] < ends - _NEAR_END_S:
        talk.do(edits.UsePart(end=shift + place.stretches[0][0]))
    talk.do(edits.FadeSong(out_s=Fraction(0)), edits.FadePicture(out_s=Fraction(0)), subject=Subject("fade"))


def _complains(clause: Clause, talk: Talk) -> bool:
    """Tell whether a hard end is only what is there, and a soft one was asked for: ``fade out! it just stops``."""
    faded = any(isinstance(each, edits.FadeSong | edits.FadePicture) and each.out_s for each in talk.edits)
    complains = faded and clause.has("word", "complaint")
    talk.heard += complains
    return complains


def ways_beside(clause: Clause) -> set[str | None]:
    """Return which ends fade where the way stands apart: ``fade the music out``, ``no fade at the end``."""
    if not clause.all("thing", "fade"):
        return set()
    said = {item.said.lower() for item in clause.items}
    ways: set[str | None] = {way for way in ("in", "out") if way in said}
    if not ways and clause.has("act", "begin") != clause.has("act", "finish"):
        ways = {"in" if clause.has("act", "begin") else "out"}
    place = clause.place
    if not ways and place is not None and not place.missing and place.stretches:
        ways = (
            {"in"}
            if place.stretches[0][0] == 0
            and (place.open != "from")
            and not place.said.lower().endswith(("end", "结尾"))
            else {"out"}
        )
    return ways


def _fade_seconds(clause: Clause, talk: Talk) -> Fraction:
    unwanted = any(clause.items[at].negated for at in (*clause.all("fade"), *clause.all("thing", "fade")))
    if unwanted or (clause.negative and clause.has("act", "remove")):
        return Fraction(0)
    if (said := degrees.seconds(clause, talk.stage.beat_s, talk.stage.bar_s)) is not None:
        return said[1]
    if bare := degrees.amounts(clause, ""):
        return abs(bare[0][1].value)
    place = clause.place
    if place is not None and not place.point and not place.whole and place.stretches:
        low, high = place.stretches[0]
        return (high - low).limit_denominator(1000)
    for each in talk.edits:
        if isinstance(each, edits.FadeSong | edits.FadePicture) and (said_before := each.out_s or each.in_s):
            return said_before
    grown = degrees.of(clause, ("length",))
    strength = Fraction(degrees.strength(clause)).limit_denominator(10)
    if grown:
        return USUAL_S * 2 if grown[0].sign > 0 else USUAL_S / 2
    return USUAL_S * (strength if strength > 1 else 1)
