"""Words that are shown at one place at one time stand below one another, in the order of their tracks.

::

    title   ┌────────────┐              title   ┌────────────┐
            │ First Light│                      │ First Light│
    artist  │  Songreel  │   would collide  →   │  Songreel  │   center: the block is centered
            └────────────┘                      └────────────┘   bottom: it grows upwards, top: downwards
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from songreel.base.time import Span
from songreel.model.timeline import Position

GAP = 0.65
"""The space between two blocks, as a share of the mean height of their letters."""


@dataclass(frozen=True, slots=True)
class Block:
    """Letters as they would lie alone: when, at which place, from which row on, how many rows high."""

    span: Span
    position: Position
    y: int
    height: int


def stacked(blocks: Sequence[Block]) -> tuple[int, ...]:
    """Return by how many rows each block moves, an even number, so that those that are shown together do not meet."""
    moves = [0] * len(blocks)
    for group in _together(blocks):
        shown = [blocks[index] for index in group]
        gaps = [round(GAP * (one.height + other.height) / 2) for one, other in pairwise(shown)]
        at = _top(shown, sum(block.height for block in shown) + sum(gaps))
        for index, block, gap in zip(group, shown, [*gaps, 0], strict=True):
            moves[index] = round((at - block.y) / 2) * 2
            at += block.height + gap
    return tuple(moves)


def _together(blocks: Sequence[Block]) -> list[list[int]]:
    """Return the groups of two and more that are shown at one place at one time, each in its order."""
    groups: list[list[int]] = []
    for index, block in enumerate(blocks):
        near = [group for group in groups if any(_meet(blocks[other], block) for other in group)]
        groups = [group for group in groups if group not in near]
        groups.append(sorted([index, *(other for group in near for other in group)]))
    return [group for group in groups if len(group) > 1]


def _meet(one: Block, other: Block) -> bool:
    return one.position == other.position and bool(len(one.span.meet(other.span)))


def _top(group: Sequence[Block], total: int) -> int:
    """Return where a stack begins: at the place of its first, last, or middle, as its position says."""
    if group[0].position.startswith("top"):
        return group[0].y
    if group[0].position.startswith("bottom"):
        return group[-1].y + group[-1].height - total
    first = group[0]
    return first.y + first.height // 2 - total // 2
