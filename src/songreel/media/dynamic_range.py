"""High dynamic range footage in the standard range: what is brighter than paper is bent below white, not cut off.

PQ is that of SMPTE ST 2084, HLG that of ITU-R BT.2100, reference white is 203 cd/m² (ITU-R BT.2408). Each color channel
goes through one curve; on Y, Cb, Cr that is the curve on Y, and its slope there on color differences, to first order.
"""

from __future__ import annotations

from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray

from songreel.visuals.pixels import I420

PQ, HLG = 16, 18
"""Transfer characteristics by their numbers in ITU-T H.273."""
WORKING = "yuv420p10le"
"""The pixel format that `to_standard` takes: BT.709's matrix, limited range."""
_WHITE_NITS, _HLG_PEAK_NITS = 203.0, 1000.0
_WHITE, _KNEE = 0.75, 0.5
_GAMMA = 2.4
_STEEPEST = 3.0
_WIDER = 1.15
"""What colors lose when those of BT.2020 are taken for those of BT.709."""

Curve = NDArray[np.float64]


def is_high(transfer: int) -> bool:
    """Tell whether footage of a transfer has a high dynamic range."""
    return transfer in (PQ, HLG)


def to_standard(frame: NDArray[np.uint16], transfer: int) -> I420:
    """Return a frame of 10 bits, planes packed as in I420, as one of the standard range."""
    levels, slopes = _tables(transfer)
    height = frame.shape[0] * 2 // 3
    luma = frame[:height]
    out = np.empty(frame.shape, np.uint8)
    out[:height] = levels[luma]
    half = cv2.resize(luma, (luma.shape[1] // 2, height // 2), interpolation=cv2.INTER_AREA)
    slope = slopes[half].reshape(-1)
    apart = (frame[height:].reshape(2, -1).astype(np.float32) - 512) * (slope / 4)
    out[height:] = np.clip(np.rint(apart + 128), 16, 240).astype(np.uint8).reshape(out[height:].shape)
    return out


@cache
def _tables(transfer: int) -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
    """Return for each of 1024 levels the level of 8 bits, and by how much color differences grow there."""
    code = np.clip((np.arange(1024) - 64) / 876, 0, 1)
    shown = _bent(_nits(code, transfer) / _WHITE_NITS) ** (1 / _GAMMA)
    levels = np.clip(np.rint(16 + 219 * shown), 16, 235).astype(np.uint8)
    smooth = np.convolve(np.pad(np.gradient(shown), 8, mode="edge"), np.ones(17) / 17, "valid") * 876
    return levels, np.clip(smooth * _WIDER, 0, _STEEPEST).astype(np.float32)


def _nits(code: Curve, transfer: int) -> Curve:
    if transfer == HLG:
        a, b, c = 0.17883277, 0.28466892, 0.55991073
        scene = np.where(code <= 0.5, code**2 / 3, (np.exp((code - c) / a) + b) / 12)
        return np.asarray(_HLG_PEAK_NITS * scene**1.2)
    m1, m2, c1, c2, c3 = 2610 / 16384, 2523 / 32, 3424 / 4096, 2413 / 128, 2392 / 128
    power = code ** (1 / m2)
    return np.asarray(10_000 * (np.maximum(power - c1, 0) / (c2 - c3 * power)) ** (1 / m1))


def _bent(light: Curve) -> Curve:
    """Return light, 1 at reference white, as 0…1: as it is up to a knee, ever flatter above."""
    scaled = light * _WHITE
    above = _KNEE + (1 - _KNEE) * (1 - np.exp(-(scaled - _KNEE) / (1 - _KNEE)))
    return np.where(scaled <= _KNEE, scaled, above)
