"""A project: what was brought, what was asked, and which version of the timeline is current."""

from __future__ import annotations

from typing import Any, ClassVar

from pydantic import Field

from songreel.model.asset import Asset
from songreel.model.brief import Brief
from songreel.model.correction import Correction
from songreel.model.document import AssetId, Document, Record
from songreel.model.preset import Preset


class OfSong(Record):
    """What belongs to one song alone: what a person says about its beats, and its cover."""

    correction: Correction | None = None
    cover: AssetId | None = None


class Project(Document):
    """The index of a project's folder; ``assets`` have paths relative to it.

    ``song`` is the one that the shown version is of; before the first video, the one brought last; None before any.
    ``version`` is 0 before a video was made. ``waiting`` is the song that was brought last, while none of it was made.
    """

    schema_name: ClassVar[str] = "songreel.project"
    revision: ClassVar[int] = 2

    name: str
    song: AssetId | None = None
    assets: tuple[Asset, ...]
    brief: Brief
    preset: Preset
    version: int = Field(ge=0)
    songs: dict[AssetId, OfSong] = Field(default_factory=dict)
    waiting: AssetId | None = None

    def of(self, song: AssetId | None) -> OfSong:
        """Return what belongs to a song."""
        return self.songs.get(song or "", OfSong())

    def belonging(self, song: AssetId, **what: Any) -> Project:
        """Return the project with something else belonging to a song."""
        return self.evolve(songs={**self.songs, song: self.of(song).evolve(**what)})

    def on(self, song: AssetId | None) -> Project:
        """Return the project with a song on, and its cover."""
        return self.evolve(song=song, brief=self.brief.evolve(cover=self.of(song).cover))
