"""A parsed ISF 2.0 file: what it declares, before any of it is compiled.

Specification: https://github.com/mrRay/ISF_Spec (ISF 2.0).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

InputType = Literal["float", "bool", "long", "event", "color", "point2D", "image", "audio", "audioFFT"]
ShaderKind = Literal["generator", "filter", "transition"]
Value = float | bool | int | tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Input:
    """One declared input; numbers and tuples are in the units of the header."""

    name: str
    type: InputType
    label: str = ""
    default: Value | None = None
    minimum: Value | None = None
    maximum: Value | None = None
    values: tuple[int, ...] = ()
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pass:
    """One rendering pass; ``target`` empty draws to the output. Sizes are ISF expressions over $WIDTH, $HEIGHT."""

    target: str = ""
    persistent: bool = False
    floating: bool = False
    width: str = ""
    height: str = ""


@dataclass(frozen=True, slots=True)
class Hints:
    """What Songreel's own header key ``SONGREEL`` says: for casting, and for drawing at the right cost.

    ``energy`` is the range of section energy that the scene suits; ``words`` call it, by language;
    ``resolution`` is the share of the canvas at which it is drawn, None when it has not been measured.
    """

    family: str = ""
    energy: tuple[float, float] = (0.0, 1.0)
    moods: tuple[str, ...] = ()
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    resolution: float | None = None


@dataclass(frozen=True, slots=True)
class Shader:
    """One ISF file. ``body`` is the GLSL after the header; ``digest`` names header, body, vertex shader and imports.

    ``body_line`` is the line of the file on which ``body`` begins. ``cubes`` are imported cube maps: six pictures
    each, in the order +x, −x, +y, −y, +z, −z.
    """

    name: str
    path: Path | None
    kind: ShaderKind
    body: str
    vertex: str | None
    digest: str
    description: str = ""
    credit: str = ""
    categories: tuple[str, ...] = ()
    inputs: tuple[Input, ...] = ()
    passes: tuple[Pass, ...] = (Pass(),)
    imported: Mapping[str, Path] = field(default_factory=dict)
    cubes: Mapping[str, tuple[Path, ...]] = field(default_factory=dict)
    hints: Hints = Hints()
    body_line: int = 1

    @property
    def persistent(self) -> bool:
        """Tell whether a picture depends on the pictures before it."""
        return any(step.persistent for step in self.passes)

    def takes(self, name: str) -> bool:
        """Tell whether the shader declares an input of this name."""
        return any(entry.name == name for entry in self.inputs)
