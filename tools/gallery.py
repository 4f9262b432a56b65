"""Build the gallery: a page with a picture of every scene, look, effect, transition, visualizer and design of words.

``python tools/gallery.py OUT`` writes OUT/index.html and the pictures beside it; a song that the program composes
moves them. Everything is drawn by the program's own layers, from timelines, as a video is.
"""

from __future__ import annotations

import html
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from songreel.analysis import pipeline
from songreel.base import seed
from songreel.demo import song as composer
from songreel.director import look, plan
from songreel.director.stock import Stock
from songreel.media import probe
from songreel.media.store import Cache
from songreel.model.asset import Asset
from songreel.model.brief import Brief
from songreel.model.preset import preset
from songreel.model.song_map import SongMap
from songreel.model.timeline import (
    Canvas,
    Clip,
    Effect,
    Place,
    SceneSource,
    SoundSource,
    TextSource,
    Timeline,
    Track,
    Transition,
    VisualizerSource,
)
from songreel.render import still
from songreel.render.prepare import prepare
from songreel.visuals import catalog, visualizers
from songreel.visuals.text_designs import DESIGNS

CANVAS = Canvas(width=960, height=540, fps=Fraction(30))
TALL = Canvas(width=540, height=960, fps=Fraction(30))
SHOWN = (480, 270)
SECONDS = 8
BEFORE, AFTER = "city-night", "ocean-dusk"
PLACE = Place(x=0.1, y=0.2, width=0.8, height=0.6)
PAGE = """<!doctype html><meta charset="utf-8"><title>Songreel: gallery</title>
<style>body{{background:#111;color:#ddd;font:16px system-ui;margin:2rem}}section{{margin-bottom:3rem}}
figure{{display:inline-block;margin:.4rem;vertical-align:top}}img{{display:block;border-radius:4px;max-width:31rem}}
figcaption{{max-width:31rem;padding:.3rem 0}}small{{color:#999}}</style><h1>Songreel: gallery</h1>{sections}"""


@dataclass(frozen=True)
class Figure:
    """A picture with its name and what is said of it."""

    file: str
    name: str
    told: str


@dataclass(frozen=True)
class Gallery:
    """Where pictures go, and the song that moves them."""

    folder: Path
    song: Asset
    heard: SongMap
    cache: Cache

    def strip(self, kind: str, name: str, timeline: Timeline, frames: Sequence[int]) -> str:
        """Draw some frames of a timeline side by side, and return the name of the file."""
        ready = prepare(timeline, {self.song.id: Path(self.song.path)}, self.heard, cache=self.cache)
        drawn = [still.still(ready, frame) for frame in frames]
        height = SHOWN[1]
        small = [
            cv2.resize(each, (round(each.shape[1] * height / each.shape[0]), height), interpolation=cv2.INTER_AREA)
            for each in drawn
        ]
        return self.kept(f"{kind}-{name}.jpg", np.hstack(small))

    def kept(self, file: str, picture: NDArray[np.uint8]) -> str:
        """Write an RGB picture, and return the name of its file."""
        cv2.imwrite(str(self.folder / file), cv2.cvtColor(picture, cv2.COLOR_RGB2BGR))
        return file

    def timeline(self, base: Sequence[Clip], canvas: Canvas = CANVAS, **over: Clip) -> Timeline:
        """Return eight seconds of the song from its chorus, with some clips over the base."""
        frames = base[-1].end
        chorus = next((each.start for each in self.heard.sections if each.label == "chorus"), 0.0)
        sound = SoundSource(asset=self.song.id, at=Fraction(chorus).limit_denominator(1000))
        named = {"base": tuple(base), **{role: (clip,) for role, clip in over.items()}}
        named["song"] = (Clip(id="song", name="song", start=0, end=frames, source=sound),)
        palette = look.looks()["neon"].palette
        tracks = tuple(Track(id=role, role=role, clips=clips) for role, clips in named.items())  # type: ignore[arg-type]
        return Timeline(canvas=canvas, frames=frames, seed=1, look="neon", palette=palette, tracks=tracks)

    def scenes(self) -> Iterator[Figure]:
        """Draw every scene, wide and tall."""
        for name, shader in catalog.scenes().items():
            if any(entry.type == "image" for entry in shader.inputs):
                file = self.kept(f"scene-{name}.jpg", still.scene_still(shader, *SHOWN))
            else:
                file = self.strip("scene", name, self.timeline([_clip(name)]), [40, 130])
            yield Figure(file, name, shader.description)

    def looks(self) -> Iterator[Figure]:
        """Plan a video in every look, and draw its title, a verse and a chorus."""
        stock = Stock(song=self.song, scenes=catalog.scenes())
        for name, each in look.looks().items():
            brief = Brief(looks=(name,), title="First Light", artist="Songreel", visualizer="any")
            wanted = preset("preview")
            made = plan.make(self.heard, brief, stock, CANVAS, wanted).timeline
            yield Figure(self.strip("look", name, made, _telling(made)), name, each.description)

    def effects(self) -> Iterator[Figure]:
        """Draw a scene under every effect, half and whole."""
        for name, shader in catalog.effects().items():
            half, whole = ([_clip(BEFORE, effects=(Effect(name=name, amount=amount),))] for amount in (0.5, 1.0))
            halves = self.strip("effect", f"{name}-half", self.timeline(half), [31])
            wholes = self.strip("effect", name, self.timeline(whole), [31])
            yield Figure(halves, f"{name}, half", shader.description)
            yield Figure(wholes, f"{name}, whole", "")

    def transitions(self) -> Iterator[Figure]:
        """Draw three moments of every transition."""
        for name, shader in catalog.transitions().items():
            base = [_clip(BEFORE, end=60), _clip(AFTER, 60, 120, transition=Transition(name=name, frames=20))]
            yield Figure(self.strip("transition", name, self.timeline(base), [64, 69, 75]), name, shader.description)

    def visualizers(self) -> Iterator[Figure]:
        """Draw every visualizer over a scene."""
        for name, design in visualizers.DESIGNS.items():
            source = VisualizerSource(design=name, place=PLACE, color="#ffffff")
            over = Clip(id="v", name=name, start=0, end=240, source=source)
            made = self.timeline([_clip(AFTER)], visualizer=over)
            yield Figure(self.strip("visualizer", name, made, [40, 52]), name, ", ".join(design.words["en"]))

    def words(self) -> Iterator[Figure]:
        """Draw every design of words as it comes and as it stands, in Latin and Chinese letters."""
        for name, design in DESIGNS.items():
            for language, text in (("en", "Paper Moons"), ("zh", "纸月亮")):
                over = Clip(id="t", name=text, start=0, end=120, source=TextSource(text=text, design=name))
                made = self.timeline([_clip(BEFORE, end=120)], titles=over)
                file = self.strip("words", f"{name}-{language}", made, [6, 60])
                yield Figure(file, name, ", ".join(design.words[language]))


def _clip(scene: str, start: int = 0, end: int = 30 * SECONDS, **more: object) -> Clip:
    shader = catalog.find_scene(scene)
    number = seed.number(1, scene) % 1000
    source = SceneSource(scene=scene, seed=number, resolution=shader.hints.resolution or 0.5)
    return Clip.model_validate({"id": f"c{start}", "name": scene, "start": start, "end": end, "source": source, **more})


def _telling(made: Timeline) -> list[int]:
    """Return a frame of the title, one of a calm shot, one of the fullest."""
    title = next((clip for clip in made.clips("titles")), None)
    middle = [(clip.start + clip.end) // 2 for clip in made.clips("base")]
    return [
        (title.start + title.end) // 2 if title else middle[0],
        middle[len(middle) // 3],
        middle[len(middle) * 2 // 3],
    ]


def build(out: Path) -> int:
    """Build the page, and return how many pictures are on it."""
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        wav = Path(folder) / "song.wav"
        composer.write_wav(composer.compose(), wav)
        song = probe.song(wav)
        gallery = Gallery(out, song, pipeline.hear(wav, song), Cache(Path(folder) / "cache", 1 << 32))
        parts = {
            "Looks": list(gallery.looks()),
            "Scenes": list(gallery.scenes()),
            "Effects": list(gallery.effects()),
            "Transitions": list(gallery.transitions()),
            "Visualizers": list(gallery.visualizers()),
            "Words": list(gallery.words()),
        }
    sections = "".join(
        f"<section><h2>{name}</h2>{''.join(map(_figure, figures))}</section>" for name, figures in parts.items()
    )
    (out / "index.html").write_text(PAGE.format(sections=sections), encoding="utf-8")
    return sum(map(len, parts.values()))


def _figure(figure: Figure) -> str:
    told = f"<br><small>{html.escape(figure.told)}</small>" if figure.told else ""
    return f'<figure><img src="{figure.file}" alt=""><figcaption>{html.escape(figure.name)}{told}</figcaption></figure>'


if __name__ == "__main__":
    print(f"{build(Path(sys.argv[1]))} pictures: {sys.argv[1]}/index.html")
