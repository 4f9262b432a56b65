"""What can be changed on a video: one tagged union of verbs.

A `Change` is carried out by one function in ``editing``; a `Step` is carried out by the app over stored versions.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, TypeAdapter

from songreel.model.edit.canvas import SetCanvas
from songreel.model.edit.dress import (
    AdjustGrade,
    FadePicture,
    RemoveEffect,
    RemoveVisualizer,
    SetEffect,
    SetGrade,
    SetPalette,
    SetTransition,
    SetVisualizer,
)
from songreel.model.edit.picture import (
    AddOverlay,
    ChangeOverlay,
    RemoveMedia,
    RemoveOverlay,
    RemoveScene,
    SetLook,
    ShowAnother,
    ShowScenes,
    UseMedia,
)
from songreel.model.edit.project import Aspect, Create, GoTo, Redo, Restore, StartOver, Undo
from songreel.model.edit.rhythm import CutAt, CutDenser, CutEvery, HoldShot, RemoveShot
from songreel.model.edit.sound import FadeSong, SetVolume, UseBestPart, UsePart
from songreel.model.edit.text import (
    AddText,
    ChangeText,
    FadeText,
    LyricLine,
    MoveText,
    RemoveText,
    RestyleText,
    RetimeText,
    Retitle,
    SetLyrics,
)
from songreel.model.edit.where import Clock, Stretch, Texts, Where

Change = (
    AddText
    | ChangeText
    | MoveText
    | RestyleText
    | RetimeText
    | FadeText
    | RemoveText
    | SetLyrics
    | Retitle
    | CutEvery
    | CutDenser
    | HoldShot
    | CutAt
    | RemoveShot
    | SetLook
    | ShowScenes
    | RemoveScene
    | ShowAnother
    | UseMedia
    | RemoveMedia
    | AddOverlay
    | ChangeOverlay
    | RemoveOverlay
    | SetPalette
    | SetGrade
    | AdjustGrade
    | SetEffect
    | RemoveEffect
    | SetTransition
    | FadePicture
    | SetVisualizer
    | RemoveVisualizer
    | SetVolume
    | FadeSong
    | UsePart
    | UseBestPart
    | SetCanvas
)
Step = Create | Undo | Redo | GoTo | StartOver | Restore
Edit = Annotated[Change | Step, Field(discriminator="verb")]

EDITS: TypeAdapter[tuple[Edit, ...]] = TypeAdapter(tuple[Edit, ...])
"""Reads and writes lists of edits as JSON."""

__all__ = [
    "EDITS",
    "AddOverlay",
    "AddText",
    "AdjustGrade",
    "Aspect",
    "Change",
    "ChangeOverlay",
    "ChangeText",
    "Clock",
    "Create",
    "CutAt",
    "CutDenser",
    "CutEvery",
    "Edit",
    "FadePicture",
    "FadeSong",
    "FadeText",
    "GoTo",
    "HoldShot",
    "LyricLine",
    "MoveText",
    "Redo",
    "RemoveEffect",
    "RemoveMedia",
    "RemoveOverlay",
    "RemoveScene",
    "RemoveShot",
    "RemoveText",
    "RemoveVisualizer",
    "Restore",
    "RestyleText",
    "RetimeText",
    "Retitle",
    "SetCanvas",
    "SetEffect",
    "SetGrade",
    "SetLook",
    "SetLyrics",
    "SetPalette",
    "SetTransition",
    "SetVisualizer",
    "SetVolume",
    "ShowAnother",
    "ShowScenes",
    "StartOver",
    "Step",
    "Stretch",
    "Texts",
    "Undo",
    "UseBestPart",
    "UseMedia",
    "UsePart",
    "Where",
]
