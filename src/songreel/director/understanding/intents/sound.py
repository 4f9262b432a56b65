"""The song: how loud it is, how it comes and goes, which part of it is shown."""

from __future__ import annotations

from fractions import Fraction

from songreel.director.understanding import degrees
from songreel.director.understanding.clauses import Clause
from songreel.director.understanding.quantities import Quantity
from songreel.director.understanding.talk import Subject, Talk
from songreel.model import edit as edits
from songreel.model.edit import Edit

_STEP = 1.3
_FADE_S = Fraction(2)
_LONGER = Fraction(4, 3)
_SUBJECT = Subject("volume")
_LENGTH = Subject("length")


def read(clause: Clause, talk: Talk) -> None:
    """Understand what a clause says of the song's loudness, its fades and its length."""
    _volume(clause, talk)
    fades(clause, talk)
    part(clause, talk)


# -- loudness --------------------------------------------------------------------------------------------------------


def _volume(clause: Clause, talk: Talk) -> None:
    loud = degrees.of(clause, ("volume",))
    decibels = degrees.amounts(clause, "db")
    spoken = bool(
        clause.all("thing", "song") or clause.all("dimension", "volume") or clause.all("act", "mute", "unmute")
    )
    back = talk.subject is not None and talk.subject.kind == "volume" and not clause.all("thing") and not spoken
    if clause.all("act", "mute") and clause.all("act", "begin"):
        talk.do(edits.FadeSong(in_s=_FADE_S), subject=Subject("fade"))
        clause.take_kind("act")
        return
    if (
        clause.all("fade")
        or clause.all("thing", "fade")
        or not (loud or decibels or spoken or (back and _amount_said(clause)))
    ):
        return
    edit = _level(clause, loud, decibels, spoken=spoken or back)
    if edit is None:
        return
    clause.take_kind("thing", "song")
    clause.take_kind("dimension", "volume")
    clause.take_kind("degree")
    clause.take_kind("act", "mute", "unmute")
    _say(clause, talk, edit)


def _say(clause: Clause, talk: Talk, edit: edits.SetVolume) -> None:
    place = clause.place
    if place is not None and place.missing:
        talk.cannot("no-place", place=talk.word("places", place.missing), has=", ".join(labels(talk)) or "–")
    elif place is not None and not place.whole:
        talk.cannot("volume-part")
        clause.take(*(at for at, item in enumerate(clause.items) if item.place is not None))
    else:
        talk.do(edit, subject=_SUBJECT)


def labels(talk: Talk) -> list[str]:
    """Return what the sections that the video shows are called, each once."""
    return [talk.word("places", label) for label in dict.fromkeys(part.label for part in talk.stage.parts)]


def _amount_said(clause: Clause) -> bool:
    return bool(degrees.of(clause, ("", "size")) or degrees.amounts(clause, "percent", "factor"))


def _level(
    clause: Clause,
    loud: list[degrees.Degree],
    decibels: list[tuple[int, Quantity]],
    *,
    spoken: bool,
) -> edits.SetVolume | None:
    bare = degrees.of(clause, ("", "size", "brightness")) if spoken or decibels else []
    bare = [each for each in bare if each.quality != "brightness"]
    sign = (loud or bare)[0].sign if loud or bare else 0
    if clause.all("act", "unmute"):
        return edits.SetVolume(volume=1)
    if decibels:
        clause.take(decibels[0][0])
        value = float(decibels[0][1].value)
        change = value if value < 0 else value * (sign or (-1 if clause.has("act", "remove", "trim") else 1))
        return edits.SetVolume(by=round(min(max(10 ** (change / 20), 0.0), 20.0), 4))
    if clause.all("act", "mute") or (clause.negative and spoken and not sign and _silenced(clause)):
        return edits.SetVolume(volume=0)
    percent = degrees.amounts(clause, "percent")
    if percent and degrees.absolute(clause, percent[0][0]):
        clause.take(percent[0][0])
        return edits.SetVolume(volume=min(max(float(percent[0][1].value), 0.0), 2.0))
    if spoken and clause.has("word", "usual") and not sign:
        return edits.SetVolume(volume=1)
    factor = degrees.amounts(clause, "factor")
    if factor and spoken and degrees.of(clause, ("pace", "length")):
        return None
    if sign or (spoken and (percent or factor)):
        if not loud and not percent and not factor and _other_matter(clause):
            return None
        return edits.SetVolume(by=degrees.times(clause, sign or 1, step=_STEP))
    return None


def _silenced(clause: Clause) -> bool:
    """Tell whether all sound is not wanted: ``remove the music``, ``没有声音``, but not a part of the song."""
    return (
        clause.place is None
        and not clause.all("foreign")
        and not clause.unknown()
        and not clause.all("thing", "video", "cuts", "shots", "picture")
        and not degrees.amounts(clause, "second")
    )


def _other_matter(clause: Clause) -> bool:
    return bool(
        clause.all("dimension", "brightness", "contrast", "saturation", "warmth", "size", "pace", "amount")
        or clause.all("visualizer")
        or clause.all("effect")
        or clause.all("thing", "cuts", "shots", "picture", "palette", "logo", "photo")
    )


# -- fades -----------------------------------------------------------------------------------------------------------


def fades(clause: Clause, talk: Talk) -> None:
    """Understand fades of the song and the picture; of both where neither is named."""
    found = clause.all("fade")
    things = clause.all("thing", "fade")
    aside = ways_beside(clause)
    back = talk.subject is not None and talk.subject.kind == "fade" and clause.has("reference")
    again = next((each for each in talk.edits if isinstance(each, edits.FadeSong | edits.FadePicture)), None)
    if things and again is not None and not found and not aside and clause.all("thing", "song", "picture", "video"):
        aside = {way for way, said in (("in", again.in_s), ("out", again.out_s)) if said is not None}
    if not found and not aside and not (things and clause.negative) and not (back and clause.negative):
        return
    ways = {clause.items[at].value("fade") for at in found} or aside or {"both"}
    if "out" in ways and "in" in ways:
        ways = {"both"}
    seconds = _fade_seconds(clause, talk)
    places = [item.place for item in clause.items if item.place is not None and item.place.missing]
    if places:
        talk.cannot("no-place", place=talk.word("places", places[0].missing), has=", ".join(labels(talk)) or "–")
        return
    black, sound = bool(clause.all("thing", "black", "picture", "video")), bool(clause.all("thing", "song"))
    black = black or any("黑" in clause.items[at].said or "black" in clause.items[at].said for at in found)
    begins = seconds if ways & {"in", "both"} else None
    ends = seconds if ways & {"out", "both"} else None
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


def ways_beside(clause: Clause) -> set[str | None]:
    """Return which ends fade where the way stands apart: ``fade the music out``, ``no fade at the end``."""
    if not clause.all("thing", "fade"):
        return set()
    said = {item.said.lower() for item in clause.items}
    ways: set[str | None] = {way for way in ("in", "out") if way in said}
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
        return _FADE_S * 2 if grown[0].sign > 0 else _FADE_S / 2
    return _FADE_S * (strength if strength > 1 else 1)


# -- which part ------------------------------------------------------------------------------------------------------


def part(clause: Clause, talk: Talk) -> None:
    """Understand which part of the song the video shows, and how long it is."""
    if (clause.all("thing", "cuts", "shots") and not _trims(clause)) or (clause.place and not clause.placed):
        return
    edit = (
        _whole(clause)
        or _best(clause)
        or _begins(clause, talk)
        or _ends(clause, talk)
        or _kept(clause, talk)
        or _long(clause, talk)
    )
    if edit is None:
        return
    talk.do(edit, subject=_LENGTH)
    for kind in ("act", "dimension", "whole"):
        clause.take_kind(kind)
    clause.take_kind("thing", "video", "song", "cuts")
    clause.take(*(each.at for each in degrees.of(clause, ("length", "time", "pace", ""))))
    clause.take(*(at for at, item in enumerate(clause.items) if item.quantity or item.place))


def _trims(clause: Clause) -> bool:
    first = next((item for item in clause.items if not item.silent and not item.mark), None)
    return bool(clause.all("act", "trim") or (first is not None and first.has("thing", "cuts") and not clause.negative))


def _whole(clause: Clause) -> Edit | None:
    return edits.UsePart(whole=True) if clause.all("whole", "song") else None


def _best(clause: Clause) -> Edit | None:
    found = degrees.amounts(clause, "second")
    sections = any(item.has("section", "chorus", "drop") for item in clause.items)
    if not clause.has("word", "best") and not (found and sections and clause.has("word", "best")):
        return None
    return edits.UseBestPart(seconds=found[0][1].value if found else Fraction(30))


def _begins(clause: Clause, talk: Talk) -> Edit | None:
    """Read ``start at the drop``, ``从副歌开始``."""
    place = clause.place
    if place is None or place.whole or place.missing or not place.stretches:
        _missing(clause, talk)
        return None
    other = clause.all("thing", "picture", "photo", "footage", "cover", "logo", "text", "title", "media", "shots")
    alone = place.open == "from" and not _says_more(clause)
    if not (clause.all("act", "begin") or place.open == "from"):
        return None
    if other or clause.all("visualizer") or clause.all("effect") or clause.all("scene") or _assets(clause):
        return None
    if place.open == "from" and not (alone or clause.all("act", "begin") or _trims(clause)):
        return None
    if place.open == "until":
        return None
    low = place.stretches[0][0] + (talk.stage.song_start if place.clock == "video" else 0)
    return edits.UsePart(start=max(low, Fraction(0)))


def _ends(clause: Clause, talk: Talk) -> Edit | None:
    """Read ``end after the second chorus``, ``stop at 0:30``."""
    place = clause.place
    if place is None or place.missing or place.whole or not clause.all("act", "finish") or _says_more(clause):
        return None
    if _assets(clause) or clause.all("act", "begin") or place.open == "until":
        return None
    low, high = place.stretches[-1]
    at = low if place.point or place.open == "from" else high
    return edits.UsePart(end=at + (talk.stage.song_start if place.clock == "video" else 0))


def _says_more(clause: Clause) -> bool:
    """Tell whether a clause asks for anything but a place."""
    kinds = (
        "degree",
        "effect",
        "transition",
        "visualizer",
        "look",
        "mood",
        "scene",
        "position",
        "grey",
        "tone",
        "fade",
        "style",
    )
    others = [at for at in clause.all("thing") if not clause.items[at].has("thing", "video", "song")]
    return bool(others or any(clause.all(kind) for kind in kinds) or clause.all("act", "remove", "mute", "add"))


def _missing(clause: Clause, talk: Talk) -> None:
    place = clause.place
    if place is not None and place.missing and clause.all("act", "begin", "trim"):
        talk.cannot("no-place", place=talk.word("places", place.missing), has=", ".join(labels(talk)) or "–")


def _assets(clause: Clause) -> bool:
    return any(item.asset is not None for item in clause.items)


def _kept(clause: Clause, talk: Talk) -> Edit | None:
    """Read ``only keep 0:08 to 0:28`` and ``chop the last six seconds off``."""
    place, stage = clause.place, talk.stage
    if (
        place is None
        or place.whole
        or place.missing
        or place.point
        or not place.stretches
        or place.outside
        or place.clips
    ):
        return None
    low, high = place.stretches[0]
    start = stage.song_start if place.clock == "video" else Fraction(0)
    skipped = clause.has("negator") and not _says_more(clause) and not clause.unknown()
    dropped = (
        (clause.all("act", "remove") or _trims(clause) or skipped)
        or clause.negative
        or (clause.all("act", "trim") and not clause.has("act", "only"))
    )
    other = [at for at in clause.all("thing") if not clause.items[at].has("thing", "video", "song", "cuts")]
    if other or any(clause.all(kind) for kind in ("visualizer", "effect", "scene", "look", "mood", "grey", "tone")):
        return None
    if degrees.of(clause, ("brightness", "contrast", "saturation", "warmth", "pace", "volume")):
        return None
    first = Fraction(0) if place.clock == "video" else stage.song_start
    last = stage.length + first
    keeps = clause.has("act", "only") or (clause.all("act", "hold", "trim") and not clause.all("act", "remove"))
    if keeps and not (
        dropped and not clause.has("act", "only") and _at_edge(low, high, first, last) and not _to(clause)
    ):
        return edits.UsePart(start=start + low, end=start + high)
    if not dropped and all(item.place is not None or item.silent or item.mark for item in clause.items) and place.span:
        return edits.UsePart(start=start + low, end=start + high)
    if dropped and (_trims(clause) or clause.all("act", "remove") or skipped):
        if high >= last:
            return edits.UsePart(end=start + low)
        if low <= first:
            return edits.UsePart(start=start + high)
        talk.cannot("middle")
    return None


def _to(clause: Clause) -> bool:
    return any(item.said.lower() in ("cut to", "trim to", "剪到", "截取", "剪成", "截成") for item in clause.items)


def _at_edge(low: Fraction, high: Fraction, first: Fraction, last: Fraction) -> bool:
    return low <= first or high >= last


def _long(clause: Clause, talk: Talk) -> Edit | None:
    """Read ``make it 25 seconds long``, ``30s``, ``shorter``, ``剪成半分钟``."""
    if clause.place is not None and not clause.place.whole:
        return None
    if taken := _taken_off(clause, talk):
        return taken
    grown = degrees.of(clause, ("length",))
    found = degrees.amounts(clause, "second")
    others = clause.all(
        "thing", "shots", "picture", "text", "title", "caption", "fade", "transitions", "artist", "cover"
    )
    if others or clause.all("transition") or clause.all("effect") or _assets(clause):
        return None
    spoken = clause.all("thing", "video", "song") or clause.has("word", "long") or clause.has("reference")
    spoken = spoken or clause.all("act", "trim", "change", "only") or clause.has("act", "hold")
    back = talk.subject is not None and talk.subject.kind == "length"
    if found and (spoken or back or grown or _alone(clause)):
        seconds = abs(found[0][1].value)
        by = any(item.said.lower() in ("by", "another", "多", "再") for item in clause.items[: found[0][0]])
        comparative = grown and (by or clause.items[grown[0].at].said.lower() in ("longer", "shorter", "extend"))
        if comparative or (clause.all("act", "trim") and by):
            sign = grown[0].sign if grown else -1
            seconds = talk.stage.length + sign * seconds
        return edits.UsePart(seconds=seconds) if seconds > 0 else None
    if (
        grown
        and (spoken or back or not clause.unknown())
        and not (talk.subject and talk.subject.kind in ("text", "cuts"))
    ):
        factor = Fraction(degrees.times(clause, grown[0].sign, step=float(_LONGER))).limit_denominator(100)
        return edits.UsePart(seconds=(talk.stage.length * factor).limit_denominator(1000))
    factor_said = degrees.amounts(clause, "factor")
    if factor_said and spoken and clause.all("thing", "video") and clause.has("dimension", "length"):
        return edits.UsePart(seconds=talk.stage.length * factor_said[0][1].value)
    return None


def _taken_off(clause: Clause, talk: Talk) -> Edit | None:
    """Read ``trim 3 seconds off the start``, ``结尾剪掉两秒``."""
    found = degrees.amounts(clause, "second")
    if not found or not clause.all("act", "trim", "remove") or clause.all("thing", "text", "title", "caption"):
        return None
    seconds = abs(found[0][1].value)
    if clause.has("word", "begin") and not clause.has("word", "finish"):
        return edits.UsePart(start=talk.stage.song_start + seconds)
    off = any(
        item.said.lower() == "off" or item.said in ("剪掉", "裁掉", "截掉", "砍掉", "剪去") for item in clause.items
    )
    if not (clause.has("word", "finish") or off) or seconds >= talk.stage.length:
        return None
    return edits.UsePart(end=talk.stage.song_start + talk.stage.length - seconds)


def _alone(clause: Clause) -> bool:
    return all(item.quantity is not None or item.silent or item.mark for item in clause.items)
