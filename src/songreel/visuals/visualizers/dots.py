"""Dots: a wall of round lamps, one column a band, lit up to its level, one lamp for its peak."""

from __future__ import annotations

from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from songreel.model.timeline import VisualizerSource
from songreel.visuals import pixels
from songreel.visuals.pixels import I420
from songreel.visuals.visualizers.design import Design, Sound, box_of, lighter, resampled

_MOST_COLUMNS, _MOST_ROWS, _FINEST_PITCH = 64, 12, 8
_AT_REST, _PEAK = 0.45, 0.8


def draw(frame: I420, source: VisualizerSource, sound: Sound) -> None:
    """Draw the lamps that are lit; the lowest row glows in silence too."""
    box = box_of(frame, source.place)
    if min(box.width, box.height) < _FINEST_PITCH:
        return
    pitch = max(_FINEST_PITCH, -(-box.width // _MOST_COLUMNS // 2) * 2, -(-box.height // _MOST_ROWS // 2) * 2)
    columns, rows = box.width // pitch, max(1, box.height // pitch)
    levels, peaks = (np.clip(resampled(each, columns), 0, 1) * rows for each in (sound.spectrum, sound.peaks))
    step = np.arange(rows)[::-1, None]
    # The lamp at the top of a column fades in and out: none of them jumps.
    light = np.clip(levels - step, 0, 1)
    top = np.clip(1 - np.abs(np.maximum(peaks, 1) - 1 - step), 0, 1) * (peaks > 1)
    light = np.maximum(light, _PEAK * top)
    light[-1] = np.maximum(light[-1], _AT_REST)
    lit = np.repeat(np.repeat(np.rint(light * 255).astype(np.uint8), pitch, axis=0), pitch, axis=1)
    lamps = np.tile(_lamp(pitch), (rows, columns))
    mask = np.asarray(cv2.multiply(lamps, lit, scale=1 / 255), np.uint8)
    x, y = box.x + (box.width - mask.shape[1]) // 4 * 2, box.y + (box.height - mask.shape[0]) // 2 * 2
    colors = (lighter(source.color, 0.55), source.color)
    pixels.tint(frame, mask, x, y, colors=colors, opacity=source.opacity)


@lru_cache(maxsize=16)
def _lamp(pitch: int) -> NDArray[np.uint8]:
    """Return the mask of one lamp, drawn eight times as fine."""
    fine = 8
    at = (np.arange(pitch * fine) + 0.5) / fine - pitch / 2
    inside = np.where(at**2 + at[:, None] ** 2 <= (0.34 * pitch) ** 2, 255, 0).astype(np.uint8)
    return np.asarray(cv2.resize(inside, (pitch, pitch), interpolation=cv2.INTER_AREA), np.uint8)


DOTS = Design(
    "dots",
    {"en": ("dots", "dot matrix", "led wall"), "zh": ("圆点", "点阵", "点阵频谱")},
    draw,
    height=0.24,
)
