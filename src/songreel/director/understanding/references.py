"""Whom words like ``it``, ``the second title`` and ``那个标题`` mean."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from typing import get_args

from songreel.director.understanding.clauses import Clause
from songreel.director.understanding.stage import Stage
from songreel.director.understanding.talk import Subject, Talk
from songreel.model import edit as edits
from songreel.model.edit import Edit, Texts
from songreel.model.timeline import Clip, TextRole, TextSource

ROLES: tuple[TextRole, ...] = get_args(TextRole)
_KINDS: dict[str, str] = {
    "set-palette": "palette",
    "set-look": "look",
    "show-scenes": "scene",
    "set-visualizer": "visualizer",
    "set-transition": "transition",
    "set-volume": "volume",
    "use-part": "length",
    "use-best-part": "length",
    "set-canvas": "canvas",
    "fade-song": "fade",
    "fade-picture": "fade",
    "use-media": "media",
    "remove-media": "media",
    "add-overlay": "overlay",
    "change-overlay": "overlay",
    "cut-every": "cuts",
    "cut-denser": "cuts",
    "hold-shot": "cuts",
    "set-effect": "effect",
    "remove-effect": "effect",
}

_NEAR = 5
"""How many items from a word for “line” it may stand what that line says."""
_LEAST = 4
_TELLING = {"dated": re.compile(r"\d"), "linked": re.compile(r"[@#]|\w\.\w")}
"""What is in words that tell a date, or where somebody is found."""


def plain(text: str) -> str:
    """Return a text as it is compared: without case, marks and doubled blanks."""
    return re.sub(r"\W+", " ", text.casefold()).strip()


def last_subject(talk: Talk) -> Subject | None:
    """Return what the latest turn that changed anything was about."""
    for past in reversed(talk.situation.past):
        for edit in reversed(past.edits):
            if (subject := _subject(edit, past.clips, talk.stage)) is not None:
                return subject
    return None


def _subject(edit: Edit, clips: Sequence[str], stage: Stage) -> Subject | None:
    if isinstance(edit, edits.AdjustGrade | edits.SetGrade):
        return Subject("grade", name=_quality(edit))
    if isinstance(edit, edits.SetEffect):
        return Subject("effect", name=edit.effect)
    if isinstance(edit, edits.SetTransition):
        return Subject("transition", name=edit.transition)
    if edit.verb in _KINDS:
        return Subject(_KINDS[edit.verb], clips=tuple(clips))
    if isinstance(edit, edits.AddText):
        there = [clip.id for clip, source in stage.texts if clip.id in clips and source.text == edit.text]
        return Subject("text", Texts(clips=tuple(there)) if there else Texts(says=edit.text))
    if isinstance(edit, edits.Retitle):
        return Subject("text", Texts(role="title"))
    if isinstance(edit, edits.ChangeText):
        return Subject("text", Texts(says=edit.text))
    texts = getattr(edit, "texts", None)
    return Subject("text", texts) if isinstance(texts, Texts) else None


def _quality(edit: edits.AdjustGrade | edits.SetGrade) -> str:
    if isinstance(edit, edits.AdjustGrade):
        neutral = edits.AdjustGrade()
        for name in ("brightness", "contrast", "saturation", "warmth"):
            if getattr(edit, name) != getattr(neutral, name):
                return name
    return ""


def refers(clause: Clause) -> bool:
    """Tell whether a clause points back: by a pronoun, or by leaving out what it is about."""
    return clause.has("reference") or not clause.unknown()


def existing(stage: Stage, said: str) -> list[tuple[Clip, TextSource]]:
    """Return the words on the picture that say this, or else contain it."""
    exact = [pair for pair in stage.texts if plain(pair[1].text) == plain(said)]
    return exact or [pair for pair in stage.texts if plain(said) and plain(said) in plain(pair[1].text)]


def nearest(stage: Stage, said: str, *, least: float) -> tuple[Clip, TextSource] | None:
    """Return the words on the picture that are spelled most like these, at least so alike; None where none are."""
    best = max(stage.texts, key=lambda pair: alike(said, pair[1].text), default=None)
    return best if best is not None and alike(said, best[1].text) >= least else None


def alike(one: str, other: str) -> float:
    """Return how alike two texts are spelled, 0 to 1."""
    return difflib.SequenceMatcher(None, plain(one), plain(other)).ratio()


def named(clause: Clause, stage: Stage) -> list[tuple[Clip, TextSource]]:
    """Return the words on the picture that a clause names by what they say, in quotation marks or without."""
    found = [pair for item in clause.items if item.quote is not None for pair in existing(stage, item.quote)]
    if found:
        return found
    # ``while HALO is on screen`` is a time, and asks for nothing about HALO.
    said = " ".join(item.said for item in clause.items if item.place is None or item.place.label)
    spelled = [pair for pair in stage.texts if len(pair[1].text) >= 3 and _spelled(pair[1].text, said)]
    return spelled or described(clause, stage)


def described(clause: Clause, stage: Stage) -> list[tuple[Clip, TextSource]]:
    """Return the words that are called by a part of them, or by what they tell: ``the date line``, ``作曲那行``."""
    lined = next((at for at, item in enumerate(clause.items) if item.has("word", "line", *_TELLING)), None)
    if lined is None or clause.has("visualizer") or any(item.quote is not None for item in clause.items):
        return []
    near = clause.items[max(lined - _NEAR, 0) : lined + _NEAR]
    apart = {item.said for item in near if item.has("position") or item.has("word", "line") or item.has("thing")}
    said = [item for item in near if not (item.silent or item.mark or item.said in apart)]
    found = [pair for pair in stage.texts if any(_told(item.said, pair[1].text) for item in said)]
    joined = "".join(item.said for item in near if item.said not in ("的", *apart))
    found = found or [pair for pair in stage.texts if _shares(joined, pair[1].text)]
    telling = [pattern for value, pattern in _TELLING.items() if any(item.has("word", value) for item in said)]
    return found or [pair for pair in stage.texts if any(pattern.search(pair[1].text) for pattern in telling)]


def _told(word: str, text: str) -> bool:
    """Tell whether a word that means nothing else is one of a text: “Hamburg” in “Live from Hamburg”."""
    return word.isascii() and len(word) >= _LEAST and plain(word) in plain(text).split()


def _shares(said: str, text: str) -> bool:
    """Tell whether letters of a script without spaces are in a text, two at least: ``作曲`` in “作曲：林野”."""
    pairs = (said[at : at + 2] for at in range(len(said) - 1))
    return any(pair in text and not any(letter.isascii() for letter in pair) for pair in pairs)


def _spelled(text: str, said: str) -> bool:
    """Tell whether a text is in a clause as it is written, so that ``one`` is not taken for the caption “One”."""
    spaced = " ".join(said.split())
    sought, flags = " ".join(text.split()), re.IGNORECASE if " " in text.strip() else re.NOFLAG
    return re.search(rf"(?<!\w){re.escape(sought)}(?!\w)", spaced, flags) is not None


def ordinal(clause: Clause) -> int | None:
    """Return the unread ordinal of a clause: 2 for the second, −1 for the last."""
    for at, item in enumerate(clause.items):
        if at not in clause.used and item.quantity and item.quantity.kind == "ordinal" and not _lasts(clause, at):
            clause.take(at)
            return int(item.quantity.value)
    return None


def _lasts(clause: Clause, at: int) -> bool:
    """Tell whether “last” is a verb: ``make the captions last 5 seconds``."""
    after = clause.items[at + 1] if at + 1 < len(clause.items) else None
    return clause.items[at].has("act", "hold") and after is not None and bool(after.quantity and after.quantity.unit)
