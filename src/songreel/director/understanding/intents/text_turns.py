"""Words that come one after another, or give way to others: ``"one", "two", "three"``, ``then change it to "two"``."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from songreel.director.understanding import degrees
from songreel.director.understanding.clauses import Clause
from songreel.director.understanding.intents import text_target, text_there
from songreel.director.understanding.intents.text_target import Target
from songreel.director.understanding.places import Place
from songreel.director.understanding.talk import Subject, Talk
from songreel.model import edit as edits
from songreel.model.edit import Stretch, Texts, Where

_LIKE = ("role", "position", "style", "design")
_USUAL_S, _STEP_S = Fraction(4), Fraction(2)
_LATE = Fraction(2, 3)
"""After which share of the video what closes it begins."""


def each_new(clause: Clause, talk: Talk) -> bool:
    """Change each of the words that this message has put there: ``3 seconds each``, ``各停3秒``."""
    added = [edit.text for edit in talk.edits if isinstance(edit, edits.AddText)]
    if len(added) < 2 or not (clause.has("word", "every") or clause.has("reference", "both")):
        return False
    if clause.all("thing", *text_target.ROLES):
        return False
    wheres = [edit.where for edit in talk.edits[-len(added) :] if isinstance(edit, edits.AddText)]
    spans = [where.stretches for where in wheres]
    placed = len({where.said for where in wheres if where.said}) > 1
    follow = not placed and all(
        one[-1].end == other[0].start or one == other for one, other in itertools.pairwise(spans)
    )
    if len(spans) == len(added) and follow and degrees.amounts(clause, "second", "beat", "bar"):
        # ``at the end, 3 seconds each``
        _in_turns(clause, talk, len(added))
        talk.heard += 1
        text_there.consume(clause)
        return True
    before = len(talk.edits)
    for words in added:
        text_there.attributes(replace(clause, used=set(clause.used)), talk, Texts(says=words), ())
    if len(talk.edits) > before:
        text_there.consume(clause)
    return len(talk.edits) > before


def listed(clause: Clause, talk: Talk, contents: Sequence[tuple[int, str]]) -> None:
    """Put words that follow others without a mark between them where those are: ``“一”“二”“三”``."""
    first = talk.edits[-1] if talk.edits else None
    if not contents or not isinstance(first, edits.AddText):
        return
    for _, words in contents:
        talk.do(first.evolve(text=words[:500]))
    if talk.turns or clause.has("word", "every", "then", "per"):
        _in_turns(clause, talk, 1 + len(contents))


def _in_turns(clause: Clause, talk: Talk, count: int) -> None:
    """Let the last words of this message come one after another: for as long as is said, or in equal shares."""
    last = talk.edits[-count:]
    added = [edit for edit in last if isinstance(edit, edits.AddText) and len(edit.where.stretches) == 1]
    if len(added) < count or count < 2:
        return
    length, spans = talk.stage.length, [edit.where.stretches[0] for edit in added]
    begins = min(span.start if span.start >= 0 else length + span.start for span in spans)
    ends = max(length if span.end is None else span.end for span in spans)
    closing = ends >= length and begins >= length * _LATE
    said = degrees.seconds(clause, talk.stage.beat_s, talk.stage.bar_s)
    step = said[1] if said else (ends - begins) / count if closing else _STEP_S
    begins = max(length - step * count, Fraction(0)) if closing else begins
    made = [
        edit.evolve(where=Where(stretches=(Stretch(start=begins + step * at, end=begins + step * (at + 1)),)))
        for at, edit in enumerate(added)
    ]
    talk.edits[-count:] = made


def followed(clause: Clause, talk: Talk, target: Target, words: str) -> bool:
    """Let words give way to others: ``replace it with "Side B" at 0:20``, ``副歌的时候换成“…”``."""
    place = clause.place
    if place is None or place.missing or place.whole or place.outside or not place.stretches or clause.all("position"):
        return False
    if not (place.point or place.open):
        return _meanwhile(place, talk, target, words)
    at = place.stretches[0][1 if place.open == "until" else 0]
    last = talk.edits[-1] if talk.edits else None
    if isinstance(last, edits.AddText) and len(last.where.stretches) == 1 and not target.there:
        span = last.where.stretches[0]
        if not span.start < at:
            return False
        talk.edits[-1] = last.evolve(where=last.where.evolve(stretches=(span.evolve(end=at),)))
        ends = span.end
        like = {name: getattr(last, name) for name in ("role", "position", "style")}
    elif len(target.there) == 1:
        clip, source = target.there[0]
        ends = talk.stage.seconds(clip.end) + talk.stage.ahead(place.clock)
        if not talk.stage.seconds(clip.start) + talk.stage.ahead(place.clock) < at <= ends:
            return False
        like = {name: getattr(source, name) for name in _LIKE}
        talk.do(edits.RetimeText(texts=target.texts, end=at, clock=place.clock))
    else:
        return False
    lasts = degrees.seconds(clause, talk.stage.beat_s, talk.stage.bar_s)
    ends = at + lasts[1] if lasts else ends if ends and ends > at + 1 else at + _USUAL_S
    where = Where(stretches=(Stretch(start=at, end=ends),), clock=place.clock, said=place.said[:200])
    talk.do(edits.AddText(**{**like, "text": words, "where": where}), subject=Subject("text", Texts(says=words)))
    return True


def _meanwhile(place: Place, talk: Talk, target: Target, words: str) -> bool:
    """Let words give way to others for as long as a part lasts, where they are shown before or after it too."""
    if len(target.there) != 1:
        return False
    clip, source = target.there[0]
    begins, ends = (talk.stage.seconds(frame) + talk.stage.ahead(place.clock) for frame in (clip.start, clip.end))
    if not all(begins <= low < ends and high - low < ends - begins for low, high in place.stretches):
        return False
    like = {name: getattr(source, name) for name in _LIKE}
    talk.do(edits.RemoveText(texts=target.texts, where=place.where()))
    edit = edits.AddText(**{**like, "text": words, "where": place.where()})
    talk.do(edit, subject=Subject("text", Texts(says=words)))
    return True


def placed_so(clause: Clause, talk: Talk, where: Where) -> None:
    """Let words of a list be where the last of them is said to be: ``"Ana", "Rui", at the end``."""
    if clause.place is None or clause.place.missing or clause.has("thing") or clause.has("act"):
        return
    before = list(itertools.takewhile(lambda edit: isinstance(edit, edits.AddText), talk.edits[::-1]))
    unplaced = [edit for edit in before if isinstance(edit, edits.AddText) and not edit.where.said]
    if not before or len(unplaced) < len(before) or len(where.stretches) != 1:
        return
    talk.edits[-len(before) :] = [edit.evolve(where=where) for edit in unplaced[::-1]]


def sung_there(clause: Clause, talk: Talk) -> bool:
    """Let lyrics of this message be where it is said behind them: ``歌词：“…”，放副歌``."""
    last = talk.edits[-1] if talk.edits else None
    place = clause.place
    if not isinstance(last, edits.SetLyrics) or not last.where.everywhere or place is None or place.missing:
        return False
    said = [item for item in clause.items if not (item.silent or item.mark)]
    if place.point or not all(item.place is not None or item.has("act", "show", "move", "only") for item in said):
        return False
    talk.edits[-1] = last.evolve(where=place.where())
    talk.heard += 1
    return True
