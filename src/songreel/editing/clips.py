"""Finding, replacing, adding and removing clips."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from songreel.base.time import Span
from songreel.editing.refusals import refused
from songreel.model.timeline import Clip, Fade, Timeline, Track, TrackRole

REMOVABLE: tuple[TrackRole, ...] = ("visualizer", "overlay", "titles", "lyrics")
LAYERS: tuple[TrackRole, ...] = ("base", "visualizer", "overlay", "titles", "lyrics", "song")
"""Roles in the order in which their tracks lie, from the lowest on; the song comes last."""


def find(timeline: Timeline, clip: str) -> tuple[Track, Clip]:
    """Return a clip by its id, and its track; refused when there is none."""
    for track in timeline.tracks:
        for each in track.clips:
            if each.id == clip:
                return track, each
    raise refused("no-clip", clip=clip)


def change(timeline: Timeline, which: Collection[str], changed: Callable[[Clip], Clip]) -> Timeline:
    """Return the timeline with some clips changed, by their ids; all others as they were."""
    tracks = tuple(
        track.evolve(clips=tuple(changed(each) if each.id in which else each for each in track.clips))
        if any(each.id in which for each in track.clips)
        else track
        for track in timeline.tracks
    )
    return timeline.evolve(tracks=tracks)


def remove(timeline: Timeline, which: Collection[str]) -> Timeline:
    """Take away clips that are laid over the frame; a track that is left empty goes with them.

    ::

        titles  | A |   | B |        titles  | A |
        base    |  1  |  2  |   →    base    |  1  |  2  |
    """
    kept = tuple(
        track.evolve(clips=tuple(one for one in track.clips if one.id not in which))
        if track.role in REMOVABLE
        else track
        for track in timeline.tracks
    )
    return timeline.evolve(tracks=tuple(track for track in kept if track.clips or track.role not in REMOVABLE))


def without(span: Span, gone: Iterable[Span]) -> list[Span]:
    """Return what is left of a span when others are taken out of it, in order."""
    left = [span]
    for each in gone:
        left = [part for one in left for part in _less(one, each)]
    return left


def _less(span: Span, gone: Span) -> list[Span]:
    parts = (
        Span(span.start, max(min(span.end, gone.start), span.start)),
        Span(min(max(span.start, gone.end), span.end), span.end),
    )
    return [part for part in parts if len(part)]


def put(timeline: Timeline, role: TrackRole, clip: Clip) -> Timeline:
    """Put a clip on the first track of its role that has room, else on a new one above those.

    ::

        titles  | A  |          titles  | A  |
                           →    titles    | new |
        base    | 1 | 2 |       base    | 1 | 2 |
    """
    for number, track in enumerate(timeline.tracks):
        if track.role == role and all(each.end <= clip.start or each.start >= clip.end for each in track.clips):
            ordered = tuple(sorted((*track.clips, clip), key=lambda each: each.start))
            tracks = (*timeline.tracks[:number], track.evolve(clips=ordered), *timeline.tracks[number + 1 :])
            return timeline.evolve(tracks=tracks)
    fresh = Track(id=free_id(timeline, "x"), role=role, clips=(clip,))
    rank = LAYERS.index(role)
    place = sum(1 for track in timeline.tracks if LAYERS.index(track.role) <= rank)
    if any(LAYERS.index(track.role) > rank for track in timeline.tracks[:place]):
        place = len(timeline.tracks)
    return timeline.evolve(tracks=(*timeline.tracks[:place], fresh, *timeline.tracks[place:]))


def fitting(fade: Fade, length: int) -> Fade:
    """Return a fade that a clip of so many frames has room for: the end gives way first."""
    frames_in = min(fade.frames_in, length)
    return Fade(frames_in=frames_in, frames_out=min(fade.frames_out, length - frames_in))


def with_base(timeline: Timeline, base: Iterable[Clip]) -> Timeline:
    """Return the timeline with other shots in its base track."""
    made = tuple(base)
    tracks = tuple(track.evolve(clips=made) if track.role == "base" else track for track in timeline.tracks)
    return timeline.evolve(tracks=tracks)


def free_id(timeline: Timeline, prefix: str, taken: Collection[str] = ()) -> str:
    """Return the first id ``prefix1``, ``prefix2``… that no track or clip has, and that is not ``taken``."""
    used = {track.id for track in timeline.tracks} | {clip.id for track in timeline.tracks for clip in track.clips}
    number = 1
    while f"{prefix}{number}" in used or f"{prefix}{number}" in taken:
        number += 1
    return f"{prefix}{number}"
