"""Terrain: spectra one behind the other, each a ridge that hides what lies behind it, on their way to the horizon."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from songreel.model.timeline import VisualizerSource
from songreel.visuals import pixels
from songreel.visuals.pixels import I420
from songreel.visuals.visualizers.design import (
    SUBPIXEL_BITS,
    Design,
    Sound,
    box_of,
    curve,
    fixed_point,
    lighter,
    polyline,
)

_ANCHORS, _POINTS = 32, 112
_HORIZON, _FAR = 0.5, 0.56
_RISE = 0.62
_DEPTH = 1.7
_SUB = 4
"""Bands below the first that songs have: they would be a pit in the summit."""
_FAINTEST = 70
_SMALLEST = 16


def draw(frame: I420, source: VisualizerSource, sound: Sound) -> None:
    """Draw the ridges from the farthest to that of now."""
    box = box_of(frame, source.place)
    if min(box.width, box.height) < _SMALLEST:
        return
    mask = np.zeros((box.height, box.width), np.uint8)
    thick = max(1, round(box.height / 220))
    rows = len(sound.history)
    for back in range(rows - 1, -1, -1):
        near = 1 - (back + sound.since) / max(rows, 1)
        _ridge(mask, sound.history[back], near, thick)
    _ridge(mask, sound.spectrum, 1.0, thick + max(1, thick // 2))
    colors = (lighter(source.color, 0.1), lighter(source.color, 0.45))
    pixels.tint(frame, mask, box.x, box.y, colors=colors, opacity=source.opacity)


def _ridge(mask: pixels.Plane, levels: NDArray[np.float32], near: float, thick: int) -> None:
    """Draw one spectrum at a nearness from 0 (the horizon) to 1, and clear what it stands before."""
    high, wide = mask.shape
    depth = near**_DEPTH
    base = high * (_HORIZON + (1 - _HORIZON) * depth) - thick - 1
    reach = (wide - 1) / 2 * (_FAR + (1 - _FAR) * depth)
    x = wide / 2 - 0.5 + np.linspace(-reach, reach, _POINTS)
    # Low bands in the middle, high ones on both sides: a range has its summit where one looks.
    half = curve(levels[_SUB:], _POINTS // 2, anchors=_ANCHORS)
    heights = np.clip(np.concatenate([half[::-1], half]), 0, 1) * np.sin(np.linspace(0, np.pi, _POINTS)) ** 0.6
    y = np.maximum(base - heights * high * _RISE * (0.4 + 0.6 * depth), thick)
    line = np.stack([x, y], axis=1)
    outline = np.concatenate([line, [[x[-1], base + thick], [x[0], base + thick]]])
    cv2.fillPoly(mask, [fixed_point(outline)], 0, cv2.LINE_8, SUBPIXEL_BITS)
    polyline(mask, line, round(_FAINTEST + (255 - _FAINTEST) * near**1.5), thick)


TERRAIN = Design(
    "terrain",
    {"en": ("terrain", "spectrum terrain", "mountains of sound"), "zh": ("频谱地形", "地形", "频谱山脉")},
    draw,
    height=0.32,
    remembers=True,
)
