"""Pictures out of a finished video: single frames, and a sheet of many."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from songreel.media import probe, store
from songreel.media.footage import Reader
from songreel.visuals import pixels

RGB = NDArray[np.uint8]
_TILE_WIDTH = 480
_GAP = 8
_PAPER = 24


def frames(video: Path, at: Sequence[Fraction]) -> list[RGB]:
    """Return the pictures shown at some moments, in seconds, as uint8 (h, w, 3); exact to the frame."""
    order = sorted(range(len(at)), key=lambda index: at[index])
    found: dict[int, RGB] = {}
    with Reader(video, probe.footage(video)) as reader:
        for index in order:
            found[index] = pixels.to_rgb(reader.frame(at[index]))
    return [found[index] for index in range(len(at))]


def contact_sheet(video: Path, out: Path, *, columns: int = 5, rows: int = 4) -> None:
    """Write a PNG of evenly spaced frames with their times, in reading order.

    Raises BadMedia when the video cannot be read, CannotWrite when the sheet cannot be written.
    """
    count = columns * rows
    asset = probe.footage(video)
    times = [asset.duration * (2 * index + 1) / (2 * count) for index in range(count)]
    tile = (_TILE_WIDTH, max(2, round(_TILE_WIDTH * asset.height / asset.width)))
    sheet = np.full((rows * (tile[1] + _GAP) + _GAP, columns * (tile[0] + _GAP) + _GAP, 3), _PAPER, np.uint8)
    with Reader(video, asset) as reader:
        for index, time in enumerate(times):
            full = pixels.to_rgb(reader.frame(time))
            picture = np.asarray(cv2.resize(full, tile, interpolation=cv2.INTER_AREA), np.uint8)
            _label(picture, time)
            top, left = (_GAP + n * (size + _GAP) for n, size in zip(divmod(index, columns), tile[::-1], strict=True))
            sheet[top : top + tile[1], left : left + tile[0]] = picture
    with store.atomic(out) as part, contextlib.closing(Image.fromarray(sheet)) as image:
        image.save(part, "PNG")


def clock(moment: Fraction) -> str:
    """Return a moment in minutes, seconds and tenths, as ``1:04.5``."""
    minutes, tenths = divmod(round(moment * 10), 600)
    return f"{minutes}:{tenths / 10:04.1f}"


def _label(picture: NDArray[np.uint8], time: Fraction) -> None:
    text, place = clock(time), (8, picture.shape[0] - 10)
    for color, thickness in (((0, 0, 0), 3), ((255, 255, 255), 1)):
        cv2.putText(picture, text, place, cv2.FONT_HERSHEY_SIMPLEX, 0.5, color, thickness, cv2.LINE_AA)
