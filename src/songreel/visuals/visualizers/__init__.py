"""The sound, drawn into the frame: one file a kind, one entry of `DESIGNS` a design."""

from __future__ import annotations

from collections.abc import Mapping

from songreel.base.errors import BadRequest
from songreel.model.timeline import VisualizerSource
from songreel.visuals.pixels import I420
from songreel.visuals.visualizers import (
    bars,
    cover_bars,
    dots,
    filled_wave,
    line,
    oscilloscope,
    peaks,
    ring,
    stereo_field,
    terrain,
    waveform,
)
from songreel.visuals.visualizers.design import Box, Design, Sound, box_in, square_of

__all__ = ["DESIGNS", "Design", "Sound", "draw", "find", "hole"]

DESIGNS: Mapping[str, Design] = {
    design.name: design
    for design in (
        bars.BARS,
        bars.MIRRORED,
        ring.RING,
        cover_bars.COVER_BARS,
        waveform.WAVEFORM,
        filled_wave.FILLED_WAVE,
        dots.DOTS,
        terrain.TERRAIN,
        peaks.PEAKS,
        stereo_field.STEREO_FIELD,
        oscilloscope.OSCILLOSCOPE,
        line.LINE,
    )
}


def find(name: str) -> Design:
    """Return a design by its name; raises BadRequest when there is none."""
    try:
        return DESIGNS[name]
    except KeyError:
        advice = f"Use one of: {', '.join(DESIGNS)}."
        raise BadRequest(f"there is no visualizer {name!r}", advice=advice) from None


def hole(source: VisualizerSource, width: int, height: int) -> Box:
    """Return where, on a frame of so many pixels, a visualizer leaves room for a round picture; empty where nowhere."""
    square = square_of(box_in(width, height, source.place))
    side = round(square.width * find(source.design).hole / 4) * 4
    rim = (square.width - side) // 4 * 2
    return Box(square.x + rim, square.y + rim, side, side)


def draw(frame: I420, source: VisualizerSource, sound: Sound) -> None:
    """Draw the sound of one frame into it, in place; only the box of ``source.place`` is touched."""
    find(source.design).draw(frame, source, sound)
