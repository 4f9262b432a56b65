"""What of a request can stand alone: it says what is asked for, and what is to be done with it."""

from __future__ import annotations

from collections.abc import Sequence

from songreel.director.understanding.item import Item

HEADS = (
    "act", "history", "degree", "thing", "fade", "style", "tone", "grey", "visualizer", "effect", "transition",
    "shape", "ratio", "rate", "platform", "quality", "look", "mood", "pace", "dimension", "foreign", "ask", "scene",
    "sync",
)  # fmt: skip
_VALUES = (
    "degree", "fade", "style", "tone", "grey", "visualizer", "effect", "transition", "shape", "rate", "platform",
    "quality", "look", "mood", "pace", "position", "color", "history", "foreign", "again", "sync", "unit",
)  # fmt: skip
_LENGTHS = ("length", "duration", "runtime", "时长", "总长")
_VALUED_ACTS = ("add", "write", "remove", "keep", "mute", "unmute", "trim", "begin", "finish", "hold")
_BROUGHT = ("photo", "footage", "media", "cover", "logo")
_GENERIC = ("change", "show", "hold", "only", "again", "also", "begin", "finish")


def headed(items: Sequence[Item]) -> bool:
    """Tell whether a fragment can stand alone."""
    said = [item for item in items if not (item.silent or item.mark or item.joins)]
    if any(item.has("measure") for item in said) and all(
        item.has("measure") or item.has("act", "only") for item in said
    ):
        return False
    if any(item.asset for item in items) and any(item.place is not None for item in items):
        return True
    return _too_colored(items) or any(
        item.quote is not None
        or item.ratio is not None
        or item.size is not None
        or (item.quantity is not None and item.quantity.unit in ("fps", "db", "lines", "shot", "cut"))
        or item.has("reference", "halfway", "some-of-it")
        or (item.has("topic", "length") and item.has("word", "long") and item.said.lower().endswith(_LENGTHS))
        or any(item.has(kind) for kind in HEADS if not (kind == "act" and item.has("act", *_GENERIC) and item.silent))
        for item in items
        if item.place is None or item.meanings
    )


def _too_colored(items: Sequence[Item]) -> bool:
    """Tell whether there is too much of a color: ``红色太多了``."""
    colored = any(item.color is not None or item.has("color") for item in items)
    return colored and any(item.has("measure", "excess") for item in items)


def valued(items: Sequence[Item]) -> bool:
    """Tell whether a clause says what is to be done, and not only with what."""
    return any(
        item.quote is not None
        or item.color is not None
        or item.ratio is not None
        or item.place is not None
        or item.quantity is not None
        or item.asset is not None
        or any(item.has(kind) for kind in _VALUES)
        or item.has("thing", "fade")
        or item.has("act", *_VALUED_ACTS)
        or item.has("negator")
        for item in items
    ) or (any(item.has("act", "show") for item in items) and any(item.has("thing", *_BROUGHT) for item in items))
