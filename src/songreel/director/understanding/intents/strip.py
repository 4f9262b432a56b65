"""All but one thing is taken away: ``remove everything but the title``, ``keep only the title``."""

from __future__ import annotations

from collections.abc import Iterator

from songreel.director.understanding.clauses import Clause
from songreel.director.understanding.intents.text_target import ROLES
from songreel.director.understanding.item import Item
from songreel.director.understanding.talk import Subject, Talk
from songreel.model import edit as edits
from songreel.model.edit import Edit, Texts

_LAID = ("thing", "visualizer", "effect")
_WORDS = ("text", *ROLES)


def read(clause: Clause, talk: Talk) -> bool:
    """Understand that what is laid over the pictures goes, except what is named; all of the clause is read then."""
    kept = [item for item in clause.items if item.spared] if clause.has("act", "remove") else []
    everything = bool(kept) and _names_nothing_else(clause)
    if not everything:
        kept = _alone(clause)
    if not kept or talk.situation.timeline is None or not all(_laid(item) for item in kept):
        return False
    roles = [role for role in ROLES if any(item.has("thing", role) for item in kept)]
    talk.kept = frozenset(clip.id for clip, source in talk.stage.texts if source.role in roles)
    gone = list(_words(kept, talk))
    if everything:
        gone += _dress(kept, talk)
    if not gone:
        return False
    talk.do(*gone, subject=Subject("text", Texts()))
    clause.take_all()
    return True


def _names_nothing_else(clause: Clause) -> bool:
    named = [item for item in clause.items if not item.spared and any(item.has(kind) for kind in _LAID)]
    return all(item.has("thing", "picture", "video") for item in named) and clause.place is None


def _alone(clause: Clause) -> list[Item]:
    """Return the words that alone are to stay: ``only keep the title``."""
    said = [item for item in clause.items if not (item.silent or item.mark or item.has("turn"))]
    named = [item for item in said if item.has("thing", *_WORDS) and not item.negated]
    asked = all(
        item in named or item.has("act", "hold", "only", "keep", "show") or item.has("word", "wish") for item in said
    )
    stays = clause.has("act", "hold", "keep") and clause.has("act", "only")
    return named if stays and asked else []


def _laid(item: Item) -> bool:
    return item.has("visualizer") or item.has("effect") or item.has("thing", *_WORDS, "logo", "effects")


def _words(kept: list[Item], talk: Talk) -> Iterator[Edit]:
    if any(item.has("thing", "text") and not item.has("thing", *ROLES) for item in kept):
        return
    there = [clip.id for clip, source in talk.stage.texts if not any(item.has("thing", source.role) for item in kept)]
    if there:
        yield edits.RemoveText(texts=Texts(clips=tuple(there)))


def _dress(kept: list[Item], talk: Talk) -> Iterator[Edit]:
    timeline = talk.situation.timeline
    if timeline is None:
        return
    if timeline.clips("visualizer") and not any(item.has("visualizer") for item in kept):
        yield edits.RemoveVisualizer()
    if timeline.clips("overlay") and not any(item.has("thing", "logo") for item in kept):
        yield edits.RemoveOverlay()
    if any(item.has("thing", "effects") for item in kept):
        return
    names = dict.fromkeys(effect.name for clip in talk.stage.shots for effect in clip.effects)
    for name in names:
        if not any(item.has("effect", name) for item in kept):
            yield edits.RemoveEffect(effect=name)
