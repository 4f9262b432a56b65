"""What is not to be touched, and what nobody can do here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from songreel.director.understanding import degrees, references
from songreel.director.understanding.clauses import Clause
from songreel.director.understanding.intents import fades, part_kept
from songreel.director.understanding.item import Item
from songreel.director.understanding.places import Place
from songreel.director.understanding.talk import Talk
from songreel.model import edit as edits

_WITH = ("and", "&", "和", "与", "以及")
"""What joins things that are done in one place."""
_DONE_WITH = ("effect", "transition", "visualizer", "shape", "grey", "tone")


def spared(clause: Clause, talk: Talk) -> bool:
    """Tell whether a clause only says what is to stay as it is; nothing is done then, and words are remembered."""
    kept = clause.all("act", "keep") or (clause.all("act", "hold") and _only_named(clause))
    if not kept or _repeats(clause) or part_kept.retained(clause):
        return False
    values = [item for item in clause.items if item.quote or item.color or item.quantity or item.ratio or item.asset]
    worded = clause.has("reference") or clause.has("thing", "title", "artist", "subtitle", "caption", "text", "lyric")
    if clause.place is not None and clause.place.open == "until" and worded:
        return False
    stays = any(item.said.lower().startswith("stay") for item in clause.items)
    if clause.place is not None and clause.place.whole and worded and stays:
        return False
    if clause.has("word", "another") and clause.has("reference", "same"):
        return False
    grown = clause.has("degree", "urge+", "urge-", "length+", "length-", "time+", "time-")
    if grown or _one_by_itself(clause) or _alone_there(clause):
        return False
    if clause.has("act", "only") and clause.place is not None and any(clause.all(kind) for kind in _DONE_WITH):
        # ``只有副歌留着叠化`` takes them away elsewhere.
        return False
    others = clause.all("act", "remove", "add", "move", "rename")
    others += [] if _stands(clause) else clause.all("position")
    first = next(at for at, item in enumerate(clause.items) if item.has("act", "keep", "hold"))
    if values or any(item.has("degree") for item in clause.items[:first]):
        return False
    if others and not any(clause.items[at].negated for at in others):
        return False
    roles = {role for role in references.ROLES if clause.all("thing", role)}
    talk.same_colors = talk.same_colors or bool(clause.all("thing", "palette"))
    talk.kept |= {clip.id for clip, source in talk.stage.texts if source.role in roles}
    clause.take_all()
    return True


def _one_by_itself(clause: Clause) -> bool:
    """Tell whether one picture is to be seen and no other: ``stay on the same picture during the verse``."""
    held = any(item.has("act", "hold") and not item.has("word", "alone") for item in clause.items)
    return held and clause.has("word", "alone") and bool(clause.all("thing", "photo", "picture", "shots"))


def _alone_there(clause: Clause) -> bool:
    """Tell whether something is to be done in one part only: ``the verse alone should be slower``."""
    alone = [at for at, item in enumerate(clause.items) if item.has("word", "solo")]
    kept = [at for at in clause.all("act", "keep", "hold") if not clause.items[at].has("word", "solo")]
    return bool(alone) and not kept and clause.items[alone[0] - 1].place is not None and clause.has("degree")


def _repeats(clause: Clause) -> bool:
    """Tell whether what was done is to be done in another place: ``the same in the verses``."""
    said = [item for item in clause.items if not (item.silent or item.mark or item.has("act", "also"))]
    said = [item for item in said if item.said.lower() not in _WITH]
    same = bool(said) and said[0].has("reference", "same")
    return same and len(said) > 1 and all(item.place is not None and not item.place.rest for item in said[1:])


def excepted(clause: Clause, talk: Talk) -> bool:
    """Tell whether a clause only says what was not meant by the one before it: ``darker, not the title``."""
    said = [item for item in clause.items if not (item.silent or item.mark or item.has("word", "of"))]
    if _announces(said):
        talk.only = clause.place
        talk.heard += 1
        clause.take_all()
        return True
    if _needless(said, talk) or (talk.edits and _held_as_is(said)):
        clause.take_all()
        return True
    barely = bool(said) and said[0].has("word", "instead") and bool(talk.edits)
    if not barely or not all(item.has("thing") or item.has("visualizer") for item in said[1:]) or len(said) < 2:
        return False
    clause.take_all()
    talk.heard += 1
    return True


def _announces(said: Sequence[Item]) -> bool:
    """Tell whether it is only said where all that follows is to be done: ``只动副歌，其他别动，每拍切``."""
    only = any(item.has("act", "only") for item in said) and any(item.has("word", "alters") for item in said)
    placed = [item for item in said if item.place is not None and item.place.stretches]
    plain = all(item.place is not None or item.has("act", "only") or item.has("word", "alters") for item in said)
    return only and plain and len(placed) == 1


def _held_as_is(said: Sequence[Item]) -> bool:
    """Tell whether a part is only told to stay as it is: ``faster in the verse, keep the chorus``, ``前半段保持``."""
    held = any(item.has("act", "hold", "keep") and item.place is None for item in said)
    closed = all(item.place is None or not item.place.open for item in said)
    return held and closed and len(said) > 1 and all(item.has("act", "hold", "keep") or item.place for item in said)


def _needless(said: Sequence[Item], talk: Talk) -> bool:
    """Tell whether what was done to some words need not be done to others: ``上面那行换成绿色，下面的不用``."""
    restyled = bool(talk.edits) and isinstance(talk.edits[-1], edits.RestyleText | edits.MoveText | edits.FadeText)
    named = all(item.has("position") or item.has("thing") or item.has("reference") for item in said[:-1])
    return restyled and len(said) > 1 and named and said[-1].has("word", "needless")


def _stands(clause: Clause) -> bool:
    """Tell whether a position only says what is to stay: ``上面的不动``, ``the top one stays``."""
    said = [item for item in clause.items if not (item.silent or item.mark or item.has("reference"))]
    said = [item for item in said if not item.has("word", "of")]
    first = next((item for item in said if item.has("position") or item.has("act", "keep")), None)
    stays = all(item.has("act", "keep", "hold") or item.has("position") or item.has("thing") for item in said)
    return stays and first is not None and first.has("position")


def _only_named(clause: Clause) -> bool:
    """Tell whether a clause names things and says nothing of them: ``keep the title``, ``black can stay``."""
    said = [item for item in clause.items if not (item.silent or item.mark or item.has("turn"))]
    if any(item.has("color") for item in said):
        return all(item.has("color") or item.has("act", "hold") or item.has("word", "wish") for item in said)
    rest = any(item.place is not None and _else(item.place) for item in said)
    named = all(item.has("act", "hold") or item.has("thing") or item.place is not None for item in said)
    return named and (rest or (bool(clause.all("thing")) and clause.place is None))


def _else(place: Place) -> bool:
    """Tell whether a place is all but what was spoken of, or all where nothing was."""
    return place.outside or (place.whole and not place.said)


def _of_the_playing(clause: Clause) -> bool:
    """Tell whether the song itself is to be played faster or slower."""
    others = [at for at in clause.all("thing") if not clause.items[at].has("thing", "song")]
    paced = [each for each in degrees.of(clause, ("pace",)) if not clause.all("dimension", "pace")]
    brought = any(fades.moved(clause, at) for at in clause.all("thing", "song"))
    return bool(clause.all("thing", "song") and paced) and not (others or brought or clause.all("fade"))


def foreign(clause: Clause, talk: Talk) -> bool:
    """Tell whether a clause asks for what is not done here; the problem is told, and all of it is read."""
    found = clause.all("foreign")
    if not found and _of_the_playing(clause):
        talk.cannot("foreign-voice")
        clause.take_all()
        return True
    if not found or any(item.quote is not None for item in clause.items) or references.named(clause, talk.stage):
        return False
    reason = clause.items[found[0]].value("foreign") or "world"
    here = any(clause.all(kind) for kind in _DONE_WITH) or clause.all("thing", "cuts", "shots", "format")
    timed = clause.place is not None and clause.place.clock == "video" and clause.has("thing", *references.ROLES)
    # ``clip1里有别人的脸`` only tells of a file.
    told = any(item.asset for item in clause.items) and not any(item.has("act") for item in clause.items)
    # ``their website only takes 30 seconds``
    told = told or (reason == "machine" and bool(degrees.amounts(clause, "second")) and _limits(clause))
    if told or (here and reason in ("voice", "people", "machine")) or (timed and reason == "voice"):
        # ``the title once the drums hit at 0:06``
        return False
    formed = any(item.size or item.ratio or item.has("quality") or item.has("shape") for item in clause.items)
    formed = formed or bool(clause.all("thing", "format") or degrees.amounts(clause, "lines", "fps"))
    if reason in ("deliver", "export") and formed:
        return False
    talk.cannot(f"foreign-{reason}")
    clause.take_all()
    return True


def _limits(clause: Clause) -> bool:
    """Tell whether a clause says how long the video may be elsewhere: ``the slot on their website is 32 seconds``."""
    return clause.has("bound") or clause.has("act", "only") or clause.has("thing", "video")


def _taken(talk: Talk) -> Place | None:
    """Return the place that was spoken of before; for a moment, the stretch that was done something with then."""
    where = getattr(talk.edits[-1], "where", None) if talk.edits else None
    if talk.place is None or not talk.place.point or where is None or not where.stretches:
        return talk.place
    last = talk.stage.length
    spans = [(each.start, last if each.end is None else each.end) for each in where.stretches]
    spans = [(low + last if low < 0 else low, high + last if high < 0 else high) for low, high in spans]
    return Place(tuple(spans), where.clock)


def _from_there(place: Place, talk: Talk) -> Place:
    """Return a place that begins where the one before ends: ``vhs from 0:10 to 0:20, then none until the end``."""
    before, (low, high) = talk.place, place.stretches[0]
    if before is None or before.open or before.outside or not before.stretches:
        return place
    shift = talk.stage.ahead(before.clock)
    begins = before.stretches[-1][1] - shift
    return replace(place, stretches=((begins, high),), open="") if low < begins < high else place


def _after_it(clause: Clause, talk: Talk) -> None:
    """Let “after it” mean after the place that was spoken of: ``no text in the intro, the title comes after it``."""
    place, last = talk.place, len(clause.items) - 1
    if place is None or place.point or place.outside or not place.stretches or clause.place is not None:
        return
    for at, item in enumerate(clause.items):
        back = at < last and clause.items[at + 1].has("reference", "it") and at + 1 == last
        alone = not item.said.isascii() or at == last
        if item.has("word", "after") and (back or (alone and clause.has("thing"))):
            ends = place.stretches[-1][1]
            stretch = (ends, talk.stage.length + talk.stage.ahead(place.clock))
            clause.items[at] = replace(item, meanings=(), place=Place((stretch,), place.clock, open="from"))
            return


def _led(clause: Clause, talk: Talk) -> None:
    """Let a place that leads hold for what is joined to it: ``in the last 8 seconds no visualizer and no title``."""
    first = next((item for item in clause.items if not (item.silent or item.mark)), None)
    if first is not None and first.place is not None:
        talk.led = first.place
    elif clause.place is not None or clause.items[0].said.lower() not in _WITH:
        talk.led = None
    elif talk.led is not None and not talk.led.point and _done_there(clause):
        clause.items.append(Item("", 0, 0, place=talk.led))


def _done_there(clause: Clause) -> bool:
    dress = any(clause.has(kind) for kind in ("effect", "grey"))
    unwanted = clause.negative and any(clause.has(kind) for kind in ("thing", "visualizer", "transition"))
    return dress or unwanted or bool(degrees.of(clause, ("brightness", "contrast", "saturation", "warmth", "pace")))


def elsewhere(clause: Clause, talk: Talk) -> None:
    """Let ``everywhere else`` mean all but the place that was spoken of before; remember the place of this clause."""
    for at, item in enumerate(clause.items):
        if item.place is not None and item.place.open == "until" and clause.has("word", "then"):
            clause.items[at] = replace(item, place=_from_there(item.place, talk))
        elif item.place is not None and item.place.rest:
            spoken = _taken(talk)
            place = replace(spoken, outside=not spoken.outside, said=item.said) if spoken else Place(whole=True)
            clause.items[at] = replace(item, place=place)
        elif item.has("reference", "there") and talk.place is not None and clause.place is None:
            # What was spared of a place is “there”: ``dissolves except in the chorus, hard cuts there``.
            clause.items[at] = replace(item, meanings=(), place=replace(talk.place, outside=False))
    _after_it(clause, talk)
    first = talk.place is not None and bool(talk.place.stretches) and not talk.place.stretches[0][0]
    paced = bool(degrees.of(clause, ("pace",)) or clause.has("word", "every")) and first
    shown = any(item.asset or item.has("scene") for item in clause.items)
    if clause.place is None and clause.has("word", "then") and (paced or shown):
        taken = _taken(talk)
        begins = taken.stretches[-1][1] if taken is not None and taken.stretches else talk.stage.length
        if begins < talk.stage.length:
            after = Place(((begins, talk.stage.length),), taken.clock if taken else "video")
            clause.items.append(Item("", 0, 0, place=after))
    _led(clause, talk)
    if talk.only is not None and clause.place is None and not clause.has("act", "keep"):
        clause.items.append(Item("", 0, 0, place=talk.only))
    place_now = clause.place
    if place_now is not None and not place_now.whole and not place_now.missing:
        talk.place = place_now
