"""Song maps, scenes and media made up for the tests: no file is read."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from songreel.director.stock import Stock
from songreel.model.asset import Asset
from songreel.model.material import Material, Shot
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
from songreel.visuals.shader import Hints, Input, Shader

SONG = "0" * 32
FORM = (
    ("A", "intro", 4, 0.2),
    ("B", "verse", 8, 0.45),
    ("C", "chorus", 8, 0.85),
    ("B", "verse", 8, 0.45),
    ("C", "chorus", 8, 0.9),
    ("D", "outro", 4, 0.2),
)


def song_map(
    *,
    bpm: float = 120,
    meter: int = 4,
    form: Sequence[tuple[str, str, int, float]] = FORM,
    offset: float = 0.0,
    events: Sequence[Event] = (),
    level: Sequence[float] | None = None,
    beats: bool = True,
    tail: float = 0.0,
) -> SongMap:
    """A song of steady tempo; the form is (id, label, bars, energy)."""
    bar = 60 / bpm * meter
    at, sections = offset, []
    for name, label, bars, energy in form:
        end = at + bars * bar
        sections.append(Section(id=name, label=label, start=at, end=end, energy=energy, confidence=0.9))
        at = end
    sections[0] = sections[0].evolve(start=0.0)
    duration = at + tail
    sections[-1] = sections[-1].evolve(end=duration)
    count = round((at - offset) * bpm / 60)
    heard = [Beat(at=offset + n * 60 / bpm, position=n % meter + 1, confidence=0.9) for n in range(count)]
    flat = Curve.of(np.full(64, 0.5), 64 / duration)
    return SongMap(
        song=SONG,
        duration=Fraction(duration).limit_denominator(48000),
        bpm=bpm if beats else 0,
        meter=meter if beats else 0,
        tempo=(TempoPoint(at=0, bpm=bpm),) if beats else (),
        beats=tuple(heard) if beats else (),
        sections=tuple(sections),
        events=tuple(events),
        onsets=tuple(beat.at for beat in heard),
        bands=dict.fromkeys(BANDS, flat),
        hits=dict.fromkeys(HITS, flat),
        level=Curve.of(level, len(level) / duration) if level is not None else flat,
        brightness=flat,
        loudness=Loudness(integrated_lufs=-14, range_lu=6, true_peak_dbtp=-1),
        key=Key(tonic="A", mode="minor", confidence=0.7),
        mood=Mood(arousal=0.6, valence=0.5, confidence=0.5),
        confidence=Confidence(beats=0.9, downbeats=0.9, sections=0.9),
    )


def scene(name: str, family: str, energy: tuple[float, float], moods: str, words: str = "", zh: str = "") -> Shader:
    """A generator with one knob."""
    inputs = (
        Input("energy", "float", default=0.5, minimum=0.0, maximum=1.0),
        Input("depth", "float", default=1.0, minimum=0.5, maximum=2.0),
    )
    if name == "cover-stage":
        inputs += (Input("cover", "image"),)
    hints = Hints(
        family=family,
        energy=energy,
        moods=tuple(moods.split()),
        words={"en": tuple(words.split(",")) if words else (), "zh": tuple(zh.split(",")) if zh else ()},
        resolution=0.5 if family != "sky" else None,
    )
    return Shader(name=name, path=None, kind="generator", body="", vertex=None, digest=name, inputs=inputs, hints=hints)


SCENES = {
    each.name: each
    for each in (
        scene("aurora", "sky", (0, 0.6), "calm dreamy", "aurora,northern lights", "极光"),
        scene("bokeh-rain", "rain", (0, 0.6), "calm nostalgic", "rain,bokeh,window", "雨,雨夜"),
        scene("city-night", "city", (0.3, 1), "urban night", "city,street,skyline,night", "城市,夜景"),
        scene("cover-stage", "cover", (0, 1), "elegant", "cover art", "封面"),
        scene("kaleidoscope", "geometric", (0.5, 1), "playful vivid", "kaleidoscope,mandala", "万花筒"),
        scene("neon-grid", "grid", (0.4, 1), "futuristic", "grid,neon,retro", "霓虹,网格"),
        scene("ocean-dusk", "water", (0, 0.6), "calm natural", "ocean,sea,waves,beach", "海,大海,海边"),
        scene("starfield", "stars", (0, 1), "epic mysterious", "stars,space,galaxy", "星空,宇宙"),
        scene("tunnel", "tunnel", (0.5, 1), "hypnotic", "tunnel,vortex", "隧道"),
    )
}
COVER = "c" * 32


def song_asset(title: str = "", artist: str = "", name: str = "track01.mp3") -> Asset:
    return Asset(id=SONG, kind="song", name=name, path=name, duration=60, title=title, artist=artist)


def photo(number: int, width: int = 1600, height: int = 1200) -> Asset:
    name = f"photo{number}.jpg"
    return Asset(id=f"{number:032x}", kind="photo", name=name, path=name, width=width, height=height)


def clip(number: int, seconds: float, width: int = 1280, height: int = 720) -> Asset:
    name = f"clip{number}.mp4"
    return Asset(
        id=f"{number + 1000:032x}", kind="footage", name=name, path=name, duration=Fraction(seconds), width=width,
        height=height, fps=30,
    )  # fmt: skip


def looked_at(
    asset: Asset,
    shots: Sequence[tuple[float, float, float]] = (),
    x: float = 0.5,
    y: float = 0.5,
    glances: Sequence[str] = (),
) -> Material:
    made = tuple(
        Shot(start=start, end=end, sharpness=0.8, motion=0.5, exposure=0.8, score=score, glance=glance)
        for (start, end, score), glance in zip(shots, glances or [""] * len(shots), strict=True)
    )
    colors = ("#101820", "#c04020", "#f0e0c0")
    return Material(asset=asset.id, width=asset.width, height=asset.height, x=x, y=y, colors=colors, shots=made)


def stock(*media: Asset, materials: Sequence[Material] = (), cover: bool = False, **song: str) -> Stock:
    assets = {asset.id: asset for asset in media}
    if cover:
        assets[COVER] = Asset(id=COVER, kind="photo", name="cover.png", path="cover.png", width=1400, height=1400)
    return Stock(
        song=song_asset(**song),
        assets=assets,
        materials={each.asset: each for each in materials},
        scenes=SCENES,
        cover=COVER if cover else None,
    )
