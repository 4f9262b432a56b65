"""Photos, made ready to be moved: scaled to what their closest framing needs, blurred where the clip says so."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from songreel.media import pictures
from songreel.model.timeline import Canvas, Clip, PhotoSource
from songreel.render.evaluate import baked_blur
from songreel.render.prepared import Box
from songreel.visuals import pixels

RGB = NDArray[np.uint8]
BLUR_SHARE = 0.044
"""Standard deviation of the strongest blur, as a share of the canvas height."""
BACKDROP_SHARE = 0.035
BACKDROP_LIGHT = 0.5
SHADOW_SHARE = 0.02
# A still is at most this much finer than the frame, so that drawing it needs no averaging.
_FINEST = 1.95
# The divisors of the frame's size at which a soft picture is drawn, when enlarging it again gives it back: its levels
# are rounded twice on the way, and its outermost pixels can only be repeated.
_STEPS = (4, 2)
_LEVELS = 2
# How much longer than the frame the backdrop of a strip is enlarged; the rest of it would be cut off.
_FAR = 4


@dataclass(frozen=True, slots=True)
class Fitting:
    """What a still is made for; two clips that show a photo alike share one."""

    fit: str
    scale: float
    blur: float


def fitting(clip: Clip, canvas: Canvas) -> Fitting:
    """Return what the still of a photo clip has to be like."""
    source = clip.source
    assert isinstance(source, PhotoSource)
    zooms = source.begin.zoom, source.finish.zoom
    blur = baked_blur(clip) * BLUR_SHARE * canvas.height
    return Fitting(source.fit, min(max(zooms), min(zooms) * _FINEST), blur)


def box_of(path: Path, canvas: Canvas) -> Box:
    """Return where a photo lies in a still with blurred sides; raises BadMedia."""
    width, height, _ = pictures.size(path)
    return _box(width, height, canvas)


def _box(width: int, height: int, canvas: Canvas) -> Box:
    scale = min(canvas.width / width, canvas.height / height)
    across, down = width * scale / canvas.width, height * scale / canvas.height
    return Box((1 - across) / 2, (1 - down) / 2, across, down)


def make(path: Path, wanted: Fitting, canvas: Canvas, ground: str) -> pixels.I420:
    """Return the still of a photo, no larger than its detail needs; its transparent parts show the color ``ground``.

    Raises BadMedia.
    """
    wide, high = _even(canvas.width * wanted.scale), _even(canvas.height * wanted.scale)
    photo = _opaque(pictures.load(path, longest=4 * max(wide, high)), ground)
    if wanted.fit == "cover":
        grow = max(wide / photo.shape[1], high / photo.shape[0])
        wide, high = _even(photo.shape[1] * grow), _even(photo.shape[0] * grow)
        picture = _resized(photo, wide, high)
    else:
        picture = _before_blurred_sides(photo, wide, high, canvas)
    if wanted.blur:
        picture = blurred(picture, wanted.blur * wanted.scale)
    still = pixels.from_rgb(picture, wide, high)
    step = next((step for step in _STEPS if _holds(still, step)), 1)
    return pixels.from_rgb(picture, _even(wide / step), _even(high / step)) if step > 1 else still


def softness(still: pixels.I420, wanted: Fitting, canvas: Canvas) -> int:
    """Return by which divisor of the frame's size a still that was made for a clip is drawn without loss."""
    width, height = pixels.size(still)
    return max(1, round(min(canvas.width * wanted.scale / width, canvas.height * wanted.scale / height)))


def _holds(still: pixels.I420, step: int) -> bool:
    """Tell whether a picture has no detail that is lost at 1/``step`` of its size."""
    for plane in pixels.planes(still):
        height, width = plane.shape
        small = cv2.resize(plane, (_even(width / step), _even(height / step)), interpolation=cv2.INTER_AREA)
        back = cv2.resize(small, (width, height), interpolation=cv2.INTER_LINEAR)
        if cv2.absdiff(back, plane)[step:-step, step:-step].max(initial=0) > _LEVELS:
            return False
    return True


def blurred(picture: RGB, sigma: float) -> RGB:
    """Return a picture under a Gaussian blur of ``sigma`` pixels, worked out at the size that this needs."""
    height, width = picture.shape[:2]
    step = max(1, int(sigma / 4))
    small = _resized(picture, max(2, width // step), max(2, height // step))
    soft = cv2.GaussianBlur(small, (0, 0), sigma / step, borderType=cv2.BORDER_REPLICATE)
    return np.asarray(cv2.resize(soft, (width, height), interpolation=cv2.INTER_CUBIC), np.uint8)


def _before_blurred_sides(photo: RGB, wide: int, high: int, canvas: Canvas) -> RGB:
    """Return the whole photo in front of itself: enlarged, blurred and darker, with a soft shadow between."""
    grow = max(wide / photo.shape[1], high / photo.shape[0])
    middle = _middle(photo, math.ceil(_FAR * max(wide, high) / grow))
    large = _resized(middle, max(wide, round(middle.shape[1] * grow)), max(high, round(middle.shape[0] * grow)))
    top, left = (large.shape[0] - high) // 2, (large.shape[1] - wide) // 2
    backdrop = blurred(large[top : top + high, left : left + wide], BACKDROP_SHARE * high)
    box = _box(photo.shape[1], photo.shape[0], canvas)
    x, y = (min(round(share * side), side // 2 - 1) for share, side in ((box.left, wide), (box.top, high)))
    front = _resized(photo, wide - 2 * x, high - 2 * y)
    covered = np.zeros((high, wide), np.float32)
    covered[y : high - y, x : wide - x] = 1
    shade = cv2.GaussianBlur(covered, (0, 0), SHADOW_SHARE * high)[:, :, None]
    picture = (backdrop * (BACKDROP_LIGHT * (1 - 0.6 * shade))).astype(np.uint8)
    picture[y : high - y, x : wide - x] = front
    return picture


def _middle(picture: RGB, longest: int) -> RGB:
    """Return the middle of a picture, no side longer than ``longest``: a strip must not be enlarged as a whole."""
    top, left = (max(0, (side - longest) // 2) for side in picture.shape[:2])
    return picture[top : picture.shape[0] - top, left : picture.shape[1] - left]


def _opaque(rgba: NDArray[np.uint8], ground: str) -> RGB:
    alpha = rgba[:, :, 3:].astype(np.uint16)
    if alpha.min(initial=255) == 255:
        return rgba[:, :, :3]
    color = np.array(pixels.color_to_rgb(ground), np.uint16)
    return ((rgba[:, :, :3] * alpha + color * (255 - alpha) + 127) // 255).astype(np.uint8)


def _resized(picture: RGB, width: int, height: int) -> RGB:
    shrinks = width < picture.shape[1]
    how = cv2.INTER_AREA if shrinks else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(picture, (width, height), interpolation=how), np.uint8)


def _even(side: float) -> int:
    return max(2, round(side / 2) * 2)
