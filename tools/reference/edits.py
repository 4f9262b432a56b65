"""The edits: every verb with its fields, and how people say it."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from typing import Any, get_args

from annotated_types import Ge, Gt, Le, Lt
from pydantic import BaseModel
from tools.reference import schema
from tools.reference.markdown import code, table, told

from songreel.model import edit as edits

_HEAD = """# Edits

A message becomes a list of edits, whoever reads it: the rules, or a language model. An edit is a JSON object with a
`verb` and the fields of that verb; one that has other fields, or values out of bounds, is refused.
`songreel edit PROJECT WORDS --json` prints those that some words became, and a project keeps those of every version.

```json
{example}
```

Times are in seconds, as exact numbers: text, whole or a fraction (`"12"`, `"30000/1001"`). A field with an empty
default may be left out (`None` in Python, `null` in JSON): then what the verb says of it happens, or what the video has
stays. A *position* is one of {positions}. A *role* is one of {roles}.

"""
_EXAMPLE = """{"verb": "add-text", "text": "Urban Dreams", "role": "title",
 "where": {"stretches": [{"start": "0", "end": "3"}]}}"""
_PARTS: Mapping[str, str] = {
    "text": "Words",
    "rhythm": "Rhythm of the cuts",
    "picture": "Pictures",
    "dress": "Colors, effects, transitions, the visualizer",
    "sound": "The song, and which part of it is shown",
    "canvas": "Shape, size and rate",
    "project": "The video as a whole",
}
SAID: Mapping[str, str] = {
    "add-text": "add the title 'Urban Dreams' for the first three seconds",
    "retitle": "change the title to 'City Lights'",
    "move-text": "move the title to the bottom",
    "restyle-text": "make the title bigger",
    "retime-text": "show the title for five seconds",
    "fade-text": "fade the title in over one second",
    "remove-text": "remove the title",
    "set-lyrics": "add these lyrics:\\nWalking home alone\\nUnder paper moons",
    "change-text": "change 'Under paper moons' to 'Under paper boats'",
    "cut-every": "cut on every beat",
    "cut-denser": "cut twice as often",
    "hold-shot": "no cuts in the first four seconds",
    "cut-at": "cut at 3 seconds",
    "remove-shot": "remove the second shot",
    "set-look": "make it look like synthwave",
    "show-scenes": "use the tunnel scene",
    "show-another": "a different picture in the second shot",
    "set-palette": "make it blue and orange",
    "adjust-grade": "make it brighter",
    "set-effect": "add a glitch effect",
    "remove-effect": "remove the glitch effect",
    "set-transition": "use dissolves between the shots",
    "fade-picture": "fade to black at the end",
    "set-visualizer": "add a visualizer at the bottom",
    "remove-visualizer": "remove the visualizer",
    "set-volume": "make the song half as loud",
    "fade-song": "fade the music out over two seconds",
    "use-part": "use only the first four seconds of the song",
    "use-best-part": "use the best three seconds of the song",
    "set-canvas": "make it vertical for TikTok",
    "undo": "undo",
    "redo": "redo",
    "go-to": "go back to version 2",
    "start-over": "start over",
}
"""A sentence for each verb that needs no file of its own; said in this order, each has what it speaks of."""


def page() -> str:
    """Return the page."""
    definitions = edits.EDITS.json_schema()["$defs"]
    verbs = list(_verbs())
    own = {kind.__name__ for kind in verbs}
    shared = sorted({name for each in verbs for name in _needed(each.__name__, definitions)} - own)
    head = _HEAD.format(
        example=_EXAMPLE,
        positions=", ".join(code(each) for each in schema.POSITIONS),
        roles=", ".join(code(each) for each in schema.ROLES),
    )
    parts = "".join(_part(name, title, verbs) for name, title in _PARTS.items())
    return head + parts + "## Values\n\n" + "".join(_record(_find(name), f"### {name}") for name in shared)


def _verbs() -> Iterator[type[BaseModel]]:
    yield from get_args(edits.Change)
    yield from get_args(edits.Step)


def _part(name: str, title: str, verbs: list[type[BaseModel]]) -> str:
    here = [each for each in verbs if each.__module__.rpartition(".")[2] == name]
    return f"## {title}\n\n" + "".join(_verb(each) for each in here)


def _verb(kind: type[BaseModel]) -> str:
    verb = kind.model_fields["verb"].default
    said = f'Said as: "{SAID[verb]}"\n\n'.replace("\\n", " / ") if verb in SAID else ""
    return _record(kind, f"### {verb}", said)


def _record(kind: type[BaseModel], heading: str, said: str = "") -> str:
    own = kind.model_json_schema()
    rows = [
        (code(name), schema.kind(field, _linked) + _exact(kind, name), schema.default(name, own))
        for name, field in own.get("properties", {}).items()
        if name != "verb"
    ]
    return f"{heading}\n\n{told(kind, kind.__name__)}\n\n{said}{table(('field', 'what it is', 'default'), rows)}"


def _exact(kind: type[BaseModel], name: str) -> str:
    """Return the bounds of an exact number, which its schema does not tell."""
    said = {Ge: "{} or more", Gt: "above {}", Le: "up to {}", Lt: "below {}"}
    field = kind.model_fields[name]
    if "Exact" not in str(field.annotation) and "Fraction" not in str(field.annotation):
        return ""
    limits = [said[type(each)].format(next(iter(vars_of(each)))) for each in field.metadata if type(each) in said]
    return f", {', '.join(limits)}" if limits else ""


def vars_of(limit: Any) -> Iterator[Any]:
    """Yield what a limit of annotated_types says."""
    yield from (getattr(limit, name) for name in ("ge", "gt", "le", "lt") if hasattr(limit, name))


def _linked(name: str) -> str:
    return f"[{name}](#{name.lower()})"


def _needed(name: str, definitions: Mapping[str, Any]) -> set[str]:
    found: set[str] = set()
    waiting = [name]
    while waiting:
        for each in schema.named(definitions[waiting.pop()]):
            if each not in found:
                found.add(each)
                waiting.append(each)
    return found


def _find(name: str) -> type[BaseModel]:
    for module in (
        "songreel.model.edit.where",
        "songreel.model.edit.text",
        "songreel.model.timeline",
        "songreel.model.brief",
    ):
        if hasattr(sys.modules[module], name):
            return getattr(sys.modules[module], name)  # type: ignore[no-any-return]
    raise LookupError(name)
