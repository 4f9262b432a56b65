"""Chance that can be repeated: each decision draws from a stream of its own.

A stream is named by what it decides, so that a new decision elsewhere does not shift this one.
"""

from __future__ import annotations

import random

from songreel.base.ids import digest


def stream(seed: int, *names: str | int) -> random.Random:
    """Return the random stream of one decision, such as ``stream(7, "look", "section", 3)``."""
    return random.Random(int(digest(seed, *names), 16))


def number(seed: int, *names: str | int) -> int:
    """Return a 31-bit number of one decision, for shaders and other arithmetic."""
    return int(digest(seed, *names)[:8], 16) & 0x7FFFFFFF
