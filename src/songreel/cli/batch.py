"""One video for each of several songs; a failure of one stops none."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

import typer

from songreel.app.request import MakeRequest
from songreel.app.songs import Song
from songreel.app.studio import Made, Studio
from songreel.base.errors import BadRequest, SongreelError, Stopped
from songreel.cli import show

FAILED = 1
Named = TypeVar("Named")


def make(songs: Sequence[Path], like: MakeRequest, studio: Studio, *, into: Path | None, save_proof: bool) -> int:
    """Make every song's video like a request, into a folder, and return the exit code: 0 when all are proven.

    Projects are kept in ``like.project``, else beside the videos, each in a folder named after its song. Raises
    BadRequest where ``into`` names a file.
    """
    folder = _folder(into)
    named = list(_named([(song, song.stem) for song in songs]))

    def one(song: Path, name: str) -> Made:
        home = (like.project or folder) / name
        return studio.make(like.evolve(song=song, out=folder / f"{name}.mp4", project=home))

    return _each([(str(song), partial(one, song, name)) for song, name in named], save_proof=save_proof)


def export(songs: Sequence[Song], like: MakeRequest, studio: Studio, *, into: Path | None, save_proof: bool) -> int:
    """Export the video of each song of a project into a folder, named after it, and return the exit code.

    Raises BadRequest where there are no videos, or ``into`` names a file.
    """
    folder = _folder(into)
    found = [(song, song.name) for song in songs if song.version]
    if not found:
        raise BadRequest(f"{like.project} has no video yet", advice="Make one first.")

    def one(song: Song, name: str) -> Made:
        return studio.export(like.evolve(out=folder / f"{name}.mp4"), version=song.version)

    for song in songs:
        if not song.version:
            print(f"{song.asset.name} has no video yet", file=sys.stderr)
    works = [(song.asset.name, partial(one, song, name)) for song, name in _named(found)]
    return _each(works, save_proof=save_proof)


def _each(works: Sequence[tuple[str, Callable[[], Made]]], *, save_proof: bool) -> int:
    """Do one work after another, tell what came of each, and return the exit code: 0 when all are proven."""
    failed = []
    for name, work in works:
        try:
            made = work()
        except Stopped:
            raise
        except SongreelError as error:
            print(f"{name}: {error}", file=sys.stderr)
            failed.append(name)
            continue
        show.made(made, save_proof=save_proof)
        failed += [] if made.proof.passed else [name]
    typer.echo(f"{len(works) - len(failed)} of {len(works)} videos made and proven")
    return FAILED if failed else 0


def _folder(into: Path | None) -> Path:
    folder = into or Path()
    if folder.suffix.lower() in (".mp4", ".mov", ".webm", ".gif") or folder.is_file():
        raise BadRequest(f"{folder} is one video, and there are several songs", advice="Give -o a folder.")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _named(songs: Iterable[tuple[Named, str]]) -> Iterator[tuple[Named, str]]:
    """Yield each song with a name of its own: songs that are called the same are counted."""
    taken: set[str] = set()
    for song, stem in songs:
        name, number = stem or "song", 2
        while name in taken:
            name, number = f"{stem}-{number}", number + 1
        taken.add(name)
        yield song, name
