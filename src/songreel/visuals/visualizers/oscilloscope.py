"""Oscilloscope: a fine trace with a glow, held still by its trigger, over the ticks of a screen."""

from __future__ import annotations

import cv2
import numpy as np

from songreel.model.timeline import VisualizerSource
from songreel.visuals import pixels
from songreel.visuals.pixels import I420
from songreel.visuals.visualizers.design import (
    SUBPIXEL_BITS,
    Design,
    Sound,
    box_of,
    fixed_point,
    lighter,
    polyline,
    resampled,
)

_POINTS = 300
_TICKS = 20
_GLOW, _GLOW_SHARE, _STILL = 4, 2.2, 1e-3
"""The glow is drawn at a quarter of the size; where the trace is still there is none."""
_TICK_LIGHT = 110
_REACH, _DRIVE = 0.92, 1.6
_SMALLEST = 24


def draw(frame: I420, source: VisualizerSource, sound: Sound) -> None:
    """Draw the sound of this moment across the box, from one rise through zero on."""
    box = box_of(frame, source.place)
    if min(box.width, box.height) < _SMALLEST:
        return
    mask = np.zeros((box.height, box.width), np.uint8)
    thick = max(1, round(box.height / 130))
    middle = box.height / 2 - 0.5
    trace = np.tanh(_DRIVE * resampled(sound.waveform, min(_POINTS, box.width)).astype(np.float64)) / np.tanh(_DRIVE)
    x = np.linspace(0, box.width - 1, trace.size)
    line = np.stack([x, middle - trace * (middle - 4 * thick) * _REACH], axis=1)
    polyline(mask, line, 255, thick)
    if np.ptp(trace) > _STILL:
        cv2.max(mask, _glow(mask, thick), dst=mask)
    _ticks(mask, middle, thick)
    colors = (lighter(source.color, 0.3), lighter(source.color, 0.3))
    pixels.tint(frame, mask, box.x, box.y, colors=colors, opacity=source.opacity)


def _glow(mask: pixels.Plane, thick: int) -> pixels.Plane:
    """Return the light around a trace."""
    high, wide = mask.shape
    small = cv2.resize(mask, (max(1, wide // _GLOW), max(1, high // _GLOW)), interpolation=cv2.INTER_AREA)
    soft = cv2.GaussianBlur(small, (0, 0), max(1.0, 1.1 * thick), borderType=cv2.BORDER_CONSTANT)
    bright = cv2.convertScaleAbs(soft, alpha=_GLOW_SHARE)
    return np.asarray(cv2.resize(bright, (wide, high), interpolation=cv2.INTER_LINEAR), np.uint8)


def _ticks(mask: pixels.Plane, middle: float, thick: int) -> None:
    """Draw the scale: a tick every twentieth of the width, each fifth one longer, and the frame's corners."""
    high, wide = mask.shape
    fine = max(1, thick // 2)
    for index in range(1, _TICKS):
        x, reach = index * wide / _TICKS - 0.5, high * (0.05 if index % 5 == 0 else 0.025)
        ends = fixed_point(np.array([[x, middle - reach], [x, middle + reach]])).tolist()
        cv2.line(mask, ends[0], ends[1], _TICK_LIGHT, fine, cv2.LINE_AA, SUBPIXEL_BITS)
    arm = high * 0.08
    for x, across in ((fine, 1), (wide - 1 - fine, -1)):
        for y, down in ((fine, 1), (high - 1 - fine, -1)):
            corner = np.array([[x + across * arm, y], [x, y], [x, y + down * arm]])
            polyline(mask, corner, _TICK_LIGHT, fine)


OSCILLOSCOPE = Design(
    "oscilloscope",
    {"en": ("oscilloscope", "scope"), "zh": ("示波器", "示波")},
    draw,
    height=0.24,
)
