"""The packaged scenes, effects and transitions, read by the same door as anyone's files.

A look is one ``.fs`` file in the folder of its kind; its file name is its name.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from songreel.base.errors import BadRequest, BadShader
from songreel.visuals.isf import parse
from songreel.visuals.shader import Shader, ShaderKind

SOFT_TRANSITIONS = ("dissolve", "wipe", "slide", "blur", "dip", "film-burn", "iris", "luma")
"""Those that may take their time; the others are over before the next beat."""
OUTERMOST = ("letterbox",)
"""Effects that frame the picture: they lie over all others, so that no shake moves them."""
_HERE = Path(__file__).parent


@cache
def scenes() -> Mapping[str, Shader]:
    """Return the packaged scenes by name, sorted."""
    return _folder("scenes", "generator")


@cache
def effects() -> Mapping[str, Shader]:
    """Return the packaged effects by name, sorted."""
    return _folder("effects", "filter")


@cache
def transitions() -> Mapping[str, Shader]:
    """Return the packaged transitions by name, sorted."""
    return _folder("transitions", "transition")


def find_scene(name: str) -> Shader:
    """Return a scene by its exact name; raises BadRequest with the nearest names."""
    return _find(scenes(), name, "scene")


def find_effect(name: str) -> Shader:
    """Return an effect by its exact name; raises BadRequest with the nearest names."""
    return _find(effects(), name, "effect")


def find_transition(name: str) -> Shader:
    """Return a transition by its exact name; raises BadRequest with the nearest names."""
    return _find(transitions(), name, "transition")


def _folder(name: str, kind: ShaderKind) -> Mapping[str, Shader]:
    found = {path.stem: parse.load(path) for path in sorted((_HERE / name).glob("*.fs"))}
    for shader in found.values():
        if shader.kind != kind:
            raise BadShader(f"{shader.path} is a {shader.kind}, not a {kind}", advice="Move it to its own folder.")
    return MappingProxyType(dict(sorted(found.items())))


def _find(looks: Mapping[str, Shader], name: str, what: str) -> Shader:
    if name in looks:
        return looks[name]
    near = difflib.get_close_matches(name.lower(), looks, n=3, cutoff=0.4) or list(looks)
    raise BadRequest(f"there is no {what} {name!r}", advice=f"Nearest: {', '.join(near)}." if near else "")
