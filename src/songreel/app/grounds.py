"""What edits of a project stand on, and a video composed for where it is exported to."""

from __future__ import annotations

from songreel.base.errors import EditRefused
from songreel.director import look as looks
from songreel.director.crew import FilmCrew
from songreel.director.stock import Stock
from songreel.editing import apply
from songreel.editing.ground import Ground
from songreel.model.brief import Brief
from songreel.model.edit import SetCanvas
from songreel.model.preset import Preset
from songreel.model.song_map import SongMap
from songreel.model.timeline import Timeline


def ground(song_map: SongMap, brief: Brief, stock: Stock) -> Ground:
    """Return what edits of a video stand on."""
    return Ground(
        song_map=song_map,
        crew=FilmCrew(song_map, brief, stock),
        assets={stock.song.id: stock.song, **stock.assets},
        scenes=tuple(sorted(stock.scenes)),
        looks=tuple(looks.looks()),
    )


def composed(timeline: Timeline, preset: Preset, stands: Ground, *, platform: str | None) -> Timeline:
    """Return a video on a preset's canvas, within the limits of the ``platform`` where one is named."""
    asked = SetCanvas(preset=platform, width=preset.width, height=preset.height, fps=preset.fps)
    try:
        return apply.apply(timeline, (asked,), stands)
    except EditRefused as error:
        if error.kind == "same":
            return timeline
        raise
