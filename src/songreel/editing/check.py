"""What holds for every timeline: the invariants, each told in one sentence when it is broken."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from fractions import Fraction

from songreel.base.time import seconds_at
from songreel.model.timeline import (
    Clip,
    FootageSource,
    InsetSource,
    PhotoSource,
    PictureSource,
    SceneSource,
    SoundSource,
    TextSource,
    Timeline,
    Track,
    TrackRole,
    VisualizerSource,
)

LONGEST_NAME = 200
_APART_S = Fraction(1, 100)
_SOURCES: dict[TrackRole, tuple[type, ...]] = {
    "base": (SceneSource, PhotoSource, FootageSource),
    "visualizer": (VisualizerSource,),
    "overlay": (PictureSource, InsetSource),
    "titles": (TextSource,),
    "lyrics": (TextSource,),
    "song": (SoundSource,),
}


def problems(timeline: Timeline) -> tuple[str, ...]:
    """Return what is wrong with a timeline, a sentence each; nothing when it can be shown."""
    found = [*_ids(timeline), *_base(timeline), *_song(timeline)]
    for track in timeline.tracks:
        found += _order(track, timeline.frames)
        for number, clip in enumerate(track.clips):
            found += _clip(clip, track)
            found += _fade(
                clip, first=number == 0, last=number == len(track.clips) - 1, long=track.role in ("base", "song")
            )
    return tuple(found)


def _ids(timeline: Timeline) -> Iterator[str]:
    ids = [track.id for track in timeline.tracks] + [clip.id for track in timeline.tracks for clip in track.clips]
    for name in sorted({each for each in ids if ids.count(each) > 1}) if len(set(ids)) < len(ids) else ():
        yield f"the id {name!r} is used twice"
    yield from (f"an id is not a plain word: {each[:40]!r}" for each in ids if not _plain(each, 64) or " " in each)
    if not _plain(timeline.look, LONGEST_NAME):
        yield "the look has no plain name"


def _base(timeline: Timeline) -> Iterator[str]:
    tracks = [track for track in timeline.tracks if track.role == "base"]
    if len(tracks) != 1:
        yield f"there must be one base track, not {len(tracks)}"
        return
    at = 0
    for clip in tracks[0].clips:
        if clip.start > at:
            yield f"nothing is shown from frame {at} to {clip.start}"
        at = max(at, clip.end)
    if at < timeline.frames:
        yield f"nothing is shown from frame {at} to {timeline.frames}"
    if tracks[0].clips and tracks[0].clips[0].fade.frames_in + tracks[0].clips[-1].fade.frames_out > timeline.frames:
        yield f"the video lasts {timeline.frames} frames, less than its fades"
    if tracks[0].clips and tracks[0].clips[0].transition.frames:
        yield "the first clip has nothing to come from, so it takes no transition"


def _song(timeline: Timeline) -> Iterator[str]:
    track = timeline.track("song")
    if track is None or not track.clips:
        yield "there is no song"
        return
    for before, after in itertools.pairwise(track.clips):
        if not _goes_on(before, after, timeline.canvas.fps):
            yield f"the song does not go on where clip {before.id} ends"
        if before.fade.frames_out or after.fade.frames_in:
            yield f"the song fades in its middle, where clip {before.id} ends"
    if track.clips[0].fade.frames_in + track.clips[-1].fade.frames_out > timeline.frames:
        yield f"the video lasts {timeline.frames} frames, less than the song's fades"


def _goes_on(before: Clip, after: Clip, fps: Fraction) -> bool:
    one, other = before.source, after.source
    if not isinstance(one, SoundSource) or not isinstance(other, SoundSource):
        return False
    passed = seconds_at(before.end - before.start, fps)
    return before.end == after.start and one.asset == other.asset and abs(one.at + passed - other.at) <= _APART_S


def _order(track: Track, frames: int) -> Iterator[str]:
    at = 0
    for clip in track.clips:
        if clip.start < at:
            yield f"clip {clip.id} starts at frame {clip.start}, before the one before it ends at {at}"
        if clip.end > frames:
            yield f"clip {clip.id} ends at frame {clip.end}, after the video ends at {frames}"
        at = max(at, clip.end)


def _clip(clip: Clip, track: Track) -> Iterator[str]:
    length = clip.end - clip.start
    if not isinstance(clip.source, _SOURCES[track.role]):
        yield f"clip {clip.id} is {clip.source.kind}, which a {track.role} track cannot show"
    if clip.transition.frames > length:
        yield f"clip {clip.id} lasts {length} frames, less than its transition of {clip.transition.frames}"
    if isinstance(clip.source, TextSource) and not clip.source.text.strip():
        yield f"clip {clip.id} says nothing"
    if not _plain(clip.name, 500):
        yield f"clip {clip.id} has no plain name"


def _fade(clip: Clip, *, first: bool, last: bool, long: bool) -> Iterator[str]:
    """Yield what is wrong with fades; those at the ends of the video may go on over more clips than one."""
    begin = 0 if long and first else clip.fade.frames_in
    finish = 0 if long and last else clip.fade.frames_out
    if begin + finish > clip.end - clip.start:
        yield f"clip {clip.id} lasts {clip.end - clip.start} frames, less than its fades"


def _plain(name: str, longest: int) -> bool:
    return (
        bool(name.strip()) and len(name) <= longest and not any(ord(letter) < 32 and letter != "\n" for letter in name)
    )
