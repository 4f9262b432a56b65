"""Which scenes a section shows: the ones asked for, else those that suit its energy and moods and the look.

Sections that repeat one another (one ``id``) show the same scenes, so that a chorus is recognized.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from songreel.base import seed as chance
from songreel.director.look import Look
from songreel.director.window import Passage
from songreel.model.brief import Brief
from songreel.model.document import AssetId
from songreel.model.timeline import SceneSource
from songreel.visuals.shader import Shader
from songreel.visuals.signals import PALETTE, SIGNALS

UNMEASURED = 0.5
"""The share of the canvas at which a scene is drawn whose cost is not known."""
COVER_SCENE = "cover-stage"
_IN_A_SECTION = 2
_KNOB_REACH = 0.25
_SEEDS = 1000


@dataclass(frozen=True, slots=True)
class Cast:
    """The scenes of a video: for each section ``id``, its own, best first; ``all`` that suit the video at all."""

    by_section: Mapping[str, tuple[Shader, ...]]
    all: tuple[Shader, ...]

    def pick(self, passage: Passage, turn: int, last: str | None) -> Shader:
        """Return the scene of a passage's ``turn``-th scene shot, another than ``last`` where there is one."""
        own = self.by_section[passage.section.id]
        order = [own[(turn + step) % len(own)] for step in range(len(own))] + list(self.all)
        return next((each for each in order if each.name != last), order[0])


def cast(passages: Sequence[Passage], look: Look, brief: Brief, scenes: Sequence[Shader], lift: float) -> Cast:
    """Return which scenes each section shows. ``scenes`` must not be empty."""
    asked = sorted(
        (each for each in scenes if each.name in brief.scenes), key=lambda each: brief.scenes.index(each.name)
    )
    moods = {*look.moods, *brief.moods, *(mood for each in asked for mood in each.hints.moods)} - set(brief.avoid)
    families = {each.hints.family for each in asked}
    general = {each.name: _suits(each, look, moods) + (0.8 if each.hints.family in families else 0) for each in scenes}
    suiting = sorted(scenes, key=lambda each: (each not in asked, -general[each.name], each.name))
    by_section: dict[str, tuple[Shader, ...]] = {}
    leads: set[str] = set()
    for passage in sorted(passages, key=lambda each: (-each.energy, each.index)):
        section = passage.section.id
        if section in by_section:
            continue

        def worth(each: Shader, *, energy: float = passage.energy + lift, section: str = section) -> float:
            taken = 0.8 if each.name in leads else 0.0
            return general[each.name] + _energy_fit(each, energy) + _luck(brief.seed, section, each) - taken

        ranked = sorted((each for each in scenes if each not in asked), key=lambda each: (-worth(each), each.name))
        turn = len(by_section) % max(len(asked), 1)
        chosen = [*asked[turn:], *asked[:turn], *ranked]
        by_section[section] = tuple(chosen[: max(_IN_A_SECTION, len(asked))])
        leads.add(chosen[0].name)
    return Cast(by_section, tuple(suiting))


def usable(
    scenes: Mapping[str, Shader], brief: Brief, *, cover: AssetId | None
) -> tuple[tuple[Shader, ...], list[str]]:
    """Return the scenes that can be drawn with what is at hand and are not unwanted, and what asked for is missing."""
    able = [each for each in scenes.values() if each.kind == "generator" and _fillable(each, cover)]
    kept = [each for each in able if each.name not in brief.avoid] or able
    if COVER_SCENE not in brief.scenes:
        kept = [each for each in kept if each.name != COVER_SCENE] or kept
    names = {each.name for each in kept}
    notes = [f"the scene {name!r} is not there; others are shown" for name in brief.scenes if name not in names]
    return tuple(sorted(kept, key=lambda each: each.name)), notes


def source(shader: Shader, *, seed: int, section: str, turn: int, cover: AssetId | None) -> SceneSource:
    """Return a scene with its knobs turned a little: by section, so that its returns are alike, and by shot."""
    return SceneSource(
        scene=shader.name,
        seed=chance.number(seed, "scene", shader.name, section, turn) % _SEEDS,
        resolution=shader.hints.resolution or UNMEASURED,
        inputs=_knobs(shader, seed, section),
        pictures={entry.name: cover for entry in shader.inputs if entry.type == "image" and cover},
    )


def _fillable(shader: Shader, cover: AssetId | None) -> bool:
    pictures = [entry.name for entry in shader.inputs if entry.type == "image"]
    return not pictures or (cover is not None and pictures == ["cover"])


def _knobs(shader: Shader, seed: int, section: str) -> dict[str, float | tuple[float, ...]]:
    knobs: dict[str, float | tuple[float, ...]] = {}
    for entry in shader.inputs:
        low, high, usual = entry.minimum, entry.maximum, entry.default
        if entry.type != "float" or entry.name in SIGNALS or entry.name in PALETTE:
            continue
        if isinstance(low, tuple) or isinstance(high, tuple) or isinstance(usual, tuple):
            continue
        if low is None or high is None or usual is None:
            continue
        draw = chance.stream(seed, "knob", shader.name, section, entry.name).uniform(-1, 1)
        knobs[entry.name] = round(min(max(usual + draw * _KNOB_REACH * (high - low), low), high), 4)
    return knobs


def _suits(shader: Shader, look: Look, moods: set[str]) -> float:
    worth = 0.25 * len(moods & set(shader.hints.moods))
    if shader.name in look.scenes:
        worth += 2.4 - 0.4 * look.scenes.index(shader.name)
    if shader.hints.family in look.families:
        worth += 1.0 - 0.15 * look.families.index(shader.hints.family)
    return worth


def _energy_fit(shader: Shader, energy: float) -> float:
    low, high = shader.hints.energy
    return -3 * max(low - energy, energy - high, 0.0)


def _luck(seed: int, section: str, shader: Shader) -> float:
    return 0.6 * chance.stream(seed, "cast", section, shader.name).random()
