"""Beats: the most likely chain of beats through the onset strengths.

A beat has a place and an interval to the next one (a bar-pointer model: Whiteley, Cemgil and Godsill, ISMIR 2006;
Krebs, Böck and Widmer, ISMIR 2015). Its states are collapsed to beats alone, so that a frame costs one small matrix.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import fft

from songreel.analysis import onsets
from songreel.analysis.frontend import FRAME_RATE, Heard

Floats = NDArray[np.float32]
Array = NDArray[np.float64]
LOWEST_BPM, HIGHEST_BPM = 55.0, 215.0
STEADINESS = 80.0
SHARPNESS = 1.0


def intervals() -> NDArray[np.int64]:
    """Return the beat intervals that are looked at, in frames."""
    return np.arange(int(60 * FRAME_RATE / HIGHEST_BPM) + 1, int(60 * FRAME_RATE / LOWEST_BPM) + 1)


def decode(chance: Floats, prior: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return the frames of the most likely beats.

    ``chance`` (frames,) is the probability that a beat is there, ``prior`` (intervals,) the log-probability of each.
    """
    lags = intervals()
    frames = chance.size
    hit, miss = np.log(chance + 1e-6), np.log((1 - chance) / 15 + 1e-6)
    between = np.concatenate([[0.0], np.cumsum(miss)])
    zone = np.maximum(1, np.rint(lags / 16).astype(np.int64))
    sums = np.concatenate([[0.0], np.cumsum(hit)])
    change = -STEADINESS * np.abs(lags[None, :] / lags[:, None] - 1)
    change -= np.log(np.exp(change).sum(axis=1, keepdims=True))
    longest = int(lags[-1])
    score = np.full((frames + longest + 1, lags.size), -np.inf)
    came = np.zeros((frames + longest + 1, lags.size), dtype=np.int16)
    index = np.arange(lags.size)
    for frame in range(frames + longest):
        starts = frame - lags
        inside = starts >= 0
        lead = prior + between[min(frame, frames)] if frame <= longest else np.full(lags.size, -np.inf)
        if inside.any():
            begin = np.minimum(np.maximum(starts, 0), frames)
            edge = np.minimum(begin + zone, frames)
            value = score[np.maximum(starts, 0), index]
            value = value + sums[edge] - sums[begin] + between[min(frame, frames)] - between[np.minimum(edge, frame)]
            value = np.where(inside, value, -np.inf)
            paths = value[:, None] + change
            best = paths.argmax(axis=0)
            reached = paths[best, index] + prior * 0
            use = reached > lead
            score[frame] = np.where(use, reached, lead)
            came[frame] = np.where(use, best, -1)
        else:
            score[frame] = lead
            came[frame] = -1
    return _trace(score, came, lags, frames)


def _trace(
    score: NDArray[np.float64], came: NDArray[np.int16], lags: NDArray[np.int64], frames: int
) -> NDArray[np.int64]:
    tail = score[frames:]
    frame, state = np.unravel_index(int(np.argmax(tail)), tail.shape)
    at, chain = int(frame) + frames, int(state)
    beats: list[int] = []
    while True:
        if at < frames:
            beats.append(at)
        before = int(came[at, chain])
        if before < 0:
            break
        at -= int(lags[before])
        chain = before
    return np.array(beats[::-1], dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Pulse:
    """The beats: ``times`` and ``certainty`` (beats,) in seconds and 0…1; none and ``bpm`` 0 where there is no beat."""

    bpm: float
    times: Array
    certainty: Array
    confidence: float


NO_PULSE = Pulse(0.0, np.zeros(0), np.zeros(0), 0.0)


def find(heard: Heard) -> Pulse:
    """Find the beats of a song."""
    strength = onsets.strengths(heard.flux)
    if len(strength) < 2 * FRAME_RATE:
        return NO_PULSE
    rising = np.maximum(strength.mean(axis=1), 0)
    chance = np.clip(1 - np.exp(-rising / 1.5), 0.02, 0.98).astype(np.float32)
    times = decode(chance, prior(strength.sum(axis=1))) / FRAME_RATE
    if times.size < 4:
        return NO_PULSE
    on = np.clip(rising[np.rint(times * FRAME_RATE).astype(np.int64)] / 2, 0, 1)
    return Pulse(float(60 / np.median(np.diff(times))), times, on.astype(np.float64), float(on.mean()))


def prior(strength: Floats) -> Array:
    """Return the log-probability of each interval by the song's autocorrelation, and weakly by how usual it is."""
    lags = intervals()
    size = 2 * strength.size
    alike = fft.irfft(np.abs(fft.rfft(strength, size)) ** 2, size)[: strength.size]
    reach = np.minimum(lags[:, None] * np.arange(1, 5), strength.size - 1)
    score = (alike[reach] / (alike[0] + 1e-9)).mean(axis=1)
    usual = np.log2(60 * FRAME_RATE / lags / 120)
    return np.asarray(4 * score / (score.max() + 1e-9) - 0.5 * usual**2, dtype=np.float64)
