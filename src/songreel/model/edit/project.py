"""Verbs about the video as a whole: carried out over the stored versions, not on one timeline."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from songreel.model.brief import Brief
from songreel.model.document import AssetId, Record


class Create(Record):
    """Make a video from a brief: of a ``song`` by its id, else of the one whose video is shown.

    ``alike`` gives it the shape and the preset of the video that is shown, as far as the brief names no other.
    """

    verb: Literal["create"] = "create"
    brief: Brief
    song: AssetId | None = None
    alike: bool = False


class Undo(Record):
    """Go back by so many steps."""

    verb: Literal["undo"] = "undo"
    steps: int = Field(default=1, ge=1, le=10_000)


Aspect = Literal["colors", "words", "effects", "transitions", "visualizer", "overlays", "sound", "pictures", "look"]


class Restore(Record):
    """Put one aspect of the video back as it was before it last changed; all else stays."""

    verb: Literal["restore"] = "restore"
    aspect: Aspect


class Redo(Record):
    """Take back so many undone steps."""

    verb: Literal["redo"] = "redo"
    steps: int = Field(default=1, ge=1, le=10_000)


class GoTo(Record):
    """Go back (or on) to a version by its number; 1 is the first."""

    verb: Literal["go-to"] = "go-to"
    version: int = Field(ge=1)


class StartOver(Record):
    """Go back to the video as it was first made."""

    verb: Literal["start-over"] = "start-over"
