"""Letters as pictures: masks drawn by FreeType in the shapes that HarfBuzz chose, then shadow, glow, outline and plate.

A mask is uint8 (h, w); a layer is float32 (h, w, 4), levels 0…1, premultiplied.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from songreel.visuals import text_fonts, text_lines, text_runs
from songreel.visuals.pixels import Picture, color_to_rgb
from songreel.visuals.text_designs import TextDesign
from songreel.visuals.text_inks import Inks
from songreel.visuals.text_runs import Cluster, Run

Mask = NDArray[np.uint8]
Layer = NDArray[np.float32]

_SLANT = 0.2
_THICKEN = 0.018
_GLOWS = ((0.9, 3.2, 0.75), (0.36, 2.2, 0.8), (0.1, 1.5, 0.9))
_FINE_ENOUGH = 4
_RIM, _RIM_PX = 0.06, 4.0
_WEAR_SEED = 20
PADDING = (0.45, 0.32)
"""The room that a plate or frame leaves at the sides of the letters, and above and below them, in em."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A run with the left end of its baseline, in pixels of the block, and the size of its letters."""

    run: Run
    x: float
    y: float
    size: float


@dataclass(frozen=True, slots=True)
class Block:
    """Letters drawn, not yet colored: the mask of those that take a color, the layer of those that have their own."""

    fill: Mask
    outline: Mask | None
    emoji: Layer | None

    @property
    def ink(self) -> Mask:
        """Return where there is anything."""
        ink = self.fill if self.outline is None else np.maximum(self.fill, self.outline)
        return ink if self.emoji is None else np.maximum(ink, np.rint(self.emoji[:, :, 3] * 255).astype(np.uint8))


def draw_block(placed: Sequence[Placed], width: int, height: int, *, tracking: float, outline: float) -> Block:
    """Draw runs on a picture; ``tracking`` and ``outline`` are in em."""
    letters = [each for each in placed if not each.run.face.is_emoji]
    emoji = [each for each in placed if each.run.face.is_emoji]
    layer = np.zeros((height, width, 4), np.float32) if emoji else None
    for each in emoji:
        if layer is not None:
            _draw_emoji(layer, each)
    edge = _draw_letters(letters, (width, height), tracking, outline) if outline else None
    return Block(_draw_letters(letters, (width, height), tracking, 0.0), edge, layer)


def paint(block: Block, design: TextDesign, inks: Inks, *, size: float, alignment: float) -> Picture:
    """Return a block in its colors as RGBA, straight alpha.

    ``size`` is that of its largest letters in pixels; the bar of a plate stands where lines begin (``alignment`` 0…1).
    """
    height, width = block.fill.shape
    ink = block.ink
    canvas = np.zeros((height, width, 4), np.float32)
    if design.plate:
        _over(canvas, _plate(ink, design, inks, size=size, alignment=alignment))
    shadow = design.shadow
    if shadow.density:
        _over(canvas, _shadow(ink, design, inks, size))
    if design.glow:
        for spread, gain, density in _GLOWS:
            light = np.minimum(_blurred(ink, spread * size) * gain, 1)
            _over(canvas, _colored(light * density * design.glow, inks.glow))
    if block.outline is not None:
        _over(canvas, _colored(_share(block.outline), inks.behind))
    if design.frame:
        _over(canvas, _colored(_framed(ink, design, size) * _wear(ink.shape, design.worn, size), inks.fill))
    _over(canvas, _colored(_share(block.fill) * _wear(ink.shape, design.worn, size), inks.fill))
    if block.emoji is not None:
        _over(canvas, block.emoji)
    return _straight(_turned(canvas, design.tilt))


def extent(ink: Mask, design: TextDesign, size: float) -> tuple[int, int, int, int]:
    """Return x, y, width and height of what must stay within the safe area: the letters, or what is around them."""
    x, y, width, height = _around(ink, design, size)
    grown_x, grown_y = (round(part / 2) for part in _growth(width, height, design.tilt))
    return x - grown_x, y - grown_y, width + 2 * grown_x, height + 2 * grown_y


def _around(ink: Mask, design: TextDesign, size: float) -> tuple[int, int, int, int]:
    x, y, width, height = cv2.boundingRect(ink)
    side, above = (round(size * PADDING[0]), round(size * PADDING[1])) if design.plate or design.frame else (0, 0)
    return x - side, y - above, width + 2 * side, height + 2 * above


def _growth(width: float, height: float, tilt: float) -> tuple[float, float]:
    """Return by how much a box grows when it is turned by so many degrees."""
    sine, cosine = abs(math.sin(math.radians(tilt))), math.cos(math.radians(tilt))
    return width * cosine + height * sine - width, height * cosine + width * sine - height


def _turned(layer: Layer, tilt: float) -> Layer:
    """Return a layer turned about the middle of it by so many degrees."""
    if not tilt:
        return layer
    height, width = layer.shape[:2]
    matrix = cv2.getRotationMatrix2D(((width - 1) / 2, (height - 1) / 2), -tilt, 1.0)
    return np.asarray(cv2.warpAffine(layer, matrix, (width, height), flags=cv2.INTER_LINEAR), np.float32)


def _shadow(ink: Mask, design: TextDesign, inks: Inks, size: float) -> Layer:
    """Return softness behind letters, where they end as dense as it takes for them to be read."""
    shadow = design.shadow
    soft = _blurred(_dilated(ink, shadow.blur * size / 3), shadow.blur * size)
    dropped = np.minimum(np.roll(soft, round(shadow.drop * size), axis=0) * 1.25, 1) * shadow.density
    if not design.plate:
        reach = max(_RIM * size, _RIM_PX)
        near = _blurred(_dilated(ink, 1.6 * reach), reach)
        dropped = np.maximum(dropped, np.minimum(near * 2, 1) * inks.density)
    return _colored(np.asarray(dropped, np.float32), inks.behind)


def _framed(ink: Mask, design: TextDesign, size: float) -> NDArray[np.float32]:
    """Return the stroke of a box with round corners around the letters."""
    left, top, width, height = _around(ink, design, size)
    stroke, radius = max(1, round(design.frame * size)), round(size * 0.12)
    outer, inner = np.zeros(ink.shape, np.uint8), np.zeros(ink.shape, np.uint8)
    _rounded(outer, (left + stroke, top + stroke, left + width - stroke, top + height - stroke), radius)
    inside = (left + 2 * stroke, top + 2 * stroke, left + width - 2 * stroke, top + height - 2 * stroke)
    _rounded(inner, inside, max(radius - stroke, 1))
    return _share(cv2.subtract(outer, inner).astype(np.uint8))


def _wear(shape: tuple[int, ...], share: float, size: float) -> NDArray[np.float32] | np.float32:
    """Return how much ink is left where a share of it is rubbed off, in spots of a few sizes."""
    if not share:
        return np.float32(1)
    rng = np.random.default_rng(_WEAR_SEED)
    height, width = shape[:2]
    spots = np.zeros((height, width), np.float32)
    for grain in (0.015, 0.05, 0.16):
        step = max(1.0, grain * size)
        cells = rng.random((int(height / step) + 2, int(width / step) + 2), np.float32)
        spots += cv2.resize(cells, (width, height), interpolation=cv2.INTER_CUBIC)
    edge = float(np.quantile(spots, share))
    return np.asarray(np.clip((spots - edge) / 0.12 + 0.5, 0.0, 1.0), np.float32)


def _draw_letters(placed: Sequence[Placed], size: tuple[int, int], tracking: float, stroke: float) -> Mask:
    mask = np.zeros((size[1], size[0]), np.uint8)
    for each in placed:
        picture = Image.new("L", size)
        pen = ImageDraw.Draw(picture)
        font = text_fonts.open_font(each.run.face, each.size)
        width = stroke * each.size + (_THICKEN * each.size if each.run.face.thickened else 0)
        for part, x in _steps(each, tracking):
            text, direction, features = text_lines.shaping(part, tracking)
            pen.text(
                (x, each.y),
                text,
                fill=255,
                font=font,
                anchor="ls",
                direction=direction,
                features=features,
                stroke_width=width,
            )
        drawn = np.asarray(picture)
        np.maximum(mask, _slanted(drawn, each.y) if each.run.face.slanted else drawn, out=mask)
    return mask


def _steps(each: Placed, tracking: float) -> list[tuple[Run, float]]:
    """Return what is drawn at once and where: a whole run, or its clusters one by one where they are spaced."""
    gap = text_lines.spacing(each.run, each.size, tracking)
    if not gap:
        return [(each.run, each.x)]
    clusters = each.run.clusters
    steps, x = [], each.x
    for at in range(len(clusters)):
        steps.append((Run(clusters[at : at + 1]), x))
        pair = Run(clusters[at : at + 2])
        x += gap + text_lines.run_width(pair, each.size, 0.0)
        if at + 1 < len(clusters):
            x -= text_lines.run_width(Run(clusters[at + 1 : at + 2]), each.size, 0.0)
    return steps


def _slanted(mask: Mask, baseline: float) -> Mask:
    matrix = np.array([[1, -_SLANT, _SLANT * baseline], [0, 1, 0]])
    return np.asarray(cv2.warpAffine(mask, matrix, (mask.shape[1], mask.shape[0])), np.uint8)


def _draw_emoji(layer: Layer, each: Placed) -> None:
    """Draw color bitmaps at their own size and scale them to the letters' size."""
    font = text_fonts.open_font(each.run.face, each.size)
    scale = each.size / font.size
    left, top, right, bottom = font.getbbox(each.run.text, anchor="ls")
    if right <= left or bottom <= top:
        return
    picture = Image.new("RGBA", (round(right - left), round(bottom - top)))
    ImageDraw.Draw(picture).text((-left, -top), each.run.text, font=font, anchor="ls", embedded_color=True)
    source = np.asarray(picture, np.float32) / 255
    source[:, :, :3] *= source[:, :, 3:]
    height, width = layer.shape[:2]
    fit = (max(1, round(source.shape[1] * scale)), max(1, round(source.shape[0] * scale)))
    small = cv2.resize(source, fit, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC)
    shift = np.array([[1, 0, each.x + left * scale], [0, 1, each.y + top * scale]])
    _over(layer, np.clip(cv2.warpAffine(small, shift, (width, height)), 0, 1).astype(np.float32))


def _plate(ink: Mask, design: TextDesign, inks: Inks, *, size: float, alignment: float) -> Layer:
    """Return a rounded plate that leaves room around the ink, with an upright bar where the design has one."""
    left, top, width, height = _around(ink, design, size)
    right, bottom = min(left + width, ink.shape[1]), min(top + height, ink.shape[0])
    left, top = max(left, 0), max(top, 0)
    plate = np.zeros(ink.shape, np.uint8)
    _rounded(plate, (left, top, right, bottom), round(size * 0.12))
    layer = _colored(_share(plate) * max(design.plate, inks.density), inks.plate)
    if design.bar:
        bar = np.zeros(ink.shape, np.uint8)
        wide = max(2, round(size * 0.12))
        edge = right - wide if alignment == 1 else left
        _rounded(bar, (edge, top, edge + wide, bottom), round(size * 0.05))
        _over(layer, _colored(_share(bar), inks.glow))
    return layer


def _rounded(mask: Mask, box: tuple[int, int, int, int], radius: int) -> None:
    """Fill a box with round corners, four times as fine for a smooth edge."""
    left, top, right, bottom = max(box[0], 0), max(box[1], 0), min(box[2], mask.shape[1]), min(box[3], mask.shape[0])
    if left >= right or top >= bottom:
        return
    big = Image.new("L", (4 * (right - left), 4 * (bottom - top)))
    ImageDraw.Draw(big).rounded_rectangle((0, 0, big.width - 1, big.height - 1), 4 * radius, fill=255)
    mask[top:bottom, left:right] = np.asarray(big.resize((right - left, bottom - top), Image.Resampling.BOX))


def _dilated(mask: Mask, radius: float) -> Mask:
    reach = max(1, round(radius))
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * reach + 1, 2 * reach + 1))
    return np.asarray(cv2.dilate(mask, kernel), np.uint8)


def _blurred(mask: Mask, radius: float) -> NDArray[np.float32]:
    """Return a mask as 0…1, blurred so that ``radius`` pixels away it has almost faded."""
    height, width = mask.shape
    sigma = max(radius / 2, 0.3)
    step = max(1, int(sigma / _FINE_ENOUGH))
    small = cv2.resize(mask, (-(-width // step), -(-height // step)), interpolation=cv2.INTER_AREA)
    soft = cv2.GaussianBlur(_share(np.asarray(small, np.uint8)), (0, 0), sigma / step)
    return np.asarray(cv2.resize(soft, (width, height), interpolation=cv2.INTER_LINEAR), np.float32)


def _share(mask: Mask) -> NDArray[np.float32]:
    return mask.astype(np.float32) * np.float32(1 / 255)


def _colored(alpha: NDArray[np.float32], color: str) -> Layer:
    levels = np.array([*color_to_rgb(color), 255], np.float32) / 255
    return np.asarray(alpha[:, :, None] * levels, np.float32)


def _over(below: Layer, above: Layer) -> None:
    below *= 1 - above[:, :, 3:]
    below += above


def _straight(layer: Layer) -> Picture:
    alpha = np.maximum(layer[:, :, 3:], 1e-6)
    straight = np.concatenate([layer[:, :, :3] / alpha, layer[:, :, 3:]], axis=2)
    rounded: Picture = np.rint(np.clip(straight, 0, 1) * 255).astype(np.uint8)
    return rounded


def line_runs(clusters: Sequence[Cluster], x: float, y: float, *, size: float, tracking: float) -> list[Placed]:
    """Return the runs of one line, placed from left to right from a point of its baseline."""
    placed = []
    for run in text_runs.runs(clusters):
        placed.append(Placed(run, x, y, size))
        x += text_lines.run_width(run, size, tracking)
    return placed
