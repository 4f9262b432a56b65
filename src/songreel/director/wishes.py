"""What a person wants, as far as their words have been read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from songreel.model.brief import Brief, CutRule, Pace
from songreel.model.document import Color

MOST_COLORS = 5
_SHAPES = {"vertical": "shorts", "wide": "youtube", "square": "square"}
_SHAPE_OF = {"youtube": "wide", "shorts": "vertical", "reels": "vertical", "tiktok": "vertical", "canvas": "vertical"}


@dataclass
class Wishes:
    """What has been understood so far; lists are in the order of the message.

    ``feeling`` are the colors of something that was named, such as the sea: for when no color and no look is.
    """

    title: str | None = None
    artist: str | None = None
    text: bool | None = None
    titled: bool | None = None
    looks: list[str] = field(default_factory=list)
    moods: list[str] = field(default_factory=list)
    scenes: list[str] = field(default_factory=list)
    colors: list[Color] = field(default_factory=list)
    feeling: tuple[Color, ...] = ()
    effects: list[str] = field(default_factory=list)
    transitions: list[str] = field(default_factory=list)
    avoid: list[str] = field(default_factory=list)
    pace: Pace | None = None
    dense: bool = False
    cut: CutRule | None = None
    shape: str | None = None
    platform: str | None = None
    quality: str | None = None
    visualizer: str | None = None
    seconds: float | None = None
    start_at: Literal["beginning", "chorus", "drop"] | None = None
    title_position: str | None = None
    visualizer_position: str | None = None
    text_color: Color | None = None
    cover_as: Literal["base", "start", "finish", "shown"] | None = None
    understood: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)

    def add_color(self, asked: Color) -> None:
        """Add a color to the palette that is asked for."""
        if asked not in self.colors and len(self.colors) < MOST_COLORS:
            self.colors.append(asked)

    def over(self, base: Brief) -> Brief:
        """Return a brief with these wishes in place of the base's, where there are any."""
        said = {
            "title": self.title,
            "artist": self.artist,
            "text": self._text(),
            "titled": self.titled,
            "looks": tuple(dict.fromkeys(self.looks)),
            "moods": tuple(dict.fromkeys(self.moods)),
            "scenes": tuple(dict.fromkeys(self.scenes)),
            "colors": tuple(self.colors) or (() if self.looks else self.feeling),
            "effects": tuple(dict.fromkeys(self.effects)),
            "transitions": tuple(dict.fromkeys(self.transitions)),
            "avoid": tuple(dict.fromkeys(self.avoid)),
            "pace": self.pace or ("fast" if self.dense else None),
            "cut": self.cut,
            "preset": self._preset(),
            "visualizer": self.visualizer,
            "seconds": self.seconds,
            "start_at": self.start_at,
            "title_position": self.title_position,
            "visualizer_position": self.visualizer_position,
            "text_color": self.text_color,
            "cover_as": self.cover_as,
        }
        changed = {name: value for name, value in said.items() if value not in (None, ())}
        words = {"understood": tuple(dict.fromkeys(self.understood)), "not_understood": tuple(dict.fromkeys(self.left))}
        return base.evolve(**changed, **words)

    def _text(self) -> bool | None:
        return True if self.title or self.artist else self.text

    def _preset(self) -> str | None:
        """Return the preset of a platform, a shape and a quality; the shape has the last word."""
        name = self.platform
        if self.shape and (name is None or _SHAPE_OF[name] != self.shape):
            name = _SHAPES[self.shape]
        if self.quality == "4k" and name in (None, "youtube"):
            return "youtube-4k"
        if self.quality == "preview" and name in (None, "youtube"):
            return "preview"
        return name
