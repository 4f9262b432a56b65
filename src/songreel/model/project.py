"""A project: what was brought, what was asked, and which version of the timeline is current."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from songreel.model.asset import Asset
from songreel.model.brief import Brief
from songreel.model.correction import Correction
from songreel.model.document import AssetId, Document
from songreel.model.preset import Preset


class Project(Document):
    """The index of a project's folder; ``assets`` have paths relative to it.

    ``song`` is None before one was brought, ``version`` is 0 before a video was made.
    """

    schema_name: ClassVar[str] = "songreel.project"
    revision: ClassVar[int] = 1

    name: str
    song: AssetId | None = None
    assets: tuple[Asset, ...]
    brief: Brief
    preset: Preset
    version: int = Field(ge=0)
    correction: Correction | None = None
