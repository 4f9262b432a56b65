"""Stereo field: left against right, as on a vectorscope: a mono sound stands upright, a wide one fills the diamond."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from songreel.model.timeline import VisualizerSource
from songreel.visuals import pixels
from songreel.visuals.pixels import I420
from songreel.visuals.visualizers.design import Design, Sound, box_of, lighter, polyline, resampled, square_of

_POINTS = 768
_AGES = ((0.0, 70), (0.35, 110), (0.6, 165), (0.8, 255))
_REACH, _WIDER = 0.94, 2.0
"""Mixes keep their sides soft: drawn as they are, most songs would be one upright stroke."""
_GUIDE, _GUIDE_LIGHT = 0.16, 120
_SMALLEST = 24


def draw(frame: I420, source: VisualizerSource, sound: Sound) -> None:
    """Draw the path of the sound about the middle of the box, its latest part brightest, in a diamond's corners."""
    box = square_of(box_of(frame, source.place))
    if box.width < _SMALLEST:
        return
    mask = np.zeros((box.height, box.width), np.uint8)
    thick = max(1, round(box.width / 260))
    half = box.width / 2 - 2 * thick
    center = box.width / 2 - 0.5
    _corners(mask, center, half, thick)
    path = _path(sound) * half + center
    for begin, light in _AGES:
        polyline(mask, path[int(begin * _POINTS) :], light, thick)
    colors = (lighter(source.color, 0.45), source.color)
    pixels.tint(frame, mask, box.x, box.y, colors=colors, opacity=source.opacity)


def _path(sound: Sound) -> NDArray[np.float64]:
    """Return points within the diamond |x| + |y| ≤ 1: side to the left and right, middle up and down."""
    middle, side = (resampled(each, _POINTS).astype(np.float64) for each in (sound.waveform, sound.side))
    path = np.stack([-_WIDER * side, -middle], axis=1)
    size = np.abs(path).sum(axis=1, keepdims=True)
    # Bent towards the border: what is soft is still seen, what is loud stays inside.
    return np.asarray(path / np.maximum(size, 1e-9) * _REACH * np.tanh(1.9 * size) / np.tanh(3.8))


def _corners(mask: pixels.Plane, center: float, half: float, thick: int) -> None:
    """Draw the four corners of the diamond, and no more of it."""
    tips = np.array([[0, -1], [1, 0], [0, 1], [-1, 0]], np.float64)
    for index, tip in enumerate(tips):
        before, after = (tip + _GUIDE * (tips[(index + step) % 4] - tip) for step in (-1, 1))
        polyline(mask, np.stack([before, tip, after]) * half + center, _GUIDE_LIGHT, thick)


STEREO_FIELD = Design(
    "stereo-field",
    {"en": ("stereo field", "vectorscope", "goniometer"), "zh": ("立体声场", "声场", "矢量示波")},
    draw,
    square=True,
)
