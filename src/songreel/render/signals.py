"""The music as numbers, one row a frame: every name of `visuals.signals.SIGNALS` but ``seed``, which is a clip's.

Beats, hits and drops are moved to the frame nearest to them, so that a flash is on the very frame of a cut on the
same beat. All is worked out for the whole video at once: a row depends on the song and its frame alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from songreel.model.song_map import BANDS, HITS, Curve, SongMap
from songreel.visuals.signals import SIGNALS

Values = NDArray[np.float64]
COLUMNS: tuple[str, ...] = tuple(name for name in SIGNALS if name != "seed")
"""The columns of the table, in their order."""

HIT_RELEASE_S = 0.14
STROBE_APART_S, STROBE_RELEASE_S = 0.42, 0.06
"""Four hits 0.42 s apart span 1.26 s: no second holds more than three (WCAG 2.3.1), even moved to whole frames."""
SECTION_EASE_S = 1.0
DROP_BARS = 4
DEFAULT_BAR_S = 2.0
_REST_SPEED, _MUSIC_SPEED = 0.45, 1.1


@dataclass(frozen=True, slots=True)
class _Frames:
    """The moments of the frames, in seconds of the song, and the distance between two."""

    at: Values
    step: float

    def snap(self, moments: Sequence[float] | Values) -> Values:
        """Return moments moved to the frame nearest to each; a moment halfway goes to the later frame."""
        first = self.at[0]
        return np.asarray(first + np.floor((np.asarray(moments, np.float64) - first) / self.step + 0.5) * self.step)


def table(song_map: SongMap, *, fps: Fraction, start: Fraction, count: int) -> NDArray[np.float32]:
    """Return the signals, shape (count, len(COLUMNS)): row i is the song at ``start`` + i / fps seconds."""
    at = np.array([float(start + i / fps) for i in (0, count)])
    frames = _Frames(at[0] + np.arange(count) * float(1 / fps), float(1 / fps))
    named = _beats(frames, song_map) | _levels(frames, song_map) | _form(frames, song_map)
    named["travel"] = _travel(frames, named["level"], named["energy"])
    return np.stack([named[name] for name in COLUMNS], axis=1).astype(np.float32)


def _beats(frames: _Frames, song_map: SongMap) -> dict[str, Values]:
    beats = frames.snap(song_map.beat_times())
    bars = frames.snap(song_map.downbeat_times())
    beat, count = _phase(frames, beats)
    bar, bar_count = _phase(frames, bars)
    strengths = _strengths(song_map, song_map.beat_times())
    bar_strengths = _strengths(song_map, song_map.downbeat_times())
    return {
        "beat": beat,
        "bar": bar,
        "beatCount": np.maximum(count, 0),
        "pulse": _decay(beat) * _at_index(strengths, count),
        "downbeat": _decay(bar) * _at_index(bar_strengths, bar_count),
        "strobe": _strobes(frames, beats),
    }


def _strobes(frames: _Frames, beats: Values) -> Values:
    """Return hits on every beat, or on every second or fourth one where those would come too fast."""
    apart = float(np.median(np.diff(beats))) if len(beats) > 1 else STROBE_APART_S
    each = 1
    while apart * each < STROBE_APART_S and each < len(beats):
        each *= 2
    hits = _apart(beats[::each])
    if not len(hits):
        return np.zeros(len(frames.at))
    latest = np.searchsorted(hits, frames.at + frames.step / 4, side="left") - 1
    since = np.maximum(frames.at - hits[np.maximum(latest, 0)], 0)
    return np.asarray(np.where(latest >= 0, np.exp(-since / STROBE_RELEASE_S), 0.0))


def _apart(moments: Values) -> Values:
    """Return moments without those that follow the one before them too fast for a strobe."""
    kept: list[float] = []
    for moment in moments:
        if not kept or moment - kept[-1] >= STROBE_APART_S:
            kept.append(float(moment))
    return np.asarray(kept, np.float64)


def _phase(frames: _Frames, marks: Values) -> tuple[Values, Values]:
    """Return how far each frame is from one mark to the next, 0…1, and which mark it follows (−1 before the first).

    Before the first and after the last one the nearest distance goes on.
    """
    if len(marks) < 2:
        return np.zeros(len(frames.at)), np.full(len(frames.at), -1.0)
    # Half a frame of tolerance: sums of floats must not put a frame before the mark that it is on.
    now = frames.at + frames.step / 4
    index = np.searchsorted(marks, now, side="right") - 1
    held = np.clip(index, 0, len(marks) - 2)
    length = np.maximum(marks[held + 1] - marks[held], frames.step)
    phase = (frames.at - marks[held]) / length
    return np.clip(
        np.where((index >= 0) & (index < len(marks) - 1), phase, np.mod(phase + 1e-6, 1.0)), 0, 1
    ), index.astype(np.float64)


def _decay(phase: Values) -> Values:
    """Return a hit at phase 0 that eases out before the next."""
    return np.asarray((1 - phase) ** 2.5)


def _strengths(song_map: SongMap, moments: Sequence[float]) -> Values:
    """Return how strong each beat is, 0.35…1: the loudest drum or the loudness about it."""
    if not moments:
        return np.zeros(0)
    drums = [_around(song_map.hits[name], moments) for name in HITS if name in song_map.hits]
    loud = np.maximum.reduce([*drums, 0.8 * _around(song_map.level, moments)])
    return np.asarray(0.35 + 0.65 * np.clip(loud, 0, 1))


def _around(curve: Curve, moments: Sequence[float]) -> Values:
    values = curve.values().astype(np.float64)
    if not len(values):
        return np.zeros(len(moments))
    center = np.rint(np.asarray(moments) * curve.rate_hz).astype(int)
    reach = max(1, round(0.04 * curve.rate_hz))
    near = [values[np.clip(center + step, 0, len(values) - 1)] for step in range(-reach, reach + 1)]
    return np.asarray(np.max(near, axis=0))


def _at_index(values: Values, index: Values) -> Values:
    if not len(values):
        return np.zeros(len(index))
    return np.where(index >= 0, values[np.clip(index.astype(int), 0, len(values) - 1)], 0.0)


def _levels(frames: _Frames, song_map: SongMap) -> dict[str, Values]:
    named: dict[str, Values] = {name: _sampled(frames, song_map.bands[name]) for name in BANDS}
    named |= {hit: _hits(frames, song_map.hits[hit]) for hit in HITS}
    curves = {"brightness": song_map.brightness, "stereo": song_map.width, "harmony": song_map.harmony}
    return named | {"level": _sampled(frames, song_map.level)} | {k: _sampled(frames, v) for k, v in curves.items()}


def _sampled(frames: _Frames, curve: Curve) -> Values:
    values = curve.values()
    if not len(values):
        return np.zeros(len(frames.at))
    return np.asarray(np.interp(frames.at, np.arange(len(values)) / curve.rate_hz, values))


def _hits(frames: _Frames, curve: Curve) -> Values:
    """Return the strongest hit that belongs to each frame, with a release: a hit between two frames is not lost."""
    values = curve.values().astype(np.float64)
    found = np.zeros(len(frames.at))
    where = np.floor((np.arange(len(values)) / curve.rate_hz - frames.at[0]) / frames.step + 0.5).astype(int)
    inside = (where >= 0) & (where < len(found))
    np.maximum.at(found, where[inside], values[inside])
    keep = float(np.exp(-frames.step / HIT_RELEASE_S))
    for index in range(1, len(found)):
        found[index] = max(found[index], found[index - 1] * keep)
    return found


def _form(frames: _Frames, song_map: SongMap) -> dict[str, Values]:
    starts = np.array([section.start for section in song_map.sections])
    ends = np.array([section.end for section in song_map.sections])
    energies = np.array([section.energy for section in song_map.sections])
    index = np.clip(np.searchsorted(starts, frames.at + frames.step / 4, side="right") - 1, 0, len(starts) - 1)
    phase = (frames.at - starts[index]) / np.maximum(ends[index] - starts[index], frames.step)
    return {
        "energy": _eased(frames, starts, energies),
        "section": np.clip(phase, 0, 1),
        "build": _builds(frames, song_map),
        "drop": _drops(frames, song_map),
        "song": np.clip(frames.at / float(song_map.duration), 0, 1),
    }


def _eased(frames: _Frames, starts: Values, energies: Values) -> Values:
    """Return section energy, smoothed over each border."""
    energy = np.full(len(frames.at), energies[0])
    for border, before, after in zip(starts[1:], energies[:-1], energies[1:], strict=True):
        share = np.clip((frames.at - border) / SECTION_EASE_S + 0.5, 0, 1)
        energy += (after - before) * share * share * (3 - 2 * share)
    return energy


def _builds(frames: _Frames, song_map: SongMap) -> Values:
    build = np.zeros(len(frames.at))
    for event in song_map.events:
        if event.kind == "build-up" and event.duration > 0:
            share = (frames.at - event.at) / event.duration
            build = np.maximum(build, np.where((share >= 0) & (share < 1), share, 0.0))
    return build


def _drops(frames: _Frames, song_map: SongMap) -> Values:
    bars = np.diff(song_map.downbeat_times())
    length = DROP_BARS * (float(np.median(bars)) if len(bars) else DEFAULT_BAR_S)
    drop = np.zeros(len(frames.at))
    for event in song_map.events:
        if event.kind == "drop":
            share = (frames.at + frames.step / 4 - frames.snap([event.at])[0]) / length
            drop = np.maximum(drop, np.where((share >= 0) & (share < 1), (1 - share) ** 2, 0.0))
    return drop


def _travel(frames: _Frames, level: Values, energy: Values) -> Values:
    speed = _REST_SPEED + _MUSIC_SPEED * (0.5 * level + 0.5 * energy)
    return np.asarray(np.concatenate([[0.0], np.cumsum(speed[:-1])]) * frames.step)
