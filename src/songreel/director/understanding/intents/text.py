"""Words on the picture: add, say something else, remove; all else in `text_there`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from songreel.director.understanding import degrees, paint, references
from songreel.director.understanding.clauses import Clause
from songreel.director.understanding.intents import (
    lyrics,
    text_gone,
    text_new,
    text_spelling,
    text_target,
    text_there,
    text_times,
    text_words,
)
from songreel.director.understanding.intents.text_target import Target
from songreel.director.understanding.talk import Subject, Talk
from songreel.model import edit as edits
from songreel.model.edit import LyricLine, Texts, Where
from songreel.model.timeline import Position, TextRole, TextStyle

_BIG, _SMALL = 1.5, 0.65


def read(clause: Clause, talk: Talk) -> None:
    """Understand what a clause says of words on the picture."""
    if text_words.read(clause, talk) or text_spelling.respelled(clause, talk) or not _about_words(clause, talk):
        return
    if text_there.faded_so(clause, talk):
        return
    text_gone.taken_down(clause)
    contents = _contents(clause, talk)
    if not contents and (text_there.each_new(clause, talk) or text_there.exchange(clause, talk)):
        return
    target = text_target.find(clause, talk)
    if not contents and target.there and _hurried(clause):
        text_times.lengthen(clause, talk, target)
        text_there.consume(clause)
        return
    gone = clause.negative and not contents and text_gone.unwanted(clause, talk, target)
    if gone or (not contents and text_there.repeated(clause, talk, target)):
        return
    if contents and _settled(clause, talk, contents):
        return
    title = talk.situation.timeline.title if talk.situation.timeline else ""
    if title and not contents and not target.there and target.role == "title" and clause.has("act", "add"):
        _added(clause, talk, title, "title")
    elif contents and not (clause.has("negator") and all(clause.items[at].negated for at, _ in contents)):
        _said(clause, talk, target, contents)
    else:
        text_there.change(clause, talk, target)
        _later_only(talk)


def _later_only(talk: Talk) -> None:
    """Let words that come later not be removed from what is before: ``no text in the intro, show it in the verse``."""
    before, last = (None, *talk.edits)[-2:] if talk.edits else (None, None)
    if not (isinstance(before, edits.RemoveText) and isinstance(last, edits.RetimeText)) or last.start is None:
        return
    ends = [stretch.end for stretch in before.where.stretches]
    if ends and before.texts == last.texts and all(end is not None and end <= last.start for end in ends):
        talk.edits.remove(before)


def _settled(clause: Clause, talk: Talk, contents: Sequence[tuple[int, str]]) -> bool:
    """Put words beside others that are only named for it, or say that those to be removed are not there."""
    if text_target.anchored(clause):
        for _, words in contents:
            _added(clause, talk, words, "subtitle" if clause.has("thing", "subtitle") else "caption")
        text_there.consume(clause)
    elif text_gone.missing(clause) and not text_there.pending(talk):
        talk.cannot("no-text", what=f"“{contents[0][1]}”")
    else:
        return False
    clause.take_all()
    return True


def _about_words(clause: Clause, talk: Talk) -> bool:
    if any(item.quote is not None for at, item in enumerate(clause.items) if at not in clause.used):
        return True
    if clause.all("thing", "text", *text_target.ROLES) or text_target.counted(clause, talk.stage):
        return True
    if text_target.standing(replace(clause, used=set(clause.used)), talk.stage) is not None:
        return True
    drawn = [at for at in clause.all("scene", "look", "visualizer") if not clause.items[at].has("word", "line")]
    if references.named(clause, talk.stage) and not drawn:
        return True
    back = talk.subject is not None and talk.subject.kind == "text"
    framed = clause.all("position")
    fresh = bool(talk.edits)
    if text_there.last_fade(talk) and clause.all("thing", "fade") and clause.place is None:
        return not clause.all("thing", "song", "picture", "video")
    idle = ("fade",) if fresh else ()
    idle = (*idle, "picture") if framed else idle
    others = [at for at in clause.all("thing") if not clause.items[at].has("thing", *idle) or not idle]
    if (fresh or _colored_last(talk)) and len(paint.of(clause)) == 1:
        others = [at for at in others if not clause.items[at].has("thing", "palette")]
    dressed = any(clause.all(kind) for kind in ("visualizer", "effect", "transition"))
    if not back or others or dressed or not (fresh or talk.heard or references.refers(clause)):
        return False
    if clause.has("word", "mutual") and clause.has("reference") and len(talk.stage.texts) == 2:
        return True
    if text_there.repeats(clause) or text_there.nudges(clause, talk):
        return True
    return _says_of_words(clause) or (_worded(talk) and _goes_on(clause, talk))


def _bare_time(clause: Clause) -> bool:
    """Tell whether nothing but a length of time is said: ``give it eight seconds``."""
    said = [item for item in clause.items if not (item.silent or item.mark or item.has("reference"))]
    return all(
        item.quantity is not None
        or item.has("act", "add", "change", "only", "show", "write")
        or item.has("degree", "+")
        or item.has("measure", "most", "enough")
        or item.has("word", "every", "for")
        for item in said
    )


def _hurried(clause: Clause) -> bool:
    """Tell whether somebody finds that words are shown too briefly: ``the title goes away too quickly``."""
    briefly = degrees.of(clause, ("pace", "time", "length"))
    too = clause.has("measure", "too") or clause.has("word", "complaint")
    return bool(too and briefly) and clause.has("act", "vanish") and not clause.has("negator")


def _worded(talk: Talk) -> bool:
    """Tell whether this message has just said something of words."""
    if not talk.edits and talk.heard and talk.subject is not None:
        return talk.subject.kind == "text"
    return bool(talk.edits) and (
        hasattr(talk.edits[-1], "texts") or isinstance(talk.edits[-1], edits.AddText | edits.Retitle)
    )


def _goes_on(clause: Clause, talk: Talk) -> bool:
    """Tell whether a clause that names nothing goes on with words of the same message: when, how long, how softly."""
    if degrees.amounts(clause, "second", "beat", "bar") and (clause.all("act", "hold", "linger") or _bare_time(clause)):
        return True
    if clause.all("act", "linger", "hold") and _only_stays(clause):
        return True
    softly = clause.place is None and any(
        # ``start from black`` is said of the picture.
        not ("black" in clause.items[at].said.lower() or "黑" in clause.items[at].said)
        for at in clause.all("fade", "in", "out", "both")
    )
    if clause.place is not None and _only_then(clause) and not clause.has("act", "only", "hold", "linger"):
        return clause.place.said.startswith("等") or any(isinstance(edit, edits.RetimeText) for edit in talk.edits[-1:])
    there = clause.place is not None and clause.all("act", "move", "show", "hold", "only", "keep")
    other = any(clause.has(kind) for kind in ("effect", "transition", "look", "scene", "degree"))
    other = (
        other
        or clause.has("act", "trim")
        or any(item.has("ask") and not item.has("ask", "suggest") for item in clause.items)
    )
    return bool(softly or there) and not other and not any(item.asset for item in clause.items)


def _only_stays(clause: Clause) -> bool:
    """Tell whether nothing but that something stays is said: ``and stay``, ``and leave it there``."""
    said = [item for item in clause.items if not (item.silent or item.mark)]
    return all(item.has("act", "hold", "linger") or item.has("reference") or item.joins for item in said)


def _colored_last(talk: Talk) -> bool:
    """Tell whether the latest turn colored words, so that “the color” is theirs."""
    past = talk.situation.past
    return bool(past) and any(isinstance(edit, edits.RestyleText) and edit.color for edit in past[-1].edits)


def _says_of_words(clause: Clause) -> bool:
    return bool(
        clause.all("position")
        or clause.all("dimension", "size", "position")
        or clause.all("style")
        or (clause.all("ink") and clause.has("reference"))
        or (len(paint.of(clause)) == 1 and (clause.has("reference") or not (clause.place or _tinted(clause))))
        or degrees.of(clause, ("size", "time", "opacity"))
        or clause.all("act", "vanish")
        or (clause.all("act", "linger") and degrees.of(clause, ("length",)))
        or (clause.has("reference") and (clause.negative or degrees.of(clause, ("length",)) or clause.all("fade")))
        or ((clause.has("reference") or clause.has("word", "name")) and clause.all("act", *text_new.PUT))
        or (clause.has("reference") and clause.place is not None and _only_then(clause))
        or (clause.has("reference") and text_times.edges(clause))
        or (clause.has("act", "remove") and _only_that(clause))
    )


def _tinted(clause: Clause) -> bool:
    """Tell whether a color is said of all the others: ``more blue``, ``blue colors``."""
    more = any(clause.items[max(at - 1, 0)].has("degree", "+") for at in clause.all("color"))
    return more or any(clause.items[at].said.lower().endswith("s") for at in clause.all("thing", "palette"))


def _only_then(clause: Clause) -> bool:
    """Tell whether nothing but when is said of “it”: ``make that the last six seconds``."""
    said = [item for item in clause.items if not (item.silent or item.mark or item.has("turn"))]
    until = any(item.place is not None and item.place.open == "until" for item in said)
    return all(
        item.place is not None
        or item.has("reference")
        or item.has("act", "change", "again")
        or (until and (item.has("act", "keep", "hold") or item.has("word", "shown")))
        for item in said
    )


def _only_that(clause: Clause) -> bool:
    """Tell whether nothing but “it” is to be removed: ``remove``, ``delete that again``."""
    return all(
        item.has("act", "remove", "again")
        or item.has("word", "ugly")
        or item.has("reference")
        or item.silent
        or item.mark
        or (item.quantity is not None and item.quantity.kind == "ordinal")
        for item in clause.items
    )


def _contents(clause: Clause, talk: Talk) -> list[tuple[int, str]]:
    """Return the new words of a clause: what is quoted and not on the picture yet, or stands after a word for “to”."""
    quoted = [
        (at, item.quote) for at, item in enumerate(clause.items) if item.quote is not None and at not in clause.used
    ]
    new = [(at, words) for at, words in quoted if not _there(clause, talk, at, words)]
    if not new and quoted and clause.has("act", "add", "write") and not clause.negative:
        return quoted
    return new


def _said(clause: Clause, talk: Talk, target: Target, contents: Sequence[tuple[int, str]]) -> None:
    """Put words on the picture, or let those there say something else."""
    at, words = contents[-1] if _exchanged(clause, contents) else contents[0]
    clause.take(*(each for each, _ in contents))
    if words.startswith(("@", "#")):
        clause.take_kind("platform")
    role = text_target.role_of(Clause(clause.items[:at])) or text_target.role_of(clause) or _cued(clause, at)
    if clause.has("thing", "subtitle") and any(
        item.has("thing", "subtitle") for item in clause.items[max(at - 2, 0) : at]
    ):
        role = "subtitle"
    if role == "lyric" and not target.there:
        lines = [line for _, said in contents for line in lyrics.parted(said)]
        where = text_new.shown(clause, talk) if clause.place else Where()
        if where is not None:
            edit = edits.SetLyrics(lines=tuple(LyricLine(text=line[:500]) for line in lines), where=where)
            talk.do(edit, subject=Subject("text", Texts(role="lyric")))
        text_there.consume(clause)
        return
    changing = clause.has("act", "change", "rename") and not clause.has("act", "add")
    changing = changing or clause.has("word", "typo") or text_spelling.corrected(clause, talk)
    gone = any(isinstance(edit, edits.RemoveText) for edit in talk.edits)
    if meant := text_spelling.misspelled(clause, talk, words, changing=changing, role=role):
        changing, target = True, meant
    old = [words for _, words in contents if words != contents[-1][1]]
    if role == "title" and any(source.role == "title" for _, source in talk.stage.texts):
        talk.do(edits.Retitle(title=words), subject=Subject("text", Texts(role="title")))
        text_there.attributes(clause, talk, Texts(role="title"), ())
    elif changing and text_new.followed(clause, talk, target, words):
        pass
    elif changing and target.there and not gone and not (_exchanged(clause, contents) and old):
        talk.do(edits.ChangeText(texts=target.texts, text=words), subject=Subject("text", Texts(says=words)))
        text_there.attributes(clause, talk, Texts(says=words), ())
    else:
        _added(clause, talk, words, role or "caption")
    text_there.consume(clause)


def _there(clause: Clause, talk: Talk, at: int, words: str) -> bool:
    """Tell whether a quotation names words that are there; what they turn into may be a part of them."""
    found = references.existing(talk.stage, words)
    turned = any(item.has("act", "change", "rename") for item in clause.items[max(at - 2, 0) : at])
    turned = turned or (at > 0 and clause.has("act", "change") and clause.items[at - 1].has("word", "into"))
    exact = any(references.plain(source.text) == references.plain(words) for _, source in found)
    return bool(found) and (exact or not turned)


def _cued(clause: Clause, at: int) -> TextRole | None:
    cue = clause.items[at].cue
    near = clause.items[max(0, at - 4) : at]
    renamed = any(item.has("act", "rename") for item in near) and not clause.has("word", "line")
    if cue == "title" and (renamed or any(item.has("thing", "title") for item in near)):
        return "title"
    replaced = any(item.has("act", "change") for item in near)
    return "artist" if cue == "artist" and not replaced else None


def _exchanged(clause: Clause, contents: Sequence[tuple[int, str]]) -> bool:
    return len(contents) > 1 and clause.has("act", "change")


def _added(clause: Clause, talk: Talk, words: str, role: TextRole) -> None:
    where = text_new.shown(clause, talk)
    if where is None:
        return
    model = text_new.model(clause, talk)
    position = text_there.position_of(clause) or _beside(clause) or (model.position if model else None)
    colors = [each for each in paint.of(clause) if not each.feeling]
    sizes = degrees.of(clause, ("size",))
    size = 1.0
    if sizes:
        size = _BIG if sizes[0].sign > 0 else _SMALL
    fade_in, fade_out = text_there.fades_of(clause)
    style = TextStyle(
        color=colors[0].colors[0] if colors else None,
        size=size,
        bold=bool(clause.all("style", "bold")),
        italic=bool(clause.all("style", "italic")),
    )
    if model is not None and clause.has("reference", "same"):
        style = model.style.evolve(color=style.color or model.style.color)
    role = model.role if model is not None and role == "caption" else role
    edit = edits.AddText(
        text=words[:500], role=role, where=where, position=position, style=style,
        fade_in_s=fade_in or Fraction(0), fade_out_s=fade_out or Fraction(0),
    )  # fmt: skip
    text_new.make_room(edit, talk)
    talk.do(edit, subject=Subject("text", Texts(says=words)))


def _beside(clause: Clause) -> Position | None:
    """Return where words stand that are put under or over others, or into some corner."""
    if clause.has("word", "under"):
        return "bottom"
    if clause.has("word", "over"):
        return "top"
    return "bottom-right" if clause.has("word", "corner") else None
