"""From what was heard and what is wanted to a timeline.

Order: window, look, pace, cuts, pictures, transitions and effects, words, visualizer. Each decision draws from its
own random stream, so that a change of words changes no picture.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from songreel.director import casting, color, dressing, framing, pacing, scenes, titles
from songreel.director import look as looks
from songreel.director import window as windows
from songreel.director.casting import Casting, Shown
from songreel.director.look import Look
from songreel.director.pacing import Shot
from songreel.director.stock import Stock
from songreel.director.window import Window
from songreel.editing import boxes
from songreel.model.brief import Brief, Pace
from songreel.model.document import AssetId, Color
from songreel.model.preset import Preset
from songreel.model.song_map import SongMap
from songreel.model.timeline import (
    Canvas,
    Clip,
    Fade,
    Palette,
    SceneSource,
    SoundSource,
    Timeline,
    Track,
    VisualizerSource,
)
from songreel.visuals import visualizers

_BRIGHT, _OPACITY = 0.62, 0.9
COVER_FROM_S = 20.0
"""Shorter videos do not close on the cover unasked, or open on it where there is nothing else of the person's."""
_CLOSING_S = 1.5
"""A cover that closes the video, as asked for, is seen at least so long."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A timeline, and what was chosen, substituted or left out on the way."""

    timeline: Timeline
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scheme:
    """What is decided before the first picture is handed out."""

    window: Window
    look: Look
    pace: Pace
    brief: Brief
    stock: Stock
    canvas: Canvas
    preset: Preset


def make(song_map: SongMap, brief: Brief, stock: Stock, canvas: Canvas, preset: Preset) -> Planned:
    """Return a whole video for a song, and notes on what was decided.

    The same arguments always give the same timeline. Raises BadRequest when there is nothing to show.
    """
    window, notes = windows.choose(song_map, brief, preset, canvas.fps)
    look = looks.choose(brief, song_map)
    scheme = Scheme(window, look, looks.pace_of(look, brief), brief, stock, canvas, preset)
    said = [*notes, *_said(scheme)]
    shots = _shots(scheme)
    palette = looks.palette_of(look, brief, stock)
    base = _base(scheme, shots, said)
    visualizer = _visualizer(scheme, bar_color(palette), said)
    words = titles.tracks(_card(scheme, visualizer), preset, said)
    timeline = Timeline(
        title=titles.title_of(brief, stock),
        canvas=canvas,
        frames=window.frames,
        seed=brief.seed,
        look=look.name,
        palette=palette,
        grade=looks.grade_of(look, brief),
        safe_area=preset.safe_area,
        tracks=(base, *visualizer, *words, _song(scheme)),
    )
    return Planned(timeline, tuple(dict.fromkeys(said)))


def _card(scheme: Scheme, visualizer: tuple[Track, ...]) -> titles.Card:
    shown = [clip for track in visualizer for clip in track.clips]
    low = tuple(clip.span for clip in shown if _middle(clip) > 0.6)
    center = tuple(clip.span for clip in shown if 0.4 <= _middle(clip) <= 0.6)
    return titles.Card(scheme.window, scheme.look, scheme.brief, scheme.stock, low, center)


def _middle(clip: Clip) -> float:
    """Return how far down a visualizer's middle is, as a share of the height."""
    place = clip.source.place if isinstance(clip.source, VisualizerSource) else None
    return place.y + place.height / 2 if place else 0.0


def _said(scheme: Scheme) -> list[str]:
    brief, known = scheme.brief, looks.looks()
    notes = [f"the look is {scheme.look.name}, cut at {scheme.pace} pace"]
    if brief.not_understood:
        notes.append("not understood, and left out: " + ", ".join(f"“{words}”" for words in brief.not_understood[:8]))
    notes += [f"there is no look {name!r}" for name in brief.looks if name not in known]
    if brief.cover_as and scheme.stock.cover not in scheme.stock.assets:
        notes.append("no cover was given, so none is shown")
    if not scheme.window.beats:
        notes.append("no beat was heard, so the video follows sections and onsets")
        if brief.cut:
            unit = "half-beat" if brief.cut.unit == "half" else brief.cut.unit
            notes.append(f"cuts every {brief.cut.every} {unit} need a beat, and none was heard")
    if half_s := pacing.too_fast(scheme.window, brief.cut):
        notes.append(f"half-beats of {half_s:.2f} s would flicker, so there is a cut on every beat")
    return notes + dressing.missing(scheme.look, brief, scheme.stock)


def _shots(scheme: Scheme) -> tuple[Shot, ...]:
    window, brief = scheme.window, scheme.brief
    covered = brief.cover_as == "base" and scheme.stock.cover in scheme.stock.assets
    if (scheme.preset.loops or covered) and brief.cut is None:
        return (Shot(0, 0, window.frames, window.passages[0], opens=True, drop=False),)
    shots = pacing.shots(window, scheme.pace, brief.cut, seed=brief.seed, lift=casting.energy_lift(brief))
    closing = brief.cover_as == "finish" and len(shots) > 2 and shots[-1].frames < _CLOSING_S * scheme.canvas.fps
    return (*shots[:-2], replace(shots[-2], end=shots[-1].end)) if closing else shots


def _base(scheme: Scheme, shots: tuple[Shot, ...], notes: list[str]) -> Track:
    window = scheme.window
    cast = casting.begin(
        scheme.stock,
        scheme.brief,
        scheme.look,
        scheme.canvas,
        passages=window.passages,
        seconds=window.seconds,
    )
    shown = [_cover(scheme, shot, len(shots), cast) or cast.show(shot) for shot in shots]
    notes += cast.notes
    picture, _ = dressing.fades(window)
    fade_in = min(picture.frames_in, shots[0].frames)
    clips = [_clip(scheme, shot, each) for shot, each in zip(shots, shown, strict=True)]
    if not scheme.preset.loops:
        clips[0] = clips[0].evolve(fade=Fade(frames_in=fade_in))
        left = shots[-1].frames - (fade_in if len(shots) == 1 else 0)
        faded = Fade(frames_in=clips[-1].fade.frames_in, frames_out=min(picture.frames_out, left))
        clips[-1] = clips[-1].evolve(fade=faded)
    return Track(id="v1", role="base", clips=tuple(clips))


def _clip(scheme: Scheme, shot: Shot, shown: Shown) -> Clip:
    key = f"c{shot.index + 1}"
    clip = Clip(id=key, name=shown.name, start=shot.start, end=shot.end, source=shown.source, mark=shot.mark)
    if scheme.preset.loops:
        return clip
    style = dressing.Style(scheme.look, scheme.pace, scheme.brief, scheme.stock)
    return clip.evolve(
        transition=dressing.transition(shot, scheme.window, style),
        effects=dressing.effects(shot, style, scene=isinstance(shown.source, SceneSource)),
    )


def _cover(scheme: Scheme, shot: Shot, count: int, cast: Casting) -> Shown | None:
    """Return the cover where it is the picture of this shot."""
    stock, wish = scheme.stock, scheme.brief.cover_as
    picture = casting.cover_picture(stock)
    if picture is None:
        return None
    first, last = shot.index == 0, shot.index == count - 1
    stage = stock.scenes.get(scenes.COVER_SCENE)
    alone = not cast.photos and not cast.reel.seconds
    somewhere = wish == "shown" or (wish is None and stage is not None and scheme.window.seconds >= COVER_FROM_S)
    # Once within the visualizer is enough: behind it, it would be there twice.
    somewhere = somewhere and not _encircled(scheme)
    if (wish == "finish" and last) or (wish == "start" and first):
        seconds = float(shot.frames / scheme.canvas.fps)
        source = framing.photo(picture, scheme.canvas, "out", framing.gain_of(seconds, 0.2))
        return Shown(stock.assets[picture.asset].name, source)
    if wish == "base" or (somewhere and (last or (first and alone))):
        if stage is None:
            return Shown(stock.assets[picture.asset].name, framing.still(picture, scheme.canvas))
        section = shot.passage.section.id
        made = scenes.source(stage, seed=scheme.brief.seed, section=section, turn=shot.index, picture=picture.asset)
        return Shown(scenes.spoken(stage), made)
    return None


def _visualizer(scheme: Scheme, shown: Color, notes: list[str]) -> tuple[Track, ...]:
    design, when = _design(scheme, notes)
    if design is None:
        return ()
    window = scheme.window
    spans = [(0, window.frames)]
    if when == "chorus":
        spans = [(each.start, each.end) for each in window.passages if each.lifted]
    place = boxes.visualizer(design, scheme.brief.visualizer_position, scheme.canvas, scheme.preset.safe_area)
    picture = shown_cover(scheme.stock) if visualizers.find(design).hole else None
    if visualizers.find(design).hole and picture is None:
        notes.append("there is no cover: the bars stand around an empty circle")
    opacity = 1.0 if picture else _OPACITY
    source = VisualizerSource(design=design, place=place, color=shown, opacity=opacity, picture=picture)
    clips = tuple(
        Clip(id=f"s{index + 1}", name=f"{design} visualizer", start=start, end=end, source=source)
        for index, (start, end) in enumerate(_joined(spans))
    )
    return (Track(id="v2", role="visualizer", clips=clips),) if clips else ()


def _encircled(scheme: Scheme) -> bool:
    """Tell whether the visualizer that is asked for plays around the cover."""
    asked = scheme.brief.visualizer or ""
    design = visualizers.DESIGNS.get(scheme.look.visualizer.design if asked == "any" else asked)
    return design is not None and design.hole > 0 and shown_cover(scheme.stock) is not None


def shown_cover(stock: Stock) -> AssetId | None:
    """Return the cover, where there is one that can be shown as a still picture."""
    cover = stock.assets.get(stock.cover) if stock.cover else None
    return cover.id if cover is not None and cover.kind == "photo" else None


def bar_color(palette: Palette) -> Color:
    """Return the accent, or the lightest color where the accent would drown in the picture."""
    return palette[3] if color.tint(palette[3]).light >= _BRIGHT else palette[4]


def _design(scheme: Scheme, notes: list[str]) -> tuple[str | None, str]:
    """Return which visualizer is shown, if any, and whether always or in choruses."""
    brief, own = scheme.brief, scheme.look.visualizer
    if brief.visualizer == "off" or (brief.visualizer is None and scheme.preset.loops):
        return None, ""
    if brief.visualizer is not None:
        design, when = own.design if brief.visualizer == "any" else brief.visualizer, "always"
    elif brief.cover_as == "base":
        design, when = own.design, "always"
    else:
        design, when = own.design, own.when
    if when == "asked":
        return None, ""
    known = scheme.stock.visualizers
    if design not in known and known:
        notes.append(f"there is no visualizer {design!r}; {sorted(known)[0]!r} is shown")
        design = sorted(known)[0]
    return (design, when) if known else (None, "")


def _joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and joined[-1][1] == start:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _song(scheme: Scheme) -> Track:
    song, window = scheme.stock.song, scheme.window
    _, fade = dressing.fades(window)
    clip = Clip(
        id="a1",
        name=song.title or song.name,
        start=0,
        end=window.frames,
        source=SoundSource(asset=song.id, at=window.start),
        fade=Fade() if scheme.preset.loops else fade,
    )
    return Track(id="song", role="song", clips=(clip,))
