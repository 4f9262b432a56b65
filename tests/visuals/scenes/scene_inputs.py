"""What the scenes are given to draw from: music, silence and palettes."""

from __future__ import annotations

from collections.abc import Mapping

from songreel.visuals.shader import Shader, Value
from songreel.visuals.signals import PALETTE, SIGNALS

NOT_LEVELS = ("beat", "bar", "beatCount", "section", "song", "travel", "seed")
"""Signals that say when or which, not how loud."""


def levels(shader: Shader) -> list[str]:
    """Return the signals of a scene that follow the sound."""
    return [name for name in SIGNALS if shader.takes(name) and name not in NOT_LEVELS]


def colors(*names: str) -> dict[str, Value]:
    """Return palette inputs from five hex colors."""
    found: dict[str, Value] = {}
    for name, text in zip(PALETTE, names, strict=True):
        found[name] = (*(int(text[at : at + 2], 16) / 255 for at in (1, 3, 5)), 1.0)
    return found


GRAYS = colors("#0a0a0a", "#3a3a3a", "#8a8a8a", "#c0c0c0", "#ffffff")
VIVID = colors("#0b0620", "#34136b", "#ff2e88", "#22d3ee", "#ffe9f7")
MUSIC: Mapping[str, Value] = {
    "beat": 0.2, "bar": 0.3, "beatCount": 41, "travel": 23.5, "seed": 12, "song": 0.4, "section": 0.5, "level": 0.5,
    "energy": 0.6, "bass": 0.5, "mid": 0.4, "kick": 0.5, "snare": 0.2, "hat": 0.3, "pulse": 0.4,
}  # fmt: skip
SILENCE: Mapping[str, Value] = dict.fromkeys(SIGNALS, 0.0) | {"travel": 23.5, "seed": 12.0}
QUIET: Mapping[str, Value] = {
    "level": 0.3, "energy": 0.25, "sub": 0.1, "bass": 0.2, "lowmid": 0.25, "mid": 0.3, "treble": 0.15, "kick": 0.0,
    "snare": 0.0, "hat": 0.1, "pulse": 0.1, "build": 0.0, "drop": 0.0,
}  # fmt: skip
DROP: Mapping[str, Value] = {
    "level": 0.9, "energy": 1.0, "sub": 0.8, "bass": 0.8, "lowmid": 0.6, "mid": 0.6, "treble": 0.6, "kick": 0.6,
    "snare": 0.3, "hat": 0.5, "pulse": 0.6, "build": 0.0, "drop": 0.9,
}  # fmt: skip
