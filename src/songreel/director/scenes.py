"""Which scenes a section shows: the ones asked for, else those that suit its energy and moods and the look.

Sections that repeat one another (one ``id``) show the same scenes, so that a chorus is recognized.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from songreel.base import seed as chance
from songreel.director import lexicon
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
_IN_A_LIVELY_SECTION = 3
_LIVELY = 0.6
_FEW_SECTIONS = 2
"""A song of so few sections that differ shows one scene more in each."""
_ENOUGH_ASKED = 4
_A_SCENE_FOR_S, _MOST_IN_A_SECTION = 20.0, 4
"""A section that is on screen for long, its returns counted, shows one scene more for each so many seconds."""
_SHOWN_ELSEWHERE = 0.7
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
    moods = {*look.moods, *brief.moods, *(mood for each in asked for mood in _moods(each))} - set(brief.avoid)
    families = {each.hints.family for each in asked}
    general = {each.name: _suits(each, look, moods) + (0.8 if each.hints.family in families else 0) for each in scenes}
    suiting = sorted(scenes, key=lambda each: (each not in asked, -general[each.name], each.name))
    by_section: dict[str, tuple[Shader, ...]] = {}
    shown: Counter[str] = Counter()
    more = len({each.section.id for each in passages}) <= _FEW_SECTIONS
    shown_s: defaultdict[str, float] = defaultdict(float)
    for each in passages:
        shown_s[each.section.id] += each.section.end - each.section.start
    for passage in sorted(passages, key=lambda each: (-each.energy, each.index)):
        section = passage.section.id
        if section in by_section:
            continue

        worth = [
            general[each.name]
            + _energy_fit(each, passage.energy + lift)
            + _luck(brief.seed, section, each)
            - _SHOWN_ELSEWHERE * shown[each.name]
            for each in scenes
        ]
        ranked = [each for _, each in sorted(zip(worth, scenes, strict=True), key=_best_first) if each not in asked]
        turn = len(by_section) % max(len(asked), 1)
        chosen = [*asked[turn:], *asked[:turn], *ranked]
        wanted = _wanted(brief, len(asked), passage.energy)
        if not asked:
            wanted = max(wanted + more, min(round(shown_s[section] / _A_SCENE_FOR_S), _MOST_IN_A_SECTION))
        by_section[section] = tuple(chosen[:wanted])
        shown.update(each.name for each in by_section[section])
    return Cast(by_section, tuple(suiting))


def _wanted(brief: Brief, asked: int, energy: float) -> int:
    """Return how many scenes a section shows: few that words called take one more, which differs by section."""
    if brief.scenes_named and asked:
        return max(asked, _IN_A_SECTION)
    usual = _IN_A_LIVELY_SECTION if energy > _LIVELY else _IN_A_SECTION
    return max(usual, asked + (asked < _ENOUGH_ASKED))


def _best_first(pair: tuple[float, Shader]) -> tuple[float, str]:
    return -pair[0], pair[1].name


def usable(
    scenes: Mapping[str, Shader], brief: Brief, *, cover: AssetId | None, picture: AssetId | None
) -> tuple[tuple[Shader, ...], list[str]]:
    """Return the scenes that can be drawn with what is at hand and are not unwanted, and what asked for is missing.

    Scenes that show pictures are drawn when they are asked for and there is any ``picture``; one of ours that
    shows the cover, whenever there is one.
    """
    keyed = [replace(each, name=key) for key, each in scenes.items()]
    able = [each for each in keyed if _fillable(each, picture if each.name in brief.scenes else cover, brief)]
    kept = [each for each in able if each.name not in brief.avoid] or able
    if COVER_SCENE not in brief.scenes:
        kept = [each for each in kept if each.name != COVER_SCENE] or kept
    names = {each.name for each in kept}
    notes = [_missing(name, scenes.get(name)) for name in brief.scenes if name not in names]
    return tuple(sorted(kept, key=lambda each: each.name)), notes


def spoken(shader: Shader) -> str:
    """Return a scene's name as a person says it."""
    name = shader.path.stem if shader.name.startswith("asset:") and shader.path else shader.name
    return name.replace("-", " ").replace("_", " ")


def source(shader: Shader, *, seed: int, section: str, turn: int, picture: AssetId | None) -> SceneSource:
    """Return a scene with its knobs turned a little: by section, so that its returns are alike, and by shot."""
    return SceneSource(
        scene=shader.name,
        seed=chance.number(seed, "scene", shader.name, section, turn) % _SEEDS,
        resolution=shader.hints.resolution or UNMEASURED,
        inputs=_knobs(shader, seed, section),
        pictures={entry.name: picture for entry in shader.inputs if entry.type == "image" and picture},
    )


def _fillable(shader: Shader, picture: AssetId | None, brief: Brief) -> bool:
    pictures = [entry.name for entry in shader.inputs if entry.type == "image"]
    if shader.name in brief.scenes:
        return shader.kind != "transition" and (not pictures or picture is not None)
    return shader.kind == "generator" and (not pictures or (picture is not None and pictures == ["cover"]))


def _missing(name: str, shader: Shader | None) -> str:
    if shader is None:
        return f"the scene {name!r} is not there; others are shown"
    if shader.kind == "transition":
        return f"{spoken(shader)!r} is a transition, not a scene; others are shown"
    return f"the scene {spoken(shader)!r} shows a picture, and there is none: give a cover or photos; others are shown"


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
    worth = 0.25 * len(moods & _moods(shader))
    if shader.name in look.scenes:
        worth += 1.2 - 0.2 * look.scenes.index(shader.name)
    if shader.hints.family in look.families:
        worth += 0.5 - 0.1 * look.families.index(shader.hints.family)
    return worth


def _moods(shader: Shader) -> set[str]:
    """Return a scene's moods by the director's own names; its author may have used any word of the lexicon."""
    return {_mood_words().get(mood, mood) for mood in shader.hints.moods}


@cache
def _mood_words() -> Mapping[str, str]:
    return {word.phrase: word.value for word in lexicon.words() if word.kind == "mood"}


def _energy_fit(shader: Shader, energy: float) -> float:
    low, high = shader.hints.energy
    return -3 * max(low - energy, energy - high, 0.0)


def _luck(seed: int, section: str, shader: Shader) -> float:
    return 0.6 * chance.stream(seed, "cast", section, shader.name).random()
