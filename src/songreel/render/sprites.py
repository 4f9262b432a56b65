"""Words and overlaid pictures, drawn once and kept: what is laid over frames is named by its own bytes."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from songreel.base.ids import digest
from songreel.media import pictures, store
from songreel.model.timeline import PictureSource, TextSource, Timeline, VisualizerSource
from songreel.render import shelf
from songreel.render.prepared import Words
from songreel.visuals import pixels, text, visualizers
from songreel.visuals.text_steps import Row

REVISION = 2
"""Raised when words or overlays are drawn in another way."""
_OPAQUE = 230


@dataclass(frozen=True, slots=True)
class Laid:
    """Where a sprite lies, its files by name, and what was substituted to draw it."""

    words: Words
    files: Mapping[str, Path]
    substitutions: tuple[str, ...] = ()


def of_text(source: TextSource, timeline: Timeline, cache: store.Cache) -> Laid:
    """Return words as a sprite."""
    canvas, safe, palette = timeline.canvas, timeline.safe_area, timeline.palette
    key = digest(REVISION, source.model_dump_json(), canvas.width, canvas.height, safe.model_dump_json(), *palette)

    return _kept(cache, key, lambda: text.draw_text(source, canvas, safe, palette))


def of_picture(source: PictureSource, path: Path, timeline: Timeline, cache: store.Cache) -> Laid:
    """Return a picture, as large as it goes into its place and centered there, as a sprite; raises BadMedia."""
    canvas, place = timeline.canvas, source.place
    key = digest(REVISION, source.asset, place.model_dump_json(), canvas.width, canvas.height)

    def draw() -> text.Drawn:
        wide, high = max(2, round(place.width * canvas.width)), max(2, round(place.height * canvas.height))
        rgba = pictures.load(path, longest=4 * max(wide, high))
        scale = min(wide / rgba.shape[1], high / rgba.shape[0])
        size = (max(2, round(rgba.shape[1] * scale)), max(2, round(rgba.shape[0] * scale)))
        fitted = cv2.resize(rgba, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC)
        x = round(place.x * canvas.width) + (wide - size[0]) // 2
        y = round(place.y * canvas.height) + (high - size[1]) // 2
        return text.Drawn(pixels.sprite_from_rgba(np.asarray(fitted, np.uint8)), x, y)

    return _kept(cache, key, draw)


def of_round(source: VisualizerSource, path: Path, timeline: Timeline, cache: store.Cache) -> Laid:
    """Return the middle of a picture, cut round, in the hole of a visualizer as a sprite; raises BadMedia."""
    canvas = timeline.canvas
    box = visualizers.hole(source, canvas.width, canvas.height)
    key = digest(REVISION, source.picture or "", box.x, box.y, box.width)

    def draw() -> text.Drawn:
        side = max(2, box.width)
        rgba = pictures.load(path, longest=4 * side)
        short = min(rgba.shape[:2])
        top, left = (rgba.shape[0] - short) // 2, (rgba.shape[1] - short) // 2
        cut = rgba[top : top + short, left : left + short]
        how = cv2.INTER_AREA if short > side else cv2.INTER_CUBIC
        fitted = np.asarray(cv2.resize(cut, (side, side), interpolation=how), np.uint8)
        away = np.hypot(*(np.indices((side, side)) - (side - 1) / 2))
        fitted[:, :, 3] = np.rint(fitted[:, :, 3] * np.clip(side / 2 - away, 0, 1))
        return text.Drawn(pixels.sprite_from_rgba(fitted), box.x, box.y)

    return _kept(cache, key, draw)


def pack(sprite: pixels.Sprite) -> NDArray[np.uint8]:
    """Return the planes of a sprite as one array, shape (3 · height, width)."""
    chroma = np.hstack([sprite.u, sprite.v])
    alpha = np.hstack([sprite.alpha_uv, np.zeros_like(sprite.alpha_uv)])
    return np.vstack([sprite.y, sprite.alpha, chroma, alpha])


def unpack(array: NDArray[np.uint8]) -> pixels.Sprite:
    """Return the sprite that `pack` packed, as views of it."""
    height, width = array.shape[0] // 3, array.shape[1]
    half = height // 2
    chroma, alpha = array[2 * height : 2 * height + half], array[2 * height + half :]
    return pixels.Sprite(
        y=array[:height],
        u=chroma[:, : width // 2],
        v=chroma[:, width // 2 :],
        alpha=array[height : 2 * height],
        alpha_uv=alpha[:, : width // 2],
    )


def letters(array: NDArray[np.uint8]) -> tuple[int, int]:
    """Return the rows of a packed sprite that hold letters: opaque pixels, which shadow, glow and plate are not."""
    opaque = np.flatnonzero((unpack(array).alpha >= _OPAQUE).any(axis=1))
    return (int(opaque[0]), int(opaque[-1]) + 1) if opaque.size else (0, len(array) // 3)


def _kept(cache: store.Cache, key: str, draw: Callable[[], text.Drawn]) -> Laid:
    note = cache.path("words", key, ".json")
    found = _found(cache, json.loads(note.read_text(encoding="utf-8"))) if note is not None else None
    if found is not None:
        return found
    drawn = draw()
    files = _filed(cache, drawn.sprite)
    sung = _filed(cache, drawn.sung) if drawn.sung is not None else {}
    said = {
        "sprite": next(iter(files)),
        "x": drawn.x,
        "y": drawn.y,
        "width": drawn.sprite.width,
        "rows": drawn.rows,
        "sung": next(iter(sung), ""),
        "substitutions": drawn.substitutions,
    }
    with store.sealed(cache.place("words", key, ".json")) as part:
        part.write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")
    return Laid(_words(said), files | sung, drawn.substitutions)


def _filed(cache: store.Cache, sprite: pixels.Sprite) -> dict[str, Path]:
    """Keep a sprite under the name of its bytes."""
    packed = pack(sprite)
    name = digest(packed.shape[1], packed.tobytes())
    return {name: shelf.kept(cache, "sprites", name, lambda: packed)}


def _found(cache: store.Cache, said: dict[str, Any]) -> Laid | None:
    """Return what a note tells of, unless a file of it is gone."""
    names = [name for name in (said["sprite"], said["sung"]) if name]
    paths = {name: cache.path("sprites", name, shelf.SUFFIX) for name in names}
    files = {name: path for name, path in paths.items() if path is not None}
    return Laid(_words(said), files, tuple(said["substitutions"])) if len(files) == len(paths) else None


def _words(said: dict[str, Any]) -> Words:
    rows = tuple(Row(top, bottom, tuple(edges)) for top, bottom, edges in said["rows"])
    return Words(said["sprite"], said["x"], said["y"], said["width"], rows, said["sung"])
