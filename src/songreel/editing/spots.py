"""Where words stand without covering one another or the visualizer."""

from __future__ import annotations

from songreel.base.time import Span
from songreel.editing import clips
from songreel.model.timeline import Clip, Position, TextRole, TextSource, Timeline, VisualizerSource

_WANTED: dict[TextRole, tuple[Position, ...]] = {
    "title": ("center", "top", "bottom", "top-left", "bottom-left"),
    "artist": ("bottom", "top", "center", "bottom-left", "top-left"),
    "subtitle": ("bottom", "top", "center", "bottom-left", "top-left"),
    "caption": ("center", "bottom", "top", "bottom-left", "top-left"),
    "lyric": ("bottom", "top", "center", "bottom-left", "top-left"),
}
_LOW, _HIGH = 0.62, 0.38


def free(timeline: Timeline, role: TextRole, span: Span) -> Position:
    """Return the best place for words of a role, among those where nothing stands in these frames."""
    taken = {position for clip in _words(timeline, span) for position in _covers(_source(clip).position)}
    taken |= _under_visualizer(timeline, span)
    return next((spot for spot in _WANTED[role] if not taken & set(_covers(spot))), _WANTED[role][0])


def make_room(timeline: Timeline, clip: Clip) -> Timeline:
    """Move other words away from where a clip stands while it is shown."""
    mine = set(_covers(_source(clip).position))
    for other in _words(timeline, clip.span):
        source = _source(other)
        if other.id == clip.id or not mine & set(_covers(source.position)):
            continue
        spot = _elsewhere(timeline, other)
        moved = source.evolve(position=spot)
        timeline = clips.change(timeline, {other.id}, lambda each, moved=moved: each.evolve(source=moved))  # type: ignore[misc]
    return timeline


def _elsewhere(timeline: Timeline, clip: Clip) -> Position:
    without = clips.remove(timeline, {clip.id})
    return free(without, _source(clip).role, clip.span)


def _words(timeline: Timeline, span: Span) -> list[Clip]:
    every = (*timeline.clips("titles"), *timeline.clips("lyrics"))
    return [clip for clip in every if isinstance(clip.source, TextSource) and len(clip.span.meet(span))]


def _source(clip: Clip) -> TextSource:
    assert isinstance(clip.source, TextSource)
    return clip.source


def _covers(position: Position) -> tuple[Position, ...]:
    """Return the places that words in one place reach into: those in the middle reach to both sides."""
    rows: dict[str, tuple[Position, ...]] = {
        "top": ("top", "top-left", "top-right"),
        "center": ("center", "left", "right"),
        "bottom": ("bottom", "bottom-left", "bottom-right"),
    }
    row = rows.get(position)
    return row if row else (position,)


def _under_visualizer(timeline: Timeline, span: Span) -> set[Position]:
    taken: set[Position] = set()
    for clip in timeline.clips("visualizer"):
        if isinstance(clip.source, VisualizerSource) and len(clip.span.meet(span)):
            middle = clip.source.place.y + clip.source.place.height / 2
            row: Position = "bottom" if middle > _LOW else "top" if middle < _HIGH else "center"
            taken |= set(_covers(row))
    return taken
