"""What can be changed on a timeline: one tagged union of verbs. Each is carried out by one function in ``editing``."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from songreel.model.document import Exact, Record
from songreel.model.timeline import Grade, Palette, Position, TextRole, TextStyle

Words = Annotated[str, Field(min_length=1, max_length=500, pattern=r"\S")]


class AddText(Record):
    """Put words on the picture from ``at`` seconds on, for ``seconds``, at most to the end of the video."""

    verb: Literal["add-text"] = "add-text"
    text: Words
    role: TextRole = "caption"
    position: Position = "center"
    design: str = "plain"
    style: TextStyle = TextStyle()
    at: Exact = Field(default=0, ge=0, validate_default=True)
    seconds: Exact = Field(default=4, gt=0, validate_default=True)


class ChangeText(Record):
    """Change words that are on the picture; what is None stays as it is."""

    verb: Literal["change-text"] = "change-text"
    clip: str
    text: Words | None = None
    position: Position | None = None
    style: TextStyle | None = None


class RemoveClip(Record):
    """Take away words, a visualizer or a picture that is laid over the frame."""

    verb: Literal["remove-clip"] = "remove-clip"
    clip: str


class SetPalette(Record):
    """Change the five colors of the whole video."""

    verb: Literal["set-palette"] = "set-palette"
    palette: Palette


class SetGrade(Record):
    """Correct the colors of one clip, or of the whole video."""

    verb: Literal["set-grade"] = "set-grade"
    grade: Grade
    clip: str | None = None


class Retitle(Record):
    """Change the title of the project and of the title card, when there is one."""

    verb: Literal["retitle"] = "retitle"
    title: Words


Edit = Annotated[
    AddText | ChangeText | RemoveClip | SetPalette | SetGrade | Retitle,
    Field(discriminator="verb"),
]
