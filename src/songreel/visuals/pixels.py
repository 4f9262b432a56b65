"""Planar picture arithmetic: every frame on its way to the encoder is one I420 array.

An I420 frame is uint8 of shape ``(height * 3 // 2, width)``: the rows of Y, then U, then V at half size each way.
Matrix ITU-R BT.709, limited range (Y 16…235, U and V 16…240 about 128), even width and height.
Chroma is sited at the centre of its 2×2 block, so that halving and doubling a picture keep its planes in register.
RGB pictures are uint8 ``(h, w, 3 | 4)``, sRGB, straight alpha, top row first.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import ArrayLike, NDArray

from songreel.model.timeline import Framing, Grade

I420 = NDArray[np.uint8]
Plane = NDArray[np.uint8]
Picture = NDArray[np.uint8]

_RED, _BLUE = 0.2126, 0.0722
_GREEN = 1 - _RED - _BLUE
_LUMA, _CHROMA = 219 / 255, 224 / 255
_TO_YUV = np.array(
    [
        [_LUMA * _RED, _LUMA * _GREEN, _LUMA * _BLUE, 16],
        [
            -_CHROMA * _RED / (2 * (1 - _BLUE)),
            -_CHROMA * _GREEN / (2 * (1 - _BLUE)),
            _CHROMA / 2,
            128,
        ],
        [_CHROMA / 2, -_CHROMA * _GREEN / (2 * (1 - _RED)), -_CHROMA * _BLUE / (2 * (1 - _RED)), 128],
    ]
)
_TO_RGB = np.linalg.inv(np.vstack([_TO_YUV, [0, 0, 0, 1]]))[:3]
_WARMTH = 0.16


def color_to_rgb(color: str) -> tuple[int, int, int]:
    """Return the levels of a colour written ``"#rrggbb"``."""
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


@lru_cache(maxsize=256)
def color_to_yuv(color: str) -> tuple[int, int, int]:
    """Return Y, U, V of a colour written ``"#rrggbb"``."""
    y, u, v = (round(float(level)) for level in _TO_YUV @ [*color_to_rgb(color), 1])
    return y, u, v


def size(frame: I420) -> tuple[int, int]:
    """Return the width and height of a frame in pixels."""
    return frame.shape[1], frame.shape[0] * 2 // 3


def planes(frame: I420) -> tuple[Plane, Plane, Plane]:
    """Return Y (h, w), U and V (h/2, w/2) as views: writing to them writes to the frame."""
    width, height = size(frame)
    flat = frame.reshape(-1)
    luma, chroma = width * height, width * height // 4
    half = (height // 2, width // 2)
    u = flat[luma : luma + chroma].reshape(half)
    v = flat[luma + chroma : luma + 2 * chroma].reshape(half)
    return frame[:height], u, v


def empty(width: int, height: int) -> I420:
    """Return a frame whose contents are not set; sides must be even."""
    if width % 2 or height % 2 or min(width, height) < 2:
        raise ValueError(f"an I420 frame has even sides, not {width}×{height}")
    return np.empty((height * 3 // 2, width), np.uint8)


def blank(width: int, height: int, color: str = "#000000") -> I420:
    """Return a frame of one colour."""
    frame = empty(width, height)
    for plane, level in zip(planes(frame), color_to_yuv(color), strict=True):
        plane[...] = level
    return frame


def from_rgb(rgb: Picture, width: int, height: int, *, out: I420 | None = None) -> I420:
    """Return an RGB picture as a frame of another size, or of its own; alpha is not looked at.

    A larger picture is averaged down. Of a smaller one Y alone is enlarged (bicubic) where its chroma fits as it is.
    """
    frame = empty(width, height) if out is None else out
    source_height, source_width = rgb.shape[:2]
    if rgb.shape[2] == 4:
        rgb = _as_u8(cv2.cvtColor(rgb, cv2.COLOR_RGBA2RGB))
    if source_width > width or source_height > height:
        fit = (min(source_width, width), min(source_height, height))
        rgb = _as_u8(cv2.resize(rgb, fit, interpolation=cv2.INTER_AREA))
    yuv = _as_u8(cv2.transform(rgb, _TO_YUV))
    y, u, v = planes(frame)
    if yuv.shape[:2] == y.shape:
        cv2.extractChannel(yuv, 0, y)
    else:
        cv2.resize(cv2.extractChannel(yuv, 0), (width, height), dst=y, interpolation=cv2.INTER_CUBIC)
    if yuv.shape[:2] != u.shape:
        shrinks = yuv.shape[0] > u.shape[0] or yuv.shape[1] > u.shape[1]
        how = cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR
        yuv = _as_u8(cv2.resize(yuv, (width // 2, height // 2), interpolation=how))
    cv2.extractChannel(yuv, 1, u)
    cv2.extractChannel(yuv, 2, v)
    return frame


def to_rgb(frame: I420) -> Picture:
    """Return a frame as RGB (h, w, 3)."""
    width, height = size(frame)
    y, u, v = planes(frame)
    chroma = [cv2.resize(plane, (width, height), interpolation=cv2.INTER_LINEAR) for plane in (u, v)]
    return _as_u8(cv2.transform(cv2.merge([y, *chroma]), _TO_RGB))


def mix(a: I420, b: I420, amount: float, *, out: I420 | None = None) -> I420:
    """Return a crossfade: ``a`` at amount 0, ``b`` at 1; ``out`` may be either of them."""
    amount = min(max(amount, 0.0), 1.0)
    frame = np.empty_like(a) if out is None else out
    cv2.addWeighted(a, 1 - amount, b, amount, 0, dst=frame)
    return frame


def darken(frame: I420, amount: float) -> None:
    """Fade a frame towards black in place; amount 1 is black."""
    light = 1 - min(max(amount, 0.0), 1.0)
    if light == 1:
        return
    y, u, v = planes(frame)
    _scale(y, light, 16)
    _scale(u, light, 128)
    _scale(v, light, 128)


def grade(frame: I420, grade: Grade) -> None:
    """Correct the colours of a frame in place; a neutral grade leaves it as it is.

    Brightness bends the curve of Y and leaves black and white where they are; contrast turns it about mid-grey, and
    chroma with it; warmth moves neutral colours to orange or blue in proportion to Y, so that black stays black.
    """
    y, u, v = planes(frame)
    if grade.warmth:
        light = cv2.resize(y, (u.shape[1], u.shape[0]), interpolation=cv2.INTER_AREA)
        shift = grade.warmth * _WARMTH * _CHROMA / _LUMA / 2
        cv2.addWeighted(u, 1, light, -shift / (1 - _BLUE), 16 * shift / (1 - _BLUE), dst=u)
        cv2.addWeighted(v, 1, light, shift / (1 - _RED), -16 * shift / (1 - _RED), dst=v)
    chroma = grade.saturation * grade.contrast
    if chroma != 1:
        _scale(u, chroma, 128)
        _scale(v, chroma, 128)
    if grade.brightness or grade.contrast != 1:
        cv2.LUT(y, _tone_curve(grade.brightness, grade.contrast), dst=y)


@lru_cache(maxsize=64)
def _tone_curve(brightness: float, contrast: float) -> NDArray[np.uint8]:
    light = np.clip((np.arange(256) - 16) / 219, 0, 1) ** (2.0**-brightness)
    light = np.clip(0.5 + (light - 0.5) * contrast, 0, 1)
    return _round(16 + 219 * light)


def window(width: int, height: int, framing: Framing, aspect: float) -> tuple[float, float, float, float]:
    """Return left, top, width and height of the largest box of an aspect that a framing shows of a picture."""
    box_width = min(width, height * aspect) / framing.zoom
    box_height = box_width / aspect
    left = min(max(framing.x * width - box_width / 2, 0), width - box_width)
    top = min(max(framing.y * height - box_height / 2, 0), height - box_height)
    return left, top, box_width, box_height


def warp(picture: I420, framing: Framing, width: int, height: int, *, out: I420 | None = None) -> I420:
    """Return what a framing shows of a picture, as a frame of ``width`` × ``height``.

    Positions are exact to 1/32 pixel, so slow moves do not jump. A picture more than twice as fine as the frame is
    averaged down by whole steps first: prepare moving stills at less than that, and nothing is spent on it.
    """
    frame = empty(width, height) if out is None else out
    box = window(*size(picture), framing, width / height)
    for source, target, half in zip(planes(picture), planes(frame), (1, 2, 2), strict=True):
        _warp_plane(source, target, (box[0] / half, box[1] / half, box[2] / half, box[3] / half))
    return frame


def _warp_plane(source: Plane, target: Plane, box: tuple[float, float, float, float]) -> None:
    left, top, box_width, box_height = box
    height, width = target.shape
    step = int(min(box_width / width, box_height / height))
    if step > 1:
        rows, columns = source.shape[0] // step, source.shape[1] // step
        trimmed = source[: rows * step, : columns * step]
        source = _as_u8(cv2.resize(trimmed, (columns, rows), interpolation=cv2.INTER_AREA))
        left, top, box_width, box_height = left / step, top / step, box_width / step, box_height / step
    across, down = box_width / width, box_height / height
    matrix = np.array([[across, 0, left + across / 2 - 0.5], [0, down, top + down / 2 - 0.5]])
    how = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    cv2.warpAffine(source, matrix, (width, height), dst=target, flags=how, borderMode=cv2.BORDER_REPLICATE)


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
    rgba = _as_u8(cv2.copyMakeBorder(rgba, 0, height % 2, 0, width % 2, cv2.BORDER_CONSTANT))
    height, width = rgba.shape[:2]
    alpha = rgba[:, :, 3].astype(np.float32)
    yuv = cv2.transform(rgba[:, :, :3].astype(np.float32), _TO_YUV) * (alpha / 255)[:, :, None]
    half = cv2.resize(yuv, (width // 2, height // 2), interpolation=cv2.INTER_AREA)
    alpha_uv = cv2.resize(alpha, (width // 2, height // 2), interpolation=cv2.INTER_AREA)
    return Sprite(
        y=_round(yuv[:, :, 0]),
        u=_round(half[:, :, 1]),
        v=_round(half[:, :, 2]),
        alpha=rgba[:, :, 3].copy(),
        alpha_uv=_round(alpha_uv),
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


def _resized(plane: Plane, fit: tuple[int, int]) -> Plane:
    return _as_u8(cv2.resize(plane, fit, interpolation=cv2.INTER_LINEAR))


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


def tint(frame: I420, mask: Plane, x: int, y: int, *, colors: tuple[str, str], opacity: float = 1.0) -> None:
    """Colour a frame in place where a mask (h, w; even sides) says so, from the first color at its top to the second.

    Place, edges and borders are as in `lay`.
    """
    overlap = _overlap(frame, (mask.shape[1], mask.shape[0]), x & ~1, y & ~1)
    if opacity <= 0 or not overlap:
        return
    half = _as_u8(cv2.resize(mask, (mask.shape[1] // 2, mask.shape[0] // 2), interpolation=cv2.INTER_AREA))
    shades = _shades(colors, mask.shape[1], mask.shape[0])
    for plane, shade, alpha, (to, of) in zip(planes(frame), shades, (mask, half, half), overlap, strict=True):
        _over(plane[to], _as_u8(cv2.multiply(shade[of], alpha[of], scale=1 / 255)), alpha[of], min(opacity, 1.0))


@lru_cache(maxsize=8)
def _shades(colors: tuple[str, str], width: int, height: int) -> tuple[Plane, ...]:
    """Return the planes of a gradient from top to bottom."""
    ends = np.array([color_to_yuv(color) for color in colors], float)
    share = (np.arange(height) + 0.5) / height
    half = (np.arange(height // 2) + 0.5) / (height // 2)
    rows = [ends[0, at] + (ends[1, at] - ends[0, at]) * (half if at else share) for at in range(3)]
    return tuple(np.repeat(_round(row)[:, None], width // 2 if at else width, axis=1) for at, row in enumerate(rows))


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
        color = _as_u8(cv2.convertScaleAbs(color, alpha=opacity))
    rest = cv2.convertScaleAbs(alpha, alpha=-opacity, beta=255)
    cv2.multiply(below, rest, dst=below, scale=1 / 255)
    cv2.add(below, color, dst=below)


def _scale(plane: Plane, factor: float, about: int) -> None:
    """Scale the distance of all levels from one, in place."""
    cv2.addWeighted(plane, factor, plane, 0, about * (1 - factor), dst=plane)


def _round(values: ArrayLike) -> Plane:
    rounded: Plane = np.rint(np.asarray(values)).astype(np.uint8)
    return rounded


def _as_u8(array: ArrayLike) -> Picture:
    return np.asarray(array, np.uint8)
