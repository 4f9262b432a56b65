"""A part of the video that somebody spoke of, found on the timeline."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from songreel.model.edit import Clock, Stretch, Where


@dataclass(frozen=True, slots=True)
class Place:
    """Stretches in seconds of a clock, or clips; ``point`` when only where they begin is meant.

    ``open`` tells which end alone was said: ``from`` there on, or ``until`` then; ``span`` that both were. ``missing``
    names what the song or video does not have, such as a bridge; then nothing else holds. ``whole`` is the whole video,
    said so; ``rest`` is all but what was spoken of before; ``label`` is the kind of section that was named.
    """

    stretches: tuple[tuple[Fraction, Fraction], ...] = ()
    clock: Clock = "video"
    point: bool = False
    clips: tuple[str, ...] = ()
    outside: bool = False
    whole: bool = False
    said: str = ""
    missing: str = ""
    label: str = ""
    rest: bool = False
    span: bool = False
    open: Literal["", "from", "until"] = ""

    def where(self) -> Where:
        """Return the place as edits take it."""
        if self.whole:
            return Where()
        stretches = tuple(Stretch(start=start, end=end) for start, end in self.stretches if end > start)
        return Where(
            stretches=stretches, clock=self.clock, clips=self.clips, outside=self.outside, said=self.said[:200].strip()
        )
