"""The sound, drawn into the frame: one file a kind, one entry of `DESIGNS` a design."""

from __future__ import annotations

from collections.abc import Mapping

from songreel.base.errors import BadRequest
from songreel.model.timeline import VisualizerSource
from songreel.visuals.pixels import I420
from songreel.visuals.visualizers import bars, ring, waveform
from songreel.visuals.visualizers.design import Design, Sound

__all__ = ["DESIGNS", "Design", "Sound", "draw", "find"]

DESIGNS: Mapping[str, Design] = {
    design.name: design for design in (bars.BARS, bars.MIRRORED, ring.RING, waveform.WAVEFORM)
}


def find(name: str) -> Design:
    """Return a design by its name; raises BadRequest when there is none."""
    try:
        return DESIGNS[name]
    except KeyError:
        advice = f"Use one of: {', '.join(DESIGNS)}."
        raise BadRequest(f"there is no visualizer {name!r}", advice=advice) from None


def draw(frame: I420, source: VisualizerSource, sound: Sound) -> None:
    """Draw the sound of one frame into it, in place; only the box of ``source.place`` is touched."""
    find(source.design).draw(frame, source, sound)
