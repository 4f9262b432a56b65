"""Carries out edits: all of a list or none, and never into a timeline that cannot be shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from songreel.editing import (
    canvas,
    check,
    effects,
    laid,
    looks,
    lyrics,
    pictures,
    rhythm,
    sound,
    window,
    words,
)
from songreel.editing.ground import Ground
from songreel.editing.refusals import refused
from songreel.model import edit as verbs
from songreel.model.document import Record
from songreel.model.edit import Change
from songreel.model.timeline import Timeline

Verb = Callable[[Timeline, Any, Ground], Timeline]

VERBS: Mapping[type[Record], Verb] = {
    verbs.AddText: words.add,
    verbs.ChangeText: words.change,
    verbs.MoveText: words.move,
    verbs.RestyleText: words.restyle,
    verbs.RetimeText: words.retime,
    verbs.FadeText: words.fade,
    verbs.RemoveText: words.remove,
    verbs.Retitle: words.retitle,
    verbs.SetLyrics: lyrics.put,
    verbs.CutEvery: rhythm.every,
    verbs.CutDenser: rhythm.denser,
    verbs.HoldShot: rhythm.hold,
    verbs.CutAt: rhythm.at,
    verbs.RemoveShot: rhythm.remove,
    verbs.SetLook: pictures.look,
    verbs.ShowScenes: pictures.scenes,
    verbs.RemoveScene: pictures.without_scene,
    verbs.ShowAnother: pictures.another,
    verbs.UseMedia: pictures.media,
    verbs.RemoveMedia: pictures.without_media,
    verbs.AddOverlay: laid.overlay,
    verbs.ChangeOverlay: laid.change_overlay,
    verbs.RemoveOverlay: laid.no_overlay,
    verbs.SetVisualizer: laid.visualizer,
    verbs.RemoveVisualizer: laid.no_visualizer,
    verbs.SetPalette: looks.palette,
    verbs.SetGrade: looks.grade,
    verbs.AdjustGrade: looks.adjust,
    verbs.SetEffect: effects.put,
    verbs.RemoveEffect: effects.remove,
    verbs.SetTransition: effects.transition,
    verbs.FadePicture: effects.fade,
    verbs.SetVolume: sound.volume,
    verbs.FadeSong: sound.fade,
    verbs.UsePart: window.part,
    verbs.UseBestPart: window.best,
    verbs.SetCanvas: canvas.compose,
}
"""Each verb with the function that carries it out."""


def apply(timeline: Timeline, edits: tuple[Change, ...], ground: Ground) -> Timeline:
    """Return a timeline with all edits made, in order; its version is the one before.

    Raises EditRefused, with nothing changed, when one of them cannot be made or breaks an invariant.
    """
    changed = timeline
    for edit in edits:
        changed = VERBS[type(edit)](changed, edit, ground)
    if found := check.problems(changed):
        raise refused("would-break", problem=found[0])
    return changed
