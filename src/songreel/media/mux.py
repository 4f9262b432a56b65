"""Chunks and the song into one file: exact timestamps, the header first, sound from its first sample on.

Video packets are copied. Frame n is shown at n / fps; decoding runs ahead of showing by as many frames as the
B-frames need, and an edit list (MP4, MOV) takes that off again, as it does with the sound encoder's priming.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any, cast

from av.container import OutputContainer
from av.packet import Packet
from av.video.stream import VideoStream

from songreel.base.errors import BadMedia, BadRequest
from songreel.media import gif, mux_sound, opening, store
from songreel.media.mux_sound import EncodedSound, SongPart
from songreel.model.preset import Preset
from songreel.model.timeline import Canvas

__all__ = ["EncodedSound", "SongPart", "join"]

Progress = Callable[[float], None]
# Edit lists count in the movie timescale: at the sound's own rate they are exact to the sample.
_MOV_OPTIONS = {"movflags": "+faststart", "movie_timescale": str(mux_sound.RATE)}
_FORMATS: dict[str, tuple[str, dict[str, str]]] = {
    "mp4": ("mp4", _MOV_OPTIONS),
    "mov": ("mov", _MOV_OPTIONS),
    "webm": ("webm", {}),
}
_REORDERED = 2


def join(  # noqa: PLR0913 - a film is made of exactly these
    chunks: Sequence[Path],
    out: Path,
    *,
    canvas: Canvas,
    preset: Preset,
    sound: SongPart | EncodedSound | None,
    tags: Mapping[str, str],
    on_progress: Progress | None = None,
) -> None:
    """Write the finished file: the chunks one after another, with the song's part from their first frame on.

    Raises BadRequest when container and codecs do not go together, BadMedia when a chunk is damaged or of
    another kind than the first, CannotWrite when the disk refuses; then nothing is left behind.
    """
    if not chunks:
        raise BadRequest("there is nothing to join", advice="Render at least one frame.")
    report = on_progress or (lambda _: None)
    with store.atomic(out) as part:
        if preset.container == "gif":
            gif.join(chunks, part, fps=canvas.fps, on_progress=report)
        else:
            _mux(_Film(chunks, canvas.fps, preset), part, sound=sound, tags=tags, report=report)


class _Film:
    """The chunks as one stream of packets, counted in frames."""

    def __init__(self, chunks: Sequence[Path], fps: Fraction, preset: Preset) -> None:
        self.chunks, self.fps, self.preset = chunks, fps, preset
        h264 = preset.encoding.codec == "h264"
        self._ahead = min(_REORDERED, preset.encoding.b_frames) if h264 else 0

    def stream_in(self, container: OutputContainer) -> VideoStream:
        with opening.opened(self.chunks[0]) as first:
            template = first.streams.video[0]
            self._head = _head(template)
            stream = container.add_stream_from_template(template, opaque=True)
        stream.time_base = 1 / self.fps
        return stream

    def packets(self, stream: VideoStream, report: Progress) -> Iterator[Packet[VideoStream]]:
        """Yield all packets in decoding order, timed in whole frames."""
        base = 0
        for number, chunk in enumerate(self.chunks):
            shown: set[int] = set()
            with opening.opened(chunk) as container:
                source = container.streams.video[0]
                if _head(source) != self._head:
                    raise BadMedia(
                        f"chunk {chunk.name} was encoded with other settings than the first",
                        advice="Clear the cache, and render again.",
                    )
                for packet in container.demux(source):
                    if not packet.size or packet.pts is None:
                        continue
                    frame = round(packet.pts * cast(Fraction, source.time_base) * self.fps)
                    packet.stream, packet.time_base = stream, 1 / self.fps
                    packet.dts = base + len(shown) - self._ahead
                    packet.pts, packet.duration = base + frame, 1
                    shown.add(frame)
                    yield packet
            if shown != set(range(len(shown))) or not shown:
                raise BadMedia(f"chunk {chunk.name} is damaged", advice="Clear the cache, and render again.")
            base += len(shown)
            report((number + 1) / len(self.chunks))


def _head(stream: VideoStream) -> tuple[object, ...]:
    context = stream.codec_context
    return context.name, context.width, context.height, context.extradata


def _mux(
    film: _Film, part: Path, *, sound: SongPart | EncodedSound | None, tags: Mapping[str, str], report: Progress
) -> None:
    container_format, options = _FORMATS[film.preset.container]
    with opening.created(part, container_format, options) as container:
        container.metadata.update({key: value for key, value in tags.items() if value})
        try:
            video = film.stream_in(container)
            track = mux_sound.track(container, film.preset, sound)
        except ValueError as error:
            raise BadRequest(
                f"a {film.preset.container} file cannot hold {film.preset.encoding.codec} with {film.preset.audio}",
                advice="Use mp4 or mov with h264 and aac, or webm with vp9 or av1 and opus.",
            ) from error
        sources: list[Iterator[Packet[Any]]] = [film.packets(video, report), track]
        for packet in heapq.merge(*sources, key=_decoded_at):
            container.mux_one(packet)


def _decoded_at(packet: Packet[Any]) -> Fraction:
    return packet.dts * packet.time_base if packet.dts is not None else Fraction(0)
