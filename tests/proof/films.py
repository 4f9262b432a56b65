"""Films made by the tests: textured clips that pan, cut where the test says, with whatever fault it wants."""

from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import av
import cv2
import numpy as np

from songreel.base.time import frame_at
from songreel.model.preset import PRESETS
from songreel.model.song_map import Beat, Confidence, Curve, Key, Loudness, Mood, Section, SongMap

WIDTH, HEIGHT = 192, 108
RATE = 48_000
PRESET = PRESETS["youtube"].evolve(width=WIDTH, height=HEIGHT)


@lru_cache(maxsize=64)
def _texture(clip):
    rng = np.random.default_rng(clip)
    texture = cv2.GaussianBlur(rng.normal(size=(HEIGHT + 64, WIDTH + 64)), (0, 0), 9)
    return cv2.normalize(texture, None, 25, 225, cv2.NORM_MINMAX)


def picture(clip, moved):
    """One frame's luma: a texture of its own for each clip, panning slowly."""
    texture, shift = _texture(clip), 64 - abs(64 - moved % 128)
    return np.ascontiguousarray(texture[shift : shift + HEIGHT, shift : shift + WIDTH], np.uint8)


def clips(frames, cuts):
    """Lumas of a film that cuts to a new clip at each of the frames."""
    return list(_clips(frames, cuts))


def _clips(frames, cuts):
    borders = [0, *cuts, frames]
    for clip, (start, end) in enumerate(pairwise(borders)):
        for n in range(start, end):
            yield picture(clip, n - start)


def music(seconds, *, seed=1, rate=RATE):
    """Stereo noise bursts with a decay, twice a second: something that a correlation can hold on to."""
    rng = np.random.default_rng(seed)
    at = np.arange(round(seconds * rate)) / rate
    envelope = 0.05 + 0.5 * np.exp(-6 * (at % 0.5))
    low = np.cumsum(rng.normal(size=(2, len(at))), axis=1)
    low -= cv2.blur(low, (401, 1))
    return (0.6 * envelope * low / np.abs(low).max()).astype(np.float32)


@dataclass
class Film:
    """What to write; the defaults are what the presets want."""

    lumas: list
    fps: Fraction = Fraction(30)
    sound: np.ndarray | None = None
    options: dict = field(default_factory=dict)
    x264: str = "open-gop=0"
    profile: str = "high"
    colors: tuple = (1, 1, 1, 1)
    movflags: str = "+faststart"
    times: list | None = None
    sound_rate: int = RATE
    codec: str = "libx264"

    def write(self, path: Path) -> Path:
        container_options = {"movflags": self.movflags} if self.movflags else {}
        with av.open(str(path), "w", options=container_options) as out:
            video = self._video(out)
            audio = out.add_stream("aac", rate=self.sound_rate, layout="stereo") if self.sound is not None else None
            if audio:
                audio.bit_rate = 192_000
                out.mux(audio.encode(self._frame()))
                out.mux(audio.encode(None))
            for n, luma in enumerate(self.lumas):
                frame = np.full((luma.shape[0] * 3 // 2, luma.shape[1]), 128, np.uint8)
                frame[: luma.shape[0]] = luma
                shown = av.VideoFrame.from_ndarray(frame, format="yuv420p")
                shown.pts, shown.time_base = (self.times[n] if self.times else n), 1 / self.fps
                out.mux(video.encode(shown))
            out.mux(video.encode(None))
        return path

    def _video(self, out):
        video = out.add_stream(self.codec, rate=self.fps, options=self._options())
        height, width = self.lumas[0].shape
        video.width, video.height, video.pix_fmt, video.time_base = width, height, "yuv420p", 1 / self.fps
        coder = video.codec_context
        coder.max_b_frames, coder.gop_size, coder.thread_count = 2, 60, 1
        coder.color_primaries, coder.color_trc, coder.colorspace, coder.color_range = self.colors
        return video

    def _options(self):
        if self.codec != "libx264":
            return self.options
        return {"preset": "veryfast", "crf": "20", "profile": self.profile, "x264-params": self.x264} | self.options

    def _frame(self):
        frame = av.AudioFrame.from_ndarray(self.sound, format="fltp", layout="stereo")
        frame.sample_rate = self.sound_rate
        frame.pts = 0
        return frame


def write_song(path, sound, rate=RATE):
    """Write a song that decodes to exactly these samples."""
    with av.open(str(path), "w") as out:
        stream = out.add_stream("pcm_f32le", rate=rate, layout="stereo")
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(sound.T.reshape(1, -1)), format="flt", layout="stereo")
        frame.sample_rate = rate
        out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    return path


def on_beats(fps, seconds, *, bpm=120, every=2):
    """The beats of a steady song, and the frames nearest to every so many of them."""
    beats = np.arange(0, seconds, 60 / bpm)
    frames = [frame_at(float(beat), Fraction(fps)) for beat in beats[every::every]]
    return tuple(float(beat) for beat in beats), [frame for frame in frames if frame < int(seconds * fps) - 2]


def song_map(seconds, beats=()):
    """What would have been heard in a song of this length with these beats."""
    flat = Curve.of(np.zeros(4), 10)
    return SongMap(
        song="0" * 32,
        duration=Fraction(seconds),
        bpm=120 if beats else 0,
        meter=4 if beats else 0,
        tempo=(),
        beats=tuple(Beat(at=beat, position=n % 4 + 1, confidence=1) for n, beat in enumerate(beats)),
        sections=(Section(id="A", label="verse", start=0, end=float(seconds), energy=0.5, confidence=1),),
        events=(),
        onsets=(),
        bands=dict.fromkeys(("sub", "bass", "lowmid", "mid", "treble"), flat),
        hits=dict.fromkeys(("kick", "snare", "hat"), flat),
        level=flat,
        brightness=flat,
        loudness=Loudness(integrated_lufs=-14, range_lu=5, true_peak_dbtp=-1),
        key=Key(tonic="C", mode="major", confidence=1),
        mood=Mood(arousal=0.5, valence=0.5, confidence=1),
        confidence=Confidence(beats=1, downbeats=1, sections=1),
    )
