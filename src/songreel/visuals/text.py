"""Words as sprites: shaped, broken into lines, sized to the safe area, in the colors of the look.

A design is chosen by name (`text_designs.DESIGNS`); the sprite is drawn at the canvas's own pixels, once for a clip.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np

from songreel.base.errors import BadRequest
from songreel.model.timeline import Canvas, Palette, Place, TextSource
from songreel.visuals import pixels, text_designs, text_fonts, text_inks, text_lines, text_paint, text_runs, text_steps
from songreel.visuals.pixels import Sprite
from songreel.visuals.text_bidi import base_level
from songreel.visuals.text_designs import ROLE_SIZE, TextDesign
from songreel.visuals.text_lines import Box, Paragraph, SetLine
from songreel.visuals.text_paint import Placed
from songreel.visuals.text_steps import Row

_TALL_LEADING = 1.35
_MARGIN, _GLOW_MARGIN = 0.75, 1.2


@dataclass(frozen=True, slots=True)
class Drawn:
    """Words ready to lay on a frame: the sprite, its top left corner in pixels, and what had to be substituted.

    Words that come one by one have ``rows``; those that are sung have a second sprite of the same size.
    """

    sprite: Sprite
    x: int
    y: int
    substitutions: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    sung: Sprite | None = None


def draw_text(source: TextSource, canvas: Canvas, safe_area: Place, palette: Palette) -> Drawn:
    """Draw words in their design at their place of the safe area.

    After the first line end of a title, words are half as large. What the fonts of this machine cannot show is
    replaced or left out, and said in ``substitutions``. Raises BadRequest on an unknown design or white space alone.
    """
    design = text_designs.find(source.design)
    paragraphs, notes = _paragraphs(source, design)
    if not paragraphs:
        return Drawn(pixels.sprite_from_rgba(np.zeros((2, 2, 4), np.uint8)), 0, 0, notes)
    if not text_runs.is_simple(source.text):
        design = replace(design, leading=max(design.leading, _TALL_LEADING))
    size = design.size * ROLE_SIZE[source.role] * source.style.size * min(canvas.width, canvas.height)
    lines = text_lines.fit(paragraphs, size=size, tracking=design.tracking, box=_box(design, canvas, safe_area, size))
    alignment = _alignment(source, design)
    block = _set(lines, design, alignment)
    colors = text_inks.inks(source, design, palette)
    rgba = text_paint.paint(block.drawn, design, colors, size=block.size, alignment=alignment)
    x, y = _corner(source, canvas, safe_area, text_paint.extent(block.drawn.ink, design, block.size))
    top, left, bottom, right = _trim(rgba)
    rows: tuple[Row, ...] = ()
    sung = None
    if design.reveal or design.sung:
        rows = text_steps.rows_of(block.lines, block.drawn.fill.shape[0], tracking=design.tracking, by=design.reveal)
        rows = tuple(row.within(left, top, right, bottom) for row in rows)
    if design.sung:
        again = replace(colors, fill=colors.sung)
        other = text_paint.paint(block.drawn, design, again, size=block.size, alignment=alignment)
        sung = pixels.sprite_from_rgba(other[top:bottom, left:right])
    sprite = pixels.sprite_from_rgba(rgba[top:bottom, left:right])
    return Drawn(sprite, x + left, y + top, notes, rows, sung)


def _box(design: TextDesign, canvas: Canvas, safe_area: Place, size: float) -> Box:
    """Return what lines may fill: the safe area, without what a plate, a frame or a tilt takes of it."""
    width, height = safe_area.width * canvas.width, safe_area.height * canvas.height
    if design.plate or design.frame:
        width, height = width - 2 * text_paint.PADDING[0] * size, height - 2 * text_paint.PADDING[1] * size
    sine = abs(math.sin(math.radians(design.tilt)))
    width, height = width - sine * height, height - sine * width
    return Box(max(width, 1.0), max(height, 1.0), design.leading, design.max_lines)


def _paragraphs(source: TextSource, design: TextDesign) -> tuple[list[Paragraph], tuple[str, ...]]:
    text = text_runs.clean(source.text)
    if not text:
        raise BadRequest("a text has no letters", advice="Give it words to show, or remove it.")
    style = source.style
    bold, italic = design.bold or style.bold, design.italic or style.italic
    chain = text_fonts.chain(design.style, bold=bold, italic=italic, family=style.font, text=text)
    notes: list[str] = []
    wanted = style.font or text_fonts.FAMILIES[design.style]
    if chain[0].family != text_fonts.family_key(wanted):
        notes.append(f"no font ‘{wanted}’ here: set in {chain[0].name}")
    if not text_runs.is_simple(text) and not text_fonts.can_shape():
        notes.append("no FriBiDi (libfribidi0) here: letters that should join stand apart")
    paragraphs = []
    for number, words in enumerate(text.split("\n")):
        clusters, replaced = text_runs.split(words, chain)
        notes += replaced
        if style.italic:
            notes += [f"{face.name} has no italic: slanted" for face in {c.face: 0 for c in clusters} if face.slanted]
        small = number > 0 and source.role == "title"
        if clusters:
            paragraphs.append(Paragraph(clusters, design.second if small else 1.0))
    return paragraphs, tuple(dict.fromkeys(notes))


def _alignment(source: TextSource, design: TextDesign) -> float:
    """Return where lines stand in their block: 0 left, 0.5 middle, 1 right; right-to-left words hang on the right."""
    if "right" in source.position:
        return 1.0
    if "left" in source.position or (design.plate and not design.frame):
        return float(base_level(source.text))
    return 0.5


@dataclass(frozen=True, slots=True)
class _Set:
    """Lines that are placed and drawn, not yet colored; ``size`` is that of their largest letters."""

    drawn: text_paint.Block
    lines: tuple[tuple[Placed, ...], ...]
    size: float


def _set(lines: tuple[SetLine, ...], design: TextDesign, alignment: float) -> _Set:
    """Return the block with margins around it."""
    largest = max(line.size for line in lines)
    margin = round((_GLOW_MARGIN if design.glow else _MARGIN) * largest) + 4
    rows = [text_paint.line_runs(line.clusters, 0, 0, size=line.size, tracking=design.tracking) for line in lines]
    widths = [_row_width(row, design.tracking) for row in rows]
    if design.tilt:
        margin += round(abs(math.sin(math.radians(design.tilt))) * max(widths) / 2)
    placed, baseline = [], margin + largest * 1.1
    for number, (row, width, line) in enumerate(zip(rows, widths, lines, strict=True)):
        if number:
            baseline += line.size * design.leading + (0.15 * largest if line.size < lines[number - 1].size else 0)
        shift = margin + (max(widths) - width) * alignment
        placed.append(tuple(Placed(each.run, each.x + shift, baseline, each.size) for each in row))
    width, height = round(max(widths)) + 2 * margin, round(baseline + largest * 0.6) + margin
    flat = [each for row in placed for each in row]
    drawn = text_paint.draw_block(flat, width, height, tracking=design.tracking, outline=design.outline)
    return _Set(drawn, tuple(placed), largest)


def _row_width(row: Sequence[Placed], tracking: float) -> float:
    last = row[-1]
    trailing = text_lines.spacing(last.run, last.size, tracking)
    return last.x + text_lines.run_width(last.run, last.size, tracking) - trailing


def _corner(source: TextSource, canvas: Canvas, safe: Place, ink: tuple[int, int, int, int]) -> tuple[int, int]:
    """Return where the block's corner goes, so that its letters stand at their position of the safe area."""
    x, y, width, height = ink
    across = 0.0 if "left" in source.position else 1.0 if "right" in source.position else 0.5
    down = 0.0 if "top" in source.position else 1.0 if "bottom" in source.position else 0.5
    left = safe.x * canvas.width + (safe.width * canvas.width - width) * across
    top = safe.y * canvas.height + (safe.height * canvas.height - height) * down
    return round(left) - x, round(top) - y


def _trim(rgba: pixels.Picture) -> tuple[int, int, int, int]:
    """Return top, left, bottom, right of what is seen, from an even corner."""
    x, y, width, height = cv2.boundingRect(np.ascontiguousarray(rgba[:, :, 3]))
    return y & ~1, x & ~1, y + max(height, 2), x + max(width, 2)
