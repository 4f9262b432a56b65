"""How the song and the picture come and go."""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import replace
from fractions import Fraction

from songreel.director.understanding import degrees
from songreel.director.understanding.clauses import Clause
from songreel.director.understanding.intents import fade_lengths
from songreel.director.understanding.item import Item
from songreel.director.understanding.talk import Subject, Talk
from songreel.model import edit as edits
from songreel.model.edit import Edit

USUAL_S = Fraction(2)
_NEAR_END_S = 5


def read(clause: Clause, talk: Talk) -> None:
    """Understand fades of the song and the picture; of both where neither is named."""
    if any(read_ahead(clause, talk) for read_ahead in (_joined, _told_length, _as_long, _in_full, _hard)):
        return
    found = [] if clause.all("topic", "mood") else clause.all("fade")
    things = clause.all("thing", "fade")
    aside = ways_beside(clause) or _slowly(clause) or _same_ways(clause, talk) or _of_some_length(clause)
    back = talk.subject is not None and talk.subject.kind == "fade" and clause.has("reference")
    if not found and not aside and not (things and clause.negative) and not (back and clause.negative):
        return
    ways = {clause.items[at].value("fade") for at in found} or aside or {"both"}
    if "out" in ways and "in" in ways:
        ways = {fade_lengths.first_way(clause)} if fade_lengths.apart(clause) else {"both"}
    seconds = _fade_seconds(clause, talk, ways)
    places = [item.place for item in clause.items if item.place is not None and item.place.missing]
    if places:
        talk.no_place(places[0].missing)
        return
    sound, black = _faded(clause, talk)
    begins = seconds if ways & {"in", "both"} else None
    ends = seconds if ways & {"out", "both"} else None
    if (other := fade_lengths.other(clause, talk, ways)) is not None:
        begins, ends = (other, ends) if begins is None else (begins, other)
    made: list[Edit] = []
    if sound or not black:
        made.append(edits.FadeSong(in_s=begins, out_s=ends))
    if black or not sound:
        made.append(edits.FadePicture(in_s=begins, out_s=ends))
    talk.do(*made, subject=Subject("fade"))
    for kind in ("fade", "act"):
        clause.take_kind(kind)
    clause.take_kind("thing", "fade", "black", "song", "picture", "photo", "video")
    clause.take_kind("color", "black")
    clause.take(*(each.at for each in degrees.of(clause, ("pace", "volume", "length"))))
    clause.take(*(at for at, item in enumerate(clause.items) if item.quantity or item.place))


def _faded(clause: Clause, talk: Talk) -> tuple[bool, bool]:
    """Tell whether a clause fades the song, and whether it fades the picture; neither where it names none."""
    found = clause.all("fade")
    sound = bool(clause.all("thing", "song"))
    frame = any(clause.items[at].has("topic", "shots") or sound for at in clause.all("thing", "photo"))
    black = bool(clause.all("thing", "black", "picture", "video")) or frame
    black = black or any("黑" in clause.items[at].said or "black" in clause.items[at].said for at in found)
    sound = sound or (not black and bool(talk.edits) and isinstance(talk.edits[-1], edits.SetVolume))
    compared = not found or bool(degrees.of(clause, ("length", "pace")))
    return _kinds(talk) if compared and not (sound or black or talk.edits) else (sound, black)


def _same_ways(clause: Clause, talk: Talk) -> set[str | None]:
    """Return the ways of the fade before, where another is to go the same: ``and fade the picture``."""
    if clause.all("fade") or not clause.all("thing", "fade"):
        return set()
    if clause.all("thing", "song", "picture", "video"):
        return _ways(talk.edits)
    past = talk.situation.past[-1].edits if talk.situation.past else ()
    return _ways(past) if degrees.of(clause, ("length", "pace")) or _length_said(clause) else set()


def _of_some_length(clause: Clause) -> set[str | None]:
    """Return both ways for a fade of which only the length or the speed is said: ``give it a 3 second fade``."""
    others = clause.all("thing", "text", "title", "artist", "caption", "shots", "cuts", "transitions", "logo", "photo")
    quoted = any(item.quote for item in clause.items)
    if not clause.all("thing", "fade") or others or quoted or clause.all("transition"):
        return set()
    return {"both"} if _length_said(clause) or degrees.of(clause, ("pace",)) else set()


def _length_said(clause: Clause) -> bool:
    return bool(degrees.amounts(clause, "second", "beat", "bar", "factor"))


def _ways(made: Iterable[Edit]) -> set[str | None]:
    """Return the ways of the first fade among edits."""
    again = next((each for each in made if isinstance(each, edits.FadeSong | edits.FadePicture)), None)
    if again is None:
        return set()
    return {way for way, said in (("in", again.in_s), ("out", again.out_s)) if said is not None}


def _slowly(clause: Clause) -> set[str | None]:
    """Return how the song comes or goes where that is slow: ``bring the music in slowly``, ``audio out over 3 s``."""
    slow = clause.has("degree", "pace-", "volume-", "amount-") or clause.has("measure", "bit")
    slow = slow or clause.has("word", "gradual") or bool(degrees.amounts(clause, "second", "beat", "bar"))
    return {way for at in clause.all("thing", "song") if (way := moved(clause, at))} if slow else set()


def moved(clause: Clause, at: int) -> str | None:
    """Return which way a thing is brought, by the word behind it: “in” or “out”."""
    said = clause.items[at + 1].said.lower() if at + 1 < len(clause.items) else ""
    return said if said in ("in", "out") else None


def _joined(clause: Clause, talk: Talk) -> bool:
    """Let what is only named, or named with “also”, fade as what was spoken of before: ``picture and sound``."""
    past = talk.situation.past[-1].edits if talk.situation.past and clause.has("act", "also") else ()
    faded = [each for each in talk.edits or past if isinstance(each, edits.FadeSong | edits.FadePicture)]
    said = [item for item in clause.items if not (item.silent or item.mark or item.joins or item.has("act", "also"))]
    said = [item for item in said if not item.has("word", "for")]
    if length := _own_length(clause, talk):
        said = [item for item in said if not _of_length(item)]
    if faded and said and all(item.has("thing", "fade") or item.has("reference", "it") for item in said):
        # ``the end is too sudden, fade it`` says the same twice.
        said = []
    elif not faded or not said or not all(item.has("thing", "song", "picture", "photo", "video") for item in said):
        return False
    sound = any(item.has("thing", "song") for item in said)
    for kind, named in (
        (edits.FadeSong, sound),
        (edits.FadePicture, any(not item.has("thing", "song") for item in said)),
    ):
        if named and not any(isinstance(each, kind) for each in faded):
            alike = kind(in_s=faded[-1].in_s, out_s=faded[-1].out_s)
            talk.do(_lasting(alike, length) if length else alike)
    talk.heard += 1
    clause.take_all()
    return True


def _by_black(clause: Clause) -> set[str | None]:
    """Return which way a fade goes by what leads to the black: ``fade the picture to black``, ``… from black``."""
    for at, item in enumerate(clause.items[1:], start=1):
        if item.has("color", "black") or item.has("thing", "black"):
            before = clause.items[at - 1]
            return {"in"} if before.said.lower() == "from" else {"out"} if before.has("word", "to", "into") else set()
    return set()


def _own_length(clause: Clause, talk: Talk) -> Fraction | None:
    """Return how long a fade is said to last; a number alone counts seconds: ``(sound over 3 s,) picture over 2``."""
    if (said := degrees.seconds(clause, talk.stage.beat_s, talk.stage.bar_s)) is not None:
        return said[1]
    bare = degrees.amounts(clause, "")
    return abs(bare[0][1].value) if bare else None


def _told_length(clause: Clause, talk: Talk) -> bool:
    """Let a length alone be that of the fades before it: ``fade the music in and out, two seconds will do``."""
    faded = bool(talk.edits) and isinstance(talk.edits[-1], edits.FadeSong | edits.FadePicture)
    said = degrees.seconds(clause, talk.stage.beat_s, talk.stage.bar_s)
    if not faded or said is None or not all(_of_length(item) for item in clause.items):
        return False
    talk.edits = [_lasting(each, said[1]) for each in talk.edits]
    talk.heard += 1
    clause.take_all()
    return True


def _as_long(clause: Clause, talk: Talk) -> bool:
    """Let the fades of the last turn be longer or shorter: ``slower``, ``a longer one, like 4 s``, ``缩短到2秒``."""
    past = talk.situation.past[-1].edits if talk.situation.past else ()
    faded = bool(past) and all(isinstance(each, edits.FadeSong | edits.FadePicture) for each in past)
    compared = degrees.of(clause, ("pace", "length"))
    if not faded or talk.edits or not (compared or clause.all("act", "trim")):
        return False
    told = _own_length(clause, talk)
    by = any(degrees.difference(clause, at) for at, item in enumerate(clause.items) if item.quantity)
    if not all(_of_length(item) or item.has("degree") or item.has("act", "trim") for item in clause.items) or by:
        return False
    if told is None and not compared:
        return False
    times = Fraction(1, 2)
    if told is None and compared[0].sign * (-1 if compared[0].quality == "pace" else 1) > 0:
        times = Fraction(1 + degrees.strength(clause)).limit_denominator(10)
    for each in past:
        said = {name: getattr(each, name) for name in ("in_s", "out_s") if getattr(each, name)}
        talk.do(each.evolve(**{name: told or seconds * times for name, seconds in said.items()}))
    talk.subject = Subject("fade")
    clause.take_all()
    return True


def _of_length(item: Item) -> bool:
    plain = item.silent or item.mark or item.quantity is not None or item.has("act", "only", "hold", "change")
    meant = item.has("word", "every", "about", "complaint", "wish", "long", "enough", "in", "by")
    meant = meant or item.has("measure") or item.has("word", "like", "better")
    return plain or meant or item.has("bound") or item.has("reference") or item.has("praise")


def _lasting(edit: Edit, seconds: Fraction) -> Edit:
    if not isinstance(edit, edits.FadeSong | edits.FadePicture):
        return edit
    return edit.evolve(**{name: seconds for name in ("in_s", "out_s") if getattr(edit, name)})


def _in_full(clause: Clause, talk: Talk) -> bool:
    """Read ``the music should be full from the first moment``: it does not fade in."""
    place = clause.place
    opens = place is not None and not place.missing and bool(place.stretches) and not place.stretches[0][0]
    led = place is not None and (place.open == "from" or place.point)
    named = clause.all("thing", "song") or clause.all("dimension", "volume")
    if not (opens and led and named and clause.has("measure", "most")) or clause.all("fade"):
        return False
    talk.do(edits.FadeSong(in_s=Fraction(0)), subject=Subject("fade"))
    clause.take_all()
    return True


def abrupt(clause: Clause, talk: Talk) -> bool:
    """Soften what is too sudden: ``the music ends too abruptly``, ``结尾太突然``, ``the cuts are too harsh``."""
    sudden = [item for item in clause.items if item.has("word", "abrupt")]
    unwanted = any(item.negated for item in sudden)
    faulted = clause.question or clause.has("measure", "too") or _so(clause)
    faulted = faulted or any(item.has("word", "complaint") and not item.has("reference") for item in clause.items)
    asked = clause.has("word", "wish") or clause.has("act", "add") or clause.negative
    if not sudden or not (unwanted or (faulted and not asked)) or clause.all("fade", "in", "out", "both"):
        return False
    if clause.all("thing", "cuts", "shots", "transitions") or clause.all("act", "change"):
        talk.do(edits.SetTransition(transition="dissolve", where=clause.where()), subject=Subject("transition"))
    elif not clause.all("thing", "text", "title") and (way := _sudden_way(clause)):
        sound, picture = clause.all("thing", "song"), clause.all("thing", "picture", "video")
        made: list[Edit] = [edits.FadeSong(**way)] if sound or not picture else []
        talk.do(*made, *([edits.FadePicture(**way)] if picture or not sound else []), subject=Subject("fade"))
    else:
        return False
    clause.take_all()
    return True


def alone(clause: Clause, talk: Talk) -> bool:
    """Let only one of sound and picture fade: ``fade out over 6 seconds, sound only``, ``结尾淡出，只要声音``."""
    sound, picture = clause.has("thing", "song"), clause.has("thing", "picture", "photo", "video")
    plain = all(item.silent or item.mark or item.has("act", "only") or item.has("thing") for item in clause.items)
    both = [type(edit) for edit in talk.edits[-2:]] == [edits.FadeSong, edits.FadePicture]
    if not (plain and both and clause.has("act", "only") and sound != picture):
        return False
    talk.edits.pop(-1 if sound else -2)
    talk.heard += 1
    return True


def _sudden_way(clause: Clause) -> dict[str, Fraction]:
    """Return which end is sudden, and how long it is to fade."""
    place = clause.place
    opens = place is not None and bool(place.stretches) and not place.stretches[0][0]
    ends = clause.has("act", "finish") or clause.has("word", "finish") or bool(clause.all("fade", "hard"))
    if ends or (place is not None and not opens):
        return {"out_s": USUAL_S}
    begins = opens or clause.has("act", "begin") or clause.has("word", "begin")
    return {"in_s": USUAL_S} if begins else {}


def _so(clause: Clause) -> bool:
    """Tell whether how abrupt something is is complained of: ``ends so abruptly``, ``it just stops``, ``太突然``."""
    said = {item.said.lower() for item in clause.items}
    abrupt = [item.said for item in clause.items if item.has("word", "abrupt")]
    return bool(said & {"so", "just", "very", "pretty"}) or any(
        not each.isascii() or each.lower().startswith("just") for each in abrupt
    )


def _hard(clause: Clause, talk: Talk) -> bool:
    """End song and picture at once, where the video ends or at a moment that is named; all of the clause is read."""
    if not clause.all("fade", "hard"):
        return False
    unwanted = clause.all("act", "remove") and not clause.has("thing", "fade")
    if unwanted or not clause.all("fade", "hard", negated=False):
        # ``I'd rather not have it just stop``
        soft = any(isinstance(each, edits.FadeSong | edits.FadePicture) for each in talk.edits)
        talk.heard += soft
        made = () if soft else (edits.FadeSong(out_s=USUAL_S), edits.FadePicture(out_s=USUAL_S))
        talk.do(*made, subject=Subject("fade"))
    elif not _complains(clause, talk):
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
    ways: set[str | None] = {way for way in ("in", "out") if way in said} or _by_black(clause)
    begins, ends = (clause.has("act", act) or clause.has("word", act) for act in ("begin", "finish"))
    place = clause.place
    if place is not None and place.point and place.stretches:
        begins = begins or not place.stretches[0][0]
        ends = ends or bool(place.stretches[-1][0])
    if not ways and (begins or ends):
        ways = {way for way, meant in (("in", begins), ("out", ends)) if meant}
    if not ways and place is not None and not place.missing and place.stretches:
        ways = (
            {"in"}
            if place.stretches[0][0] == 0
            and (place.open != "from")
            and not place.said.lower().endswith(("end", "结尾"))
            else {"out"}
        )
    return ways


def _fade_seconds(clause: Clause, talk: Talk, ways: Set[str | None]) -> Fraction:
    unwanted = any(clause.items[at].negated for at in (*clause.all("fade"), *clause.all("thing", "fade")))
    if unwanted or (clause.negative and clause.has("act", "remove")):
        return Fraction(0)
    if (said := _own_length(clause, talk)) is not None:
        return said
    place = clause.place
    if place is not None and not place.point and not place.whole and place.stretches:
        low, high = place.stretches[0]
        return (high - low).limit_denominator(1000)
    named = clause.all("thing", "song", "picture", "video", "black")
    for each in talk.edits:
        alike = not named or ways & _ways([each])
        if isinstance(each, edits.FadeSong | edits.FadePicture) and alike and (said_before := each.out_s or each.in_s):
            return said_before
    grown = degrees.of(clause, ("length",)) or _slowed(clause)
    if factor := degrees.amounts(clause, "factor"):
        return (_before(talk) or USUAL_S) * abs(factor[0][1].value)
    before = _before(talk) if grown and not clause.all("fade") else None
    if before:
        return before * (Fraction(3, 2) if grown[0].sign > 0 else Fraction(1, 2))
    strength = Fraction(degrees.strength(clause)).limit_denominator(10)
    if grown:
        return USUAL_S * 2 if grown[0].sign > 0 else USUAL_S / 2
    return USUAL_S * (strength if strength > 1 else 1)


def _slowed(clause: Clause) -> list[degrees.Degree]:
    """Return how a fade is to be longer or shorter where its pace is compared: ``fade out slower``, ``淡出慢一点``."""
    paces = degrees.of(clause, ("pace",))
    if not clause.has("measure", "too"):
        paces = [each for each in paces if _compares(clause.items[each.at].said.lower())]
    return [replace(each, quality="length", sign=-each.sign) for each in paces]


def _compares(said: str) -> bool:
    return said.endswith(("er", "点", "些")) or said == "more slowly"


def _kinds(talk: Talk) -> tuple[bool, bool]:
    """Tell whether the last turn faded the song, and whether it faded the picture."""
    past = talk.situation.past[-1].edits if talk.situation.past else ()
    sound, picture = (any(isinstance(each, kind) for each in past) for kind in (edits.FadeSong, edits.FadePicture))
    return sound, picture


def _before(talk: Talk) -> Fraction | None:
    """Return how long the fade lasts that the last turn asked for."""
    past = talk.situation.past[-1].edits if talk.situation.past else ()
    faded = (each for each in past if isinstance(each, edits.FadeSong | edits.FadePicture))
    return next((said for each in faded if (said := each.out_s or each.in_s)), None)
