"""The colors of words: what letters, shadow, plate and glow are painted with, so that words are read on anything.

Letters keep their color. What lies behind them is dark or light, whichever is farther from them, and so dense that
even a white picture (a black one, behind dark letters) leaves a contrast of `LEAST` (WCAG 2.2, 1.4.3 asks for 4.5,
and for 3 in large letters). So words need not know which picture they stand on: it may flash, and they stay.
"""

from __future__ import annotations

from dataclasses import dataclass

from songreel.model.timeline import Palette, TextSource
from songreel.visuals.pixels import color_to_rgb
from songreel.visuals.text_designs import TextDesign

LEAST = 5.5
"""What is aimed at, above what is asked for: a shadow thins out, and an encoder blurs edges."""
_LIGHT_ENOUGH, _SUNG_ENOUGH = 0.55, 0.4
_TINTED = 0.015
_ENOUGH = 7.0


@dataclass(frozen=True, slots=True)
class Inks:
    """The colors of a block, as ``"#rrggbb"``; ``density`` 0…1 is the least that a shadow must have around letters."""

    fill: str
    behind: str
    glow: str
    plate: str
    sung: str
    density: float


def inks(source: TextSource, design: TextDesign, palette: Palette) -> Inks:
    """Return the colors of a block: words that nobody colored are light enough to be read on what is behind them."""
    ink, _, main, accent, light = palette
    chosen = {"light": light, "accent": accent, "main": main}[design.ink]
    dark = _darkened(ink, _TINTED)
    if design.solid:
        return _on_plate(source.style.color, chosen, dark, light)
    glow = source.style.color or accent
    fill = source.style.color or _lightened(chosen, _LIGHT_ENOUGH)
    if design.glow:
        fill, glow = _lightened(glow, 0.86), _darkened(glow, 0.18)
    behind = _behind(fill, dark)
    sung = _lightened(accent, _SUNG_ENOUGH) if luminance(behind) < luminance(fill) else _darkened(accent, 0.05)
    weaker = min((fill, sung), key=lambda each: contrast(each, behind)) if design.sung else fill
    return Inks(fill, behind, glow, behind, sung, _density(weaker, behind))


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colors, 1…21 (WCAG 2.2)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def luminance(color: str) -> float:
    """Return the relative luminance of a color, 0…1 (WCAG 2.2)."""
    red, green, blue = (_linear(level) for level in _levels(color))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _on_plate(asked: str | None, chosen: str, dark: str, light: str) -> Inks:
    if asked:
        plate = _behind(asked, dark)
        return Inks(asked, plate, plate, plate, asked, 0.0)
    fill = max((dark, light), key=lambda each: contrast(each, chosen))
    plate = _lightened(chosen, 0.3) if fill == dark else _darkened(chosen, 0.14)
    return Inks(fill, plate, plate, plate, fill, 0.0)


def _behind(fill: str, dark: str) -> str:
    """Return what lies behind letters: the look's own darkness where it does, else black or white."""
    if contrast(fill, dark) >= _ENOUGH:
        return dark
    return max(("#000000", "#ffffff"), key=lambda each: contrast(fill, each))


def _density(fill: str, behind: str) -> float:
    """Return how dense ``behind`` has to be over the worst picture for letters to be read."""
    level = luminance(fill) + 0.05
    if luminance(behind) < luminance(fill):
        worst, wanted = 1.0, _encoded(max(level / LEAST - 0.05, 0.0))
    else:
        worst, wanted = 0.0, _encoded(min(level * LEAST - 0.05, 1.0))
    own = sum(_levels(behind)) / 3
    return min(max((worst - wanted) / (worst - own), 0.0), 1.0) if own != worst else 1.0


def _linear(level: float) -> float:
    return level / 12.92 if level <= 0.04045 else ((level + 0.055) / 1.055) ** 2.4


def _encoded(linear: float) -> float:
    return linear * 12.92 if linear <= 0.0031308 else 1.055 * linear ** (1 / 2.4) - 0.055


def _levels(color: str) -> list[float]:
    return [level / 255 for level in color_to_rgb(color)]


def _lightened(color: str, wanted: float) -> str:
    """Return a color mixed with as little white as it takes to reach a luminance."""
    return next(mixed for mixed in _towards(color, 1.0) if luminance(mixed) >= wanted)


def _darkened(color: str, wanted: float) -> str:
    """Return a color mixed with as little black as it takes to come down to a luminance."""
    return next(mixed for mixed in _towards(color, 0.0) if luminance(mixed) <= wanted)


def _towards(color: str, level: float) -> list[str]:
    steps = [[here + (level - here) * step / 20 for here in _levels(color)] for step in range(21)]
    return ["#" + "".join(f"{round(255 * each):02x}" for each in step) for step in steps]
