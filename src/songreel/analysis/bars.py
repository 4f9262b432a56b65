"""Bars: how many beats are in one, and which beat is the first.

The harmony turns on downbeats more surely than any drum falls there, at the scale of one beat, two and four;
basses help a little, and the network knows how grooves and fills lie in bars. One meter holds for a song, and its
phase too, unless much speaks for a beat left out or added.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from songreel.analysis import network, onsets, sureness
from songreel.analysis.frontend import FRAME_RATE, RATE, TONE_RATE, TONE_WINDOW, Heard

Array = NDArray[np.float64]
# how much of its evidence each meter may keep: long bars fit chance better, short ones fit parts of longer ones
TRUST = {2: 0.5, 3: 0.8, 4: 1.0, 5: 0.65, 6: 0.65, 7: 0.65}
COMMON = 4
COMMON_BONUS = 1.5
BASS_SHARE = 0.4
# a metronome's accent is a beat unlike the others, and turns the harmony twice: on it and after it
APART_SHARE = 0.5
# how much the network's word counts, and how far from certain it is at best
SEEN_SHARE, UNSURE = 0.5, 0.1
SLIP = 60.0
LEAST_BEATS = 8
# the meters, with their trust, by which bars are looked for when beats themselves are in doubt
DOUBTED = {3: 1.0, 4: 1.0, 5: 0.8, 7: 0.8}
# what nothing at all proves of bars, and what the beats, the harmony and the network's word add to it, each at most so
# much: a logistic regression on the same songs as `belief`'s
BIAS, WEIGHTS = -0.69, (0.70, 0.33, 0.35)
FURTHEST = 3.0


@dataclass(frozen=True, slots=True)
class Bars:
    """``positions`` (beats,) count from 1 at each downbeat; all 0 and ``meter`` 0 where bars are not known."""

    meter: int
    positions: NDArray[np.int64]
    confidence: float


def count(heard: Heard, beats: Array, seen: NDArray[np.float32], *, sure: float) -> Bars:
    """Find the bars of beats, given in seconds, that are ``sure``, 0…1; ``seen`` is the network's view of the song."""
    if beats.size < LEAST_BEATS:
        return Bars(0, np.zeros(beats.size, dtype=np.int64), 0.0)
    heard_there, seen_there = downbeat_evidence(heard, beats), seen_evidence(seen[:, 1], beats)
    meter = best(heard_there, seen_there)
    said = witnesses(heard_there, seen_there, meter, sure=sure)
    positions = _positions(heard_there + SEEN_SHARE * seen_there, *meter)
    return Bars(meter[0], positions, sureness.likely(BIAS + float(np.dot(WEIGHTS, said))))


def best(heard_there: Array, seen_there: Array) -> tuple[int, int]:
    """Return the meter and phase that evidence of both kinds fits best."""
    fits = _fits(heard_there + SEEN_SHARE * seen_there)
    return max(fits, key=lambda pair: fits[pair])


def witnesses(heard_there: Array, seen_there: Array, meter: tuple[int, int], *, sure: float) -> Array:
    """Return what the beats, the harmony and the network say of a meter and phase, as numbers to be weighed, (3,)."""
    return np.array([sureness.odds(sure), _lead(heard_there, meter), _lead(seen_there, meter)])


def _lead(evidence: Array, meter: tuple[int, int]) -> float:
    """Return how far a meter and phase are ahead of all others by evidence of one kind, in standard errors."""
    fits = _fits(evidence)
    rest = max(value for pair, value in fits.items() if pair != meter)
    return float(np.clip(fits[meter] - rest, -FURTHEST, FURTHEST))


def clearness(heard: Heard, grid: Array, seen: NDArray[np.float32]) -> tuple[float, float]:
    """Return how clearly bars stand out, in standard errors, that begin on even and on odd places of a grid.

    ``grid`` are beats and the middles between them, in seconds.
    """
    chroma = beatwise(_shares(heard.chroma), grid)
    turns = _standard(np.sum([np.clip(_standard(_turn(chroma, scale)), -2, 3) for scale in (2, 4, 8)], axis=0))
    evidence = turns + SEEN_SHARE * seen_evidence(seen[:, 1], grid)
    off, spread = evidence - evidence.mean(), evidence.std() + 1e-9
    best = [0.0, 0.0]
    for meter, trust in DOUBTED.items():
        for phase in range(2 * meter):
            chosen = off[phase :: 2 * meter]
            if chosen.size:
                clear = trust * float(chosen.mean()) * np.sqrt(chosen.size) / spread
                best[phase % 2] = max(best[phase % 2], clear)
    return best[0], best[1]


def _shares(chroma: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return chroma without its loudness."""
    return np.asarray(chroma / (np.linalg.norm(chroma, axis=1, keepdims=True) + 1e-3))


def _fits(evidence: Array) -> dict[tuple[int, int], float]:
    """Return how surely downbeats stand out for each meter and phase, in standard errors, by the meter's trust."""
    spread = evidence.std() + 1e-9
    fits = {}
    for meter, trust in TRUST.items():
        for phase in range(meter):
            chosen = evidence[phase::meter]
            if chosen.size >= 2:
                clear = (chosen.mean() - evidence.mean()) * np.sqrt(chosen.size) / spread
                fits[meter, phase] = float(trust * clear) + (COMMON_BONUS if meter == COMMON else 0.0)
    return fits


def _positions(evidence: Array, meter: int, phase: int) -> NDArray[np.int64]:
    """Count the beats of bars, slipping only where the evidence on one side outweighs `SLIP`."""
    value = evidence - evidence.mean()
    place = np.arange(meter)
    gain = np.where(place == 0, 1.0, -1.0 / (meter - 1)) if meter > 1 else np.ones(1)
    score = np.where(place == -phase % meter, 0.0, -SLIP) + gain * value[0]
    came = np.zeros((value.size, meter), dtype=np.int8)
    for beat in range(1, value.size):
        onward = np.roll(score, 1)
        best = int(score.argmax())
        slips = onward < score[best] - SLIP
        came[beat] = np.where(slips, best, (place - 1) % meter)
        score = np.where(slips, score[best] - SLIP, onward) + gain * value[beat]
    positions = np.zeros(value.size, dtype=np.int64)
    state = int(score.argmax())
    for beat in range(value.size - 1, -1, -1):
        positions[beat] = state + 1
        state = int(came[beat, state])
    return positions


def downbeat_evidence(heard: Heard, beats: Array) -> Array:
    """Return how much speaks for a downbeat at each beat, in no unit."""
    chroma = beatwise(_shares(heard.chroma), beats)
    turns = sum(np.clip(_standard(_turn(chroma, scale)), -2, 3) for scale in (1, 2, 4))
    frames = np.rint(beats * FRAME_RATE).astype(np.int64)[:, None] + np.arange(-3, 4)
    frames = np.clip(frames, 0, len(heard.flux) - 1)
    bass = onsets.normalized(heard.flux[:, 1])[frames].max(axis=1)
    color = heard.centroid[frames].max(axis=1)
    apart = np.abs(color - np.median(color))
    return np.asarray(turns + BASS_SHARE * _standard(np.clip(bass, 0, 4)) + APART_SHARE * _standard(apart))


def seen_evidence(likely: NDArray[np.float32], beats: Array) -> Array:
    """Return the logarithm of the odds of a downbeat at each beat, by the network's likelihood near it."""
    steps = np.rint((beats - network.STEP_S) * network.STEP_RATE).astype(np.int64)[:, None] + np.arange(-1, 2)
    odds = likely[np.clip(steps, 0, len(likely) - 1)].max(axis=1).astype(np.float64)
    return np.asarray(np.log((odds + UNSURE) / (1 - odds + UNSURE)))


def _turn(rows: Array, scale: int) -> Array:
    """Return how far ``scale`` rows from each one on differ from as many before it."""
    sums = np.concatenate([np.zeros((1, rows.shape[1])), np.cumsum(rows, axis=0)])
    at = np.arange(len(rows))
    low, high = np.maximum(at - scale, 0), np.minimum(at + scale, len(rows))
    past, future = sums[at] - sums[low], sums[high] - sums[at]
    size = np.linalg.norm(past, axis=1) * np.linalg.norm(future, axis=1) + 1e-9
    turn = np.sqrt(np.maximum(1 - (past * future).sum(axis=1) / size, 0))
    turn[0] = turn.mean()
    return np.asarray(turn)


def beatwise(values: Array | NDArray[np.float32], beats: Array) -> Array:
    """Return the mean of TONE_RATE values within each beat, shape (beats, columns).

    The end of a beat is left out: the long windows there hold the next one already.
    """
    steps = np.diff(beats, append=2 * beats[-1] - beats[-2])
    sums = np.concatenate([np.zeros((1, values.shape[1])), np.cumsum(values, axis=0, dtype=np.float64)])
    low = np.clip(np.rint(beats * TONE_RATE).astype(np.int64), 0, len(values) - 1)
    high = np.rint((beats + steps - np.minimum(TONE_WINDOW / RATE / 2, steps / 3)) * TONE_RATE).astype(np.int64)
    high = np.clip(high, low + 1, len(values))
    return np.asarray((sums[high] - sums[low]) / (high - low)[:, None])


def _standard(values: Array) -> Array:
    return np.asarray((values - values.mean()) / (values.std() + 1e-9))
