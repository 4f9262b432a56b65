"""Words and overlaid pictures, drawn once and kept: what is laid over frames is named by its own bytes."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from songreel.base.ids import digest
from songreel.media import pictures, store
from songreel.model.timeline import PictureSource, TextSource, Timeline
from songreel.render import shelf
from songreel.render.prepared import Words
from songreel.visuals import pixels, text

REVISION = 1
"""Raised when words or overlays are drawn in another way."""
_OPAQUE = 230


@dataclass(frozen=True, slots=True)
class Laid:
    """Where a sprite lies, its file, and what was substituted to draw it."""

    words: Words
    file: Path
    substitutions: tuple[str, ...] = ()


def of_text(source: TextSource, timeline: Timeline, cache: store.Cache) -> Laid:
    """Return words as a sprite."""
    canvas, safe, palette = timeline.canvas, timeline.safe_area, timeline.palette
    key = digest(REVISION, source.model_dump_json(), canvas.width, canvas.height, safe.model_dump_json(), *palette)

    def draw() -> tuple[pixels.Sprite, int, int, tuple[str, ...]]:
        drawn = text.draw_text(source, canvas, safe, palette)
        return drawn.sprite, drawn.x, drawn.y, tuple(drawn.substitutions)

    return _kept(cache, key, draw)


def of_picture(source: PictureSource, path: Path, timeline: Timeline, cache: store.Cache) -> Laid:
    """Return a picture, as large as it goes into its place and centered there, as a sprite; raises BadMedia."""
    canvas, place = timeline.canvas, source.place
    key = digest(REVISION, source.asset, place.model_dump_json(), canvas.width, canvas.height)

    def draw() -> tuple[pixels.Sprite, int, int, tuple[str, ...]]:
        wide, high = max(2, round(place.width * canvas.width)), max(2, round(place.height * canvas.height))
        rgba = pictures.load(path, longest=4 * max(wide, high))
        scale = min(wide / rgba.shape[1], high / rgba.shape[0])
        size = (max(2, round(rgba.shape[1] * scale)), max(2, round(rgba.shape[0] * scale)))
        fitted = cv2.resize(rgba, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC)
        x = round(place.x * canvas.width) + (wide - size[0]) // 2
        y = round(place.y * canvas.height) + (high - size[1]) // 2
        return pixels.sprite_from_rgba(np.asarray(fitted, np.uint8)), x, y, ()

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


def _kept(cache: store.Cache, key: str, draw: Callable[[], tuple[pixels.Sprite, int, int, tuple[str, ...]]]) -> Laid:
    note = cache.path("words", key, ".json")
    if note is not None:
        said = json.loads(note.read_text(encoding="utf-8"))
        file = cache.path("sprites", said["sprite"], shelf.SUFFIX)
        if file is not None:
            return Laid(Words(said["sprite"], said["x"], said["y"]), file, tuple(said["substitutions"]))
    sprite, x, y, substitutions = draw()
    packed = pack(sprite)
    name = digest(packed.shape[1], packed.tobytes())
    file = shelf.kept(cache, "sprites", name, lambda: packed)
    said = {"sprite": name, "x": x, "y": y, "substitutions": substitutions}
    with store.sealed(cache.place("words", key, ".json")) as part:
        part.write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")
    return Laid(Words(name, x, y), file, substitutions)
