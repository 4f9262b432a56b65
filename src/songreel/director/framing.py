"""Windows on pictures and their slow moves: centered on what matters, never beyond the edge."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from songreel.model.document import AssetId
from songreel.model.timeline import Canvas, Framing, PhotoSource

FAR_SHAPES = 1.6
"""Pictures whose shape differs from the canvas by more than this factor are shown whole, before blurred sides."""
Move = Literal["in", "out", "pan-left", "pan-right"]
_SPEED = 0.022
_LEAST, _MOST = 0.05, 0.28
_MARGIN = 1.04


@dataclass(frozen=True, slots=True)
class Picture:
    """A still picture: its size in pixels, and where to look."""

    asset: AssetId
    width: int
    height: int
    x: float = 0.5
    y: float = 0.5


def fit(width: int, height: int, canvas: Canvas) -> Literal["cover", "blurred"]:
    """Return how a picture of this size fills the canvas."""
    return "blurred" if max(_stretch(width, height, canvas)) > FAR_SHAPES else "cover"


def gain_of(seconds: float, energy: float) -> float:
    """Return how far a picture is zoomed in the course of a shot: more when it is longer or livelier."""
    return min(max(_SPEED * seconds * (0.7 + energy), _LEAST), _MOST)


def photo(picture: Picture, canvas: Canvas, move: Move, gain: float) -> PhotoSource:
    """Return a picture with a slow move towards, away from or across what matters in it."""
    if fit(picture.width, picture.height, canvas) == "blurred":
        near = Framing(zoom=round(1 + gain * 0.35, 4))
        begin, finish = (near, Framing()) if move == "out" else (Framing(), near)
        return PhotoSource(asset=picture.asset, fit="blurred", begin=begin, finish=finish)
    if move in ("in", "out"):
        far = _window(picture, canvas, _MARGIN, (0.5 - picture.x) / 2, (0.5 - picture.y) / 2)
        close = _window(picture, canvas, _MARGIN + gain, 0, 0)
        begin, finish = (far, close) if move == "in" else (close, far)
    else:
        begin, finish = _pan(picture, canvas, gain, 1 if move == "pan-left" else -1)
    return PhotoSource(asset=picture.asset, begin=begin, finish=finish)


def still(picture: Picture, canvas: Canvas) -> PhotoSource:
    """Return a picture that does not move."""
    filled = fit(picture.width, picture.height, canvas)
    framing = Framing() if filled == "blurred" else _window(picture, canvas, 1.0, 0, 0)
    return PhotoSource(asset=picture.asset, fit=filled, begin=framing, finish=framing)


def centered(picture: Picture, canvas: Canvas, *, zoom: float = 1.0) -> Framing:
    """Return the largest window on a picture that has what matters in its middle, as far as the edges allow.

    ``zoom`` above 1 steps closer.
    """
    return _window(picture, canvas, zoom, 0, 0)


def _pan(picture: Picture, canvas: Canvas, gain: float, side: int) -> tuple[Framing, Framing]:
    """Return two windows with what matters between them, along the way on which the picture has more to show."""
    wide, tall = _stretch(picture.width, picture.height, canvas)
    zoom = _MARGIN + gain
    across, down = (0.0, gain) if tall > wide else (gain, 0.0)
    x, reach_x = _between(picture.x, 0.5 / (zoom * wide), across)
    y, reach_y = _between(picture.y, 0.5 / (zoom * tall), down)
    begin = Framing(x=round(x + side * reach_x, 6), y=round(y + side * reach_y, 6), zoom=round(zoom, 4))
    finish = Framing(x=round(x - side * reach_x, 6), y=round(y - side * reach_y, 6), zoom=begin.zoom)
    return begin, finish


def _between(center: float, half: float, way: float) -> tuple[float, float]:
    """Return the middle of a way, moved so that both its ends are windows inside the picture, and half its length."""
    reach = min(way, 1 - 2 * half) / 2
    return _kept(center, half + reach), reach


def _window(picture: Picture, canvas: Canvas, zoom: float, dx: float, dy: float) -> Framing:
    wide, tall = (0.5 / (zoom * stretch) for stretch in _stretch(picture.width, picture.height, canvas))
    return Framing(x=_kept(picture.x + dx, wide), y=_kept(picture.y + dy, tall), zoom=round(zoom, 4))


def _stretch(width: int, height: int, canvas: Canvas) -> tuple[float, float]:
    """Return by how much the picture is wider and taller than the canvas's shape; one of the two is 1."""
    ratio = (width / height) / (canvas.width / canvas.height)
    return max(ratio, 1.0), max(1 / ratio, 1.0)


def _kept(center: float, half: float) -> float:
    return round(min(max(center, half), 1 - half), 6)
