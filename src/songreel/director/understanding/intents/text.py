"""Words on the picture: add, say something else, move, restyle, retime, fade, remove."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from songreel.director.understanding import degrees, paint, references
from songreel.director.understanding.clauses import Clause
from songreel.director.understanding.intents.sound import ways_beside
from songreel.director.understanding.places import Place
from songreel.director.understanding.references import plain
from songreel.director.understanding.talk import Subject, Talk
from songreel.model import edit as edits
from songreel.model.edit import Stretch, Texts, Where
from songreel.model.timeline import Clip, Position, TextRole, TextSource, TextStyle

_ROLES: tuple[TextRole, ...] = ("title", "artist", "subtitle", "lyric", "caption")
_STEP = 1.3
_USUAL_S = Fraction(4)
_BIG, _SMALL = 1.5, 0.65
_SHIFT_S = Fraction(2)
_LONGER = 1.5


@dataclass(frozen=True)
class _Target:
    """Which words are meant, and those of them that are on the picture."""

    texts: Texts
    there: tuple[tuple[Clip, TextSource], ...]
    role: TextRole | None


def read(clause: Clause, talk: Talk) -> None:
    """Understand what a clause says of words on the picture."""
    if not _about_words(clause, talk):
        return
    contents = _contents(clause, talk)
    target = _target(clause, talk)
    if clause.negative and not contents and _unwanted(clause, talk, target):
        return
    if contents and not (clause.has("negator") and all(clause.items[at].negated for at, _ in contents)):
        _said(clause, talk, target, contents)
    else:
        _changed(clause, talk, target)


def _about_words(clause: Clause, talk: Talk) -> bool:
    if any(item.quote is not None for at, item in enumerate(clause.items) if at not in clause.used):
        return True
    if clause.all("thing", "text", *_ROLES):
        return True
    if references.named(clause, talk.stage) and not clause.all("scene", "look", "visualizer"):
        return True
    back = talk.subject is not None and talk.subject.kind == "text"
    framed = clause.all("position")
    others = [at for at in clause.all("thing") if not (framed and clause.items[at].has("thing", "picture"))]
    fresh = bool(talk.edits)
    if (fresh or _colored_last(talk)) and len(paint.of(clause)) == 1:
        others = [at for at in others if not clause.items[at].has("thing", "palette")]
    if not back or others or clause.all("visualizer") or not (fresh or references.refers(clause)):
        return False
    return _says_of_words(clause) or (fresh and bool(clause.all("act", "hold") and degrees.amounts(clause, "second")))


def _colored_last(talk: Talk) -> bool:
    """Tell whether the latest turn colored words, so that “the color” is theirs."""
    past = talk.situation.past
    return bool(past) and any(isinstance(edit, edits.RestyleText) and edit.color for edit in past[-1].edits)


def _says_of_words(clause: Clause) -> bool:
    return bool(
        clause.all("position")
        or clause.all("dimension", "size", "position")
        or clause.all("style")
        or len(paint.of(clause)) == 1
        or degrees.of(clause, ("size", "time", "opacity"))
        or clause.all("act", "vanish")
        or (clause.has("reference") and (clause.negative or degrees.of(clause, ("length",)) or clause.all("fade")))
        or (clause.has("reference") and (clause.all("act", "hold") or clause.all("act", "move", "show")))
        or (clause.has("act", "remove") and _only_that(clause))
    )


def _only_that(clause: Clause) -> bool:
    """Tell whether nothing but “it” is to be removed: ``remove``, ``delete that again``."""
    return all(
        item.has("act", "remove") or item.has("reference") or item.silent or item.mark or item.has("act", "again")
        for item in clause.items
    )


def _contents(clause: Clause, talk: Talk) -> list[tuple[int, str]]:
    """Return the new words of a clause: what is quoted and not on the picture yet, or stands after a word for “to”."""
    quoted = [
        (at, item.quote) for at, item in enumerate(clause.items) if item.quote is not None and at not in clause.used
    ]
    new = [(at, words) for at, words in quoted if not references.existing(talk.stage, words)]
    if not new and quoted and clause.has("act", "add", "write") and not clause.negative:
        return quoted
    return new


def _target(clause: Clause, talk: Talk) -> _Target:
    """Return the words that a clause is about: named, in a role, in order, or spoken of last."""
    stage = talk.stage
    if named := references.named(clause, stage):
        return _Target(Texts(clips=tuple(clip.id for clip, _ in named)), tuple(named), named[0][1].role)
    roles = _roles(clause)
    if len(roles) > 1:
        both = tuple(pair for pair in stage.texts if pair[1].role in roles)
        return _Target(Texts(clips=tuple(clip.id for clip, _ in both)), both, None)
    role = roles[0] if roles else None
    captioned = any(source.role == "caption" for _, source in stage.texts)
    general = bool(clause.all("thing", "text")) and (role is None or (role == "caption" and not captioned))
    there = [pair for pair in stage.texts if general or role is None or pair[1].role == role]
    number = references.ordinal(clause)
    if number is not None:
        there = there if role or general or talk.subject is None else _like(talk.subject, there)
        place = number - 1 if number > 0 else len(there) + number
        chosen = [there[place]] if 0 <= place < len(there) else []
        return _Target(
            Texts(clips=tuple(clip.id for clip, _ in chosen), role=None if chosen else role), tuple(chosen), role
        )
    if (back := _spoken_of(clause, talk, role, general=general)) is not None:
        return back
    if general or (role is None and clause.has("word", "every")):
        return _Target(Texts(), tuple(stage.texts), None)
    return _Target(Texts(role=role), tuple(there), role)


def _role(clause: Clause) -> TextRole | None:
    """Return the role that is spoken of first."""
    return next(iter(_roles(clause)), None)


def _roles(clause: Clause) -> list[TextRole]:
    """Return the roles that are spoken of; words under the title are not the title."""
    places = [at for at in clause.all("thing", *_ROLES) if not _anchors(clause, at)]
    found = [next(role for role in _ROLES if clause.items[at].has("thing", role)) for at in places]
    return list(dict.fromkeys(found))


def _anchors(clause: Clause, at: int) -> bool:
    before = [item for item in clause.items[:at] if not item.silent or item.has("word", "under", "over")]
    after = clause.items[at + 1 : at + 2]
    beside = before[-1:] if clause.items[at].said.isascii() else after
    return bool(beside) and beside[0].has("word", "under", "over") and any(item.quote for item in clause.items)


def _like(subject: Subject, there: Sequence[tuple[Clip, TextSource]]) -> list[tuple[Clip, TextSource]]:
    roles = {source.role for _, source in there if _meant(subject.texts, _, source)}
    return [pair for pair in there if not roles or pair[1].role in roles]


def _meant(texts: Texts | None, clip: Clip, source: TextSource) -> bool:
    if texts is None:
        return False
    return (
        (not texts.clips or clip.id in texts.clips)
        and (texts.role is None or source.role == texts.role)
        and (texts.says is None or plain(texts.says) == plain(source.text))
    )


def _spoken_of(clause: Clause, talk: Talk, role: TextRole | None, *, general: bool) -> _Target | None:
    """Return the words spoken of last, where the clause names no others, or only “the text” or “the caption”."""
    subject = talk.subject
    if subject is None or subject.kind != "text" or subject.texts is None:
        return None
    there = tuple(pair for pair in talk.stage.texts if _meant(subject.texts, *pair))
    every = clause.has("word", "every") or any(_plural(item.said) for item in clause.items if item.has("thing"))
    if every or (general and not clause.has("reference") and len(talk.stage.texts) > 1):
        return None
    roles = {source.role for _, source in there}
    if clause.has("reference", "other-one") and (other := _others(talk, there)):
        return other
    if role is not None and not general and there and role not in roles:
        return None
    if role is not None and not general and len({*roles}) > 1:
        return None
    return _Target(subject.texts, there, role or next(iter(roles), None))


def _others(talk: Talk, there: Sequence[tuple[Clip, TextSource]]) -> _Target | None:
    ids = {clip.id for clip, _ in there}
    others = tuple(pair for pair in talk.stage.texts if pair[0].id not in ids)
    return _Target(Texts(clips=tuple(clip.id for clip, _ in others)), others, None) if others else None


def _plural(word: str) -> bool:
    return word.lower() in ("titles", "captions", "texts", "subtitles")


def _unwanted(clause: Clause, talk: Talk, target: _Target) -> bool:
    """Remove words; False where something else is not wanted about them, such as their color."""
    things = clause.all("thing", "text", *_ROLES)
    styled = clause.all("style") or clause.all("position") or clause.all("fade") or degrees.of(clause)
    spoken = things or any(item.quote is not None for item in clause.items)
    acted = clause.all("act", "remove") or any(clause.items[at].negated for at in things)
    acted = acted or (spoken and clause.has("negator"))
    if styled and not clause.all("act", "remove"):
        return False
    if clause.all("fade") or not acted or (clause.all("style") and clause.all("act", "remove")):
        return False
    clause.take(*things)
    clause.take_kind("act")
    clause.take_kind("position")
    if not target.there and talk.situation.timeline is not None and not _pending(talk):
        talk.cannot("no-text", what=_name(talk, target))
        return True
    where = clause.place
    if where is not None and not where.whole and not where.point and len(target.there) > 1:
        target = _during(talk, target, where.stretches)
    talk.do(edits.RemoveText(texts=target.texts), subject=Subject("text", target.texts))
    talk.verb = "remove"
    return True


def _during(talk: Talk, target: _Target, spans: Sequence[tuple[Fraction, Fraction]]) -> _Target:
    seconds = talk.stage.seconds
    there = tuple(
        pair
        for pair in target.there
        if any(seconds(pair[0].start) < high and low < seconds(pair[0].end) for low, high in spans)
    )
    return _Target(Texts(clips=tuple(clip.id for clip, _ in there)), there, target.role) if there else target


def _pending(talk: Talk) -> bool:
    """Tell whether the words meant are being put there by this very message."""
    return any(isinstance(edit, edits.AddText | edits.Retitle | edits.SetLyrics) for edit in talk.edits)


def _name(talk: Talk, target: _Target) -> str:
    return talk.word("roles", target.role or "text")


# -- words that are to be said ---------------------------------------------------------------------------------------


def _said(clause: Clause, talk: Talk, target: _Target, contents: Sequence[tuple[int, str]]) -> None:
    """Put words on the picture, or let those there say something else."""
    at, words = contents[-1] if _exchanged(clause, contents) else contents[0]
    clause.take(*(each for each, _ in contents))
    role = _role(clause) or _cued(clause, at)
    changing = clause.has("act", "change", "rename") and not clause.has("act", "add")
    old = [words for _, words in contents if words != contents[-1][1]]
    if role == "title" and any(source.role == "title" for _, source in talk.stage.texts):
        talk.do(edits.Retitle(title=words), subject=Subject("text", Texts(role="title")))
        _attributes(clause, talk, Texts(role="title"), ())
    elif changing and target.there and not (_exchanged(clause, contents) and old):
        talk.do(edits.ChangeText(texts=target.texts, text=words), subject=Subject("text", Texts(says=words)))
        _attributes(clause, talk, Texts(says=words), ())
    else:
        _added(clause, talk, words, role or "caption")
    _consume(clause)


def _cued(clause: Clause, at: int) -> TextRole | None:
    cue = clause.items[at].cue
    near = clause.items[max(0, at - 4) : at]
    if cue == "title" and any(item.has("thing", "title") or item.has("act", "rename") for item in near):
        return "title"
    return "artist" if cue == "artist" else None


def _exchanged(clause: Clause, contents: Sequence[tuple[int, str]]) -> bool:
    return len(contents) > 1 and clause.has("act", "change")


def _added(clause: Clause, talk: Talk, words: str, role: TextRole) -> None:
    where = _shown(clause, talk)
    if where is None:
        return
    position = _position(clause)
    colors = [each for each in paint.of(clause) if not each.feeling]
    sizes = degrees.of(clause, ("size",))
    size = 1.0
    if sizes:
        size = _BIG if sizes[0].sign > 0 else _SMALL
    fade_in, fade_out = _fades(clause)
    style = TextStyle(
        color=colors[0].colors[0] if colors else None,
        size=size,
        bold=bool(clause.all("style", "bold")),
        italic=bool(clause.all("style", "italic")),
    )
    edit = edits.AddText(
        text=words[:500], role=role, where=where, position=position, style=style,
        fade_in_s=fade_in or Fraction(0), fade_out_s=fade_out or Fraction(0),
    )  # fmt: skip
    talk.do(edit, subject=Subject("text", Texts(says=words)))


def _shown(clause: Clause, talk: Talk) -> Where | None:
    """Return when new words are shown; None, with the problem told, where the place is not in the video."""
    place = clause.place
    length = degrees.seconds(clause, talk.stage.beat_s, talk.stage.bar_s)
    lasts = length[1] if length else None
    if place is None:
        return Where(stretches=(Stretch(start=Fraction(0), end=lasts or _USUAL_S),))
    if place.missing:
        talk.cannot("no-place", place=talk.word("places", place.missing), has=_has(talk))
        return None
    if place.whole:
        return Where(stretches=(Stretch(start=Fraction(0)),))
    spans = place.stretches
    if place.point or lasts is not None:
        until = lasts or _USUAL_S
        spans = tuple((low, low + until) for low, _ in spans)
        if place.point and place.clock == "video":
            length_s = talk.stage.length
            spans = tuple((low, min(high, length_s) if low < length_s else high) for low, high in spans)
    return Where(
        stretches=tuple(Stretch(start=low, end=high) for low, high in spans), clock=place.clock, said=place.said[:200]
    )


def _has(talk: Talk) -> str:
    labels = dict.fromkeys(part.label for part in talk.stage.parts)
    return ", ".join(talk.word("places", label) for label in labels) or "–"


def _position(clause: Clause) -> Position | None:
    """Return the wanted position; the one that is not wanted only counts for nothing."""
    found = [at for at in clause.all("position") if not clause.items[at].negated]
    values = [clause.items[at].value("position") for at in found]
    clause.take_kind("position")
    if len({*values}) > 1:
        values = [value for value in values if value != "center"]
    if "top" in values and ("left" in values or "right" in values):
        return "top-left" if "left" in values else "top-right"
    if "bottom" in values and ("left" in values or "right" in values):
        return "bottom-left" if "left" in values else "bottom-right"
    return values[-1] if values else None  # type: ignore[return-value]


def _fades(clause: Clause) -> tuple[Fraction | None, Fraction | None]:
    ways = {clause.items[at].value("fade") for at in clause.all("fade")} or ways_beside(clause)
    if not ways:
        return None, None
    clause.take_kind("fade")
    if clause.negative:
        seconds = Fraction(0)
    else:
        found = degrees.amounts(clause, "second", "")
        clause.take(*(at for at, _ in found))
        seconds = found[0][1].value if found else Fraction(1)
    both = "both" in ways
    return seconds if both or "in" in ways else None, seconds if both or "out" in ways else None


# -- words that are there --------------------------------------------------------------------------------------------


def _changed(clause: Clause, talk: Talk, target: _Target) -> None:
    """Move, restyle, retime or fade words that are there."""
    before = len(talk.edits)
    pending = _pending(talk)
    if not target.there and not pending and talk.situation.timeline is not None:
        if clause.all("thing", "title") and clause.has("act", "add") and talk.situation.timeline.title:
            _added(clause, talk, talk.situation.timeline.title, "title")
        elif clause.all("thing", "text", *_ROLES):
            talk.cannot("no-words" if clause.has("act", "add", "write") else "no-text", what=_name(talk, target))
        else:
            return
    else:
        _attributes(clause, talk, target.texts, target.there)
    if len(talk.edits) > before or talk.problems or clause.all("thing", "text", *_ROLES):
        talk.subject = Subject("text", target.texts)
        if len(talk.edits) > before:
            _consume(clause)


def _attributes(clause: Clause, talk: Talk, texts: Texts, there: Sequence[tuple[Clip, TextSource]]) -> None:
    if (position := _position(clause) or _nudged(clause, there)) is not None:
        talk.do(edits.MoveText(texts=texts, position=position))
    fade_in, fade_out = _fades(clause)
    if fade_in is not None or fade_out is not None:
        talk.do(edits.FadeText(texts=texts, in_s=fade_in, out_s=fade_out))
    _restyle(clause, talk, texts)
    _retime(clause, talk, texts, there)


def _nudged(clause: Clause, there: Sequence[tuple[Clip, TextSource]]) -> Position | None:
    """Return where words go that are to be moved up or down."""
    if not there or not clause.all("act", "move", "show"):
        return None
    bare = degrees.of(clause, ("",))
    if not bare:
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
        said["size_by"] = degrees.times(clause, sizes[0].sign, step=_STEP)
    elif percent := _percent_size(clause):
        said["size"] = percent
    elif clause.all("thing", "text", *_ROLES) and (factor := degrees.amounts(clause, "factor")):
        clause.take(factor[0][0])
        said["size_by"] = float(factor[0][1].value)
    if said:
        talk.do(edits.RestyleText(texts=texts, **said))


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
    if span and not lengths and clause.all("act", "hold") and (more := degrees.of(clause, ("",))):
        lengths = more
    if place is not None and place.missing:
        talk.cannot("no-place", place=talk.word("places", place.missing), has=_has(talk))
    elif shifts:
        size = span[1] if span else _SHIFT_S * Fraction(shifts[0].strength)
        talk.do(edits.RetimeText(texts=texts, shift=shifts[0].sign * size))
    elif lengths and there:
        clip = there[0][0]
        now = talk.stage.seconds(clip.end) - talk.stage.seconds(clip.start)
        factor = Fraction(degrees.times(clause, lengths[0].sign, step=_LONGER))
        grown = now + lengths[0].sign * span[1] if span else now * factor
        talk.do(edits.RetimeText(texts=texts, seconds=max(grown.limit_denominator(1000), Fraction(1, 2))))
    elif place is not None:
        _retimed(clause, talk, texts, there, span=span[1] if span else None)
    elif span is not None:
        talk.do(edits.RetimeText(texts=texts, seconds=span[1]))


def _retimed(
    clause: Clause, talk: Talk, texts: Texts, there: Sequence[tuple[Clip, TextSource]], *, span: Fraction | None
) -> None:
    place = clause.place
    if place is None:
        return
    if place.whole:
        talk.do(edits.RetimeText(texts=texts, whole=True))
        return
    low, high = place.stretches[0]
    if clause.all("act", "vanish"):
        talk.do(edits.RetimeText(texts=texts, end=low, clock=place.clock))
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


def _consume(clause: Clause) -> None:
    """Mark as read all that words took from a clause, so that no other intent takes it again."""
    for kind in ("act", "thing", "position", "style", "fade", "reference"):
        clause.take_kind(kind)
    clause.take(*(each.at for each in degrees.of(clause, ("size", "time", "length", "opacity"))))
    clause.take(*(each.at for each in paint.of(clause)))
    clause.take(*(at for at, item in enumerate(clause.items) if item.quantity or item.place or item.quote))
