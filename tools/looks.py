"""Draw every look on some songs to sheets of frames, to be looked at, without rendering a video.

``python tools/looks.py OUT SONG...`` plans each song in each look and writes OUT/LOOK.png: a row of twelve frames for
each song, its title first. ``--looks neon,metal`` draws some of them.
"""

from __future__ import annotations

import argparse
import tempfile
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from songreel.analysis import pipeline
from songreel.director import look, plan
from songreel.director.stock import Stock
from songreel.media import probe
from songreel.media.store import Cache
from songreel.model.asset import Asset
from songreel.model.brief import Brief
from songreel.model.preset import preset
from songreel.model.song_map import SongMap
from songreel.model.timeline import Canvas, Timeline
from songreel.render.compose import Painter
from songreel.render.evaluate import evaluate
from songreel.render.prepare import prepare
from songreel.visuals import catalog, pixels

CANVAS = Canvas(width=480, height=270, fps=Fraction(30))
SHOWN = (320, 180)
FRAMES, COLUMNS = 12, 6

Picture = NDArray[np.uint8]


@dataclass(frozen=True)
class Heard:
    """A song and what is heard in it."""

    song: Asset
    song_map: SongMap


def heard(path: Path) -> Heard:
    """Return a song that was listened to."""
    song = probe.song(path)
    return Heard(song, pipeline.hear(path, song))


def sheet(name: str, song: Heard, cache: Cache) -> Picture:
    """Return twelve frames of a song's video in a look, RGB."""
    stock = Stock(song=song.song, scenes=catalog.scenes())
    brief = Brief(looks=(name,), title=song.song.title or "First Light", artist=song.song.artist or "Songreel")
    made = plan.make(song.song_map, brief, stock, CANVAS, preset("preview")).timeline
    ready = prepare(made, {song.song.id: Path(song.song.path)}, song.song_map, cache=cache)
    with Painter(ready) as painter:
        drawn = [pixels.to_rgb(painter.paint(evaluate(ready, frame))) for frame in telling(made)]
    small = [cv2.resize(each, SHOWN, interpolation=cv2.INTER_AREA) for each in drawn]
    rows = [np.hstack(small[at : at + COLUMNS]) for at in range(0, FRAMES, COLUMNS)]
    return np.asarray(np.vstack(rows), np.uint8)


def telling(made: Timeline) -> list[int]:
    """Return a frame of the title, and others from the middles of shots, spread over the video."""
    title = next(iter(made.clips("titles")), None)
    middles = [(clip.start + clip.end) // 2 for clip in made.clips("base")]
    spread = [middles[round(share * (len(middles) - 1))] for share in np.linspace(0.04, 0.97, FRAMES - 1)]
    return [(title.start * 2 + title.end * 3) // 5 if title else middles[0], *spread]


def main() -> None:
    """Read the command line and draw."""
    parser = argparse.ArgumentParser(description="Draw every look on some songs to sheets of frames.")
    parser.add_argument("out", type=Path, help="folder for the sheets")
    parser.add_argument("songs", type=Path, nargs="+", help="songs to draw them on")
    parser.add_argument("--looks", type=lambda text: text.split(","), default=list(look.looks()), help="some looks")
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    songs = [heard(path) for path in given.songs]
    with tempfile.TemporaryDirectory() as folder:
        cache = Cache(Path(folder), 4 << 30)
        for name in given.looks:
            drawn = np.vstack([sheet(name, song, cache) for song in songs])
            cv2.imwrite(str(given.out / f"{name}.png"), cv2.cvtColor(drawn, cv2.COLOR_RGB2BGR))
            print(given.out / f"{name}.png", flush=True)


if __name__ == "__main__":
    main()
