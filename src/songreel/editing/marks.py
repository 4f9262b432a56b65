"""The marks of a song that cuts fall on: bars, beats, and the half-beats between them, in frames of the video."""

from __future__ import annotations

import itertools
import statistics
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import floor

from songreel.model.brief import CutRule
from songreel.model.song_map import SongMap
from songreel.model.timeline import Mark

BRIEFEST_S = Fraction(1, 5)
"""Shots of half a beat are no shorter: five pictures a second, of light and dark in turn, are fewer than three flashes
a second (WCAG 2.3.1)."""
_USUAL = 4
_JITTER = 0.99


@dataclass(frozen=True, slots=True)
class Grid:
    """The beats that are shown, as frames with their positions in the bar, and the half-beat after each, in order.

    ``half_s`` is how long half a beat usually is, in seconds; 0 where there is none.
    """

    beats: tuple[tuple[int, int], ...]
    halves: dict[int, int]
    half_s: float

    @property
    def too_fast(self) -> bool:
        """Tell whether half a beat is too short to be seen."""
        return 0 < self.half_s < BRIEFEST_S * _JITTER


def grid(song_map: SongMap, frame_of: Callable[[float], int], shown: Collection[int]) -> Grid:
    """Return the marks of a song whose frames are among those ``shown``; of two beats on one frame the later."""
    beats = {frame: beat.position for beat in song_map.beats if (frame := frame_of(beat.at)) in shown}
    times = [(at, half) for at, half in song_map.half_times() if frame_of(at) in beats]
    halves = {frame_of(at): frame for at, half in times if (frame := frame_of(half)) in shown}
    half_s = statistics.median(half - at for at, half in times) if times else 0.0
    return Grid(tuple(sorted(beats.items())), halves, half_s)


def ruled(found: Grid, rule: CutRule, meter: int) -> dict[int, Mark]:
    """Return the frames of every n-th mark, counted from the first downbeat, and what each of them is."""
    first = next((index for index, (_, position) in enumerate(found.beats) if position == 1), 0)
    if rule.unit == "bar":
        bars = [frame for frame, position in found.beats if position == 1]
        bars = bars or [frame for frame, _ in found.beats[:: meter or _USUAL]]
        return {frame: "beat" for index, frame in enumerate(bars) if (index - rule.offset) % rule.every == 0}
    parts = 2 if rule.unit == "half" else 1
    return {
        frame: mark
        for index, frame, mark in _steps(found, parts)
        if (index - parts * first - rule.offset) % rule.every == 0
    }


def spaced(wanted: dict[int, Mark], fps: Fraction) -> dict[int, Mark]:
    """Return the marks without half-beats that follow or lead another mark too closely."""
    least = shortest(fps)
    near = {frame for pair in itertools.pairwise(sorted(wanted)) if pair[1] - pair[0] < least for frame in pair}
    return {frame: mark for frame, mark in wanted.items() if mark == "beat" or frame not in near}


def shortest(fps: Fraction) -> int:
    """Return how many frames a shot of half a beat has at least."""
    return floor(BRIEFEST_S * fps)


def _steps(found: Grid, parts: int) -> Iterator[tuple[int, int, Mark]]:
    for index, (frame, _) in enumerate(found.beats):
        yield parts * index, frame, "beat"
        if parts == 2 and frame in found.halves:
            yield 2 * index + 1, found.halves[frame], "half"
