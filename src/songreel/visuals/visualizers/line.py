"""Line: one string across the frame that five bands of the sound set swinging; in silence it is straight."""

from __future__ import annotations

import numpy as np

from songreel.model.timeline import VisualizerSource
from songreel.visuals import pixels
from songreel.visuals.pixels import I420
from songreel.visuals.visualizers.design import Design, Sound, box_of, lighter, polyline, resampled

_BANDS = 5
_SWINGS = np.array([0.55, 0.83, 1.27, 1.61, 2.23])
"""Swings of each overtone in a second of motion: slow enough for the eye, and no two in step."""
_SHARES = np.array([1.7, 1.25, 0.9, 0.65, 0.5])
_POINTS = 240
_SMALLEST = 16


def draw(frame: I420, source: VisualizerSource, sound: Sound) -> None:
    """Draw the string from one end of the box to the other: the lower a band, the longer the waves that it makes."""
    box = box_of(frame, source.place)
    if min(box.width, box.height) < _SMALLEST:
        return
    mask = np.zeros((box.height, box.width), np.uint8)
    thick = max(2, round(min(box.height, box.width / 4) / 48))
    levels = np.clip(resampled(sound.spectrum, _BANDS), 0, 1).astype(np.float64) * _SHARES
    along = np.linspace(0, 1, _POINTS)
    overtones = np.arange(1, _BANDS + 1) + 1
    # A wave that runs to the right and one that runs to the left, unequal: never flat while there is sound.
    phase = 2 * np.pi * _SWINGS * sound.travel + overtones
    waves = np.pi * np.outer(along, overtones)
    bend = (0.65 * np.sin(waves + phase) + 0.35 * np.sin(waves - phase)) @ levels * np.sin(np.pi * along)
    y = box.height / 2 - 0.5 - np.tanh(bend) * (box.height / 2 - 2 * thick)
    polyline(mask, np.stack([along * (box.width - 1), y], axis=1), 255, thick)
    pixels.tint(frame, mask, box.x, box.y, colors=(lighter(source.color, 0.3),) * 2, opacity=source.opacity)


LINE = Design(
    "line",
    {"en": ("minimal line", "line", "string"), "zh": ("极简线条", "线条", "单线")},
    draw,
    height=0.16,
)
