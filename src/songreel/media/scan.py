"""What a finished video file is, read from the file alone: its packets and its tags.

Closed GOP and the run of B-frames follow from the packets: in a closed GOP nothing that is decoded after a key frame
is shown before it, and in H.264 the key frame is an IDR picture, past which nothing refers back (ITU-T H.264,
7.4.1.2.4); a picture that is shown before one already decoded is a B-frame.
"""

from __future__ import annotations

import contextlib
import struct
from array import array
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.container import InputContainer
from av.packet import Packet
from av.video.stream import VideoStream
from numpy.typing import NDArray

from songreel.base.errors import BadMedia
from songreel.media import opening

_COLOR_NAMES = {1: "bt709", 2: "untagged", 5: "bt470bg", 6: "smpte170m", 9: "bt2020"}
_RANGE_NAMES = {0: "untagged", 1: "limited", 2: "full"}
_IDR = 5
_CONTAINERS = {"mov": "mp4", "matroska": "webm", "gif": "gif"}


@dataclass(frozen=True, slots=True)
class VideoFacts:
    """The picture track. ``color`` is primaries, transfer, matrix, range; times are seconds of the file's clock.

    ``frames`` counts packets, ``declared_frames`` is what the header says (0 when it says nothing);
    ``uneven_s`` is the most that a frame's time departs from an even rate, beyond the clock's rounding.
    """

    codec: str
    profile: str
    pixels: str
    width: int
    height: int
    color: tuple[str, str, str, str]
    fps: Fraction
    frames: int
    declared_frames: int
    start: Fraction
    uneven_s: float
    b_frames: int
    closed_gop: bool
    longest_gop: int


@dataclass(frozen=True, slots=True)
class AudioFacts:
    """The sound track; ``kbps`` is measured from its packets, ``priming`` are samples before its first real one."""

    codec: str
    profile: str
    rate: int
    channels: int
    kbps: float
    start: Fraction
    priming: int


@dataclass(frozen=True, slots=True)
class Facts:
    """A whole file. ``moov_first`` is None where the container has no such thing."""

    container: str
    moov_first: bool | None
    video: VideoFacts
    audio: AudioFacts | None


class _Packets:
    """The packets of one track in the order of decoding: times in ticks, key frames, bytes in all.

    ``open_keys`` counts the key frames that do not cut off what came before them.
    """

    def __init__(self, stream: av.stream.Stream) -> None:
        self._at = array("q")
        self._key = array("b")
        self._length_bytes = _length_bytes(stream)
        self.bytes = 0
        self.open_keys = 0

    def add(self, packet: Packet[av.stream.Stream]) -> None:
        if packet.pts is not None:
            self._at.append(packet.pts)
            self._key.append(packet.is_keyframe)
            self.bytes += packet.size
            if packet.is_keyframe and self._length_bytes:
                self.open_keys += _IDR not in _nal_types(bytes(packet), self._length_bytes)

    def __len__(self) -> int:
        return len(self._at)

    @property
    def at(self) -> NDArray[np.int64]:
        return np.array(self._at, np.int64)

    @property
    def key(self) -> NDArray[np.bool_]:
        return np.array(self._key, np.bool_)


def facts(video: Path) -> Facts:
    """Return what a video's packets and header say; nothing is decoded.

    Raises BadMedia when it is no video, or is damaged beyond reading.
    """
    with opening.opened(video) as container:
        stream = picture_track(container, video)
        sound = container.streams.audio[0] if container.streams.audio else None
        tracks = [stream, sound] if sound else [stream]
        packets = {track.index: _Packets(track) for track in tracks}
        with contextlib.suppress(av.FFmpegError):
            for packet in container.demux(tracks):
                packets[packet.stream_index].add(packet)
        if not packets[stream.index]:
            raise BadMedia(f"{video.name} has no pictures", advice="Make it again.")
        return Facts(
            container=_container_name(container, video),
            moov_first=_moov_first(video) if "mov" in container.format.name else None,
            video=_video_facts(container, stream, packets[stream.index]),
            audio=_audio_facts(sound, packets[sound.index]) if sound and packets[sound.index] else None,
        )


def picture_track(container: InputContainer, video: Path) -> VideoStream:
    """Return the track that is shown; raises BadMedia when there is none."""
    stream = opening.moving_picture(container)
    if stream is None:
        raise BadMedia(f"{video.name} has no pictures", advice="Give a video file.")
    return stream


def _container_name(container: InputContainer, video: Path) -> str:
    name = _CONTAINERS.get(container.format.name.split(",")[0], container.format.name)
    with video.open("rb") as file:
        brand = file.read(12)[8:]
    return "mov" if name == "mp4" and brand == b"qt  " else name


def _moov_first(video: Path) -> bool:
    """Tell whether the index comes before the media, so that a player can begin at once."""
    with video.open("rb") as file:
        while len(head := file.read(8)) == 8:
            size, kind = struct.unpack(">I4s", head)
            if kind in (b"moov", b"mdat"):
                return bool(kind == b"moov")
            long = size == 1
            size = struct.unpack(">Q", file.read(8))[0] if long else size
            if size < 8:
                return False
            file.seek(size - (16 if long else 8), 1)
    return False


def _video_facts(container: InputContainer, stream: VideoStream, packets: _Packets) -> VideoFacts:
    coder = stream.codec_context
    tick = stream.time_base or Fraction(1, 1000)
    at, key = packets.at, packets.key
    fps, uneven_s = _rate(np.sort(at), tick, stream.average_rate or _lone_rate(container))
    return VideoFacts(
        codec=coder.codec.canonical_name,
        profile=coder.profile or "",
        pixels=coder.pix_fmt or "",
        width=coder.width,
        height=coder.height,
        color=_color(stream),
        fps=fps,
        frames=len(packets),
        declared_frames=stream.frames,
        start=int(at.min()) * tick,
        uneven_s=uneven_s,
        b_frames=_longest_b_run(at),
        closed_gop=_is_closed(at, key) and not packets.open_keys,
        longest_gop=int(np.diff(np.append(np.flatnonzero(key), len(key))).max(initial=0)),
    )


def _color(stream: VideoStream) -> tuple[str, str, str, str]:
    coder = stream.codec_context
    primaries, transfer, matrix = (
        _COLOR_NAMES.get(int(value), str(int(value)))
        for value in (coder.color_primaries, coder.color_trc, coder.colorspace)
    )
    return primaries, transfer, matrix, _RANGE_NAMES.get(int(coder.color_range), "untagged")


def _lone_rate(container: InputContainer) -> Fraction:
    """Return the usual rate at which one picture lasts as long as a file: many that hold but one name no rate."""
    return _usual(1 / max(Fraction(container.duration or av.time_base, av.time_base), Fraction(1, 1000)))


def _rate(shown: NDArray[np.int64], tick: Fraction, named: Fraction) -> tuple[Fraction, float]:
    """Return the even rate that fits best, and the worst departure from it beyond one tick of the clock."""
    if len(shown) < 2 or shown[-1] == shown[0]:
        return named, 0.0
    mean = (len(shown) - 1) / (int(shown[-1] - shown[0]) * tick)
    fps = min(named, _usual(mean), mean, key=lambda rate: round(_departure(shown, tick, rate) / float(tick)))
    return fps, max(0.0, _departure(shown, tick, fps) - float(tick))


def _usual(rate: Fraction) -> Fraction:
    """Return the usual rate next to a measured one: a clock in milliseconds cannot say 30000/1001."""
    usual = [Fraction(n) for n in (24, 25, 30, 48, 50, 60)] + [Fraction(n * 1000, 1001) for n in (24, 30, 60)]
    return min(usual, key=lambda known: abs(known - rate))


def _departure(shown: NDArray[np.int64], tick: Fraction, fps: Fraction) -> float:
    at = (shown - shown[0]) * float(tick)
    return float(np.abs(at - np.arange(len(shown)) / float(fps)).max())


def _longest_b_run(at: NDArray[np.int64]) -> int:
    """Return the most pictures in a row that are shown before one decoded earlier."""
    before = np.concatenate([at[:1] - 1, np.maximum.accumulate(at)[:-1]])
    anchors = np.searchsorted(np.sort(at), at[at > before])
    return int(np.diff(anchors).max(initial=1)) - 1


def _length_bytes(stream: av.stream.Stream) -> int:
    """Return how many bytes say the length of each unit in a track of H.264 in MP4 form; 0 for any other track."""
    if not isinstance(stream, VideoStream) or stream.codec_context.codec.canonical_name != "h264":
        return 0
    head = stream.codec_context.extradata or b""
    return (head[4] & 3) + 1 if len(head) > 4 and head[0] == 1 else 0


def _nal_types(packet: bytes, length_bytes: int) -> set[int]:
    """Return the types of the units in a packet (ISO/IEC 14496-15)."""
    types, at = set(), 0
    while at + length_bytes < len(packet):
        size = int.from_bytes(packet[at : at + length_bytes])
        types.add(packet[at + length_bytes] & 31)
        at += length_bytes + size
    return types


def _is_closed(at: NDArray[np.int64], key: NDArray[np.bool_]) -> bool:
    latest = np.maximum.accumulate(np.where(key, np.arange(len(key)), -1))
    return bool(latest[0] == 0 and (at >= at[latest]).all())


def _audio_facts(stream: av.AudioStream, packets: _Packets) -> AudioFacts:
    coder = stream.codec_context
    tick = stream.time_base or Fraction(1, coder.sample_rate)
    at = packets.at
    first = int(at[0]) * tick
    return AudioFacts(
        codec=coder.codec.canonical_name,
        profile=coder.profile or "",
        rate=coder.sample_rate,
        channels=coder.channels,
        kbps=packets.bytes * 8 / 1000 / (float(int(at[-1] - at[0]) * tick) or 1.0),
        start=max(Fraction(0), first),
        priming=max(0, round(-first * coder.sample_rate)),
    )
