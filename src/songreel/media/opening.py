"""Opening what a person brought: local files alone, and every failure said in a sentence."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import av
from av.container import InputContainer, OutputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from songreel.base.errors import BadMedia

# Playlists and other formats that name further files are left out on purpose.
_FORMATS = (
    "aac,ac3,aiff,amr,ape,asf,avi,caf,eac3,flac,flv,gif,matroska,webm,mov,mp4,mp3,mpeg,mpegts,nut,ogg,tta,w64,wav,wv"
)
# Opened by number, a file has no name for libav to guess from, and no other file can be reached through it.
_OPTIONS = {"protocol_whitelist": "fd", "format_whitelist": _FORMATS}
USABLE_SOUND = "Use an MP3, WAV, FLAC, M4A, OGG or Opus file, or a video with sound."
USABLE = "Use a song (MP3, WAV, FLAC, M4A, OGG), a photo (JPEG, PNG, WebP) or a clip (MP4, MOV, WebM, MKV)."


def check_file(path: Path) -> None:
    """Raise BadMedia unless there is a readable, ordinary file with something in it."""
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise BadMedia(f"{path.name or path} is a folder, not a file", advice="Name a file in it.")
        if not stat.S_ISREG(status.st_mode):
            raise BadMedia(f"{path.name} is not an ordinary file", advice=USABLE)
        if status.st_size == 0:
            raise BadMedia(f"{path.name} is empty (0 bytes)", advice="Copy or download it again.")
        with path.open("rb"):
            pass
    except FileNotFoundError as error:
        raise BadMedia(f"there is no file {path}", advice="Check the name and the folder.") from error
    except PermissionError as error:
        raise BadMedia(
            f"there is no permission to read {path}", advice="Give yourself read permission, or copy the file."
        ) from error
    except (OSError, ValueError) as error:
        raise BadMedia(f"{path} cannot be read: {error}", advice="Check the name and the disk.") from error


@contextlib.contextmanager
def opened(path: Path) -> Iterator[InputContainer]:
    """Open a media file for reading; raises BadMedia when it is none, or is damaged beyond reading."""
    check_file(path)
    with path.open("rb") as file:
        try:
            container = av.open("fd:", "r", options=_OPTIONS | {"fd": str(file.fileno())}, metadata_errors="replace")
        except av.FFmpegError as error:
            raise not_media(path) from error
        try:
            yield container
        except av.FFmpegError as error:
            raise BadMedia(
                f"{path.name} is damaged: {error.strerror}", advice="Copy or download it again, or convert it."
            ) from error
        finally:
            container.close()


def name_of(path: Path) -> str:
    """Return what a file is called, in letters that every document can hold: names on Linux are any bytes."""
    return os.fsencode(path.name).decode(errors="replace")


def not_media(path: Path) -> BadMedia:
    """Return the error for a file of which nothing can be made."""
    return BadMedia(f"{path.name} is not a song, photo or clip that can be read, or it is cut off", advice=USABLE)


def moving_picture(container: InputContainer) -> VideoStream | None:
    """Return the video stream of a container, passing over embedded covers; None when there is none."""
    return next((stream for stream in container.streams.video if not is_cover(stream)), None)


def is_cover(stream: VideoStream) -> bool:
    """Return whether a video stream is an embedded still picture."""
    return bool(stream.disposition & (av.stream.Disposition.attached_pic | av.stream.Disposition.timed_thumbnails))


def shown_size(stream: VideoStream, frame: VideoFrame) -> tuple[int, int, int]:
    """Return (width, height, rotation) as shown: square pixels, upright; rotation is clockwise degrees.

    Pixels that are not square are made so by stretching the width.
    """
    aspect = stream.codec_context.sample_aspect_ratio or stream.sample_aspect_ratio or Fraction(1)
    if not _PLAUSIBLE_ASPECT[0] < aspect < _PLAUSIBLE_ASPECT[1]:
        aspect = Fraction(1)
    width, height = max(1, round(frame.width * aspect)), frame.height
    rotation = round(-frame.rotation / 90) * 90 % 360
    return (height, width, rotation) if rotation in (90, 270) else (width, height, rotation)


_PLAUSIBLE_ASPECT = (Fraction(1, 4), Fraction(4))


@contextlib.contextmanager
def created(path: Path, container_format: str, options: dict[str, str]) -> Iterator[OutputContainer]:
    """Open a file for writing, repeatable to the byte; a refusing disk raises OSError for `store.atomic` to explain."""
    try:
        with av.open(
            str(path.absolute()), "w", format=container_format, container_options={"fflags": "+bitexact"} | options
        ) as container:
            yield container
    except av.FFmpegError as error:
        if isinstance(error, OSError) or error.errno not in errno.errorcode:
            raise
        raise OSError(error.errno, error.strerror or "", str(path)) from error
