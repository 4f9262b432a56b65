"""Single words of a text on the picture: said otherwise, left out, written in capitals."""

from __future__ import annotations

import re
from collections.abc import Sequence

from songreel.director.understanding import clauses, references
from songreel.director.understanding.clauses import Clause
from songreel.director.understanding.intents import text_target
from songreel.director.understanding.item import Item
from songreel.director.understanding.references import plain
from songreel.director.understanding.talk import Subject, Talk
from songreel.model import edit as edits
from songreel.model.edit import Texts
from songreel.model.timeline import Clip, TextSource

_WORD = ("word", "字", "字错了", "字写错了")
_LINKS = ("be", "is", "to", "into", "with", "say", "read", "是", "成", "为", "应该是", "改成", "换成")
_NTH = "word "
_CASED = {"capitals": str.upper, "lowercase": str.lower}


def read(clause: Clause, talk: Talk) -> bool:
    """Change one word of a text: ``replace Rain with Wind in the title``; all of the clause is read then."""
    if not talk.stage.texts:
        return False
    _write_in_case(clause, talk)
    found = _exchanged(clause, talk) or _counted(clause, talk) or _left_out(clause, talk)
    if found is not None:
        _change(talk, *found)
    elif not _told_wrong(clause, talk):
        return False
    clause.take_all()
    return True


def _change(talk: Talk, clip: Clip, text: str) -> None:
    texts = Texts(clips=(clip.id,))
    talk.do(edits.ChangeText(texts=texts, text=text), subject=Subject("text", texts))


def _exchanged(clause: Clause, talk: Talk) -> tuple[Clip, str] | None:
    """Return what a text says with a part of it exchanged: ``change "Rain" to "Wind"``."""
    verb = next((at for at, item in enumerate(clause.items) if item.has("act", "change", "rename")), None)
    quotes = [item.quote for item in clause.items if item.quote is not None]
    if verb is None or len(quotes) not in (0, 2):
        return None
    if quotes:
        return _within(talk, quotes[0], quotes[1])
    links = [at for at in range(verb + 1, len(clause.items)) if clause.items[at].has("word", "into")]
    # ``delay what says hello by 2 seconds``
    into = next((at for at in links if clause.items[verb].has("act", "change") or clause.items[at].said != "by"), None)
    if into is None:
        return None
    between = clause.items[verb + 1 : into]
    old = clauses.quoted([item for item in between if not _naming(item)]) or clauses.quoted(between)
    new = clauses.quoted(_until_named(clause.items[into + 1 :])) or clauses.quoted(clause.items[into + 1 :])
    named = bool(clause.all("thing", "text", *text_target.ROLES))
    if not new or (new.islower() and _described(clause.items[into + 1 :])):
        return None
    if not (named or new[0].isupper() or _one_word(talk, old)):
        return None
    whole = next((clip for clip, source in talk.stage.texts if plain(source.text) == plain(old)), None)
    return (whole, new) if whole is not None else _within(talk, old, new)


def _one_word(talk: Talk, said: str) -> bool:
    """Tell whether just one word is said, and it is one of several on the picture: “friday” of “out friday”."""
    texts = [plain(source.text).split() for _, source in talk.stage.texts]
    return len(said.split()) == 1 and any(len(words) > 1 and plain(said) in words for words in texts)


def _described(row: Sequence[Item]) -> bool:
    """Tell whether words say how something is to look: ``change the title Gold to red``."""
    return any(item.color or any(item.has(kind) for kind in ("color", "position", "style", "degree")) for item in row)


def _naming(item: Item) -> bool:
    return item.silent or item.mark or item.has("thing") or item.has("word", "line", "in", "of", "from")


def _until_named(row: Sequence[Item]) -> list[Item]:
    """Return the items up to those that tell where they are: ``Wind (in the title)``."""
    end = next((at for at, item in enumerate(row) if item.has("word", "in", "of") or item.mark), len(row))
    return [item for item in row[:end] if not item.silent]


def _within(talk: Talk, old: str, new: str) -> tuple[Clip, str] | None:
    """Return the text that holds words beside others, and what it says with them exchanged."""
    edge = r"\b" if old.isascii() else ""
    for clip, source in talk.stage.texts if plain(old) else ():
        said = re.sub(rf"{edge}{re.escape(old)}{edge}", lambda _: new, source.text, count=1, flags=re.IGNORECASE)
        if plain(source.text) != plain(old) and said != source.text and said.strip():
            return clip, " ".join(said.split())
    return None


def _counted(clause: Clause, talk: Talk) -> tuple[Clip, str] | None:
    """Return what a text says with its n-th word exchanged: ``the last word should be Wind``."""
    place = _place(clause)
    wrong = talk.subject.name if talk.subject is not None else ""
    place = int(wrong.removeprefix(_NTH)) if place is None and wrong.startswith(_NTH) else place
    pair = _meant(clause, talk)
    if place is None or pair is None:
        return None
    last = max((at for at, item in enumerate(clause.items) if item.said.lower() in _LINKS), default=None)
    quote = next((item.quote for item in clause.items if item.quote is not None), None)
    new = quote or (clauses.quoted(clause.items[last + 1 :]) if last is not None else "")
    clip, source = pair
    words = source.text.split() if source.text.isascii() else list(source.text)
    at = place - 1 if place > 0 else len(words) + place
    if not (new and 0 <= at < len(words)):
        return None
    words[at] = new
    return clip, (" " if source.text.isascii() else "").join(words)


def _place(clause: Clause) -> int | None:
    """Return which word of a text is spoken of: 2 for ``the second word``, -1 for ``最后一个字``."""
    for at, item in enumerate(clause.items):
        if item.quantity is not None and item.quantity.kind == "ordinal":
            near = clause.items[at + 1 : at + 3]
            return int(item.quantity.value) if any(each.said.lower() in _WORD for each in near) else None
    return None


def _meant(clause: Clause, talk: Talk) -> tuple[Clip, TextSource] | None:
    """Return the one text that a clause names or that was spoken of last; None where it may be one of several."""
    named = Clause([item for item in clause.items if item.has("thing", *text_target.ROLES)])
    there = text_target.find(named, talk).there
    return there[0] if len(there) == 1 else None


def _told_wrong(clause: Clause, talk: Talk) -> bool:
    """Remember which word is told to be wrong; what it should be follows: ``the last word is wrong``."""
    place, pair = _place(clause), _meant(clause, talk)
    if place is None or pair is None or not (clause.has("word", "typo") or clause.has("word", "mistake")):
        return False
    talk.subject = Subject("text", Texts(clips=(pair[0].id,)), name=f"{_NTH}{place}")
    talk.heard += 1
    return True


def _left_out(clause: Clause, talk: Talk) -> tuple[Clip, str] | None:
    """Return what a text says without one of its words: ``drop the word Golden from the title``, ``去掉“的”字``."""
    at = next((at for at, item in enumerate(clause.items) if item.said.lower() in _WORD[:2]), None)
    if at is None or not clause.negative:
        return None
    beside = (*clause.items[at + 1 : at + 2], *clause.items[max(at - 1, 0) : at])
    said = [item.quote or item.said for item in beside if item.quote is not None or not item.silent]
    return next((found for each in said if (found := _within(talk, each, "")) is not None), None)


def _write_in_case(clause: Clause, talk: Talk) -> None:
    """Write a text in capitals, or in small letters: ``all caps for the title``."""
    how = next((name for name in _CASED if clause.all("word", name)), None)
    quotes = [item.quote for item in clause.items if item.quote is not None]
    if how is None or clause.negative or not all(references.existing(talk.stage, words) for words in quotes):
        return
    clause.take_kind("word", how)
    for clip, source in text_target.find(clause, talk).there:
        if _CASED[how](source.text) != source.text:
            _change(talk, clip, _CASED[how](source.text))
