"""Where to look in a picture: at faces, else at what stands out from the picture's own statistics.

Source: X. Hou, L. Zhang, "Saliency detection: a spectral residual approach", CVPR 2007.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from songreel.base.errors import MissingPart

Point = tuple[float, float]
Gray = NDArray[np.uint8]
FACE_SIDE = 480
_SIDE = 64
_CASCADE = "haarcascade_frontalface_alt2.xml"
_SMALLEST_FACE = 0.06
_NEIGHBORS = 6
# Where nothing stands out the middle is the place to look: a weak pull towards it.
_CENTER_PULL = 0.15


def focus(gray: Gray) -> Point:
    """Return the place that matters as shares (x, y) of a grey picture, uint8 (h, w)."""
    return faces(gray) or standout(gray)


def faces(gray: Gray) -> Point | None:
    """Return the centre of all faces that look at the camera, large ones counting more; None without any."""
    scale = min(1.0, FACE_SIDE / max(gray.shape))
    small = cv2.resize(gray, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else gray
    height, width = small.shape
    least = max(20, round(min(width, height) * _SMALLEST_FACE))
    found = _cascade().detectMultiScale(
        cv2.equalizeHist(small), scaleFactor=1.1, minNeighbors=_NEIGHBORS, minSize=(least, least)
    )
    if not len(found):
        return None
    boxes = np.asarray(found, np.float64)
    weights = boxes[:, 2] * boxes[:, 3]
    center = np.average(boxes[:, :2] + boxes[:, 2:] / 2, axis=0, weights=weights)
    return float(center[0] / width), float(center[1] / height)


def standout(gray: Gray) -> Point:
    """Return the centre of what stands out, as shares (x, y)."""
    heat = residual(gray) ** 2
    total = heat.sum()
    if total <= 0:
        return 0.5, 0.5
    along = (np.arange(_SIDE) + 0.5) / _SIDE
    x, y = float(heat.sum(axis=0) @ along / total), float(heat.sum(axis=1) @ along / total)
    return x + (0.5 - x) * _CENTER_PULL, y + (0.5 - y) * _CENTER_PULL


def residual(gray: Gray) -> NDArray[np.float64]:
    """Return the saliency map, 0…1, shape (64, 64); all 0 for a flat picture."""
    small = cv2.resize(gray, (_SIDE, _SIDE), interpolation=cv2.INTER_AREA).astype(np.float64)
    if small.std() < 1:
        return np.zeros((_SIDE, _SIDE))
    spectrum = np.fft.fft2(small)
    amplitude = np.log(np.abs(spectrum) + 1e-9)
    rest = amplitude - cv2.blur(amplitude, (3, 3), borderType=cv2.BORDER_REFLECT)
    back = np.abs(np.fft.ifft2(np.exp(rest + 1j * np.angle(spectrum)))) ** 2
    heat = np.asarray(cv2.GaussianBlur(back, (0, 0), 2.5), np.float64)
    heat -= heat.min()
    return heat / max(float(heat.max()), 1e-12)


@cache
def _cascade() -> cv2.CascadeClassifier:
    # cv2.data names its folder in a file that type checkers do not follow.
    path = Path(cv2.__file__).parent / "data" / _CASCADE
    cascade = cv2.CascadeClassifier(str(path))
    if cascade.empty():
        raise MissingPart(
            "OpenCV has no face cascades here", advice="Install opencv-python-headless of a version below 5."
        )
    return cascade
