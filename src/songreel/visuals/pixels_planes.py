"""The layout of a planar frame: its arrays, its matrix, its colors. `pixels` says what the words mean."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

I420 = NDArray[np.uint8]
Plane = NDArray[np.uint8]
Picture = NDArray[np.uint8]

RED, BLUE = 0.2126, 0.0722
GREEN = 1 - RED - BLUE
LUMA, CHROMA = 219 / 255, 224 / 255
_U, _V = CHROMA / (2 * (1 - BLUE)), CHROMA / (2 * (1 - RED))
TO_YUV = np.array(
    [
        [LUMA * RED, LUMA * GREEN, LUMA * BLUE, 16],
        [-_U * RED, -_U * GREEN, _U * (1 - BLUE), 128],
        [_V * (1 - RED), -_V * GREEN, -_V * BLUE, 128],
    ]
)
TO_RGB = np.linalg.inv(np.vstack([TO_YUV, [0, 0, 0, 1]]))[:3]


def color_to_rgb(color: str) -> tuple[int, int, int]:
    """Return the levels of a color written ``"#rrggbb"``."""
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


@lru_cache(maxsize=256)
def color_to_yuv(color: str) -> tuple[int, int, int]:
    """Return Y, U, V of a color written ``"#rrggbb"``."""
    y, u, v = (round(float(level)) for level in TO_YUV @ [*color_to_rgb(color), 1])
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
    """Return a frame of one color."""
    frame = empty(width, height)
    for plane, level in zip(planes(frame), color_to_yuv(color), strict=True):
        plane[...] = level
    return frame


def rounded(values: ArrayLike) -> Plane:
    """Return the nearest whole levels of values within 0…255."""
    whole: Plane = np.rint(np.asarray(values)).astype(np.uint8)
    return whole


def as_u8(array: ArrayLike) -> Picture:
    """Return a picture that OpenCV gave as one whose type is known; nothing is copied."""
    return np.asarray(array, np.uint8)
