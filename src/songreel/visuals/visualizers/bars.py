"""Bars: the spectrum as rounded columns, from a ground line or about a middle line."""

from __future__ import annotations

from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from songreel.model.timeline import VisualizerSource
from songreel.visuals import pixels
from songreel.visuals.pixels import I420
from songreel.visuals.visualizers.design import Box, Design, Sound, box_of, lighter, resampled

_MOST_BARS, _FINEST_PITCH = 64, 8
_TOP_LIGHT = 0.45


def draw(frame: I420, source: VisualizerSource, sound: Sound) -> None:
    """Draw bars that stand on the lower edge of their box, each under its peak."""
    box = box_of(frame, source.place)
    if min(box.width, box.height) < _FINEST_PITCH:
        return
    mask = np.zeros((box.height, box.width), np.uint8)
    columns, wide = _columns(box)
    pill, cap = _pill(wide, box.height), max(2, wide // 4)
    heights = _heights(sound.spectrum, len(columns), wide, box.height)
    peaks = _heights(sound.peaks, len(columns), wide, box.height - 2 * cap)
    for x, high, peak in zip(columns, heights, peaks, strict=True):
        mask[box.height - high :, x : x + wide] = pill[:high]
        if peak > high + cap:
            mask[box.height - peak - cap : box.height - peak, x : x + wide] = 255
    _color(frame, mask, box, source, (lighter(source.color, _TOP_LIGHT), source.color))


def draw_mirrored(frame: I420, source: VisualizerSource, sound: Sound) -> None:
    """Draw bars that grow up and down from the middle of their box, the low bands in its center."""
    box = box_of(frame, source.place)
    if min(box.width, box.height) < 2 * _FINEST_PITCH:
        return
    mask = np.zeros((box.height, box.width), np.uint8)
    columns, wide = _columns(box)
    middle = box.height // 2
    pill = _pill(wide, middle)
    half = (len(columns) + 1) // 2
    heights = _heights(sound.spectrum, half, wide, middle)
    mirrored = [*heights[::-1], *heights[len(columns) % 2 :]]
    for x, high in zip(columns, mirrored, strict=True):
        mask[middle - high : middle, x : x + wide] = pill[:high]
        mask[middle : middle + high, x : x + wide] = pill[:high][::-1]
    _color(frame, mask, box, source, (source.color, lighter(source.color, _TOP_LIGHT)))


def _columns(box: Box) -> tuple[range, int]:
    """Return the left edges of the bars and their width; all even, so that color and light keep their edges."""
    pitch = max(_FINEST_PITCH, -(-box.width // _MOST_BARS // 2) * 2)
    wide = round(pitch * 0.34) * 2
    count = (box.width - wide) // pitch + 1
    first = (box.width - pitch * (count - 1) - wide) // 4 * 2
    return range(first, first + pitch * count, pitch), wide


def _heights(levels: NDArray[np.float32], count: int, least: int, most: int) -> list[int]:
    least = min(least, most)
    shares = np.clip(resampled(levels, count), 0, 1)
    heights: list[int] = np.rint(least + (most - least) * shares).astype(int).tolist()
    return heights


@lru_cache(maxsize=16)
def _pill(width: int, height: int) -> NDArray[np.uint8]:
    """Return the mask of a column with a round head, drawn eight times as fine."""
    fine, radius = 8, width / 2
    x = (np.arange(width * fine) + 0.5) / fine - radius
    y = np.minimum((np.arange(height * fine) + 0.5) / fine - radius, 0)[:, None]
    inside = np.where(x**2 + y**2 <= radius**2, 255, 0).astype(np.uint8)
    return np.asarray(cv2.resize(inside, (width, height), interpolation=cv2.INTER_AREA), np.uint8)


def _color(frame: I420, mask: NDArray[np.uint8], box: Box, source: VisualizerSource, colors: tuple[str, str]) -> None:
    pixels.tint(frame, mask, box.x, box.y, colors=colors, opacity=source.opacity)


BARS = Design(
    "bars",
    {"en": ("bars", "spectrum", "equalizer", "eq"), "zh": ("频谱", "柱状", "均衡器", "频谱条")},
    draw,
)
MIRRORED = Design(
    "mirrored-bars",
    {"en": ("mirrored bars", "mirror bars", "symmetric bars"), "zh": ("对称频谱", "镜像频谱")},
    draw_mirrored,
)
