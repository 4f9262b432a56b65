"""Which part of the song the video shows, and where beats and sections fall in it, in frames."""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from songreel.base.time import frame_at, frame_count
from songreel.model import excerpt
from songreel.model.brief import Brief
from songreel.model.preset import Preset
from songreel.model.song_map import Section, SectionLabel, SongMap

LABELS: dict[str, tuple[SectionLabel, ...]] = {"chorus": ("chorus", "drop"), "drop": ("drop", "chorus")}
_STEP_S = Fraction(1, 48000)
_LOUD = 0.55
_REACH_S = 1
_NEAR_S = Fraction(1, 10)
_TOUCH_S = 0.1


@dataclass(frozen=True, slots=True)
class Passage:
    """A section as far as the video shows it, in frames; ``energy`` 0…1 is relative to the song."""

    index: int
    section: Section
    start: int
    end: int
    energy: float

    @property
    def lifted(self) -> bool:
        """Tell whether this is one of the song's loud moments."""
        return self.section.label in ("chorus", "drop") or (self.energy > _LOUD and self.section.label == "solo")


@dataclass(frozen=True, slots=True)
class GridBeat:
    """A beat on the frame nearest to it; ``position`` counts from 1 at the downbeat, 0 where the bar is unknown."""

    frame: int
    position: int


@dataclass(frozen=True)
class Window:
    """The song from ``start`` seconds on, for ``frames`` frames."""

    song_map: SongMap
    start: Fraction
    frames: int
    fps: Fraction

    def frame(self, seconds: float | Fraction) -> int:
        """Return the frame nearest to a moment of the song, kept within the video."""
        return min(max(frame_at(max(Fraction(seconds) - self.start, Fraction(0)), self.fps), 0), self.frames)

    def shows(self, seconds: float) -> bool:
        """Tell whether a moment of the song falls within the video."""
        return 0 <= (Fraction(seconds) - self.start) * self.fps < self.frames

    @property
    def seconds(self) -> float:
        """Return how long the video is."""
        return float(self.frames / self.fps)

    @property
    def whole(self) -> bool:
        """Tell whether the video shows the song from its beginning to its end."""
        return self.start == 0 and self.frames >= frame_count(self.song_map.duration, self.fps)

    @cached_property
    def beats(self) -> tuple[GridBeat, ...]:
        """Return the beats that the video shows, without two on one frame."""
        at = {self.frame(beat.at): beat.position for beat in self.song_map.beats if self.shows(beat.at)}
        return tuple(GridBeat(frame, position) for frame, position in sorted(at.items()) if frame < self.frames)

    @cached_property
    def onsets(self) -> tuple[int, ...]:
        """Return the frames of the onsets that the video shows."""
        return tuple(sorted({self.frame(onset) for onset in self.song_map.onsets if self.shows(onset)}))

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Return the sections that the video shows, back to back from the first frame to the last.

        A border between beats is moved onto the nearest one.
        """
        sections = [
            each for each in self.song_map.sections if each.end > self.start and self.frame(each.start) < self.frames
        ]
        energies = excerpt.energies(self.song_map.sections)
        made: list[Passage] = []
        for index, section in enumerate(sections):
            start = self._snapped(section.start) if made else 0
            last = index == len(sections) - 1
            end = self.frames if last else min(self._snapped(section.end), self.frames)
            start = made[-1].end if made else start
            if end > start:
                made.append(Passage(len(made), section, start, end, energies[section.start]))
        return tuple(made) or (Passage(0, _whole(self.song_map), 0, self.frames, 0.5),)

    def _snapped(self, seconds: float) -> int:
        frame = self.frame(seconds)
        if not self.beats:
            return frame
        nearest = nearest_beat(self.beats, frame)
        inside = self.beats[0].frame <= frame <= self.beats[-1].frame
        return nearest if abs(nearest - frame) <= (_REACH_S if inside else _NEAR_S) * self.fps else frame


def nearest_beat(beats: Sequence[GridBeat], frame: int) -> int:
    """Return the frame of the beat nearest to a frame; the frame itself where there are no beats."""
    place = bisect.bisect_left(beats, frame, key=lambda beat: beat.frame)
    around = (beat.frame for beat in beats[max(place - 1, 0) : place + 1])
    return min(around, key=lambda at: abs(at - frame), default=frame)


def choose(song_map: SongMap, brief: Brief, preset: Preset, fps: Fraction) -> tuple[Window, tuple[str, ...]]:
    """Return the window that the words and the preset ask for, and what was decided differently."""
    notes: list[str] = []
    seconds = _length(song_map, brief, preset, notes)
    start = _start(song_map, brief, seconds, notes)
    if seconds is None:
        return Window(song_map, start, frame_count(song_map.duration - start, fps), fps), tuple(notes)
    whole_bars = _whole_bars(song_map, start, seconds, preset) if preset.loops else None
    length = Fraction(whole_bars or seconds).limit_denominator(48000)
    frames = min(frame_count(length, fps), frame_count(song_map.duration - start, fps))
    return Window(song_map, start, max(frames, 1), fps), tuple(notes)


def _length(song_map: SongMap, brief: Brief, preset: Preset, notes: list[str]) -> float | None:
    """Return how many seconds are wanted; None is all that follows the start."""
    longest = preset.longest_s
    wanted = brief.seconds
    total = float(song_map.duration)
    if wanted is not None and wanted > total:
        notes.append(f"the song lasts {total:.1f} s, so the video does too, not {wanted:g} s")
        wanted = None
    if longest is not None and (wanted if wanted is not None else total) > longest:
        if wanted is not None:
            notes.append(f"{preset.name} takes {longest:g} s at most, not {wanted:g} s")
        wanted = longest
    return None if wanted is not None and wanted >= total else wanted


def _start(song_map: SongMap, brief: Brief, seconds: float | None, notes: list[str]) -> Fraction:
    if brief.start_at == "beginning" or (brief.start_at is None and seconds is None):
        return Fraction(0)
    if brief.start_at in LABELS:
        found = _first(song_map.sections, LABELS[brief.start_at])
        if found is not None:
            return _on_grid(song_map, found.start)
        notes.append(f"no {brief.start_at} was heard in the song, so the video starts with its best part")
    return _on_grid(song_map, excerpt.best_window(song_map, seconds)[0]) if seconds is not None else Fraction(0)


def _first(sections: Sequence[Section], labels: Sequence[SectionLabel]) -> Section | None:
    for label in labels:
        for section in sections:
            if section.label == label:
                return section
    return None


def _on_grid(song_map: SongMap, seconds: float) -> Fraction:
    """Return the moment, moved onto the nearest beat within a tenth of a second where there is one."""
    near = [beat.at for beat in song_map.beats if abs(beat.at - seconds) <= _TOUCH_S]
    exact = min(near, key=lambda at: abs(at - seconds)) if near else seconds
    return Fraction(exact) // _STEP_S * _STEP_S


def _whole_bars(song_map: SongMap, start: Fraction, seconds: float, preset: Preset) -> float | None:
    """Return the longest stretch of whole bars that the preset takes."""
    downbeats = [at for at in song_map.downbeat_times() if at >= float(start) - 0.01]
    lengths = (
        [at - downbeats[0] for at in downbeats[1:]] if downbeats and downbeats[0] - float(start) < _TOUCH_S else []
    )
    fitting = [length for length in lengths if preset.shortest_s <= length <= seconds]
    return max(fitting, default=None)


def _whole(song_map: SongMap) -> Section:
    end = max(float(song_map.duration), 0.001)
    return Section(id="A", label="verse", start=0, end=end, energy=0.5, confidence=0)
