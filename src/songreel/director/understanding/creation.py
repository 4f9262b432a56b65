"""The first message: a wish for a whole video, and what is asked for some part of it.

What holds for all of the video becomes the brief. Clauses about one place in time, one file or one way in which words
are shown are changes of the video that the brief makes, and are read as such.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from songreel.director import intake
from songreel.director.conversation import Understood
from songreel.director.understanding import belonging, clauses, items, questions, when
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
from songreel.model.edit import Edit, Texts
from songreel.model.timeline import TextStyle

_DRESSED = ("effect", "transition", "visualizer", "mood", "pace", "degree", "grey", "tone", "look", "scene", "color")
"""What can hold for a part of the video as well as for all of it."""
_SHAPED = (*_DRESSED, "shape", "sync")
_TITLE_ROLES = ("title", "artist")
_RHYTHM = ("beat", "bar")
_FOREIGN = ("foreign", "world", "machine", "deliver", "write")


def created(words: str, message: items.Message, talk: Talk) -> Understood:
    """Return the creation of a video, with what a brief cannot hold as edits after it."""
    if lines := lyrics.timed(words) or lyrics.listed(words):
        bare = lyrics.without(words)
        made = created(bare, items.read(bare, talk.situation.assets, talk.language), talk)
        return replace(made, edits=(*made.edits, edits.SetLyrics(lines=lines)) if made.edits else made.edits)
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
    talk.edits = _made(message, brief, talk)
    return talk.understood()


def _heard(message: items.Message, stage: Stage) -> list[Clause]:
    """Return the clauses of a message that say anything."""
    found = clauses.split(_set_apart(when.find(message.text, message.items, stage)))
    return [each for each in found if not all(item.silent or item.mark for item in each.items)]


def _set_apart(found: Sequence[Item]) -> list[Item]:
    """Return the items with a length or stretch at the beginning parted from what follows: ``15 seconds, neon``."""
    row = list(found)
    first = next((at for at, item in enumerate(row) if not item.silent), None)
    if first is not None and first + 1 < len(row) and row[first + 1].mark and _of_whole(row[first]):
        row[first + 1] = replace(row[first + 1], said=";")
    return row


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
            text = text[: item.start] + " " * (item.end - item.start) + text[item.end :]
    brief = intake.read(text, base=talk.situation.brief)
    return brief.evolve(words=words, language=talk.language)


def _wished(brief: Brief, heard: Sequence[Clause]) -> bool:
    video = any(each.has("thing", "video", "song") or each.has("again", "create") for each in heard)
    here = [each for each in heard if not each.has(*_FOREIGN)]
    if len(here) < len(heard) and not (video or any(_told(each) for each in here)):
        return False
    making = any(each.has("act") or each.has("degree") for each in heard)
    told = bool(brief.understood) or any(_aside(heard))
    return told or video or (making and not any(each.unknown() for each in heard))


def _told(clause: Clause) -> bool:
    """Tell whether a clause says how a video is to be: ``square``, ``only the first 30 seconds``."""
    return _apart(clause) or clause.place is not None or any(clause.has(kind) for kind in _SHAPED)


# -- parts of it -----------------------------------------------------------------------------------------------------


def _aside(parts: Sequence[Clause]) -> list[bool]:
    """Tell of each clause whether it is about a part; what goes on with words, as in ``and stays for 5 s``, is too."""
    found: list[bool] = []
    worded = False
    for clause in parts:
        stays = clause.has("act", "hold", "vanish") or (clause.place is not None and _appears(clause))
        goes_on = worded and stays and not any(clause.has(kind) for kind in _DRESSED)
        found.append(_apart(clause) or goes_on)
        worded = _worded(clause) or goes_on
    return found


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
    brought = clause.has("thing", "photo", "footage", "media", "cover")
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
    return placed and not bounds and (heard or _cut_so(clause) or any(clause.has(kind) for kind in _DRESSED))


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
    aside = clause.has("thing", "artist", "subtitle") and clause.has("position")
    styled = (
        aside or clause.has("fade") or clause.has("style") or clause.has("ink") or clause.has("act", "hold", "vanish")
    )
    whole = clause.place is not None and clause.place.whole
    placed = placed or text_times.closes(clause)
    return not clause.has("negator") and (placed or whole or styled or bool(clause.has("reference")))


def _made(message: items.Message, brief: Brief, talk: Talk) -> list[Edit]:
    """Return the creation and the changes after it, in the order in which they were asked for."""
    if brief.seconds is not None:
        talk.stage = Stage(talk.situation, lasts=Fraction(brief.seconds).limit_denominator(1000))
    parts = _found(message, talk)
    talk.edits, read = [], _Read()
    for clause, aside in zip(parts, _aside(parts), strict=True):
        if aside:
            if not _apart(clause):
                clause.items.append(Item("", 0, 0, meanings=(("reference", "it"),)))
            _read_part(clause, talk)
            timed = clause.place is not None or text_times.closes(clause)
            read.note(talk.edits, "timed" if timed else "part")
        else:
            if brief.visualizer:
                clause.take(*(at for at in clause.all("visualizer") if not clause.items[at].has("unit")))
            before = len(talk.edits)
            _read_whole(clause, talk)
            lyrical = any(clause.items[at].has("thing", "lyric") for at in clause.used)
            brief = _less_left(brief, clause) if len(talk.edits) > before or lyrical else brief
            read.note(talk.edits, "whole")
    made = _completed(brief, [edit for edit in talk.edits if read.how(edit) == "whole"])
    made, kept = _begun(*_kept(made, talk.edits, read))
    filled = media_meant.covers(talk)[:1] if made.cover_as == "base" else ()
    # What the cover alone is to fill is filled by it as later words would: the brief puts it on a stage.
    covering = [edits.UseMedia(assets=filled, how="one")] if filled else []
    return [edits.Create(brief=made), *covering, *map(_bare, kept)]


def _found(message: items.Message, talk: Talk) -> list[Clause]:
    """Return the clauses; which part of the song a short video has is not known yet, so all of its sections may be."""
    parts, of_song = _heard(message, talk.stage), _heard(message, Stage(talk.situation))
    if len(parts) != len(of_song):
        return parts
    sections = [each.place is not None and bool(each.place.missing or each.place.label) for each in parts]
    return [other if section else one for one, other, section in zip(parts, of_song, sections, strict=True)]


@dataclass
class _Read:
    """How each edit was read: of the ``whole``, or of a ``part``, which may be ``timed``."""

    found: list[tuple[Edit, str]] = field(default_factory=list)

    def note(self, made: Sequence[Edit], how: str) -> None:
        """Remember how the edits were read that have come since."""
        self.found += [(edit, how) for edit in made if not any(edit is known for known, _ in self.found)]

    def how(self, edit: Edit) -> str:
        """Return how an edit was read."""
        return next(how for known, how in self.found if edit is known)


def _kept(brief: Brief, made: Sequence[Edit], read: _Read) -> tuple[Brief, list[Edit]]:
    """Return the brief with the names that were read, and the edits that say what it cannot hold."""
    names, kept = {brief.title, brief.artist}, []
    for edit in made:
        how = read.how(edit)
        if how == "whole" and not _unnamed(edit, brief):
            kept += [edit] if _beyond(edit, brief, names) else []
        else:
            brief, more = _named(brief, [edit], placed=how == "timed")
            kept += more
    return brief, kept


def _read_part(clause: Clause, talk: Talk) -> None:
    scope.elsewhere(clause, talk)
    before = talk.heard, len(talk.problems)
    for intent in (media.read, text.read, dress.read, loudness.read, fades.read, rhythm.read, looks.read):
        intent(clause, talk)
    if (talk.heard, len(talk.problems)) == before:
        talk.cannot("not-understood", words=clauses.quoted(clause.items))


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
        heard = clause.has("thing", "song") or clause.has("dimension", "volume") or not clause.has("mood")
        louder = (loudness.read,) if heard else ()
        for intent in (text.read, canvas.read, *louder, fades.read, part.read, rhythm.read):
            intent(clause, talk)
    talk.problems[:] = problems


def _less_left(brief: Brief, clause: Clause) -> Brief:
    """Return the brief without those of its unread words that a clause has been read by after all."""
    said = " ".join(clause.items[at].said.lower() for at in clause.used)
    return brief.evolve(not_understood=tuple(each for each in brief.not_understood if each.lower() not in said))


def _begun(brief: Brief, made: list[Edit]) -> tuple[Brief, list[Edit]]:
    """Return the brief without a length that is to be counted from where an edit begins: ``from 0:12, 30 s``."""
    for at, edit in enumerate(made):
        if isinstance(edit, edits.UsePart) and edit.start is not None and brief.seconds is not None:
            lasts = Fraction(brief.seconds).limit_denominator(1000)
            made[at] = edit if edit.seconds else edit.evolve(end=None, seconds=lasts)
            brief = brief.evolve(seconds=None)
    return brief, made


def _unnamed(edit: Edit, brief: Brief) -> bool:
    """Tell whether an edit names the title or artist where the brief has found none: ``歌手写“小鹿”``."""
    return isinstance(edit, edits.AddText) and edit.role in _TITLE_ROLES and getattr(brief, edit.role) is None


def _beyond(edit: Edit, brief: Brief, names: set[str | None]) -> bool:
    """Tell whether an edit that was read of the whole says what a brief cannot hold."""
    match edit:
        case edits.SetVolume() | edits.FadeSong() | edits.FadePicture() | edits.RemoveEffect() | edits.HoldShot():
            return True
        case edits.AddText():
            return edit.text not in names and edit.role == "caption"
        case edits.RestyleText():
            return brief.text is not False and edit.evolve(color=None, texts=Texts()) != edits.RestyleText(
                texts=Texts()
            )
        case edits.RetimeText() | edits.FadeText():
            return brief.text is not False
        case edits.UsePart():
            return _starts(edit, brief) or (brief.seconds is None and brief.start_at is None and edit.end is not None)
        case edits.SetCanvas():
            return edit.fps is not None or edit.width is not None or edit.ratio not in (None, "9:16", "16:9", "1:1")
        case _:
            return False


def _starts(edit: edits.UsePart, brief: Brief) -> bool:
    """Tell whether an edit says where in the song to begin, which a brief can only say of some sections."""
    return bool(edit.start) and brief.start_at is None


def _bare(edit: Edit) -> Edit:
    """Return an edit without what the brief does: of a canvas, the rate and an unusual ratio are left."""
    if not isinstance(edit, edits.SetCanvas):
        return edit
    return edits.SetCanvas(ratio=edit.ratio, fps=edit.fps, width=edit.width, height=edit.height)


def _named(brief: Brief, read: Sequence[Edit], *, placed: bool) -> tuple[Brief, list[Edit]]:
    """Return the brief with the title and artist that words name, and how else those are shown as changes of them."""
    kept: list[Edit] = []
    if any(isinstance(texts := getattr(edit, "texts", None), Texts) and texts.role == "title" for edit in read):
        brief = brief.evolve(titled=True)
    for edit in read:
        if not isinstance(edit, edits.AddText) or edit.role not in _TITLE_ROLES:
            kept.append(edit)
            continue
        brief = brief.evolve(**{edit.role: edit.text}, text=True)
        texts = Texts(role=edit.role)
        if edit.position is not None:
            kept.append(edits.MoveText(texts=texts, position=edit.position))
        if edit.style != TextStyle():
            style = edit.style
            kept.append(
                edits.RestyleText(
                    texts=texts,
                    color=style.color,
                    size=style.size if style.size != 1 else None,
                    bold=style.bold or None,
                    italic=style.italic or None,
                )
            )
        if edit.fade_in_s or edit.fade_out_s:
            kept.append(edits.FadeText(texts=texts, in_s=edit.fade_in_s, out_s=edit.fade_out_s))
        if placed and edit.where.stretches:
            first = edit.where.stretches[0]
            whole = first.end is None and first.start == 0
            times = {"whole": True} if whole else {"start": first.start, "end": first.end, "clock": edit.where.clock}
            kept.append(edits.RetimeText(texts=texts, **times))
    return brief, kept


def _completed(brief: Brief, read: Sequence[Edit]) -> Brief:
    """Return a brief with a cut rhythm and a length where only the reading of changes found them."""
    for edit in read:
        match edit:
            case edits.CutEvery() if brief.cut is None and edit.where.everywhere:
                brief = brief.evolve(cut=edit.rule)
            case edits.UsePart(seconds=Fraction(), end=None) if brief.seconds is None and not _starts(edit, brief):
                brief = brief.evolve(seconds=float(edit.seconds or 0))
            case edits.UseBestPart() if brief.seconds is None:
                brief = brief.evolve(seconds=float(edit.seconds))
            case _:
                pass
    return brief
