"""Where to look in a picture: at faces, else at what stands out by its shape or its color.

Sources: X. Hou, L. Zhang, "Saliency detection: a spectral residual approach", CVPR 2007 (shape);
R. Achanta et al., "Frequency-tuned salient region detection", CVPR 2009 (color).
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
RGB = NDArray[np.uint8]
Heat = NDArray[np.float64]
FACE_SIDE = 320
_SIDE = 64
_CASCADE = "haarcascade_frontalface_alt2.xml"
_SMALLEST_FACE = 0.08
_NEIGHBORS = 5
# Where nothing stands out the middle is the place to look: a weak pull towards it.
_CENTER_PULL = 0.15
_FLAT = 0.3


def focus(picture: RGB) -> Point:
    """Return the place that matters as shares (x, y) of a picture, uint8 (h, w, 3)."""
    return faces(np.asarray(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), np.uint8)) or standout(picture)


def faces(gray: Gray) -> Point | None:
    """Return the center of all faces that look at the camera, large ones counting more; None without any."""
    scale = min(1.0, FACE_SIDE / max(gray.shape))
    size = max(1, round(gray.shape[1] * scale)), max(1, round(gray.shape[0] * scale))
    small = cv2.resize(gray, size, interpolation=cv2.INTER_AREA) if scale < 1 else gray
    height, width = small.shape
    least = max(20, round(min(width, height) * _SMALLEST_FACE))
    found = _cascade().detectMultiScale(
        cv2.equalizeHist(small), scaleFactor=1.15, minNeighbors=_NEIGHBORS, minSize=(least, least)
    )
    if not len(found):
        return None
    boxes = np.asarray(found, np.float64)
    weights = boxes[:, 2] * boxes[:, 3]
    center = np.average(boxes[:, :2] + boxes[:, 2:] / 2, axis=0, weights=weights)
    return float(center[0] / width), float(center[1] / height)


def standout(picture: RGB) -> Point:
    """Return the center of what stands out, as shares (x, y)."""
    small = cv2.resize(picture, (_SIDE, _SIDE), interpolation=cv2.INTER_AREA).astype(np.float32) / 255
    lab = np.asarray(cv2.cvtColor(small, cv2.COLOR_RGB2LAB), np.float64)
    heat = (_by_shape(lab[..., 0]) + _by_color(lab)) ** 3
    total = heat.sum()
    if total <= 0:
        return 0.5, 0.5
    along = (np.arange(_SIDE) + 0.5) / _SIDE
    x, y = float(heat.sum(axis=0) @ along / total), float(heat.sum(axis=1) @ along / total)
    return x + (0.5 - x) * _CENTER_PULL, y + (0.5 - y) * _CENTER_PULL


def _by_shape(lightness: Heat) -> Heat:
    """Return what the picture's own spectrum does not lead one to expect, 0…1."""
    spectrum = np.fft.fft2(lightness)
    amplitude = np.log(np.abs(spectrum) + 1e-9)
    rest = amplitude - cv2.blur(amplitude, (3, 3), borderType=cv2.BORDER_REFLECT)
    back = np.abs(np.fft.ifft2(np.exp(rest + 1j * np.angle(spectrum)))) ** 2
    return _stretched(np.asarray(cv2.GaussianBlur(back, (0, 0), 2.5), np.float64), lightness)


def _by_color(lab: Heat) -> Heat:
    """Return how far each place's color is from the picture's mean, 0…1."""
    distance = np.linalg.norm(cv2.GaussianBlur(lab, (0, 0), 1.5) - lab.mean(axis=(0, 1)), axis=2)
    return _stretched(distance, lab)


def _stretched(heat: Heat, picture: Heat) -> Heat:
    """Return heat as 0…1; all 0 for a flat picture, where it is but rounding."""
    if picture.std(axis=(0, 1)).max() < _FLAT:
        return np.zeros_like(heat)
    return np.asarray((heat - heat.min()) / max(float(np.ptp(heat)), 1e-12))


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
