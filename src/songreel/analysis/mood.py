"""Mood as two numbers: arousal from calm to excited, valence from sad to glad.

A linear guess from what listeners' ratings are known to follow: tempo, loudness, density and brightness raise
arousal; the major mode, tempo and brightness raise valence (Gabrielsson and Lindström, 2010).
"""

from __future__ import annotations

import numpy as np

from songreel.analysis.frontend import Heard
from songreel.model.song_map import Key, Mood


def guess(heard: Heard, *, bpm: float, onsets_per_s: float, key: Key) -> Mood:
    """Return the mood of a song; in silence 0 arousal and no confidence."""
    power = heard.power.sum(axis=1)
    if not np.any(power > 1e-6):
        return Mood(arousal=0, valence=0.5, confidence=0)
    loud = power > 0.01 * float(np.percentile(power, 95))
    bright = float(np.clip((heard.centroid[loud].mean() - 3.0) / 3.0, 0, 1))
    loudness = float(np.clip((heard.loudness.integrated_lufs + 32) / 24, 0, 1))
    dense = float(np.clip(onsets_per_s / 8, 0, 1))
    fast = float(np.clip((bpm - 60) / 110, 0, 1)) if bpm else dense * 0.6
    arousal = 0.3 * loudness + 0.25 * dense + 0.25 * fast + 0.2 * bright
    major = (0.5 if key.mode == "major" else -0.5) * key.confidence
    valence = 0.5 + 0.5 * major + 0.2 * (fast - 0.5) + 0.15 * (bright - 0.5)
    confidence = 0.25 + 0.35 * key.confidence + (0.15 if bpm else 0)
    return Mood(arousal=_unit(arousal), valence=_unit(valence), confidence=_unit(confidence))


def _unit(value: float) -> float:
    return float(np.clip(value, 0, 1))
