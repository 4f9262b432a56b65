"""Every picture of a video in small, in the order in which it is shown: all that a proof looks at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import av
import cv2
import numpy as np
from av.video.frame import VideoFrame
from numpy.typing import NDArray

from songreel.media import opening, scan
from songreel.visuals.pixels_planes import as_u8

Luma = NDArray[np.uint8]
RGB = NDArray[np.uint8]
SMALL = 160
"""The longer side of a small picture, in pixels."""
CELLS = 40
"""The longer side of the grid of mean colors, in cells."""

_ENOUGH = 4
_PLANAR = ("yuv420p", "yuvj420p", "yuv422p", "yuvj422p", "yuv444p", "yuvj444p")
_GRAY = "gray"
_FULL_RANGE = 2
# Rows: red, green, blue; columns: how much of blue-difference and red-difference they hold (ITU-R BT.709, BT.601).
_BT709 = np.array([[0, 1.5748], [-0.1873, -0.4681], [1.8556, 0]], np.float32)
_BT601 = np.array([[0, 1.402], [-0.3441, -0.7141], [1.772, 0]], np.float32)
_SPACES_OF_601 = (5, 6)


@dataclass(frozen=True, slots=True)
class Picture:
    """One decoded picture: its luma in small, and the mean colors of a coarse grid, shape (h, w, 3), 8 bits each.

    ``damaged`` when the decoder had to make a part of it up.
    """

    luma: Luma
    cells: RGB
    damaged: bool


def pictures(video: Path) -> Iterator[Picture]:
    """Yield every picture of a video.

    Deblocking is left out where no other picture builds on the result, which only speeds decoding up. Ends early
    when the rest cannot be decoded. Raises BadMedia when it is no video.
    """
    with opening.opened(video) as container:
        stream = scan.picture_track(container, video)
        stream.thread_type = "AUTO"
        stream.codec_context.options = {"skip_loop_filter": "noref"}
        decoded = container.decode(stream)
        while (frame := _next(decoded)) is not None:
            yield _picture(frame)


def _next(decoded: Iterator[VideoFrame]) -> VideoFrame | None:
    try:
        return next(decoded, None)
    except av.FFmpegError:
        return None


def _picture(frame: VideoFrame) -> Picture:
    small, grid = _size(frame, SMALL), _size(frame, CELLS)
    if frame.format.name not in (*_PLANAR, _GRAY):
        rgb = as_u8(frame.reformat(width=small[0], height=small[1], format="rgb24").to_ndarray())
        return Picture(as_u8(cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY)), _shrunk(rgb, grid), frame.is_corrupt)
    luma = _shrunk(_plane(frame, 0), small)
    if frame.format.name == _GRAY:
        return Picture(luma, _shrunk(as_u8(cv2.cvtColor(luma, cv2.COLOR_GRAY2RGB)), grid), frame.is_corrupt)
    blue, red = (_shrunk(_thinned(_plane(frame, index)), grid) for index in (1, 2))
    return Picture(luma, _colors(_shrunk(luma, grid), blue, red, frame), frame.is_corrupt)


def _size(frame: VideoFrame, longest: int) -> tuple[int, int]:
    scale = longest / max(frame.width, frame.height)
    return max(1, round(frame.width * scale)), max(1, round(frame.height * scale))


def _plane(frame: VideoFrame, index: int) -> NDArray[np.uint8]:
    plane = frame.planes[index]
    return np.frombuffer(memoryview(plane), np.uint8).reshape(-1, plane.line_size)[: plane.height, : plane.width]


def _thinned(plane: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return every n-th pixel of a large plane: the mean of a cell is as well known from a few hundred of them."""
    step = max(1, min(plane.shape) // (_ENOUGH * CELLS))
    return np.ascontiguousarray(plane[::step, ::step])


def _shrunk(picture: NDArray[np.uint8], size: tuple[int, int]) -> NDArray[np.uint8]:
    return as_u8(cv2.resize(picture, size, interpolation=cv2.INTER_AREA))


def _colors(luma: Luma, blue: Luma, red: Luma, frame: VideoFrame) -> RGB:
    """Return R'G'B' of small planes, by the matrix and range that the frame says."""
    full = "yuvj" in frame.format.name or frame.color_range == _FULL_RANGE
    light = luma.astype(np.float32) if full else (luma.astype(np.float32) - 16) * (255 / 219)
    difference = (np.stack([blue, red], axis=-1).astype(np.float32) - 128) * (1 if full else 255 / 224)
    matrix = _BT601 if frame.colorspace in _SPACES_OF_601 else _BT709
    return np.clip(np.rint(light[..., None] + difference @ matrix.T), 0, 255).astype(np.uint8)
