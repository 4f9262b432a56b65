"""What a person brought: the song, photos, footage, a cover, a shader."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from songreel.model.document import AssetId, Exact, Record

AssetKind = Literal["song", "photo", "footage", "shader"]


class Asset(Record):
    """One file. Sizes are as shown, after rotation; ``path`` is absolute, or relative to the project's folder.

    ``duration`` is 0 for photos and shaders; ``fps`` is 0 for what does not move, and an average where it varies.
    """

    id: AssetId
    kind: AssetKind
    name: str
    path: str
    duration: Exact = Field(default=0, validate_default=True)
    width: int = Field(default=0, ge=0)
    height: int = Field(default=0, ge=0)
    fps: Exact = Field(default=0, validate_default=True)
    rotation: Literal[0, 90, 180, 270] = 0
    sample_rate: int = Field(default=0, ge=0)
    channels: int = Field(default=0, ge=0)
    codec: str = ""
    title: str = ""
    artist: str = ""
    has_cover: bool = False
