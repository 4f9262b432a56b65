"""Which stretch of the song is kept, and what a clause must not say besides to be about that."""

from __future__ import annotations

from fractions import Fraction

from songreel.director import lexicon
from songreel.director.understanding import degrees, paint
from songreel.director.understanding.clauses import Clause
from songreel.director.understanding.item import Item
from songreel.director.understanding.places import Place
from songreel.director.understanding.quantities import Quantity
from songreel.director.understanding.talk import Talk
from songreel.model import edit as edits
from songreel.model.edit import Edit

_USING = ("use", "only use", "just use", "用", "使用")
_TOUCH = Fraction(1, 10)
ALL = ("everything", "it all", "all", "the whole thing")


def trims(clause: Clause) -> bool:
    """Tell whether a clause cuts the song: ``trim it to 20 seconds``, ``cut the intro``."""
    at = next((at for at, item in enumerate(clause.items) if not item.silent and not item.mark), 0)
    # ``a cut every second``
    noun = at > 0 and any(clause.items[at - 1].said.lower() in table["articles"] for table in lexicon.amounts())
    verb = not noun and clause.items[at].has("word", "cutting")
    return bool(clause.all("act", "trim") or (verb and not clause.negative))


def of_video(item: Item) -> bool:
    """Tell whether an item names the video or its song: ``the whole thing``."""
    named = item.has("thing", "video", "song", "cuts")
    return (named or item.said.lower() in ALL) and item.quote is None


def says_more(clause: Clause) -> bool:
    """Tell whether a clause asks for anything but a place."""
    return says_more_but_removes(clause) or bool(clause.all("act", "remove"))


def says_more_but_removes(clause: Clause) -> bool:
    """Tell whether a clause asks for anything but a place and to remove it: ``glitch in the intro``."""
    adds = any(not clause.items[at].has("word", "desires") for at in clause.all("act", "add"))
    return says_more_but_adds(clause) or adds


def says_more_but_adds(clause: Clause) -> bool:
    """Tell whether a clause asks for anything but a time and to add or remove it: ``a glitch for 2 seconds``."""
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
    return bool(others or measured or any(clause.all(kind) for kind in kinds) or clause.all("act", "mute"))


def assets(clause: Clause) -> bool:
    """Tell whether a clause names a file: ``start with clip1``."""
    return any(item.asset is not None for item in clause.items)


def retained(clause: Clause) -> bool:
    """Tell whether a stretch is all that is to stay: ``保留0:12到0:32``."""
    said = [item for item in clause.items if not (item.silent or item.mark or item.place is not None)]
    spans = clause.place is not None and clause.place.span
    return spans and bool(said) and all(item.has("act", "keep") for item in said)


def kept(clause: Clause, talk: Talk) -> Edit | None:
    """Read ``only keep 0:08 to 0:28`` and ``chop the last six seconds off``."""
    place, stage = clause.place, talk.stage
    if place is None or not _stretch_of_video(place) or _of_something_else(clause):
        return None
    low, high = _joined(place)
    start = stage.behind(place.clock)
    skipped = _skipped(clause)
    dropped = (
        (clause.all("act", "remove") or trims(clause) or skipped)
        or clause.negative
        or (clause.all("act", "trim") and not clause.has("act", "only"))
    )
    first = Fraction(0) if place.clock == "video" else stage.song_start
    last = stage.length + first
    if _keeps(clause, talk, place) and not (
        dropped and not clause.has("act", "only") and _at_edge(low, high, first, last) and not _to(clause)
    ):
        if length := _lasting(clause, place):
            return edits.UsePart(start=start + low, seconds=abs(length[0][1].value))
        return edits.UsePart(start=start + low, end=start + high)
    if not dropped and place.span and _alone_there(clause):
        return edits.UsePart(start=start + low, end=start + high)
    if dropped and (trims(clause) or clause.all("act", "remove") or skipped) and (low > first or high < last):
        if high >= last:
            return edits.UsePart(end=start + low)
        if low <= first:
            return edits.UsePart(start=start + high)
        _inside(clause, talk)
    return None


def _lasting(clause: Clause, place: Place) -> list[tuple[int, Quantity]]:
    """Return how long the video is from where a place begins: ``从开头截20秒``, ``use the chorus, 15 seconds``."""
    extracted = clause.has("word", "extract") and place.open == "from"
    return degrees.amounts(clause, "second") if place.label or extracted else []


def _joined(place: Place) -> tuple[Fraction, Fraction]:
    """Return the first stretch of a place with those that follow without a gap: ``the first verse and chorus``."""
    low, high = place.stretches[0]
    for begin, end in place.stretches[1:]:
        high = end if begin - high <= _TOUCH else high
    return low, high


def _stretch_of_video(place: Place) -> bool:
    """Tell whether a place is one stretch that could be all that is left of the video."""
    elsewhere = place.whole or place.missing or place.point or place.outside or place.clips
    return bool(place.stretches) and not elsewhere


def _of_something_else(clause: Clause) -> bool:
    """Tell whether a clause speaks of what is to be done in a place, and not of the place: ``grain in the intro``."""
    other = [at for at in clause.all("thing") if not clause.items[at].has("thing", "video", "song", "cuts")]
    other = [at for at in other if clause.items[at].said.lower() not in ALL]
    kinds = ("visualizer", "effect", "scene", "look", "mood", "grey", "tone")
    dressed = any(not clause.items[at].has("act") for kind in kinds for at in clause.all(kind))
    graded = degrees.of(clause, ("brightness", "contrast", "saturation", "warmth", "pace", "volume"))
    return bool(paint.of(clause) or other or dressed or graded)


def _keeps(clause: Clause, talk: Talk, place: Place) -> bool:
    """Tell whether a stretch is what is left: ``chop the choruses`` cuts in them, ``cut it to the chorus`` keeps it."""
    used = clause.has("act", "show") and clause.has("topic", "sections") and place.span
    used = used or (places_alone(clause) and _used(clause, talk)) or retained(clause)
    held = [at for at in clause.all("act", "hold", "trim") if clause.items[at].has("ignored") or _to(clause)]
    held = [at for at in held or clause.all("act", "trim") if not place.label or _to(clause)]
    if place.open == "from" and any(item.place is place and item.said.lower() == "there" for item in clause.items):
        # ``nobody watches past thirty seconds, chop it there``
        return clause.has("act", "only")
    return clause.has("act", "only") or used or bool(held and not clause.all("act", "remove"))


def _alone_there(clause: Clause) -> bool:
    """Tell whether a clause names a stretch and nothing else but the video: ``a video from 0:10 to 0:30``."""
    plain = (item.silent or item.mark or item.has("again", "create") for item in clause.items if item.place is None)
    return all(plain)


def _inside(clause: Clause, talk: Talk) -> None:
    """Say that nothing is taken out of the middle of a song; ``cut more in the verse`` speaks of cuts."""
    if not degrees.of(clause):
        talk.cannot("middle")


def _skipped(clause: Clause) -> bool:
    """Tell whether all that is said of a place is “no”; ``not the intro, the outro`` is about what was done there."""
    more = says_more(clause) or clause.unknown() or clause.has("topic", "seen")
    return clause.has("negator") and not more and all(item.negated for item in clause.items if item.place is not None)


def places_alone(clause: Clause) -> bool:
    """Tell whether a clause names a place and nothing that could be done there: ``use 0:10 to 0:25 of the song``."""
    idle = (
        ("act", "show", "only", "change", "hold"),
        ("word", "of", "better", "complaint"),
        ("reference", "it"),
        ("measure", "enough"),
    )
    left = [item for at, item in enumerate(clause.items) if at not in clause.used]
    said = [item for item in left if not (item.silent or item.mark or of_video(item))]
    said = [item for item in said if not any(item.has(*each) for each in idle)]
    # ``15 seconds, use the chorus``
    labelled = clause.place is not None and bool(clause.place.label)
    said = [item for item in said if not (labelled and item.quantity is not None and item.quantity.unit == "second")]
    return bool(said) and all(item.place is not None for item in said)


def _used(clause: Clause, talk: Talk) -> bool:
    """Tell whether a place is what the video is to show: ``play 0:10 to 0:25``, ``make it the first 25``."""
    place = clause.place
    if place is None or place.open:
        return False
    using = any(item.said.lower() in _USING or item.has("word", "better") for item in clause.items)
    using = using or clause.has("measure", "enough")
    back = talk.subject is not None and talk.subject.kind == "length" and clause.has("act", "change")
    return using or back or (place.span and (clause.has("act", "show") or (_of_song(clause) and not talk.edits)))


def _of_song(clause: Clause) -> bool:
    return bool(clause.all("thing", "song", "video"))


def _to(clause: Clause) -> bool:
    if clause.place is not None and clause.place.said.lower().startswith(("to ", "down to ", "到")):
        return True
    at = next((at for at, item in enumerate(clause.items) if item.place is not None), 0)
    led = next((item for item in clause.items[:at][::-1] if not item.silent or item.has("word", "to")), None)
    to = led is not None and led.has("word", "to") and led.said.lower() != "and"
    return to or clause.has("word", "extract")


def _at_edge(low: Fraction, high: Fraction, first: Fraction, last: Fraction) -> bool:
    return low <= first or high >= last
