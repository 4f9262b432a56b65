"""What a file is: its kind by content (never by name), size, length, rate, tags.

A song is decoded once from end to end, so that its duration is exact: samples after priming over the sample rate.
"""

from __future__ import annotations

import contextlib
from fractions import Fraction
from pathlib import Path
from typing import Literal, cast

import av
from av.container import InputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from songreel.base.errors import BadMedia
from songreel.base.ids import digest_file
from songreel.media import headers, opening, pictures, sound
from songreel.model.asset import Asset

LONGEST_SONG_S = 3 * 3600
SILENT_DBFS = -60
_SILENT_PEAK = 10 ** (SILENT_DBFS / 20)
# A file that declares this much more than it holds was cut off.
_CUT_OFF_SHARE = Fraction(97, 100)
_CUT_OFF_S = Fraction(1, 2)


def any(path: Path) -> Asset:
    """Return what a file is, whatever it is called: photo, footage (moving GIFs too) or song."""
    opening.check_file(path)
    if pictures.is_photo(path):
        return photo(path)
    with opening.opened(path) as container:
        moves = opening.moving_picture(container) is not None
    return footage(path) if moves else song(path)


def song(path: Path) -> Asset:
    """Return a song's exact length, rate, channels and tags; videos give their sound.

    Raises BadMedia when it is unreadable, has no sound, is silent (peak below −60 dBFS), is cut off, or is
    longer than three hours.
    """
    with opening.opened(path) as container:
        stream = sound.sound_stream(container, path)
        codec, tags, has_cover = stream.codec_context.name, _tags(container), _cover_stream(container) is not None
        declared = _declared_s(path, container, stream.index)
    if declared is not None and declared > LONGEST_SONG_S * 2:
        raise _too_long(path, declared)
    heard = sound.measure(path)
    duration = Fraction(heard.samples, heard.rate)
    if duration > LONGEST_SONG_S:
        raise _too_long(path, duration)
    if declared is not None and duration < declared * _CUT_OFF_SHARE and declared - duration > _CUT_OFF_S:
        raise BadMedia(
            f"{path.name} is cut off: {_clock(duration)} of {_clock(declared)} are there",
            advice="Copy or download it again, or convert what is there to WAV and use that.",
        )
    if heard.peak < _SILENT_PEAK:
        raise BadMedia(
            f"{path.name} is silent: nothing in it is louder than {SILENT_DBFS} dBFS", advice="Use another song."
        )
    return Asset(
        id=digest_file(path),
        kind="song",
        name=opening.name_of(path),
        path=str(path.absolute()),
        duration=duration,
        sample_rate=heard.rate,
        channels=heard.channels,
        codec=codec,
        title=tags.get("title", ""),
        artist=tags.get("artist", "") or tags.get("album_artist", ""),
        has_cover=has_cover,
    )


def photo(path: Path) -> Asset:
    """Return a photo's upright size; raises BadMedia when it is none."""
    width, height, codec = pictures.size(path)
    return Asset(
        id=digest_file(path),
        kind="photo",
        name=opening.name_of(path),
        path=str(path.absolute()),
        width=width,
        height=height,
        codec=codec,
    )


def footage(path: Path) -> Asset:
    """Return footage's shown size (upright, square pixels), length and average rate.

    Raises BadMedia when it has no moving picture, or not one frame of it can be decoded.
    """
    with opening.opened(path) as container:
        stream = opening.moving_picture(container)
        if stream is None or stream.codec_context is None:
            raise BadMedia(f"{path.name} has no moving picture", advice="Use an MP4, MOV, AVI, WebM or MKV clip.")
        codec = stream.codec_context.name
        rate = stream.average_rate or stream.guessed_rate or Fraction(0)
        declared = _declared_s(path, container, stream.index)
        first = _first_frame(container, stream, path)
        width, height, rotation = opening.shown_size(stream, first)
    duration = declared or _counted_s(path, rate)
    return Asset(
        id=digest_file(path),
        kind="footage",
        name=opening.name_of(path),
        path=str(path.absolute()),
        duration=duration,
        width=width,
        height=height,
        fps=rate,
        rotation=cast(Literal[0, 90, 180, 270], rotation),
        codec=codec,
    )


def cover(path: Path) -> bytes | None:
    """Return the picture embedded in a song, as the bytes of an image file; None when there is none."""
    with opening.opened(path) as container:
        stream = _cover_stream(container)
        if stream is None:
            return None
        with contextlib.suppress(StopIteration):
            return bytes(next(packet for packet in container.demux(stream) if packet.size))
    return None


def _cover_stream(container: InputContainer) -> VideoStream | None:
    return next((stream for stream in container.streams.video if opening.is_cover(stream)), None)


def _tags(container: InputContainer) -> dict[str, str]:
    found: dict[str, str] = {}
    for metadata in (*(stream.metadata for stream in container.streams.audio), container.metadata):
        found.update({key.lower(): value.strip() for key, value in metadata.items() if value.strip()})
    return found


def _declared_s(path: Path, container: InputContainer, index: int) -> Fraction | None:
    """Return the duration that a file declares for one of its streams; None when it is libav's guess."""
    stream = container.streams[index]
    match container.format.name:
        case "aac":
            return None
        case "mp3":
            return headers.xing_s(path, container, stream)
    if stream.duration and stream.time_base:
        seconds = stream.duration * stream.time_base
        return seconds / headers.wav_share(path) if container.format.name == "wav" else seconds
    if opening.moving_picture(container) is stream or opening.moving_picture(container) is None:
        return Fraction(container.duration, av.time_base) if container.duration else None
    # Matroska declares how long all of it lasts; the sound of a video may well end sooner.
    return headers.tagged_s(stream)


def _first_frame(container: InputContainer, stream: VideoStream, path: Path) -> VideoFrame:
    tries = 0
    with contextlib.suppress(av.FFmpegError):
        for packet in container.demux(stream):
            tries += 1
            with contextlib.suppress(av.FFmpegError):
                for frame in packet.decode():
                    return frame
            if tries > _TRIES:
                break
    raise BadMedia(
        f"no picture of {path.name} can be decoded", advice="Copy or download it again, or convert it to MP4."
    )


_TRIES = 500


def _counted_s(path: Path, rate: Fraction) -> Fraction:
    """Return the length of footage that declares none, from the times of its packets."""
    with opening.opened(path) as container:
        stream = opening.moving_picture(container)
        if stream is None or not stream.time_base:
            return Fraction(0)
        times, count = [], 0
        for packet in container.demux(stream):
            count += bool(packet.size)
            stamp = packet.pts if packet.pts is not None else packet.dts
            if stamp is not None:
                times.append(stamp)
        step = 1 / (rate or Fraction(25))
        return (max(times) - min(times)) * stream.time_base + step if times else count * step


def _too_long(path: Path, duration: Fraction) -> BadMedia:
    return BadMedia(
        f"{path.name} lasts {_clock(duration)}; the longest song is 3 hours", advice="Cut it into shorter songs."
    )


def _clock(seconds: Fraction) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02}" if minutes < 60 else f"{minutes // 60}:{minutes % 60:02}:{rest:02}"
