"""What a visualizer is, and what it hears."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from songreel.model.timeline import Place, VisualizerSource
from songreel.visuals import pixels
from songreel.visuals.pixels import I420

Levels = NDArray[np.float32]
SUBPIXEL_BITS = 4


@dataclass(frozen=True, slots=True)
class Sound:
    """The song at one frame: bands 0…1 from low to high and their slowly falling peaks, and samples −1…1 of now."""

    spectrum: Levels
    peaks: Levels
    waveform: Levels
    level: float = 0.0
    pulse: float = 0.0


@dataclass(frozen=True, slots=True)
class Design:
    """One way to draw sound: ``words`` call it, by language; ``place`` is where it stands when nobody says."""

    name: str
    words: Mapping[str, tuple[str, ...]]
    place: Place
    draw: Callable[[I420, VisualizerSource, Sound], None]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of the frame in pixels, all four numbers even."""

    x: int
    y: int
    width: int
    height: int


def box_of(frame: I420, place: Place) -> Box:
    """Return the pixels of a place on a frame."""
    width, height = pixels.size(frame)
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


def lighter(color: str, share: float) -> str:
    """Return a color mixed with a share of white."""
    levels = (round(level + (255 - level) * share) for level in pixels.color_to_rgb(color))
    return "#" + "".join(f"{level:02x}" for level in levels)


def fixed_point(points: NDArray[np.float64]) -> NDArray[np.int32]:
    """Return points in pixels as OpenCV draws them finer than pixels, with ``shift=SUBPIXEL_BITS``."""
    return np.rint(points * (1 << SUBPIXEL_BITS)).astype(np.int32)
