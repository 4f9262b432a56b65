"""How much a file of a stranger may unfold to, judged by what it declares, before any of it is decoded.

What lies about itself meets the limits of the process that decodes it.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
from av.container import InputContainer

from songreel.base.errors import BadMedia
from songreel.media import opening, pictures


@dataclass(frozen=True, slots=True)
class Bounds:
    """The most of everything: pixels of a photo and of a frame, tracks, seconds, frames of a track."""

    photo_pixels: int = 120_000_000
    frame_pixels: int = 40_000_000
    tracks: int = 32
    seconds: int = 4 * 3600
    frames: int = 2_000_000


BOUNDS = Bounds()


def check(path: Path, bounds: Bounds) -> None:
    """Raise BadMedia for a file that cannot be opened, or declares more than the bounds allow."""
    opening.check_file(path)
    if pictures.is_photo(path):
        _at_most(path, "pixels", pictures.pixels(path), bounds.photo_pixels)
        return
    with opening.opened(path) as container:
        _check_tracks(path, container, bounds)


def _check_tracks(path: Path, container: InputContainer, bounds: Bounds) -> None:
    _at_most(path, "tracks", len(container.streams), bounds.tracks)
    _at_most(path, "seconds", (container.duration or 0) // av.time_base, bounds.seconds)
    for stream in container.streams:
        lasts = (stream.duration or 0) * (stream.time_base or Fraction(0))
        _at_most(path, "seconds", int(lasts), bounds.seconds)
    for stream in container.streams.video:
        coder = stream.codec_context
        if coder is not None:
            _at_most(path, "pixels in a frame", coder.width * coder.height, bounds.frame_pixels)
        lasts = (stream.duration or 0) * (stream.time_base or Fraction(0))
        rate = stream.average_rate or Fraction(0)
        _at_most(path, "frames", max(stream.frames, int(lasts * rate)), bounds.frames)


def _at_most(path: Path, what: str, found: int, most: int) -> None:
    if found > most:
        raise BadMedia(f"{path.name} has {found:,} {what}; {most:,} are allowed", advice="Make a smaller copy of it.")
