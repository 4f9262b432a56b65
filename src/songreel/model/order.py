"""All that a video is rendered from, as one document: any machine that has it and its files makes the same bytes."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from songreel.model.document import AssetId, Document, Record
from songreel.model.preset import Preset
from songreel.model.song_map import SongMap
from songreel.model.timeline import Timeline


class OrderedFile(Record):
    """A file of an asset: the digest of its bytes, and what it is called beside the asset's other files."""

    asset: AssetId
    name: str = Field(pattern=r"^[^/\x00]+(/[^/\x00]+)*$")
    content: AssetId


class Order(Document):
    """A timeline, what was heard in its song, where it goes, and its files; the first of an asset is the asset."""

    schema_name: ClassVar[str] = "songreel.order"
    revision: ClassVar[int] = 1

    timeline: Timeline
    song_map: SongMap
    preset: Preset
    song: AssetId
    files: tuple[OrderedFile, ...]
    may_flash: bool = False
