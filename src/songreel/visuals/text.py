"""Words as sprites: shaped, broken into lines, sized to the safe area, in the colors of the look.

A design is chosen by name (`text_designs.DESIGNS`); the sprite is drawn at the canvas's own pixels, once for a clip.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np

from songreel.base.errors import BadRequest
from songreel.model.timeline import Canvas, Palette, Place, TextSource
from songreel.visuals import pixels, text_designs, text_fonts, text_lines, text_paint, text_runs
from songreel.visuals.pixels import Sprite, color_to_rgb
from songreel.visuals.text_bidi import base_level
from songreel.visuals.text_designs import ROLE_SIZE, TextDesign
from songreel.visuals.text_lines import Box, Paragraph, SetLine
from songreel.visuals.text_paint import Inks, Placed

_TALL_LEADING = 1.35
_MARGIN, _GLOW_MARGIN = 0.75, 1.2
_LIGHT_ENOUGH, _DARK = 0.55, 0.25


@dataclass(frozen=True, slots=True)
class Drawn:
    """Words ready to lay on a frame: the sprite, its top left corner in pixels, and what had to be substituted."""

    sprite: Sprite
    x: int
    y: int
    substitutions: tuple[str, ...] = ()


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
    box = Box(safe_area.width * canvas.width, safe_area.height * canvas.height, design.leading, design.max_lines)
    if design.plate:
        box = Box(box.width - size, box.height - size, box.leading, box.max_lines)
    lines = text_lines.fit(paragraphs, size=size, tracking=design.tracking, box=box)
    rgba, ink = _painted(lines, design, _inks(source, design, palette), _alignment(source, design))
    x, y = _corner(source, canvas, safe_area, ink)
    top, left, bottom, right = _trim(rgba)
    return Drawn(pixels.sprite_from_rgba(rgba[top:bottom, left:right]), x + left, y + top, notes)


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
    if "left" in source.position or design.plate:
        return float(base_level(source.text))
    return 0.5


def _painted(
    lines: tuple[SetLine, ...], design: TextDesign, inks: Inks, alignment: float
) -> tuple[pixels.Picture, tuple[int, int, int, int]]:
    """Return the block as RGBA with margins around it, and the box of its letters: x, y, width, height."""
    largest = max(line.size for line in lines)
    margin = round((_GLOW_MARGIN if design.glow else _MARGIN) * largest) + 4
    rows = [text_paint.line_runs(line.clusters, 0, 0, size=line.size, tracking=design.tracking) for line in lines]
    widths = [_row_width(row, design.tracking) for row in rows]
    placed, baseline = [], margin + largest * 1.1
    for number, (row, width, line) in enumerate(zip(rows, widths, lines, strict=True)):
        if number:
            baseline += line.size * design.leading + (0.15 * largest if line.size < lines[number - 1].size else 0)
        shift = margin + (max(widths) - width) * alignment
        placed += [Placed(each.run, each.x + shift, baseline, each.size) for each in row]
    width, height = round(max(widths)) + 2 * margin, round(baseline + largest * 0.6) + margin
    block = text_paint.draw_block(placed, width, height, tracking=design.tracking, outline=design.outline)
    rgba = text_paint.paint(block, design, inks, size=largest, alignment=alignment)
    return rgba, text_paint.extent(block.ink, design, largest)


def _row_width(row: list[Placed], tracking: float) -> float:
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


def _inks(source: TextSource, design: TextDesign, palette: Palette) -> Inks:
    """Return the colors of a block: words that nobody colored are light enough to be read on what is behind them."""
    ink, _, main, accent, light = palette
    chosen = {"light": light, "accent": accent, "main": main}[design.ink]
    glow = source.style.color or accent
    fill = source.style.color or _lightened(chosen, _LIGHT_ENOUGH)
    if design.glow:
        fill, glow = _lightened(glow, 0.86), _darkened(glow, 0.18)
    behind = _darkened(ink, 0.02) if _luminance(fill) > _DARK else "#ffffff"
    return Inks(fill, behind, glow)


def _luminance(color: str) -> float:
    """Return the relative luminance of a color (WCAG 2.2)."""
    linear = [level / 12.92 if level <= 0.04045 else ((level + 0.055) / 1.055) ** 2.4 for level in _levels(color)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _levels(color: str) -> list[float]:
    return [level / 255 for level in color_to_rgb(color)]


def _lightened(color: str, luminance: float) -> str:
    """Return a color mixed with as little white as it takes to reach a luminance."""
    return next(mixed for mixed in _towards(color, 1.0) if _luminance(mixed) >= luminance)


def _darkened(color: str, luminance: float) -> str:
    """Return a color mixed with as little black as it takes to come down to a luminance."""
    return next(mixed for mixed in _towards(color, 0.0) if _luminance(mixed) <= luminance)


def _towards(color: str, level: float) -> list[str]:
    steps = [[here + (level - here) * step / 20 for here in _levels(color)] for step in range(21)]
    return ["#" + "".join(f"{round(255 * each):02x}" for each in step) for step in steps]
