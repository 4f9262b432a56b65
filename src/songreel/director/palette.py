"""Five colors that go together, from dark to light: ink, shade, main, accent, light."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

from songreel.director import color
from songreel.director.color import Tint
from songreel.model.document import Color
from songreel.model.timeline import Palette

SLOTS = (0.14, 0.32, 0.56, 0.74, 0.95)
"""The lightness that each of the five has when it is free to have any."""
_CHROMA = (0.35, 0.75, 1.0, 0.9, 0.2)
_TURN = (0.0, 0.0, 0.0, 0.45, 0.2)
_SAME = 0.02
_STRONG = 0.05
_NEAR = 0.15
_ONE_HUE = math.radians(32)
_PALE = (0.02, 0.085)
"""From which chroma on a pale color has a hue, and how strong the others are made beside it."""


def around(asked: Sequence[Color]) -> Palette:
    """Return a palette that holds the asked colors (five at most) and fills the rest in harmony with them.

    A free place takes the hue of the nearest asked color, turned a little where it lies beyond it.
    """
    chosen = sorted(_distinct(asked)[:5], key=lambda each: color.tint(each).light)
    places = _places([color.tint(each) for each in chosen])
    given = dict(zip(places, chosen, strict=True))
    tints = {place: color.tint(each) for place, each in given.items()}
    lights = _lights(tints)
    strongest = max((each.chroma for each in tints.values()), default=0.0)
    strongest = max(strongest, _PALE[1]) if strongest >= _PALE[0] else strongest
    five = [given.get(slot) or _filled(slot, lights[slot], tints, strongest) for slot in range(5)]
    return five[0], five[1], five[2], five[3], five[4]


def toned(palette: Palette, tone: str, *, keep: Sequence[Color] = ()) -> Palette:
    """Return a palette shifted to a tone of `TONES`; colors in ``keep`` stay as they are."""
    shift = TONES[tone]
    five = [each if each in keep else color.color(*shift(color.tint(each))) for each in palette]
    return five[0], five[1], five[2], five[3], five[4]


def exchanged(palette: Palette, old: Color, new: Color) -> Palette | None:
    """Return a palette with a color and its shades in the hue of another, the nearest as it is; None where it has none.

    The other colors stay: ``swap the orange for green`` leaves the black black.
    """
    shades = [each for each in palette if _shade_of(each, old)]
    if not shades:
        return None
    nearest = min(shades, key=lambda each: color.distance(each, old))
    share = color.tint(new).chroma / max(color.tint(nearest).chroma, _STRONG)
    changed = []
    for each in palette:
        tint = color.tint(each)
        moved = color.color(tint.light, tint.chroma * min(share, 1.5), color.tint(new).hue)
        changed.append(new if each == nearest else moved if each in shades and share else each)
    five = sorted(changed, key=lambda each: color.tint(each).light)
    return five[0], five[1], five[2], five[3], five[4]


def _shade_of(one: Color, other: Color) -> bool:
    """Tell whether a color is another, or a darker or lighter one of its hue; greys are only near to themselves."""
    tints = color.tint(one), color.tint(other)
    if min(each.chroma for each in tints) < _STRONG:
        return max(each.chroma for each in tints) < _STRONG and color.distance(one, other) < _NEAR
    apart = abs(tints[0].hue - tints[1].hue) % math.tau
    return min(apart, math.tau - apart) < _ONE_HUE


def _warm(each: Tint) -> Tint:
    return _blended(each, Tint(each.light, 0.11, math.radians(62)), 0.5)


def _cool(each: Tint) -> Tint:
    return _blended(each, Tint(each.light, 0.10, math.radians(245)), 0.5)


def _pastel(each: Tint) -> Tint:
    return Tint(0.5 + 0.48 * each.light, min(each.chroma, 0.085), each.hue)


def _dark(each: Tint) -> Tint:
    return Tint(each.light * (0.6 + 0.36 * each.light), each.chroma * 0.95, each.hue)


def _bright(each: Tint) -> Tint:
    return Tint(0.3 + 0.7 * each.light, each.chroma, each.hue)


def _vivid(each: Tint) -> Tint:
    return Tint(each.light, each.chroma * 1.35, each.hue)


def _muted(each: Tint) -> Tint:
    return Tint(each.light, each.chroma * 0.5, each.hue)


TONES = {
    "warm": _warm,
    "cool": _cool,
    "pastel": _pastel,
    "dark": _dark,
    "bright": _bright,
    "vivid": _vivid,
    "muted": _muted,
}


def _blended(one: Tint, other: Tint, share: float) -> Tint:
    a = (1 - share) * one.chroma * math.cos(one.hue) + share * other.chroma * math.cos(other.hue)
    b = (1 - share) * one.chroma * math.sin(one.hue) + share * other.chroma * math.sin(other.hue)
    return Tint((1 - share) * one.light + share * other.light, math.hypot(a, b), math.atan2(b, a))


def _distinct(asked: Sequence[Color]) -> list[Color]:
    kept: list[Color] = []
    for each in asked:
        if all(color.distance(each, other) > _SAME for other in kept):
            kept.append(each)
    return kept


def _places(tints: Sequence[Tint]) -> tuple[int, ...]:
    """Return the slots, in order, that are nearest to the lightness of the asked colors.

    The lightest place is for words and highlights: a strong color takes it only when the others are taken.
    """

    def cost(slots: Sequence[int]) -> float:
        pairs = list(zip(slots, tints, strict=True))
        strong = sum(slot == len(SLOTS) - 1 and each.chroma > _STRONG for slot, each in pairs)
        return sum(abs(SLOTS[slot] - each.light) for slot, each in pairs) + 0.15 * strong

    return min(itertools.combinations(range(len(SLOTS)), len(tints)), key=cost)


def _lights(tints: dict[int, Tint]) -> list[float]:
    """Return the lightness of all five: as asked, or the slot's own kept between its neighbours."""
    known = {-1: 0.0, 5: 1.0} | {slot: each.light for slot, each in tints.items()}
    lights = []
    for slot in range(5):
        below = max(place for place in known if place <= slot)
        above = min(place for place in known if place >= slot)
        step = (slot - below) / (above - below) if above > below else 0.0
        low, high = known[below], known[above]
        inside = low + 0.12 * (high - low) <= SLOTS[slot] <= high - 0.12 * (high - low)
        lights.append(SLOTS[slot] if inside and above > below else low + step * (high - low))
        known[slot] = lights[-1]
    return lights


def _filled(slot: int, light: float, tints: dict[int, Tint], strongest: float) -> Color:
    if not tints:
        return color.color(light, 0.0, 0.0)
    colorful = {place: each for place, each in tints.items() if each.chroma > 0.03} or tints
    nearest = min(colorful, key=lambda place: (abs(place - slot), place))
    turn = _TURN[slot] if slot > nearest else 0.0
    return color.color(light, strongest * _CHROMA[slot], colorful[nearest].hue + turn)
