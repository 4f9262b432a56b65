"""Words that are on the picture: moved, restyled, retimed, faded."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import cast

from songreel.director.understanding import degrees, paint
from songreel.director.understanding.clauses import Clause
from songreel.director.understanding.intents import text_fades, text_target, text_times
from songreel.director.understanding.intents.text_target import Target
from songreel.director.understanding.item import Item
from songreel.director.understanding.places import Place
from songreel.director.understanding.references import plain
from songreel.director.understanding.talk import Subject, Talk
from songreel.model import edit as edits
from songreel.model.edit import Stretch, Texts, Where
from songreel.model.timeline import Clip, Position, TextSource
from songreel.visuals.text_designs import DESIGNS, TextDesign

_STEP = 1.3
_AWAY = ("out of", "away from", "off")
_RAISED = ("raise", "lift", "lower")
_FURTHER = ("higher", "lower", "up", "down", "高", "低", "高一点", "低一点", "高点", "低点")
PLAIN = "plain"
_INKED = {"glow": "neon-glow", "outline": "outlined"}
_OF_LETTERS = ("style", "degree", "position", "color", "dimension", "act", "thing", "measure")


def pending(talk: Talk) -> bool:
    """Tell whether the words meant are being put there by this very message."""
    return any(isinstance(edit, edits.AddText | edits.Retitle | edits.SetLyrics) for edit in talk.edits)


def position_of(clause: Clause) -> Position | None:
    """Return the wanted position; the one that is not wanted only counts for nothing."""
    found = [at for at in clause.all("position") if not clause.items[at].negated]
    too_far = [at for at in found if any(item.has("measure", "too") for item in clause.items[max(at - 2, 0) : at])]
    values = [clause.items[at].value("position") for at in found if at not in too_far]
    left = [clause.items[at].value("position") for at in clause.all("position") if _left(clause, at)]
    values = [] if left and set(values) <= set(left) else values
    clause.take_kind("position")
    if too_far and not values:
        return "center"
    if left and not values:
        return "bottom" if "center" in left else "center"
    if len({*values}) > 1:
        values = [value for value in values if value != "center"]
    # ``bottom left, yeah, left`` says the same twice.
    values = [
        value for value in values if not any(value != other and value in (other or "").split("-") for other in values)
    ]
    if "top" in values and ("left" in values or "right" in values):
        return "top-left" if "left" in values else "top-right"
    if "bottom" in values and ("left" in values or "right" in values):
        return "bottom-left" if "left" in values else "bottom-right"
    return values[-1] if values else None  # type: ignore[return-value]


def _left(clause: Clause, at: int) -> bool:
    """Tell whether a position is only to be left: ``get it out of the middle``, ``标题别放中间了``."""
    before = [item for item in clause.items[:at] if item.said.lower() != "the"][-1:]
    denied = clause.items[at].negated and not clause.items[at].contrast and not clause.has("act", "remove")
    denied = denied and any(item.has("negator") for item in clause.items[:at])
    return denied or any(item.said.lower() in _AWAY for item in before)


def sized_so(clause: Clause, talk: Talk) -> bool:
    """Let words be as large as is said behind it: ``it doesn't have to be so big, 70% will do``, ``七成就行``."""
    last = talk.edits[-1] if talk.edits else None
    said = degrees.amounts(clause, "percent", "factor")
    if not isinstance(last, edits.RestyleText) or last.size_by is None or len(said) != 1:
        return False
    plain = (item for at, item in enumerate(clause.items) if at != said[0][0] and not (item.silent or item.mark))
    sizes = degrees.of(clause, ("size",))
    if not all(_alone(item) for item in plain) or len(sizes) < len(degrees.of(clause)):
        return False
    size = degrees.times(clause, sizes[0].sign, step=_STEP) if sizes else float(said[0][1].value)
    talk.edits[-1] = last.evolve(size_by=min(max(size, 0.1), 8.0))
    talk.heard += 1
    clause.take_all()
    return True


def change(clause: Clause, talk: Talk, target: Target) -> None:
    """Move, restyle, retime or fade words that are there."""
    before = talk.heard
    if not target.there and not pending(talk) and talk.situation.timeline is not None:
        if clause.all("thing", "text", *text_target.ROLES):
            talk.cannot(
                "no-words" if clause.has("act", "add", "write") else "no-text", what=text_target.name(talk, target)
            )
        else:
            return
    else:
        attributes(clause, talk, target.texts, target.there)
        if talk.heard == before and target.there and text_times.lingers(clause):
            text_times.lengthen(clause, talk, target)
    if talk.heard > before or talk.problems or clause.all("thing", "text", *text_target.ROLES):
        talk.subject = Subject("text", target.texts)
        if talk.heard > before:
            consume(clause)


def attributes(clause: Clause, talk: Talk, texts: Texts, there: Sequence[tuple[Clip, TextSource]]) -> None:
    """Change what else a clause says of words: place, fades, looks, time."""
    if (position := position_of(clause) or text_target.beside(clause) or _nudged(clause, there)) is not None:
        talk.do(edits.MoveText(texts=texts, position=position))
    fade_in, fade_out = text_fades.fades_of(clause)
    if fade_in is not None or fade_out is not None:
        talk.do(edits.FadeText(texts=texts, in_s=fade_in, out_s=fade_out))
    _restyle(clause, talk, texts)
    if found := text_times.edges(clause):
        talk.do(*(edits.RetimeText(texts=texts, **{edge: at}) for edge, at in found))
    elif pending(talk) and text_times.only_stays(clause):
        talk.do(edits.RetimeText(texts=texts, end=talk.stage.length))
    elif not text_times.of_video(clause, talk, there):
        text_times.retime(clause, talk, texts, there)


def repeats(clause: Clause) -> bool:
    """Tell whether something is only to be shown once more, at another time: ``again at 0:30``."""
    place = clause.place
    once_more = clause.has("act", "again", "also") or clause.has("word", "repeats") or clause.has("reference", "same")
    if not once_more or place is None or place.missing or place.whole or place.outside:
        return False
    if place.open and not (place.open == "until" and clause.has("act", "again") and _shortly(place)):
        return False
    kinds = ("position", "degree", "style", "fade", "effect", "transition", "negator", "pace", "ask")
    others = any(clause.has(kind) for kind in kinds) or any(item.asset or item.color for item in clause.items)
    return not others and not any(
        item.has("act", "hold", "keep", "remove", "move", "trim") and not item.has("reference", "same")
        for item in clause.items
    )


def _shortly(place: Place) -> bool:
    """Tell whether something comes shortly before a place: ``again before the end``, but not ``until the end``."""
    return "before" in place.said.lower() or place.said.endswith("前")


def repeated(clause: Clause, talk: Talk, target: Target) -> bool:
    """Show words that are there once more: ``show it again at 0:30``, ``repeat the title in the chorus``."""
    place = clause.place
    if place is None or len(target.there) != 1 or not repeats(clause):
        return False
    clip, source = target.there[0]
    lasts = talk.stage.seconds(clip.end) - talk.stage.seconds(clip.start)
    spans = tuple(
        Stretch(start=max(high - lasts, Fraction(0)) if place.open else low, end=low + lasts if place.point else high)
        for low, high in place.stretches
    )
    copied = {name: getattr(source, name) for name in ("text", "role", "position", "design", "style")}
    where = Where(stretches=spans, clock=place.clock, said=place.said[:200])
    talk.do(edits.AddText(**copied, where=where), subject=Subject("text", target.texts))
    clause.take_all()
    return True


def nudges(clause: Clause, talk: Talk) -> bool:
    """Tell whether words that were moved last are only to go further: ``a bit lower``."""
    past = talk.situation.past[-1].edits if talk.situation.past else ()
    moved = bool(past) and isinstance(past[-1], edits.MoveText) and not talk.edits
    said = [item for item in clause.items if not (item.silent or item.mark or item.has("measure"))]
    return moved and bool(said) and all(item.said.lower() in _FURTHER for item in said)


def _alone(item: Item) -> bool:
    return item.has("act", "only", "change") or any(item.has(kind) for kind in ("word", "reference", "degree"))


def each_placed(clause: Clause, talk: Talk) -> bool:
    """Move several words to a place each: ``DUST goes on top and GOLD goes to the bottom``."""
    pairs: dict[str, Position] = {}
    names = {plain(source.text): clip.id for clip, source in talk.stage.texts}
    meant = ""
    for item in clause.items:
        meant = names.get(plain(item.quote or item.said), meant)
        if meant and item.has("position") and not item.negated:
            pairs[meant] = cast(Position, item.value("position"))
    if len(pairs) < 2:
        return False
    talk.do(*(edits.MoveText(texts=Texts(clips=(clip,)), position=there) for clip, there in pairs.items()))
    talk.subject = Subject("text", Texts())
    clause.take_all()
    return True


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
    if there and (clause.has("word", "low") or clause.has("word", "high")) and not clause.place:
        clause.take(*(each.at for each in degrees.of(clause, ("",))))
        return "center" if there[0][1].position != "center" else "top" if clause.has("word", "low") else "bottom"
    further = any(item.said.lower() in _FURTHER for item in clause.items) and clause.has("measure")
    further = further or any(item.said.lower() in _RAISED for item in clause.items)
    said = [item for item in clause.items if not (item.silent or item.mark or item.joins)]
    further = further or all(item.has("thing") or item.said.lower() in _FURTHER for item in said)
    if not there or not (clause.all("act", "move", "show") or further):
        return None
    bare = degrees.of(clause, ("",))
    stays = clause.has("act", "keep", "hold", "linger") and clause.has("degree", "length+", "length-")
    if not bare or stays or clause.place is not None or degrees.amounts(clause, "second"):
        return None
    clause.take(*(each.at for each in bare))
    side = next((name for name in ("left", "right") if there[0][1].position.endswith(name)), "")
    if clause.has("measure", "bit") and there[0][1].position.startswith("bottom" if bare[0].sign > 0 else "top"):
        return cast(Position, side or "center")
    return "-".join(part for part in ("top" if bare[0].sign > 0 else "bottom", side) if part)  # type: ignore[return-value]


def _restyle(clause: Clause, talk: Talk, texts: Texts) -> None:
    colors = paint.of(clause)
    styles = {clause.items[at].value("style"): clause.items[at].negated for at in clause.all("style")}
    removed = clause.has("act", "remove") or clause.has("measure", "too")
    sizes = [each for each in degrees.of(clause, ("size",)) if not clause.items[each.at].has("style")]
    sizes = sizes or _bare_size(clause)
    said: dict[str, object] = {}
    wanted = [each for each in colors if not each.negated]
    if wanted:
        said["color"] = wanted[0].colors[len(wanted[0].colors) // 2]
        clause.take(*(each.at for each in colors))
    for name, on, off in (("bold", "bold", "regular"), ("italic", "italic", "upright")):
        if on in styles or off in styles:
            said[name] = on in styles and not (styles[on] or removed)
    clause.take_kind("style")
    if sizes:
        clause.take(*(each.at for each in sizes))
        said["size_by"] = degrees.times(clause, sizes[-1].sign, step=_STEP)
    elif clause.has("word", "unreadable"):
        said["size_by"] = _STEP
        clause.take_kind("word", "unreadable")
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
    """Tell whether a factor is that of letters: ``the title twice as big``, but not ``half as long``."""
    if clause.has("word", "long") or clause.has("degree", "length+", "length-") or _lasts(clause):
        return bool(clause.all("dimension", "size"))
    return bool(clause.all("thing", "text", *text_target.ROLES) or clause.all("dimension", "size"))


def _lasts(clause: Clause) -> bool:
    """Tell whether a clause is about how long words are there: ``标题停留时间减半``."""
    return clause.has("act", "trim", "linger", "hold") or clause.has("word", "lasting")


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


def consume(clause: Clause) -> None:
    """Mark as read all that words took from a clause, so that no other intent takes it again."""
    for kind in ("act", "thing", "position", "style", "fade", "ink", "reference"):
        clause.take_kind(kind)
    if clause.has("measure", "too") or clause.has("word", "unreadable"):
        # ``too big for a phone``
        clause.take_kind("shape")
    clause.take(*(each.at for each in degrees.of(clause, ("size", "time", "length", "opacity"))))
    clause.take(*(each.at for each in paint.of(clause)))
    clause.take(*(at for at, item in enumerate(clause.items) if item.quantity or item.place or item.quote))
