"""What there is to choose from: all effects, transitions, looks and ways to draw the sound, by name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from songreel.director.look import looks
from songreel.director.telling.speaker import drawn
from songreel.director.understanding.talk import Talk
from songreel.visuals import catalog, visualizers

_KINDS = {"effects": "effect", "transitions": "transition", "look": "look", "visualizer": "visualizer"}
KINDS = tuple(_KINDS)


def names(kind: str, talk: Talk) -> str:
    """Return the names of all that there is of a kind, as the language of the message calls them."""
    stock: Mapping[str, Sequence[str]] = {
        "effects": sorted(catalog.effects()),
        "transitions": sorted(catalog.transitions()),
        "look": sorted(looks()),
        "visualizer": sorted(visualizers.DESIGNS),
    }
    return talk.listed(drawn(talk.language, _KINDS[kind], name) for name in stock[kind])
