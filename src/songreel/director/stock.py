"""What a video can be made of: the song, what a person brought, and what can be drawn."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from songreel.model.asset import Asset
from songreel.model.document import AssetId
from songreel.model.material import Material
from songreel.visuals.shader import Shader

EFFECTS = ("blur", "flash", "glitch", "grain", "rgb-split", "shake", "vhs", "vignette", "zoom-punch")
TRANSITIONS = ("cut", "dissolve", "flash", "glitch", "slide", "whip", "wipe", "zoom")
VISUALIZERS = ("bars", "mirrored-bars", "ring", "waveform")


@dataclass(frozen=True, slots=True)
class Stock:
    """Everything at hand. ``materials`` say what was seen in the photos and footage of ``assets``."""

    song: Asset
    assets: Mapping[AssetId, Asset] = field(default_factory=dict)
    materials: Mapping[AssetId, Material] = field(default_factory=dict)
    scenes: Mapping[str, Shader] = field(default_factory=dict)
    cover: AssetId | None = None
    effects: Collection[str] = EFFECTS
    transitions: Collection[str] = TRANSITIONS
    visualizers: Collection[str] = VISUALIZERS
