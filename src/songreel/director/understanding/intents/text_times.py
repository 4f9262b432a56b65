"""When words on the picture are shown: from when, until when, how long, and later or longer than they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from songreel.director.understanding import degrees
from songreel.director.understanding.clauses import Clause
from songreel.director.understanding.intents.text_target import Target
from songreel.director.understanding.item import last_line
from songreel.director.understanding.places import Place
from songreel.director.understanding.talk import Subject, Talk
from songreel.model import edit as edits
from songreel.model.edit import Stretch, Texts, Where
from songreel.model.timeline import Clip, TextSource

SHIFT_S = Fraction(2)
_LONGER = 1.5
_CLOSING_S = Fraction(4)
"""How long before its end words are shown that close the video."""
_OWN = ("its", "their")
_SET_TO = ("to", "到", "=", "at")


def lengthen(clause: Clause, talk: Talk, target: Target) -> None:
    """Show words for longer than they are."""
    clip = target.there[0][0]
    now = talk.stage.seconds(clip.end) - talk.stage.seconds(clip.start)
    said = degrees.amounts(clause, "factor")
    seconds = (now * (said[0][1].value if said else Fraction(_LONGER))).limit_denominator(1000)
    talk.do(edits.RetimeText(texts=target.texts, seconds=seconds), subject=Subject("text", target.texts))
    clause.take(*(each.at for each in degrees.of(clause, ("pace",))))


def lingers(clause: Clause) -> bool:
    """Tell whether words are only to be there for longer: ``could the title hang around``, not ``the title stays``."""
    return any(item.has("act", "linger") and not item.has("act", "keep") for item in clause.items)


def closes(clause: Clause) -> bool:
    """Tell whether words close the video: ``end with "Bye"``, ``最后显示“谢谢”``; “and finally, add …” does not."""
    for at, item in enumerate(clause.items):
        then = at == 0 and clause.joined and clause.has("act", "add")
        if at and clause.items[at - 1].said.lower() in _OWN:
            # ``let the title fade at its end`` is when the title ends.
            continue
        if (item.has("word", "finish") or item.has("act", "finish")) and not (then or last_line(clause.items, at)):
            return True
    return False


def retime(clause: Clause, talk: Talk, texts: Texts, there: Sequence[tuple[Clip, TextSource]]) -> None:
    """Change when words are shown: ``for 8 seconds``, ``two seconds later``, ``in the chorus``."""
    shifts, lengths = degrees.of(clause, ("time",)), degrees.of(clause, ("length",))
    span = degrees.seconds(clause, talk.stage.beat_s, talk.stage.bar_s)
    place = clause.place
    if span and lengths and (_anew(clause, lengths[0].at, span[0]) or _in_all(clause, talk, there, lengths[0], span)):
        lengths = []
    elif span and not lengths:
        # ``keep it up for four seconds`` is no longer than that.
        lengths = [each for each in degrees.of(clause, ("",)) if not clause.items[each.at].has("word", "shown")]
    if place is not None and place.missing:
        talk.no_place(place.missing)
    elif shifts and (span or not _then_at(clause, shifts[0].at)):
        talk.do(_shifted(clause, talk, texts, there, shift=shifts[0], span=span))
    elif there and (seconds := _changed_by(clause, talk, there[0][0], lengths, span)) is not None:
        talk.do(edits.RetimeText(texts=texts, seconds=seconds))
    elif place is None and clause.has("word", "throughout"):
        talk.do(edits.RetimeText(texts=texts, whole=True))
    elif place is not None:
        _retimed(clause, talk, texts, there, span=span[1] if span else None)
    elif closes(clause) and clause.has("act", "show", "write", "move"):
        talk.do(edits.RetimeText(texts=texts, start=-(span[1] if span else _CLOSING_S), seconds=span and span[1]))
    elif span is not None and not _closing(talk, span[1]):
        talk.do(edits.RetimeText(texts=texts, seconds=span[1]))


def _changed_by(
    clause: Clause, talk: Talk, clip: Clip, lengths: Sequence[degrees.Degree], span: tuple[int, Fraction] | None
) -> Fraction | None:
    """Return how long words are to be there, from how long they are: ``two seconds longer``, ``half as long``."""
    now = talk.stage.seconds(clip.end) - talk.stage.seconds(clip.start)
    if span and clause.all("act", "hold") and clause.has("act", "again") and not clause.has("bound"):
        return now + span[1]
    more = degrees.difference(clause, span[0]) if span and not lengths else 0
    added = span is not None and clause.has("act", "add") and not clause.has("act", "show", "write")
    if span is not None and (more or added):
        return max(now + (more or 1) * span[1], Fraction(1, 2))
    if lengths:
        factor = Fraction(degrees.times(clause, lengths[0].sign, step=_LONGER))
        grown = now + lengths[0].sign * span[1] if span else now * factor
        return max(grown.limit_denominator(1000), Fraction(1, 2))
    held = clause.has("act", "trim", "linger", "hold") or clause.has("word", "lasting")
    held = clause.place is None and held
    said = degrees.amounts(clause, "factor") if held else []
    return (now * said[0][1].value).limit_denominator(1000) if said else None


def edges(clause: Clause) -> list[tuple[str, Fraction]]:
    """Return when words are to begin and end where that is said of both: ``its start to 3.5 s, its end to 9 s``."""
    found: list[tuple[str, Fraction]] = _marked(clause)
    for at, item in enumerate(() if found else clause.items):
        before = clause.items[max(at - 3, 0) : at]
        time = item.clock if item.clock is not None else item.quantity.seconds if item.quantity is not None else None
        if item.place is not None and item.place.open == "until" and item.place.clock == "video":
            time = item.place.stretches[0][1]
        elif not any(each.said.lower() in _SET_TO for each in before):
            time = None
        if time is None:
            continue
        if any(each.has("word", "begin") for each in before):
            found.append(("start", time))
        elif any(each.has("word", "finish") for each in before):
            found.append(("end", time))
    return found


def _marked(clause: Clause) -> list[tuple[str, Fraction]]:
    """Return the edges that are said as editors do: ``0:03 in, 0:08 out``, ``in at 0:03, out at 0:08``."""
    found: dict[str, Fraction] = {}
    for at, item in enumerate(clause.items):
        if item.place is None or not item.place.point or item.place.clock != "video":
            continue
        before = [each.said.lower() for each in clause.items[max(at - 1, 0) : at]]
        after = [each.said.lower() for each in clause.items[at + 1 : at + 2]]
        edge = "end" if "out" in (*before, *after) else "start" if "in" in before or item.said.endswith(" in") else ""
        found.update({edge: item.place.stretches[0][0]} if edge else {})
    return list(found.items()) if len(found) == 2 else []


def _retimed(
    clause: Clause, talk: Talk, texts: Texts, there: Sequence[tuple[Clip, TextSource]], *, span: Fraction | None
) -> None:
    place = clause.place
    if place is None:
        return
    if place.whole:
        talk.do(edits.RetimeText(texts=texts, whole=True))
        return
    if place.outside:
        place = replace(place, stretches=talk.stage.without(place), clock="video", outside=False)
    if not place.stretches:
        return
    low, high = place.stretches[0]
    vanishes = clause.all("act", "vanish") and place.open != "until"
    if vanishes or (_goes_softly(clause) and (place.point or place.open == "from")):
        talk.do(edits.RetimeText(texts=texts, end=low, clock=place.clock))
    elif place.open == "until" and (
        clause.has("word", "wait") or place.said.startswith("等") or clause.has("degree", "time+")
    ):
        talk.do(edits.RetimeText(texts=texts, start=high, clock=place.clock))
    elif place.open == "until":
        talk.do(edits.RetimeText(texts=texts, end=high, clock=place.clock))
    elif place.open == "from" and not span:
        talk.do(edits.RetimeText(texts=texts, start=low, clock=place.clock))
    elif place.point and not span:
        at_end = place.clock == "video" and high >= talk.stage.length and clause.has("act", "hold")
        talk.do(
            edits.RetimeText(texts=texts, end=high)
            if at_end
            else edits.RetimeText(texts=texts, start=low, clock=place.clock)
        )
    else:
        end = low + span if span else high
        talk.do(edits.RetimeText(texts=texts, start=low, end=end, clock=place.clock))
        _repeated(place, talk, there)


def _anew(clause: Clause, degree: int, length: int) -> bool:
    """Tell whether a length is what is to come of too long or short: ``it's too long, make it 3 secs``."""
    return any(item.has("act", "change") for item in clause.items[degree + 1 : length])


def _shifted(
    clause: Clause,
    talk: Talk,
    texts: Texts,
    there: Sequence[tuple[Clip, TextSource]],
    *,
    shift: degrees.Degree,
    span: tuple[int, Fraction] | None,
) -> edits.RetimeText:
    """Return when words come that are to come later, or sooner; when they go, where they are to go so."""
    if span and there and (clause.has("act", "vanish") or clause.has("word", "cutting")):
        now = talk.stage.seconds(there[0][0].end) - talk.stage.seconds(there[0][0].start)
        return edits.RetimeText(texts=texts, seconds=max(now + shift.sign * span[1], Fraction(1, 2)))
    if span and there and _at_second(clause, talk, there[0][0], shift, span):
        return edits.RetimeText(texts=texts, start=span[1])
    size = span[1] if span else SHIFT_S * Fraction(shift.strength)
    return edits.RetimeText(texts=texts, shift=shift.sign * size)


def _at_second(clause: Clause, talk: Talk, clip: Clip, shift: degrees.Degree, span: tuple[int, Fraction]) -> bool:
    """Tell whether a time behind “later” is when, not by how much: ``字幕晚点再出，25秒吧``."""
    before, item = clause.items[span[0] - 1], clause.items[span[0]]
    apart = before.mark or item.start - before.end > (1 if before.said.isascii() else 0)
    now = talk.stage.seconds(clip.start)
    later = span[1] > now + 2 if shift.sign > 0 else span[1] < now
    return shift.at < span[0] and apart and later and span[1] >= 5


def _until(clause: Clause, at: int) -> bool:
    """Tell whether a length is how long something is to last: ``shorten it to 3 seconds``, ``缩短到3秒``."""
    before = clause.items[at - 1]
    return at > 0 and (before.has("word", "into") or before.said.endswith(("到", "成", "为")))


def of_video(clause: Clause, talk: Talk, there: Sequence[tuple[Clip, TextSource]]) -> bool:
    """Tell whether a length can only be the video's: ``shorten it to 25 seconds`` behind a title of four."""
    lengths, span = degrees.of(clause, ("length",)), degrees.amounts(clause, "second")
    if not (lengths and span and there) or lengths[0].sign > 0 or clause.has("thing") or clause.place is not None:
        return False
    now = talk.stage.seconds(there[0][0].end) - talk.stage.seconds(there[0][0].start)
    return _until(clause, span[0][0]) and now < span[0][1].value < talk.stage.length


def _in_all(
    clause: Clause,
    talk: Talk,
    there: Sequence[tuple[Clip, TextSource]],
    degree: degrees.Degree,
    span: tuple[int, Fraction],
) -> bool:
    """Tell whether a length behind “longer” is all of it: ``it must be longer, 10 seconds``, ``久一点，起码8秒``."""
    before, item = clause.items[span[0] - 1], clause.items[span[0]]
    blank = 1 if before.said.isascii() else 0
    apart = before.mark or item.start - before.end > blank
    bound = any(each.has("bound") or each.has("word", "about") for each in clause.items[degree.at : span[0]])
    apart = apart or _until(clause, span[0])
    if not there or degree.at > span[0] or not (apart or bound):
        return False
    now = talk.stage.seconds(there[0][0].end) - talk.stage.seconds(there[0][0].start)
    return span[1] > now if degree.sign > 0 else span[1] < now


def _then_at(clause: Clause, at: int) -> bool:
    """Tell whether a word for later is followed by when: ``later, at 0:15``."""
    return any(item.place is not None and (item.place.point or item.place.open) for item in clause.items[at:])


def _goes_softly(clause: Clause) -> bool:
    return clause.has("fade", "out") and not clause.has("fade", "in")


def _repeated(place: Place, talk: Talk, there: Sequence[tuple[Clip, TextSource]]) -> None:
    """Put words that are shown once in the other stretches of a place too: ``the title in every chorus``."""
    rest = tuple(Stretch(start=low, end=high) for low, high in place.stretches[1:])
    if len(there) == 1 and rest:
        source = there[0][1]
        where = Where(stretches=rest, clock=place.clock, said=place.said[:200])
        talk.do(
            edits.AddText(
                text=source.text,
                role=source.role,
                where=where,
                position=source.position,
                design=source.design,
                style=source.style,
            )
        )


def _closing(talk: Talk, seconds: Fraction) -> bool:
    """Let words that this message has put at the very end be there for so long before it."""
    last = talk.edits[-1] if talk.edits else None
    if not isinstance(last, edits.AddText) or [each.end for each in last.where.stretches] != [None]:
        return False
    if last.where.stretches[0].start >= 0:
        return False
    talk.edits[-1] = last.evolve(where=last.where.evolve(stretches=(Stretch(start=-seconds),)))
    talk.heard += 1
    return True


def only_stays(clause: Clause) -> bool:
    """Tell whether words that are being put there are only to stay: ``and stay``."""
    timed = clause.place is not None or any(item.quantity or item.quote for item in clause.items)
    return bool(clause.all("act", "linger")) and not timed
