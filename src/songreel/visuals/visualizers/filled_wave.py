"""Filled wave: the spectrum as a smooth range of hills above its own faint reflection, peaks like mist behind it."""

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

_ANCHORS, _FINEST = 44, 3
_GROUND = 0.78
_BODY, _MIST, _REFLECTION = 150, 62, 46
_SMALLEST = 16


def draw(frame: I420, source: VisualizerSource, sound: Sound) -> None:
    """Draw hills with a bright ridge across the box."""
    box = box_of(frame, source.place)
    if min(box.width, box.height) < _SMALLEST:
        return
    mask = np.zeros((box.height, box.width), np.uint8)
    thick = max(2, round(box.height / 60))
    ground = round(box.height * _GROUND)
    count = max(_ANCHORS, box.width // _FINEST)
    x = np.linspace(0, box.width - 1, count)
    hills, peaks = (_tapered(curve(levels, count, anchors=_ANCHORS)) for levels in (sound.spectrum, sound.peaks))
    high = ground - 2 * thick
    if np.any(peaks > hills):
        _fill(mask, x, ground - high * peaks, ground, _MIST)
    _fill(mask, x, ground + (box.height - ground - 2) * 0.8 * hills, ground, _REFLECTION)
    _fill(mask, x, ground - high * hills, ground, _BODY)
    polyline(mask, np.stack([x, ground - high * hills], axis=1), 255, thick)
    colors = (lighter(source.color, 0.4), source.color)
    pixels.tint(frame, mask, box.x, box.y, colors=colors, opacity=source.opacity)


def _tapered(levels: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return heights 0…1 that come from the ground at both ends."""
    window = np.sin(np.pi / 2 * np.clip(np.sin(np.linspace(0, np.pi, levels.size)) * 2.4, 0, 1))
    return np.asarray(np.clip(levels, 0, 1) * window)


def _fill(mask: pixels.Plane, x: NDArray[np.float64], y: NDArray[np.float64], ground: int, light: int) -> None:
    outline = np.concatenate([np.stack([x, y], axis=1), [[x[-1], ground], [x[0], ground]]])
    cv2.fillPoly(mask, [fixed_point(outline)], light, cv2.LINE_AA, SUBPIXEL_BITS)


FILLED_WAVE = Design(
    "filled-wave",
    {"en": ("filled wave", "hills", "wave hills"), "zh": ("填充波浪", "波浪", "起伏波浪")},
    draw,
    height=0.24,
)
