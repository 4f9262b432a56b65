"""What happens at a moment: drops, build-ups, breaks, stops, fills, the first beat and the last hit."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from songreel.analysis import onsets
from songreel.analysis.bars import Bars
from songreel.analysis.frontend import FRAME_RATE, Heard
from songreel.model.song_map import Event, Section

Array = NDArray[np.float64]
STOP_S = 0.35


def find(heard: Heard, beats: Array, bars: Bars, sections: tuple[Section, ...]) -> tuple[Event, ...]:
    """Return the events in order of time."""
    level = 10 * np.log10(onsets.moving_mean(heard.power.sum(axis=1), 40) + 1e-7)
    low = 10 * np.log10(onsets.moving_mean(heard.power[:, :2].sum(axis=1), 40) + 1e-7)
    bar = _bar_s(beats, bars)
    found = [*_turns(level, low, sections, bar), *_stops(level)]
    found += _fills(heard, sections, bar)
    if beats.size:
        found.append(Event(kind="first-beat", at=float(beats[0]), strength=1.0))
    starts = onsets.pick(heard.flux)
    if starts.size:
        found.append(Event(kind="last-hit", at=float(starts[-1] / FRAME_RATE), strength=0.8))
    return tuple(sorted(found, key=lambda event: (event.at, event.kind)))


def _bar_s(beats: Array, bars: Bars) -> float:
    return float(np.median(np.diff(beats))) * (bars.meter or 4) if beats.size > 1 else 2.0


def _mean(values: Array, start: float, end: float) -> float:
    low = min(max(0, round(start * FRAME_RATE)), values.size - 1)
    return float(values[low : max(low + 1, round(end * FRAME_RATE))].mean())


def _turns(level: Array, low: Array, sections: tuple[Section, ...], bar: float) -> list[Event]:
    """Return drops, breaks and build-ups: what the level does over each border of two sections."""
    found: list[Event] = []
    for before, after in pairwise(sections):
        at = after.start
        rise = _mean(low, at, at + 2 * bar) - _mean(low, max(before.start, at - bar), at)
        whole = _mean(level, at, at + 2 * bar) - _mean(level, max(before.start, at - bar), at)
        if rise > 5 and (after.label in ("chorus", "drop") or after.energy > 0.8):
            found.append(Event(kind="drop", at=at, strength=_unit((rise + whole) / 24)))
            found += _build(level, before, bar)
        elif rise < -8 and whole < -2:
            found.append(Event(kind="break", at=at, strength=_unit(-rise / 24), duration=after.end - at))
    return found


def _build(level: Array, section: Section, bar: float) -> list[Event]:
    """Return the build-up before a drop, where the level climbs over the last bars of a section."""
    start = max(section.start, section.end - 4 * bar)
    third = (section.end - start) / 3
    climb = _mean(level, section.end - third, section.end) - _mean(level, start, start + third)
    if climb < 2.5:
        return []
    return [Event(kind="build-up", at=start, strength=_unit(climb / 12), duration=section.end - start)]


def _stops(level: Array) -> list[Event]:
    """Return where the music holds its breath: a hole of at most two seconds, 25 dB under what is around it."""
    usual = onsets.moving_mean(level.astype(np.float32), 8 * FRAME_RATE)
    hole = np.concatenate([[False], (level < usual - 25) & (usual > -30), [False]])
    edges = np.flatnonzero(np.diff(hole.astype(np.int8)))
    found = []
    for start, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        if STOP_S * FRAME_RATE <= end - start <= 2 * FRAME_RATE and start > 0 and end < level.size:
            length = (end - start) / FRAME_RATE
            found.append(Event(kind="stop", at=start / FRAME_RATE, strength=_unit(length), duration=length))
    return found


def _fills(heard: Heard, sections: tuple[Section, ...], bar: float) -> list[Event]:
    """Return drum fills: the last half bar of a section is hit harder than the bars before it."""
    hit = heard.flux[:, 2:5].sum(axis=1).astype(np.float64)
    found = []
    for section in sections[:-1]:
        if section.end - section.start < 2 * bar:
            continue
        start = section.end - bar / 2
        ratio = _mean(hit, start, section.end) / (_mean(hit, section.end - 2 * bar, start) + 1e-6)
        if ratio > 1.35:
            found.append(Event(kind="fill", at=start, strength=_unit(ratio - 1), duration=bar / 2))
    return found


def _unit(value: float) -> float:
    return float(np.clip(value, 0, 1))
