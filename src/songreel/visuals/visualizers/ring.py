"""Ring: the spectrum as rays around a circle, the same on both sides, that breathes with the beat."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from songreel.model.timeline import VisualizerSource
from songreel.visuals import pixels
from songreel.visuals.pixels import I420
from songreel.visuals.visualizers.design import SUBPIXEL_BITS, Design, Sound, box_of, fixed_point, lighter, resampled

_RAYS = 60
_INNER, _BREATH = 0.56, 0.05
_SMALLEST = 24


def draw(frame: I420, source: VisualizerSource, sound: Sound) -> None:
    """Draw rays around the middle of the box, low bands at the foot, in the largest circle that the box holds."""
    box = box_of(frame, source.place)
    side = min(box.width, box.height) // 4 * 4
    if side < _SMALLEST:
        return
    mask = np.zeros((side, side), np.uint8)
    radius = side / 2 - 2
    inner = radius * (_INNER + _BREATH * min(max(sound.pulse, 0.0), 1.0))
    levels = np.clip(resampled(sound.spectrum, _RAYS), 0, 1)
    both = np.concatenate([levels, levels[::-1]])
    turn = np.pi / 2 + (np.arange(2 * _RAYS) + 0.5) * np.pi / _RAYS
    width = inner * np.pi / _RAYS * 0.5
    outer = inner + np.maximum(width, both * (radius - inner))
    _rays(mask, turn, (inner, outer), width)
    line = max(1, round(side / 300))
    center = fixed_point(np.array([side / 2 - 0.5, side / 2 - 0.5]))
    ring = round((inner - 3 * width) * (1 << SUBPIXEL_BITS))
    cv2.circle(mask, (int(center[0]), int(center[1])), ring, 190, line, cv2.LINE_AA, SUBPIXEL_BITS)
    x, y = box.x + (box.width - side) // 4 * 2, box.y + (box.height - side) // 4 * 2
    colors = (lighter(source.color, 0.4), source.color)
    pixels.tint(frame, mask, x, y, colors=colors, opacity=source.opacity)


def _rays(
    mask: NDArray[np.uint8],
    turn: NDArray[np.float64],
    reach: tuple[float, NDArray[np.float64]],
    width: float,
) -> None:
    """Fill one quadrangle for each ray, all in one call."""
    along = np.stack([np.cos(turn), np.sin(turn)], axis=1)
    across = np.stack([-along[:, 1], along[:, 0]], axis=1) * width / 2
    center = mask.shape[0] / 2 - 0.5
    near, far = along * reach[0], along * reach[1][:, None]
    corners = np.stack([near - across, far - across, far + across, near + across], axis=1) + center
    cv2.fillPoly(mask, list(fixed_point(corners)), 255, cv2.LINE_AA, SUBPIXEL_BITS)


RING = Design(
    "ring",
    {"en": ("ring", "circle", "radial", "circular"), "zh": ("圆环", "环形", "圆形频谱")},
    draw,
    square=True,
)
