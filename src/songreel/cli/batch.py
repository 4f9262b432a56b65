"""One video and one project for each of several songs; a failure of one stops none."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import typer

from songreel.app.request import MakeRequest
from songreel.app.studio import Studio
from songreel.base.errors import BadRequest, SongreelError, Stopped
from songreel.cli import show

FAILED = 1


def make(songs: Sequence[Path], like: MakeRequest, studio: Studio, *, into: Path | None, save_proof: bool) -> int:
    """Make every song's video like a request, into a folder, and return the exit code: 0 when all are proven.

    Projects are kept in ``like.project``, else beside the videos, each in a folder named after its song. Raises
    BadRequest where ``into`` names a file.
    """
    folder = _folder(into)
    failed = []
    for song, name in _named(songs):
        home = (like.project or folder) / name
        request = like.evolve(song=song, out=folder / f"{name}.mp4", project=home)
        try:
            made = studio.make(request)
        except Stopped:
            raise
        except SongreelError as error:
            print(f"{song}: {error}", file=sys.stderr)
            failed.append(song)
            continue
        show.made(made, save_proof=save_proof)
        failed += [] if made.proof.passed else [song]
    typer.echo(f"{len(songs) - len(failed)} of {len(songs)} videos made and proven")
    return FAILED if failed else 0


def _folder(into: Path | None) -> Path:
    folder = into or Path()
    if folder.suffix.lower() in (".mp4", ".mov", ".webm", ".gif") or folder.is_file():
        raise BadRequest(f"{folder} is one video, and there are several songs", advice="Give -o a folder.")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _named(songs: Sequence[Path]) -> Iterator[tuple[Path, str]]:
    """Yield each song with a name of its own: songs that are called the same are counted."""
    taken: set[str] = set()
    for song in songs:
        name, number = song.stem or "song", 2
        while name in taken:
            name, number = f"{song.stem}-{number}", number + 1
        taken.add(name)
        yield song, name
