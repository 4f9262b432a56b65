"""Words that are on the picture: moved, restyled, retimed, faded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from songreel.director.understanding import degrees, paint
from songreel.director.understanding.clauses import Clause
from songreel.director.understanding.intents import text_target
from songreel.director.understanding.intents.fades import ways_beside
from songreel.director.understanding.intents.text_target import Target
from songreel.director.understanding.places import Place
from songreel.director.understanding.talk import Subject, Talk
from songreel.model import edit as edits
from songreel.model.edit import Stretch, Texts, Where
from songreel.model.timeline import Clip, Position, TextSource
from songreel.visuals.text_designs import DESIGNS, TextDesign

_STEP = 1.3
PLAIN = "plain"
_INKED = {"glow": "neon-glow", "outline": "outlined"}
_OF_LETTERS = ("style", "degree", "position", "color", "dimension", "act", "thing", "measure")


_SHIFT_S = Fraction(2)
_SET_TO = ("to", "到", "=", "at")


_LONGER = 1.5
_CLOSING_S = Fraction(4)
"""How long before its end words are shown that close the video."""


def pending(talk: Talk) -> bool:
    """Tell whether the words meant are being put there by this very message."""
    return any(isinstance(edit, edits.AddText | edits.Retitle | edits.SetLyrics) for edit in talk.edits)


def each_new(clause: Clause, talk: Talk) -> bool:
    """Change each of the words that this message has put there: ``3 seconds each``, ``各停3秒``."""
    added = [edit.text for edit in talk.edits if isinstance(edit, edits.AddText)]
    if len(added) < 2 or not (clause.has("word", "every") or clause.has("reference", "both")):
        return False
    if clause.all("thing", *text_target.ROLES):
        return False
    before = len(talk.edits)
    for words in added:
        attributes(replace(clause, used=set(clause.used)), talk, Texts(says=words), ())
    if len(talk.edits) > before:
        consume(clause)
    return len(talk.edits) > before


def position_of(clause: Clause) -> Position | None:
    """Return the wanted position; the one that is not wanted only counts for nothing."""
    found = [at for at in clause.all("position") if not clause.items[at].negated]
    too_far = [at for at in found if any(item.has("measure", "too") for item in clause.items[max(at - 2, 0) : at])]
    values = [clause.items[at].value("position") for at in found if at not in too_far]
    clause.take_kind("position")
    if too_far and not values:
        return "center"
    if len({*values}) > 1:
        values = [value for value in values if value != "center"]
    if "top" in values and ("left" in values or "right" in values):
        return "top-left" if "left" in values else "top-right"
    if "bottom" in values and ("left" in values or "right" in values):
        return "bottom-left" if "left" in values else "bottom-right"
    return values[-1] if values else None  # type: ignore[return-value]


def fades_of(clause: Clause) -> tuple[Fraction | None, Fraction | None]:
    """Return over how many seconds words come and go; None for what is not said."""
    found_at = clause.all("fade")
    ways = {clause.items[at].value("fade") for at in found_at} or ways_beside(clause)
    if not ways:
        return None, None
    # ``fade out at 0:10, I don't want it there all the time`` wants the fade.
    unwanted = clause.negative if not found_at else clause.has("act", "remove")
    unwanted = unwanted or any(item.has("negator") for item in clause.items[: max(found_at, default=0)])
    clause.take_kind("fade")
    if unwanted:
        seconds = Fraction(0)
    else:
        found = degrees.amounts(clause, "second", "")
        clause.take(*(at for at, _ in found))
        seconds = found[0][1].value if found else Fraction(1)
    if (other := _other_way(clause, ways)) is not None:
        return (seconds, other) if "in" in ways else (other, seconds)
    both = "both" in ways
    return seconds if both or "in" in ways else None, seconds if both or "out" in ways else None


def lengthen(clause: Clause, talk: Talk, target: Target) -> None:
    """Show words for longer than they are."""
    clip = target.there[0][0]
    now = talk.stage.seconds(clip.end) - talk.stage.seconds(clip.start)
    seconds = (now * Fraction(_LONGER)).limit_denominator(1000)
    talk.do(edits.RetimeText(texts=target.texts, seconds=seconds), subject=Subject("text", target.texts))
    clause.take(*(each.at for each in degrees.of(clause, ("pace",))))
    consume(clause)


def _other_way(clause: Clause, ways: set[str | None]) -> Fraction | None:
    """Return how long the other fade lasts where it is said apart: ``fades in over 2 seconds and out over 1``."""
    wanted = {"in": "out", "out": "in"}.get(next(iter(ways)) or "") if len(ways) == 1 else None
    after = next((at for at, item in enumerate(clause.items) if item.said.lower() == wanted), len(clause.items))
    found = [item.quantity for item in clause.items[after:] if item.quantity and item.quantity.unit in ("second", "")]
    return found[0].value if found else None


def change(clause: Clause, talk: Talk, target: Target) -> None:
    """Move, restyle, retime or fade words that are there."""
    before = len(talk.edits)
    if not target.there and not pending(talk) and talk.situation.timeline is not None:
        if clause.all("thing", "text", *text_target.ROLES):
            talk.cannot(
                "no-words" if clause.has("act", "add", "write") else "no-text", what=text_target.name(talk, target)
            )
        else:
            return
    else:
        attributes(clause, talk, target.texts, target.there)
    if len(talk.edits) > before or talk.problems or clause.all("thing", "text", *text_target.ROLES):
        talk.subject = Subject("text", target.texts)
        if len(talk.edits) > before:
            consume(clause)


def attributes(clause: Clause, talk: Talk, texts: Texts, there: Sequence[tuple[Clip, TextSource]]) -> None:
    """Change what else a clause says of words: place, fades, looks, time."""
    if (position := position_of(clause) or _nudged(clause, there)) is not None:
        talk.do(edits.MoveText(texts=texts, position=position))
    fade_in, fade_out = fades_of(clause)
    if fade_in is not None or fade_out is not None:
        talk.do(edits.FadeText(texts=texts, in_s=fade_in, out_s=fade_out))
    _restyle(clause, talk, texts)
    if found := edges(clause):
        talk.do(*(edits.RetimeText(texts=texts, **{edge: at}) for edge, at in found))
    elif pending(talk) and _only_stays(clause):
        talk.do(edits.RetimeText(texts=texts, end=talk.stage.length))
    else:
        _retime(clause, talk, texts, there)


def closes(clause: Clause) -> bool:
    """Tell whether words close the video: ``end with "Bye"``, ``最后显示“谢谢”``; “and finally, add …” does not."""
    for at, item in enumerate(clause.items):
        then = at == 0 and clause.joined and clause.has("act", "add")
        if (item.has("word", "finish") or item.has("act", "finish")) and not then:
            return True
    return False


def exchange(clause: Clause, talk: Talk) -> bool:
    """Let two texts change places: ``swap the title and the artist``, ``swap them``; all of the clause is read then."""
    there = [pair for pair in talk.stage.texts if not clause.has("thing", *text_target.ROLES) or _spoken(clause, pair)]
    there = there if len(there) == 2 else list(talk.stage.texts)
    both = clause.has("reference", "it", "both") or len(clause.all("thing", *text_target.ROLES, "text")) > 1
    if len(there) != 2 or not both or not clause.has("word", "mutual") or clause.has("word", "into"):
        return False
    (one, first), (other, second) = there
    for clip, position in ((one, second.position), (other, first.position)):
        talk.do(edits.MoveText(texts=Texts(clips=(clip.id,)), position=position), subject=Subject("text", Texts()))
    clause.take_all()
    return True


def _spoken(clause: Clause, pair: tuple[Clip, TextSource]) -> bool:
    return bool(clause.all("thing", pair[1].role))


def _nudged(clause: Clause, there: Sequence[tuple[Clip, TextSource]]) -> Position | None:
    """Return where words go that are to be moved up or down."""
    if not there or not clause.all("act", "move", "show"):
        return None
    bare = degrees.of(clause, ("",))
    if not bare or clause.place is not None or degrees.amounts(clause, "second"):
        return None
    clause.take(*(each.at for each in bare))
    side = next((name for name in ("left", "right") if there[0][1].position.endswith(name)), "")
    return "-".join(part for part in ("top" if bare[0].sign > 0 else "bottom", side) if part)  # type: ignore[return-value]


def _restyle(clause: Clause, talk: Talk, texts: Texts) -> None:
    colors = paint.of(clause)
    styles = {clause.items[at].value("style"): clause.items[at].negated for at in clause.all("style")}
    removed = clause.has("act", "remove")
    sizes = degrees.of(clause, ("size",)) or _bare_size(clause)
    said: dict[str, object] = {}
    if colors and not colors[0].negated:
        said["color"] = colors[0].colors[len(colors[0].colors) // 2]
        clause.take(*(each.at for each in colors))
    for name, on, off in (("bold", "bold", "regular"), ("italic", "italic", "upright")):
        if on in styles or off in styles:
            said[name] = on in styles and not (styles[on] or removed)
    clause.take_kind("style")
    if sizes:
        clause.take(*(each.at for each in sizes))
        said["size_by"] = degrees.times(clause, sizes[-1].sign, step=_STEP)
    elif percent := _percent_size(clause):
        said["size"] = percent
    elif _sized(clause) and (factor := degrees.amounts(clause, "factor")):
        clause.take(factor[0][0])
        said["size_by"] = float(factor[0][1].value)
    if (design := _lettering(clause, talk, texts)) is not None:
        said["design"] = design
    if said:
        talk.do(edits.RestyleText(texts=texts, **said))


def _sized(clause: Clause) -> bool:
    """Tell whether a factor is that of letters: ``the title twice as big``, ``half the size``."""
    return bool(clause.all("thing", "text", *text_target.ROLES) or clause.all("dimension", "size"))


def _lettering(clause: Clause, talk: Talk, texts: Texts) -> str | None:
    """Return the design that words take for a glow, an outline, a style that is named; they lose one by being plain."""
    inks = {clause.items[at].value("ink") or "" for at in clause.all("ink")}
    unwanted = clause.has("act", "remove") or any(clause.items[at].negated for at in clause.all("ink"))
    clause.take_kind("ink")
    if "shadow" in inks:
        talk.cannot("text-shadow")
        return None
    if inks and unwanted:
        shown = [source.design for _, source in text_target.meant(talk.stage, texts)]
        if not any(name in DESIGNS and _has(DESIGNS[name], ink) for name in shown for ink in inks):
            talk.cannot("text-no-ink")
            return None
        return PLAIN
    if inks:
        return _INKED[min(inks)]
    return None if unwanted or clause.negative else design_of(clause)


def _has(design: TextDesign, ink: str) -> bool:
    return bool(design.glow if ink == "glow" else design.outline)


def design_of(clause: Clause) -> str | None:
    """Return the design that a clause calls by one of its words, where they mean nothing else of letters."""
    open_to = [
        (at, item)
        for at, item in enumerate(clause.items)
        if at not in clause.used and item.quote is None and not item.negated
        if not any(item.has(kind) for kind in _OF_LETTERS)
    ]
    # What nothing is known of falls into single letters where a script has no spaces.
    joined = "".join(item.said for item in clause.items if not (item.said.isascii() or item.quote or item.negated))
    said = {item.said.lower() for _, item in open_to}
    for design in DESIGNS.values():
        for word in (word.lower() for many in design.words.values() for word in many):
            if word in said or (not word.isascii() and word in joined):
                clause.take(*(at for at, item in open_to if item.said.lower() in word))
                return design.name
    return None


def _bare_size(clause: Clause) -> list[degrees.Degree]:
    return degrees.of(clause, ("",)) if clause.all("dimension", "size") else []


def _percent_size(clause: Clause) -> float | None:
    if not clause.all("dimension", "size"):
        return None
    found = degrees.amounts(clause, "percent")
    if not found:
        return None
    clause.take(found[0][0])
    return min(max(float(found[0][1].value), edits.text.SIZE_LEAST), edits.text.SIZE_MOST)


def _retime(clause: Clause, talk: Talk, texts: Texts, there: Sequence[tuple[Clip, TextSource]]) -> None:
    shifts, lengths = degrees.of(clause, ("time",)), degrees.of(clause, ("length",))
    span = degrees.seconds(clause, talk.stage.beat_s, talk.stage.bar_s)
    place = clause.place
    if span and lengths and _anew(clause, lengths[0].at, span[0]):
        lengths = []
    elif span and not lengths and (more := degrees.of(clause, ("",))):
        lengths = more
    if place is not None and place.missing:
        talk.no_place(place.missing)
    elif shifts and (span or not _then_at(clause, shifts[0].at)):
        size = span[1] if span else _SHIFT_S * Fraction(shifts[0].strength)
        talk.do(edits.RetimeText(texts=texts, shift=shifts[0].sign * size))
    elif span and there and clause.all("act", "hold") and clause.has("act", "again"):
        now = talk.stage.seconds(there[0][0].end) - talk.stage.seconds(there[0][0].start)
        talk.do(edits.RetimeText(texts=texts, seconds=now + span[1]))
    elif lengths and there:
        clip = there[0][0]
        now = talk.stage.seconds(clip.end) - talk.stage.seconds(clip.start)
        factor = Fraction(degrees.times(clause, lengths[0].sign, step=_LONGER))
        grown = now + lengths[0].sign * span[1] if span else now * factor
        talk.do(edits.RetimeText(texts=texts, seconds=max(grown.limit_denominator(1000), Fraction(1, 2))))
    elif place is not None:
        _retimed(clause, talk, texts, there, span=span[1] if span else None)
    elif closes(clause) and clause.has("act", "show", "write", "move"):
        talk.do(edits.RetimeText(texts=texts, start=-(span[1] if span else _CLOSING_S), seconds=span and span[1]))
    elif span is not None:
        talk.do(edits.RetimeText(texts=texts, seconds=span[1]))


def _only_stays(clause: Clause) -> bool:
    """Tell whether words that are being put there are only to stay: ``and stay``."""
    timed = clause.place is not None or any(item.quantity or item.quote for item in clause.items)
    return bool(clause.all("act", "linger")) and not timed


def edges(clause: Clause) -> list[tuple[str, Fraction]]:
    """Return when words are to begin and end where that is said of both: ``its start to 3.5 s, its end to 9 s``."""
    found: list[tuple[str, Fraction]] = []
    for at, item in enumerate(clause.items):
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
    elif place.open == "until" and (clause.has("word", "wait") or place.said.startswith("等")):
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


def _then_at(clause: Clause, at: int) -> bool:
    """Tell whether a word for later is followed by when: ``later, at 0:15``."""
    return any(item.place is not None and item.place.point for item in clause.items[at:])


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


def consume(clause: Clause) -> None:
    """Mark as read all that words took from a clause, so that no other intent takes it again."""
    for kind in ("act", "thing", "position", "style", "fade", "ink", "reference"):
        clause.take_kind(kind)
    clause.take(*(each.at for each in degrees.of(clause, ("size", "time", "length", "opacity"))))
    clause.take(*(each.at for each in paint.of(clause)))
    clause.take(*(at for at, item in enumerate(clause.items) if item.quantity or item.place or item.quote))
