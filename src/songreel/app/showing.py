"""A scene of one's own: a file to begin with, and ten seconds of it with a song."""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction
from importlib import resources
from pathlib import Path

from songreel.app import knowing, stockroom, wiring
from songreel.app.request import canvas_of, check_place, check_spared, container_of
from songreel.base.errors import BadRequest
from songreel.base.settings import settings
from songreel.base.time import frame_at
from songreel.director import look
from songreel.media import store
from songreel.model.brief import Brief
from songreel.model.document import AssetId
from songreel.model.excerpt import best_window
from songreel.model.preset import preset
from songreel.model.song_map import SongMap
from songreel.model.timeline import Canvas, Clip, SceneSource, SoundSource, Timeline, Track, TrackRole
from songreel.render import film
from songreel.visuals.isf import parse
from songreel.visuals.shader import Shader

SECONDS = 10
SUFFIX = ".fs"
_NAME = re.compile(r"[\w][\w \-]*")


def begin(name: str, folder: Path) -> Path:
    """Write a scene that runs, to be changed into one's own; an existing file is never touched.

    Raises BadRequest for what is no name, CannotWrite where the file cannot be.
    """
    plain = name.removesuffix(SUFFIX)
    if not _NAME.fullmatch(plain):
        raise BadRequest(f"{name!r} is not a scene's name", advice="Use letters, digits and hyphens: my-scene.")
    out = folder / f"{plain}{SUFFIX}"
    check_place(out)
    if out.exists():
        raise BadRequest(f"{out} is there already", advice="Choose another name, or remove it.")
    text = (resources.files("songreel.visuals") / "starter.fs").read_text(encoding="utf-8")
    with store.atomic(out) as part:
        part.write_text(text, encoding="utf-8")
    return out


def show(
    scene: Path, song: Path, out: Path, *, cover: Path | None = None, progress: Callable[[str, float], None]
) -> Path:
    """Draw the best ten seconds of a song with one scene file, in the colors that the song suggests.

    Raises BadShader, BadMedia, BadRequest, CannotWrite.
    """
    check_place(out)
    check_spared(out, (scene, song, *([cover] if cover else [])))
    wanted = preset("preview").evolve(container=container_of(out))
    shader = parse.load(scene)
    cache = wiring.store()
    haul = stockroom.take_in(song, cover=cover, shaders=[scene], out=out, cache=cache)
    source = _source(shader, haul, cache)
    progress("listen", 0)
    song_map = knowing.song(haul.song, cache, lambda share: progress("listen", share))
    film.render(
        _timeline(source, haul.song.id, song_map, canvas_of(wanted)),
        assets=haul.files,
        song_map=song_map,
        preset=wanted,
        out=out,
        workers=settings().worker_count(),
        cache=cache,
        on_progress=progress,
    )
    return out


def _timeline(scene: SceneSource, song: AssetId, song_map: SongMap, canvas: Canvas) -> Timeline:
    """Return the best seconds of a song with one scene and nothing else."""
    start, end = best_window(song_map, SECONDS)
    frames = max(1, frame_at(end - start, canvas.fps))
    dress = look.choose(Brief(), song_map)
    sources: dict[TrackRole, SceneSource | SoundSource] = {
        "base": scene,
        "song": SoundSource(asset=song, at=Fraction(start).limit_denominator(1000)),
    }
    return Timeline(
        canvas=canvas,
        frames=frames,
        seed=1,
        look=dress.name,
        palette=dress.palette,
        tracks=tuple(
            Track(id=role, role=role, clips=(Clip(id=f"{role}1", name=role, start=0, end=frames, source=source),))
            for role, source in sources.items()
        ),
    )


def _source(shader: Shader, haul: stockroom.Haul, cache: store.Cache) -> SceneSource:
    if shader.kind != "generator":
        raise BadRequest(
            f"{shader.name} is a {shader.kind}, not a scene", advice="Show a file that draws a picture by itself."
        )
    pictures: dict[str, AssetId] = {}
    for entry in shader.inputs:
        if entry.type == "image":
            if haul.cover is None:
                raise BadRequest(f"{shader.name} shows a picture, and there is none", advice="Give one: --cover FILE.")
            pictures[entry.name] = haul.cover
    measured = knowing.measured(shader, cache)
    return SceneSource(scene=f"asset:{haul.shaders[0]}", resolution=measured.hints.resolution or 0.5, pictures=pictures)
