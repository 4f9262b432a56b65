"""What a visualizer is, and what it hears."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import cv2
import numpy as np
from numpy.typing import NDArray

from songreel.model.timeline import Place, VisualizerSource
from songreel.visuals import pixels
from songreel.visuals.pixels import I420, Plane

Levels = NDArray[np.float32]
SUBPIXEL_BITS = 4


@dataclass(frozen=True, slots=True)
class Sound:
    """The song at one frame: bands 0…1 from low to high and their slowly falling peaks, and samples −1…1 of now.

    ``side`` is what left has over right, sample by sample. ``history`` are earlier spectra, latest first, evenly apart
    in time; ``since`` is how far it is, 0…1, to where the next one will be kept. ``travel`` are seconds of motion.
    """

    spectrum: Levels
    peaks: Levels
    waveform: Levels
    level: float = 0.0
    pulse: float = 0.0
    side: Levels = field(default_factory=lambda: np.zeros(0, np.float32))
    history: Levels = field(default_factory=lambda: np.zeros((0, 0), np.float32))
    since: float = 0.0
    travel: float = 0.0


@dataclass(frozen=True, slots=True)
class Design:
    """One way to draw sound: ``words`` call it, by language.

    It fills a square, or a band of a usual share of the frame's height. ``hole`` is the share of the square's side
    that a picture may fill in its middle. One that ``remembers`` draws the history.
    """

    name: str
    words: Mapping[str, tuple[str, ...]]
    draw: Callable[[I420, VisualizerSource, Sound], None]
    square: bool = False
    height: float = 0.2
    hole: float = 0.0
    remembers: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of the frame in pixels, all four numbers even."""

    x: int
    y: int
    width: int
    height: int


def box_of(frame: I420, place: Place) -> Box:
    """Return the pixels of a place on a frame."""
    return box_in(*pixels.size(frame), place)


def box_in(width: int, height: int, place: Place) -> Box:
    """Return the pixels of a place on a frame of a size."""
    x, y = (round(share * side / 2) * 2 for share, side in ((place.x, width), (place.y, height)))
    return Box(x, y, round(place.width * width / 2) * 2, round(place.height * height / 2) * 2)


def resampled(levels: Levels, count: int) -> Levels:
    """Return levels at another number of evenly spread points, in −1…1; what is not a number counts as silence.

    Where there are twice as many or more, each point is the mean of those around it.
    """
    known = np.clip(np.nan_to_num(np.asarray(levels, np.float32), nan=0.0, posinf=1.0, neginf=-1.0), -1, 1)
    step = known.size // count
    if step > 1:
        known = known[: step * count].reshape(count, step).mean(axis=1)
    if not known.size:
        return np.zeros(count, np.float32)
    if known.size == count:
        return known
    at = (np.arange(count) + 0.5) * known.size / count - 0.5
    return np.interp(at, np.arange(known.size), known).astype(np.float32)


def curve(levels: Levels, count: int, *, anchors: int) -> NDArray[np.float64]:
    """Return a smooth line through a few means of levels, at ``count`` points; it overshoots nowhere, −1…1."""
    few = resampled(levels, anchors).astype(np.float32)[None, :]
    soft = cv2.GaussianBlur(few, (0, 0), 0.8, borderType=cv2.BORDER_REPLICATE)
    fine = cv2.resize(soft, (count, 1), interpolation=cv2.INTER_CUBIC)[0]
    return np.asarray(np.clip(fine, -1, 1), np.float64)


def square_of(box: Box) -> Box:
    """Return the largest square of whole steps of four pixels in the middle of a box."""
    side = min(box.width, box.height) // 4 * 4
    return Box(box.x + (box.width - side) // 4 * 2, box.y + (box.height - side) // 4 * 2, side, side)


def polyline(mask: Plane, points: NDArray[np.float64], light: int, thick: int) -> None:
    """Draw a smooth line through points in pixels into a mask."""
    cv2.polylines(
        mask,
        [fixed_point(points)],
        isClosed=False,
        color=light,
        thickness=max(1, thick),
        lineType=cv2.LINE_AA,
        shift=SUBPIXEL_BITS,
    )


def lighter(color: str, share: float) -> str:
    """Return a color mixed with a share of white."""
    levels = (round(level + (255 - level) * share) for level in pixels.color_to_rgb(color))
    return "#" + "".join(f"{level:02x}" for level in levels)


def fixed_point(points: NDArray[np.float64]) -> NDArray[np.int32]:
    """Return points in pixels as OpenCV draws them finer than pixels, with ``shift=SUBPIXEL_BITS``."""
    return np.rint(points * (1 << SUBPIXEL_BITS)).astype(np.int32)
