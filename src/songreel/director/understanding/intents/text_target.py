"""Which words on the picture a clause is about: named, in a role, in order, or spoken of last."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from songreel.director.understanding import references
from songreel.director.understanding.clauses import Clause
from songreel.director.understanding.item import Item
from songreel.director.understanding.references import plain
from songreel.director.understanding.stage import Stage
from songreel.director.understanding.talk import Subject, Talk
from songreel.model.edit import AddText, Texts
from songreel.model.timeline import Clip, Position, TextRole, TextSource

_BESIDE = ("under", "over")
_THAN = ("than", "比")
_ARTICLES = ("the", "a")
_PLACING = ("move", "show", "add", "write")
ROLES: tuple[TextRole, ...] = ("title", "artist", "subtitle", "lyric", "caption")


@dataclass(frozen=True)
class Target:
    """Which words are meant, and those of them that are on the picture."""

    texts: Texts
    there: tuple[tuple[Clip, TextSource], ...]
    role: TextRole | None


def find(clause: Clause, talk: Talk) -> Target:
    """Return the words that a clause is about: named, in a role, in order, or spoken of last."""
    stage = talk.stage
    if named := references.named(clause, stage):
        _take_name(clause, named)
        return Target(Texts(clips=tuple(clip.id for clip, _ in named)), tuple(named), named[0][1].role)
    if (
        some := counted(clause, stage) or _rest(clause, talk) or standing(clause, stage) or _sized(clause, stage)
    ) is not None:
        return Target(
            Texts(clips=tuple(clip.id for clip, _ in some)), some, some[0][1].role if len(some) == 1 else None
        )
    roles = [] if _put_beside(clause, talk) else _roles(clause)
    if not roles and (kept := _spared(clause)):
        return _all_but(kept, stage)
    if len(roles) > 1:
        both = tuple(pair for pair in stage.texts if pair[1].role in roles)
        return Target(Texts(clips=tuple(clip.id for clip, _ in both)), both, None)
    role = roles[0] if roles else None
    captioned = any(source.role == "caption" for _, source in stage.texts)
    if clause.has("reference", "both") and role is None and len(stage.texts) + len(talk.edits) > 1:
        return Target(Texts(), tuple(stage.texts), None)
    general = bool(clause.all("thing", "text")) and (role is None or (role == "caption" and not captioned))
    there = [pair for pair in stage.texts if general or role is None or pair[1].role == role]
    number = references.ordinal(clause)
    if number is not None:
        there = there if role or general or talk.subject is None else _like(talk.subject, there, number)
        place = number - 1 if number > 0 else len(there) + number
        chosen = [there[place]] if 0 <= place < len(there) else []
        return Target(
            Texts(clips=tuple(clip.id for clip, _ in chosen), role=None if chosen else role), tuple(chosen), role
        )
    if (back := _spoken_of(clause, talk, role, general=general)) is not None:
        return back
    if general or (role is None and clause.has("word", "every")):
        return Target(Texts(), tuple(stage.texts), None)
    if not there and (alone := _alone(clause, stage)):
        return Target(Texts(clips=(alone[0].id,)), (alone,), alone[1].role)
    return Target(Texts(role=role), tuple(there), role)


def anchored(clause: Clause) -> bool:
    """Tell whether words are only named for others to stand beside them: ``add a line under the title: …``."""
    if not (clause.has("act", "add", "write", "show", "also") or clause.has("degree", "+")):
        return False
    for at, item in enumerate(clause.items):
        if not item.has("thing", *ROLES) or item.has("act"):
            continue
        before = next((each for each in clause.items[:at][::-1] if not each.silent or each.has("word")), None)
        after = clause.items[at + 1] if at + 1 < len(clause.items) else None
        beneath = after is not None and not after.said.isascii() and after.has("position")
        if (beneath and after is not None and after.has("word", *_BESIDE)) or (
            before is not None and before.said.isascii() and before.has("word", *_BESIDE)
        ):
            return True
    return False


def counted(clause: Clause, stage: Stage) -> tuple[tuple[Clip, TextSource], ...] | None:
    """Return the numbers of the countdown that a clause speaks of; None where there are none to be meant."""
    numbers = tuple(pair for pair in stage.texts if pair[1].text.strip().isdigit())
    named = clause.has("word", "countdown") and not clause.has("act", "add", "write")
    return numbers if named and len(numbers) > 1 else None


def beside(clause: Clause) -> Position | None:
    """Return where words go that are put under or over others: ``the artist beneath the title``."""
    for at in clause.all("thing", *ROLES):
        if _anchors(clause, at):
            near = clause.items[max(at - 2, 0) : at + 2]
            return "bottom" if any(item.has("word", "under") for item in near) else "top"
    return None


def _rest(clause: Clause, talk: Talk) -> tuple[tuple[Clip, TextSource], ...] | None:
    """Return all words but those that this message has told to leave: ``只留标题，其他字都去掉``."""
    others = clause.has("word", "another") or clause.has("whole", "rest") or clause.has("reference", "other-one")
    return tuple(pair for pair in talk.stage.texts if pair[0].id not in talk.kept) if talk.kept and others else None


def standing(clause: Clause, stage: Stage) -> tuple[tuple[Clip, TextSource], ...] | None:
    """Return the words that are called by where they stand: ``the bottom line``, ``底下那行``, ``the lower one``."""
    for at, item in enumerate(clause.items):
        value = "bottom" if item.said.lower() == "lower" else item.value("position") if at not in clause.used else None
        if value not in ("top", "bottom") or len(stage.texts) < 2 or not _calls(clause, at):
            continue
        ranked = sorted(stage.texts, key=lambda pair: _height(pair[1].position), reverse=value == "bottom")
        if _height(ranked[0][1].position) != _height(ranked[1][1].position):
            clause.take(at)
            return (ranked[0],)
    return None


def _sized(clause: Clause, stage: Stage) -> tuple[tuple[Clip, TextSource], ...] | None:
    """Return the words that are called by their size: ``the smaller text in yellow``, ``小的那行``."""
    for at, item in enumerate(clause.items[:-1]):
        after = next((each for each in clause.items[at + 1 :] if not each.silent), None)
        called = item.said.isascii() is False or (at > 0 and clause.items[at - 1].said.lower() == "the")
        if not (item.has("degree", "size+", "size-") and called and after is not None and _line(after)):
            continue
        ranked = sorted(stage.texts, key=lambda pair: _bulk(pair[1]), reverse=item.has("degree", "size+"))
        if len(ranked) > 1 and _bulk(ranked[0][1]) != _bulk(ranked[1][1]):
            clause.take(at)
            return (ranked[0],)
    return None


def _bulk(source: TextSource) -> float:
    return source.style.size * (2 if source.role == "title" else 1)


def _calls(clause: Clause, at: int) -> bool:
    """Tell whether a position only tells which words are meant: ``the bottom line``, ``the words at the bottom``."""
    before = [item for item in clause.items[:at] if not _joining(item)][-1:]
    after = [item for item in clause.items[at + 1 :] if not _joining(item)][:1]
    if any(_line(item) or item.has("thing", *ROLES) for item in after):
        if clause.items[at].has("word", *_BESIDE) and any(item.has("thing", *ROLES) for item in before):
            # ``the artist below the title``
            return False
        return not any(item.has("act", *_PLACING) for item in before)
    if not clause.items[at].said.isascii() and not before:
        return any(item.has("degree", "size+", "size-") for item in after)
    placed = any(item.has("act", *_PLACING) for item in clause.items[:at])
    elsewhere = any(item.has("position") for item in clause.items[at + 1 :])
    return any(_line(item) for item in before) and clause.items[at].said.isascii() and (elsewhere or not placed)


def _line(item: Item) -> bool:
    named = item.has("thing", "text", "caption") or item.has("word", "line") or item.has("reference", "one")
    return named and not item.has("thing", "title", "artist")


def _joining(item: Item) -> bool:
    return item.silent or (item.has("word", "of", "in", "at") and not item.has("position"))


def _height(position: str) -> int:
    return 0 if position.startswith("top") else 2 if position.startswith("bottom") else 1


def _alone(clause: Clause, stage: Stage) -> tuple[Clip, TextSource] | None:
    """Return the only words that can be meant where none are in the role spoken of: what is there, or its caption."""
    if clause.has("act", "add", "write") or any(item.quote is not None for item in clause.items):
        return None
    loose = [pair for pair in stage.texts if pair[1].role == "caption"]
    spoken = set(_roles(clause))
    if len(loose) == 1 and spoken:
        return loose[0]
    return stage.texts[0] if len(stage.texts) == 1 and spoken == {"caption"} else None


def _take_name(clause: Clause, named: Sequence[tuple[Clip, TextSource]]) -> None:
    """Mark the words as read that a text is called by, so that the title “Gold” is not painted gold."""
    spoken = {word for _, source in named for word in plain(source.text).split()}
    clause.take(*(at for at, item in enumerate(clause.items) if item.quote is None and plain(item.said) in spoken))


def role_of(clause: Clause) -> TextRole | None:
    """Return the role that is spoken of first."""
    return next(iter(_roles(clause)), None)


def _roles(clause: Clause) -> list[TextRole]:
    """Return the roles that are spoken of; words under the title are not the title."""
    places = [at for at in clause.all("thing", *ROLES) if not (_anchors(clause, at) or _compared(clause, at))]
    unwanted = [at for at in places if clause.items[at].negated]
    if 0 < len(unwanted) < len(places):
        # ``the title bigger, but not the artist`` is about the title; ``the title, no artist`` takes the artist away.
        said = any(clause.has(kind) for kind in ("degree", "style", "color", "position"))
        places = [at for at in places if clause.items[at].negated != said]
    found = [next(role for role in ROLES if clause.items[at].has("thing", role)) for at in places]
    return list(dict.fromkeys(found))


def _compared(clause: Clause, at: int) -> bool:
    """Tell whether words are only compared with: ``smaller than the title``, ``比标题小``."""
    before = next((item for item in clause.items[:at][::-1] if item.said.lower() not in _ARTICLES), None)
    others = any(item.has("thing", *ROLES) or item.has("reference") for item in clause.items[:at])
    return before is not None and before.said.lower() in _THAN and others


def _spared(clause: Clause) -> set[TextRole]:
    return {role for item in clause.items if item.spared for role in ROLES if item.has("thing", role)}


def _all_but(spared: Collection[TextRole], stage: Stage) -> Target:
    there = tuple(pair for pair in stage.texts if pair[1].role not in spared)
    return Target(Texts(clips=tuple(clip.id for clip, _ in there)), there, None)


def _put_beside(clause: Clause, talk: Talk) -> bool:
    """Tell whether the words spoken of last go under or over others: ``artist smaller, put it under the title``."""
    named = clause.all("thing", *ROLES)
    fresh = bool(talk.edits) or clause.has("reference", "it")
    if len(named) != 1 or not fresh or talk.subject is None or talk.subject.texts is None:
        return False
    others = not any(
        clause.items[named[0]].has("thing", source.role) for _, source in meant(talk.stage, talk.subject.texts)
    )
    row = [item for item in clause.items if not item.silent or item.has("word", *_BESIDE)]
    at = row.index(clause.items[named[0]])
    beside = row[at - 1 : at] if row[at].said.isascii() else row[at + 1 : at + 2]
    return others and bool(beside) and beside[0].has("word", *_BESIDE) and clause.has("act", *_PLACING)


def _anchors(clause: Clause, at: int) -> bool:
    before = [item for item in clause.items[:at] if not item.silent or item.has("word", "under", "over")]
    after = clause.items[at + 1 : at + 2]
    beside = before[-1:] if clause.items[at].said.isascii() else after
    others = any(item.quote or (item.has("thing", *ROLES) and item is not clause.items[at]) for item in clause.items)
    return bool(beside) and beside[0].has("word", "under", "over") and others


def _like(subject: Subject, there: Sequence[tuple[Clip, TextSource]], number: int) -> list[tuple[Clip, TextSource]]:
    """Return the words like those spoken of last; all of them where those are too few to have an n-th."""
    roles = {source.role for _, source in there if _meant(subject.texts, _, source)}
    alike = [pair for pair in there if not roles or pair[1].role in roles]
    return alike if len(alike) >= max(abs(number), 2) else list(there)


def _meant(texts: Texts | None, clip: Clip, source: TextSource) -> bool:
    if texts is None:
        return False
    return (
        (not texts.clips or clip.id in texts.clips)
        and (texts.role is None or source.role == texts.role)
        and (texts.says is None or plain(texts.says) == plain(source.text))
    )


def _spoken_of(clause: Clause, talk: Talk, role: TextRole | None, *, general: bool) -> Target | None:
    """Return the words spoken of last, where the clause names no others, or only “the text” or “the caption”."""
    subject = talk.subject
    if subject is None or subject.kind != "text" or subject.texts is None:
        return None
    there = tuple(pair for pair in talk.stage.texts if _meant(subject.texts, *pair))
    every = (clause.has("word", "every") and not clause.has("fade", "both")) or any(
        _plural(item.said) for item in clause.items if item.has("thing")
    )
    if every or (general and not clause.has("reference") and len(talk.stage.texts) > 1):
        return None
    roles = {source.role for _, source in there}
    if clause.has("reference", "other-one") and (other := _others(talk, there)):
        return other
    named_anew = there or talk.situation.timeline is None or _named_apart(talk, role)
    if role is not None and not general and named_anew and role not in roles:
        return None
    if role is not None and not general and len({*roles}) > 1:
        return None
    return Target(subject.texts, there, role or next(iter(roles), None))


def _named_apart(talk: Talk, role: TextRole | None) -> bool:
    """Tell whether words in a role are there, and none have just been added: ``add "soon", make the title red``."""
    added = any(isinstance(edit, AddText) and edit.role == role for edit in talk.edits)
    return not added and any(source.role == role for _, source in talk.stage.texts)


def _others(talk: Talk, there: Sequence[tuple[Clip, TextSource]]) -> Target | None:
    ids = {clip.id for clip, _ in there}
    others = tuple(pair for pair in talk.stage.texts if pair[0].id not in ids)
    return Target(Texts(clips=tuple(clip.id for clip, _ in others)), others, None) if others else None


def _plural(word: str) -> bool:
    return word.lower() in ("titles", "captions", "texts", "subtitles")


def meant(stage: Stage, texts: Texts) -> list[tuple[Clip, TextSource]]:
    """Return the words on the picture that an edit is about."""
    return [pair for pair in stage.texts if _meant(texts, *pair)]


def name(talk: Talk, target: Target) -> str:
    """Return what the words meant are called, in the language of the message."""
    return talk.word("roles", target.role or "text")
