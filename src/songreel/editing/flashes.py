"""Making a timeline flash less: the shots that do hold the music back, step by step."""

from __future__ import annotations

from collections.abc import Sequence

from songreel.base.time import Span
from songreel.model.timeline import Clip, Timeline

STEP = 0.5


def restrained(timeline: Timeline, flashing: Sequence[Span]) -> Timeline:
    """Return the timeline with every shot that takes part in some frames held back a step further.

    The same timeline is returned when all of them are held back as far as can be.
    """

    def held(clip: Clip) -> Clip:
        if clip.restraint >= 1 or not any(len(clip.span.meet(span)) for span in flashing):
            return clip
        return clip.evolve(restraint=min(1.0, clip.restraint + STEP))

    return timeline.evolve(
        tracks=tuple(
            track.evolve(clips=tuple(held(clip) for clip in track.clips)) if track.role == "base" else track
            for track in timeline.tracks
        )
    )
