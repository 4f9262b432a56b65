"""One scene, also drawn by others: a blurred cover with a slow zoom, bars, a title, for so many seconds of a song.

It is made through the Python layers, in a process of its own, from a timeline written by hand. The scene follows no
beat, so nothing is listened for: its song map is empty, as its rival, a filter graph, hears nothing either.
Usage: python -m bench.rivals SONG COVER TITLE SECONDS OUT SPEED QUALITY WORKERS
"""

from __future__ import annotations

import sys
import tempfile
from fractions import Fraction
from pathlib import Path

import cv2
import numpy as np

from songreel.base.ids import digest_file
from songreel.media import pictures, probe
from songreel.media.store import Cache
from songreel.model.preset import Encoding, preset
from songreel.model.song_map import BANDS, HITS, Confidence, Curve, Key, Loudness, Mood, Section, SongMap
from songreel.model.timeline import (
    Canvas,
    Clip,
    Framing,
    PhotoSource,
    Place,
    SoundSource,
    TextSource,
    TextStyle,
    Timeline,
    Track,
    VisualizerSource,
)
from songreel.render import film

WIDTH, HEIGHT = 1920, 1080
FPS = Fraction(30)
BLUR = 24
ZOOM = 1.1
PALETTE = ("#000000", "#202020", "#808080", "#c0c0c0", "#ffffff")


def blurred(cover: Path, out: Path) -> Path:
    """Write the cover, cropped to the frame and blurred."""
    picture = pictures.load(cover, longest=WIDTH)[..., :3]
    scale = max(WIDTH / picture.shape[1], HEIGHT / picture.shape[0])
    size = (round(picture.shape[1] * scale), round(picture.shape[0] * scale))
    large = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
    top, left = (size[1] - HEIGHT) // 2, (size[0] - WIDTH) // 2
    framed = np.ascontiguousarray(large[top : top + HEIGHT, left : left + WIDTH])
    cv2.imwrite(str(out), cv2.cvtColor(cv2.GaussianBlur(framed, (0, 0), BLUR), cv2.COLOR_RGB2BGR))
    return out


def scene(song: str, cover: str, title: str, frames: int) -> Timeline:
    """Return the scene as a timeline; ``song`` and ``cover`` are asset ids."""
    zoom = PhotoSource(asset=cover, begin=Framing(), finish=Framing(zoom=ZOOM))
    place = Place(x=99 / WIDTH, y=580 / HEIGHT, width=1728 / WIDTH, height=420 / HEIGHT)
    bars = VisualizerSource(design="bars", place=place, color="#ffffff")
    words = TextSource(text=title, position="top-left", style=TextStyle(color="#ffffff", bold=True))
    sources = {"base": zoom, "visualizer": bars, "titles": words, "song": SoundSource(asset=song, at=Fraction(0))}
    return Timeline(
        canvas=Canvas(width=WIDTH, height=HEIGHT, fps=FPS),
        frames=frames,
        seed=1,
        look="plain",
        palette=PALETTE,
        tracks=tuple(
            Track(id=role, role=role, clips=(Clip(id=role, name=role, start=0, end=frames, source=source),))
            for role, source in sources.items()
        ),
    )


def heard_nothing(song: str, duration: Fraction) -> SongMap:
    """Return the map of a song to which nobody listened."""
    flat = Curve.of(np.zeros(2), 1)
    return SongMap(
        song=song,
        duration=duration,
        bpm=0,
        meter=0,
        tempo=(),
        beats=(),
        sections=(Section(id="A", label="verse", start=0, end=float(duration), energy=0.5, confidence=0),),
        events=(),
        onsets=(),
        bands=dict.fromkeys(BANDS, flat),
        hits=dict.fromkeys(HITS, flat),
        level=flat,
        brightness=flat,
        loudness=Loudness(integrated_lufs=-14, range_lu=0, true_peak_dbtp=-1),
        key=Key(tonic="C", mode="major", confidence=0),
        mood=Mood(arousal=0.5, valence=0.5, confidence=0),
        confidence=Confidence(beats=0, downbeats=0, sections=0),
    )


def main() -> None:
    song, cover, title, seconds, out, speed, quality, workers = sys.argv[1:]
    asset = probe.song(Path(song))
    with tempfile.TemporaryDirectory() as folder:
        background = blurred(Path(cover), Path(folder) / "cover.png")
        key = digest_file(background)
        film.render(
            scene(asset.id, key, title, round(float(seconds) * FPS)),
            assets={asset.id: Path(song), key: background},
            song_map=heard_nothing(asset.id, asset.duration),
            preset=preset("youtube").evolve(encoding=Encoding(speed=speed, quality=int(quality)), audio_kbps=192),
            out=Path(out),
            workers=int(workers),
            cache=Cache(Path(folder) / "cache", 10**11),
        )


if __name__ == "__main__":
    main()
