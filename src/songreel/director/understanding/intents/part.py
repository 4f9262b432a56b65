"""Which part of the song the video shows, and how long it is."""

from __future__ import annotations

from fractions import Fraction

from songreel.director.understanding import degrees, paint
from songreel.director.understanding.clauses import Clause
from songreel.director.understanding.item import Item
from songreel.director.understanding.talk import Subject, Talk
from songreel.model import edit as edits
from songreel.model.edit import Edit

_LONGER = Fraction(4, 3)


_LENGTH = Subject("length")
_THINGS = ("visualizer", "effect", "transition", "scene", "look", "grey", "tone", "sync", "fade")
_LASTING = ("text", "cuts", "transition", "fade", "visualizer", "effect", "overlay")
_USING = ("use", "only use", "just use", "用", "使用")
_CUTTING = ("cut", "剪", "切")
_ALL = ("everything", "it all", "all", "the whole thing")


def read(clause: Clause, talk: Talk) -> None:
    """Understand which read of the song the video shows, and how long it is."""
    if (clause.all("thing", "cuts", "shots") and not _trims(clause)) or (clause.place and not clause.placed):
        return
    if _of_another(clause, talk) or _of_shots(clause):
        return
    if _begun_already(clause, talk):
        clause.take_all()
        talk.heard += 1
        return
    edit = (
        _whole(clause)
        or _from_top(clause, talk)
        or _best(clause)
        or _from_there(clause, talk)
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


def _of_another(clause: Clause, talk: Talk) -> bool:
    """Tell whether the lengths and places of a clause are those of what stands nearest to them, not the video's."""
    spoken = [at for at, item in enumerate(clause.items) if item.place is not None or _lasts(item)]
    if not spoken:
        return False
    named = [at for at, item in enumerate(clause.items) if _names(item)]
    if _rhythmic(clause) and not clause.all("act", "trim"):
        return True
    if not named:
        stays = clause.has("act", "linger") and not clause.has("act", "trim")
        if talk.edits and isinstance(talk.edits[-1], edits.AddText | edits.RetimeText) and not _alone(clause):
            return not (clause.has("act", "trim", "only", "begin", "finish") or clause.has("word", "long"))
        return stays and talk.subject is not None and talk.subject.kind != "length"
    nearest = min(named, key=lambda at: min(abs(at - one) for one in spoken))
    return not _of_video(clause.items[nearest]) and not _trims(clause)


def _of_shots(clause: Clause) -> bool:
    """Tell whether shots are counted or pointed out, so that no length here is the video's."""
    return any(
        (item.quantity is not None and item.quantity.unit in ("shot", "cut"))
        or (item.place is not None and bool(item.place.clips))
        or (item.negated and item.said.lower() == "clip")
        or item.has("degree", "urge+", "urge-")
        or (item.has("thing", "photo") and item.has("topic", "shots"))
        for item in clause.items
    )


def _lasts(item: Item) -> bool:
    return item.quantity is not None and item.quantity.unit == "second" and item.quantity.kind == "amount"


def _names(item: Item) -> bool:
    """Tell whether an item names something that can last or be in a place, the video among it."""
    things = any(kind == "thing" for kind, _ in item.meanings) and not item.has("thing", "cuts", "fade")
    return things or item.quote is not None or any(item.has(kind) for kind in _THINGS)


def _of_video(item: Item) -> bool:
    named = item.has("thing", "video", "song", "cuts")
    return (named or item.said.lower() in _ALL) and item.quote is None


def _rhythmic(clause: Clause) -> bool:
    """Tell whether a clause says how often the picture changes: ``cut on every beat in the last 10 seconds``."""
    units = clause.has("unit", "beat", "bar") or any(
        item.quantity is not None and item.quantity.unit in ("beat", "bar") for item in clause.items
    )
    each = any(item.has("word", "every", "per") and item.said.lower() != "all" for item in clause.items)
    each = each and any(_lasts(item) for item in clause.items)
    return (
        clause.has("sync")
        or (each and clause.place is None)
        or (units and (clause.has("word", "every", "per") or clause.has("thing", "cuts")))
    )


def _begun_already(clause: Clause, talk: Talk) -> bool:
    """Tell whether a clause says again that nothing before the beginning is wanted: ``drop what is before``."""
    place = clause.place
    begun = any(isinstance(edit, edits.UsePart) and edit.start is not None for edit in talk.edits)
    first = place is not None and not place.missing and bool(place.stretches) and place.stretches[0][0] == 0
    return begun and first and bool(clause.all("act", "remove"))


def _trims(clause: Clause) -> bool:
    first = next((item for item in clause.items if not item.silent and not item.mark), None)
    verb = first is not None and first.has("thing", "cuts") and first.said.lower() in _CUTTING
    return bool(clause.all("act", "trim") or (verb and not clause.negative))


def _whole(clause: Clause) -> Edit | None:
    return edits.UsePart(whole=True) if clause.all("whole", "song") else None


def _from_top(clause: Clause, talk: Talk) -> Edit | None:
    """Read ``play it from the top``, ``还是从头放``: what was left out at the beginning is heard again."""
    played = (
        clause.has("act", "begin", "show", "only", "change")
        or clause.all("thing", "song", "video")
        or _all_silent(clause)
    )
    again = talk.stage.song_start and clause.has("act", "begin") and clause.all("history", "start-over")
    if not (clause.all("origin") or again) or not played or _says_more(clause) or _assets(clause):
        return None
    clause.take_kind("origin")
    clause.take_kind("history")
    if found := degrees.amounts(clause, "second"):
        return edits.UsePart(start=Fraction(0), seconds=abs(found[0][1].value) or None)
    return edits.UsePart(start=Fraction(0)) if talk.stage.song_start else edits.UsePart(whole=True)


def _all_silent(clause: Clause) -> bool:
    return all(item.silent or item.mark or item.has("origin") or item.has("act", "again") for item in clause.items)


def _best(clause: Clause) -> Edit | None:
    found = degrees.amounts(clause, "second")
    sections = any(item.has("section", "chorus", "drop") for item in clause.items)
    if not clause.has("word", "best") and not (found and sections and clause.has("word", "best")):
        return None
    return edits.UseBestPart(seconds=found[0][1].value if found else Fraction(30))


def _from_there(clause: Clause, talk: Talk) -> Edit | None:
    """Read ``start at the chorus, drop what is before`` where both are in one clause."""
    places = [item.place for item in clause.items if item.place is not None and item.place.stretches]
    opened = [place for place in places if place.open == "from"]
    before = [place for place in places if not place.open and place.stretches[0][0] == 0]
    if not opened or not before or not clause.all("act", "remove") or _says_more_but_removes(clause):
        return None
    shift = talk.stage.behind(opened[0].clock)
    return edits.UsePart(start=opened[0].stretches[0][0] + shift)


def _begins(clause: Clause, talk: Talk) -> Edit | None:
    """Read ``start at the drop``, ``从副歌开始``."""
    place = clause.place
    wanted = [item.place for item in clause.items if item.place is not None and not item.negated]
    if clause.has("negator") and clause.all("act", "begin") and len(wanted) == 1:
        # ``skip the intro, go straight to the chorus`` begins with the chorus.
        place = wanted[0]
    if place is None or place.whole or place.missing or not place.stretches:
        _missing(clause, talk)
        return None
    other = clause.all("thing", "picture", "photo", "footage", "cover", "logo", "text", "title", "media", "shots")
    alone = place.open == "from" and not _says_more(clause)
    if not clause.all("act", "begin") and (place.open != "from" or clause.all("act", "finish")):
        return None
    if other or clause.all("visualizer") or clause.all("effect") or clause.all("scene") or _assets(clause):
        return None
    if place.open == "from" and not (alone or clause.all("act", "begin") or _trims(clause)):
        return None
    if place.open == "until":
        return None
    if place.clock == "video" and not place.stretches[0][0] and clause.all("act", "begin"):
        # To start at the beginning of a video that begins later is to start with the song.
        return edits.UsePart(start=Fraction(0))
    low = place.stretches[0][0] + talk.stage.behind(place.clock)
    found = degrees.amounts(clause, "second")
    length = abs(found[0][1].value) if found else None
    return edits.UsePart(start=max(low, Fraction(0)), seconds=length or None)


def _ends(clause: Clause, talk: Talk) -> Edit | None:
    """Read ``end after the second chorus``, ``stop at 0:30``."""
    place = clause.place
    if place is None or place.missing or place.whole or not clause.all("act", "finish") or _says_more(clause):
        return None
    if _assets(clause) or clause.all("act", "begin") or place.open == "until":
        return None
    low, high = place.stretches[-1]
    at = low if place.point or place.open == "from" else high
    return edits.UsePart(end=at + talk.stage.behind(place.clock))


def _says_more(clause: Clause) -> bool:
    """Tell whether a clause asks for anything but a place."""
    return _says_more_but_removes(clause) or bool(clause.all("act", "remove"))


def _says_more_but_removes(clause: Clause) -> bool:
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
        "color",
    )
    others = [at for at in clause.all("thing") if not clause.items[at].has("thing", "video", "song")]
    measured = clause.all("dimension", "pace", "volume", "brightness", "contrast", "saturation", "warmth", "amount")
    return bool(others or measured or any(clause.all(kind) for kind in kinds) or clause.all("act", "mute", "add"))


def _missing(clause: Clause, talk: Talk) -> None:
    place = clause.place
    if place is not None and place.missing and clause.all("act", "begin", "trim"):
        talk.no_place(place.missing)


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
    start = stage.behind(place.clock)
    skipped = clause.has("negator") and not _says_more(clause) and not clause.unknown()
    dropped = (
        (clause.all("act", "remove") or _trims(clause) or skipped)
        or clause.negative
        or (clause.all("act", "trim") and not clause.has("act", "only"))
    )
    other = [at for at in clause.all("thing") if not clause.items[at].has("thing", "video", "song", "cuts")]
    other = [at for at in other if clause.items[at].said.lower() not in _ALL]
    if paint.of(clause):
        return None
    kinds = ("visualizer", "effect", "scene", "look", "mood", "grey", "tone")
    if other or any(not clause.items[at].has("act") for kind in kinds for at in clause.all(kind)):
        return None
    if degrees.of(clause, ("brightness", "contrast", "saturation", "warmth", "pace", "volume")):
        return None
    first = Fraction(0) if place.clock == "video" else stage.song_start
    last = stage.length + first
    used = clause.has("act", "show") and clause.has("topic", "sections") and place.span
    used = used or (any(item.said.lower() in _USING for item in clause.items) and _places_alone(clause))
    # ``chop the choruses`` cuts in them: a section is what is left where that is said, ``cut it to the chorus``.
    kept = [at for at in clause.all("act", "hold", "trim") if clause.items[at].has("ignored") or _to(clause)]
    kept = [at for at in kept or clause.all("act", "trim") if not place.label or _to(clause)]
    kept = [] if clause.all("act", "remove") else kept
    keeps = clause.has("act", "only") or used or kept
    if keeps and not (
        dropped and not clause.has("act", "only") and _at_edge(low, high, first, last) and not _to(clause)
    ):
        return edits.UsePart(start=start + low, end=start + high)
    if not dropped and place.span and _alone_there(clause):
        return edits.UsePart(start=start + low, end=start + high)
    if dropped and (_trims(clause) or clause.all("act", "remove") or skipped):
        if high >= last:
            return edits.UsePart(end=start + low)
        if low <= first:
            return edits.UsePart(start=start + high)
        talk.cannot("middle")
    return None


def _alone_there(clause: Clause) -> bool:
    """Tell whether a clause names a stretch and nothing else, but the video to be made: ``a video from 0:10 to 0:30``."""
    plain = (item.silent or item.mark or item.has("again", "create") for item in clause.items if item.place is None)
    return all(plain)


def _places_alone(clause: Clause) -> bool:
    """Tell whether a clause names a place and nothing that could be done there: ``use the last 20 seconds``."""
    said = [item for item in clause.items if not (item.silent or item.mark or item.has("act", "show", "only"))]
    return bool(said) and all(item.place is not None for item in said)


def _to(clause: Clause) -> bool:
    if clause.place is not None and clause.place.said.lower().startswith(("to ", "down to ", "到")):
        return True
    at = next((at for at, item in enumerate(clause.items) if item.place is not None), 0)
    led = next((item for item in clause.items[:at][::-1] if not item.silent or item.has("word", "to")), None)
    to = led is not None and led.has("word", "to") and led.said.lower() != "and"
    return to or clause.has("word", "extract")


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
        comparative = grown and (by or _compares(clause, grown[0].at, found[0][0]))
        if comparative or (clause.all("act", "trim") and by):
            sign = grown[0].sign if grown else -1
            seconds = talk.stage.length + sign * seconds
        return edits.UsePart(seconds=seconds) if seconds > 0 else None
    named = clause.all("thing", "video", "song")
    if grown and (spoken or back or not clause.unknown()) and (named or not _of_last(talk)):
        factor = Fraction(degrees.times(clause, grown[0].sign, step=float(_LONGER))).limit_denominator(100)
        return edits.UsePart(seconds=(talk.stage.length * factor).limit_denominator(1000))
    factor_said = degrees.amounts(clause, "factor")
    if factor_said and spoken and clause.all("thing", "video") and clause.has("dimension", "length"):
        return edits.UsePart(seconds=talk.stage.length * factor_said[0][1].value)
    return None


def _of_last(talk: Talk) -> bool:
    """Tell whether what was spoken of last can last longer itself."""
    return talk.subject is not None and talk.subject.kind in _LASTING


def _compares(clause: Clause, degree: int, amount: int) -> bool:
    """Tell whether an amount is a difference: ``10 seconds longer``, but not ``shorter, like 30 seconds``."""
    said = clause.items[degree].said.lower()
    return said == "extend" or (said in ("longer", "shorter") and amount < degree)


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
    said = [item for item in clause.items if not (item.silent or item.mark or item.has("measure", "most", "enough"))]
    said = [item for item in said if not item.has("word", "complaint")]
    return all(item.quantity is not None for item in said)
