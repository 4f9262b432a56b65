"""Which part of a video an edit is about. A stretch is half-open, in seconds; what is not named is the whole video."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from songreel.model.document import Exact, Record
from songreel.model.timeline import TextRole

Clock = Literal["video", "song"]


class Stretch(Record):
    """Seconds from ``start`` up to ``end``; below 0 they count from the end of the video, ``end`` None is the end."""

    start: Exact = Field(default=0, validate_default=True)
    end: Exact | None = None

    @model_validator(mode="after")
    def _lasts(self) -> Self:
        if self.end is not None and self.end <= self.start and (self.end < 0) == (self.start < 0):
            raise ValueError(f"a stretch cannot end at {self.end} s when it starts at {self.start} s")
        return self


class Where(Record):
    """Stretches or clips; neither is the whole video, ``outside`` is all but them.

    On the clock of the ``song`` seconds count from the song's first sample, so that a chorus stays where it is heard
    when the video is trimmed. ``said`` is what a person calls the place ("the last chorus"), for replies.
    """

    stretches: tuple[Stretch, ...] = ()
    clock: Clock = "video"
    clips: tuple[str, ...] = ()
    outside: bool = False
    said: str = Field(default="", max_length=200)

    @property
    def everywhere(self) -> bool:
        """Tell whether the whole video is meant."""
        return not self.stretches and not self.clips


class Texts(Record):
    """Words on the picture: those with these ids, in this role, saying this; with nothing given, all of them."""

    clips: tuple[str, ...] = ()
    role: TextRole | None = None
    says: str | None = None
