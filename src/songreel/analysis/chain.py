"""The chain of beats that earns most: one beat after the other, at intervals that hardly change.

A beat has a place and an interval to the next one: a bar-pointer model (Whiteley, Cemgil and Godsill, ISMIR 2006;
Krebs, Böck and Widmer, ISMIR 2015) whose states are collapsed to beats alone.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from songreel.analysis.frontend import FRAME_RATE

Floats = NDArray[np.float32]
Array = NDArray[np.float64]

RATE = 2 * FRAME_RATE
LOWEST_BPM, HIGHEST_BPM = 55.0, 215.0
STEADINESS = 100.0
LEAP = 12.0
# how far a chain may step to another interval: in every sum of these, up or down
STRIDES = (1, 2, 4, 6)
NEIGHBORS = sum(STRIDES)
PERIODICITY, USUALNESS = 0.5, 0.3
USUAL_BPM = 120.0
_LEAPT, _BEGAN = 254, 255


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


def decode(reward: Floats, likely: Array) -> Array:
    """Return the times of the chain of beats that earns most.

    ``reward`` (n,) is earned by a beat at each step of RATE, ``likely`` (intervals,) by each interval; -inf forbids it.
    No interval is shorter than the first, so as many steps are worked out together.
    """
    chosen = np.flatnonzero(np.isfinite(likely))
    lags, bonus = intervals()[chosen], likely[chosen].astype(np.float32)
    if not lags.size:
        return np.zeros(0)
    index, heights = np.arange(lags.size), (STEADINESS * np.log(lags)).astype(np.float32)
    count, block, longest = reward.size, int(lags[0]), int(lags[-1])
    came = np.empty((count + longest, lags.size), dtype=np.uint8)
    leaps = np.zeros(count + longest, dtype=np.uint8)
    past = np.full((longest, lags.size), -np.inf, dtype=np.float32)
    base = 0.0
    tail: list[Array] = []
    for start in range(0, count + longest, block):
        steps = np.arange(start, min(start + block, count + longest))
        before = past[longest + (steps - start)[:, None] - lags, index]
        best, source = _from_neighbors(before, heights)
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
        tail.append(best[~sung].astype(np.float64) + base)
        past = np.concatenate([past, best])[-longest:]
        if start > longest:
            # float32 stays exact enough when scores are kept near 0
            top = float(past.max())
            past -= np.float32(top)
            base += top
    return _trace(came, leaps, np.concatenate(tail), lags) / RATE


def _from_neighbors(before: Floats, heights: Floats) -> tuple[Floats, NDArray[np.uint8]]:
    """Return the most that a chain brings to each interval from those near it, and from which: (steps, intervals).

    A step costs the difference of ``heights`` (intervals,), so a long one costs what short ones in a row do, and four
    strides of several lengths are as good as one of any.
    """
    best = before
    source = np.zeros(before.shape, dtype=np.int8)
    for stride in STRIDES:
        if stride >= heights.size:
            break
        cost = heights[stride:] - heights[:-stride]
        wider, from_there = best.copy(), source.copy()
        for near, far, change in (
            (np.s_[:, stride:], np.s_[:, :-stride], -stride),
            (np.s_[:, :-stride], np.s_[:, stride:], stride),
        ):
            path = best[far] - cost
            better = path > wider[near]
            np.copyto(wider[near], path, where=better)
            np.copyto(from_there[near], source[far] + np.int8(change), where=better)
        best, source = wider, from_there
    return best, (source + np.int8(NEIGHBORS)).view(np.uint8)


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
