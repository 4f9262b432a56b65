"""Which part of the song the video shows, and how long it is."""

from __future__ import annotations

import re
from fractions import Fraction

from songreel.director.understanding import degrees
from songreel.director.understanding.clauses import Clause
from songreel.director.understanding.intents import effects, lengths, part_kept
from songreel.director.understanding.item import Item
from songreel.director.understanding.talk import Subject, Talk
from songreel.model import edit as edits
from songreel.model.edit import Edit

_LENGTH = Subject("length")
_THINGS = ("visualizer", "effect", "transition", "scene", "look", "grey", "tone", "sync", "fade")
_SHOWN = ("text", "visualizer", "effect", "overlay", "transition")
_COUNTED = re.compile(r"\d\s?s\b|sec(?:ond)?s?\b(?! mark)|秒")


def read(clause: Clause, talk: Talk) -> None:
    """Understand which read of the song the video shows, and how long it is."""
    if _uncut(clause, talk):
        clause.take_all()
        talk.heard += 1
        return
    cut = part_kept.trims(clause) or clause.has("word", "best") or lengths.version(clause)
    if (clause.all("thing", "cuts", "shots") and not cut) or (clause.place and not clause.placed):
        return
    if _of_another(clause, talk) or _of_shots(clause) or _of_it(clause, talk):
        return
    if _told_already(clause, talk):
        clause.take_all()
        talk.heard += 1
        return
    edit = (
        _whole(clause, talk)
        or _from_top(clause, talk)
        or _best(clause)
        or _both_ends(clause, talk)
        or _from_there(clause, talk)
        or _begins(clause, talk)
        or _ends(clause, talk)
        or part_kept.kept(clause, talk)
        or lengths.read(clause, talk)
    )
    if edit is None:
        return
    timed = isinstance(edit, edits.UsePart | edits.UseBestPart) and bool(edit.seconds)
    if timed and talk.edits and _lasts_only(talk.edits[-1]):
        # ``it's too long, make it 22`` says the same twice.
        talk.edits.pop()
    talk.do(edit, subject=_LENGTH)
    for kind in ("act", "dimension", "whole"):
        clause.take_kind(kind)
    clause.take_kind("thing", "video", "song", "cuts")
    clause.take(*(each.at for each in degrees.of(clause, ("length", "time", "pace", ""))))
    clause.take(*(at for at, item in enumerate(clause.items) if item.quantity or item.place))


def _uncut(clause: Clause, talk: Talk) -> bool:
    """Tell whether a clause says again that all of the song is wanted: ``整首歌都用上，别剪``."""
    whole = bool(talk.edits) and isinstance(talk.edits[-1], edits.UsePart) and talk.edits[-1].whole
    said = [item for item in clause.items if not (item.silent or item.mark or item.has("negator"))]
    return whole and bool(said) and all(item.negated and item.has("word", "cutting") for item in said)


def _lasts_only(edit: Edit) -> bool:
    """Tell whether an edit sets nothing but how long the video is."""
    return isinstance(edit, edits.UsePart) and edit == edits.UsePart(seconds=edit.seconds)


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
        if talk.edits and isinstance(talk.edits[-1], edits.AddText | edits.RetimeText) and not lengths.alone(clause):
            return not (clause.has("act", "trim", "only", "begin", "finish") or clause.has("word", "long"))
        return stays and talk.subject is not None and talk.subject.kind != "length"
    nearest = min(named, key=lambda at: min(abs(at - one) for one in spoken))
    return not part_kept.of_video(clause.items[nearest]) and not part_kept.trims(clause)


def _of_it(clause: Clause, talk: Talk) -> bool:
    """Tell whether “it” is what was just put on the picture and begins or ends there: ``it should stop at 0:20``."""
    shown = talk.subject is not None and talk.subject.kind in _SHOWN
    named = clause.all("thing", "video", "song")
    it = clause.has("reference", "it") and not named and bool(clause.all("act", "begin", "finish"))
    return shown and (it or effects.those(clause))


def _of_shots(clause: Clause) -> bool:
    """Tell whether shots are counted or pointed out, so that no length here is the video's."""
    return any(
        (item.quantity is not None and item.quantity.unit in ("shot", "cut"))
        or (item.place is not None and bool(item.place.clips))
        or (item.negated and item.said.lower() == "clip")
        or item.has("degree", "urge+", "urge-")
        or item.has("dimension", "interval")
        or (item.has("degree", "length-") and item.negated and bool(degrees.amounts(clause, "beat", "bar")))
        or (item.has("thing", "photo") and item.has("topic", "shots"))
        for item in clause.items
    )


def _lasts(item: Item) -> bool:
    return item.quantity is not None and item.quantity.unit == "second" and item.quantity.kind == "amount"


def _names(item: Item) -> bool:
    """Tell whether an item names something that can last or be in a place, the video among it."""
    things = any(kind == "thing" for kind, _ in item.meanings) and not item.has("thing", "cuts", "fade")
    dressed = any(item.has(kind) for kind in _THINGS) and not item.has("act", "remove")
    return things or item.quote is not None or dressed


def _rhythmic(clause: Clause) -> bool:
    """Tell whether a clause says how often the picture changes: ``cut on every beat in the last 10 seconds``."""
    units = clause.has("unit", "beat", "bar", "backbeat", "half", "offbeat", "finer") or any(
        item.quantity is not None and item.quantity.unit in ("beat", "bar") for item in clause.items
    )
    each = any(item.has("word", "every", "per") and item.said.lower() != "all" for item in clause.items)
    each = each and any(_lasts(item) for item in clause.items)
    return clause.has("sync") or each or (units and (clause.has("word", "every", "per") or clause.has("thing", "cuts")))


def _told_already(clause: Clause, talk: Talk) -> bool:
    """Tell whether a clause says again that nothing beyond an edge is wanted: ``end at 0:30, drop what is after``."""
    place = clause.place
    cut = next((edit for edit in talk.edits if isinstance(edit, edits.UsePart)), None)
    if cut is not None and clause.all("origin") and not talk.stage.song_start and cut.start is None:
        # ``25 seconds at most, from the top`` begins there already.
        return True
    if cut is not None and clause.has("whole", "song") and clause.has("degree", "length+"):
        # ``25 secs instead? the full song is kind of long``.
        return True
    if cut is None or place is None or place.missing or not place.stretches or not clause.all("act", "remove"):
        return False
    first, last = place.stretches[0][0] == 0, place.stretches[-1][1] >= talk.stage.length
    ended = cut.end is not None or cut.seconds is not None
    return (cut.start is not None and first) or (ended and (last or place.rest or place.outside))


def _whole(clause: Clause, talk: Talk) -> Edit | None:
    """Read ``the whole song``, and ``show everything`` after a part was chosen."""
    back = talk.subject is not None and talk.subject.kind == "length"
    if clause.has("degree", "length+"):
        # ``the full song is kind of long`` asks for less of it.
        return None
    said = [item for item in clause.items if not (item.silent or item.mark or item.has("act", "show", "change"))]
    everything = (
        back and bool(said) and all(item.said.lower() in part_kept.ALL or item.has("whole", "video") for item in said)
    )
    return edits.UsePart(whole=True) if clause.all("whole", "song", negated=False) or everything else None


def _from_top(clause: Clause, talk: Talk) -> Edit | None:
    """Read ``play it from the top``, ``还是从头放``: what was left out at the beginning is heard again."""
    played = (
        clause.has("act", "begin", "show", "only", "change")
        or clause.all("thing", "song", "video")
        or _all_silent(clause)
    )
    again = talk.stage.song_start and clause.has("act", "begin") and clause.all("history", "start-over")
    if not (clause.all("origin") or again) or not played or part_kept.says_more(clause) or part_kept.assets(clause):
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
    blames = any(item.has("word", "complaint") and not item.has("reference") for item in clause.items)
    if not clause.has("word", "best") or blames or degrees.of_any(clause):
        # ``the highlights are blown out`` speaks of the picture.
        return None
    if clause.place is not None and clause.place.label and clause.has("word", "wish") and not found:
        # ``the chorus should be the loudest``
        return None
    return edits.UseBestPart(seconds=found[0][1].value if found else Fraction(30))


def _from_there(clause: Clause, talk: Talk) -> Edit | None:
    """Read ``start at the chorus, drop what is before`` where both are in one clause."""
    places = [item.place for item in clause.items if item.place is not None and item.place.stretches]
    opened = [place for place in places if place.open == "from"]
    before = [place for place in places if not place.open and place.stretches[0][0] == 0]
    if not opened or not before or not clause.all("act", "remove") or part_kept.says_more_but_removes(clause):
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
    if not wanted:
        # ``nothing after 0:30`` begins nowhere.
        return None
    if place.open == "from" and any(item.negated and item.has("act", "show") for item in clause.items):
        # ``副歌结束后就别放了``
        ends = place.stretches[0][0] + talk.stage.behind(place.clock)
        return None if part_kept.says_more(clause) else edits.UsePart(end=ends)
    other = clause.all("thing", "picture", "photo", "footage", "cover", "logo", "text", "title", "media", "shots")
    # ``nobody watches past thirty seconds`` asks for nothing.
    alone = place.open == "from" and not (part_kept.says_more(clause) or clause.unknown())
    if not clause.all("act", "begin") and (place.open != "from" or clause.all("act", "finish")):
        return None
    if other or clause.all("visualizer") or clause.all("effect") or clause.all("scene") or part_kept.assets(clause):
        return None
    if place.open == "from" and not (alone or clause.all("act", "begin") or part_kept.trims(clause)):
        return None
    after = not place.said.lower().startswith(("from", "从")) and not clause.all("act", "begin")
    if place.open == "until" or (part_kept.trims(clause) and (after or not place.stretches[0][0])):
        # ``cut everything after 0:30``
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
    found = degrees.amounts(clause, "second")
    if place is None and found and clause.all("act", "finish") and lengths.alone(clause, "finish"):
        # ``20秒的时候停`` names its moment without a word for “at”.
        return edits.UsePart(end=talk.stage.song_start + found[0][1].value)
    if place is None or place.missing or place.whole or not clause.all("act", "finish") or part_kept.says_more(clause):
        return None
    if part_kept.assets(clause) or clause.all("act", "begin"):
        return None
    low, high = place.stretches[-1]
    begun = next((edit.start for edit in talk.edits if isinstance(edit, edits.UsePart)), None)
    if begun is not None and any(_counts(item) for item in clause.items):
        # ``start at the chorus, stop after 20 seconds`` counts from there.
        return edits.UsePart(start=begun, seconds=low)
    at = low if place.point or place.open == "from" else high
    return edits.UsePart(end=at + talk.stage.behind(place.clock))


def _counts(item: Item) -> bool:
    """Tell whether a place is so many seconds after something: ``after 20 seconds``, ``15秒之后``."""
    return item.place is not None and item.place.open == "from" and _COUNTED.search(item.said.lower()) is not None


def _both_ends(clause: Clause, talk: Talk) -> Edit | None:
    """Read ``从0:10开始，到0:30结束`` and ``从副歌开始，15秒之后结束``, where both ends are in one clause."""
    spots = [(item, item.place) for item in clause.items if item.place is not None and _edge(clause, item)]
    if len(spots) != 2 or not clause.all("act", "finish") or part_kept.says_more(clause):
        return None
    (_, one), (item, two) = spots
    if one.open == "until" or not one.stretches or not two.stretches:
        return None
    low = one.stretches[0][0] + talk.stage.behind(one.clock)
    if _counts(item):
        return edits.UsePart(start=low, seconds=two.stretches[0][0])
    end = two.stretches[0][1 if two.open == "until" else 0] + talk.stage.behind(two.clock)
    return edits.UsePart(start=low, end=end) if end > low else None


def _edge(clause: Clause, item: Item) -> bool:
    """Tell whether a place is an end of the video: ``从0:10开始``, ``in and out points at 0:08 and 0:28``."""
    place, begun = item.place, clause.all("act", "begin")
    return place is not None and (bool(place.open) or (place.point and bool(begun)))


def _missing(clause: Clause, talk: Talk) -> None:
    place = clause.place
    if place is not None and place.missing and clause.all("act", "begin", "trim"):
        talk.no_place(place.missing)
