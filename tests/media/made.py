"""Media made by the tests: songs with a click at a known sample, clips whose frames carry their number."""

from fractions import Fraction
from pathlib import Path

import av
import cv2
import numpy as np

from songreel.media.encode import Encoder
from songreel.model.preset import Encoding
from songreel.model.timeline import Canvas

CLICK = 30_000
CLICK_MIDDLE = CLICK + 19.5
WIDTH, HEIGHT = 128, 72

# name → encoder, libav's format, is it lossless
SONGS = {
    "a.wav": ("pcm_s16le", "wav", True),
    "a24.wav": ("pcm_s24le", "wav", True),
    "a32.wav": ("pcm_f32le", "wav", True),
    "a.aiff": ("pcm_s16be", "aiff", True),
    "a.flac": ("flac", "flac", True),
    "flac.mkv": ("flac", "matroska", True),
    "alac.m4a": ("alac", "ipod", True),
    "a.mp3": ("libmp3lame", "mp3", False),
    "a.m4a": ("aac", "ipod", False),
    "a.aac": ("aac", "adts", False),
    "a.mp4": ("aac", "mp4", False),
    "a.mov": ("aac", "mov", False),
    "a.mkv": ("aac", "matroska", False),
    "a.opus": ("libopus", "ogg", False),
    "a.webm": ("libopus", "webm", False),
    "a.ogg": ("vorbis", "ogg", False),
}


def click(seconds=2, rate=48_000, channels=2, at=CLICK):
    """A soft click in near silence, float32 (channels, n)."""
    sound = np.zeros((channels, int(seconds * rate)), np.float32)
    sound[:, at : at + 40] = np.hanning(40) * 0.9
    return sound


def write_song(path, sound, *, rate=48_000, codec=None, container=None, tags=None, layout=None):
    """Encode float32 (channels, n) with libav, as any encoder would."""
    known = SONGS.get(Path(path).name, ("pcm_s16le", "wav", True))
    codec, container = codec or known[0], container or known[1]
    layout = layout or {1: "mono", 2: "stereo", 6: "5.1"}[len(sound)]
    with av.open(str(path), "w", format=container) as out:
        out.metadata.update(tags or {})
        stream = out.add_stream(codec, rate=rate, options={"strict": "experimental"})
        stream.codec_context.layout = layout
        if codec in ("aac", "libmp3lame", "libopus"):
            stream.codec_context.bit_rate = 192_000
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(sound), format="fltp", layout=layout)
        frame.sample_rate, frame.pts, frame.time_base = rate, 0, Fraction(1, rate)
        size = stream.codec_context.frame_size or 4096
        ready = av.AudioResampler(stream.codec_context.format, layout, rate, frame_size=size)
        for piece in [*ready.resample(frame), *ready.resample(None)]:
            out.mux(stream.encode(piece))
        out.mux(stream.encode(None))
    return path


def peak_at(sound):
    """The sample of the loudest moment, between samples, by a parabola through the three around it."""
    level = np.abs(sound).max(axis=0)
    top = int(np.argmax(level))
    left, middle, right = (float(level[index]) for index in (top - 1, top, top + 1))
    return top + 0.5 * (left - right) / (left - 2 * middle + right)


def luma(number, width=WIDTH, height=HEIGHT):
    """Grey levels that say a frame's number in eight squares (bits), with a moving ramp below them."""
    picture = np.full((height, width), 60, np.uint8)
    picture[height // 2 :] = 40 + (np.arange(width) * 2 + 3 * number) % 120
    side = width // 8
    for bit in range(8):
        picture[: height // 3, bit * side : (bit + 1) * side] = 210 if number >> bit & 1 else 30
    return picture


def frame(number, width=WIDTH, height=HEIGHT, u=128, v=128):
    """An I420 frame that carries its number."""
    chroma = np.concatenate([np.full(width * height // 4, level, np.uint8) for level in (u, v)])
    return np.concatenate([luma(number, width, height).ravel(), chroma]).reshape(height * 3 // 2, width)


def number_of(gray):
    """Read the number of a picture made by `luma`, at any size: (h, w) gray."""
    small = cv2.resize(np.ascontiguousarray(gray), (WIDTH, HEIGHT), interpolation=cv2.INTER_AREA)
    side = WIDTH // 8
    squares = [small[4 : HEIGHT // 3 - 4, bit * side + 4 : (bit + 1) * side - 4].mean() for bit in range(8)]
    return sum(1 << bit for bit, level in enumerate(squares) if level > 120)


def write_chunks(folder, lengths, *, fps=Fraction(30), codec="h264", start=0, b_frames=2):
    """Chunks of numbered frames, one after another."""
    canvas = Canvas(width=WIDTH, height=HEIGHT, fps=fps)
    paths, number = [], start
    for index, length in enumerate(lengths):
        path = folder / f"chunk-{codec}-{start}-{index}.mkv"
        with Encoder(path, canvas, Encoding(codec=codec, speed="ultrafast", b_frames=b_frames)) as encoder:
            for _ in range(length):
                encoder.write(frame(number))
                number += 1
        paths.append(path)
    return canvas, paths


def write_clip(path, times, *, container="mp4", codec="libx264", size=(WIDTH, HEIGHT), **settings):
    """A clip whose n-th frame is shown at ``times[n]`` milliseconds and carries n; settings go to the encoder."""
    with av.open(str(path), "w", format=container) as out:
        stream = out.add_stream(codec, rate=settings.pop("rate", 30), options=settings.pop("options", {}))
        context = stream.codec_context
        context.width, context.height = size
        context.pix_fmt = settings.pop("pix_fmt", "yuv420p")
        # AVI has no times, only a rate.
        context.time_base = stream.time_base = Fraction(
            1, int(stream.codec_context.framerate) if container == "avi" else 1000
        )
        for name, value in settings.items():
            setattr(context, name, value)
        for number, time in enumerate(times):
            picture = av.VideoFrame.from_ndarray(luma(number, *size), format="gray").reformat(format=context.pix_fmt)
            picture.pts, picture.time_base = time, Fraction(1, 1000)
            out.mux(stream.encode(picture))
        out.mux(stream.encode(None))
    return path


def turn(path, degrees):
    """Write a rotation into an MP4's track header, as cameras do: shown turned clockwise by 90, 180 or 270 degrees."""
    one = 1 << 16
    matrix = {90: (0, one, -one, 0), 180: (-one, 0, 0, -one), 270: (0, -one, one, 0)}[degrees]
    data = bytearray(path.read_bytes())
    at = data.index(b"tkhd") + 4 + 40
    for index, value in zip((0, 1, 3, 4), matrix, strict=True):
        data[at + 4 * index : at + 4 * index + 4] = value.to_bytes(4, "big", signed=True)
    path.write_bytes(bytes(data))
    return path
