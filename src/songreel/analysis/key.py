"""The key: the song's pitch classes against the profiles of Krumhansl and Kessler (1982)."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from songreel.model.song_map import Key

TONICS: tuple[Literal["C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B"], ...] = (
    "C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B",
)  # fmt: skip
_MAJOR = np.array([6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88])
_MINOR = np.array([6.33, 2.68, 3.52, 5.38, 2.60, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17])


def find(chroma: NDArray[np.float32]) -> Key:
    """Return the key of chroma, shape (tones, 12), C first.

    The confidence falls with the lead over the next key and with how flat the pitch classes are; 0 in silence.
    """
    norms = np.linalg.norm(chroma, axis=1)
    loud = norms > 0.1 * (np.percentile(norms, 95) if norms.size else 0) + 1e-6
    if not loud.any():
        return Key(tonic="C", mode="major", confidence=0)
    mean = (chroma[loud] / norms[loud, None]).mean(axis=0).astype(np.float64)
    fits = np.array([[_fit(mean, np.roll(profile, tonic)) for tonic in range(12)] for profile in (_MAJOR, _MINOR)])
    mode, tonic = np.unravel_index(int(fits.argmax()), fits.shape)
    best, second = np.sort(fits.ravel())[::-1][:2]
    flat = 1 - float(mean.std() / (mean.mean() + 1e-9)) / 0.35
    confidence = np.clip(best, 0, 1) * np.clip(0.4 + 4 * (best - second), 0, 1) * np.clip(1 - flat, 0, 1)
    return Key(tonic=TONICS[tonic], mode="minor" if mode else "major", confidence=float(confidence))


def _fit(mean: NDArray[np.float64], profile: NDArray[np.float64]) -> float:
    a, b = mean - mean.mean(), profile - profile.mean()
    return float(a @ b / (np.linalg.norm(a) * np.linalg.norm(b) + 1e-9))
