"""What one frame shows, as plain data: everything that `compose` needs, and nothing that has to be worked out.

A plan is made by `evaluate` from the timeline alone, without I/O; it can be compared, hashed and written as JSON.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, fields, is_dataclass
from fractions import Fraction
from typing import Any

from pydantic import BaseModel

from songreel.model.document import AssetId
from songreel.model.timeline import Framing, Grade, Palette, VisualizerSource
from songreel.visuals.shader import Value
from songreel.visuals.text_steps import Window


@dataclass(frozen=True, slots=True)
class SceneDraw:
    """A generator, drawn at its own size before it is enlarged."""

    scene: str
    width: int
    height: int
    inputs: tuple[tuple[str, Value], ...]
    pictures: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PhotoDraw:
    """A window on a prepared still."""

    still: str
    framing: Framing


@dataclass(frozen=True, slots=True)
class FootageDraw:
    """The picture of a moment of a file."""

    asset: AssetId
    at: Fraction
    fit: str
    framing: Framing


@dataclass(frozen=True, slots=True)
class EffectDraw:
    """A filter of the catalog."""

    name: str
    amount: float


@dataclass(frozen=True, slots=True)
class Layer:
    """The picture of one base clip, ``time`` seconds after its first frame ``start``, which tells clips apart.

    ``seed`` 0…1000 is for shaders that ask for one. ``palette`` is the clip's own; None is the timeline's. It is no
    part of the layer's ``repr``, by which chunks are named: what takes no colors looks alike in all of them.
    """

    start: int
    time: float
    seed: float
    source: SceneDraw | PhotoDraw | FootageDraw
    effects: tuple[EffectDraw, ...] = ()
    grade: Grade | None = None
    palette: Palette | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Blend:
    """Two layers in a transition; ``progress`` 0 is all ``outgoing`` and 1 all ``incoming``."""

    name: str
    progress: float
    outgoing: Layer
    incoming: Layer


@dataclass(frozen=True, slots=True)
class VisualizerDraw:
    """The sound, drawn with the opacity of this frame."""

    source: VisualizerSource
    opacity: float


@dataclass(frozen=True, slots=True)
class SpriteDraw:
    """A prepared picture or text: its top left corner in pixels, scaled about its middle.

    ``windows`` are the parts of it that are shown, in its own pixels; None shows all of it.
    """

    sprite: str
    x: int
    y: int
    opacity: float
    scale: float = 1.0
    windows: tuple[Window, ...] | None = None


@dataclass(frozen=True, slots=True)
class InsetDraw:
    """The picture of a moment of a file in a box of the frame; all four numbers of the box are even."""

    asset: AssetId
    at: Fraction
    x: int
    y: int
    width: int
    height: int
    opacity: float


@dataclass(frozen=True, slots=True)
class Return:
    """How a loop closes: the frame before the first one, mixed in by ``amount``."""

    plan: FramePlan
    amount: float


@dataclass(frozen=True, slots=True)
class FramePlan:
    """One frame, from the bottom up; ``darkness`` 1 is black. ``frame`` also names its row of signals and sound.

    Sprites and insets lie over the darkness: words are read while a picture is still coming from black.
    """

    frame: int
    base: Layer | Blend
    grade: Grade | None = None
    visualizers: tuple[VisualizerDraw, ...] = ()
    sprites: tuple[SpriteDraw | InsetDraw, ...] = ()
    darkness: float = 0.0
    returns: Return | None = None

    def layers(self) -> tuple[Layer, ...]:
        """Return the layers of the base picture, the one beneath first."""
        return (self.base.outgoing, self.base.incoming) if isinstance(self.base, Blend) else (self.base,)

    def to_json(self) -> str:
        """Return the plan as JSON text, each part with its ``kind``."""
        return json.dumps(_plain(self), ensure_ascii=False, indent=1) + "\n"


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        named = {entry.name: _plain(getattr(value, entry.name)) for entry in fields(value)}
        return {"kind": type(value).__name__} | named
    if isinstance(value, tuple):
        return [_plain(entry) for entry in value]
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    return str(value) if isinstance(value, Fraction) else value
