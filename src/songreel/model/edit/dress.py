"""Verbs for what is laid on the pictures: colors, effects, transitions, fades, the visualizer."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from songreel.model.document import Color, Exact, Record, Unit
from songreel.model.edit.where import Where
from songreel.model.timeline import Grade, Palette, Position


class SetPalette(Record):
    """Change the five colors of the whole video, or of the shots in a part of it."""

    verb: Literal["set-palette"] = "set-palette"
    palette: Palette
    where: Where = Where()


class SetGrade(Record):
    """Correct the colors so, in place of what was."""

    verb: Literal["set-grade"] = "set-grade"
    grade: Grade
    where: Where = Where()


class AdjustGrade(Record):
    """Correct the colors further: brightness and warmth are added, contrast and saturation multiply."""

    verb: Literal["adjust-grade"] = "adjust-grade"
    brightness: float = Field(default=0, ge=-2, le=2)
    contrast: float = Field(default=1, ge=0, le=10)
    saturation: float = Field(default=1, ge=0, le=10)
    warmth: float = Field(default=0, ge=-2, le=2)
    where: Where = Where()


class SetEffect(Record):
    """Put a filter of the catalog on the shots; ``amount_by`` multiplies the amount where it is already."""

    verb: Literal["set-effect"] = "set-effect"
    effect: str
    amount: Unit | None = None
    amount_by: float | None = Field(default=None, gt=0, le=20)
    where: Where = Where()


class RemoveEffect(Record):
    """Take a filter off the shots; None is every filter."""

    verb: Literal["remove-effect"] = "remove-effect"
    effect: str | None = None
    where: Where = Where()


class SetTransition(Record):
    """Let shots come in so, over ``seconds`` (None is what suits the transition); ``cut`` is at once.

    ``instead_of`` changes those of one name alone.
    """

    verb: Literal["set-transition"] = "set-transition"
    transition: str
    seconds: Exact | None = Field(default=None, gt=0)
    instead_of: str | None = None
    where: Where = Where()


class FadePicture(Record):
    """Let the video come from black and go to black over so many seconds; what is None stays, 0 is at once."""

    verb: Literal["fade-picture"] = "fade-picture"
    in_s: Exact | None = Field(default=None, ge=0)
    out_s: Exact | None = Field(default=None, ge=0)


class SetVisualizer(Record):
    """Draw the sound: add the visualizer, or change the one there; what is None stays, or is the look's.

    ``where`` is when it is shown, and nowhere else; None leaves that as it is, and a new one is always shown.
    """

    verb: Literal["set-visualizer"] = "set-visualizer"
    design: str | None = None
    position: Position | None = None
    size_by: float | None = Field(default=None, gt=0, le=20)
    color: Color | None = None
    opacity: Unit | None = None
    where: Where | None = None


class RemoveVisualizer(Record):
    """Draw the sound no longer."""

    verb: Literal["remove-visualizer"] = "remove-visualizer"
    where: Where = Where()
