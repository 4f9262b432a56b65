"""How words can look and move: one entry of `DESIGNS` is one design.

Sizes are shares of the canvas's short side; all else that has a length is in em, a share of the size of the letters.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from songreel.base.errors import BadRequest
from songreel.model.timeline import TextRole
from songreel.visuals.text_fonts import Style

Move = Literal["none", "fade", "rise", "drift", "slide", "pop", "stamp", "erase", "flicker"]
Ink = Literal["light", "accent", "main"]
Reveal = Literal["", "letters", "words"]

ROLE_SIZE: Mapping[TextRole, float] = {"title": 1.0, "artist": 0.55, "subtitle": 0.55, "lyric": 0.7, "caption": 0.6}


@dataclass(frozen=True, slots=True)
class Shadow:
    """Darkness behind letters: how far it is blurred and moved down in em, and how dense it is (1 is opaque)."""

    blur: float = 0.12
    drop: float = 0.04
    density: float = 0.82


@dataclass(frozen=True, slots=True)
class TextDesign:
    """One look of words. ``words`` call it, by language; ``glow`` and ``plate`` are densities, 0 for none.

    ``second`` is the size of a title's words after its first line end, as a share of the first. A plate that is
    ``solid`` has the color of the letters, and they the color that is best read on it. ``frame`` is the stroke of a box
    around the words, ``tilt`` turns them by degrees, ``worn`` is the share of their ink that is rubbed off.
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
    solid: bool = False
    frame: float = 0.0
    tilt: float = 0.0
    worn: float = 0.0
    reveal: Reveal = ""
    sung: bool = False
    entrance: Move = "fade"
    exit: Move = "fade"


DESIGNS: Mapping[str, TextDesign] = {
    design.name: design
    for design in (
        TextDesign(
            "plain",
            {"en": ("plain", "simple", "minimal", "clean"), "zh": ("简洁", "朴素", "简约")},
            bold=True,
            size=0.12,
            tracking=0.01,
            shadow=Shadow(0.4, 0.03, 0.7),
            entrance="rise",
        ),
        TextDesign(
            "bold-card",
            {"en": ("bold", "big", "poster", "strong"), "zh": ("大字", "粗体", "醒目", "海报")},
            bold=True,
            size=0.19,
            tracking=-0.015,
            leading=1.05,
            shadow=Shadow(0.3, 0.03, 0.75),
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
            shadow=Shadow(0.5, 0.02, 0.7),
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
            reveal="words",
            entrance="pop",
            exit="pop",
        ),
        TextDesign(
            "block",
            {"en": ("block", "boxed", "label", "card"), "zh": ("色块", "标签", "卡片")},
            bold=True,
            size=0.115,
            leading=1.1,
            ink="accent",
            shadow=Shadow(0.05, 0.0, 0.0),
            plate=1.0,
            solid=True,
            second=0.6,
            entrance="slide",
            exit="slide",
        ),
        TextDesign(
            "stamped",
            {"en": ("stamped", "stamp", "rubber stamp", "grunge"), "zh": ("盖章", "印章", "做旧")},
            bold=True,
            size=0.14,
            tracking=0.05,
            leading=1.08,
            ink="accent",
            shadow=Shadow(0.1, 0.0, 0.4),
            plate=0.86,
            frame=0.06,
            tilt=-4.0,
            worn=0.1,
            entrance="stamp",
        ),
        TextDesign(
            "type-on",
            {"en": ("typewriter", "type on", "typed", "typing"), "zh": ("打字机", "打字", "逐字")},
            bold=True,
            size=0.105,
            tracking=0.05,
            leading=1.3,
            second=0.7,
            shadow=Shadow(0.4, 0.02, 0.7),
            reveal="letters",
            entrance="none",
            exit="erase",
        ),
        TextDesign(
            "karaoke",
            {"en": ("karaoke", "sing along", "singalong"), "zh": ("卡拉OK", "跟唱", "K歌")},
            bold=True,
            size=0.1,
            leading=1.25,
            second=0.7,
            outline=0.045,
            shadow=Shadow(0.1, 0.03, 0.6),
            sung=True,
        ),
        TextDesign(
            "credits-small",
            {"en": ("credits", "small", "subtle"), "zh": ("小字", "片尾", "低调")},
            size=0.048,
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
