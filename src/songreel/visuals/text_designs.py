"""How words can look and move: one entry of `DESIGNS` is one design.

Sizes are shares of the canvas's short side; all else that has a length is in em, a share of the size of the letters.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal, NamedTuple, assert_never

from songreel.base.errors import BadRequest
from songreel.model.timeline import TextRole
from songreel.visuals import easing
from songreel.visuals.text_fonts import Style

Move = Literal["fade", "rise", "drift", "slide", "pop", "flicker"]
Ink = Literal["light", "accent", "main"]

_MOVE_IN_S, _MOVE_OUT_S = Fraction(1, 2), Fraction(2, 5)
_FLICKER = (0.0, 0.7, 0.25, 0.9, 0.4, 0.95, 0.75)
ROLE_SIZE: Mapping[TextRole, float] = {"title": 1.0, "artist": 0.55, "subtitle": 0.55, "lyric": 0.7, "caption": 0.45}


@dataclass(frozen=True, slots=True)
class Shadow:
    """Darkness behind letters: how far it is blurred and moved down in em, and how dense it is (1 is opaque)."""

    blur: float = 0.12
    drop: float = 0.04
    density: float = 0.82


@dataclass(frozen=True, slots=True)
class TextDesign:
    """One look of words. ``words`` call it, by language; ``glow`` and ``plate`` are densities, 0 for none.

    ``second`` is the size of a title's words after its first line end, as a share of the first.
    """

    name: str
    words: Mapping[str, tuple[str, ...]]
    style: Style = "sans"
    bold: bool = False
    italic: bool = False
    size: float = 0.09
    tracking: float = 0.0
    leading: float = 1.16
    max_lines: int = 3
    second: float = 0.5
    ink: Ink = "light"
    outline: float = 0.0
    shadow: Shadow = field(default_factory=Shadow)
    glow: float = 0.0
    plate: float = 0.0
    bar: bool = False
    entrance: Move = "fade"
    exit: Move = "fade"


class TextState(NamedTuple):
    """How words stand at a moment: moved by shares of the canvas's short side, scaled about their middle."""

    opacity: float
    dx: float = 0.0
    dy: float = 0.0
    scale: float = 1.0


DESIGNS: Mapping[str, TextDesign] = {
    design.name: design
    for design in (
        TextDesign(
            "plain",
            {"en": ("plain", "simple", "minimal", "clean"), "zh": ("简洁", "朴素", "简约")},
            bold=True,
            size=0.12,
            tracking=0.01,
            entrance="rise",
        ),
        TextDesign(
            "bold-card",
            {"en": ("bold", "big", "poster", "strong"), "zh": ("大字", "粗体", "醒目", "海报")},
            bold=True,
            size=0.19,
            tracking=-0.015,
            leading=1.05,
            shadow=Shadow(0.14, 0.03, 0.8),
            entrance="pop",
        ),
        TextDesign(
            "lower-third",
            {"en": ("lower third", "news", "broadcast"), "zh": ("下三分之一", "字幕条", "新闻")},
            bold=True,
            size=0.062,
            shadow=Shadow(0.1, 0.02, 0.35),
            plate=0.72,
            bar=True,
            max_lines=2,
            second=0.66,
            entrance="slide",
            exit="slide",
        ),
        TextDesign(
            "serif-elegant",
            {"en": ("elegant", "serif", "classic", "cinematic"), "zh": ("优雅", "衬线", "典雅", "电影感")},
            style="serif",
            size=0.145,
            tracking=0.035,
            leading=1.2,
            shadow=Shadow(0.16, 0.02, 0.85),
            entrance="drift",
        ),
        TextDesign(
            "outlined",
            {"en": ("outlined", "outline", "comic", "sticker"), "zh": ("描边", "轮廓")},
            bold=True,
            size=0.165,
            outline=0.055,
            shadow=Shadow(0.1, 0.05, 0.45),
            entrance="pop",
        ),
        TextDesign(
            "neon-glow",
            {"en": ("neon", "glow", "glowing", "cyberpunk"), "zh": ("霓虹", "发光", "赛博朋克")},
            bold=False,
            size=0.16,
            tracking=0.04,
            ink="accent",
            glow=1.0,
            shadow=Shadow(0.3, 0.0, 0.8),
            entrance="flicker",
        ),
        TextDesign(
            "kinetic",
            {"en": ("kinetic", "dynamic", "punchy", "energetic"), "zh": ("动感", "动态", "活力")},
            bold=True,
            italic=True,
            size=0.16,
            tracking=-0.01,
            leading=1.05,
            outline=0.012,
            shadow=Shadow(0.03, 0.06, 0.85),
            entrance="pop",
            exit="pop",
        ),
        TextDesign(
            "credits-small",
            {"en": ("credits", "small", "subtle"), "zh": ("小字", "片尾", "低调")},
            size=0.042,
            tracking=0.05,
            leading=1.3,
            max_lines=4,
            second=1.0,
            shadow=Shadow(0.2, 0.04, 0.85),
        ),
    )
}


def find(name: str) -> TextDesign:
    """Return a design by its name; raises BadRequest when there is none."""
    try:
        return DESIGNS[name]
    except KeyError:
        advice = f"Use one of: {', '.join(DESIGNS)}."
        raise BadRequest(f"there is no text design {name!r}", advice=advice) from None


def text_state(design: str, frame_in_clip: int, frames: int, fps: Fraction) -> TextState:
    """Return how words of a design stand at a frame of their clip; they enter in half a second at most."""
    look = find(design)
    enters, leaves = (int(min(seconds * fps, Fraction(frames, 3))) for seconds in (_MOVE_IN_S, _MOVE_OUT_S))
    if frame_in_clip < enters:
        return _moved(look.entrance, (frame_in_clip + 1) / (enters + 1), side=1)
    if frames - frame_in_clip <= leaves:
        return _moved(look.exit, (frames - frame_in_clip) / (leaves + 1), side=-1)
    return TextState(1.0)


def _moved(move: Move, share: float, *, side: int) -> TextState:
    """Return a state on the way in (side 1) or out (side −1); share 1 is in place."""
    away = 1 - easing.ease_out(share)
    shown = easing.smooth(share)
    match move:
        case "fade":
            return TextState(shown)
        case "rise":
            return TextState(shown, dy=0.03 * away * side)
        case "drift":
            return TextState(shown, dy=-0.012 * away * side)
        case "slide":
            return TextState(shown, dx=-0.05 * away)
        case "pop":
            grown = easing.overshoot(share) if side > 0 else easing.ease_out(share)
            return TextState(easing.smooth(2 * share), scale=0.8 + 0.2 * grown)
        case "flicker":
            return TextState(_FLICKER[int(share * len(_FLICKER))])
    assert_never(move)
