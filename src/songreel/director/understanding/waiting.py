"""What of a first message waits until there is a video: it is read again then, as a change of it.

A wish for a whole video says what holds for all of it. What it has no room for (``exactly 12 shots``), or says less
exactly than a change would (``a waveform, but for the second half only``), is left to the reading of changes.
"""

from __future__ import annotations

from collections.abc import Sequence

from songreel.director import intake
from songreel.director.understanding.clauses import Clause
from songreel.director.understanding.intents import part_kept
from songreel.director.understanding.intents.text_target import ROLES
from songreel.director.understanding.items import Message

_TOLD_EXACTLY = ("effect", "transition", "visualizer")
_NAMED = ("thing", "effect", "transition", "visualizer", "shape", "ratio", "platform")
_WORDS = ("text", "caption", *ROLES)
_OF_CUTS = ("transitions", "effects")


def late(parts: Sequence[Clause], message: Message) -> list[Clause]:
    """Return the clauses that are better read as changes of the video than as wishes for it."""
    found, worded = [], False
    for clause in parts:
        named = any(clause.has(kind) for kind in _NAMED)
        if not (worded and not named) and _waits(clause, message):
            found.append(clause)
        worded = (
            clause.has("thing", *_WORDS)
            or any(item.quote is not None for item in clause.items)
            or (worded and not named)
        )
    return found


def _waits(clause: Clause, message: Message) -> bool:
    if clause.question or clause.has("reference") or clause.has("foreign") or clause.has("again", "create"):
        return False
    if any(item.quote is not None for item in clause.items) or clause.has("thing", "lyric") or clause.has("whole"):
        return False
    told = clause.has("act", "begin", "only") or (clause.has("act", "show") and part_kept.places_alone(clause))
    if clause.has("word", "best") or (clause.place is not None and told):
        # Which part of the song is heard is told of the song, not of what is left of it.
        return False
    brief = intake.read(words(clause, message))
    if brief.not_understood and not brief.understood:
        return not all(item.silent or item.unknown for item in clause.items)
    exactly = any(clause.has(kind) for kind in _TOLD_EXACTLY) or clause.has("thing", *_OF_CUTS)
    made = clause.has("thing", "video", "song") or clause.has("platform") or clause.has("shape")
    complains = bool(brief.colors) and clause.has("measure", "too", "excess")
    return complains or (bool(brief.not_understood) and exactly and not made)


def words(clause: Clause, message: Message) -> str:
    """Return the words of a clause as they stand in the message."""
    said = [item for item in clause.items if item.end]
    return message.text[said[0].start : said[-1].end].strip(" ,;，；、") if said else ""
