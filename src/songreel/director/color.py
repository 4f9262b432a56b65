"""Colors as the eye sees them: OKLCh, where equal steps look equal.

Lightness 0…1, chroma 0…about 0.3, hue in radians. Source: B. Ottosson, "A perceptual color space for image
processing" (2020), https://bottosson.github.io/posts/oklab/.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from songreel.model.document import Color

_SLACK = 1e-4


class Tint(NamedTuple):
    """A color as lightness, chroma and hue."""

    light: float
    chroma: float
    hue: float


def tint(color: Color) -> Tint:
    """Return a color ``#rrggbb`` as lightness, chroma and hue."""
    red, green, blue = (_linear(int(color[place : place + 2], 16) / 255) for place in (1, 3, 5))
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    middle = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    light = 0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short
    return Tint(light, math.hypot(a, b), math.atan2(b, a))


def color(light: float, chroma: float, hue: float) -> Color:
    """Return ``#rrggbb``; chroma is lowered until the color exists in sRGB."""
    light = min(max(light, 0.0), 1.0)
    for step in range(24):
        levels = _levels(light, chroma * (1 - step / 24), hue)
        if all(-_SLACK <= level <= 1 + _SLACK for level in levels):
            return "#" + "".join(f"{round(_encoded(level) * 255):02x}" for level in levels)
    return "#" + f"{round(_encoded(light**3) * 255):02x}" * 3


def distance(one: Color, other: Color) -> float:
    """Return how far apart two colors look: below 0.1 they are near, 1 is black to white."""
    first, second = tint(one), tint(other)
    return math.dist(
        (first.light, first.chroma * math.cos(first.hue), first.chroma * math.sin(first.hue)),
        (second.light, second.chroma * math.cos(second.hue), second.chroma * math.sin(second.hue)),
    )


def _levels(light: float, chroma: float, hue: float) -> tuple[float, float, float]:
    a, b = chroma * math.cos(hue), chroma * math.sin(hue)
    long = (light + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (light - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (light - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )


def _linear(level: float) -> float:
    return level / 12.92 if level <= 0.04045 else float(((level + 0.055) / 1.055) ** 2.4)


def _encoded(level: float) -> float:
    level = min(max(level, 0.0), 1.0)
    return level * 12.92 if level <= 0.0031308 else float(1.055 * level ** (1 / 2.4) - 0.055)
