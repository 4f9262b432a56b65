"""The door: one message in, edits, an answer and problems out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import cast

from songreel.director import intake, spelling
from songreel.director.conversation import Language, Situation, Understood
from songreel.director.understanding import (
    asides,
    clauses,
    complete,
    corrected,
    courtesy,
    creation,
    items,
    laid_over,
    pointed,
    questions,
    references,
    songs,
    when,
)
from songreel.director.understanding.clauses import Clause
from songreel.director.understanding.intents import (
    again,
    another_place,
    beyond,
    canvas,
    countdown,
    dress,
    earlier,
    fades,
    history,
    looks,
    loudness,
    lyrics,
    media,
    numbered,
    part,
    partly,
    rhythm,
    scope,
    strip,
    text,
)
from songreel.director.understanding.item import Item
from songreel.director.understanding.places import Place
from songreel.director.understanding.stage import Stage
from songreel.director.understanding.talk import Subject, Talk
from songreel.model import edit as edits
from songreel.model.brief import Brief
from songreel.model.edit import LyricLine

_BARE_THINGS = ("thing", "visualizer", "effect", "transition")
_OF_THEIR_OWN = ("add", "show", "write", "change", "hold", "keep", "only")
_CLOSING_S = Fraction(2)
"""How long each of the words is shown that close the video one after another."""
_VALUED = ("degree", "position", "style", "shape", "platform", "look", "color", "mood", "fade", "grey", "tone")


def understand(words: str, situation: Situation) -> Understood:
    """Return what a message asks for, given what is there; raises nothing, whatever the message."""
    if (of_songs := songs.read(words, situation, understand)) is not None:
        return of_songs
    spoken = situation.past[-1].language if situation.past else situation.brief.language
    stage = Stage(situation)
    there = {word for _, source in stage.texts for word in source.text.lower().split()}
    mended = spelling.mended(words, lambda word: word in there or items.knows(word))
    said = courtesy.without(mended)
    if situation.timeline is not None:
        said = asides.without(said, situation.assets)
    said = corrected.applied(said, situation.assets, spoken)
    message = items.read(said, situation.assets, spoken)
    message = replace(message, items=laid_over.named(message.items, situation.timeline))
    talk = Talk(situation, stage, cast(Language, message.language))
    if situation.timeline is None:
        return creation.created(mended, message, talk)
    if lines := lyrics.timed(words) or _paced(words, lyrics.listed(words), stage):
        talk.do(edits.SetLyrics(lines=lines), subject=Subject("text", edits.Texts(role="lyric")))
        return talk.understood()
    talk.subject = references.last_subject(talk)
    found = pointed.resolved(when.find(message.text, message.items, stage), stage)
    if any(item.has("again", "create") for item in found) and not any(item.has("ask", "what") for item in found):
        return _anew(words, talk)
    plain = _plain(_unhindered(found))
    talk.taken_back = any(not item.mark and item not in plain for item in found)
    talk.stacked = any(item.has("word", "stacked") for item in plain)
    talk.turns = any(item.has("word", "turns") for item in plain)
    parts = clauses.split(plain)
    talk.in_the_way = len(parts) == 1 and any(item.has("word", "obstructs") for item in found)
    if supposed := questions.supposed(parts):
        talk.cannot("question")
    for clause in parts:
        if clause not in supposed:
            _read(clause, talk)
    if not (talk.edits or talk.problems or talk.answers) and _praised(plain):
        talk.answer("praise")
    another_place.kept(plain, talk)
    return talk.understood()


def _paced(words: str, lines: tuple[LyricLine, ...], stage: Stage) -> tuple[LyricLine, ...]:
    """Return lines at the times that the line leading to them says: ``the first at 8 secs, then one every 4``."""
    head = items.read(words.strip().splitlines()[0], stage.situation.assets, "en") if lines else None
    found = when.find(head.text, head.items, stage) if head else ()
    places = [item.place for item in found if item.place is not None and item.place.stretches]
    units = {"second": Fraction(1), "beat": stage.beat_s, "bar": stage.bar_s}
    counted = [item.quantity for item in found if item.quantity is not None and item.quantity.unit in units]
    steps = [quantity.value * units[quantity.unit] for quantity in counted if quantity.kind == "amount"]
    first = places[0].stretches[0][0] if places else Fraction(0)
    if not steps and 0 < first < stage.length:
        first = _closing(places[0], len(lines), stage) if places[0].point else first
        steps = [(stage.length - first) / len(lines)]
    if not steps or steps[0] <= 0:
        return lines
    shift = Fraction(0) if places and places[0].clock == "song" else stage.song_start
    return lyrics.paced(lines, first + shift, steps[0])


def _closing(place: Place, count: int, stage: Stage) -> Fraction:
    """Return when so many lines begin at a moment: ``at the very end`` early enough for each to be read."""
    first = place.stretches[0][0]
    ends = place.clock == "video" and place.stretches[0][1] == stage.length
    if not ends or any(letter.isdigit() for letter in place.said):
        return first
    return max(min(first, stage.length - count * _CLOSING_S), Fraction(1))


def _praised(found: Sequence[Item]) -> bool:
    """Tell whether a message only says that the video is liked, or thanks for it."""
    plain = (item for item in found if not (item.silent or item.mark or item.has("praise") or item.has("reference")))
    return any(item.has("praise") for item in found) and all(item.has("word", "complaint") for item in plain)


def _plain(found: Iterable[Item]) -> list[Item]:
    """Return the items without words that only take back what was said before: ``no,``, ``actually``, ``不对``."""
    kept: list[Item] = []
    fresh = True
    row = list(found)
    for at, item in enumerate(row):
        after = row[at + 1] if at + 1 < len(row) else None
        taken_back = item.has("word", "correction") or (item.has("negator") and (after is None or after.mark))
        if fresh and taken_back and after is not None:
            continue
        if fresh and item.mark:
            continue
        kept.append(item)
        fresh = fresh and item.silent and not item.has("act")
    return kept


def _unhindered(found: Iterable[Item]) -> Iterator[Item]:
    """Yield the items without what is only in the way: in ``it covers the title, make it smaller``, the title."""
    hidden = False
    row = list(found)
    for at, item in enumerate(row):
        after = row[at + 1] if at + 1 < len(row) else None
        if item.has("word", "forbid") and after is not None and after.has("word", "obstructs"):
            continue
        if item.has("word", "obstructs"):
            hidden = True
        elif hidden and (item.mark or item.has("thing") or item.quote is not None or not item.silent):
            hidden = False
            if not (item.has("thing") or item.quote is not None or item.has("foreign")):
                yield item
        elif not hidden:
            yield item


def _read(clause: Clause, talk: Talk) -> None:
    """Offer a clause to all intents, in order; each takes what it understands."""
    if all(item.silent or item.mark or item.has("praise") for item in clause.items):
        return
    before = talk.heard, len(talk.problems), len(talk.answers)
    scope.elsewhere(clause, talk)
    verb, talk.verb = talk.verb, ""
    talk.respelling = verb == "rename"
    if verb == "remove" and _bare(clause) and _shown(clause, talk):
        clause.items.append(Item("", 0, 0, meanings=(("act", "remove"),)))
    elif verb == "rename" and any(item.quote is not None for item in clause.items):
        clause.items.append(Item("", 0, 0, meanings=(("act", "rename"),)))
    if not (
        strip.read(clause, talk)
        or countdown.read(clause, talk)
        or history.missed(clause, talk)
        or scope.spared(clause, talk)
        or scope.excepted(clause, talk)
        or earlier.read(clause, talk)
        or questions.read(clause, talk)
        or scope.foreign(clause, talk)
        or beyond.read(clause, talk)
        or again.in_one_place(clause, talk)
        or again.there_too(clause, talk)
        or again.for_another(clause, talk)
        or partly.read(clause, talk)
        or numbered.read(clause, talk)
        or history.read(clause, talk)
        or fades.abrupt(clause, talk)
        or fades.alone(clause, talk)
    ):
        for intent in (
            media.read,
            text.read,
            canvas.read,
            dress.read,
            loudness.read,
            fades.read,
            part.read,
            rhythm.read,
            looks.read,
        ):
            intent(clause, talk)
    else:
        return
    if (talk.heard, len(talk.problems), len(talk.answers)) == before and not again.read(clause, talk):
        _left(clause, talk)


def _bare(clause: Clause) -> bool:
    """Tell whether a clause only names things, so that the verb of the clause before it holds for them too."""
    return (
        any(clause.has(kind) for kind in _BARE_THINGS)
        and not any(clause.has(kind) for kind in _VALUED)
        and not (clause.place is not None and clause.place.whole)
        and not any(item.has("act", *_OF_THEIR_OWN) for item in clause.items)
        and not any(item.has("act") and not item.has("ignored") for item in clause.items)
        and not any(item.quote or item.quantity or item.color for item in clause.items)
    )


def _shown(clause: Clause, talk: Talk) -> bool:
    """Tell whether what a clause names is there to go: ``no title, vignette`` asks for the vignette that is not."""
    there = {effect.name for clip in talk.stage.shots for effect in clip.effects}
    there |= {clip.transition.name for clip in talk.stage.shots}
    named = {value for item in clause.items for kind, value in item.meanings if kind in ("effect", "transition")}
    return bool(named & there) or not named


def _left(clause: Clause, talk: Talk) -> None:
    """Say what was not understood, unless it asks for nothing."""
    if not any(item.has(kind) for item in clause.items for kind in ("act", "degree", "negator")):
        if not talk.edits and not clause.unknown():
            return
        if not any(item.has(kind) for item in clause.items for kind in complete.HEADS):
            return
    if clause.has("praise") and not any(clause.has(kind) for kind in ("degree", "effect", "shape")):
        return
    if talk.edits and clause.items and all(_says_how(item) for item in clause.items):
        # ``the colors are too loud, tone it down`` says the same twice.
        return
    talk.cannot("not-understood", words=clauses.quoted([item for item in clause.items if item.said]))


def _says_how(item: Item) -> bool:
    plain = item.silent or item.mark or item.has("measure") or item.has("reference", "it")
    return plain or item.has("degree", "+", "-", "amount+", "amount-")


def _anew(words: str, talk: Talk) -> Understood:
    """Return what is asked for of another video, read as a first message is."""
    base = talk.situation.brief
    fresh = Brief(title=base.title, artist=base.artist, cover=base.cover, media=base.media, seed=base.seed)
    blank = replace(talk.situation, timeline=None, brief=fresh)
    message = items.read(courtesy.without(words), blank.assets, talk.language)
    made = creation.created(words, message, Talk(blank, Stage(blank), talk.language))
    if made.edits:
        return made
    talk.edits = [edits.Create(brief=intake.read(words, base=fresh))]
    return talk.understood()
