"""The first message: a wish for a whole video, and what is asked for some part of it.

What holds for all of the video becomes the brief. Clauses about one place in time, one file or one way in which words
are shown are changes of the video that the brief makes, and are read as such.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from songreel.director import intake
from songreel.director.conversation import Understood
from songreel.director.understanding import belonging, briefed, clauses, items, questions, run_on, waiting, when
from songreel.director.understanding.clauses import Clause
from songreel.director.understanding.intents import (
    canvas,
    dress,
    fades,
    looks,
    loudness,
    lyrics,
    media,
    media_meant,
    part,
    rhythm,
    scope,
    text,
    text_times,
)
from songreel.director.understanding.intents.text_target import ROLES
from songreel.director.understanding.item import Item
from songreel.director.understanding.stage import Stage
from songreel.director.understanding.talk import Talk
from songreel.model import edit as edits
from songreel.model.brief import Brief
from songreel.model.edit import Edit

_DRESSED = ("effect", "transition", "visualizer", "mood", "pace", "degree", "grey", "tone", "look", "scene", "color")
"""What can hold for a part of the video as well as for all of it."""
_SHAPED = (*_DRESSED, "shape", "sync")
_RHYTHM = ("beat", "bar")
_LONG_S = 8
"""Seconds from which on a length by itself is that of the video."""
_FOREIGN = ("foreign", "world", "machine", "deliver", "write")


def created(words: str, message: items.Message, talk: Talk) -> Understood:
    """Return the creation of a video, with what a brief cannot hold as edits after it."""
    if lines := lyrics.timed(words) or lyrics.listed(words):
        bare = lyrics.without(words)
        made = created(bare, items.read(bare, talk.situation.assets, talk.language), talk)
        told = tuple(each for each in made.problems if each != talk.say("problems", "no-lyrics"))
        worded = (*made.edits, edits.SetLyrics(lines=lines)) if made.edits else made.edits
        return replace(made, edits=worded, problems=told)
    heard = _heard(message, talk.stage)
    if heard and all(questions.read(each, talk) for each in heard):
        return talk.understood()
    parts = _heard(message, talk.stage)
    apart = [each for each, aside in zip(parts, _aside(parts), strict=True) if aside]
    brief = _brief(words, message, apart, talk)
    if not _wished(brief, heard):
        if not any(scope.foreign(each, talk) for each in heard):
            talk.problems.clear()
        return talk.understood()
    if talk.situation.song_map is None and talk.situation.song is None:
        talk.cannot("no-song")
        return talk.understood()
    talk.answers.clear()
    talk.problems.clear()
    late = [each for each in waiting.late(parts, message) if each not in apart]
    brief = _brief(words, message, [*apart, *late], talk) if late else brief
    later = [waiting.words(each, message) for each in late]
    talk.edits = _made(message, brief, talk, later)
    return replace(talk.understood(), later=". ".join(later))


def _heard(message: items.Message, stage: Stage) -> list[Clause]:
    """Return the clauses of a message that say anything."""
    found = clauses.split(run_on.parted(_set_apart(when.find(message.text, message.items, stage))))
    return [each for each in found if not all(item.silent or item.mark for item in each.items)]


def _set_apart(found: Sequence[Item]) -> list[Item]:
    """Return the items with lengths parted from what is beside them: ``15 seconds, neon``, ``title "X", 20 s``."""
    row = list(found)
    first = next((at for at, item in enumerate(row) if not item.silent), None)
    for at, item in enumerate(row):
        begins = at == first and _of_whole(item)
        if not (begins or _alone(row, at) or _onward(row, at)):
            continue
        for beside in (at - 1, at + 1):
            if 0 <= beside < len(row) and row[beside].mark:
                row[beside] = replace(row[beside], said=";")
    return row


def _alone(row: Sequence[Item], at: int) -> bool:
    """Tell whether a length stands between two marks, and is too long to be that of words."""
    quantity = row[at].quantity
    lasts = (
        quantity is not None and (quantity.kind, quantity.unit) == ("amount", "second") and quantity.value >= _LONG_S
    )
    return lasts and (at == 0 or row[at - 1].mark) and (at + 1 == len(row) or row[at + 1].mark)


def _onward(row: Sequence[Item], at: int) -> bool:
    """Tell whether it is said between two marks where in the song to begin: ``15秒，从副歌开始，歌名…``."""
    place = row[at].place
    between = (at == 0 or row[at - 1].mark) and (at + 1 == len(row) or row[at + 1].mark)
    return between and place is not None and place.open == "from"


def _of_whole(item: Item) -> bool:
    """Tell whether a length, or a stretch from the beginning or between two moments, is that of the video."""
    place = item.place
    if place is None or not place.stretches or place.label:
        return place is None and item.quantity is not None and item.quantity.unit == "second"
    return place.span or (not place.stretches[0][0] and not belonging.located([item]))


def _brief(words: str, message: items.Message, apart: Sequence[Clause], talk: Talk) -> Brief:
    """Return the wish for the whole: the message without the clauses that are about a part of it."""
    text = message.text
    for clause in apart:
        for item in clause.items:
            # A mark, so that no name goes on behind what is left out.
            text = text[: item.start] + ";".ljust(item.end - item.start)[: item.end - item.start] + text[item.end :]
    brief = intake.read(text, base=talk.situation.brief)
    return brief.evolve(words=words, language=talk.language)


def _wished(brief: Brief, heard: Sequence[Clause]) -> bool:
    video = any(
        each.has("thing", "video", "song") or each.has("again", "create") or each.has("word", "anything")
        for each in heard
    )
    here = [each for each in heard if not each.has(*_FOREIGN)]
    if len(here) < len(heard) and not (video or any(_told(each) for each in here)):
        return False
    making = any(each.has("act") or each.has("degree") for each in heard)
    told = bool(brief.understood) or any(_aside(heard)) or any(_formatted(each) for each in heard)
    return told or video or (making and not any(each.unknown() for each in heard))


def _formatted(clause: Clause) -> bool:
    """Tell whether a clause says the shape or the rate of the picture: ``60fps 1440p music video``."""
    units = [item.quantity.unit for item in clause.items if item.quantity is not None]
    shaped = clause.has("ratio") or any(item.ratio or item.size for item in clause.items)
    return shaped or "fps" in units or "lines" in units


def _told(clause: Clause) -> bool:
    """Tell whether a clause says how a video is to be: ``square``, ``only the first 30 seconds``."""
    return _apart(clause) or clause.place is not None or any(clause.has(kind) for kind in _SHAPED)


# -- parts of it -----------------------------------------------------------------------------------------------------


def _aside(parts: Sequence[Clause]) -> list[bool]:
    """Tell of each clause whether it is about a part.

    What goes on with words or with what is laid over the frame is too: ``and stays for 5 s``, ``half transparent``.
    """
    found: list[bool] = []
    worded = laid = False
    for clause in parts:
        stays = clause.has("act", "hold", "vanish") or (clause.place is not None and _appears(clause))
        goes_on = worded and stays and not any(clause.has(kind) for kind in _DRESSED)
        laid_so = laid and (stays or _seen_through(clause)) and not clause.has("thing")
        found.append(_apart(clause) or goes_on or laid_so)
        worded = _worded(clause) or goes_on
        laid = laid_so or clause.has("thing", "logo") or any(item.asset for item in clause.items)
    return found


def _seen_through(clause: Clause) -> bool:
    """Tell whether a clause says how strong or how wide something is: ``半透明``, ``a quarter of the width``."""
    return clause.has("degree", "opacity-", "opacity+") or clause.has("dimension", "opacity", "width")


def _appears(clause: Clause) -> bool:
    """Tell whether words spoken of before are shown at some time: ``只在前6秒出现``, ``only for the first 6 s``."""
    if clause.has("thing", "video", "song"):
        return False
    whole = clause.place is not None and clause.place.whole
    shown = clause.has("act", "show") and (whole or clause.has("reference") or "appear" in clause.said.lower())
    return shown or clause.has("act", "write") or (clause.has("act", "only") and belonging.located(clause.items))


def _worded(clause: Clause) -> bool:
    return clause.has("thing", "text", *ROLES) or any(item.quote is not None for item in clause.items)


def _apart(clause: Clause) -> bool:
    """Tell whether a clause is about a part of the video: a place in time, a file, a logo, how words are shown."""
    asked = clause.question and clause.has("ask") and not clause.has("ask", "suggest")
    if clause.has("foreign") or asked:
        return False
    place = clause.place
    placed = place is not None and not (place.whole or place.missing)
    brought = any(_brought(item, clause) for item in clause.items)
    if any(item.asset for item in clause.items) or clause.has("thing", "logo"):
        return not _exchanged_shape(clause)
    if brought or clause.has("thing", "generated"):
        unwanted = clause.has("act", "remove") or any(item.negated for item in clause.items)
        return placed or ((clause.has("act", "only") or unwanted) and not clause.has("thing", "cover"))
    if _worded(clause):
        return _shown_so(clause, placed=placed)
    if (clause.has("reference") or clause.has("word", "name")) and clause.has("act", "show", "write", "move", "hold"):
        return placed
    whole = clause.has("act", "only") and clause.has("thing", "video", "song")
    bounds = whole or clause.has("act", "begin", "trim")
    heard = clause.has("act", "mute", "unmute") or clause.has("fade") or clause.has("thing", "fade")
    return placed and not bounds and (heard or _cut_so(clause) or _dressed(clause))


def _brought(item: Item, clause: Clause) -> bool:
    """Tell whether somebody speaks of media, and not of the video, as in ``a square 30 second clip``."""
    if item.has("topic", "shots") and item.has("thing", "photo") and not clause.has("word", "mine", "every"):
        # ``slow pictures in green``
        return bool(item.quantity)
    video = item.has("thing", "video") and not (item.said.lower().endswith("s") or clause.has("word", "mine"))
    return item.has("thing", "photo", "footage", "media", "cover") and not video


def _dressed(clause: Clause) -> bool:
    """Tell whether a clause says how pictures are to be, and not how long: ``25 seconds long, from the chorus on``."""
    for item in clause.items:
        if any(item.has(kind) for kind in _DRESSED) and not item.has("degree", "length+", "length-"):
            return True
    return False


def _cut_so(clause: Clause) -> bool:
    """Tell whether a clause says how often the picture changes: ``every beat in the chorus``, ``副歌一拍一切``."""
    cuts = clause.has("thing", "cuts", "shots", "picture")
    rhythm = [item for item in clause.items if item.has("unit") or (item.quantity and item.quantity.unit in _RHYTHM)]
    led = belonging.located(clause.items) or any(not item.said.isascii() for item in rhythm)
    if rhythm and clause.has("word", "every", "per"):
        return True
    return cuts and led and bool(rhythm or clause.has("sync"))


def _exchanged_shape(clause: Clause) -> bool:
    """Tell whether a clause asks for a shape too, which the brief alone can hold."""
    return clause.has("shape") or clause.has("platform")


def _shown_so(clause: Clause, *, placed: bool) -> bool:
    """Tell whether a clause says when or how words are shown, beyond what a brief holds."""
    credited = any(item.cue == "artist" for item in clause.items)
    aside = (credited or clause.has("thing", "artist", "subtitle")) and clause.has("position")
    styled = (
        aside or clause.has("fade") or clause.has("style") or clause.has("ink") or clause.has("act", "hold", "vanish")
    )
    whole = clause.place is not None and clause.place.whole
    placed = placed or text_times.closes(clause)
    # ``this is my song "Harbor"`` only names it.
    refers = clause.has("reference") and not (clause.has("thing", "song") or clause.has("ask", "is"))
    return not clause.has("negator") and (placed or whole or styled or refers)


def _made(message: items.Message, brief: Brief, talk: Talk, later: list[str]) -> list[Edit]:
    """Return the creation and the changes after it, as they were asked for; what else is not understood waits too."""
    brief = _lasting(brief, message, talk)
    if brief.seconds is not None:
        talk.stage = Stage(talk.situation, lasts=Fraction(brief.seconds).limit_denominator(1000))
    parts = _found(message, talk)
    talk.edits, read, late = [], briefed.Read(), tuple(later)
    for clause, aside in zip(parts, _aside(parts), strict=True):
        if waiting.words(clause, message) in late:
            continue
        if aside:
            if not _apart(clause):
                clause.items.append(Item("", 0, 0, meanings=(("reference", "it"),)))
            if not _read_part(clause, talk):
                later.append(waiting.words(clause, message))
            timed = clause.place is not None or text_times.closes(clause)
            read.note(talk.edits, "timed" if timed else "part")
        elif not _only_length(clause):
            if brief.visualizer:
                clause.take(*(at for at in clause.all("visualizer") if not clause.items[at].has("unit")))
            before = len(talk.edits)
            _read_whole(clause, talk)
            lyrical = any(clause.items[at].has("thing", "lyric") for at in clause.used)
            brief = briefed.less_left(brief, clause) if len(talk.edits) > before or lyrical else brief
            read.note(talk.edits, "whole")
    made = briefed.completed(brief, [edit for edit in talk.edits if read.how(edit) == "whole"])
    made, kept = briefed.begun(*briefed.kept(made, talk.edits, read))
    filled = media_meant.covers(talk)[:1] if made.cover_as == "base" else ()
    # What the cover alone is to fill is filled by it as later words would: the brief puts it on a stage.
    covering = [edits.UseMedia(assets=filled, how="one")] if filled else []
    made = briefed.without(made, later)
    return [edits.Create(brief=made), *covering, *map(briefed.bare, kept)]


def _only_length(clause: Clause) -> bool:
    """Tell whether a clause says how long the video is and nothing else, which the brief holds."""
    said = [item for item in clause.items if not (item.silent or item.mark)]
    alone = len(said) == 1 and said[0].place is None
    return alone and said[0].quantity is not None and said[0].quantity.unit == "second"


def _lasting(brief: Brief, message: items.Message, talk: Talk) -> Brief:
    """Return the brief with a length that stands among what a video is to be like, where its patterns found none."""
    parts = _found(message, talk)
    told = briefed.lasting([each for each, aside in zip(parts, _aside(parts), strict=True) if not aside])
    if brief.seconds is not None or told is None:
        return brief
    left = tuple(each for each in brief.not_understood if each != f"{float(told):g}")
    return brief.evolve(seconds=float(told), not_understood=left)


def _found(message: items.Message, talk: Talk) -> list[Clause]:
    """Return the clauses; which part of the song a short video has is not known yet, so all of its sections may be."""
    parts, of_song = _heard(message, talk.stage), _heard(message, Stage(talk.situation))
    if len(parts) != len(of_song):
        return parts
    sections = [each.place is not None and bool(each.place.missing or each.place.label) for each in parts]
    return [other if section else one for one, other, section in zip(parts, of_song, sections, strict=True)]


def _read_part(clause: Clause, talk: Talk) -> bool:
    """Read what is about a part of the video; False where nothing was understood."""
    scope.elsewhere(clause, talk)
    before = talk.heard, len(talk.problems)
    for intent in (media.read, text.read, dress.read, loudness.read, fades.read, rhythm.read, looks.read):
        intent(clause, talk)
    return (talk.heard, len(talk.problems)) != before


def _read_whole(clause: Clause, talk: Talk) -> None:
    """Read what a brief has no room for: loudness, fades, captions, rates and unusual ratios."""
    problems = list(talk.problems)
    if lyrical := clause.all("thing", "lyric"):
        clause.take(*lyrical)
        if not any(clause.items[at].negated for at in lyrical):
            problems.append(talk.say("problems", "no-lyrics"))
    if any(clause.items[at].negated for at in clause.all("thing", "effects")):
        talk.do(edits.RemoveEffect())
    if not clause.has("foreign"):
        heard = clause.has("dimension", "volume") or not clause.has("mood")
        louder = (loudness.read,) if heard else ()
        for intent in (text.read, canvas.read, *louder, fades.read, part.read, rhythm.read):
            intent(clause, talk)
    talk.problems[:] = problems
