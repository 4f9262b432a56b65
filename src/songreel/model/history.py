"""How a video came to be: every version that was made, the way through them, and what was said."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from songreel.model.brief import Brief
from songreel.model.document import AssetId, Document, Record
from songreel.model.edit import Edit
from songreel.model.preset import Preset


class Version(Record):
    """One stored timeline: by which words it was made, of which song, and what the project asked for then."""

    number: int = Field(ge=1)
    words: str = ""
    brief: Brief
    preset: Preset
    song: AssetId | None = None


class Said(Record):
    """One message: the edits that were made for it, the clips that they put or changed, and the version after it."""

    words: str
    language: Literal["en", "zh"] = "en"
    edits: tuple[Edit, ...] = ()
    clips: tuple[str, ...] = ()
    version: int = Field(ge=0)


class History(Document):
    """All versions, none of which is ever lost. ``way`` are the numbers that were shown one after the other.

    ``place`` is where on the way one is: before it lies what can be undone, after it what can be redone. ``moves``
    counts every change of what is shown, undoing too.
    """

    schema_name: ClassVar[str] = "songreel.history"
    revision: ClassVar[int] = 1

    versions: tuple[Version, ...] = ()
    way: tuple[int, ...] = ()
    place: int = Field(default=-1, ge=-1)
    moves: int = Field(default=0, ge=0)
    said: tuple[Said, ...] = ()

    @property
    def current(self) -> int:
        """Return the number of the version that is shown; 0 before the first."""
        return self.way[self.place] if self.place >= 0 else 0

    @property
    def undoable(self) -> int:
        """Return how many steps can be undone."""
        return max(self.place, 0)

    @property
    def redoable(self) -> int:
        """Return how many steps can be redone."""
        return len(self.way) - 1 - self.place

    @property
    def newest(self) -> int:
        """Return the highest number of all versions; 0 before the first."""
        return max((version.number for version in self.versions), default=0)

    def version(self, number: int) -> Version | None:
        """Return a version by its number, where there is one."""
        return next((version for version in self.versions if version.number == number), None)

    def latest(self, song: AssetId) -> int:
        """Return the version of a song that was shown last, or else its newest; 0 where none was made."""
        own = [version.number for version in self.versions if version.song == song]
        shown = [number for number in self.way[: self.place + 1] if number in own]
        return shown[-1] if shown else max(own, default=0)
