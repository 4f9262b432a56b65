"""Words on the picture: add, say something else, remove; all else in `text_there`."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from songreel.director.understanding import degrees, paint, references
from songreel.director.understanding.clauses import Clause
from songreel.director.understanding.intents import (
    lyrics,
    text_fades,
    text_gone,
    text_meant,
    text_new,
    text_spelling,
    text_target,
    text_there,
    text_times,
    text_turns,
    text_words,
)
from songreel.director.understanding.intents.text_target import Target
from songreel.director.understanding.item import Item
from songreel.director.understanding.talk import Subject, Talk
from songreel.model import edit as edits
from songreel.model.edit import LyricLine, Texts, Where
from songreel.model.timeline import Position, TextRole, TextStyle

_BIG, _SMALL = 1.5, 0.65


def read(clause: Clause, talk: Talk) -> None:
    """Understand what a clause says of words on the picture."""
    if _goes_with_last(clause, talk):
        clause.take_all()
        return
    if text_gone.unpainted(clause, talk):
        return
    if text_there.sized_so(clause, talk) or text_words.read(clause, talk) or text_spelling.respelled(clause, talk):
        return
    if not text_meant.about_words(clause, talk):
        return
    if text_fades.faded_so(clause, talk) or text_there.each_placed(clause, talk):
        return
    text_gone.taken_down(clause)
    contents = _contents(clause, talk)
    if not contents and (text_turns.each_new(clause, talk) or text_there.exchange(clause, talk)):
        return
    target = text_target.find(clause, talk)
    if _settled(clause, talk, contents) if contents else _kept_or_gone(clause, talk, target):
        return
    title = talk.situation.timeline.title if talk.situation.timeline else ""
    if title and not contents and not target.there and target.role == "title" and clause.has("act", "add"):
        _added(clause, talk, title, "title")
    elif contents and not (clause.has("negator") and all(clause.items[at].negated for at, _ in contents)):
        _said(clause, talk, target, contents)
    else:
        text_there.change(clause, talk, target)
        _later_only(talk)


def _kept_or_gone(clause: Clause, talk: Talk, target: Target) -> bool:
    """Let words that are there last longer, go, or come once more, where a clause only asks for that."""
    if target.there and _hurried(clause):
        text_times.lengthen(clause, talk, target)
        text_there.consume(clause)
        return True
    gone = clause.negative and text_gone.unwanted(clause, talk, target)
    return gone or text_there.repeated(clause, talk, target)


def _goes_with_last(clause: Clause, talk: Talk) -> bool:
    """Tell whether a clause says only where lyrics are that this message shows, or why words stay longer."""
    return text_turns.sung_there(clause, talk) or _only_why(clause, talk) or text_gone.told_twice(clause, talk)


def _only_why(clause: Clause, talk: Talk) -> bool:
    """Tell whether it is only told why words should be there for longer: ``标题时间翻倍，我妈来不及看``."""
    last = talk.edits[-1] if talk.edits else None
    felt = degrees.of(clause)
    why = bool(felt) and all(each.quality == "urge" for each in felt) and not (clause.has("thing") or clause.has("act"))
    talk.heard += why and isinstance(last, edits.RetimeText)
    return why and isinstance(last, edits.RetimeText)


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


def _hurried(clause: Clause) -> bool:
    """Tell whether somebody finds that words are shown too briefly: ``the title goes away too quickly``."""
    briefly = degrees.of(clause, ("pace", "time", "length"))
    too = clause.has("measure", "too") or clause.has("word", "complaint", "fault")
    named = clause.all("thing", *text_target.ROLES) and all(each.quality == "pace" for each in briefly)
    gone = clause.has("act", "vanish") or (named and not degrees.amounts(clause, "second"))
    return bool(too and briefly and gone) and not clause.has("negator")


def _contents(clause: Clause, talk: Talk) -> list[tuple[int, str]]:
    """Return the new words of a clause: what is quoted and not on the picture yet, or stands after a word for “to”."""
    quoted = [
        (at, item.quote) for at, item in enumerate(clause.items) if item.quote is not None and at not in clause.used
    ]
    new = [(at, words) for at, words in quoted if not _there(clause, talk, at, words)]
    if not new and quoted and any(_puts(item) for item in clause.items) and not clause.negative:
        return quoted
    return new


def _puts(item: Item) -> bool:
    """Tell whether a verb puts words there, which ``“hello”显示5秒`` and ``I want "hello" bigger`` do not."""
    return item.has("act", "add", "write") and not item.has("word", "shown", "desires")


def _said(clause: Clause, talk: Talk, target: Target, contents: Sequence[tuple[int, str]]) -> None:
    """Put words on the picture, or let those there say something else."""
    at, words = contents[-1] if _exchanged(clause, contents) else contents[0]
    clause.take(*(each for each, _ in contents))
    if words.startswith(("@", "#")):
        clause.take_kind("platform")
    role = _role(clause, at)
    respelled = text_spelling.one_word(clause, talk, words) if role is None else None
    if role == "lyric" and not target.there:
        _sung(clause, talk, contents)
    elif respelled is not None:
        clip, text = respelled
        talk.do(edits.ChangeText(texts=Texts(clips=(clip.id,)), text=text), subject=Subject("text", Texts(says=text)))
    elif clause.has("word", "typo") and not text_spelling.plausible(words, talk):
        talk.cannot("not-understood", words=clause.said[:60])
    else:
        _put(clause, talk, target, contents, words=words, role=role)
    text_there.consume(clause)


def _role(clause: Clause, at: int) -> TextRole | None:
    """Return the role of new words: what stands before them, or else anywhere, says it."""
    if any(item.has("thing", "subtitle") for item in clause.items[max(at - 2, 0) : at]):
        return "subtitle"
    return text_target.role_of(Clause(clause.items[: at + 1])) or text_target.role_of(clause) or _cued(clause, at)


def _sung(clause: Clause, talk: Talk, contents: Sequence[tuple[int, str]]) -> None:
    """Show words as lyrics, one line after another."""
    lines = [line for _, said in contents for line in lyrics.parted(said)]
    where = text_new.shown(clause, talk) if clause.place else Where()
    if where is not None:
        edit = edits.SetLyrics(lines=tuple(LyricLine(text=line[:500]) for line in lines), where=where)
        talk.do(edit, subject=Subject("text", Texts(role="lyric")))


def _put(
    clause: Clause,
    talk: Talk,
    target: Target,
    contents: Sequence[tuple[int, str]],
    *,
    words: str,
    role: TextRole | None,
) -> None:
    changing = clause.has("act", "change", "rename") and not clause.has("act", "add")
    changing = changing or clause.has("word", "typo") or text_spelling.corrected(clause, talk)
    gone = any(isinstance(edit, edits.RemoveText) for edit in talk.edits)
    if meant := text_spelling.misspelled(clause, talk, words, changing=changing, role=role):
        changing, target = True, meant
    old = [each for _, each in contents if each != contents[-1][1]]
    if role == "title" and any(source.role == "title" for _, source in talk.stage.texts):
        talk.do(edits.Retitle(title=words), subject=Subject("text", Texts(role="title")))
        text_there.attributes(clause, talk, Texts(role="title"), ())
    elif changing and text_turns.followed(clause, talk, target, words):
        return
    elif changing and target.there and not gone and not (_exchanged(clause, contents) and old):
        talk.do(edits.ChangeText(texts=target.texts, text=words), subject=Subject("text", Texts(says=words)))
        text_there.attributes(clause, talk, Texts(says=words), ())
    else:
        _added(clause, talk, words, role or "caption")
        text_turns.listed(clause, talk, contents[1:])


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
    beside = any(item.has("word", "under", "over") for item in near)
    if cue == "title" and (renamed or (not beside and any(item.has("thing", "title") for item in near))):
        return "title"
    replaced = any(item.has("act", "change") for item in near)
    return "artist" if cue == "artist" and not replaced else None


def _exchanged(clause: Clause, contents: Sequence[tuple[int, str]]) -> bool:
    return len(contents) > 1 and clause.has("act", "change") and not clause.has("word", "every", "per")


def _added(clause: Clause, talk: Talk, words: str, role: TextRole) -> None:
    where = text_new.shown(clause, talk)
    if where is None:
        return
    model = text_new.model(clause, talk)
    text_turns.placed_so(clause, talk, where)
    position = text_there.position_of(clause) or _beside(clause) or (model.position if model else None)
    colors = [each for each in paint.of(clause) if not each.feeling]
    sizes = degrees.of(clause, ("size",))
    size = 1.0
    if sizes:
        size = _BIG if sizes[0].sign > 0 else _SMALL
    fade_in, fade_out = text_fades.fades_of(clause)
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
