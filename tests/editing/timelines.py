"""A small timeline of every kind of track, made by hand."""

from __future__ import annotations

from fractions import Fraction

from songreel.model.timeline import (
    Canvas,
    Clip,
    Fade,
    PhotoSource,
    PictureSource,
    Place,
    SceneSource,
    SoundSource,
    TextSource,
    Timeline,
    Track,
    Transition,
    VisualizerSource,
)

PALETTE = ("#000000", "#333333", "#777777", "#bbbbbb", "#ffffff")
SONG, PICTURE = "0" * 32, "1" * 32
BAND = Place(x=0.1, y=0.8, width=0.8, height=0.1)


def timeline() -> Timeline:
    """Ten seconds at 30 fps: two base clips, visualizer, logo, title, lyric, song."""
    base = (
        Clip(id="c1", name="city timelapse", start=0, end=150, source=SceneSource(scene="city-night")),
        Clip(
            id="c2",
            name="photo.jpg",
            start=150,
            end=300,
            source=PhotoSource(asset=PICTURE),
            transition=Transition(name="dissolve", frames=15),
            fade=Fade(frames_out=30),
        ),
    )
    bars = VisualizerSource(design="bars", place=BAND, color="#ffffff")
    song = SoundSource(asset=SONG, at=Fraction(0), volume=0.35)
    return Timeline(
        title="Urban Dreams",
        canvas=Canvas(width=1920, height=1080, fps=Fraction(30)),
        frames=300,
        seed=1,
        look="neon",
        palette=PALETTE,
        tracks=(
            Track(id="v1", role="base", clips=base),
            Track(id="v2", role="visualizer", clips=(Clip(id="s1", name="bars", start=0, end=300, source=bars),)),
            Track(id="v3", role="overlay", clips=(_clip("p1", PictureSource(asset=PICTURE, place=BAND), 0, 300),)),
            Track(id="x1", role="titles", clips=(_clip("t1", TextSource(text="Urban Dreams"), 0, 90),)),
            Track(id="x2", role="lyrics", clips=(_clip("t2", TextSource(text="run", role="lyric"), 60, 120),)),
            Track(id="a", role="song", clips=(Clip(id="a1", name="Lo-fi", start=0, end=300, source=song),)),
        ),
    )


def _clip(key: str, source: TextSource | PictureSource, start: int, end: int) -> Clip:
    name = source.text if isinstance(source, TextSource) else "logo"
    return Clip(id=key, name=name, start=start, end=end, source=source)
