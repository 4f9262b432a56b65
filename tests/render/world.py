"""A small world to render: a song of clicks with its map, photos, a moving clip, and timelines of them."""

from fractions import Fraction
from pathlib import Path

import numpy as np
from PIL import Image

from songreel.base.ids import digest
from songreel.media.store import Cache
from songreel.model.preset import Encoding, Preset
from songreel.model.song_map import (
    BANDS,
    HITS,
    Beat,
    Confidence,
    Curve,
    Event,
    Key,
    Loudness,
    Mood,
    Section,
    SongMap,
    TempoPoint,
)
from songreel.model.timeline import (
    Canvas,
    Clip,
    Place,
    SceneSource,
    SoundSource,
    TextSource,
    Timeline,
    Track,
    VisualizerSource,
)
from songreel.render.prepare import prepare

PALETTE = ("#0b0a1a", "#2b1f52", "#e8467c", "#3fc1d9", "#fff0e0")
SONG, PHOTO, TALL, FEEDBACK, SOLID = (digest(name) for name in ("song", "photo", "tall", "feedback", "solid"))
FEEDBACK_SHADER = """/*{"ISFVSN": "2", "INPUTS": [{"NAME": "kick", "TYPE": "float", "DEFAULT": 0}],
"PASSES": [{"TARGET": "held", "PERSISTENT": true, "FLOAT": true}]}*/
void main() {
    vec4 old = IMG_NORM_PIXEL(held, isf_FragNormCoord);
    gl_FragColor = vec4(mod(old.rgb + vec3(0.011, 0.007 + 0.01 * kick, 0.003), 1.0), 1.0);
}
"""
ENCODING = Encoding(speed="ultrafast", quality=30)


def preset(width=160, height=90, **changes):
    fields = {"name": "test", "description": "", "fps": Fraction(10), "encoding": ENCODING, "audio_kbps": 96}
    return Preset(width=width, height=height, **(fields | changes))


def song_map(seconds=12.0, bpm=120.0):
    ramp = np.abs(np.sin(np.arange(int(seconds * 50)) / 17))
    hits = np.zeros(int(seconds * 100))
    hits[:: int(100 * 60 / bpm)] = 1
    beats = np.arange(0, seconds, 60 / bpm)
    return SongMap(
        song=SONG,
        duration=Fraction(seconds).limit_denominator(1000),
        bpm=bpm,
        meter=4,
        tempo=(TempoPoint(at=0, bpm=bpm),),
        beats=tuple(Beat(at=float(at), position=i % 4 + 1, confidence=1) for i, at in enumerate(beats)),
        sections=(
            Section(id="A", label="verse", start=0, end=seconds / 2, energy=0.3, confidence=1),
            Section(id="B", label="chorus", start=seconds / 2, end=seconds, energy=0.9, confidence=1),
        ),
        events=(
            Event(kind="build-up", at=seconds / 4, strength=1, duration=seconds / 4),
            Event(kind="drop", at=seconds / 2, strength=1),
        ),
        onsets=tuple(float(at) for at in beats),
        bands={name: Curve.of(ramp, 50) for name in BANDS},
        hits={name: Curve.of(hits, 100) for name in HITS},
        level=Curve.of(ramp, 50),
        brightness=Curve.of(ramp, 50),
        loudness=Loudness(integrated_lufs=-14, range_lu=3, true_peak_dbtp=-1),
        key=Key(tonic="C", mode="minor", confidence=1),
        mood=Mood(arousal=0.5, valence=0.5, confidence=1),
        confidence=Confidence(beats=1, downbeats=1, sections=1),
    )


SOLID_SHADER = """/*{"ISFVSN": "2", "INPUTS": [{"NAME": "seed", "TYPE": "float", "DEFAULT": 0}]}*/
void main() {
    gl_FragColor = vec4(fract(seed * vec3(0.0137, 0.0291, 0.0071)), 1.0);
}
"""


def write_song(path: Path, seconds=12.0):
    """Write a click on each half second over a note."""
    import wave

    rate = 44100
    at = np.arange(int(seconds * rate)) / rate
    sound = 0.2 * np.sin(2 * np.pi * 110 * at) + 0.6 * np.exp(-60 * (at % 0.5)) * np.sin(2 * np.pi * 1500 * at)
    with wave.open(str(path), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(rate)
        out.writeframes((sound * 32000).astype("<i2").tobytes())
    return path


def write_photo(path: Path, width=320, height=240, color=(200, 60, 30)):
    rows, columns = np.mgrid[0:height, 0:width]
    picture = np.zeros((height, width, 3), np.uint8)
    picture[:] = color
    picture[(rows // 16 + columns // 16) % 2 == 0] //= 2
    Image.fromarray(picture).save(path)
    return path


def write_shader(path: Path, text: str):
    path.write_text(text)
    return path


def assets(folder: Path):
    folder.mkdir(parents=True, exist_ok=True)
    return {
        SONG: write_song(folder / "song.wav"),
        PHOTO: write_photo(folder / "photo.png"),
        TALL: write_photo(folder / "tall.png", 150, 300, (30, 90, 220)),
        FEEDBACK: write_shader(folder / "feedback.fs", FEEDBACK_SHADER),
        SOLID: write_shader(folder / "solid.fs", SOLID_SHADER),
    }


def clip(identity, start, end, source, **more):
    return Clip(id=identity, name=identity, start=start, end=end, source=source, **more)


def timeline(base, *, frames=None, width=160, height=90, fps=10, **tracks):
    """Return a timeline with a base track, a song and other tracks by role."""
    frames = frames or base[-1].end
    sound = clip("song", 0, frames, SoundSource(asset=SONG, at=Fraction(0)))
    named = {"base": base, **tracks, "song": (sound,)}
    return Timeline(
        canvas=Canvas(width=width, height=height, fps=Fraction(fps)),
        frames=frames,
        seed=3,
        look="test",
        palette=PALETTE,
        tracks=tuple(Track(id=role, role=role, clips=tuple(clips)) for role, clips in named.items()),
    )


def scene(name="city-night", **more):
    return SceneSource(scene=name, resolution=0.5, **more)


def title(text="Song", start=0, end=20):
    return clip(f"title-{start}", start, end, TextSource(text=text))


def bars(start=0, end=20):
    place = Place(x=0.1, y=0.6, width=0.8, height=0.3)
    return clip("bars", start, end, VisualizerSource(design="bars", place=place, color="#ffffff"))


def prepared(timeline, assets, folder, *, song_map=None, loops=False):
    cache = Cache(Path(folder) / "cache", 1 << 30)
    return prepare(timeline, assets, song_map or globals()["song_map"](), cache=cache, loops=loops)
