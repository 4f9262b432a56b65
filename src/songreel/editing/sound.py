"""The song: how loud it is, and how it begins and ends. No picture changes."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from songreel.base.time import Span, frame_at, seconds_at
from songreel.editing import clips, places
from songreel.editing.ground import Ground
from songreel.model.edit import FadeSong, SetVolume
from songreel.model.timeline import Clip, Fade, SoundSource, Timeline


def volume(timeline: Timeline, edit: SetVolume, ground: Ground) -> Timeline:
    """Play the song louder or more quietly, twice as loud at most; in a part of it, from its border to its border.

    ::

        song  |     100%     |        song  | 100% | 50% | 100% |
        half         |    |     →
    """
    del ground
    track = timeline.track("song")
    if track is None:
        return timeline
    spans = places.spans(timeline, edit.where)
    pieces = [piece for clip in track.clips for piece in _parted(clip, spans, timeline)]
    changed = [_as_loud(piece, edit) if any(piece.start in span for span in spans) else piece for piece in pieces]
    return laid(timeline, changed)


def fade(timeline: Timeline, edit: FadeSong, ground: Ground) -> Timeline:
    """Let the song come from silence and go to silence; where both have no room, the beginning gives way."""
    del ground
    fps = timeline.canvas.fps
    song = timeline.clips("song")
    if not song:
        return timeline
    was = ends(song)
    length = song[-1].end - song[0].start
    finish = was.frames_out if edit.out_s is None else min(frame_at(edit.out_s, fps), length)
    begin = was.frames_in if edit.in_s is None else min(frame_at(edit.in_s, fps), length)
    finish = min(finish, length - begin) if edit.out_s is None else finish
    return laid(timeline, song, Fade(frames_in=min(begin, length - finish), frames_out=finish))


def ends(song: Sequence[Clip]) -> Fade:
    """Return the fades with which a song begins and ends, whatever clips it is in."""
    return Fade(frames_in=song[0].fade.frames_in, frames_out=song[-1].fade.frames_out)


def laid(timeline: Timeline, song: Sequence[Clip], fade: Fade | None = None) -> Timeline:
    """Return the timeline with a song in as few clips as it has volumes, fading as it did, or as is given."""
    fade = fade or ends(timeline.clips("song"))
    joined: list[Clip] = []
    for clip in song:
        last = joined[-1] if joined else None
        if last is not None and last.end == clip.start and _volume(last) == _volume(clip):
            joined[-1] = last.evolve(end=clip.end, fade=Fade())
        else:
            joined.append(clip.evolve(fade=Fade()))
    joined[0] = joined[0].evolve(fade=Fade(frames_in=fade.frames_in))
    joined[-1] = joined[-1].evolve(fade=joined[-1].fade.evolve(frames_out=fade.frames_out))
    ids = {track.id for track in timeline.tracks if track.role == "song"}
    kept = next(track.id for track in timeline.tracks if track.id in ids)
    tracks = tuple(
        track.evolve(clips=tuple(_numbered(timeline, joined))) if track.id == kept else track
        for track in timeline.tracks
    )
    return timeline.evolve(tracks=tracks)


def _numbered(timeline: Timeline, song: Sequence[Clip]) -> list[Clip]:
    """Return clips with ids of their own: the first of those with one id keeps it."""
    made: list[Clip] = []
    taken: set[str] = set()
    for clip in song:
        key = clip.id if clip.id not in taken else clips.free_id(timeline, "v", taken)
        taken.add(key)
        made.append(clip.evolve(id=key))
    return made


def _parted(clip: Clip, spans: Sequence[Span], timeline: Timeline) -> list[Clip]:
    """Return a clip of the song in pieces that lie inside or outside of spans, without fades."""
    assert isinstance(clip.source, SoundSource)
    edges = {edge for span in spans for edge in (span.start, span.end) if clip.start < edge < clip.end}
    bounds = [clip.start, *sorted(edges), clip.end]
    pieces = []
    for start, end in itertools.pairwise(bounds):
        at = clip.source.at + seconds_at(start - clip.start, timeline.canvas.fps)
        pieces.append(clip.evolve(start=start, end=end, source=clip.source.evolve(at=at), fade=Fade()))
    return pieces


def _as_loud(clip: Clip, edit: SetVolume) -> Clip:
    assert isinstance(clip.source, SoundSource)
    wanted = edit.volume if edit.volume is not None else clip.source.volume * (edit.by or 0)
    return clip.evolve(source=clip.source.evolve(volume=round(min(max(wanted, 0), 2), 4)))


def _volume(clip: Clip) -> float:
    assert isinstance(clip.source, SoundSource)
    return clip.source.volume
