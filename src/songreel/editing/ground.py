"""What edits stand on: the song, what a person brought, and somebody who finds pictures for shots."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from songreel.base.time import Span
from songreel.model.asset import Asset
from songreel.model.document import AssetId, Color
from songreel.model.song_map import SongMap
from songreel.model.timeline import (
    Canvas,
    Clip,
    Fade,
    FootageSource,
    Grade,
    Palette,
    PhotoSource,
    Position,
    SceneSource,
    Timeline,
)

PictureSource = SceneSource | PhotoSource | FootageSource


@dataclass(frozen=True, slots=True)
class Picture:
    """What a shot shows, and what a person calls it."""

    name: str
    source: PictureSource


@dataclass(frozen=True, slots=True)
class Wish:
    """What shots are to show; with neither scenes nor media, more of what the video shows around them.

    ``scenes`` and ``media`` are shown in their order, over and again. ``without`` are scenes and media that are not
    to be shown. ``look`` asks for scenes that suit it. ``fresh`` asks for other pictures than are there. ``like`` are
    pictures to show more of, where the video around the shots has none.
    """

    scenes: tuple[str, ...] = ()
    media: tuple[AssetId, ...] = ()
    without: frozenset[str] = frozenset()
    look: str | None = None
    fresh: bool = False
    like: tuple[PictureSource, ...] = ()


@dataclass(frozen=True, slots=True)
class Dress:
    """What a look gives a video: colors, the design of its words, its visualizer and the cover within it."""

    look: str
    palette: Palette
    grade: Grade
    title_design: str
    title_position: Position
    visualizer: str
    visualizer_color: Color
    cover: AssetId | None = None


class Crew(Protocol):
    """Who finds pictures and dresses them, by taste. The same questions always get the same answers."""

    def shoot(self, timeline: Timeline, shots: Sequence[Span], wish: Wish) -> tuple[Picture, ...]:
        """Return a picture for each span of frames; raises EditRefused when nothing is left to show."""

    def dress(self, timeline: Timeline, look: str | None) -> Dress:
        """Return what a look gives; None is another one than the timeline's, and than those before it."""

    def finish(self, timeline: Timeline, clips: Sequence[Clip], look: str) -> tuple[Clip, ...]:
        """Return shots with the transitions and effects that a look gives them."""

    def reframed(self, source: PictureSource, canvas: Canvas, frames: int) -> PictureSource:
        """Return a picture composed for another canvas."""

    def fades(self, timeline: Timeline) -> tuple[Fade, Fade]:
        """Return the fades of the picture and of the song that suit the part of the song that is shown."""

    def cuts(self, timeline: Timeline, span: Span) -> tuple[int, ...]:
        """Return the frames inside a span at which its own rhythm cuts."""


@dataclass(frozen=True, slots=True)
class Ground:
    """Everything that an edit may need beside the timeline; names of what can be drawn are sorted."""

    song_map: SongMap
    crew: Crew
    assets: Mapping[AssetId, Asset] = field(default_factory=dict)
    scenes: tuple[str, ...] = ()
    looks: tuple[str, ...] = ()
