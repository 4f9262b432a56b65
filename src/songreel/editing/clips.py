"""Finding and replacing clips; the order of tracks and clips never changes."""

from __future__ import annotations

from collections.abc import Callable

from songreel.base.errors import EditRefused
from songreel.model.timeline import Clip, Timeline, Track, TrackRole

REMOVABLE: tuple[TrackRole, ...] = ("visualizer", "overlay", "titles", "lyrics")


def find(timeline: Timeline, clip: str) -> tuple[Track, Clip]:
    """Return a clip by its id, and its track; raises EditRefused when there is none."""
    for track in timeline.tracks:
        for each in track.clips:
            if each.id == clip:
                return track, each
    raise EditRefused(f"there is no clip {clip!r} on the timeline", advice="Look at the tracks for the ids.")


def change(timeline: Timeline, clip: str, changed: Callable[[Clip], Clip]) -> Timeline:
    """Return the timeline with one clip changed, all others as they were."""
    find(timeline, clip)
    tracks = tuple(
        track.evolve(clips=tuple(changed(each) if each.id == clip else each for each in track.clips))
        for track in timeline.tracks
    )
    return timeline.evolve(tracks=tracks)


def remove(timeline: Timeline, clip: str) -> Timeline:
    """Take away a clip that is laid over the frame; a track that it leaves empty goes with it.

    ::

        titles  | A |   | B |        titles  | A |
        base    |  1  |  2  |   →    base    |  1  |  2  |

    Refused for the song and for the base, which must fill every frame.
    """
    track, _ = find(timeline, clip)
    if track.role not in REMOVABLE:
        raise EditRefused(f"the {track.role} track cannot be left empty", advice="Put something else in its place.")
    kept = tuple(each.evolve(clips=tuple(one for one in each.clips if one.id != clip)) for each in timeline.tracks)
    return timeline.evolve(tracks=tuple(each for each in kept if each.clips or each.role in ("base", "song")))


def free_id(timeline: Timeline, prefix: str) -> str:
    """Return the first id ``prefix1``, ``prefix2``… that no track or clip has."""
    taken = {track.id for track in timeline.tracks} | {clip.id for track in timeline.tracks for clip in track.clips}
    number = 1
    while f"{prefix}{number}" in taken:
        number += 1
    return f"{prefix}{number}"
