"""A timeline in one line, as the published skills print it.

``Timeline (3 tracks): 1. Video: city timelapse (0-10s) 2. BGM: Lo-fi (0-10s, 35%) 3. Title: "Urban Dreams" (0-3s)``
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from songreel.base.time import seconds_at
from songreel.model.document import AssetId
from songreel.model.timeline import Clip, SoundSource, TextSource, Timeline, Track, TrackRole

MOST_NAMES = 3
_LABELS: dict[TrackRole, str] = {
    "base": "Video",
    "visualizer": "Visualizer",
    "overlay": "Overlay",
    "titles": "Title",
    "lyrics": "Lyrics",
    "song": "BGM",
}
_ORDER: tuple[TrackRole, ...] = ("base", "visualizer", "overlay", "song", "titles", "lyrics")


def summary(timeline: Timeline, names: Mapping[AssetId, str] | None = None) -> str:
    """Return all tracks in one line: what they show, from when to when; ``names`` replace those of the song's clips."""
    tracks = sorted(timeline.tracks, key=lambda track: _ORDER.index(track.role))
    told = [f"{number}. {_track(track, timeline, names or {})}" for number, track in enumerate(tracks, 1)]
    noun = "track" if len(told) == 1 else "tracks"
    return " ".join([f"Timeline ({len(told)} {noun}):", *told])


def _track(track: Track, timeline: Timeline, names: Mapping[AssetId, str]) -> str:
    if not track.clips:
        return f"{_LABELS[track.role]}: empty"
    called = list(dict.fromkeys(_name(clip, names) for clip in track.clips))
    shown = ", ".join(called[:MOST_NAMES])
    if len(called) > MOST_NAMES:
        shown += f" and {len(called) - MOST_NAMES} more"
    start, end = (seconds_at(frame, timeline.canvas.fps) for frame in (track.clips[0].start, track.clips[-1].end))
    levels = [round(clip.source.volume * 100) for clip in track.clips if isinstance(clip.source, SoundSource)]
    volume = f", {min(levels)}%" if len(set(levels)) == 1 else f", {min(levels)}-{max(levels)}%" if levels else ""
    return f"{_LABELS[track.role]}: {shown} ({_seconds(start)}-{_seconds(end)}s{volume})"


def _name(clip: Clip, names: Mapping[AssetId, str]) -> str:
    if isinstance(clip.source, TextSource):
        return f'"{" ".join(clip.source.text.split())}"'
    if isinstance(clip.source, SoundSource):
        return names.get(clip.source.asset, clip.name)
    return clip.name


def _seconds(exact: Fraction) -> str:
    return f"{float(exact):.1f}".removesuffix(".0")
