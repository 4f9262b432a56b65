"""What a person says about the beats, put into what was heard.

Envelopes, onsets and loudness stay; beats, bars and tempo follow the person, and the sections move to the downbeats.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from songreel.analysis import grid, placing, recount
from songreel.analysis.recount import Count
from songreel.base.errors import BadRequest
from songreel.model.correction import Correction
from songreel.model.song_map import Beat, Confidence, Event, Section, SongMap, TempoPoint

TEMPO_ALONE = 0.5


def apply(song_map: SongMap, correction: Correction) -> SongMap:
    """Return the map with a person's correction in it.

    ::

        heard        |1 . 2 . 3 . 4 . |1 . 2 .      half-time: every other beat, from the downbeats
        double-time  |1 2 3 4|1 2 3 4 |1 2 3 4      meter, first beat: the same beats, counted anew

    Never changes the duration, the envelopes, or what the sections are called; they still tile the song.
    Raises BadRequest when it names a moment after the song's end, or leans on beats where none were heard.
    """
    count = _count(song_map, correction)
    sections, moved = _sections(song_map, count)
    return song_map.evolve(
        bpm=count.bpm,
        meter=count.meter,
        tempo=tuple(TempoPoint(at=at, bpm=bpm) for at, bpm in placing.curve(count.times)),
        beats=_beats(song_map, correction, count),
        sections=sections,
        events=_events(song_map, count, moved),
        confidence=_confidence(song_map, correction, count),
    )


def _count(song_map: SongMap, correction: Correction) -> Count:
    duration, heard = float(song_map.duration), recount.heard(song_map)
    if correction.beats is not None:
        return _explicit(correction.beats, duration)
    if correction.first_beat is not None and correction.first_beat >= duration:
        raise BadRequest(
            f"a first beat at {correction.first_beat:g} s is after the song's end", advice=f"It lasts {duration:.2f} s."
        )
    if correction.bpm is not None:
        return _gridded(song_map, correction, correction.bpm)
    if heard.times.size < 2:
        raise BadRequest("no beat was heard in this song that could be corrected", advice="Give its tempo in BPM too.")
    count = heard
    if correction.pulse == "double-time":
        count = recount.doubled(count, duration)
    elif correction.pulse == "half-time":
        count = recount.halved(count, song_map.sections)
    if correction.meter is not None:
        count = recount.in_meter(count, correction.meter, song_map.sections)
    if correction.first_beat is not None:
        count = recount.begun(count, correction.first_beat, duration)
    return count


def _explicit(beats: Sequence[tuple[float, int]], duration: float) -> Count:
    if beats[-1][0] > duration:
        raise BadRequest(
            f"the beat at {beats[-1][0]:g} s is after the song's end",
            advice=f"The song lasts {duration:.2f} s: are these beats of another one?",
        )
    times = np.array([at for at, _ in beats])
    positions = np.array([position for _, position in beats], dtype=np.int64)
    bars = np.diff(np.flatnonzero(positions == 1))
    longest = int(np.bincount(bars).argmax()) if bars.size else int(positions.max())
    return Count(times, positions, placing.tempo(times), min(longest, 16))


def _gridded(song_map: SongMap, correction: Correction, bpm: float) -> Count:
    times = grid.lay(song_map, bpm, correction.first_beat)
    heard = recount.heard(song_map)
    meter = correction.meter or heard.meter or recount.COMMON
    known = correction.first_beat is not None
    phase = 0 if known else recount.phase(times, heard, meter, song_map.sections)
    return Count(times, (np.arange(times.size) - phase) % meter + 1, bpm, meter)


def _beats(song_map: SongMap, correction: Correction, count: Count) -> tuple[Beat, ...]:
    rows = zip(count.times.tolist(), count.positions.tolist(), strict=True)
    if _only_counted(correction):
        return tuple(beat.evolve(position=position) for beat, (_, position) in zip(song_map.beats, rows, strict=True))
    sure = _certainty(song_map, correction)
    return tuple(Beat(at=at, position=position, confidence=sure) for at, position in rows)


def _certainty(song_map: SongMap, correction: Correction) -> float:
    """Return how sure the beats are: as a person said them, but a tempo alone does not say where they fall."""
    placed = correction.bpm is None or correction.first_beat is not None
    return 1.0 if placed else max(song_map.confidence.beats, TEMPO_ALONE)


def _confidence(song_map: SongMap, correction: Correction, count: Count) -> Confidence:
    """Return 1 for what a person said: where beats are, and where bars begin."""
    sure = song_map.confidence
    told = correction.first_beat is not None or (correction.beats is not None and count.meter > 0)
    return sure.evolve(
        beats=sure.beats if _only_counted(correction) else _certainty(song_map, correction),
        downbeats=1.0 if told else sure.downbeats if count.meter else 0.0,
    )


def _only_counted(correction: Correction) -> bool:
    """Tell whether the beats stay where they are, and bars alone change."""
    return correction == Correction(meter=correction.meter)


def _sections(song_map: SongMap, count: Count) -> tuple[tuple[Section, ...], dict[float, float]]:
    """Return the sections with their borders on downbeats, and where each border went.

    A border stays where no downbeat is within half a bar; a section that has no bar left goes to the one before it.
    """
    downbeats = count.times[count.positions == 1]
    duration = song_map.sections[-1].end
    reach = 0.5 * float(np.median(np.diff(downbeats))) if downbeats.size > 1 else 0.0
    moved: dict[float, float] = {}
    for section in song_map.sections[1:]:
        nearest = float(downbeats[np.abs(downbeats - section.start).argmin()]) if downbeats.size else section.start
        moved[section.start] = nearest if abs(nearest - section.start) <= reach + 1e-6 else section.start
    starts = {0.0: song_map.sections[0]}
    for section in song_map.sections[1:]:
        at = moved[section.start]
        if max(starts) < at < duration:
            starts[at] = section
    edges = [*starts, duration]
    parts = zip(starts.values(), pairwise(edges), strict=True)
    return tuple(section.evolve(start=start, end=end) for section, (start, end) in parts), moved


def _events(song_map: SongMap, count: Count, moved: dict[float, float]) -> tuple[Event, ...]:
    """Move the events that stand at a section's border with it, and the first beat to where it is."""
    found = []
    for event in song_map.events:
        if event.kind == "first-beat":
            continue
        at, end = event.at, event.at + event.duration
        start = _follow(moved, at)
        found.append(event.evolve(at=start, duration=max(0.0, _follow(moved, end) - start) if event.duration else 0))
    found.append(Event(kind="first-beat", at=float(count.times[0]), strength=1.0))
    return tuple(sorted(found, key=lambda event: (event.at, event.kind)))


def _follow(moved: dict[float, float], at: float) -> float:
    return next((there for here, there in moved.items() if abs(here - at) < 1e-6), at)
