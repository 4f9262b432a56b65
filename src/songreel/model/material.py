"""What was seen in photos and footage: where to look, and which moments are worth showing."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from songreel.model.document import AssetId, Document, Record, Unit


class Shot(Record):
    """An unbroken stretch of footage, in seconds of its file; ``x, y`` is where its subject is.

    ``score`` puts the measures together: 0 is unusable (black, blurred, frozen, shaking, credits), 1 as good as it
    gets. ``shake`` 1 is a camera that nobody holds. ``glance`` is its middle at 8 by 8 pixels, RGB in hexadecimal: two
    shots that look alike are told by it.
    """

    start: float = Field(ge=0)
    end: float = Field(gt=0)
    sharpness: Unit
    motion: Unit
    exposure: Unit
    score: Unit
    shake: Unit = 0
    glance: str = ""
    x: Unit = 0.5
    y: Unit = 0.5


class Material(Document):
    """One photo or clip, looked at. Photos have no shots; ``x, y`` is the center of what matters in it.

    ``colors`` are its main colors, from dark to light.
    """

    schema_name: ClassVar[str] = "songreel.material"
    revision: ClassVar[int] = 2

    asset: AssetId
    width: int = Field(gt=0)
    height: int = Field(gt=0)
    x: Unit = 0.5
    y: Unit = 0.5
    colors: tuple[str, ...] = ()
    shots: tuple[Shot, ...] = ()
