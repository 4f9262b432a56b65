"""Colors: the palette and the grade. No cut and no picture changes."""

from __future__ import annotations

from songreel.editing import clips, places
from songreel.editing.ground import Ground
from songreel.model.edit import AdjustGrade, SetGrade, SetPalette
from songreel.model.timeline import Clip, Grade, Palette, Timeline, VisualizerSource

_FAINT = 0.2


def palette(timeline: Timeline, edit: SetPalette, ground: Ground) -> Timeline:
    """Change the five colors; a visualizer in one of the old ones takes the new one in its place.

    In a part they are those of its shots; words keep the colors of the whole.
    """
    del ground
    if edit.where.everywhere:
        return recolored(timeline, edit.palette)
    own = None if edit.palette == timeline.palette else edit.palette
    chosen = {clip.id for clip in places.shots(timeline, edit.where)}
    return clips.change(timeline, chosen, lambda clip: clip.evolve(palette=own))


def recolored(timeline: Timeline, new: Palette) -> Timeline:
    """Return the timeline in other colors, all of its shots and its visualizer with it."""
    instead = dict(zip(reversed(timeline.palette), reversed(new), strict=True))

    def one(clip: Clip) -> Clip:
        source = clip.source
        if not isinstance(source, VisualizerSource) or source.color not in instead:
            return clip
        return clip.evolve(source=source.evolve(color=instead[source.color]))

    timeline = clips.change(timeline, {clip.id for clip in timeline.clips("visualizer")}, one)
    own = {clip.id for clip in timeline.clips("base") if clip.palette}
    timeline = clips.change(timeline, own, lambda clip: clip.evolve(palette=None))
    return timeline.evolve(palette=new)


def grade(timeline: Timeline, edit: SetGrade, ground: Ground) -> Timeline:
    """Correct the colors of the whole video, or of shots in place of the video's."""
    del ground
    if edit.where.everywhere:
        return _plain(timeline).evolve(grade=edit.grade)
    chosen = {clip.id for clip in places.shots(timeline, edit.where)}
    return clips.change(timeline, chosen, lambda clip: clip.evolve(grade=edit.grade))


def adjust(timeline: Timeline, edit: AdjustGrade, ground: Ground) -> Timeline:
    """Correct the colors further than they are, each shot from where it stands."""
    del ground
    whole = edit.where.everywhere
    chosen = {clip.id for clip in places.shots(timeline, edit.where) if clip.grade or not whole}
    changed = clips.change(
        timeline, chosen, lambda clip: clip.evolve(grade=_further(clip.grade or timeline.grade, edit))
    )
    return changed.evolve(grade=_further(timeline.grade, edit)) if whole else changed


def _plain(timeline: Timeline) -> Timeline:
    return clips.change(timeline, {clip.id for clip in timeline.clips("base")}, lambda clip: clip.evolve(grade=None))


def _further(was: Grade, edit: AdjustGrade) -> Grade:
    # More of no color would still be none.
    colorful = max(was.saturation, _FAINT) if edit.saturation > 1 else was.saturation
    return Grade(
        brightness=_within(was.brightness + edit.brightness, -1, 1),
        contrast=_within(was.contrast * edit.contrast, 0, 2),
        saturation=_within(colorful * edit.saturation, 0, 2),
        warmth=_within(was.warmth + edit.warmth, -1, 1),
    )


def _within(value: float, low: float, high: float) -> float:
    return round(min(max(value, low), high), 4)
