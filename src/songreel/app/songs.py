"""The songs of a project, and the video of each."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path, PurePath

from songreel.app import chronicle, projects
from songreel.base.errors import BadRequest
from songreel.model.asset import Asset


@dataclass(frozen=True, slots=True)
class Song:
    """A song in its place among the songs, from 1; ``version`` is its video as shown last, 0 where it has none."""

    number: int
    asset: Asset
    version: int

    @property
    def name(self) -> str:
        """Return what the file is called, without its suffix."""
        return PurePath(self.asset.name).stem or "song"


def every(folder: Path) -> tuple[Song, ...]:
    """Return the songs of a project, in the order in which they came; raises BadProject where there is none."""
    project = projects.load(folder)
    history = chronicle.load(folder, project)
    songs = (asset for asset in project.assets if asset.kind == "song")
    return tuple(Song(number, asset, history.latest(asset.id)) for number, asset in enumerate(songs, 1))


def video(folder: Path, named: str) -> int:
    """Return the version that is the video of a song, named by its file, with or without suffix, or by its number.

    Raises BadRequest where there is no such song, or no video of it.
    """
    songs = every(folder)
    plain = named.strip().casefold()
    found = [song for song in songs if song.asset.name.casefold() == plain]
    found = found or [song for song in songs if plain in (song.name.casefold(), str(song.number))]
    listed = ", ".join(f"{song.number} {song.asset.name}" for song in songs) or "none"
    if not found:
        raise BadRequest(f"there is no song {named!r}", advice=f"The songs are: {listed}.")
    if not found[0].version:
        raise BadRequest(f"there is no video of {found[0].asset.name} yet", advice="Make one for it first.")
    return found[0].version
