"""What has been understood so far of one message: edits, problems, the answer, and what was spoken of last."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from songreel.director import lexicon
from songreel.director.conversation import Language, Situation, Understood
from songreel.director.telling.speaker import sentences
from songreel.director.understanding.places import Place
from songreel.director.understanding.stage import Stage
from songreel.model.document import Record
from songreel.model.edit import (
    AdjustGrade,
    CutDenser,
    CutEvery,
    Edit,
    RemoveEffect,
    RemoveVisualizer,
    SetEffect,
    SetGrade,
    SetLook,
    SetPalette,
    SetTransition,
    SetVisualizer,
    ShowAnother,
    ShowScenes,
    Texts,
    UseMedia,
    Where,
)

AnyEdit = TypeVar("AnyEdit", bound=Record)
_SEEN = (
    SetEffect, RemoveEffect, SetTransition, AdjustGrade, SetGrade, SetVisualizer, RemoveVisualizer, SetPalette, SetLook,
    ShowScenes, ShowAnother,
)  # fmt: skip
"""Edits of how pictures look, which a feeling may be the reason of: ``felt`` is the one made for the feeling alone."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What was spoken of: a kind of thing, which words or pictures, and its name where it has one."""

    kind: str
    texts: Texts | None = None
    clips: tuple[str, ...] = ()
    name: str = ""


def _over(edit: Record, where: Where) -> bool:
    """Tell whether an edit is about the same place as another, or one of them about the whole video."""
    there = getattr(edit, "where", None) or Where()
    return there.everywhere or where.everywhere or there == where


def _cut_first(asked: Sequence[Edit]) -> list[Edit]:
    """Return edits with new cuts before the files that are shown, which would give way to others in shots cut later.

    ``open on photo1, one bar per shot`` and ``one bar per shot, open on photo1`` are the same.
    """
    done: list[Edit] = []
    for edit in asked:
        at = len(done)
        while isinstance(edit, CutEvery | CutDenser) and at and _moves(done[at - 1]):
            at -= 1
        done[at:] = [edit, *done[at:]]
    ruled = any(isinstance(edit, CutEvery) for edit in done)
    return [_across(edit) if ruled else edit for edit in done]


def _moves(edit: Edit) -> bool:
    """Tell whether an edit can be done after new cuts as well: it shows files in places, not in shots."""
    return isinstance(edit, UseMedia) and not edit.where.clips


def _across(edit: Edit) -> Edit:
    """Return the use of one file as it is over several shots, so that the cuts stay."""
    return edit.evolve(how="only") if isinstance(edit, UseMedia) and edit.how == "one" else edit


def seen(asked: Sequence[Edit]) -> bool:
    """Tell whether edits change how pictures look."""
    return any(isinstance(edit, _SEEN) for edit in asked)


@dataclass
class Talk:
    """One message as it is understood, clause after clause."""

    situation: Situation
    stage: Stage
    language: Language
    edits: list[Edit] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    subject: Subject | None = None
    verb: str = ""
    respelling: bool = False
    stacked: bool = False
    turns: bool = False
    place: Place | None = None
    led: Place | None = None
    only: Place | None = None
    kept: frozenset[str] = frozenset()
    same_colors: bool = False
    in_the_way: bool = False
    taken_back: bool = False
    felt: Edit | None = None
    heard: int = 0

    def do(self, *edits: Edit, subject: Subject | None = None) -> None:
        """Add edits, none twice, and remember what they are about."""
        self.heard += len(edits)
        self.edits += [edit for edit in edits if edit not in self.edits]
        if subject is not None:
            self.subject = subject

    def undo_alike(self, verb: type[AnyEdit], where: Where, alike: Callable[[AnyEdit], bool]) -> None:
        """Forget earlier edits of this message that ask for the same: what is said twice is done once, as said last."""
        self.edits = [
            edit for edit in self.edits if not (isinstance(edit, verb) and alike(edit) and _over(edit, where))
        ]

    def cannot(self, name: str, **facts: Any) -> None:
        """Add a problem: a sentence of ``answers.toml`` with its facts."""
        sentence = self.say("problems", name, **facts)
        if sentence not in self.problems:
            self.problems.append(sentence)

    def only_there(self, place: Place | None, before: int) -> None:
        """Take back the edits since ``before`` where the video lacks the place that they are asked for, and say so."""
        if place is not None and place.missing:
            del self.edits[before:]
            self.no_place(place.missing)

    def no_place(self, missing: str) -> None:
        """Say that the video has no such part, and which it has."""
        labels = dict.fromkeys(part.label for part in self.stage.parts)
        has = self.listed(self.word("places", label) for label in labels) or "–"
        self.cannot("no-place", place=self.word("places", missing), has=has)

    def answer(self, name: str, **facts: Any) -> None:
        """Add a sentence of an answer."""
        self.answers.append(self.say("answers", name, **facts))

    def understood(self) -> Understood:
        """Return what the message asks for."""
        others = [edit for edit in self.edits if edit is not self.felt]
        if seen(others):
            # In ``it looks static, add a slow zoom`` and ``too bright, my eyes hurt`` nobody asks for other cuts.
            self.edits = others
        done = tuple(_cut_first([*self.edits, *self._colors_kept()]))
        return Understood(done, " ".join(self.answers) or None, tuple(self.problems), self.language)

    def _colors_kept(self) -> list[Edit]:
        """Return what gives a look the colors that were there: ``a cinematic look, but keep the colors``."""
        timeline = self.situation.timeline
        dressed = any(isinstance(edit, SetLook) and edit.where.everywhere for edit in self.edits)
        colored = any(isinstance(edit, SetPalette) for edit in self.edits)
        if timeline is None or not (self.same_colors and dressed) or colored:
            return []
        return [SetPalette(palette=timeline.palette)]

    def say(self, table: str, name: str, **facts: Any) -> str:
        """Return a sentence in the language of the message."""
        return str(lexicon.answers(self.language)[table][name]).format(**facts)

    def listed(self, names: Iterable[str]) -> str:
        """Return names one after another, parted as the language of the message parts them."""
        return str(sentences(self.language)["lists"]["comma"]).join(names)

    def word(self, table: str, name: str) -> str:
        """Return what something is called in the language of the message; its own name where nothing is written."""
        return str(lexicon.answers(self.language).get(table, {}).get(name, name))
