"""The main colors of a picture: k-means in CIE L*a*b*, started from its extremes so that chance has no part."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

COUNT = 5
_SIDE = 64
_ROUNDS = 16
_OPAQUE = 128
_LUMA = np.array([0.2126, 0.7152, 0.0722])


def main_colors(picture: NDArray[np.uint8]) -> tuple[str, ...]:
    """Return five colors, dark to light, as ``"#rrggbb"``, of an RGB or RGBA picture (h, w, 3|4).

    What is transparent has no say, unless all is. A picture of fewer colors repeats some.
    """
    small = cv2.resize(picture, (_SIDE, _SIDE), interpolation=cv2.INTER_AREA).reshape(_SIDE * _SIDE, -1)
    seen = small[small[:, 3] >= _OPAQUE] if small.shape[1] == 4 else small
    rgb = np.ascontiguousarray((seen if len(seen) else small)[:, :3])
    lab = cv2.cvtColor(rgb[None].astype(np.float32) / 255, cv2.COLOR_RGB2LAB)[0].astype(np.float64)
    groups = _grouped(lab)
    means = np.array([rgb[groups == group].mean(axis=0) for group in np.unique(groups)])
    means = means[np.argsort(means @ _LUMA, kind="stable")]
    picked = np.round(np.linspace(0, len(means) - 1, COUNT)).astype(int)
    return tuple("#{:02x}{:02x}{:02x}".format(*means[index].round().astype(int)) for index in picked)


def _grouped(points: NDArray[np.float64]) -> NDArray[np.intp]:
    """Return the group of each point, shape (n,): Lloyd's k-means from farthest-first seeds."""
    centers = points[[np.argmin(np.linalg.norm(points - points.mean(axis=0), axis=1))]]
    while len(centers) < COUNT:
        distances = _distances(points, centers).min(axis=1)
        centers = np.vstack([centers, points[np.argmax(distances)]])
    groups = np.zeros(len(points), np.intp)
    for _ in range(_ROUNDS):
        groups = np.argmin(_distances(points, centers), axis=1)
        for group in np.unique(groups):
            centers[group] = points[groups == group].mean(axis=0)
    return groups


def _distances(points: NDArray[np.float64], centers: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(((points[:, None] - centers[None]) ** 2).sum(axis=2))
