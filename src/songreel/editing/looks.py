"""Colors: the palette and the grade, of the whole video or of one clip."""

from __future__ import annotations

from songreel.editing import clips
from songreel.model.edit import SetGrade, SetPalette
from songreel.model.timeline import Timeline


def palette(timeline: Timeline, edit: SetPalette) -> Timeline:
    """Change the five colors; no cut and no picture changes."""
    return timeline.evolve(palette=edit.palette)


def grade(timeline: Timeline, edit: SetGrade) -> Timeline:
    """Correct the colors of the whole video, or of one clip in place of the video's."""
    if edit.clip is None:
        return timeline.evolve(grade=edit.grade)
    return clips.change(timeline, edit.clip, lambda clip: clip.evolve(grade=edit.grade))
