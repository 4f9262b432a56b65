"""Carries out edits: all of a list or none, and never into a timeline that cannot be shown."""

from __future__ import annotations

from typing import assert_never

from songreel.base.errors import EditRefused
from songreel.editing import check, clips, looks, words
from songreel.model.edit import AddText, ChangeText, Edit, RemoveClip, Retitle, SetGrade, SetPalette
from songreel.model.timeline import Timeline


def apply(timeline: Timeline, *edits: Edit) -> Timeline:
    """Return the next version of a timeline, with all edits made in order.

    Raises EditRefused, with nothing changed, when one of them cannot be made or breaks an invariant.
    """
    changed = timeline
    for edit in edits:
        changed = _one(changed, edit)
    if found := check.problems(changed):
        raise EditRefused(found[0], advice="Ask for something else; nothing was changed.")
    return changed.evolve(version=timeline.version + 1)


def _one(timeline: Timeline, edit: Edit) -> Timeline:
    match edit:
        case AddText():
            return words.add(timeline, edit)
        case ChangeText():
            return words.change(timeline, edit)
        case RemoveClip():
            return clips.remove(timeline, edit.clip)
        case SetPalette():
            return looks.palette(timeline, edit)
        case SetGrade():
            return looks.grade(timeline, edit)
        case Retitle():
            return words.retitle(timeline, edit)
        case _:
            assert_never(edit)
