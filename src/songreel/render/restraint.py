"""Holding the music back where a picture would flash: its hits grow weaker, and its levels slower.

::

    kick   │╲ │╲ │╲ │╲     restraint ½   │╲ │╲ │╲ │╲    restraint 1
           │ ╲│ ╲│ ╲│ ╲                  ╵ ╲╵ ╲╵ ╲╵ ╲                 ▁▁▁▁▁▁▁▁▁▁▁▁
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from songreel.model.song_map import BANDS, HITS
from songreel.model.timeline import Timeline
from songreel.render.signals import COLUMNS

_HITS = ("pulse", "downbeat", "strobe", "drop", *HITS)
_LEVELS = ("level", *BANDS)
_SLOW_S = 1.0

Table = NDArray[np.float32]


def restrained(table: Table, timeline: Timeline, *, lead: int) -> Table:
    """Return the signals of all frames, shape (lead + frames, len(COLUMNS)), with each base clip's restraint."""
    amounts = _amounts(timeline, lead)
    if not amounts.any():
        return table
    held = table.copy()
    hits = [COLUMNS.index(name) for name in _HITS]
    levels = [COLUMNS.index(name) for name in _LEVELS]
    share = amounts[:, None]
    held[:, hits] = table[:, hits] * (1 - share)
    slow = np.stack([_smoothed(table[:, column], float(_SLOW_S * timeline.canvas.fps)) for column in levels], axis=1)
    held[:, levels] = table[:, levels] * (1 - share) + slow * share
    return held


def _amounts(timeline: Timeline, lead: int) -> Table:
    amounts = np.zeros(timeline.frames + lead, np.float32)
    for clip in timeline.clips("base"):
        begin = clip.start + lead if clip.start else 0
        amounts[begin : clip.end + lead] = clip.restraint
    return amounts


def _smoothed(values: Table, frames: float) -> Table:
    """Return a moving average over so many frames; the ends are repeated."""
    reach = max(1, round(frames / 2))
    sums = np.cumsum(np.pad(values.astype(np.float64), (reach + 1, reach), mode="edge"))
    return ((sums[2 * reach + 1 :] - sums[: -2 * reach - 1]) / (2 * reach + 1)).astype(np.float32)
