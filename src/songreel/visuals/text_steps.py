"""Where words come one by one: the borders of letters or words, and which part of a sprite is shown at a moment.

::

    rows    ┌──┬───┬──┬────┐        share 0.6     ▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓    rows that are whole
            │We│ are│ the│ …       of the steps   ▓▓▓▓▓▓▓▓           the row on which it stands
            └──┴───┴──┴────┘
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from songreel.visuals import text_lines
from songreel.visuals.text_designs import Reveal
from songreel.visuals.text_paint import Placed
from songreel.visuals.text_runs import Run


class Row(NamedTuple):
    """One line of a sprite, in its pixels: from ``top`` to ``bottom``; its words begin and end at ``edges``.

    There is one edge more than there are steps; in a line of right-to-left words they go from right to left.
    """

    top: int
    bottom: int
    edges: tuple[int, ...]

    @property
    def steps(self) -> int:
        """Return how many letters or words come one by one."""
        return len(self.edges) - 1

    def within(self, left: int, top: int, right: int, bottom: int) -> Row:
        """Return the row as it lies in a part of its sprite."""
        clipped = (min(max(edge, left), right) - left for edge in self.edges)
        return Row(min(max(self.top, top), bottom) - top, min(max(self.bottom, top), bottom) - top, tuple(clipped))


class Window(NamedTuple):
    """A part of a sprite, in its pixels."""

    x: int
    y: int
    width: int
    height: int


def windows(rows: Sequence[Row], share: float, width: int, *, whole_steps: bool) -> tuple[Window, ...]:
    """Return the parts of a sprite that are shown when a share 0…1 of all steps is; steps come whole, or flow."""
    steps = share * sum(row.steps for row in rows)
    left = float(int(steps + 1e-9)) if whole_steps else steps
    shown = []
    for row in rows:
        if left >= row.steps:
            shown.append(Window(0, row.top, width, row.bottom - row.top))
        elif left > 0:
            shown.append(_partly(row, left, width))
        left -= row.steps
    return tuple(each for each in shown if each.width > 0 and each.height > 0)


def rows_of(lines: Sequence[Sequence[Placed]], height: int, *, tracking: float, by: Reveal) -> tuple[Row, ...]:
    """Return the rows of a block whose lines are placed, from its top to its bottom."""
    baselines = [line[0].y for line in lines]
    sizes = [max(each.size for each in line) for line in lines]
    borders = [
        (one + 0.3 * size + other - 0.85 * after) / 2
        for (one, other), (size, after) in zip(pairwise(baselines), pairwise(sizes), strict=True)
    ]
    edges = [0, *(round(border / 2) * 2 for border in borders), height]
    return tuple(
        Row(top, bottom, tuple(round(edge) for edge in _edges(line, tracking, by)))
        for line, (top, bottom) in zip(lines, pairwise(edges), strict=True)
    )


def _edges(line: Sequence[Placed], tracking: float, by: Reveal) -> list[float]:
    """Return where a line begins, and where its clusters end, or its words; those of a line from the right go left."""
    leftward = not max(line, key=lambda each: len(each.run.clusters)).run.rightward
    borders: list[tuple[float, bool]] = []
    left, right = line[0].x, line[0].x
    for each in line:
        clusters = each.run.clusters
        whole = text_lines.run_width(each.run, each.size, tracking)
        for count in range(1, len(clusters) + 1):
            gone = text_lines.run_width(Run(clusters[:count]), each.size, tracking)
            at = each.x + (gone if each.run.rightward else whole - gone)
            borders.append((at, clusters[count - 1].breaks))
        right = max(right, each.x + whole)
    begin, end = (right, left) if leftward else (left, right)
    inner = sorted((at for at, ends_word in borders if ends_word or by != "words"), reverse=leftward)
    return [begin, *(at for at in inner if left < at < right), end]


def _partly(row: Row, steps: float, width: int) -> Window:
    whole = int(steps)
    near = row.edges[whole]
    at = round(near + (row.edges[whole + 1] - near) * (steps - whole))
    high = row.bottom - row.top
    leftward = row.edges[0] > row.edges[-1]
    return Window(at, row.top, width - at, high) if leftward else Window(0, row.top, at, high)
