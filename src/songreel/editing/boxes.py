"""Boxes on the canvas: where a visualizer or a laid-over picture is, in shares of the width and height."""

from __future__ import annotations

from typing import cast

from songreel.model.timeline import Canvas, Place, Position
from songreel.visuals import visualizers

_ROUND_SHARE, _MOST_OF_SAFE = 0.62, 1.25
_LOW, _HIGH = 0.4, 0.6
_LEAST = 0.02


def visualizer(design: str, position: Position | None, canvas: Canvas, safe: Place) -> Place:
    """Return the box of a visualizer: a square in the middle for round ones, a band in the safe area for the others."""
    known = visualizers.find(design)
    if known.square:
        side = _ROUND_SHARE * min(canvas.width * safe.width, canvas.height * safe.height)
        width, height = side / canvas.width, side / canvas.height
    else:
        width, height = safe.width, known.height * min(1, _MOST_OF_SAFE * safe.height)
    return inside(width, height, position or ("center" if known.square else "bottom"), safe)


def picture(width: int, height: int, size: float, position: Position, canvas: Canvas, safe: Place) -> Place:
    """Return the box of a picture of so many pixels; its longer side is ``size`` of the canvas's shorter side.

    What would not go into the canvas is as large as it can be.
    """
    longer = size * min(canvas.width, canvas.height)
    longer = min(longer, *(max(width, height) * room / side for room, side in _sides(width, height, canvas)))
    across, down = (longer * side / max(width, height) for side in (width, height))
    return inside(across / canvas.width, down / canvas.height, position, safe)


def _sides(width: int, height: int, canvas: Canvas) -> tuple[tuple[int, int], tuple[int, int]]:
    return (canvas.width, width), (canvas.height, height)


def inside(width: float, height: float, position: Position, safe: Place) -> Place:
    """Return a box of a size at a place of the safe area; what is larger than the safe area is centered on it."""
    width, height = min(max(width, _LEAST), 1), min(max(height, _LEAST), 1)
    across = 0.0 if "left" in position else 1.0 if "right" in position else 0.5
    down = 0.0 if "top" in position else 1.0 if "bottom" in position else 0.5
    x = safe.x + (safe.width - width) * (across if width <= safe.width else 0.5)
    y = safe.y + (safe.height - height) * (down if height <= safe.height else 0.5)
    x, y = min(max(x, 0), 1 - width), min(max(y, 0), 1 - height)
    return Place(x=round(x, 4), y=round(y, 4), width=round(width, 4), height=round(height, 4))


def position_of(box: Place) -> Position:
    """Return the place of the frame where the middle of a box is."""
    x, y = box.x + box.width / 2, box.y + box.height / 2
    across = "left" if x < _LOW else "right" if x > _HIGH else ""
    down = "top" if y < _LOW else "bottom" if y > _HIGH else ""
    return cast(Position, "-".join(part for part in (down, across) if part) or "center")


def scaled(box: Place, factor: float, safe: Place) -> Place:
    """Return a box that is larger or smaller by a factor, at the same place of the frame."""
    return inside(box.width * factor, box.height * factor, position_of(box), safe)
