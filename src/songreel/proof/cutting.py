"""Cuts on decoded pictures: where they are, and how far each one is from its beat or half-beat.

A cut stands out from the motion around it, and is still there one picture later; a flash is not. The bar follows
the median of the changes nearby, as in adaptive shot detection (A. Hanjalic, "Shot-boundary detection: unraveled
and resolved?", IEEE TCSVT 12(2), 2002).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from songreel.base.series import running_median
from songreel.proof.changes import Changes, Series

LEAST_CHANGE = 0.12
"""What a change must exceed to be a cut, where nothing else moves."""

_OVER_MEDIAN = 4.0
_AROUND_S = 0.4
_LASTING = 0.5
_NEAR = 3
_CLEAR = 0.5
_MEANT_FOR_A_BEAT = 0.25
_NOWHERE_MS = 1000.0


@dataclass(frozen=True, slots=True)
class Placement:
    """Planned cuts, by what the pictures show: at their frame, beside it (planned, shown), or not to be told."""

    shown: tuple[int, ...]
    misplaced: tuple[tuple[int, int], ...]
    unclear: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class BeatErrors:
    """Distances in ms from cuts to the nearest beat (positive: the cut comes late), for cuts that mean a beat.

    ``between`` counts the cuts that lie further than a quarter of a beat from any.
    """

    ms: tuple[float, ...]
    between: int

    @property
    def worst(self) -> float:
        """Return the largest error, without its sign."""
        return max((abs(error) for error in self.ms), default=0.0)

    @property
    def median(self) -> float:
        """Return the median error, without its sign."""
        return float(np.median(np.abs(self.ms))) if self.ms else 0.0

    def share(self, within_ms: float) -> float:
        """Return the share of cuts whose error is at most so large; 1 when there is none."""
        return sum(abs(error) <= within_ms for error in self.ms) / len(self.ms) if self.ms else 1.0


def detect(changes: Changes, fps: Fraction) -> tuple[int, ...]:
    """Return the frames at which a new picture begins at once."""
    step, skip = changes.step, changes.skip
    if len(step) < 3:
        return ()
    before = np.concatenate([[0.0], skip[:-1]])
    lasting = (skip >= _LASTING * step) & (before >= _LASTING * step)
    # Nothing comes after the last picture, and nothing before the first pair, that could take a change back.
    lasting[-1] = before[-1] >= _LASTING * step[-1]
    lasting[1] = skip[1] >= _LASTING * step[1]
    peak = (step >= np.roll(step, 1)) & (step > np.roll(step, -1))
    peak[-1] = step[-1] > step[-2]
    found = (step > bar(step, fps)) & lasting & peak
    found[0] = False
    return tuple(int(frame) for frame in np.flatnonzero(found))


def bar(step: Series, fps: Fraction) -> NDArray[np.float64]:
    """Return what a change must exceed at each frame to stand out."""
    width = 2 * max(2, round(float(fps) * _AROUND_S)) + 1
    return np.maximum(LEAST_CHANGE, _OVER_MEDIAN * running_median(step, width))


def place(changes: Changes, planned: Sequence[int], fps: Fraction) -> Placement:
    """Tell for each planned cut whether its change is seen at its frame, beside it, or not clearly at all."""
    step, height = changes.step, bar(changes.step, fps)
    found, wanted = set(detect(changes, fps)), set(planned)
    shown, misplaced, unclear = [], [], []
    for frame in planned:
        if not 0 < frame < len(step):
            unclear.append(frame)
            continue
        beside = [n for n in range(frame - _NEAR, frame + _NEAR + 1) if n in found and n not in wanted]
        largest = max(beside, key=lambda n: float(step[n]), default=frame)
        if step[frame] > height[frame] and step[frame] >= _CLEAR * step[largest]:
            shown.append(frame)
        elif beside:
            misplaced.append((frame, largest))
        else:
            unclear.append(frame)
    return Placement(tuple(shown), tuple(misplaced), tuple(unclear))


def beat_errors(frames: Sequence[int], fps: Fraction, beats: Sequence[float], *, song_start: Fraction) -> BeatErrors:
    """Return how far cuts are from the nearest beat; ``beats`` are seconds of the song, at least two."""
    grid = np.asarray(beats, np.float64)
    at = np.array([float(song_start + frame / fps) for frame in frames])
    at = at[(at > grid[0] - 0.5) & (at < grid[-1] + 0.5)]
    if not len(at):
        return BeatErrors((), 0)
    after = np.clip(np.searchsorted(grid, at), 1, len(grid) - 1)
    nearest = np.where(at - grid[after - 1] <= grid[after] - at, grid[after - 1], grid[after])
    error = at - nearest
    meant = np.abs(error) <= _MEANT_FOR_A_BEAT * (grid[after] - grid[after - 1])
    return BeatErrors(tuple(float(ms) for ms in error[meant] * 1000), int((~meant).sum()))


def half_errors(frames: Sequence[int], fps: Fraction, halves: Sequence[float], *, song_start: Fraction) -> BeatErrors:
    """Return how far cuts that are meant for half-beats are from the nearest one, in seconds of the song.

    None of them can be meant for anything else, so ``between`` is 0; where there is no half-beat they are a whole
    second off.
    """
    at = np.array([float(song_start + frame / fps) for frame in frames])
    marks = np.asarray(halves, np.float64)
    if not len(at) or not len(marks):
        return BeatErrors((_NOWHERE_MS,) * len(at), 0)
    away = at[:, None] - marks[None, :]
    nearest = away[np.arange(len(at)), np.abs(away).argmin(axis=1)]
    return BeatErrors(tuple(float(ms) for ms in nearest * 1000), 0)
