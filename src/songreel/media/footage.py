"""Footage as frames at any moment: upright, square pixels, even size, BT.709 limited I420.

The same moment gives the same frame however it is reached: by decoding on, or by seeking. So an interlaced frame shows
its first field alone, every other line drawn from its neighbors: what compares fields needs the frames around it.
"""

from __future__ import annotations

import contextlib
from collections.abc import Generator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import Any, Self, cast

import av
import cv2
import numpy as np
from av.codec.context import ThreadType
from av.container import InputContainer
from av.video.frame import VideoFrame
from av.video.reformatter import ColorRange, Colorspace, Interpolation, VideoReformatter
from av.video.stream import VideoStream
from numpy.typing import NDArray

from songreel.base.errors import BadMedia
from songreel.media import dynamic_range, opening
from songreel.model.asset import Asset
from songreel.visuals.pixels import I420

# Decoding on costs a few milliseconds a frame, seeking costs up to a whole group of pictures.
_NEAR_S = Fraction(2)
# An index may point a little late; then a seek to somewhat earlier finds the right key frame.
_SEEK_MARGINS_S = (Fraction(0), Fraction(2), Fraction(10))
_HD_HEIGHT = 720
_FIELD_FORMATS = {
    "yuv420p": ((1, 1), (2, 2), (2, 2)),
    "yuv422p": ((1, 1), (2, 1), (2, 1)),
    "yuvj420p": ((1, 1), (2, 2), (2, 2)),
    "yuv444p": ((1, 1), (1, 1), (1, 1)),
}
"""Pixel formats whose fields are told apart, and by how much each plane is smaller."""
_UNTAGGED = (0, 2, 3)
_MATRICES = {
    1: Colorspace.ITU709,
    4: Colorspace.FCC,
    5: Colorspace.ITU601,
    6: Colorspace.ITU601,
    7: Colorspace.SMPTE240M,
    9: Colorspace.BT2020,
    10: Colorspace.BT2020,
}


@dataclass(frozen=True, slots=True)
class _Timed:
    time: Fraction
    picture: VideoFrame


class Reader:
    """Gives frames of one clip; ``width`` and ``height`` are their size. One thread, one file open at a time.

    Raises BadMedia when the file holds no moving picture or cannot be decoded.
    """

    def __init__(self, path: Path, asset: Asset) -> None:
        self._path = path
        self._step = 1 / asset.fps if asset.fps else Fraction(1, 25)
        self._stack = contextlib.ExitStack()
        self._shown: _Timed
        self._coming: _Timed | None = None
        self._converted: tuple[Fraction, I420] | None = None
        self._reformatter = VideoReformatter()

    def __enter__(self) -> Self:
        self._open()
        self._origin = self._shown.time
        width, height, self._rotation = opening.shown_size(self._stream, self._shown.picture)
        self.width, self.height = _even(width), _even(height)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def frame(self, seconds: Fraction) -> I420:
        """Return the last frame whose time is at most ``seconds`` after the first; past the end, the last frame.

        The array is the caller's own.
        """
        wanted = self._origin + max(Fraction(0), seconds)
        if wanted < self._shown.time or self._far(wanted):
            self._seek(wanted)
        while self._coming and self._coming.time <= wanted:
            self._shown, self._coming = self._coming, next(self._frames, None)
        if self._converted is None or self._converted[0] != self._shown.time:
            self._converted = self._shown.time, self._upright(self._shown.picture)
        return self._converted[1].copy()

    @property
    def high_range(self) -> bool:
        """Tell whether the footage has a high dynamic range, which is shown in the standard one."""
        return dynamic_range.is_high(self._shown.picture.color_trc)

    def _far(self, wanted: Fraction) -> bool:
        """Return whether seeking gets to a later moment sooner than decoding on: a key frame lies between."""
        if self._coming is None or wanted - self._coming.time < _NEAR_S:
            return False
        base, index = self._stream.time_base or Fraction(1), self._stream.index_entries
        key = index.search_timestamp(int(wanted / base))
        return key < 0 or index[key].timestamp * base > self._coming.time

    def _open(self) -> None:
        self._stack.close()
        self._container = self._stack.enter_context(opening.opened(self._path))
        stream = opening.moving_picture(self._container)
        if stream is None or not stream.time_base:
            raise BadMedia(f"{self._path.name} has no moving picture", advice="Use an MP4, MOV, AVI, WebM or MKV clip.")
        stream.codec_context.thread_count, stream.codec_context.thread_type = 1, ThreadType.NONE
        for other in self._container.streams:
            other.discard = av.stream.Discard.default if other is stream else av.stream.Discard.all
        self._stream = stream
        if not self._decode():
            self._stack.close()
            raise BadMedia(f"no picture of {self._path.name} can be decoded", advice="Convert it to MP4.")

    def _decode(self) -> bool:
        """Start decoding where the file stands; returns whether there is a frame."""
        self._frames = _decoded(self._container, self._stream, self._step)
        first = next(self._frames, None)
        if first is None:
            return False
        self._shown, self._coming = first, next(self._frames, None)
        return True

    def _seek(self, wanted: Fraction) -> None:
        """Stand on a frame that is not later than ``wanted``; from the start where the file cannot be sought."""
        base = self._stream.time_base or Fraction(1)
        for margin in _SEEK_MARGINS_S:
            self._frames.close()
            try:
                self._container.seek(int(max(wanted - margin, self._origin) / base), stream=self._stream)
            except av.FFmpegError:
                break
            if self._decode() and self._shown.time <= wanted:
                return
        self._open()

    def _upright(self, picture: VideoFrame) -> I420:
        turned = self._rotation in (90, 270)
        width, height = (self.height, self.width) if turned else (self.width, self.height)
        matrix = _matrix(picture)
        high = dynamic_range.is_high(picture.color_trc)
        plain = self._reformatter.reformat(
            _one_field(picture) if picture.interlaced_frame else picture,
            width=width,
            height=height,
            format=dynamic_range.WORKING if high else "yuv420p",
            src_colorspace=matrix,
            dst_colorspace=Colorspace.ITU709,
            interpolation=Interpolation.BICUBIC,
            src_color_range=_range(picture),
            dst_color_range=ColorRange.MPEG,
            threads=1,
        )
        levels = plain.to_ndarray()
        packed = _standard(levels, picture.color_trc) if high else np.asarray(levels, np.uint8)
        return _turned(packed, self._rotation) if self._rotation else packed


def _standard(levels: NDArray[Any], transfer: int) -> I420:
    return dynamic_range.to_standard(np.asarray(levels, np.uint16), transfer)


def _one_field(picture: VideoFrame) -> VideoFrame:
    """Return an interlaced frame as its first field: upper lines, enlarged to the height of both."""
    if picture.format.name not in _FIELD_FORMATS:
        return picture
    width, height = picture.width, picture.height
    planes = []
    for plane, (across, down) in zip(picture.planes, _FIELD_FORMATS[picture.format.name], strict=True):
        wide, high = -(-width // across), -(-height // down)
        lines = np.frombuffer(cast(Any, plane), np.uint8).reshape(-1, plane.line_size)[:high, :wide]
        planes.append(cv2.resize(lines[0::2], (wide, high), interpolation=cv2.INTER_CUBIC))
    single = VideoFrame(width, height, picture.format.name)
    for plane, levels in zip(single.planes, planes, strict=True):
        padded = np.zeros((levels.shape[0], plane.line_size), np.uint8)
        padded[:, : levels.shape[1]] = levels
        plane.update(padded.tobytes())
    single.colorspace, single.color_range = picture.colorspace, picture.color_range
    return single


def _decoded(container: InputContainer, stream: VideoStream, step: Fraction) -> Generator[_Timed, None, None]:
    """Yield frames in the order of time from where the file stands, passing over damaged packets."""
    last: Fraction | None = None
    base = stream.time_base or Fraction(1)
    demuxer = container.demux(stream)
    while True:
        try:
            packet = next(demuxer)
        except (StopIteration, av.FFmpegError):
            return
        with contextlib.suppress(av.FFmpegError):
            for picture in packet.decode():
                stamp = picture.pts if picture.pts is not None else picture.dts
                after = Fraction(0) if last is None else last + step
                time = after if stamp is None else stamp * base
                if last is None or time > last:
                    last = time
                    yield _Timed(time, picture)


def _matrix(picture: VideoFrame) -> Colorspace:
    """Return the YUV matrix of a frame; untagged frames have the one that is usual for their size."""
    if picture.colorspace in _UNTAGGED:
        return Colorspace.ITU709 if min(picture.width, picture.height) >= _HD_HEIGHT else Colorspace.ITU601
    return _MATRICES.get(picture.colorspace, Colorspace.ITU709)


def _range(picture: VideoFrame) -> ColorRange:
    full = picture.color_range == ColorRange.JPEG or picture.format.name.startswith("yuvj") or picture.format.is_rgb
    return ColorRange.JPEG if full else ColorRange.MPEG


def _turned(frame: I420, rotation: int) -> I420:
    """Return a frame turned clockwise by 90, 180 or 270 degrees."""
    height, width = frame.shape[0] * 2 // 3, frame.shape[1]
    code = {90: cv2.ROTATE_90_CLOCKWISE, 180: cv2.ROTATE_180, 270: cv2.ROTATE_90_COUNTERCLOCKWISE}[rotation]
    luma, rest = frame[:height], frame[height:].reshape(2, height // 2, width // 2)
    parts = [cv2.rotate(plane, code) for plane in (luma, rest[0], rest[1])]
    shape = (width * 3 // 2, height) if rotation in (90, 270) else frame.shape
    return np.concatenate([part.ravel() for part in parts]).reshape(shape).astype(np.uint8)


def _even(size: int) -> int:
    return max(2, size - size % 2)
