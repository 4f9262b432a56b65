"""Answers about what is shown when: files, cuts and words, and all that is there at a moment."""

from __future__ import annotations

from fractions import Fraction

from songreel.director.understanding import answering, references
from songreel.director.understanding.clauses import Clause
from songreel.director.understanding.intents import media_meant
from songreel.director.understanding.references import ROLES
from songreel.director.understanding.talk import Subject, Talk
from songreel.editing import pictures


def of_file(clause: Clause, talk: Talk) -> bool:
    """Answer whether a file is shown: ``is photo1 used?``; False where a clause asks for something else."""
    files = [item.asset for item in clause.items if item.asset]
    if clause.all("thing", "cover") and not clause.all("thing", "logo"):
        files += media_meant.covers(talk)
    bidden = clause.place is not None or clause.has("ask", "suggest") or clause.has("position")
    acts = any(item.has("act") and not item.has("act", "show", "write", "add") for item in clause.items)
    if not (files and clause.question) or bidden or acts:
        return False
    shots = sum(bool({*files} & pictures.media_of(clip)) for clip in talk.stage.shots)
    names = talk.listed(talk.situation.assets[each].name for each in dict.fromkeys(files))
    talk.answer("file-shown" if shots else "file-not-shown", names=names, shots=shots)
    talk.subject = Subject("media", name=files[0])
    clause.take_all()
    return True


def cuts_there(clause: Clause, talk: Talk) -> None:
    """Tell how many cuts a part of the video has."""
    place = clause.place
    moved = talk.stage.ahead(place.clock) if place else Fraction(0)
    spans = [(low - moved, high - moved) for low, high in (place.stretches if place else ())]
    shots = [clip for clip in talk.stage.shots if clip.start]
    there = [clip for clip in shots if any(low <= talk.stage.seconds(clip.start) < high for low, high in spans)]
    label = place.label if place else ""
    talk.answer("cuts-in" if label else "cuts-there", cuts=len(there), place=talk.word("places", label))
    answering.on_halves(talk, there)


def at_moment(clause: Clause, talk: Talk) -> None:
    """Tell what is on the picture at a moment, or in a part of the video."""
    place, timeline = clause.place, talk.situation.timeline
    if place is None or timeline is None:
        talk.answer("nothing-yet")
        return
    moved = talk.stage.ahead(place.clock)
    low, high = (each - moved for each in place.stretches[0])
    if place.point:
        high = low + Fraction(1, 100)
    seconds = talk.stage.seconds
    there = [
        clip
        for track in timeline.tracks
        if track.role != "song"
        for clip in track.clips
        if seconds(clip.start) < high and low < seconds(clip.end)
    ]
    names = talk.situation.names
    told = dict.fromkeys(names.get(getattr(clip.source, "asset", ""), answering.called(clip, talk)) for clip in there)
    talk.answer("moment", at=answering.clock(low), shown=talk.listed(told) or "–")


def words(clause: Clause, talk: Talk) -> None:
    """Tell from when to when words are shown: those of the role that is named, or else all."""
    roles = {role for role in ROLES if clause.all("thing", role)}
    meant = [(clip, source) for clip, source in talk.stage.texts if not roles or source.role in roles]
    meant = references.named(clause, talk.stage) or meant or list(talk.stage.texts)
    told = talk.listed(f"“{' '.join(source.text.split())}” {answering.span(clip, talk)}" for clip, source in meant)
    talk.answer("texts", count=len(meant), texts=told) if meant else talk.answer("no-texts")
