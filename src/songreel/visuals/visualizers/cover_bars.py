"""Cover bars: rounded bars all around the cover, low bands at the foot, that step off it on each beat."""

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
    resampled,
    square_of,
)

_BARS = 36
_HOLE = 0.56
_OFF, _BREATH = 0.045, 0.03
_SMALLEST = 32


def draw(frame: I420, source: VisualizerSource, sound: Sound) -> None:
    """Draw the bars, and, where there is no picture within them, two fine circles in its place."""
    box = square_of(box_of(frame, source.place))
    if box.width < _SMALLEST:
        return
    mask = np.zeros((box.height, box.width), np.uint8)
    half = box.width / 2
    inner = half * (_HOLE * (1 + _BREATH * min(max(sound.pulse, 0.0), 1.0)) + _OFF)
    thick = max(2, round(inner * np.pi / _BARS * 0.58))
    levels = np.clip(resampled(sound.spectrum, _BARS), 0, 1)
    both = np.concatenate([levels, levels[::-1]])
    turn = np.pi / 2 + (np.arange(2 * _BARS) + 0.5) * np.pi / _BARS
    along = np.stack([np.cos(turn), np.sin(turn)], axis=1)
    near = inner + thick / 2
    far = near + both * (half - near - thick / 2 - 2)
    center = half - 0.5
    ends = fixed_point(np.stack([along * near, along * far[:, None]], axis=1) + center)
    for bar in ends.tolist():
        cv2.line(mask, bar[0], bar[1], 255, thick, cv2.LINE_AA, SUBPIXEL_BITS)
    if source.picture is None:
        _circles(mask, center, half * _HOLE)
    colors = (lighter(source.color, 0.4), source.color)
    pixels.tint(frame, mask, box.x, box.y, colors=colors, opacity=source.opacity)


def _circles(mask: pixels.Plane, center: float, radius: float) -> None:
    middle = tuple(fixed_point(np.array([center, center])).tolist())
    for share, light in ((1.0, 210), (0.93, 90)):
        reach = round(radius * share * (1 << SUBPIXEL_BITS))
        cv2.circle(mask, middle, reach, light, max(1, round(radius / 130)), cv2.LINE_AA, SUBPIXEL_BITS)


COVER_BARS = Design(
    "cover-bars",
    {
        "en": ("radial bars around the cover", "cover bars", "radial bars"),
        "zh": ("封面环绕柱", "环绕封面的频谱", "放射柱状"),
    },
    draw,
    square=True,
    hole=_HOLE,
)
