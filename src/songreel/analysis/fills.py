"""Drum fills: the last half bar of a section is struck where the bars before it were not."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from songreel.analysis import onsets
from songreel.analysis.frontend import FRAME_RATE, Heard
from songreel.model.song_map import Event, Section

Array = NDArray[np.float64]
REGISTERS = range(1, 5)
STEPS, BEFORE = 8, 3
STRUCK = 0.25
FEWEST = 5
NEAR = 4


def find(heard: Heard, bar: float, sections: tuple[Section, ...]) -> list[Event]:
    """Return the fills that lead from section to section; ``bar`` is a bar's length in seconds."""
    strokes = _strokes(heard)
    found = []
    for section in sections[:-1]:
        start = section.end - bar / 2
        if section.end - section.start < (BEFORE + 1) * bar:
            continue
        usual = np.max([_pattern(strokes, start - back * bar, bar) for back in range(1, BEFORE + 1)], axis=0)
        new = (_pattern(strokes, start, bar) - usual).max(axis=1)
        count = int((new > STRUCK).sum())
        if count >= FEWEST:
            found.append(Event(kind="fill", at=start, strength=count / STEPS, duration=bar / 2))
    return found


def _strokes(heard: Heard) -> Array:
    """Return how hard each register is struck at each frame, shape (frames, registers)."""
    rows = []
    for register in REGISTERS:
        power = heard.power[:, register]
        loud = max(float(np.percentile(power, 97)), 1e-9)
        rows.append(onsets.struck(onsets.burst(power / loud), heard.flux[:, register]))
    return np.stack(rows, axis=1)


def _pattern(strokes: Array, start: float, bar: float) -> Array:
    """Return the hardest stroke near each of STEPS steps of half a bar, shape (STEPS, registers)."""
    at = np.rint((start + np.arange(STEPS) * bar / 2 / STEPS) * FRAME_RATE).astype(np.int64)
    near = np.clip(at[:, None] + np.arange(-NEAR, NEAR + 1), 0, len(strokes) - 1)
    return np.asarray(np.minimum(strokes[near], 1).max(axis=1))
