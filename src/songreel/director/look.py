"""Looks: each a file of ``looks/``, chosen by words, else by how the song feels, else by chance."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Literal

from pydantic import Field

from songreel.base import seed as chance
from songreel.director import color
from songreel.director import palette as palettes
from songreel.director.stock import Stock
from songreel.model.brief import Brief, Pace
from songreel.model.document import Color, Record, Unit
from songreel.model.song_map import SongMap
from songreel.model.timeline import Grade, Palette, Position

_LUCK = 0.35
_FROM_COVER = 3
"""How many of a cover's colors are taken, so that a dark one and one for words remain to be made."""
When = Literal["asked", "chorus", "always"]


class TitleDesign(Record):
    """How a look writes its title."""

    design: str = "plain"
    position: Position = "center"
    end_card: bool = False


class VisualizerDesign(Record):
    """How a look draws the sound, and where it does so unasked."""

    design: str = "bars"
    when: When = "asked"


class Effects(Record):
    """Filters by amount: on every clip, on the loud parts, and on a drop's first clip."""

    always: dict[str, Unit] = Field(default_factory=dict)
    lift: dict[str, Unit] = Field(default_factory=dict)
    drop: dict[str, Unit] = Field(default_factory=dict)


class Transitions(Record):
    """How clips follow one another: inside calm sections, and at the borders of sections."""

    calm: tuple[str, ...] = ("dissolve",)
    border: tuple[str, ...] = ("dissolve",)


class Feel(Record):
    """The songs that a look suits unasked: arousal, valence (0…1), tempo in beats per minute."""

    arousal: Unit
    valence: Unit
    bpm: float = Field(gt=0)


class Look(Record):
    """One look. ``scenes`` are the scenes that it prefers by name, ``families`` by kind, in order of preference.

    One that is ``only_asked`` is never the director's own idea.
    """

    name: str
    description: str
    palette: Palette
    scenes: tuple[str, ...] = ()
    families: tuple[str, ...] = ()
    moods: tuple[str, ...] = ()
    feel: Feel
    pace: Pace = "medium"
    only_asked: bool = False
    title: TitleDesign = TitleDesign()
    visualizer: VisualizerDesign = VisualizerDesign()
    transitions: Transitions = Transitions()
    effects: Effects = Effects()
    grade: Grade = Grade()


class Mood(Record):
    """What a mood asks for: a tone of the palette, a pace, and more or less energy (−1…1).

    ``opposite`` is the mood that is meant when this one is not wanted.
    """

    tone: str | None = None
    pace: Pace | None = None
    energy: float = Field(default=0, ge=-1, le=1)
    opposite: str | None = None
    grade: Grade = Grade()


@cache
def looks() -> Mapping[str, Look]:
    """Return all looks by name, in the order of names."""
    folder = resources.files("songreel.director") / "looks"
    files = sorted((entry for entry in folder.iterdir() if entry.name.endswith(".toml")), key=lambda entry: entry.name)
    read = (Look.model_validate(tomllib.loads(entry.read_text(encoding="utf-8"))) for entry in files)
    return {each.name: each for each in read}


@cache
def moods() -> Mapping[str, Mood]:
    """Return what each mood of the lexicon asks for."""
    text = (resources.files("songreel.director") / "moods.toml").read_text(encoding="utf-8")
    return {name: Mood.model_validate(entry) for name, entry in tomllib.loads(text).items()}


def choose(brief: Brief, song_map: SongMap) -> Look:
    """Return the look that was asked for, else the one whose moods and feel suit best."""
    known = looks()
    asked = [known[name] for name in brief.looks if name in known]
    if asked:
        return asked[0]
    allowed = [each for each in known.values() if each.name not in brief.avoid and not each.only_asked]
    return max(allowed, key=lambda each: (_suits(each, brief, song_map), each.name))


def _suits(look: Look, brief: Brief, song_map: SongMap) -> float:
    wanted = sum(1.0 for mood in brief.moods if mood in look.moods) - sum(mood in look.moods for mood in brief.avoid)
    scenes = sum(0.6 for scene in brief.scenes if scene in look.scenes)
    feel = look.feel
    far = abs(feel.arousal - _arousal(song_map)) + 0.7 * abs(feel.valence - song_map.mood.valence)
    if song_map.bpm:
        far += min(abs(feel.bpm - song_map.bpm) / 100, 0.5)
    return 2 * wanted + scenes - far + _LUCK * chance.stream(brief.seed, "look", look.name).random()


def _arousal(song_map: SongMap) -> float:
    energies = [section.energy for section in song_map.sections] or [0.5]
    sure = song_map.mood.confidence
    return sure * song_map.mood.arousal + (1 - sure) * sum(energies) / len(energies)


def pace_of(look: Look, brief: Brief) -> Pace:
    """Return the pace: as asked, else as the moods ask, else the look's own."""
    if brief.pace:
        return brief.pace
    known = moods()
    by_mood = [known[mood].pace for mood in brief.moods if mood in known]
    return next((pace for pace in by_mood if pace), look.pace)


def palette_of(look: Look, brief: Brief, stock: Stock) -> Palette:
    """Return the palette: around the asked colors, else the cover's, else the look's own; in the asked tones."""
    asked: Sequence[Color] = brief.colors
    cover = stock.materials.get(stock.cover) if stock.cover else None
    if not asked and not brief.looks and cover and len(cover.colors) >= 2:
        asked = sorted(cover.colors, key=lambda each: -color.tint(each).chroma)[:_FROM_COVER]
    palette = palettes.around(asked) if asked else (_colorless(brief) or look).palette
    for tone in _tones(brief):
        palette = palettes.toned(palette, tone, keep=brief.colors)
    return palette


def grade_of(look: Look, brief: Brief) -> Grade:
    """Return the look's color correction with that of the moods on top; asked colors are not tinted by the look."""
    known = moods()
    grade = look.grade.evolve(warmth=0) if brief.colors else look.grade
    for mood in brief.moods:
        if mood in known:
            grade = _sum(grade, known[mood].grade)
    return grade.evolve(saturation=0) if _colorless(brief) else grade


def _colorless(brief: Brief) -> Look | None:
    """Return the look without color that is asked for beside another: an old film, but black and white."""
    asked = [looks()[name] for name in brief.looks if name in looks()]
    return next((look for look in asked if look.grade.saturation == 0), None)


def _tones(brief: Brief) -> list[str]:
    known = moods()
    return [tone for mood in brief.moods if mood in known and (tone := known[mood].tone)]


def _sum(one: Grade, other: Grade) -> Grade:
    return Grade(
        brightness=_within(one.brightness + other.brightness, -1),
        contrast=_within(one.contrast * other.contrast, 0, 2),
        saturation=_within(one.saturation * other.saturation, 0, 2),
        warmth=_within(one.warmth + other.warmth, -1),
    )


def _within(value: float, low: float, high: float = 1) -> float:
    return round(min(max(value, low), high), 3)
