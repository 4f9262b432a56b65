"""Beats: the most likely chain of beats through the onset strengths.

A beat has a place and an interval to the next one: a bar-pointer model (Whiteley, Cemgil and Godsill, ISMIR 2006;
Krebs, Böck and Widmer, ISMIR 2015) whose states are collapsed to beats alone. Each beat earns the onset strength
where it falls, less a price; the price is low, so that the fastest pulse that sounds is found, and then whether it
is the beat or its subdivision is decided by what sounds between its beats.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from songreel.analysis import certainty, onsets, placing
from songreel.analysis.frontend import FRAME_RATE, Heard

Floats = NDArray[np.float32]
Array = NDArray[np.float64]

RATE = 2 * FRAME_RATE
LOWEST_BPM, HIGHEST_BPM = 55.0, 215.0
PRICE = 0.4
STEADINESS = 100.0
LEAP = 12.0
NEIGHBORS = 13
PERIODICITY, USUALNESS = 0.5, 0.3
USUAL_BPM = 120.0
# a pulse this fast with so little between its beats is a subdivision
FAST = ((145.0, 0.65), (195.0, 1.45))
# what counts as between two beats: the middle, and where swing puts it
BETWEEN = (1 / 2, 7 / 12, 2 / 3)
ALIKE = 0.08
# so is one whose every other beat hardly sounds: hats, in a song with a slow drum
HASTY_BPM, LOPSIDED = 165.0, 0.5
FAINT = 0.12
LEAST_BEATS = 4
REFUSAL = 0.2
_LEAPT, _BEGAN = 254, 255


@dataclass(frozen=True, slots=True)
class Pulse:
    """The beats: ``times`` and ``certainty`` (beats,) in seconds and 0…1; none and ``bpm`` 0 where there is no beat."""

    bpm: float
    times: Array
    certainty: Array
    confidence: float


NO_PULSE = Pulse(0.0, np.zeros(0), np.zeros(0), 0.0)


def find(heard: Heard) -> Pulse:
    """Find the beats of a song; none where nothing comes again in time."""
    if len(heard.flux) < 2 * FRAME_RATE:
        return NO_PULSE
    strength = _finer(onsets.salience(heard.flux))
    times = _level(strength, _finer(onsets.normalized(heard.flux.sum(axis=1))))
    times = _trimmed(times, strength)
    if times.size < LEAST_BEATS:
        return NO_PULSE
    confidence = _confidence(strength, times)
    if confidence < REFUSAL:
        return replace(NO_PULSE, confidence=confidence)
    placed = placing.place(times, heard.fine)
    placed = placed[placed < heard.seconds]
    sure = np.sqrt(certainty.locally(certainty.shapes(strength, placed, RATE))) * min(1.0, 1.2 * confidence)
    return Pulse(placing.tempo(placed), placed, sure, confidence)


def _confidence(strength: Floats, times: Array) -> float:
    on = float(peak_near(strength, times, reach=4).mean())
    steps = np.diff(times)
    off = float(np.mean([peak_near(strength, times[:-1] + part * steps, reach=4).mean() for part in (0.25, 0.75)]))
    return certainty.overall(strength, times, on=on, off=off, rate=RATE)


def intervals() -> NDArray[np.int64]:
    """Return the beat intervals that are looked at, in steps of RATE."""
    return np.arange(int(60 * RATE / HIGHEST_BPM) + 1, int(60 * RATE / LOWEST_BPM) + 1)


def prior(strength: Floats) -> Array:
    """Return how likely each interval is: by the song's autocorrelation at 1–4 of it, and weakly by how usual it is."""
    lags = intervals()
    size = 1 << (2 * strength.size - 1).bit_length()
    alike = np.fft.irfft(np.abs(np.fft.rfft(strength - strength.mean(), size)) ** 2, size)[: strength.size]
    score = np.zeros(lags.size)
    for multiple in (1, 2, 3, 4):
        reach = np.arange(-(multiple // 2), multiple // 2 + 1)
        near = np.minimum(lags[:, None] * multiple + reach, strength.size - 1)
        score += alike[near].max(axis=1)
    octaves = np.log2(60 * RATE / lags / USUAL_BPM)
    return np.asarray(PERIODICITY * score / max(float(score.max()), 1e-9) - USUALNESS * octaves**2)


def peak_near(strength: Floats, times: Array, *, reach: int) -> Array:
    """Return the greatest strength within ``reach`` steps of RATE around each time."""
    steps = np.rint(times * RATE).astype(np.int64)[:, None] + np.arange(-reach, reach + 1)
    return np.asarray(strength[np.clip(steps, 0, strength.size - 1)].max(axis=1), dtype=np.float64)


def _finer(values: Floats) -> Floats:
    """Return values of FRAME_RATE at RATE."""
    steps = np.arange(2 * values.size) / 2
    return np.interp(steps, np.arange(values.size), values).astype(np.float32)


def _level(strength: Floats, full: Floats) -> Array:
    """Return the beats at the level that a listener would tap: half as fast, while there is too little between them."""
    likely = prior(strength)
    times = decode(strength - PRICE, likely)
    for _ in range(2):
        if times.size < 8:
            break
        bpm = 60 / float(np.median(np.diff(times)))
        steps = np.diff(times)
        between = max(float(peak_near(full, times[:-1] + part * steps, reach=5).mean()) for part in BETWEEN)
        if not _subdivides(bpm, between, _contrast(strength, times)):
            break
        ratio = 60 * RATE / intervals() / bpm
        times = decode(strength - PRICE, np.where(np.abs(ratio - 0.5) > 0.08, -np.inf, likely))
    return times


def _subdivides(bpm: float, between: float, contrast: float) -> bool:
    """Return whether a pulse is faster than the beat, by what sounds between its beats and on every other one."""
    if contrast < ALIKE:
        return False
    bare = any(bpm > fast and between < least for fast, least in FAST)
    return bare or (bpm > HASTY_BPM and contrast > LOPSIDED)


def _contrast(strength: Floats, times: Array) -> float:
    """Return how much weaker every other beat is than those between, 0…1; a metronome's are all alike."""
    heard = peak_near(strength, times, reach=6)
    weak, strong = sorted((float(heard[::2].mean()), float(heard[1::2].mean())))
    return 1 - weak / strong if strong > 0 else 0.0


def decode(reward: Floats, likely: Array) -> Array:
    """Return the times of the chain of beats that earns most.

    ``reward`` (n,) is earned by a beat at each step of RATE, ``likely`` (intervals,) by each interval; -inf forbids it.
    No interval is shorter than the first, so as many steps are worked out together.
    """
    chosen = np.flatnonzero(np.isfinite(likely))
    lags, bonus = intervals()[chosen], likely[chosen].astype(np.float32)
    if not lags.size:
        return np.zeros(0)
    index = np.arange(lags.size)
    near = index[:, None] + np.arange(-NEIGHBORS, NEIGHBORS + 1)
    inside = (near >= 0) & (near < lags.size)
    near = np.clip(near, 0, lags.size - 1)
    change = np.where(inside, -STEADINESS * np.abs(np.log(lags[:, None] / lags[near])), -np.inf).astype(np.float32)
    count, block, longest = reward.size, int(lags[0]), int(lags[-1])
    came = np.empty((count + longest, lags.size), dtype=np.uint8)
    leaps = np.zeros(count + longest, dtype=np.uint8)
    past = np.full((longest, lags.size), -np.inf, dtype=np.float32)
    base = 0.0
    tail: list[Array] = []
    for start in range(0, count + longest, block):
        steps = np.arange(start, min(start + block, count + longest))
        before = past[longest + (steps - start)[:, None] - lags, index]
        paths = before[:, near] + change
        source = paths.argmax(axis=2)
        best = np.take_along_axis(paths, source[:, :, None], axis=2)[:, :, 0]
        leap = before.argmax(axis=1)
        leapt = np.take_along_axis(before, leap[:, None], axis=1) - np.float32(LEAP)
        source[best < leapt] = _LEAPT
        best = np.maximum(best, leapt)
        if start < min(longest, count):
            fresh = (best < 0) & (steps[:, None] < lags) & (steps[:, None] < count)
            best[fresh], source[fresh] = 0.0, _BEGAN
        came[steps], leaps[steps] = source, leap
        sung = steps < count
        best[sung] += bonus + reward[steps[sung], None]
        tail.append(best[~sung] + base)
        past = np.concatenate([past, best])[-longest:]
        if start > longest:
            # float32 stays exact enough when scores are kept near 0
            top = float(past.max())
            past -= np.float32(top)
            base += top
    return _trace(came, leaps, np.concatenate(tail), lags) / RATE


def _trace(came: NDArray[np.uint8], leaps: NDArray[np.uint8], tail: Array, lags: NDArray[np.int64]) -> Array:
    """Follow the best chain back from its first beat after the end, which is no beat of the song."""
    count = len(came) - len(tail)
    after, state = (int(i) for i in np.unravel_index(int(tail.argmax()), tail.shape))
    step = count + after
    found: list[int] = []
    while True:
        if step < count:
            found.append(step)
        link = int(came[step, state])
        if link == _BEGAN:
            break
        state = int(leaps[step]) if link == _LEAPT else state + link - NEIGHBORS
        step -= int(lags[state])
    return np.array(found[::-1], dtype=np.float64)


def _trimmed(times: Array, strength: Floats) -> Array:
    """Drop the beats before the first and after the last that can be heard."""
    if not times.size:
        return times
    heard = peak_near(strength, times, reach=6)
    clear = np.flatnonzero(heard > FAINT * np.median(heard))
    return times[clear[0] : clear[-1] + 1] if clear.size else times[:0]
