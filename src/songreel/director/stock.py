"""What a video can be made of: the song, what a person brought, and what can be drawn."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from songreel.model.asset import Asset
from songreel.model.document import AssetId
from songreel.model.material import Material
from songreel.visuals import catalog
from songreel.visuals.shader import Shader
from songreel.visuals.visualizers import DESIGNS


@dataclass(frozen=True, slots=True)
class Stock:
    """Everything at hand. ``materials`` say what was seen in the photos and footage of ``assets``."""

    song: Asset
    assets: Mapping[AssetId, Asset] = field(default_factory=dict)
    materials: Mapping[AssetId, Material] = field(default_factory=dict)
    scenes: Mapping[str, Shader] = field(default_factory=dict)
    cover: AssetId | None = None
    effects: Collection[str] = field(default_factory=catalog.effects)
    transitions: Collection[str] = field(default_factory=lambda: ("cut", *catalog.transitions()))
    visualizers: Collection[str] = field(default_factory=lambda: DESIGNS)
