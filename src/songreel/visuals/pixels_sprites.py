"""Pictures laid over frames: sprites with an alpha of their own, and masks that take a color.

Each plane is blended by ``below · (255 − alpha) / 255 + above``, where ``above`` is premultiplied and carries the
plane's offset (16 or 128) with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np

from songreel.visuals.pixels_planes import I420, TO_YUV, Picture, Plane, as_u8, color_to_yuv, planes, rounded, size


@dataclass(frozen=True, slots=True)
class Sprite:
    """A picture to lay over frames: even size, planes premultiplied by alpha, chroma at half size."""

    y: Plane
    u: Plane
    v: Plane
    alpha: Plane
    alpha_uv: Plane

    @property
    def width(self) -> int:
        """Return the width in pixels."""
        return int(self.y.shape[1])

    @property
    def height(self) -> int:
        """Return the height in pixels."""
        return int(self.y.shape[0])


def sprite_from_rgba(rgba: Picture) -> Sprite:
    """Return an RGBA picture as a sprite; odd sides gain a transparent column or row."""
    height, width = rgba.shape[:2]
    rgba = as_u8(cv2.copyMakeBorder(rgba, 0, height % 2, 0, width % 2, cv2.BORDER_CONSTANT))
    height, width = rgba.shape[:2]
    alpha = rgba[:, :, 3].astype(np.float32)
    yuv = cv2.transform(rgba[:, :, :3].astype(np.float32), TO_YUV) * (alpha / 255)[:, :, None]
    half = cv2.resize(yuv, (width // 2, height // 2), interpolation=cv2.INTER_AREA)
    alpha_uv = cv2.resize(alpha, (width // 2, height // 2), interpolation=cv2.INTER_AREA)
    return Sprite(
        y=rounded(yuv[:, :, 0]),
        u=rounded(half[:, :, 1]),
        v=rounded(half[:, :, 2]),
        alpha=rgba[:, :, 3].copy(),
        alpha_uv=rounded(alpha_uv),
    )


def resize(sprite: Sprite, scale: float) -> Sprite:
    """Return a sprite at another scale, its sides rounded to even pixels."""
    if scale == 1:
        return sprite
    width, height = (max(2, 2 * round(side * scale / 2)) for side in (sprite.width, sprite.height))
    full, half = (width, height), (width // 2, height // 2)
    return Sprite(
        y=_resized(sprite.y, full),
        u=_resized(sprite.u, half),
        v=_resized(sprite.v, half),
        alpha=_resized(sprite.alpha, full),
        alpha_uv=_resized(sprite.alpha_uv, half),
    )


def part(sprite: Sprite, left: int, top: int, right: int, bottom: int) -> Sprite:
    """Return a part of a sprite between even edges, as views of it."""
    whole, half = np.s_[top:bottom, left:right], np.s_[top // 2 : bottom // 2, left // 2 : right // 2]
    return Sprite(
        y=sprite.y[whole],
        u=sprite.u[half],
        v=sprite.v[half],
        alpha=sprite.alpha[whole],
        alpha_uv=sprite.alpha_uv[half],
    )


def _resized(plane: Plane, fit: tuple[int, int]) -> Plane:
    return as_u8(cv2.resize(plane, fit, interpolation=cv2.INTER_LINEAR))


def lay(frame: I420, sprite: Sprite, x: int, y: int, *, opacity: float = 1.0) -> None:
    """Lay a sprite over a frame in place, its top left corner at the even position at or before (x, y).

    What reaches beyond the frame is cut off; nothing outside the sprite's box is touched.
    """
    overlap = _overlap(frame, (sprite.width, sprite.height), x & ~1, y & ~1)
    if opacity <= 0 or not overlap:
        return
    for plane, color, alpha, (to, of) in zip(
        planes(frame),
        (sprite.y, sprite.u, sprite.v),
        (sprite.alpha, sprite.alpha_uv, sprite.alpha_uv),
        overlap,
        strict=True,
    ):
        _over(plane[to], color[of], alpha[of], min(opacity, 1.0))


def lay_frame(frame: I420, picture: I420, x: int, y: int, *, opacity: float = 1.0) -> None:
    """Lay a whole picture over a frame in place; place, edges and borders are as in `lay`."""
    overlap = _overlap(frame, size(picture), x & ~1, y & ~1)
    if opacity <= 0 or not overlap:
        return
    for plane, color, (to, of) in zip(planes(frame), planes(picture), overlap, strict=True):
        cv2.addWeighted(plane[to], 1 - min(opacity, 1.0), color[of], min(opacity, 1.0), 0, dst=plane[to])


def tint(frame: I420, mask: Plane, x: int, y: int, *, colors: tuple[str, str], opacity: float = 1.0) -> None:
    """Color a frame in place where a mask (h, w; even sides) says so, from the first color at its top to the second.

    Place, edges and borders are as in `lay`.
    """
    overlap = _overlap(frame, (mask.shape[1], mask.shape[0]), x & ~1, y & ~1)
    if opacity <= 0 or not overlap:
        return
    half = as_u8(cv2.resize(mask, (mask.shape[1] // 2, mask.shape[0] // 2), interpolation=cv2.INTER_AREA))
    shades = _shades(colors, mask.shape[1], mask.shape[0])
    for plane, shade, alpha, (to, of) in zip(planes(frame), shades, (mask, half, half), overlap, strict=True):
        _over(plane[to], as_u8(cv2.multiply(shade[of], alpha[of], scale=1 / 255)), alpha[of], min(opacity, 1.0))


@lru_cache(maxsize=8)
def _shades(colors: tuple[str, str], width: int, height: int) -> tuple[Plane, ...]:
    """Return the planes of a gradient from top to bottom."""
    ends = np.array([color_to_yuv(color) for color in colors], float)
    share = (np.arange(height) + 0.5) / height
    half = (np.arange(height // 2) + 0.5) / (height // 2)
    rows = [ends[0, at] + (ends[1, at] - ends[0, at]) * (half if at else share) for at in range(3)]
    return tuple(np.repeat(rounded(row)[:, None], width // 2 if at else width, axis=1) for at, row in enumerate(rows))


_Cut = tuple[slice, slice]


def _overlap(frame: I420, box: tuple[int, int], x: int, y: int) -> list[tuple[_Cut, _Cut]]:
    """Return for each plane what a box at an even place covers of the frame, and what of the box that is."""
    width, height = size(frame)
    left, top = max(x, 0), max(y, 0)
    right, bottom = min(x + box[0], width), min(y + box[1], height)
    if left >= right or top >= bottom:
        return []
    return [
        (
            np.s_[top // half : bottom // half, left // half : right // half],
            np.s_[(top - y) // half : (bottom - y) // half, (left - x) // half : (right - x) // half],
        )
        for half in (1, 2, 2)
    ]


def _over(below: Plane, color: Plane, alpha: Plane, opacity: float) -> None:
    if opacity < 1:
        color = as_u8(cv2.convertScaleAbs(color, alpha=opacity))
    rest = cv2.convertScaleAbs(alpha, alpha=-opacity, beta=255)
    cv2.multiply(below, rest, dst=below, scale=1 / 255)
    cv2.add(below, color, dst=below)
