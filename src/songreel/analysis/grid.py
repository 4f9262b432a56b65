"""A grid of beats at a tempo that a person gives.

What people write is rounded, and players are no machines: where the song runs away from the straight grid by more
than can be heard, the grid follows it, a few milliseconds from beat to beat.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from songreel.model.song_map import SongMap

Array = NDArray[np.float64]
REACH_S = 0.03
WINDOW = 9
AGREEING = 6
CLOSE_S = 0.008
AUDIBLE_S = 0.012


def lay(song_map: SongMap, bpm: float, first_beat: float | None) -> Array:
    """Return beats in seconds at a tempo, from the first one to the song's end; on what sounds near them."""
    period = 60 / bpm
    first = _first(song_map, period) if first_beat is None else first_beat
    count = max(1, int(np.ceil((float(song_map.duration) - first) / period - 1e-9)))
    straight = np.asarray(first + period * np.arange(count), np.float64)
    path = _path(straight, _attacks(song_map))
    if np.abs(path).max() < AUDIBLE_S:
        return straight
    # a path may not lead out of the song, nor back before the moment that was given
    placed = np.maximum(straight + path, first if first_beat is not None else 0.0)
    return np.asarray(placed[placed < float(song_map.duration)])


def _first(song_map: SongMap, period: float) -> float:
    """Return where a grid begins that fits what was heard: near the first beat, or the first onset without beats."""
    times = np.array(song_map.beat_times() or song_map.onsets or (0.0,))
    early = times[times < times[0] + 32 * period]
    weight = np.ones(early.size) if song_map.beats else _drummed(song_map, early)
    turn = np.exp(2j * np.pi * (early - times[0]) / period)
    shift = float(np.angle((weight * turn).sum())) / (2 * np.pi) * period
    first = float(times[0]) + shift
    return first if first >= 0 else (first + period if first < -REACH_S else 0.0)


def _drummed(song_map: SongMap, onsets: Array) -> Array:
    """Return how much of a beat each onset is: kicks and snares fall on beats, what is struck without them between."""
    weight = np.full(onsets.size, 0.05)
    for name in ("kick", "snare"):
        curve = song_map.hits[name]
        values = np.append(curve.values(), 0)
        at = np.rint(onsets * curve.rate_hz).astype(np.int64)[:, None] + np.arange(-2, 3)
        weight += values[np.clip(at, 0, values.size - 1)].max(axis=1)
    return np.asarray(weight)


def _attacks(song_map: SongMap) -> Array:
    """Return where something begins: heard beats, which are exact, and onsets away from them."""
    beats, onsets = np.array(song_map.beat_times()), np.array(song_map.onsets)
    if not beats.size:
        return np.asarray(onsets, np.float64)
    apart = np.abs(onsets - beats[_nearest(beats, onsets)]) > REACH_S if onsets.size else np.zeros(0, np.bool_)
    return np.sort(np.concatenate([beats, onsets[apart]]))


def _path(straight: Array, attacks: Array) -> Array:
    """Return how far the song is from each beat of a straight grid: a running median, held where nothing agrees."""
    path = np.zeros(straight.size)
    if not attacks.size:
        return path
    recent: list[float] = []
    for i, at in enumerate(straight.tolist()):
        here = path[i - 1] if i else 0.0
        off = float(attacks[_nearest(attacks, np.array([at + here]))[0]] - at)
        recent = [*recent[1 - WINDOW :], off if abs(off - here) <= REACH_S else float("nan")]
        near = np.array([each for each in recent if abs(each - here) <= REACH_S])
        middle = float(np.median(near)) if near.size else here
        agreed = int((np.abs(near - middle) < CLOSE_S).sum()) >= AGREEING
        path[i] = middle if agreed else here
    return path


def _nearest(times: Array, at: Array) -> NDArray[np.intp]:
    """Return which of some sorted times is nearest to each moment."""
    right = np.clip(np.searchsorted(times, at), 1, max(times.size - 1, 1))
    left = right - 1
    right = np.minimum(right, times.size - 1)
    return np.asarray(np.where(at - times[left] <= times[right] - at, left, right))
