"""The verb for the picture's shape, size and rate."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from songreel.model.document import Exact, Record


class SetCanvas(Record):
    """Compose the video anew for another canvas; what is None stays.

    ``preset`` is a platform of `model.preset`, with its size, safe area and longest length. ``ratio`` is written as
    ``9:16`` and keeps the shorter side; ``short_side`` in pixels keeps the ratio.
    """

    verb: Literal["set-canvas"] = "set-canvas"
    preset: str | None = None
    ratio: str | None = Field(default=None, pattern=r"^\d{1,5}(\.\d{1,3})?:\d{1,5}(\.\d{1,3})?$")
    short_side: int | None = Field(default=None, ge=16, le=4320)
    width: int | None = Field(default=None, ge=16, le=7680)
    height: int | None = Field(default=None, ge=16, le=7680)
    fps: Exact | None = Field(default=None, ge=1, le=120)
