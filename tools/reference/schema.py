"""Fields of JSON schemas in words: what a value is, where it may lie, and what stands in for it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any, get_args

from pydantic import TypeAdapter
from tools.reference.markdown import code

from songreel.model import document
from songreel.model.timeline import Position, TextRole

Json = Mapping[str, Any]
Linked = Callable[[str], str]
POSITIONS, ROLES = get_args(Position), get_args(TextRole)
_PATTERNS = {
    TypeAdapter(document.Color).json_schema()["pattern"]: "color `#rrggbb`",
    TypeAdapter(document.AssetId).json_schema()["pattern"]: "id of a file",
    TypeAdapter(document.Exact).json_schema()["pattern"]: "exact number",
}
_ENUMS = {frozenset(POSITIONS): "position", frozenset(ROLES): "role"}
_PLAIN = {
    "string": "text",
    "integer": "whole number",
    "boolean": "`true` or `false`",
    "object": "object",
    "null": "nothing",
}


def kind(schema: Json, linked: Linked) -> str:
    """Return what a value is; ``linked`` makes a link of a shared definition's name."""
    if "$ref" in schema:
        return linked(schema["$ref"].rpartition("/")[2])
    if several := schema.get("anyOf") or schema.get("oneOf"):
        known = [kind(each, linked) for each in several if each.get("type") != "null"]
        return " or ".join(dict.fromkeys(known))
    if "const" in schema:
        return code(schema["const"])
    if "enum" in schema:
        return _ENUMS.get(frozenset(schema["enum"])) or ", ".join(code(each) for each in schema["enum"])
    return _plain(schema, linked)


def _plain(schema: Json, linked: Linked) -> str:
    if "prefixItems" in schema:
        return "list of " + ", ".join(kind(each, linked) for each in schema["prefixItems"])
    if schema.get("type") == "array":
        return f"list of {kind(schema.get('items', {}), linked)}{_span(schema, 'minItems', 'maxItems')}"
    if schema.get("type") == "number" or schema.get("type") == "integer":
        return f"{'number' if schema['type'] == 'number' else 'whole number'}{_limits(schema)}"
    if schema.get("format") == "binary":
        return "file"
    named = _PATTERNS.get(schema.get("pattern", ""))
    return named or f"{_PLAIN.get(schema.get('type', ''), 'any JSON')}{_span(schema, 'minLength', 'maxLength')}"


def _limits(schema: Json) -> str:
    low, high = schema.get("minimum"), schema.get("maximum")
    if "exclusiveMinimum" in schema:
        above = f" above {_short(schema['exclusiveMinimum'])}"
        below = schema.get("exclusiveMaximum", high)
        return (
            f"{above}, {'below' if 'exclusiveMaximum' in schema else 'up to'} {_short(below)}"
            if below is not None
            else above
        )
    return _between(low, high)


def _span(schema: Json, least: str, most: str) -> str:
    found = _between(schema.get(least), schema.get(most))
    return f", {found.strip()} long" if found else ""


def _between(low: float | None, high: float | None) -> str:
    if low is not None and high is not None:
        return f" {_short(low)}" if low == high else f" {_short(low)}…{_short(high)}"
    if low is not None:
        return f" {_short(low)} or more"
    return "" if high is None else f" up to {_short(high)}"


def _short(value: float) -> str:
    return f"{value:,g}" if abs(value) < 1_000_000 else f"{value:,.0f}"


def default(name: str, owner: Json) -> str:
    """Return what stands for a field that is left out: a value, nothing, or that it is required."""
    field = owner["properties"][name]
    if name in owner.get("required", ()):
        return "required"
    return stands_for(field)


def stands_for(field: Json) -> str:
    """Return what stands for a value that is left out; empty where that is nothing."""
    value = field.get("default")
    if value in (None, [], {}, ""):
        return ""
    if isinstance(value, dict):
        return "its own defaults"
    return code(value if isinstance(value, str) else json.dumps(value))


def named(schema: object) -> Iterator[str]:
    """Yield the names of the definitions that a schema refers to."""
    if isinstance(schema, dict):
        if "$ref" in schema:
            yield schema["$ref"].rpartition("/")[2]
        for each in schema.values():
            yield from named(each)
    elif isinstance(schema, list):
        for each in schema:
            yield from named(each)
