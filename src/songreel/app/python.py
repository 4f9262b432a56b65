"""What the command line does, from Python; thin over the `Studio` that both use."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from os import PathLike
from pathlib import Path
from typing import Any, TypedDict, Unpack

from pydantic import ValidationError

from songreel.app import projects, songs, wiring
from songreel.app.conversation import Conversation, Turn
from songreel.app.request import MakeRequest, read_codec
from songreel.app.studio import Made, Progress, Studio
from songreel.base.errors import BadRequest
from songreel.model.correction import Correction
from songreel.model.song_map import SongMap

__all__ = ["Made", "MakeRequest", "Options", "Studio", "Turn", "analyze", "edit", "export", "make"]

AnyPath = str | PathLike[str]


class Options(TypedDict, total=False):
    """What can be said beside the words, as the options of ``songreel make`` have it."""

    cover: AnyPath
    media: Iterable[AnyPath]
    scenes: Iterable[str]
    title: str
    artist: str
    preset: str
    size: str
    fps: str
    codec: str
    audio: str
    speed: str
    quality: int
    seed: int
    workers: int
    correction: Correction
    allow_flashing: bool
    progress: Progress


def make(
    song: AnyPath | None,
    words: str = "",
    *,
    out: AnyPath,
    project: AnyPath | None = None,
    **options: Unpack[Options],
) -> Made:
    """Make a video of a song and words, and prove it; without a song, of what the ``project`` holds.

    ``progress`` is told the stage and its share, 0…1. Raises BadInput when something given cannot be used, and writes
    nothing then.
    """
    request = _request({"song": song, "words": words, "out": out, "project": project}, options)
    return _studio(options).make(request)


def export(
    project: AnyPath, *, out: AnyPath, version: int | None = None, song: str | None = None, **options: Unpack[Options]
) -> Made:
    """Render a project's video as it is, one of its versions, or the video of a ``song`` by its file's name or number.

    What an earlier export drew is used again.
    """
    number = songs.video(Path(project), song) if song is not None else version
    return _studio(options).export(_request({"project": project, "out": out}, options), version=number)


def edit(project: AnyPath, words: str) -> Turn:
    """Change a project's video by words, and return what is said about it; raises BadProject where there is none."""
    folder = Path(project)
    projects.load(folder)
    return Conversation(folder, Studio(), wiring.understand()).talk(words)


def analyze(song: AnyPath, *, correction: Correction | None = None) -> SongMap:
    """Return what is heard in a song: beats, bars, sections, loudness, mood, each with how sure that is."""
    return Studio().analyze(Path(song), correction=correction)


def _studio(options: Options) -> Studio:
    progress = options.get("progress")
    return Studio(progress=progress) if progress else Studio()


def _request(given: Mapping[str, AnyPath | None], options: Options) -> MakeRequest:
    said: dict[str, Any] = {**given, **options, "codec": read_codec(options.get("codec"))}
    said.pop("progress", None)
    for name in ("song", "out", "cover", "project"):
        said[name] = Path(said[name]) if said.get(name) is not None else None
    said["media"] = tuple(Path(path) for path in options.get("media", ()))
    said["scenes"] = tuple(options.get("scenes", ()))
    try:
        return MakeRequest.model_validate(said)
    except ValidationError as error:
        wrong = error.errors()[0]
        name = ".".join(str(step) for step in wrong["loc"])
        raise BadRequest(f"{name} is {wrong['input']!r}, which makes no sense", advice=f"{wrong['msg']}.") from error
