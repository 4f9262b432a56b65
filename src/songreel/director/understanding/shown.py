"""Answers about what is shown where: whether a file is, and how many cuts a part has."""

from __future__ import annotations

from fractions import Fraction

from songreel.director.understanding.clauses import Clause
from songreel.director.understanding.talk import Talk


def of_file(clause: Clause, talk: Talk) -> bool:
    """Answer whether a file is shown: ``is photo1 used?``; False where a clause asks for something else."""
    files = [item.asset for item in clause.items if item.asset]
    bidden = clause.place is not None or clause.has("ask", "suggest") or clause.has("position")
    acts = any(item.has("act") and not item.has("act", "show", "write", "add") for item in clause.items)
    if not (files and clause.question) or bidden or acts:
        return False
    shots = sum(getattr(clip.source, "asset", None) in files for clip in talk.stage.shots)
    names = talk.listed(talk.situation.assets[each].name for each in dict.fromkeys(files))
    talk.answer("file-shown" if shots else "file-not-shown", names=names, shots=shots)
    clause.take(*range(len(clause.items)))
    return True


def cuts_there(clause: Clause, talk: Talk) -> None:
    """Tell how many cuts a part of the video has."""
    place, moved = clause.place, talk.stage.song_start if clause.place and clause.place.clock == "song" else Fraction(0)
    spans = [(low - moved, high - moved) for low, high in (place.stretches if place else ())]
    starts = {talk.stage.seconds(clip.start) for clip in talk.stage.shots if clip.start}
    cuts = sum(any(low <= at < high for low, high in spans) for at in starts)
    label = place.label if place else ""
    talk.answer("cuts-in" if label else "cuts-there", cuts=cuts, place=talk.word("places", label))
