"""Pictures and sound on their way to the graphics memory; top row first, as they are."""

from __future__ import annotations

from collections import OrderedDict
from pathlib import Path
from typing import Any

import cv2
import moderngl
import numpy as np
from numpy.typing import NDArray

from songreel.base.errors import BadRequest, BadShader

_REMEMBERED_BYTES = 256 << 20


class Textures:
    """Makes textures; remembers those of pictures that cannot change (read-only arrays), by identity."""

    def __init__(self, context: moderngl.Context) -> None:
        self._context = context
        self._still: OrderedDict[int, tuple[NDArray[Any], moderngl.Texture]] = OrderedDict()
        self._bytes = 0

    def picture(self, rgb: NDArray[Any], *, reuse: moderngl.Texture | None = None) -> moderngl.Texture:
        """Upload (h, w, 3|4) uint8, into ``reuse`` when that has the same size."""
        if rgb.ndim != 3 or rgb.shape[2] not in (3, 4) or rgb.dtype != np.uint8 or 0 in rgb.shape:
            raise BadRequest(f"a picture of shape {rgb.shape} and type {rgb.dtype} cannot be drawn")
        # With alpha added here, a picture is uploaded several times faster than as three bytes a pixel.
        rgba = np.ascontiguousarray(rgb) if rgb.shape[2] == 4 else cv2.cvtColor(rgb, cv2.COLOR_RGB2RGBA)
        return self._upload((rgb.shape[1], rgb.shape[0]), 4, rgba, reuse=reuse)

    def still(self, rgb: NDArray[Any]) -> moderngl.Texture:
        """Return the texture of a read-only picture, uploading it the first time."""
        held = self._still.get(id(rgb))
        if held is not None and held[0] is rgb:
            self._still.move_to_end(id(rgb))
            return held[1]
        texture = self.picture(rgb)
        self._still[id(rgb)] = (rgb, texture)
        self._bytes += rgb.nbytes
        while self._bytes > _REMEMBERED_BYTES and len(self._still) > 1:
            _, (forgotten, old) = self._still.popitem(last=False)
            self._bytes -= forgotten.nbytes
            old.release()
        return texture

    def sound(
        self, samples: NDArray[Any], *, columns: int = 0, reuse: moderngl.Texture | None = None
    ) -> moderngl.Texture:
        """Upload (channels, n) or (n,), float 0…1 or uint8, as gray; ``columns`` > 0 is how many are wanted."""
        rows = np.atleast_2d(samples)
        if rows.ndim != 2 or 0 in rows.shape:
            raise BadRequest(f"sound of shape {samples.shape} cannot be drawn")
        levels: NDArray[Any] = rows.astype(np.float32) / np.float32(255 if rows.dtype == np.uint8 else 1)
        if columns > 0 and columns != levels.shape[1]:
            levels = _resampled(levels, columns)
        upward = np.ascontiguousarray(levels[::-1])
        return self._upload((upward.shape[1], upward.shape[0]), 1, upward, reuse=reuse)

    def _upload(
        self, size: tuple[int, int], components: int, data: NDArray[Any], *, reuse: moderngl.Texture | None
    ) -> moderngl.Texture:
        kind = "f1" if data.dtype == np.uint8 else "f4"
        if reuse is not None and (reuse.size, reuse.components, reuse.dtype) == (size, components, kind):
            reuse.write(data, alignment=1)
            return reuse
        if reuse is not None:
            reuse.release()
        texture = self._context.texture(size, components, data, alignment=1, dtype=kind)
        texture.filter = (moderngl.LINEAR, moderngl.LINEAR)
        texture.repeat_x = texture.repeat_y = False
        if components == 1:
            texture.swizzle = "RRR1"
        return texture

    def file(self, path: Path) -> moderngl.Texture:
        """Upload a picture file that a shader imports; raises BadShader when it cannot be read."""
        return self.picture(_decoded(path))

    def cube(self, paths: tuple[Path, ...]) -> moderngl.TextureCube:
        """Upload six square picture files of one size; raises BadShader when they are not that."""
        faces = [_decoded(path) for path in paths]
        side = faces[0].shape[0]
        if any(face.shape != (side, side, 4) for face in faces):
            raise BadShader(f"the six pictures of the cube {paths[0]} are not squares of one size")
        texture = self._context.texture_cube((side, side), 4, np.stack(faces))
        texture.filter = (moderngl.LINEAR, moderngl.LINEAR)
        return texture


def _resampled(levels: NDArray[Any], columns: int) -> NDArray[Any]:
    """Average neighbours when there are more than wanted, else draw straight lines between them."""
    count = levels.shape[1]
    if count > columns:
        edges = np.linspace(0, count, columns + 1)[:-1].astype(int)
        sizes = np.diff(np.append(edges, count))
        return (np.add.reduceat(levels, edges, axis=1) / sizes).astype(np.float32)
    at = np.linspace(0, count - 1, columns)
    return np.stack([np.interp(at, np.arange(count), row) for row in levels]).astype(np.float32)


def _decoded(path: Path) -> NDArray[np.uint8]:
    try:
        raw = np.frombuffer(path.read_bytes(), dtype=np.uint8)
    except OSError as error:
        raise BadShader(
            f"the imported picture {path} cannot be read: {error.strerror}", advice="Put it beside the shader."
        ) from error
    picture = cv2.imdecode(raw, cv2.IMREAD_UNCHANGED) if raw.size else None
    if picture is None:
        raise BadShader(f"the imported picture {path} is not a picture", advice="Put a PNG or JPEG there.")
    if picture.dtype == np.uint16:
        picture = (picture / 257).astype(np.uint8)
    conversion = {2: cv2.COLOR_GRAY2RGBA, 3: cv2.COLOR_BGR2RGBA}.get(
        picture.ndim if picture.ndim == 2 else picture.shape[2], cv2.COLOR_BGRA2RGBA
    )
    return np.asarray(cv2.cvtColor(picture, conversion), dtype=np.uint8)
