"""Words on the picture that are spelled otherwise: which are meant, and what they should say."""

from __future__ import annotations

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
from songreel.model.timeline import Clip, TextRole, TextSource

_RESPELLED, _ALIKE = 0.4, 0.8
"""How alike words are that correct others, where that is said and where it is not."""
_OUGHT = ("should", "must", "supposed", "meant", "应该", "应当", "应为")


def respelled(clause: Clause, talk: Talk) -> bool:
    """Read ``there's a typo`` and ``it's GOLDEN not GOLD``, where nothing is quoted; all of the clause is read then."""
    if not talk.stage.texts or any(item.quote is not None for item in clause.items):
        return False
    if _denied(clause, talk):
        return True
    if (clause.has("word", "typo") or talk.verb == "rename") and _said_anew(clause, talk):
        return True
    if clause.has("word", "typo"):
        # What it should say follows.
        talk.verb, talk.heard = "rename", talk.heard + 1
        clause.take_all()
        return True
    return False


def _denied(clause: Clause, talk: Talk) -> bool:
    """Read ``it's GOLDEN not GOLD``, ``不是GOLD是GOLDEN``: what is denied is on the picture."""
    denier = next((at for at, item in enumerate(clause.items) if item.has("negator")), None)
    if denier is None:
        return False
    before, after = clause.items[:denier], clause.items[denier + 1 :]
    told = _told(before)
    pair = _spelled(after, talk) if told else None
    if pair is None:
        begins = next((at for at, item in enumerate(after) if _links(item)), None)
        pair = _spelled(after[:begins], talk) if begins is not None else None
        told = _told(after[begins:]) if begins is not None else []
    if pair is None or not told:
        return False
    texts = Texts(clips=(pair[0].id,))
    talk.do(edits.ChangeText(texts=texts, text=clauses.quoted(told)), subject=Subject("text", texts))
    clause.take_all()
    return True


def _said_anew(clause: Clause, talk: Talk) -> bool:
    """Read ``there's a typo, it's Caroline with an e``: what follows is spelled much like words that are there."""
    told = _told(clause.items)
    runs = [clauses.quoted(told[:end]) for end in range(1, len(told) + 1)]
    pairs = [(pair, run) for run in runs if (pair := references.nearest(talk.stage, run, least=_ALIKE))]
    changed = [(pair, run) for pair, run in pairs if pair[1].text != run]
    if not changed:
        return False
    pair, run = max(changed, key=lambda each: references.alike(each[1], each[0][1].text))
    texts = Texts(clips=(pair[0].id,))
    talk.do(edits.ChangeText(texts=texts, text=run), subject=Subject("text", texts))
    clause.take_all()
    return True


def _told(row: Sequence[Item]) -> list[Item]:
    """Return what words should say: all behind the last “is” of a row."""
    last = max((at for at, item in enumerate(row) if _links(item)), default=None)
    return [item for item in row[last + 1 :] if not item.mark] if last is not None else []


def _links(item: Item) -> bool:
    return item.has("word", "complaint") or item.has("act", "rename") or item.said.lower() in (*_OUGHT, "be", "是")


def _spelled(row: Sequence[Item], talk: Talk) -> tuple[Clip, TextSource] | None:
    """Return the words on the picture that a row spells."""
    said = plain(clauses.quoted(row))
    return next((pair for pair in talk.stage.texts if said and plain(pair[1].text) == said), None)


def misspelled(clause: Clause, talk: Talk, words: str, *, changing: bool, role: TextRole | None) -> Target | None:
    """Return the words on the picture that these are another spelling of: “Saint Motel” for “Saint Hotel”."""
    if any(references.existing(talk.stage, item.quote) for item in clause.items if item.quote is not None):
        return None
    spoken = role is not None or bool(clause.all("thing", "text", *text_target.ROLES))
    if spoken and (not changing or any(source.role == role for _, source in talk.stage.texts)):
        return None
    if not changing and (clause.has("act", "add", "write") or clause.place is not None):
        return None
    pair = references.nearest(talk.stage, words, least=_RESPELLED if changing and not spoken else _ALIKE)
    return Target(Texts(clips=(pair[0].id,)), (pair,), pair[1].role) if pair else None


def corrected(clause: Clause, talk: Talk) -> bool:
    """Tell whether words that are there are what it should not say: ``it is "Harbour", not "Harbor"``."""
    ought = any(item.said.lower() in _OUGHT for item in clause.items) and clause.place is None
    if ought and not (clause.has("act", "add", "write", "show") or clause.all("position")):
        return True
    negated = [item.quote for item in clause.items if item.quote is not None and item.negated]
    return any(references.existing(talk.stage, words) for words in negated)
