"""What a caller asks for, checked before any work begins."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path
from typing import get_args

from pydantic import Field

from songreel.base.errors import BadRequest, CannotWrite
from songreel.base.time import parse_rate
from songreel.media.encode import SPEEDS
from songreel.model.correction import Correction
from songreel.model.document import Record
from songreel.model.preset import DEFAULT_PRESET, PRESETS, AudioCodec, Container, Encoding, Preset, VideoCodec, preset
from songreel.model.timeline import Canvas

SMALLEST, LARGEST = 16, 7680


class MakeRequest(Record):
    """One video to make. Empty fields are the preset's or the director's to choose.

    Without ``song``, what the project in ``project`` holds is used again.
    """

    song: Path | None = None
    words: str = ""
    out: Path
    cover: Path | None = None
    media: tuple[Path, ...] = ()
    scenes: tuple[str, ...] = ()
    title: str | None = None
    artist: str | None = None
    preset: str | None = None
    size: str | None = None
    fps: str | None = None
    codec: VideoCodec | None = None
    audio: str | None = None
    speed: str | None = None
    quality: int | None = None
    seed: int | None = Field(default=None, ge=0, lt=2**31)
    workers: int = Field(default=0, ge=0, le=256)
    project: Path | None = None
    correction: Correction | None = None
    allow_flashing: bool = False

    def files(self) -> tuple[Path, ...]:
        """Return the files and folders that the caller names."""
        return tuple(path for path in (self.song, self.cover, *self.media) if path is not None)


def read_codec(name: str | None) -> VideoCodec | None:
    """Return a codec by its name; raises BadRequest when there is none."""
    if name is not None and name not in get_args(VideoCodec):
        raise BadRequest(f"there is no codec {name!r}", advice="Use h264, vp9 or av1.")
    return name  # type: ignore[return-value]


def container_of(out: Path) -> Container:
    """Return the container that a file name asks for; raises BadRequest for any other."""
    suffix = out.suffix.lower().lstrip(".")
    if suffix in ("m4v", "mp4"):
        return "mp4"
    if suffix in get_args(Container):
        return suffix  # type: ignore[return-value]
    raise BadRequest(
        f"{out.name!r} does not say what kind of video it is", advice="End the name in .mp4, .mov, .webm or .gif."
    )


def check_place(out: Path) -> None:
    """Raise CannotWrite unless a file can be made at a path, before hours are spent on it."""
    folder = out.parent
    if out.is_dir():
        raise CannotWrite(f"{out} is a folder", advice="Give the name of a file.")
    if not folder.is_dir():
        raise CannotWrite(f"the folder {folder} does not exist", advice=f"Make it first (mkdir -p {folder}).")
    if not os.access(folder, os.W_OK):
        raise CannotWrite(f"the folder {folder} cannot be written to", advice="Choose another one.")


def check_spared(out: Path, inputs: Iterable[Path]) -> None:
    """Raise CannotWrite when a result would take the place of a file that it is made from."""
    for path in inputs:
        if same_file(out, path):
            raise CannotWrite(
                f"{out} is one of your own files, which would be overwritten",
                advice="Give what is made another name.",
            )


def same_file(one: Path, other: Path) -> bool:
    """Tell whether two paths lead to one file that exists."""
    try:
        return one.samefile(other)
    except OSError:
        return False


def effective_preset(request: MakeRequest, *, base: Preset | None = None, spoken: str | None = None) -> Preset:
    """Return the preset with everything that the caller set in its place.

    ``spoken`` is the preset that the words ask for; an option overrules it. ``base`` is what a project has.
    """
    named = request.preset or spoken
    base = base if base and not named else preset(named or DEFAULT_PRESET)
    container = container_of(request.out)
    width, height = parse_size(request.size) if request.size else (base.width, base.height)
    return base.evolve(
        width=width,
        height=height,
        fps=parse_rate(request.fps) if request.fps else base.fps,
        container=container,
        encoding=_encoding(request, base.encoding, container),
        audio=_audio(request, base, container),
    )


def canvas_of(chosen: Preset) -> Canvas:
    """Return the canvas of a preset."""
    return Canvas(width=chosen.width, height=chosen.height, fps=Fraction(chosen.fps))


def parse_size(text: str) -> tuple[int, int]:
    """Read a size such as ``1920x1080``; raises BadRequest unless both sides are even and sensible."""
    found = re.fullmatch(r"\s*(\d{1,5})\s*[xX×*]\s*(\d{1,5})\s*", text)
    width, height = (int(found[1]), int(found[2])) if found else (0, 0)
    sides = (width, height)
    if not all(SMALLEST <= side <= LARGEST for side in sides):
        raise BadRequest(f"{text!r} is not a size", advice=f"Write it as 1920x1080, each side {SMALLEST} to {LARGEST}.")
    if width % 2 or height % 2:
        raise BadRequest(
            f"the size {text} is odd", advice=f"Use even sides: {width + width % 2}x{height + height % 2}."
        )
    return sides


def _encoding(request: MakeRequest, base: Encoding, container: Container) -> Encoding:
    allowed: dict[Container, tuple[VideoCodec, ...]] = {
        "mp4": ("h264", "av1"),
        "mov": ("h264",),
        "webm": ("vp9", "av1"),
        "gif": ("gif",),
    }
    codec = request.codec or allowed[container][0]
    if codec not in allowed[container]:
        raise BadRequest(
            f"a .{container} of ours does not hold {codec}", advice=f"Use {' or '.join(allowed[container])}."
        )
    if request.speed is not None and request.speed not in SPEEDS:
        raise BadRequest(f"there is no speed {request.speed!r}", advice=f"Use one of: {', '.join(SPEEDS)}.")
    if request.quality is not None and not 1 <= request.quality <= 51:
        raise BadRequest(f"quality {request.quality} is out of range", advice="Use 1 (best) to 51; 18 is very good.")
    quality = base.quality if request.quality is None else request.quality
    return base.evolve(codec=codec, speed=request.speed or base.speed, quality=quality)


_SOUNDS: dict[Container, tuple[AudioCodec, ...]] = {
    "mp4": ("aac", "opus", "copy", "none"),
    "mov": ("aac", "copy", "none"),
    "webm": ("opus", "none"),
    "gif": ("none",),
}


def _audio(request: MakeRequest, base: Preset, container: Container) -> AudioCodec:
    silent = PRESETS.get(base.name, base).audio == "none"
    asked = _read_audio(request.audio)
    if asked is None:
        # A GIF of a project is silent because it is a GIF; any other silence was asked for.
        muted = base.audio == "none" and base.container != "gif"
        return "none" if silent or muted else _SOUNDS[container][0]
    if silent and asked != "none":
        raise BadRequest(f"a {base.name} video is silent", advice="Leave --audio out, or choose another --preset.")
    if asked not in _SOUNDS[container]:
        raise BadRequest(
            f"a .{container} of ours does not hold {asked} sound",
            advice=f"Use --audio {' or '.join(_SOUNDS[container])}, or leave it out.",
        )
    return asked


def _read_audio(name: str | None) -> AudioCodec | None:
    if name is not None and name not in get_args(AudioCodec):
        raise BadRequest(f"there is no audio {name!r}", advice="Use aac, opus, copy or none.")
    return name  # type: ignore[return-value]
