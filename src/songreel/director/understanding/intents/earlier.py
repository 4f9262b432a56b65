"""Back to before some change, or to right after it: ``as it was before we made it square``, ``回到刚加完标题``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from songreel.director.conversation import Past
from songreel.director.understanding import items
from songreel.director.understanding.clauses import Clause, quoted
from songreel.director.understanding.item import Item
from songreel.director.understanding.talk import Subject, Talk
from songreel.model import edit as edits
from songreel.model.edit import Aspect

_STEPS = (edits.Undo, edits.Redo, edits.GoTo, edits.StartOver, edits.Restore)
_ASKS = ("what", "which", "when", "how", "why", "is")
_DONE = frozenset({"add", "remove", "change", "move", "rename", "trim"})
_ASPECTS: dict[str, Aspect] = {
    "adjust-grade": "colors", "set-grade": "colors", "set-palette": "colors", "add-text": "words",
    "change-text": "words", "restyle-text": "words", "move-text": "words", "retime-text": "words",
    "remove-text": "words", "set-effect": "effects", "remove-effect": "effects", "set-transition": "transitions",
    "set-visualizer": "visualizer", "add-overlay": "overlays", "change-overlay": "overlays", "set-volume": "sound",
    "fade-song": "sound", "use-media": "pictures", "cut-every": "pictures", "cut-denser": "pictures",
}  # fmt: skip
"""What of a video an edit is about that can be put back alone."""
_VAGUE = frozenset({"ignored", "act", "history", "word", "reference", "ask", "topic", "measure", "turn", "praise"})
"""Kinds of words that many changes share, so that they tell none from another."""


def read(clause: Clause, talk: Talk) -> bool:
    """Go to the version before or after the change that a clause tells of; False where it tells of none."""
    if _that_step(clause, talk) or _unshaped(clause, talk):
        return True
    last = talk.edits[-1] if talk.edits else None
    nearer = isinstance(last, edits.GoTo) and clause.joined and clause.has("word", "before")
    if not (nearer or _goes(clause)) or _asks(clause):
        return False
    version = _version_at(clause, talk) or _version_shaped(clause, talk)
    if version is None or version == talk.situation.version:
        return False
    if nearer:
        # ``the version with the title, but before it went vertical`` is one version.
        talk.edits.pop()
    talk.do(edits.GoTo(version=version), subject=Subject("history"))
    clause.take_all()
    return True


def _goes(clause: Clause) -> bool:
    """Tell whether a clause goes back to some change; ``the title I just removed`` is only brought back."""
    if clause.has("word", "before"):
        return clause.has("history", "undo", "back", "start-over", "version")
    goes = clause.has("history", "undo", "start-over") or (clause.has("history", "back") and clause.has("word", "to"))
    return (goes and clause.has("word", "moment")) or (clause.has("history", "version") and clause.has("word", "after"))


def tells_of(clause: Clause, past: Past, talk: Talk) -> bool:
    """Tell whether a clause names what an earlier message was about: ``the pink`` after ``make it pink``."""
    return bool(_told(clause.items) & _said(past, talk))


def aspects(clause: Clause, talk: Talk) -> list[Aspect]:
    """Return the aspect that a change was about which others came after: ``undo the darkening``; else nothing."""
    past = [each for each in talk.situation.past if each.edits]
    if not past or tells_of(clause, past[-1], talk):
        return []
    meant = next((each for each in past[:0:-1] if tells_of(clause, each, talk)), None)
    changed = {_ASPECTS.get(edit.verb) for edit in meant.edits} if meant is not None else set()
    return [aspect for aspect in changed if aspect is not None] if len(changed) == 1 else []


def _that_step(clause: Clause, talk: Talk) -> bool:
    """Undo the change that a clause tells of where it is the latest; say so where others came after."""
    past = [each for each in talk.situation.past if each.edits]
    told = _told(clause.items)
    if not (past and told and clause.has("history", "step") and clause.has("act", "remove")):
        return False
    if told & _said(past[-1], talk) and past[-1].version == talk.situation.version:
        talk.do(edits.Undo(), subject=Subject("history"))
    elif any(told & _said(each, talk) for each in past):
        talk.cannot("not-understood", words=quoted(clause.items))
    else:
        return False
    clause.take_all()
    return True


def _unshaped(clause: Clause, talk: Talk) -> bool:
    """Undo the change to the shape that the frame has, where it is the latest; else read it as a shape not wanted."""
    shaped = [at for at in clause.all("shape") if clause.items[at].has("shape", *_shapes(talk))]
    undone = [item for item in clause.items if item.has("history", "undo")]
    # ``go back to landscape`` and ``改回横屏`` name the shape that is wanted.
    wanted = clause.has("word", "before", "into") or any(item.said.endswith("回") for item in undone)
    if not shaped or not undone or wanted:
        return False
    past = [each for each in talk.situation.past if each.edits]
    if not past:
        return False
    if past[-1].version == talk.situation.version and _of_canvas(past[-1]):
        talk.do(edits.Undo(), subject=Subject("history"))
        clause.take_all()
        return True
    for at in shaped:
        clause.items[at] = replace(clause.items[at], negated=True)
    return False


def _shapes(talk: Talk) -> tuple[str, ...]:
    """Return what the shape of the frame is called."""
    canvas = talk.situation.timeline.canvas if talk.situation.timeline else None
    if canvas is None:
        return ()
    return ("wide",) if canvas.width > canvas.height else ("vertical",) if canvas.width < canvas.height else ("square",)


def _of_canvas(past: Past) -> bool:
    return any(isinstance(edit, edits.SetCanvas) for edit in past.edits)


def _version_shaped(clause: Clause, talk: Talk) -> int | None:
    """Return the version before the frame lost a shape that nobody had to ask for: ``when it was still horizontal``."""
    if not clause.has("shape") or clause.has("shape", *_shapes(talk)):
        return None
    past = [each for each in talk.situation.past if each.edits]
    return next((before.version for before, one in [*pairwise(past)][::-1] if _of_canvas(one)), None)


def _asks(clause: Clause) -> bool:
    """Tell whether a question word comes before the words for going back."""
    asked = next((at for at, item in enumerate(clause.items) if item.has("ask", *_ASKS)), None)
    back = next((at for at, item in enumerate(clause.items) if item.has("history")), 0)
    return asked is not None and asked < back


def _told(row: Sequence[Item]) -> set[tuple[str, str]]:
    """Return what the items tell of, as things and values that can be compared."""
    found = {each for item in row for each in item.meanings if each[0] not in _VAGUE}
    found |= {("dimension", value.strip("+-")) for item in row for kind, value in item.meanings if kind == "degree"}
    found |= {("words", item.quote.casefold()) for item in row if item.quote is not None}
    found |= {("color", item.color) for item in row if item.color is not None}
    return found | {("ratio", item.ratio) for item in row if item.ratio is not None}


def _version_at(clause: Clause, talk: Talk) -> int | None:
    """Return the version before or after the change that was asked for in words most like these, the latest of them."""
    told, acts = _told(clause.items), _acts(clause.items)
    if clause.placed:
        # ``标题的时候`` is a time of the video as well.
        told |= _told(items.read(clause.said, talk.situation.assets, talk.language).items)
    past = [each for each in talk.situation.past if each.edits]
    best, version = 0, None
    for before, one in pairwise(past):
        said = _read(one, talk)
        alike = 2 * len(told & _told(said)) + bool(acts & _acts(said))
        if alike > 1 and alike >= best and not any(isinstance(edit, _STEPS) for edit in one.edits):
            best, version = alike, (before if clause.has("word", "before") else one).version
    return version


def _acts(row: Sequence[Item]) -> set[str]:
    """Return what the items do; to add is what is meant where nothing is said: ``back to before the title``."""
    return {value for item in row for kind, value in item.meanings if kind == "act" and value in _DONE} or {"add"}


def _said(past: Past, talk: Talk) -> set[tuple[str, str]]:
    return _told(_read(past, talk))


def _read(past: Past, talk: Talk) -> Sequence[Item]:
    return items.read(past.words, talk.situation.assets, past.language).items
