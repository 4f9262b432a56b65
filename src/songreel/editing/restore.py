"""One aspect of a video as it was in an earlier version of it; all else stays as it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from songreel.editing import clips
from songreel.editing.refusals import refused
from songreel.model.edit import Aspect
from songreel.model.timeline import Clip, SoundSource, Timeline, TrackRole, Transition, VisualizerSource

_LAID: Mapping[Aspect, tuple[TrackRole, ...]] = {
    "words": ("titles", "lyrics"),
    "visualizer": ("visualizer",),
    "overlays": ("overlay",),
    "sound": ("song",),
    "pictures": ("base",),
}


def same(one: Timeline, other: Timeline, aspect: Aspect) -> bool:
    """Tell whether two versions of a video are alike in an aspect, as far as both have the same shots."""
    return _seen(one, aspect) == _seen(other, aspect) if aspect in _LAID else restored(one, other, aspect) == one


def restored(now: Timeline, then: Timeline, aspect: Aspect) -> Timeline:
    """Return a video with an aspect of an earlier version.

    Refused where whole tracks are to come back and the video shows another part of the song since then.
    """
    if aspect in _LAID:
        return _tracks(now, then, _LAID[aspect]).evolve(title=then.title if aspect == "words" else now.title)
    if aspect == "look":
        made = _tracks(now, then, _LAID["pictures"])
        return _colored(made, then).evolve(look=then.look)
    if aspect == "colors":
        return _colored(now, then)
    return _shots(now, then, _effects if aspect == "effects" else _transition)


def _seen(timeline: Timeline, aspect: Aspect) -> Any:
    shown = [_heard(clip) if aspect == "sound" else clip for role in _LAID[aspect] for clip in timeline.clips(role)]
    return shown, timeline.title if aspect == "words" else ""


def _heard(clip: Clip) -> Any:
    assert isinstance(clip.source, SoundSource)
    return clip.start, clip.source.volume, clip.fade


def _tracks(now: Timeline, then: Timeline, roles: Sequence[TrackRole]) -> Timeline:
    """Return a video with the tracks of some roles as they were, in the order in which they lay then."""
    alike = now.frames == then.frames and now.canvas.fps == then.canvas.fps and now.song_start() == then.song_start()
    if not alike:
        raise refused("trimmed-since")
    came = [track for track in then.tracks if track.role in roles]
    kept = [track for track in now.tracks if track.role not in roles]
    made = now.evolve(tracks=tuple(kept))
    for track in came:
        for clip in track.clips if "song" not in roles and "base" not in roles else ():
            made = clips.put(made, track.role, _free(made, clip))
    if "song" in roles or "base" in roles:
        made = made.evolve(tracks=tuple(sorted((*kept, *came), key=lambda track: clips.LAYERS.index(track.role))))
    return made


def _free(timeline: Timeline, clip: Clip) -> Clip:
    taken = {each.id for track in timeline.tracks for each in track.clips} | {track.id for track in timeline.tracks}
    return clip.evolve(id=clips.free_id(timeline, "r")) if clip.id in taken else clip


def _colored(now: Timeline, then: Timeline) -> Timeline:
    was = {clip.id: clip.source for clip in then.clips("visualizer")}

    def drawn(clip: Clip) -> Clip:
        old = was.get(clip.id)
        if not isinstance(clip.source, VisualizerSource) or not isinstance(old, VisualizerSource):
            return clip
        return clip.evolve(source=clip.source.evolve(color=old.color))

    made = _shots(now, then, lambda clip, before: clip.evolve(palette=before.palette, grade=before.grade))
    made = clips.change(made, was.keys(), drawn)
    return made.evolve(palette=then.palette, grade=then.grade)


def _shots(now: Timeline, then: Timeline, one: Callable[[Clip, Clip], Clip]) -> Timeline:
    """Return a video with each shot that is in both versions changed by what it was."""
    was = {clip.id: clip for clip in then.clips("base")}
    return clips.change(now, was.keys(), lambda clip: one(clip, was[clip.id]))


def _effects(clip: Clip, was: Clip) -> Clip:
    return clip.evolve(effects=was.effects)


def _transition(clip: Clip, was: Clip) -> Clip:
    frames = min(was.transition.frames, clip.end - clip.start)
    return clip.evolve(transition=Transition(name=was.transition.name, frames=frames))
