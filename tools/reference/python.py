"""The Python API: what ``songreel`` and ``songreel.client`` offer, with signatures and docstrings."""

from __future__ import annotations

import dataclasses
import inspect
import typing
from collections.abc import Iterator
from types import ModuleType
from typing import Any

from pydantic import BaseModel
from tools.reference.markdown import code, table, told

import songreel.client
from songreel.app import python
from songreel.model import correction, song_map, timeline
from songreel.proof import finding

_HEAD = """# Python

[How to use it](../how-to/python.md), with examples. What is not on this page may change without notice.

`AnyPath` is text or a path, `Unit` a number from 0 to 1, `Exact` a `Fraction`, `Json` a dictionary. Times are seconds.
`Progress` is a function of a stage's name and how much of it is done, 0…1.

"""
_WIDE = 110
_OFFERED: dict[type, set[str]] = {python.Studio: {"analyze", "make", "export", "prove"}, python.MakeRequest: set()}
"""Classes that have more methods than are offered to everyone."""


def page() -> str:
    """Return the page."""
    given = [
        ("songreel", python, ("make", "edit", "export", "analyze", "Options", "MakeRequest", "Made", "Turn", "Studio")),
        ("The video: songreel.model.timeline", timeline, _classes(timeline)),
        ("What is heard: songreel.model.song_map", song_map, _classes(song_map)),
        ("Corrections: songreel.model.correction", correction, _classes(correction)),
        ("The proof: songreel.proof.finding", finding, _classes(finding)),
        ("The client: songreel.client", songreel.client, tuple(songreel.client.__all__)),
    ]
    errors = "## Errors\n\nAll are in `songreel.base.errors`; [the command line](cli.md#exit-codes) lists them.\n"
    return _HEAD + "".join(_module(*each) for each in given) + errors


def _classes(module: ModuleType) -> tuple[str, ...]:
    return tuple(
        name for name, each in vars(module).items() if isinstance(each, type) and each.__module__ == module.__name__
    )


def _module(title: str, module: ModuleType, names: tuple[str, ...]) -> str:
    return f"## {title}\n\n" + "".join(_thing(name, getattr(module, name)) for name in names)


def _thing(name: str, thing: Any) -> str:
    if not isinstance(thing, type):
        return f"### {name}\n\n{_signature(name, thing)}{told(thing, name)}\n\n"
    made = _signature(name, thing) if inspect.isfunction(vars(thing).get("__init__")) and not _is_data(thing) else ""
    return f"### {name}\n\n{made}{told(thing, name)}\n\n{_fields(thing)}{''.join(_methods(thing))}"


def _is_data(kind: type) -> bool:
    return issubclass(kind, BaseModel) or dataclasses.is_dataclass(kind)


def _signature(name: str, thing: Any) -> str:
    found = inspect.signature(thing)
    start = "async " if inspect.iscoroutinefunction(thing) or inspect.isasyncgenfunction(thing) else ""
    parts = list(_parameters(found))
    returned = "" if found.return_annotation in (found.empty, "None") else f" -> {found.return_annotation}"
    line = f"{start}{name}({', '.join(parts)}){returned}"
    if len(line) > _WIDE:
        line = f"{start}{name}(\n    " + ",\n    ".join(parts) + f",\n){returned}"
    return f"```python\n{line}\n```\n\n"


def _parameters(found: inspect.Signature) -> Iterator[str]:
    keyword = False
    for each in found.parameters.values():
        if each.name in ("self", "cls"):
            continue
        if each.kind is each.KEYWORD_ONLY and not keyword:
            keyword = True
            yield "*"
        stars = "**" if each.kind is each.VAR_KEYWORD else "*" if each.kind is each.VAR_POSITIONAL else ""
        default = "" if each.default is each.empty else f" = {_plain(each.default)}"
        yield f"{stars}{each.name}: {each.annotation}{default}"


def _methods(kind: type) -> Iterator[str]:
    declared = inspect.get_annotations(kind)
    for name, each in vars(kind).items():
        if name.startswith("_") or name in declared or name not in _OFFERED.get(kind, {name}):
            continue
        plain = each.__func__ if isinstance(each, classmethod | staticmethod) else each
        if isinstance(plain, property):
            yield f"`{kind.__name__}.{name}`: {told(plain.fget, name)}\n\n"
        elif inspect.isfunction(plain):
            yield _signature(f"{kind.__name__}.{name}", plain) + told(plain, f"{kind.__name__}.{name}") + "\n\n"


def _fields(kind: type) -> str:
    rows = [(code(name), code(what), default) for name, what, default in _declared(kind)]
    return table(("field", "type", "default"), rows)


def _declared(kind: type) -> Iterator[tuple[str, str, str]]:
    if issubclass(kind, BaseModel):
        for name, field in kind.model_fields.items():
            yield (
                name,
                _annotation(kind, name),
                "" if field.is_required() else _default(field.get_default(call_default_factory=True)),
            )
    elif dataclasses.is_dataclass(kind):
        for each in dataclasses.fields(kind):
            if not each.name.startswith("_"):
                missing = each.default is dataclasses.MISSING
                yield each.name, str(each.type), "" if missing else _default(each.default)
    elif typing.is_typeddict(kind):
        yield from ((name, _annotation(kind, name), "") for name in kind.__annotations__)


def _annotation(kind: type, name: str) -> str:
    for each in kind.__mro__:
        if (found := inspect.get_annotations(each).get(name)) is not None:
            return getattr(found, "__forward_arg__", str(found))
    return ""


def _default(value: object) -> str:
    return "" if isinstance(value, BaseModel) or "<" in repr(value) else code(_plain(value))


def _plain(value: object) -> str:
    """Return a default as code has it; what has no such form by its type."""
    if "<" in repr(value):
        return "..."
    return repr(value).replace("'", '"')
