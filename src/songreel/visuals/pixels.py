"""Planar picture arithmetic: every frame on its way to the encoder is one I420 array.

An I420 frame is uint8 of shape ``(height * 3 // 2, width)``: the rows of Y, then U, then V at half size each way.
Matrix ITU-R BT.709, limited range (Y 16…235, U and V 16…240 about 128), even width and height.
Chroma is sited at the center of its 2×2 block, so that halving and doubling a picture keep its planes in register.
RGB pictures are uint8 ``(h, w, 3 | 4)``, sRGB, straight alpha, top row first.
"""

from __future__ import annotations

from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from songreel.model.timeline import Framing, Grade
from songreel.visuals.pixels_planes import (
    BLUE,
    CHROMA,
    I420,
    LUMA,
    RED,
    TO_RGB,
    TO_YUV,
    Picture,
    Plane,
    as_u8,
    blank,
    color_to_rgb,
    color_to_yuv,
    empty,
    planes,
    rounded,
    size,
)
from songreel.visuals.pixels_sprites import Sprite, lay, lay_frame, part, resize, sprite_from_rgba, tint

__all__ = [
    "I420",
    "Picture",
    "Plane",
    "Sprite",
    "blank",
    "color_to_rgb",
    "color_to_yuv",
    "darken",
    "empty",
    "from_rgb",
    "grade",
    "lay",
    "lay_frame",
    "mix",
    "part",
    "planes",
    "resize",
    "size",
    "sprite_from_rgba",
    "tint",
    "to_rgb",
    "warp",
    "window",
]

_WARMTH = 0.16
_WHOLE = 1e-4
_LINEAR_REACH = 2


def from_rgb(rgb: Picture, width: int, height: int, *, out: I420 | None = None) -> I420:
    """Return an RGB picture as a frame of another size, or of its own; alpha is not looked at.

    A larger picture is averaged down. Of a smaller one Y alone is enlarged (bicubic) where its chroma fits as it is.
    """
    frame = empty(width, height) if out is None else out
    source_height, source_width = rgb.shape[:2]
    if rgb.shape[2] == 4:
        rgb = as_u8(cv2.cvtColor(rgb, cv2.COLOR_RGBA2RGB))
    if source_width > width or source_height > height:
        fit = (min(source_width, width), min(source_height, height))
        rgb = as_u8(cv2.resize(rgb, fit, interpolation=cv2.INTER_AREA))
    luma, *chroma = cv2.split(as_u8(cv2.transform(rgb, TO_YUV)))
    y, *halves = planes(frame)
    cv2.resize(luma, (width, height), dst=y, interpolation=cv2.INTER_CUBIC)
    shrinks = max(luma.shape[0] / (height // 2), luma.shape[1] / (width // 2))
    # Two neighbors are all that there is to average below that, and true areas take five times as long.
    how = cv2.INTER_AREA if shrinks >= _LINEAR_REACH else cv2.INTER_LINEAR
    for source, half in zip(chroma, halves, strict=True):
        cv2.resize(source, (width // 2, height // 2), dst=half, interpolation=how)
    return frame


def to_rgb(frame: I420) -> Picture:
    """Return a frame as RGB (h, w, 3)."""
    width, height = size(frame)
    y, u, v = planes(frame)
    chroma = [cv2.resize(plane, (width, height), interpolation=cv2.INTER_LINEAR) for plane in (u, v)]
    return as_u8(cv2.transform(cv2.merge([y, *chroma]), TO_RGB))


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
    """Correct the colors of a frame in place; a neutral grade leaves it as it is.

    Brightness bends the curve of Y and leaves black and white where they are; contrast turns it about mid-gray, and
    chroma with it; warmth moves neutral colors to orange or blue in proportion to Y, so that black stays black.
    """
    y, u, v = planes(frame)
    if grade.warmth:
        light = cv2.resize(y, (u.shape[1], u.shape[0]), interpolation=cv2.INTER_AREA)
        shift = grade.warmth * _WARMTH * CHROMA / LUMA / 2
        cv2.addWeighted(u, 1, light, -shift / (1 - BLUE), 16 * shift / (1 - BLUE), dst=u)
        cv2.addWeighted(v, 1, light, shift / (1 - RED), -16 * shift / (1 - RED), dst=v)
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
    return rounded(16 + 219 * light)


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
        source = as_u8(cv2.resize(trimmed, (columns, rows), interpolation=cv2.INTER_AREA))
        left, top, box_width, box_height = left / step, top / step, box_width / step, box_height / step
    whole = [round(edge) for edge in (left, top, box_width, box_height)]
    if np.allclose(whole, (left, top, box_width, box_height), rtol=0, atol=_WHOLE):
        _fit(source[whole[1] : whole[1] + whole[3], whole[0] : whole[0] + whole[2]], target)
        return
    across, down = box_width / width, box_height / height
    matrix = np.array([[across, 0, left + across / 2 - 0.5], [0, down, top + down / 2 - 0.5]])
    how = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    cv2.warpAffine(source, matrix, (width, height), dst=target, flags=how, borderMode=cv2.BORDER_REPLICATE)


def _scale(plane: Plane, factor: float, about: int) -> None:
    """Scale the distance of all levels from one, in place."""
    cv2.addWeighted(plane, factor, plane, 0, about * (1 - factor), dst=plane)


def _fit(source: Plane, target: Plane) -> None:
    """Draw all of a plane: footage that stands still needs no finer arithmetic, and takes a tenth to half the time."""
    if source.shape == target.shape:
        target[...] = source
    else:
        cv2.resize(source, target.shape[::-1], dst=target, interpolation=cv2.INTER_LINEAR)
