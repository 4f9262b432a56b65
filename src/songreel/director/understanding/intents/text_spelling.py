"""Words on the picture that are spelled otherwise: which are meant, and what they should say."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from songreel.director.understanding import clauses, references
from songreel.director.understanding.clauses import Clause
from songreel.director.understanding.intents import text_target
from songreel.director.understanding.intents.text_target import Target
from songreel.director.understanding.item import Item
from songreel.director.understanding.references import plain
from songreel.director.understanding.talk import Subject, Talk
from songreel.model import edit as edits
from songreel.model.edit import Texts
from songreel.model.timeline import Clip, TextRole

_RESPELLED, _ALIKE = 0.4, 0.8
"""How alike words are that correct others, where that is said and where it is not."""
_ARROWS = (">", "→", "⇒", "➔", "➜", "=>", "->")
_LOOKS = ("color", "position", "style", "degree", "thing", "effect", "visualizer", "section")
_OLD = ("old", "旧", "原")
_WIDE = re.compile("[\u3040-\u9fff\uac00-\ud7af]")
"""Letters of scripts that put no spaces between words."""
_DIGITS = re.compile(r"\d+")
_OUGHT = ("should", "must", "supposed", "meant", "应该", "应当", "应为")


def respelled(clause: Clause, talk: Talk) -> bool:
    """Read ``there's a typo`` and ``it's GOLDEN not GOLD``, where nothing is quoted; all of the clause is read then."""
    if not talk.stage.texts or _pointed(clause, talk) or _former(clause, talk):
        return bool(talk.stage.texts)
    if any(item.quote is not None for item in clause.items):
        return False
    if _denied(clause, talk):
        return True
    told = (
        clause.has("word", "typo")
        or talk.respelling
        or _only_told(clause)
        or clause.all("thing", "text", *text_target.ROLES)
    )
    if told and _said_anew(clause, talk):
        return True
    if clause.has("word", "typo"):
        # What it should say follows.
        talk.verb, talk.heard = "rename", talk.heard + 1
        clause.take_all()
        return True
    return False


def _pointed(clause: Clause, talk: Talk) -> bool:
    """Read ``HALOGEN -> HALIDE``: an arrow from words that are there to what they should say."""
    arrow = next((at for at, item in enumerate(clause.items) if item.said in _ARROWS), None)
    if arrow is None:
        return False
    before = [item for item in clause.items[:arrow] if not (item.mark or item.has("thing") or item.silent)]
    after = [item for item in clause.items[arrow + 1 :] if not (item.mark and item.said in _ARROWS)]
    found = _respelled(_worded(before), _worded(after), talk) if before and after else None
    return found is not None and _change(clause, talk, *found)


def _worded(row: Sequence[Item]) -> str:
    """Return the words of a row as they should stand there: those quoted, or else all."""
    return next((item.quote for item in row if item.quote is not None), clauses.quoted(row))


def _former(clause: Clause, talk: Talk) -> bool:
    """Read ``old text: HALOGEN``, after which the words follow that should stand there; all of the clause is read."""
    if not (clause.has("word", "former") or any(item.said.lower() in _OLD for item in clause.items[:1])):
        return False
    quoted = [item.quote for item in clause.items if item.quote is not None]
    if len(quoted) != 1 or not (there := references.existing(talk.stage, quoted[0])):
        return False
    talk.subject = Subject("text", Texts(clips=tuple(clip.id for clip, _ in there)))
    talk.verb, talk.heard = "rename", talk.heard + 1
    clause.take_all()
    return True


def _denied(clause: Clause, talk: Talk) -> bool:
    """Read ``it's GOLDEN not GOLD``, ``not Berlin but Bremen``, ``不是北京，是南京``: what is denied is there."""
    denier = next((at for at, item in enumerate(clause.items) if item.has("negator")), None)
    if denier is None:
        return False
    before, after = clause.items[:denier], clause.items[denier + 1 :]
    strange = [item for item in before if not (item.silent or item.mark)]
    told = _told(before) or (strange if all(item.unknown for item in strange) else [])
    breaks = [at for at in range(1, len(after)) if _turns(after[at - 1], after[at])]
    pairs = [(after, told)] + [(after[:at], _told(after[at:]) or after[at:]) for at in breaks]
    for old, new in pairs:
        found = _respelled(clauses.quoted(_bare(old)), clauses.quoted(_bare(new)), talk) if _strange(new) else None
        if found is not None:
            return _change(clause, talk, *found)
    return False


def _turns(before: Item, item: Item) -> bool:
    """Tell whether what words should say can begin here, and no name just goes on: ``not Berlin, Bremen``."""
    blank = 1 if before.said.isascii() else 0
    led = any(each.mark or each.joins or each.has("turn") or _links(each) for each in (before, item))
    return led or _leading(before) or item.start - before.end > blank


def _bare(row: Sequence[Item]) -> list[Item]:
    """Return the items from the first on that is more than a small word: ``(in) Bremen``."""
    return list(row[next((at for at, item in enumerate(row) if not _leading(item)), len(row)) :])


def _leading(item: Item) -> bool:
    return item.mark or item.joins or item.has("word", "in") or item.has("turn") or item.has("word", "correction")


def _strange(row: Sequence[Item]) -> bool:
    """Tell whether words are no color or place that letters could have: ``not Gold but red`` says no other words."""
    looks = any(item.color or any(item.has(kind) for kind in _LOOKS) for item in row)
    return not looks and any(not item.mark for item in row)


def _change(clause: Clause, talk: Talk, clip: Clip, text: str) -> bool:
    texts = Texts(clips=(clip.id,))
    talk.do(edits.ChangeText(texts=texts, text=text), subject=Subject("text", texts))
    clause.take_all()
    return True


def _said_anew(clause: Clause, talk: Talk) -> bool:
    """Read ``there's a typo, it's Caroline with an e``: what follows is spelled much like words that are there."""
    told = _told(clause.items)
    whole = clauses.quoted(told)
    runs = [whole] if _WIDE.search(whole) else [clauses.quoted(told[:end]) for end in range(1, len(told) + 1)]
    found = [
        (references.alike(run, old), clip, old, run)
        for run in runs
        for clip, source in talk.stage.texts
        for old in (source.text, *source.text.split())
        if old != run and references.alike(run, old) >= (_RESPELLED if _WIDE.search(run) else _ALIKE)
    ]
    if not found:
        return False
    _, clip, old, run = max(found, key=lambda each: (each[0], len(each[2])))
    text = next(source.text for each, source in talk.stage.texts if each.id == clip.id)
    return text.replace(old, run, 1) != text and _change(clause, talk, clip, text.replace(old, run, 1))


def _only_told(clause: Clause) -> bool:
    """Tell whether nothing but what something is stands in a clause: ``it's Caroline``, ``it's EMBERS, with an S``."""
    said = [item for item in clause.items if not (item.silent or item.mark)]
    if not said or not _links(said[0]):
        return False
    known = next((item for item in said[1:] if not item.unknown), None)
    return known is None or (said[1].unknown and known.said.lower() == "with")


def _told(row: Sequence[Item]) -> list[Item]:
    """Return what words should say: all behind the last “is” or colon of a row, or else behind what tells of a typo."""
    last = max((at for at, item in enumerate(row) if _links(item) or item.said in ":："), default=None)
    if last is None:
        last = max((at for at, item in enumerate(row) if item.has("word", "typo") or item.has("turn")), default=None)
    told = [item for item in row[last + 1 :] if not item.mark] if last is not None else []
    return told[next((at for at, item in enumerate(told) if not item.has("word", "correction")), 0) :]


def _links(item: Item) -> bool:
    return item.has("word", "complaint") or item.has("act", "rename") or item.said.lower() in (*_OUGHT, "be", "是")


def _respelled(old: str, new: str, talk: Talk) -> tuple[Clip, str] | None:
    """Return the words on the picture that say something, or one word of it, and what they say with it replaced."""
    for clip, source in talk.stage.texts:
        if plain(old) and plain(source.text) == plain(old):
            return clip, new
        words = [old] if _WIDE.search(old) and len(old) > 1 and old in source.text else source.text.split()
        word = next((word for word in words if plain(old) and plain(word) == plain(old)), None)
        if word is not None:
            return clip, source.text.replace(word, new, 1)
    return None


def misspelled(clause: Clause, talk: Talk, words: str, *, changing: bool, role: TextRole | None) -> Target | None:
    """Return the words on the picture that these are another spelling of: “Saint Motel” for “Saint Hotel”."""
    if any(references.existing(talk.stage, item.quote) for item in clause.items if item.quote is not None):
        return None
    spoken = role is not None or bool(clause.all("thing", "text", *text_target.ROLES))
    if spoken and (not changing or any(source.role == role for _, source in talk.stage.texts)):
        return None
    later = clause.has("word", "then") or clause.has("reference", "same")
    if not changing and (later or clause.has("act", "add", "write") or clause.place is not None):
        return None
    pair = references.nearest(talk.stage, words, least=_RESPELLED if changing and not spoken else _ALIKE)
    if pair is not None and not changing and _DIGITS.sub("", pair[1].text) == _DIGITS.sub("", words):
        # ``"Chapter 2"`` is the next one, and no other spelling.
        return None
    return Target(Texts(clips=(pair[0].id,)), (pair,), pair[1].role) if pair else None


def one_word(clause: Clause, talk: Talk, words: str) -> tuple[Clip, str] | None:
    """Return the words on the picture with one of them spelled anew: ``her name is Mía`` where it says “to Mia”."""
    told = clause.has("word", "complaint") or clause.has("word", "typo") or talk.respelling
    told = told or any(item.said.lower() in _OUGHT for item in clause.items)
    if not told or clause.has("act", "add", "write", "show") or clause.place is not None or len(words.split()) > 1:
        return None
    pairs = [(clip, source.text, word) for clip, source in talk.stage.texts for word in source.text.split()]
    if not pairs:
        return None
    ranked = [(references.alike(_bare_letters(pair[2]), _bare_letters(words)), pair) for pair in pairs]
    how, (clip, text, word) = max(ranked, key=lambda each: each[0])
    return (clip, text.replace(word, words, 1)) if how >= _ALIKE and word not in (words, text) else None


def plausible(words: str, talk: Talk) -> bool:
    """Tell whether words may be what others should say that are spelled wrong: not so ``spelled with "and"``."""
    there = [source.text for _, source in talk.stage.texts]
    return not there or any(len(words) * 2 >= len(text) for text in there)


def _bare_letters(text: str) -> str:
    """Return a text without accents: ``Mia`` for ``Mía``."""
    return "".join(letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.combining(letter))


def corrected(clause: Clause, talk: Talk) -> bool:
    """Tell whether words that are there are what it should not say: ``it is "Harbour", not "Harbor"``."""
    ought = any(item.said.lower() in _OUGHT for item in clause.items) and clause.place is None
    if ought and not (clause.has("act", "add", "write", "show") or clause.all("position")):
        return True
    negated = [item.quote for item in clause.items if item.quote is not None and item.negated]
    return any(references.existing(talk.stage, words) for words in negated)
