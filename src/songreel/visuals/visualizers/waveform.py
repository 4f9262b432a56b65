"""Waveform: the sound of this moment as one bright line over a soft body, drawn in to its two ends."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from songreel.model.timeline import VisualizerSource
from songreel.visuals import pixels
from songreel.visuals.pixels import I420
from songreel.visuals.visualizers.design import SUBPIXEL_BITS, Design, Sound, box_of, fixed_point, lighter, resampled

_POINTS = 160
_SMALLEST = 16
_BODY = 90


def draw(frame: I420, source: VisualizerSource, sound: Sound) -> None:
    """Draw the waveform across its box."""
    box = box_of(frame, source.place)
    if min(box.width, box.height) < _SMALLEST:
        return
    mask = np.zeros((box.height, box.width), np.uint8)
    thick = max(2, round(box.height / 70))
    line = _line(sound.waveform, box.width, box.height - 2 * thick) + np.array([0, thick])
    middle = box.height / 2
    body = np.concatenate([line, np.stack([line[::-1, 0], 2 * middle - line[::-1, 1]], axis=1)])
    cv2.fillPoly(mask, [fixed_point(body)], _BODY, cv2.LINE_AA, SUBPIXEL_BITS)
    cv2.polylines(
        mask, [fixed_point(line)], isClosed=False, color=255, thickness=thick, lineType=cv2.LINE_AA, shift=SUBPIXEL_BITS
    )
    colors = (lighter(source.color, 0.35), source.color)
    pixels.tint(frame, mask, box.x, box.y, colors=colors, opacity=source.opacity)


def _line(waveform: NDArray[np.float32], width: int, height: int) -> NDArray[np.float64]:
    """Return the points of a smooth line: the samples averaged to a few, bent by a cosine window, finely drawn."""
    few = resampled(waveform, _POINTS).astype(np.float64)
    eased = few * np.sin(np.linspace(0, np.pi, _POINTS)) ** 0.7
    fine = cv2.resize(eased[None, :], (min(width, 4 * _POINTS), 1), interpolation=cv2.INTER_CUBIC)[0]
    x = np.linspace(0, width - 1, fine.size)
    return np.stack([x, height / 2 * (1 - np.clip(fine, -1, 1))], axis=1)


WAVEFORM = Design(
    "waveform",
    {"en": ("waveform", "wave"), "zh": ("波形", "波浪线")},
    draw,
)
