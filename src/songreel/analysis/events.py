"""What happens at a moment: drops, build-ups, breaks, stops, fills, the first beat and the last hit.

Breaks and drops are where the lows (kick and bass) go and come back, inside sections as well as between them.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from songreel.analysis import fills, onsets
from songreel.analysis.bars import Bars
from songreel.analysis.frontend import FRAME_RATE, Heard
from songreel.model.song_map import Event, Section

Array = NDArray[np.float64]
Gap = tuple[float, float]

HOLLOW_DB = 9.0
FEWEST, LONGEST = 3, 64
RISE_DB, CLIMB_DB = 5.0, 2.5
BUILD_BARS = (8, 4, 2)
HOLE_DB, STOP_S, LONGEST_STOP_S = 12.0, 0.35, 2.5
RARE_S = 8.0


def find(heard: Heard, beats: Array, bars: Bars, sections: tuple[Section, ...]) -> tuple[Event, ...]:
    """Return the events in order of time."""
    song = _Song(heard, beats, bars, sections)
    drops = song.drops()
    found = [*drops, *song.builds(drops), *song.breaks(), *_stops(song.level)]
    found += fills.find(heard, song.bar, sections)
    if beats.size:
        found.append(Event(kind="first-beat", at=float(beats[0]), strength=1.0))
    starts = onsets.pick(heard.flux)
    if starts.size:
        found.append(Event(kind="last-hit", at=float(starts[-1] / FRAME_RATE), strength=0.8))
    return tuple(sorted(found, key=lambda event: (event.at, event.kind)))


class _Song:
    """The levels of a song, in decibels at FRAME_RATE, and where its lows are missing."""

    def __init__(self, heard: Heard, beats: Array, bars: Bars, sections: tuple[Section, ...]) -> None:
        self.level = _decibels(heard.power.sum(axis=1), 8)
        self.low = _decibels(heard.power[:, :2].sum(axis=1), 40)
        self.high = _decibels(heard.power[:, 4:].sum(axis=1), 40)
        self.sections = sections
        self.bar = float(np.median(np.diff(beats))) * (bars.meter or 4) if beats.size > 1 else 2.0
        self.downbeats = beats[bars.positions == 1]
        self.steps = beats
        self.gaps = self._gaps()

    def _gaps(self) -> list[Gap]:
        """Return the stretches without lows, each at least FEWEST beats long; none without beats."""
        lows = np.array([_mean(self.low, *span) for span in pairwise(self.steps.tolist())])
        if not lows.size:
            return []
        there = float(np.percentile(lows, 75))
        hollow = np.concatenate([[False], lows < there - HOLLOW_DB, [False]])
        edges = np.flatnonzero(np.diff(hollow.astype(np.int8)))
        pairs = zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)
        return [(self._bar_near(start), self._bar_near(end)) for start, end in pairs if end - start >= FEWEST]

    def _bar_near(self, step: int) -> float:
        """Return the downbeat next to a beat, or that beat itself where none is."""
        at = float(self.steps[min(step, self.steps.size - 1)])
        if not self.downbeats.size:
            return at
        nearest = float(self.downbeats[np.abs(self.downbeats - at).argmin()])
        return nearest if abs(nearest - at) < 0.3 * self.bar else at

    def drops(self) -> list[Event]:
        """Return where the lows come back with power, and where a full section begins much lower and louder."""
        entries = [section.start for section in self.sections[1:] if section.label in ("chorus", "drop")]
        returns = [end for start, end in self.gaps if end - start <= LONGEST * self.bar / 4 and self._full(end)]
        returns = [at for at in returns if self._had_lows_before(at) or any(abs(at - e) < self.bar for e in entries)]
        found: list[Event] = []
        for at in sorted([*entries, *returns]):
            rise, whole = self._rise(self.low, at), self._rise(self.level, at)
            if rise > RISE_DB and not (found and at - found[-1].at < 1.5 * self.bar):
                found.append(Event(kind="drop", at=at, strength=_unit((rise + max(whole, 0)) / 30)))
        return found

    def _full(self, at: float) -> bool:
        """Tell whether what follows is as loud as half of the song."""
        return _mean(self.level, at, at + 2 * self.bar) >= float(np.median(self.level)) - 1

    def _had_lows_before(self, at: float) -> bool:
        """Tell whether the lows come back at a moment, rather than come in for the first time."""
        gap = next(start for start, end in self.gaps if end == at)
        return gap > 4 * self.bar and not any(end > gap - 2 * self.bar and end <= gap for _, end in self.gaps)

    def _rise(self, level: Array, at: float) -> float:
        return _mean(level, at, at + 2 * self.bar) - _mean(level, at - self.bar, at - 0.05)

    def builds(self, drops: list[Event]) -> list[Event]:
        """Return the build-ups before drops: the longest stretch over which the highs or the whole level climb."""
        found = []
        for drop in drops:
            since = max([0.0, *[other.at for other in drops if other.at < drop.at]])
            for bars in BUILD_BARS:
                start = drop.at - bars * self.bar
                climb = max(self._climb(self.high, start, drop.at), self._climb(self.level, start, drop.at))
                if start >= since and climb > CLIMB_DB:
                    found.append(Event(kind="build-up", at=start, strength=_unit(climb / 12), duration=drop.at - start))
                    break
        return found

    def _climb(self, level: Array, start: float, end: float) -> float:
        third = (end - start) / 3
        thirds = [_mean(level, start + i * third, start + (i + 1) * third) for i in range(3)]
        return thirds[2] - thirds[0] if thirds[1] > thirds[0] - 1 else 0.0

    def breaks(self) -> list[Event]:
        """Return where the lows go away for a while, after they have been there."""
        found = []
        for start, end in self.gaps:
            fall = _mean(self.low, start - 2 * self.bar, start) - _mean(self.low, start, end)
            if start > 2 * self.bar and fall > HOLLOW_DB - 2 and end < float(self.steps[-1]) - self.bar:
                found.append(Event(kind="break", at=start, strength=_unit(fall / 24), duration=end - start))
        return found


def _stops(level: Array) -> list[Event]:
    """Return where the music holds its breath: rare holes, HOLE_DB under what is around them."""
    usual = onsets.moving_mean(level.astype(np.float32), 4 * FRAME_RATE)
    hole = np.concatenate([[False], (level < usual - HOLE_DB) & (usual > level.max() - 30), [False]])
    edges = np.flatnonzero(np.diff(hole.astype(np.int8))) / FRAME_RATE
    spans = [(start, end) for start, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)]
    spans = [each for each in spans if each[0] > 1 and each[1] < level.size / FRAME_RATE - 1]
    held = [each for each in spans if STOP_S <= each[1] - each[0] <= LONGEST_STOP_S]
    rare = [each for each in held if sum(abs(each[0] - other[0]) < RARE_S for other in spans) <= 2]
    return [Event(kind="stop", at=a, strength=_unit(b - a), duration=b - a) for a, b in rare]


def _decibels(power: NDArray[np.float32], frames: int) -> Array:
    return np.asarray(10 * np.log10(onsets.moving_mean(power, frames) + 1e-7))


def _mean(values: Array, start: float, end: float) -> float:
    low = min(max(0, round(start * FRAME_RATE)), values.size - 1)
    return float(values[low : max(low + 1, round(end * FRAME_RATE))].mean())


def _unit(value: float) -> float:
    return float(np.clip(value, 0, 1))
