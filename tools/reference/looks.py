"""Everything that a video can be made of, from the catalogs: presets, looks, scenes, effects, transitions, designs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tools.reference.markdown import code, said, table

from songreel.director import look
from songreel.model.preset import PRESETS, Preset
from songreel.visuals import catalog, text_designs, visualizers
from songreel.visuals.shader import Shader

_HEAD = """# Looks, scenes, effects and the rest

All of these names can be said in a message, in English and Chinese; the words beside them call them too.
`songreel scenes --sheet sheet.png` draws every scene into one picture, `make gallery` everything here.
[Scenes of your own](../looks.md) are called by their file: `--scene my-hills.fs`.

"""


def page() -> str:
    """Return the page."""
    return _HEAD + _presets() + _looks() + _scenes() + _overlays()


def _presets() -> str:
    rows = [
        (code(name), said(each.description, name), f"{each.width}×{each.height}, {each.fps} a second", _length(each))
        for name, each in PRESETS.items()
    ]
    return f"## Presets\n\nFor `--preset`, or said.\n\n{table(('preset', '', 'picture', 'length'), rows)}"


def _length(preset: Preset) -> str:
    if preset.longest_s is None:
        return "the song's"
    return f"{preset.shortest_s:g} to {preset.longest_s:g} s"


def _looks() -> str:
    rows = [
        (code(name), said(each.description, name), each.pace, ", ".join(each.moods), f"{each.feel.bpm:g}")
        for name, each in look.looks().items()
    ]
    head = (
        "## Looks\n\nA look is a palette, the scenes that it prefers, a pace, transitions, effects, and a way to\n"
        "write titles. One that nobody named is chosen by how the song feels: how excited, how glad, how fast.\n\n"
    )
    return head + table(("look", "", "pace", "moods", "tempo that it suits"), rows)


def _scenes() -> str:
    rows = [
        (code(name), said(each.description, name), each.hints.family, _range(each), _words(each.hints.words))
        for name, each in catalog.scenes().items()
    ]
    head = "## Scenes\n\nThe energy is that of the sections which a scene suits, 0…1.\n\n"
    return head + table(("scene", "", "family", "energy", "words"), rows)


def _range(shader: Shader) -> str:
    low, high = shader.hints.energy
    return f"{low:g}–{high:g}"


def _overlays() -> str:
    shaders = "".join(
        f"## {title}\n\n" + table((title.lower().removesuffix("s"), ""), _described(found))
        for title, found in (("Effects", catalog.effects()), ("Transitions", catalog.transitions()))
    )
    named = "".join(
        f"## {title}\n\n" + table((first, "words"), [(code(name), _words(words)) for name, words in found])
        for title, first, found in (
            ("Visualizers", "visualizer", [(name, each.words) for name, each in visualizers.DESIGNS.items()]),
            ("Designs of words", "design", [(name, each.words) for name, each in text_designs.DESIGNS.items()]),
        )
    )
    return shaders + named


def _described(shaders: Mapping[str, Shader]) -> Iterable[tuple[str, str]]:
    return [(code(name), said(each.description, name)) for name, each in shaders.items()]


def _words(words: Mapping[str, tuple[str, ...]]) -> str:
    return " · ".join(", ".join(words[language]) for language in ("en", "zh") if words.get(language))
