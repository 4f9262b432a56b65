"""The JSON header of an ISF file, read into what `Shader` declares. Version 1 headers are read as version 2."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, get_args

from songreel.visuals.isf import expression
from songreel.visuals.shader import Hints, Input, InputType, Pass, ShaderKind, Value

_NAME = re.compile(r"[A-Za-z_]\w*\Z")
_TYPES: tuple[InputType, ...] = get_args(InputType)
_LARGEST = 2**31 - 1
_MOST_PASSES = 64
_LENGTHS = {"point2D": 2, "color": 4}


class HeaderError(ValueError):
    """What is wrong with a header."""


@dataclass(frozen=True, slots=True)
class Header:
    """What a header says, except what is found in files beside it."""

    kind: ShaderKind
    inputs: tuple[Input, ...]
    passes: tuple[Pass, ...]
    imported: Mapping[str, tuple[str, ...]]
    hints: Hints
    description: str = ""
    credit: str = ""
    categories: tuple[str, ...] = field(default=())


def read(raw: Mapping[str, Any]) -> Header:
    """Read a header; raises HeaderError with a sentence about the first thing that is wrong."""
    inputs = tuple(_input(entry) for entry in _dicts(raw, "INPUTS"))
    names = [entry.name for entry in inputs]
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise HeaderError(f"the input {twice!r} is declared twice")
    return Header(
        kind=_kind(inputs),
        inputs=inputs,
        passes=_passes(raw),
        imported=_imported(raw),
        hints=_hints(raw.get("SONGREEL", {})),
        description=str(raw.get("DESCRIPTION") or ""),
        credit=str(raw.get("CREDIT") or ""),
        categories=_words(raw.get("CATEGORIES") or [], "CATEGORIES"),
    )


def _kind(inputs: Sequence[Input]) -> ShaderKind:
    types = {entry.name: entry.type for entry in inputs}
    if types.get("startImage") == "image" and types.get("endImage") == "image" and types.get("progress") == "float":
        return "transition"
    return "filter" if types.get("inputImage") == "image" else "generator"


def _dicts(raw: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
    entries = raw.get(key) or []
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise HeaderError(f"{key} is not a list of objects")
    return entries


def _words(raw: Any, key: str) -> tuple[str, ...]:
    entries = [raw] if isinstance(raw, str) else raw
    if not isinstance(entries, list) or not all(isinstance(entry, str) for entry in entries):
        raise HeaderError(f"{key} is not a list of words")
    return tuple(entries)


def _name(raw: Any, what: str) -> str:
    if not isinstance(raw, str) or not _NAME.match(raw):
        raise HeaderError(f"{what} is named {raw!r}, which is not a GLSL name")
    return raw


def _input(raw: Mapping[str, Any]) -> Input:
    name = _name(raw.get("NAME"), "an input")
    kind = next((known for known in _TYPES if known == raw.get("TYPE")), None)
    if kind is None:
        raise HeaderError(f"the input {name!r} has the type {raw.get('TYPE')!r}, which ISF does not have")
    values = raw.get("VALUES") or []
    if not isinstance(values, list) or not all(_is_number(value) for value in values):
        raise HeaderError(f"VALUES of the input {name!r} is not a list of numbers")
    return Input(
        name=name,
        type=kind,
        label=str(raw.get("LABEL") or ""),
        default=_value(raw.get("DEFAULT"), kind, name),
        minimum=_value(raw.get("MIN"), kind, name),
        maximum=_value(raw.get("MAX"), kind, name),
        values=tuple(int(value) for value in values),
        labels=tuple(str(label) for label in raw.get("LABELS") or []),
    )


def _value(raw: Any, kind: InputType, name: str) -> Value | None:
    if raw is None or kind in ("image", "event"):
        return None
    if length := _LENGTHS.get(kind):
        return _numbers(raw, length, name)
    if isinstance(raw, str):
        raw = _from_words(raw, name)
    if not isinstance(raw, bool | int | float):
        raise HeaderError(f"the input {name!r} has the value {raw!r}, which is not a {kind}")
    if abs(raw) > _LARGEST:
        raise HeaderError(f"the input {name!r} has a value that is too large")
    if kind == "float":
        return float(raw)
    return bool(raw) if kind == "bool" else int(raw)


def _numbers(raw: Any, length: int, name: str) -> tuple[float, ...]:
    if not isinstance(raw, list) or not all(_is_number(number) for number in raw) or len(raw) > length:
        raise HeaderError(f"the input {name!r} has the value {raw!r}, which is not {length} numbers")
    return tuple(float(number) for number in raw) + (1.0,) * (length - len(raw))


def _is_number(raw: Any) -> bool:
    return isinstance(raw, int | float) and abs(raw) <= _LARGEST


def _from_words(raw: str, name: str) -> float:
    known = {"true": 1.0, "yes": 1.0, "false": 0.0, "no": 0.0, "": 0.0}
    try:
        return known[raw.lower()] if raw.lower() in known else float(raw)
    except ValueError:
        raise HeaderError(f"the input {name!r} has the value {raw!r}, which is not a number") from None


def _flag(raw: Any) -> bool:
    return raw.lower() in ("true", "yes", "1") if isinstance(raw, str) else bool(raw)


def _passes(raw: Mapping[str, Any]) -> tuple[Pass, ...]:
    kept = _version_1_buffers(raw.get("PERSISTENT_BUFFERS") or {})
    steps = _dicts(raw, "PASSES") or [{}]
    if len(steps) > _MOST_PASSES:
        raise HeaderError(f"there are {len(steps)} PASSES, and up to {_MOST_PASSES} are drawn")
    return tuple(_pass(kept.get(str(step.get("TARGET")), {}) | step) for step in steps)


def _version_1_buffers(raw: Any) -> dict[str, dict[str, Any]]:
    if isinstance(raw, list):
        return {str(name): {"PERSISTENT": True} for name in raw}
    if not isinstance(raw, dict):
        raise HeaderError("PERSISTENT_BUFFERS is neither a list nor an object")
    return {name: {**(more if isinstance(more, dict) else {}), "PERSISTENT": True} for name, more in raw.items()}


def _pass(raw: Mapping[str, Any]) -> Pass:
    target = _name(raw["TARGET"], "the target of a pass") if raw.get("TARGET") else ""
    width, height = (_sum(raw.get(key)) for key in ("WIDTH", "HEIGHT"))
    return Pass(target, _flag(raw.get("PERSISTENT")) and bool(target), _flag(raw.get("FLOAT")), width, height)


def _sum(raw: Any) -> str:
    text = "" if raw is None else str(raw).strip()
    try:
        if text:
            expression.check(text)
    except expression.ExpressionError as error:
        raise HeaderError(f"the size of a pass cannot be read: {error}") from error
    return text


def _imported(raw: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    entries = raw.get("IMPORTED") or {}
    if isinstance(entries, list):
        entries = {str(entry.get("NAME")): entry for entry in entries if isinstance(entry, dict)}
    if not isinstance(entries, dict):
        raise HeaderError("IMPORTED is neither an object nor a list")
    found: dict[str, tuple[str, ...]] = {}
    for name, entry in entries.items():
        paths = entry.get("PATH") if isinstance(entry, dict) else entry
        paths = [paths] if isinstance(paths, str) else paths
        if not isinstance(paths, list) or not all(isinstance(path, str) for path in paths) or len(paths) not in (1, 6):
            raise HeaderError(f"the imported picture {name!r} needs one PATH, or six for a cube")
        found[_name(name, "an imported picture")] = tuple(paths)
    return found


def _hints(raw: Any) -> Hints:
    if not isinstance(raw, dict):
        raise HeaderError("SONGREEL is not an object")
    if strange := set(raw) - {"family", "energy", "moods", "words", "resolution"}:
        raise HeaderError(f"SONGREEL has {sorted(strange)[0]!r}, which means nothing")
    energy = raw.get("energy", [0, 1])
    resolution = raw.get("resolution")
    words = raw.get("words", {})
    if not isinstance(energy, list) or len(energy) != 2 or not all(_is_number(level) for level in energy):
        raise HeaderError("energy of SONGREEL is not two numbers")
    if resolution is not None and not (_is_number(resolution) and 0 < resolution <= 1):
        raise HeaderError("resolution of SONGREEL is not a number above 0 and up to 1")
    if not isinstance(words, dict):
        raise HeaderError("words of SONGREEL is not an object")
    return Hints(
        family=str(raw.get("family", "")),
        energy=(float(energy[0]), float(energy[1])),
        moods=_words(raw.get("moods", []), "moods of SONGREEL"),
        words={language: _words(entries, "words of SONGREEL") for language, entries in words.items()},
        resolution=None if resolution is None else float(resolution),
    )
