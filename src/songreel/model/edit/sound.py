"""Verbs for the song, and for which part of it the video shows."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from songreel.model.document import Exact, Record
from songreel.model.edit.where import Where


class SetVolume(Record):
    """Play the song, or a part, as loud as this: 1 leaves it untouched, 0 is silence; ``by`` multiplies what is."""

    verb: Literal["set-volume"] = "set-volume"
    volume: float | None = Field(default=None, ge=0, le=2)
    by: float | None = Field(default=None, ge=0, le=20)
    where: Where = Where()

    @model_validator(mode="after")
    def _says(self) -> Self:
        if (self.volume is None) == (self.by is None):
            raise ValueError("a volume is either set or multiplied")
        return self


class FadeSong(Record):
    """Let the song come from silence and go to silence over so many seconds; what is None stays, 0 is at once."""

    verb: Literal["fade-song"] = "fade-song"
    in_s: Exact | None = Field(default=None, ge=0)
    out_s: Exact | None = Field(default=None, ge=0)


class UsePart(Record):
    """Show the song from ``start`` to ``end``, in its own seconds; what is None stays as it is.

    ``seconds`` is the length instead of ``end``. ``whole`` is all of the song. What is shown at a moment of the song
    stays there; new shots fill what was not in the video before.
    """

    verb: Literal["use-part"] = "use-part"
    start: Exact | None = Field(default=None, ge=0)
    end: Exact | None = Field(default=None, gt=0)
    seconds: Exact | None = Field(default=None, gt=0)
    whole: bool = False


class UseBestPart(Record):
    """Show the best stretch of the song, of at most so many seconds, on bar lines."""

    verb: Literal["use-best-part"] = "use-best-part"
    seconds: Exact = Field(gt=0)
