"""Placing beats between frames: at the attack of what sounds there, and on a straight line where the tempo is fixed.

Most produced music is made to a click. Where the attacks of a song, or of a long part of it, lie on evenly spaced
lines, the line is truer than each attack, and carries the beats through breaks.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from songreel.analysis.frontend import FINE_RATE

Floats = NDArray[np.float32]
Array = NDArray[np.float64]

REACH_S = 0.03
RISE_STEPS = 6
CLOSE_S = 0.015
LEAST_STEP_S = 0.1
STEADY = 0.85
LEAST_RUN = 24
# so many beats are looked at together, and such a share of them must keep to a line
RUN, ALONG = 16, 0.85
SILENT = 0.05
TEMPO_STEP = 0.005
SMOOTHING = 4
# an attack is seen this much before it: half a step, and the edge of the steps' weights
EARLY_S = 0.0009


def place(times: Array, fine: Floats) -> Array:
    """Return beats (seconds) moved to the attacks near them, then straightened; ``fine`` is `Heard.fine`."""
    attacks, weight = _attacks(times, fine)
    even = _even(attacks, weight)
    placed = _pieces(attacks, weight) if even is None else even
    # a beat with the song's first sample may seem to come before it
    placed = np.maximum(placed[placed > -REACH_S], 0)
    return np.asarray(placed[np.diff(placed, prepend=-1.0) > LEAST_STEP_S])


def _attacks(times: Array, fine: Floats) -> tuple[Array, Array]:
    """Return the steepest rise near each beat, and how steep it is."""
    rise = _rise(fine)
    reach = round(REACH_S * FINE_RATE)
    middle = np.rint(times * FINE_RATE).astype(np.int64)
    steps = np.clip(middle[:, None] + np.arange(-reach, reach + 1), 1, rise.size - 2)
    around = rise[steps] * np.exp(-0.5 * (np.arange(-reach, reach + 1) / reach * 1.5) ** 2)
    best = steps[np.arange(times.size), around.argmax(axis=1)]
    left, top, right = rise[best - 1], rise[best], rise[best + 1]
    curve = np.maximum(2 * top - left - right, 1e-6)
    moved = np.clip((right - left) / (2 * curve), -0.5, 0.5)
    weight = np.clip(top, 0, None)
    attacks = np.where(weight > SILENT, (best + moved) / FINE_RATE + EARLY_S, times)
    return attacks.astype(np.float64), weight.astype(np.float64) + 1e-3


def _rise(fine: Floats) -> Floats:
    """Return how much louder the next few milliseconds are than the last few, at each border of two steps.

    What is nearest to the border counts most, so that a single short click has one place.
    """
    rise = np.zeros(len(fine), dtype=np.float32)
    for column in fine.T:
        floor = np.float32(1e-4 + 0.05 * column.mean())
        padded = np.pad(column, RISE_STEPS)
        after, before = np.full_like(column, floor), np.full_like(column, floor)
        for step in range(RISE_STEPS):
            share = np.float32(np.exp(-step / 3))
            after += share * padded[RISE_STEPS + step : padded.size - RISE_STEPS + step]
            before += share * padded[RISE_STEPS - 1 - step : padded.size - RISE_STEPS - 1 - step]
        rise += np.log(after / before)
    return rise


def _even(attacks: Array, weight: Array) -> Array | None:
    """Return evenly spaced beats over the whole song, or None when its attacks do not lie on them."""
    if attacks.size < LEAST_RUN:
        return None
    period = _period(attacks, weight)
    turn = np.exp(2j * np.pi * attacks / period)
    mean = (weight * turn).sum() / weight.sum()
    if abs(mean) < STEADY:
        return None
    first = float(np.angle(mean)) / (2 * np.pi) * period
    for _ in range(4):
        beat = np.rint((attacks - first) / period)
        off = attacks - first - beat * period
        close = np.abs(off) < max(CLOSE_S, 2 * float(np.median(np.abs(off))))
        slope, shift = np.polyfit(beat[close], attacks[close], 1, w=np.sqrt(weight[close]))
        period, first = float(slope), float(shift)
    off = attacks - first - np.rint((attacks - first) / period) * period
    off = off[weight > SILENT]
    if np.mean(np.abs(off) < CLOSE_S) < 0.6 or not _returns(off):
        return None
    start, end = round((attacks[0] - first) / period), round((attacks[-1] - first) / period)
    return np.asarray(first + period * np.arange(start, end + 1))


def _period(attacks: Array, weight: Array) -> float:
    """Return the spacing on which the attacks agree best, near their median spacing."""
    usual = float(np.median(np.diff(attacks)))
    step = usual**2 / (attacks[-1] - attacks[0]) / 12
    tried = usual + step * np.arange(-int(0.02 * usual / step), int(0.02 * usual / step) + 1)
    agreement = [abs((weight * np.exp(2j * np.pi * attacks / period)).sum()) for period in tried]
    return float(tried[int(np.argmax(agreement))])


def _returns(off: Array) -> bool:
    """Return whether beats that are so far from a line leave it for a short while at most, and come back to it.

    A tempo that wanders is seldom on any line; a break, or a passage misheard, ends on the line that it left.
    """
    runs = [off[i : i + RUN] for i in range(0, max(1, off.size - RUN + 1), RUN // 2)]
    close = [abs(float(np.median(run))) <= CLOSE_S / 2 for run in runs]
    return all(close[:2] + close[-2:]) and float(np.mean(close)) >= ALONG


def _pieces(attacks: Array, weight: Array) -> Array:
    """Straighten each long run of attacks that lie on one line, and smooth the others over a few beats."""
    placed = _smoothed(attacks, weight)
    start = 0
    while start < attacks.size:
        end = _run(placed, start)
        if end - start >= LEAST_RUN:
            index = np.arange(start, end)
            line = np.polyfit(index, attacks[start:end], 1, w=np.sqrt(weight[start:end]))
            placed[start:end] = np.polyval(line, index)
        start = end
    return np.maximum.accumulate(placed)


def _run(placed: Array, start: int) -> int:
    """Return the end of the longest run of beats from ``start`` that a line fits closely."""
    low, high = start + 2, placed.size
    if high <= low:
        return placed.size
    while low < high:
        middle = (low + high + 1) // 2
        index = np.arange(start, middle)
        fit = np.polyval(np.polyfit(index, placed[start:middle], 1), index)
        if np.abs(fit - placed[start:middle]).max() < CLOSE_S / 2:
            low = middle
        else:
            high = middle - 1
    return low


def _smoothed(attacks: Array, weight: Array) -> Array:
    """Return each beat on the curve through its neighbors, those that stand apart counting less."""
    placed = attacks.copy()
    for i in range(attacks.size):
        low, high = max(0, i - SMOOTHING), min(attacks.size, i + SMOOTHING + 1)
        if high - low < 4:
            continue
        index = np.arange(low, high) - i
        bend = 2 if high - low > 2 * SMOOTHING else 1
        line = np.polyfit(index, attacks[low:high], bend, w=np.sqrt(weight[low:high]))
        apart = np.abs(attacks[low:high] - np.polyval(line, index))
        trust = np.sqrt(weight[low:high]) / (1 + (apart / 0.008) ** 2)
        placed[i] = np.polyfit(index, attacks[low:high], bend, w=trust)[-1]
    return placed


def tempo(times: Array) -> float:
    """Return the song's tempo in BPM: of its usual interval, refined over all the beats that keep to it."""
    steps = np.diff(times)
    usual = float(np.median(steps))
    return float(60 / steps[np.abs(steps / usual - 1) < 0.04].mean())


def curve(times: Array) -> list[tuple[float, float]]:
    """Return (seconds, BPM) from which on the tempo is another one, by more than half a percent over four beats."""
    if times.size < 2:
        return []
    reach = np.arange(times.size - 1)
    low, high = np.maximum(reach - 2, 0), np.minimum(reach + 3, times.size - 1)
    bpm = 60 * (high - low) / (times[high] - times[low])
    points = [(float(times[0]), float(bpm[0]))]
    for at, value in zip(times[:-1].tolist(), bpm.tolist(), strict=True):
        if abs(value / points[-1][1] - 1) > TEMPO_STEP:
            points.append((at, value))
    return points
