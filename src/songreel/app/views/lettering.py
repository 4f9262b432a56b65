"""Words on a diagram, in the fonts of this machine, so that a song's name is readable in any script."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from songreel.visuals import text_fonts, text_lines, text_paint, text_runs

Picture = NDArray[np.uint8]
Color = tuple[int, int, int]
_LINE = 1.5
_BASELINE = 1.1


def width(words: str, size: float) -> int:
    """Return how many pixels words take."""
    return int(_mask(words, size).shape[1])


def write(picture: Picture, words: str, place: tuple[int, int], *, size: float, color: Color) -> None:
    """Blend words into an RGB picture; ``place`` is the left end and the top of their line, in pixels."""
    mask = _mask(words, size)
    x, y = place
    target = picture[max(y, 0) : y + mask.shape[0], max(x, 0) : x + mask.shape[1]]
    share = mask[max(-y, 0) :, max(-x, 0) :][: target.shape[0], : target.shape[1], None] / np.float32(255)
    target[:] = np.rint(target + share * (np.array(color, np.float32) - target)).astype(np.uint8)


@lru_cache(maxsize=1024)
def _mask(words: str, size: float) -> NDArray[np.uint8]:
    chain = text_fonts.chain("sans", bold=False, italic=False, text=words)
    clusters, _ = text_runs.split(text_runs.clean(words), chain)
    placed = text_paint.line_runs(clusters, 0, _BASELINE * size, size=size, tracking=0)
    reach = max((each.x + text_lines.run_width(each.run, size, 0) for each in placed), default=1.0)
    block = text_paint.draw_block(placed, int(np.ceil(reach)) + 1, int(np.ceil(_LINE * size)), tracking=0, outline=0)
    return block.ink
