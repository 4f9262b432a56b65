"""Verbs for the rhythm of the cuts."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from songreel.model.brief import CutRule
from songreel.model.document import Exact, Record
from songreel.model.edit.where import Clock, Where
from songreel.model.timeline import Mark


class CutEvery(Record):
    """Cut on every n-th bar, beat or half-beat. Half-beats that are under 0.2 s are refused: they would flicker."""

    verb: Literal["cut-every"] = "cut-every"
    rule: CutRule
    where: Where = Where()


class CutDenser(Record):
    """Cut ``factor`` times as often; below 1 is less often. Cuts are on beats, then on half-beats."""

    verb: Literal["cut-denser"] = "cut-denser"
    factor: float = Field(gt=0, le=64)
    where: Where = Where()


class HoldShot(Record):
    """Do not cut inside ``where``: what is shown when it begins goes on."""

    verb: Literal["hold-shot"] = "hold-shot"
    where: Where = Where()


class CutAt(Record):
    """Cut at one moment: on the beat, or half-beat, that is within a quarter of a second, else on the moment itself."""

    verb: Literal["cut-at"] = "cut-at"
    at: Exact
    clock: Clock = "video"
    mark: Mark = "beat"


class RemoveShot(Record):
    """Take shots out; the shot before each (the one after the first) goes on in its place."""

    verb: Literal["remove-shot"] = "remove-shot"
    clips: tuple[str, ...] = Field(min_length=1)
