"""Peaks: bright caps that the bars throw up, and that hang there and fall back by their own weight."""

from __future__ import annotations

import cv2
import numpy as np

from songreel.model.timeline import VisualizerSource
from songreel.visuals import pixels
from songreel.visuals.pixels import I420
from songreel.visuals.visualizers.design import SUBPIXEL_BITS, Design, Sound, box_of, fixed_point, lighter, resampled

_MOST_BARS, _FINEST_PITCH = 40, 10
_CAP, _STEM = 0.72, 0.16
_STEM_LIGHT = 120


def draw(frame: I420, source: VisualizerSource, sound: Sound) -> None:
    """Draw a cap at each peak over a slender stem as high as its band is loud."""
    box = box_of(frame, source.place)
    if min(box.width, box.height) < 2 * _FINEST_PITCH:
        return
    mask = np.zeros((box.height, box.width), np.uint8)
    pitch = max(_FINEST_PITCH, box.width / _MOST_BARS)
    count = int(box.width / pitch)
    thick, stem = max(2, round(pitch * 0.22)), max(1, round(pitch * _STEM))
    low, high = box.height - thick, box.height - 2 * thick
    x = (box.width - pitch * (count - 1)) / 2 - 0.5 + np.arange(count) * pitch
    levels, peaks = (low - high * np.clip(resampled(each, count), 0, 1) for each in (sound.spectrum, sound.peaks))
    reach = (pitch * _CAP - thick) / 2
    stems = fixed_point(np.stack([np.stack([x, levels], axis=1), np.stack([x, np.full(count, low)], axis=1)], axis=1))
    caps = fixed_point(np.stack([np.stack([x - reach, peaks], axis=1), np.stack([x + reach, peaks], axis=1)], axis=1))
    for (top, foot), (left, right) in zip(stems.tolist(), caps.tolist(), strict=True):
        if top[1] < foot[1]:
            cv2.line(mask, top, foot, _STEM_LIGHT, stem, cv2.LINE_AA, SUBPIXEL_BITS)
        cv2.line(mask, left, right, 255, thick, cv2.LINE_AA, SUBPIXEL_BITS)
    colors = (lighter(source.color, 0.5), source.color)
    pixels.tint(frame, mask, box.x, box.y, colors=colors, opacity=source.opacity)


PEAKS = Design(
    "peaks",
    {"en": ("falling peaks", "peaks", "peaks with gravity"), "zh": ("重力峰值", "下落峰值", "峰值")},
    draw,
    height=0.22,
)
