"""Frames into chunks: closed-GOP video whose bytes depend on the pictures and settings alone.

A chunk is a Matroska file of one video stream that starts with a key frame and refers to nothing outside itself,
encoded by one thread. Frames are I420, BT.709 limited, and are tagged so.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from types import TracebackType
from typing import Self, cast

import av
import cv2
import numpy as np
from av.codec.context import Flags, ThreadType
from av.container import OutputContainer
from av.video.codeccontext import VideoCodecContext
from av.video.frame import VideoFrame
from av.video.reformatter import ColorPrimaries, ColorRange, Colorspace, ColorTrc
from av.video.stream import VideoStream

from songreel.base.errors import BadRequest
from songreel.media import opening, store
from songreel.model.preset import Encoding
from songreel.model.timeline import Canvas
from songreel.visuals.pixels import I420

REVISION = 2
"""Raised when the same settings are given to the encoder in another way."""

KEY_FRAME_S = 2
BITS_A_PIXEL = 0.3
"""The most that pictures may cost at quality 18."""
CHUNK_FORMAT = "matroska"
SPEEDS = (
    "ultrafast",
    "superfast",
    "veryfast",
    "faster",
    "fast",
    "medium",
    "slow",
    "slower",
    "veryslow",
)
_AVX_512F = 13
"""OpenCV's number of this instruction set (CV_CPU_AVX_512F), which its Python names leave out."""
_USUAL_QUALITY = 18
_LOOKED_AHEAD = 20
_LEAST_KBPS = 200
_CODECS = {"h264": "libx264", "gif": "libx264", "vp9": "libvpx-vp9", "av1": "libsvtav1"}


class Encoder:
    """Writes one chunk; its name appears when all frames are in, and never when something fails.

    Raises BadRequest for settings that make no sense, CannotWrite when the disk refuses.
    """

    def __init__(self, path: Path, canvas: Canvas, encoding: Encoding) -> None:
        if encoding.speed not in SPEEDS:
            raise BadRequest(f"there is no speed {encoding.speed!r}", advice=f"Use one of: {', '.join(SPEEDS)}.")
        self._canvas, self._encoding = canvas, encoding
        self._path = path
        self._frames = 0
        self._stack = contextlib.ExitStack()

    def __enter__(self) -> Self:
        with contextlib.ExitStack() as stack:
            part = stack.enter_context(store.sealed(self._path))
            self._container = stack.enter_context(opening.created(part, CHUNK_FORMAT, {}))
            self._stream = _stream(self._container, self._canvas, self._encoding)
            self._stack = stack.pop_all()
        return self

    def write(self, frame: I420) -> None:
        """Encode one I420 frame of the canvas's size."""
        height, width = self._canvas.height, self._canvas.width
        if frame.shape != (height * 3 // 2, width):
            raise BadRequest(f"a frame of {width}×{height} cannot have the shape {frame.shape}")
        picture = _picture(np.ascontiguousarray(frame))
        picture.pts, picture.time_base = self._frames, 1 / self._canvas.fps
        self._container.mux(self._stream.encode(picture))
        self._frames += 1

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None:
            self._stack.__exit__(kind, error, trace)
            return
        with self._stack:
            self._container.mux(self._stream.encode(None))


def fingerprint(encoding: Encoding) -> str:
    """Return all but the canvas that says how chunks are encoded: two that differ in it cannot be joined."""
    name = _CODECS[encoding.codec]
    return repr((REVISION, av.__version__, name, KEY_FRAME_S, encoding.b_frames, sorted(_options(encoding).items())))


def _picture(frame: I420) -> VideoFrame:
    """Return a frame for libav, without a copy where that can be: PyAV 18 takes heights of whole fours alone."""
    if frame.shape[0] % 6:
        return VideoFrame.from_ndarray(frame, format="yuv420p")
    return VideoFrame.from_numpy_buffer(frame, format="yuv420p")


def _stream(container: OutputContainer, canvas: Canvas, encoding: Encoding) -> VideoStream:
    name = _CODECS[encoding.codec]
    # SVT-AV1 prints a banner for each encoder unless it is told to print errors alone.
    os.environ.setdefault("SVT_LOG", "1")
    options = _options(encoding)
    if name == "libx264":
        options["x264-params"] += _instructions()
    if encoding.codec == "h264":
        options["x264-params"] += _ceiling(canvas, encoding)
    stream = cast(VideoStream, container.add_stream(name, rate=canvas.fps, options=options))
    context = stream.codec_context
    context.width, context.height, context.pix_fmt = canvas.width, canvas.height, "yuv420p"
    context.time_base = stream.time_base = 1 / canvas.fps
    context.gop_size = round(KEY_FRAME_S * canvas.fps)
    context.max_b_frames = encoding.b_frames if name == "libx264" else 0
    context.thread_count, context.thread_type = 1, ThreadType.NONE
    context.flags |= Flags.bitexact | Flags.closed_gop
    tag_bt709(context)
    return stream


def _instructions() -> str:
    """Return x264's setting that keeps it from AVX-512, where the processor has it.

    Its look-ahead in AVX-512 reads memory that nothing wrote, when the height is no multiple of 16: the same frames
    then gave two different files, one run in ten. All of its other instruction sets give the same bytes.
    """
    return ":asm=avx2" if cv2.checkHardwareSupport(_AVX_512F) else ""


def _ceiling(canvas: Canvas, encoding: Encoding) -> str:
    """Return x264's settings that bound a chunk's rate: film grain would cost five times what it is worth.

    The bound doubles with every six steps of quality, as x264's own rate does, and lies well above clean pictures:
    18.7 Mb/s for 1080p30 at quality 18.
    """
    bits = BITS_A_PIXEL * 2 ** ((_USUAL_QUALITY - encoding.quality) / 6)
    kbps = max(_LEAST_KBPS, round(bits * canvas.width * canvas.height * canvas.fps / 1000))
    return f":vbv-maxrate={kbps}:vbv-bufsize={kbps}"


def tag_bt709(context: VideoCodecContext) -> None:
    """Mark a stream as BT.709 with limited range: primaries, transfer and matrix."""
    context.color_primaries, context.color_trc = ColorPrimaries.BT709, ColorTrc.BT709
    context.colorspace, context.color_range = Colorspace.ITU709, ColorRange.MPEG


def _options(encoding: Encoding) -> dict[str, str]:
    """Return the encoder's own settings; the speeds are x264's, and the other encoders get their like."""
    rank = SPEEDS.index(encoding.speed)
    quality = str(encoding.quality)
    match encoding.codec:
        case "h264":
            # The 8×8 transform is what makes a stream High; ultrafast alone leaves it out. Our chroma sits at the
            # center of its four pixels (visuals/pixels), and players assume the left unless they are told.
            params = "open-gop=0:threads=1:8x8dct=1:chromaloc=1" + _look_ahead(encoding.speed)
            return {"preset": encoding.speed, "crf": quality, "profile": "high", "x264-params": params}
        case "gif":
            return {"preset": "ultrafast", "crf": "6", "x264-params": "open-gop=0:threads=1"}
        case "vp9":
            usage = {"deadline": "realtime", "cpu-used": "8"} if rank < _FAST else {"deadline": "good"}
            speed = usage.get("cpu-used") or str(max(1, 5 - (rank - _FAST) // 2))
            return usage | {"cpu-used": speed, "crf": _scaled(encoding.quality, 63), "b": "0", "row-mt": "0"}
        case "av1":
            return {
                "preset": str(max(4, 12 - rank)),
                "crf": _scaled(encoding.quality, 63),
                "svtav1-params": "lp=1:enable-overlays=0:scd=0",
            }


_FAST = 2
_X264_SCALE = 51


def _look_ahead(speed: str) -> str:
    """Return x264's setting that bounds how many frames it holds back: each costs 7 MiB at 1080p.

    The slower speeds would hold 30 to 60. Measured on drawn scenes at speed fast, 20 for 30 gives the same size within
    0.2%, the same quality within 0.02 dB and 75 MiB less in each worker.
    """
    return f":rc-lookahead={_LOOKED_AHEAD}" if SPEEDS.index(speed) > SPEEDS.index("faster") else ""


def _scaled(quality: int, largest: int) -> str:
    """Return x264's constant rate factor on the longer scale of another encoder."""
    return str(min(largest, round(quality * largest / _X264_SCALE)))
