"""What a shader works out from its inputs alone, worked out once a frame instead of once a pixel.

A function without parameters that looks at nothing of a pixel has one value in the whole picture::

    vec3 lamp() { return mix(primary.rgb, accent.rgb, 0.3) * (0.4 + kick); }

Its value is found by the vertex shader and handed to the pixels as it is. Where a file is written in a way that
this simple reading could misjudge (macros, prototypes, functions of one name), its functions stay where they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

_FUNCTION = re.compile(r"\s*(?:(?:highp|mediump|lowp)\s+)?(\w+)\s+(\w+)\s*\(([^()]*)\)\s*\{")
_WORD = re.compile(r"(?<![\w.])[A-Za-z_]\w*")
_COMPONENTS = {"float": 1, "vec2": 2, "vec3": 3, "vec4": 4}
_MOST_COMPONENTS = 96
_OF_A_PIXEL = re.compile(r"gl_\w+|isf_(?!own_)\w+|IMG_(?!SIZE\b)\w+|texture\w*|texel\w*|dFd[xy]\w*|fwidth\w*|discard")
_STEADY = re.compile(r"\s*(?:const|uniform|precision)\b")


@dataclass(frozen=True, slots=True)
class Lifted:
    """A shader's text without the functions that were lifted out, and the two ends that carry their values."""

    body: str
    inputs: str = ""
    functions: str = ""
    outputs: str = ""
    assignments: str = ""


@dataclass(frozen=True, slots=True)
class _Part:
    """A function, or (without a name) anything else that stands at the top level."""

    start: int
    end: int
    kind: str
    name: str
    parameters: str
    words: frozenset[str]


def lift(body: str) -> Lifted:
    """Lift out of a text without comments what has one value in the whole picture."""
    parts = [] if "#" in body else list(_parts(body))
    functions = {part.name: part for part in parts if part.name}
    names = [part.name for part in parts if part.name]
    outside = frozenset(word for part in parts if not part.name for word in part.words)
    changing = frozenset(
        word for part in parts if not part.name and not _STEADY.match(body, part.start) for word in part.words
    )
    single = {name for name in names if names.count(name) == 1 and name not in outside}
    lifted: dict[str, _Part] = {}
    room = _MOST_COMPONENTS
    for name in names:
        part = functions[name]
        reach = _reach(name, functions)
        steady = part.parameters in ("", "void") and name in single and _is_steady(reach, functions, changing)
        room -= _COMPONENTS.get(part.kind, 0) if steady else 0
        if steady and part.kind in _COMPONENTS and room >= 0:
            lifted[name] = part
    return _rewritten(body, parts, functions, lifted)


def _parts(body: str) -> Iterable[_Part]:
    start = depth = 0
    for at, letter in enumerate(body):
        depth += (letter in "{(") - (letter in "})")
        if depth or letter not in ";}":
            continue
        function = _FUNCTION.match(body, start)
        if letter == "}" and function is None:
            continue
        kind, name, parameters = function.groups() if function else ("", "", "")
        words = frozenset(_WORD.findall(body, start, at + 1))
        yield _Part(start, at + 1, kind, name, parameters.strip(), words)
        start = at + 1


def _reach(name: str, functions: Mapping[str, _Part]) -> frozenset[str]:
    """Return the functions that a function comes to, itself included."""
    found: set[str] = set()
    left = [name]
    while left:
        at = left.pop()
        if at not in found:
            found.add(at)
            left += [word for word in functions[at].words if word in functions]
    return frozenset(found)


def _is_steady(reach: Iterable[str], functions: Mapping[str, _Part], changing: frozenset[str]) -> bool:
    words = frozenset(word for name in reach for word in functions[name].words)
    return "main" not in words and not words & changing and not any(map(_OF_A_PIXEL.fullmatch, words))


def _rewritten(body: str, parts: list[_Part], functions: Mapping[str, _Part], lifted: Mapping[str, _Part]) -> Lifted:
    if not lifted:
        return Lifted(body)
    calls = re.compile(rf"\b({'|'.join(lifted)})\s*\(\s*(?:void\s*)?\)")
    kept: list[str] = []
    for part in parts:
        text = body[part.start : part.end]
        # Lines keep their numbers: of a lifted function its ends of line stay.
        kept.append("\n" * text.count("\n") if part.name in lifted else calls.sub(r"isf_frame_\1", text))
    needed = {reached for name in lifted for reached in _reach(name, functions)}
    above = [part for part in parts if part.name in needed or (not part.name and _STEADY.match(body, part.start))]
    declared = [f"{part.kind} isf_frame_{name};" for name, part in lifted.items()]
    return Lifted(
        body="".join(kept) + body[parts[-1].end :],
        inputs="".join(f"flat in {each}\n" for each in declared),
        functions="".join(body[part.start : part.end] for part in above) + "\n",
        outputs="".join(f"flat out {each}\n" for each in declared),
        assignments="".join(f"    isf_frame_{name} = {name}();\n" for name in lifted),
    )
