"""Counting beats anew: at half or double the pulse, in another meter, from another first beat.

A count is pure: times (n,) in seconds, positions (n,) from 1 at each downbeat and 0 where bars are not known.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from songreel.base.errors import BadRequest
from songreel.model.song_map import Section, SongMap

Array = NDArray[np.float64]
COMMON = 4
LEAST_STEP_S = 0.1
BORDER_WEIGHT = 4.0


@dataclass(frozen=True, slots=True)
class Count:
    """Beats and how they are counted; ``meter`` is 0 where bars are not known."""

    times: Array
    positions: NDArray[np.int64]
    bpm: float
    meter: int


def heard(song_map: SongMap) -> Count:
    """Return the beats as they were heard."""
    positions = np.array([beat.position for beat in song_map.beats], dtype=np.int64)
    return Count(np.array(song_map.beat_times(), dtype=np.float64), positions, song_map.bpm, song_map.meter)


def doubled(count: Count, duration: float) -> Count:
    """Put a beat between each two, and after the last one; a bar keeps its number of beats and lasts half as long."""
    steps = np.diff(count.times)
    after = steps[-1] if steps.size else 60 / count.bpm
    between = count.times + np.append(steps, after) / 2
    times = np.stack([count.times, between], axis=1).ravel()
    first = 2 * (count.positions - 1)
    places = np.stack([first, first + 1], axis=1).ravel()
    known = np.repeat(count.positions > 0, 2)
    positions = np.where(known, places % max(count.meter, 1) + 1, 0)
    inside = times < duration
    return Count(times[inside], positions[inside], 2 * count.bpm, count.meter)


def halved(count: Count, sections: Sequence[Section]) -> Count:
    """Keep every other beat, from those that begin bars; two bars become one, paired as sections begin."""
    bars = np.flatnonzero(count.positions == 1)
    if not bars.size:
        return Count(count.times[::2], count.positions[::2], count.bpm / 2, count.meter)
    starts = bars[_pairing(count.times[bars], sections) :: 2]
    numbers = np.arange(count.times.size)
    bar = np.searchsorted(starts, numbers, side="right") - 1
    offset = numbers - starts[np.maximum(bar, 0)]
    # what comes before the first whole bar is counted backwards, as a pickup
    place = np.where(bar >= 0, offset, offset % (2 * count.meter))
    kept = (place % 2 == 0) & (place < 2 * count.meter)
    return Count(count.times[kept], place[kept] // 2 + 1, count.bpm / 2, count.meter)


def _pairing(downbeats: Array, sections: Sequence[Section]) -> int:
    """Return 0 when long bars begin at the first downbeat, 1 when at the second: where most sections do."""
    if downbeats.size < 2:
        return 0
    votes = [0.0, 0.0]
    for section in sections[1:]:
        nearest = int(np.abs(downbeats - section.start).argmin())
        if abs(downbeats[nearest] - section.start) < LEAST_STEP_S:
            votes[nearest % 2] += section.confidence + LEAST_STEP_S
    return int(votes[1] > votes[0])


def in_meter(count: Count, meter: int, sections: Sequence[Section]) -> Count:
    """Count the same beats in bars of ``meter``, beginning where most sections and most bars begin already."""
    index = np.arange(count.times.size)
    return replace(count, positions=(index - phase(count.times, count, meter, sections)) % meter + 1, meter=meter)


def phase(times: Array, count: Count, meter: int, sections: Sequence[Section]) -> int:
    """Return which of the first ``meter`` of some times best begins a bar, by the sections and bars of a count."""
    votes = np.zeros(meter)
    if not times.size:
        return 0
    reach = float(np.median(np.diff(times))) / 2 if times.size > 1 else LEAST_STEP_S
    downbeats = count.times[count.positions == 1]
    borders = [(each.start, BORDER_WEIGHT * each.confidence) for each in sections if each.start > 0]
    for at, weight in [*borders, *((at, 1.0) for at in downbeats.tolist())]:
        nearest = int(np.abs(times - at).argmin())
        if abs(times[nearest] - at) <= reach:
            votes[nearest % meter] += weight
    if downbeats.size:
        votes[int(np.abs(times - downbeats[0]).argmin()) % meter] += LEAST_STEP_S
    return int(votes.argmax())


def begun(count: Count, first_beat: float, duration: float) -> Count:
    """Let the first bar begin at a moment: the beats move by half a beat at most, and none comes before it.

    Raises BadRequest when every beat that was heard comes before that moment.
    """
    step = float(np.median(np.diff(count.times))) if count.times.size > 1 else 60 / count.bpm
    if first_beat > count.times[-1] + step / 2:
        raise BadRequest(f"no beat was heard from {first_beat:g} s on", advice="Give the tempo in BPM too.")
    earlier = max(0, round(float(count.times[0] - first_beat) / step))
    beats = np.append(count.times[0] - step * np.arange(earlier, 0, -1), count.times)
    nearest = int(np.abs(beats - first_beat).argmin())
    times = beats[nearest:] + (first_beat - beats[nearest])
    times[0] = first_beat
    times = times[times < duration]
    meter = count.meter or COMMON
    return Count(times, np.arange(times.size) % meter + 1, count.bpm, meter)
