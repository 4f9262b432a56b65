"""The song as a track of the finished file: encoded anew from its samples, or its AAC packets as they are."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import cast

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.codec.context import Flags
from av.container import OutputContainer
from av.packet import Packet

from songreel.base.errors import BadRequest
from songreel.media import aac, opening, sound
from songreel.model.preset import Preset

RATE = 48000
RAMP_S = 0.04
"""How long it takes from one volume to the next, half of it before the moment: short enough to be on the beat."""
REVISION = 1
"""Raised when the same settings are encoded in another way."""

_ENCODERS = {"aac": "aac", "opus": "libopus"}


@dataclass(frozen=True, slots=True)
class SongPart:
    """Which part of a song is heard, and how; volume 1 without fades leaves it untouched. Times in seconds.

    ``steps`` are moments after its beginning, in order, from which it is heard with another volume.
    """

    path: Path
    at: Fraction
    duration: Fraction
    volume: float = 1.0
    fade_in_s: float = 0.0
    fade_out_s: float = 0.0
    steps: tuple[tuple[float, float], ...] = ()

    @property
    def untouched(self) -> bool:
        """Return whether the samples are heard as they are in the song."""
        volumes = {self.volume, *(volume for _, volume in self.steps)}
        return volumes == {1} and not self.fade_in_s and not self.fade_out_s


@dataclass(frozen=True, slots=True)
class EncodedSound:
    """A song's part that `encode` has written, and how many seconds of it are heard."""

    path: Path
    duration: Fraction


def encode(part: SongPart, path: Path, preset: Preset, *, on_progress: Callable[[float], None] | None = None) -> None:
    """Write a song's part as AAC, for any number of films; ``on_progress`` is told the fraction done, and may raise.

    Raises BadMedia when the song cannot be read, and OSError when the disk refuses.
    """
    with opening.created(path, "mp4", {"movie_timescale": str(RATE)}) as container:
        for packet in track(container, preset, part):
            container.mux_one(packet)
            if on_progress and packet.pts is not None:
                on_progress(min(1.0, float(packet.pts / RATE / part.duration)))


def fingerprint(preset: Preset) -> str:
    """Return all but the song's part that says what `encode` writes."""
    return repr((REVISION, av.__version__, preset.audio, preset.audio_kbps))


def track(
    container: OutputContainer, preset: Preset, part: SongPart | EncodedSound | None
) -> Iterator[Packet[AudioStream]]:
    """Add the sound's stream to a file, and return its packets in the order of time; none without sound.

    Raises BadRequest when the song cannot be copied as it is.
    """
    if part is None or preset.audio == "none":
        return iter(())
    if isinstance(part, EncodedSound):
        return _taken(container, part.path, part.duration)
    if preset.audio == "copy":
        return _copied(container, part)
    stream = container.add_stream(_ENCODERS[preset.audio], rate=RATE)
    assert isinstance(stream, AudioStream)
    stream.codec_context.layout = "stereo"
    stream.codec_context.bit_rate = preset.audio_kbps * 1000
    stream.codec_context.time_base = stream.time_base = Fraction(1, RATE)
    stream.codec_context.flags |= Flags.bitexact
    return _paired(stream, part, preset.audio_kbps) if preset.audio == "aac" else _encoded(stream, part)


def _paired(stream: AudioStream, part: SongPart, kbps: int) -> Iterator[Packet[AudioStream]]:
    """Yield AAC packets; the stream's own encoder only says what is in them."""
    coder = aac.Coder(RATE, kbps)
    frames = (frame for block in _shaped(part) for frame in coder.encode(block))
    for frame in itertools.chain(frames, coder.flush()):
        packet = cast("Packet[AudioStream]", Packet(frame.content))
        packet.stream, packet.time_base = stream, Fraction(1, RATE)
        packet.pts = packet.dts = frame.at
        packet.duration, packet.is_keyframe = frame.samples, True
        yield packet


def _encoded(stream: AudioStream, part: SongPart) -> Iterator[Packet[AudioStream]]:
    position = 0
    for block in _shaped(part):
        frame = AudioFrame.from_ndarray(block, format="fltp", layout="stereo")
        frame.sample_rate, frame.pts, frame.time_base = RATE, position, Fraction(1, RATE)
        position += block.shape[1]
        yield from stream.encode(frame)
    yield from stream.encode(None)


def _shaped(part: SongPart) -> Iterator[sound.Block]:
    """Yield the samples of a song's part as they are heard, (2, n)."""
    position = 0
    for block in sound.blocks(part.path, rate=RATE, channels=2, at=part.at, duration=part.duration):
        shaped = block if part.untouched else np.clip(block * _gain(part, position, block.shape[1]), -1, 1)
        position += block.shape[1]
        yield np.ascontiguousarray(shaped, np.float32)


def _gain(part: SongPart, position: int, count: int) -> sound.Block:
    """Return volume and fades (half a cosine) for some samples of the part."""
    seconds = (position + np.arange(count)) / RATE
    gain = np.full(count, part.volume, np.float64)
    before = part.volume
    for at, volume in part.steps:
        gain += (volume - before) * (0.5 - 0.5 * np.cos(np.pi * np.clip((seconds - at) / RAMP_S + 0.5, 0, 1)))
        before = volume
    for length, passed in ((part.fade_in_s, seconds), (part.fade_out_s, float(part.duration) - seconds)):
        if length > 0:
            gain *= 0.5 - 0.5 * np.cos(np.pi * np.clip(passed / length, 0, 1))
    return gain.astype(np.float32)


def _copied(container: OutputContainer, part: SongPart) -> Iterator[Packet[AudioStream]]:
    advice = "Leave out --audio copy, and the sound is encoded at high quality."
    if part.at or not part.untouched:
        raise BadRequest("a song that is cut, faded or made louder cannot be copied as it is", advice=advice)
    with opening.opened(part.path) as source:
        if sound.sound_stream(source, part.path).codec_context.codec.canonical_name != "aac":
            raise BadRequest(f"{part.path.name} is not AAC, so its sound cannot be copied as it is", advice=advice)
    return _taken(container, part.path, part.duration)


def _taken(container: OutputContainer, path: Path, duration: Fraction) -> Iterator[Packet[AudioStream]]:
    """Add a stream like a file's, and return its packets."""
    with opening.opened(path) as source:
        stream = container.add_stream_from_template(sound.sound_stream(source, path), opaque=True)
    return _packets(path, duration, stream)


def _packets(path: Path, duration: Fraction, stream: AudioStream) -> Iterator[Packet[AudioStream]]:
    """Yield the packets of a file's start; a bare AAC stream (ADTS) starts with one of priming, which is before 0."""
    with opening.opened(path) as source:
        origin = sound.sound_stream(source, path)
        bare = source.format.name == "aac"
        clock = 0
        for packet in source.demux(origin):
            if not packet.size:
                continue
            if bare:
                packet.pts = packet.dts = clock - (packet.duration or 0)
                clock += packet.duration or 0
            if packet.pts is not None and packet.pts * packet.time_base >= duration:
                return
            packet.stream = stream
            yield packet
