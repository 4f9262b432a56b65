"""Envelopes for drawing: the level of each band of hearing over time, with musical attack and release.

Powers are (frames, REGISTERS) at FRAME_RATE; a curve runs at CURVE_RATE, 0…1.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from songreel.analysis.frontend import FRAME_RATE, TONE_RATE
from songreel.model.song_map import BANDS, BandName, Curve

Floats = NDArray[np.float32]
CURVE_RATE = 50
NARROWEST_DB, WIDEST_DB = 18.0, 42.0
QUIETEST_DB = -20.0
ATTACK_S = 0.012
# lower bands let go more slowly, as the drums and basses in them do
RELEASE_S: dict[BandName, float] = {"sub": 0.28, "bass": 0.24, "lowmid": 0.2, "mid": 0.16, "treble": 0.12}


def envelopes(power: Floats) -> dict[BandName, Curve]:
    """Return the envelope of each band."""
    merged = np.concatenate([power[:, :4], power[:, 4:].sum(axis=1, keepdims=True)], axis=1)
    return {name: curve(eased(scaled(merged[:, i]), RELEASE_S[name])) for i, name in enumerate(BANDS)}


def level(power: Floats) -> Floats:
    """Return the level of the whole sound at each frame, 0…1."""
    return eased(scaled(power.sum(axis=1)), 0.3)


def scaled(power: Floats) -> Floats:
    """Return power as decibels, 0…1 from the song's quiet moments to its loud ones; what is nearly silent is 0.

    Dense music moves in few decibels: the range follows the song, so that its pulse is seen.
    """
    decibels = 10 * np.log10(power + 1e-7)
    top = max(float(np.percentile(decibels, 99)), QUIETEST_DB)
    sounding = decibels[decibels > top - WIDEST_DB]
    quiet = float(np.percentile(sounding, 10)) if sounding.size else top
    bottom = np.clip(quiet, top - WIDEST_DB, top - NARROWEST_DB)
    return np.asarray(np.clip((decibels - bottom) / (top - bottom), 0, 1), dtype=np.float32)


def eased(values: Floats, release_s: float) -> Floats:
    """Let values fall exponentially after each rise, with a short attack; the release is a time constant.

    A fall by a fixed factor a frame is a running maximum of log-values on a slope, so no loop is needed.
    """
    slope = np.arange(values.size) / (release_s * FRAME_RATE)
    fallen = np.exp(np.maximum.accumulate(np.log(values + 1e-6) + slope) - slope)
    reach = max(1, round(ATTACK_S * FRAME_RATE))
    smooth = np.convolve(np.pad(fallen, (reach, 0), mode="edge"), np.ones(reach + 1) / (reach + 1), mode="valid")
    return np.asarray(np.clip(smooth, 0, 1), dtype=np.float32)


def curve(values: Floats) -> Curve:
    """Pack a curve of FRAME_RATE at CURVE_RATE, keeping each pair's larger value."""
    step = FRAME_RATE // CURVE_RATE
    padded = np.pad(values, (0, -values.size % step))
    return Curve.of(padded.reshape(-1, step).max(axis=1), CURVE_RATE)


def slow(values: Floats) -> Curve:
    """Pack a curve of TONE_RATE."""
    return Curve.of(values, TONE_RATE)
