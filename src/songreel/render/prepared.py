"""What `prepare` leaves for the workers: names and paths, small enough to be sent to each of them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from songreel.model.asset import Asset
from songreel.model.document import AssetId
from songreel.model.timeline import Clip, Timeline, TrackRole
from songreel.visuals.shader import Shader
from songreel.visuals.text_steps import Row


@dataclass(frozen=True, slots=True)
class Box:
    """Where a photo lies in its still, in shares of the still: all of it, unless it has blurred sides."""

    left: float = 0.0
    top: float = 0.0
    width: float = 1.0
    height: float = 1.0


@dataclass(frozen=True, slots=True)
class Still:
    """A photo, cut to what is shown of it, as an I420 file.

    A still whose ``softness`` is n holds no detail finer than n pixels: it is drawn at 1/n of the frame, and enlarged.
    """

    path: Path
    box: Box = Box()
    softness: int = 1


@dataclass(frozen=True, slots=True)
class Sound:
    """The files of the sound's features: one row a frame, and the waveform (see `render.sound`)."""

    rows: Path
    wave: Path


@dataclass(frozen=True, slots=True)
class Words:
    """Drawn words, or a picture laid over the frame: the name of their sprite and where it lies, in pixels.

    Words that come one by one have ``rows`` of a sprite ``width`` pixels wide; ``sung`` names it in its second color.
    """

    sprite: str
    x: int
    y: int
    width: int = 0
    rows: tuple[Row, ...] = ()
    sung: str = ""


@dataclass(frozen=True)
class Prepared:
    """A timeline, ready to be drawn by processes that do no more than map files.

    ``lead`` frames before frame 0 can be drawn too: a loop closes over them. ``stills`` are named by content, and
    ``still_of`` says which one a photo clip shows. Sound and signals have one row a frame, from ``-lead`` on.
    """

    timeline: Timeline
    lead: int
    signals: Path
    sound: Sound | None
    scenes: Mapping[str, Shader]
    effects: Mapping[str, Shader]
    transitions: Mapping[str, Shader]
    stills: Mapping[str, Still]
    still_of: Mapping[str, str]
    pictures: Mapping[AssetId, Path]
    words_of: Mapping[str, Words]
    sprites: Mapping[str, Path]
    footage: Mapping[AssetId, tuple[Path, Asset]]
    substitutions: tuple[str, ...] = field(default=())

    @cached_property
    def base(self) -> tuple[Clip, ...]:
        """Return the clips that fill the frames, in the order of time."""
        return self.timeline.clips("base")

    @cached_property
    def _starts(self) -> list[int]:
        return [clip.start for clip in self.base]

    @cached_property
    def over(self) -> tuple[Clip, ...]:
        """Return visualizers, overlays, titles and lyrics, in the order in which they are laid over the base."""
        roles: tuple[TrackRole, ...] = ("visualizer", "overlay", "titles", "lyrics")
        return tuple(clip for role in roles for clip in self.timeline.clips(role))

    @cached_property
    def _over_buckets(self) -> dict[int, tuple[Clip, ...]]:
        buckets: dict[int, list[Clip]] = {}
        for clip in self.over:
            for bucket in range(clip.start // _BUCKET, (clip.end - 1) // _BUCKET + 1):
                buckets.setdefault(bucket, []).append(clip)
        return {bucket: tuple(clips) for bucket, clips in buckets.items()}

    def base_index(self, frame: int) -> int:
        """Return which base clip a frame shows; frames before the first belong to it."""
        return max(bisect_right(self._starts, frame) - 1, 0)

    def over_at(self, frame: int) -> tuple[Clip, ...]:
        """Return what lies over the base on a frame, lowest first."""
        frame = max(frame, 0)
        near = self._over_buckets.get(frame // _BUCKET, ())
        return tuple(clip for clip in near if clip.start <= frame < clip.end)


_BUCKET = 64
"""Frames that share one list of what may lie over them."""
