"""Sound as a stream of float32 blocks, shape (channels, samples), from the song's first real sample on.

What encoders add before and after (priming, padding) is taken off: libav does it where the file says how much;
a bare AAC stream (ADTS) says nothing, but its first frame never holds sound: an MDCT needs the next one to be whole.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from pathlib import Path

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.audio.stream import AudioStream
from av.codec.context import ThreadType
from av.container import InputContainer
from numpy.typing import NDArray

from songreel.base.errors import BadMedia
from songreel.media import opening

Block = NDArray[np.float32]
BLOCK_SAMPLES = 1 << 16
_LAYOUTS = {1: "mono", 2: "stereo"}
# A sum of two channels is scaled so that it cannot clip.
_NO_CLIPPING = {"rematrix_maxval": "1.0"}
# More than two are mixed by ITU-R BS.775 (center and surrounds at -3 dB), as loud as they are, and turned down only
# by what the loudest moment of the whole file needs.
_BY_ITU: dict[str, str] = {}
_FULL_SCALE = 0.99
_TOLERATED = 0.02
# PyAV 18 reads beyond the planes of frames of eight and more when each channel has one of its own.
_PACKED = "flt"


@dataclass(frozen=True, slots=True)
class Measured:
    """What decoding a whole song once tells: exact length in samples, and the largest sample."""

    rate: int
    channels: int
    samples: int
    peak: float


def blocks(
    path: Path, *, rate: int, channels: int, at: Fraction = Fraction(0), duration: Fraction | None = None
) -> Iterator[Block]:
    """Yield the sound from ``at`` for ``duration`` seconds (to the end when None) as float32 (channels, n).

    Resampled and downmixed by libswresample; the first sample is the one nearest to ``at``. The sound is
    decoded from the start whatever ``at`` is: only counting samples is exact in every container.
    Raises BadMedia when there is no sound or it is damaged.
    """
    start = round(at * rate)
    stop = None if duration is None else start + round(duration * rate)
    gain = _headroom(path, path.stat().st_mtime_ns, rate) if channels == 2 and _is_surround(path) else 1.0
    mixed = (block if gain == 1 else block * np.float32(gain) for block in _converted(path, rate, channels))
    yield from _regrouped(_between(mixed, start, stop))


def measure(path: Path) -> Measured:
    """Decode a song once, streaming, and return its exact length and peak; raises BadMedia when it cannot."""
    with opening.opened(path) as container:
        stream = sound_stream(container, path)
        rate, channels, samples, peak = 0, 0, 0, 0.0
        for block, frame in _native(container, stream, path):
            rate, channels = frame.sample_rate, len(block)
            samples += block.shape[1]
            peak = max(peak, float(np.abs(block).max(initial=0.0)))
    if not samples:
        raise BadMedia(f"nothing of the sound in {path.name} can be decoded", advice=opening.USABLE_SOUND)
    return Measured(rate, channels, samples, peak)


def sound_stream(container: InputContainer, path: Path) -> AudioStream:
    """Return the sound track that a player would choose; raises BadMedia when there is none."""
    stream = container.streams.best("audio")
    if not isinstance(stream, AudioStream) or stream.codec_context is None:
        raise BadMedia(f"{path.name} has no sound track", advice=opening.USABLE_SOUND)
    return stream


def _is_surround(path: Path) -> bool:
    with opening.opened(path) as container:
        return sound_stream(container, path).codec_context.channels > 2


@lru_cache(maxsize=64)
def _headroom(path: Path, _changed_ns: int, rate: int) -> float:
    """Return by how much a downmix has to be turned down for its loudest sample to be below full scale."""
    peak = max((float(np.abs(block).max(initial=0.0)) for block in _converted(path, rate, 2)), default=0.0)
    return min(1.0, _FULL_SCALE / peak) if peak else 1.0


def _converted(path: Path, rate: int, channels: int) -> Iterator[Block]:
    resampler: AudioResampler | None = None
    with opening.opened(path) as container:
        stream = sound_stream(container, path)
        for block, frame in _native(container, stream, path):
            # Mono is doubled here: libswresample would take 3 dB off on the way to stereo.
            layout = _LAYOUTS[min(channels, len(block))]
            if frame.sample_rate == rate and frame.layout.name == layout:
                yield _doubled(block, channels)
                continue
            mixing = _BY_ITU if len(block) > 2 and layout == "stereo" else _NO_CLIPPING
            resampler = resampler or AudioResampler(_PACKED, layout, rate, options=mixing)
            for converted in _arrays(resampler.resample(_framed(block, frame))):
                yield _doubled(converted, channels)
        for converted in _arrays(resampler.resample(None) if resampler else ()):
            yield _doubled(converted, channels)


def _doubled(block: Block, channels: int) -> Block:
    return np.repeat(block, channels // len(block), axis=0)


def _native(container: InputContainer, stream: AudioStream, path: Path) -> Iterator[tuple[Block, AudioFrame]]:
    """Yield decoded sound at the file's own rate and layout, trimmed, with the first frame as its description."""
    stream.codec_context.thread_type = ThreadType.AUTO
    for other in container.streams:
        other.discard = av.stream.Discard.none if other is stream else av.stream.Discard.all
    skip_frames = 1 if container.format.name == "aac" else 0
    left = _declared_samples(container, stream)
    first: AudioFrame | None = None
    plain: AudioResampler | None = None
    shape: tuple[object, ...] = ()
    for frame in _frames(container, stream, path):
        if skip_frames:
            skip_frames -= 1
            continue
        first = first or frame
        if plain is None or shape != _shape(frame):
            # Joined-up files may change rate or channels on the way: all follows the first frame.
            plain = AudioResampler(_PACKED, first.layout, first.sample_rate, options=_NO_CLIPPING)
            shape = _shape(frame)
        frame.pts = None
        for block in _arrays(plain.resample(frame)):
            kept = block if left is None else block[:, : max(0, left)]
            left = None if left is None else left - kept.shape[1]
            if kept.shape[1]:
                yield kept, first


def _frames(container: InputContainer, stream: AudioStream, path: Path) -> Iterator[AudioFrame]:
    """Yield decoded frames, passing over a few damaged packets; raises BadMedia when there are many."""
    packets, damaged = 0, 0
    demuxer = container.demux(stream)
    while True:
        try:
            packet = next(demuxer)
        except (StopIteration, av.FFmpegError):
            break
        packets += 1
        try:
            yield from packet.decode()
        except av.FFmpegError:
            damaged += 1
    if damaged > 3 + _TOLERATED * packets:
        raise BadMedia(f"the sound in {path.name} is damaged", advice="Copy or download it again, or convert it.")


def _declared_samples(container: InputContainer, stream: AudioStream) -> int | None:
    """Return the exact length that MP4's edit list declares: the padding at the end is beyond it."""
    if "mp4" not in container.format.name or not stream.duration or not stream.time_base:
        return None
    return round(stream.duration * stream.time_base * stream.rate)


def _shape(frame: AudioFrame) -> tuple[object, ...]:
    return frame.format.name, frame.layout.name, frame.sample_rate


def _framed(block: Block, like: AudioFrame) -> AudioFrame:
    frame = AudioFrame.from_ndarray(block.T.reshape(1, -1), format=_PACKED, layout=like.layout)
    frame.sample_rate = like.sample_rate
    return frame


def _arrays(frames: Iterable[AudioFrame]) -> Iterator[Block]:
    for frame in frames:
        packed = np.asarray(frame.to_ndarray(), np.float32)
        yield np.ascontiguousarray(packed.reshape(-1, frame.layout.nb_channels).T)


def _between(source: Iterable[Block], start: int, stop: int | None) -> Iterator[Block]:
    """Yield the samples from ``start`` up to ``stop`` of a stream of blocks."""
    position = 0
    end = math.inf if stop is None else stop
    for block in source:
        first = max(0, start - position)
        last = int(min(block.shape[1], end - position))
        if first < last:
            yield block[:, first:last]
        position += block.shape[1]
        if position >= end:
            return


def _regrouped(source: Iterable[Block]) -> Iterator[Block]:
    """Gather small blocks into large ones: what follows works per block, and does better with few."""
    held: list[Block] = []
    size = 0
    for block in source:
        held.append(block)
        size += block.shape[1]
        if size >= BLOCK_SAMPLES:
            yield np.concatenate(held, axis=1)
            held, size = [], 0
    if held:
        yield np.concatenate(held, axis=1)
