"""Answers that take long to make, kept while what they are made of stays as it is.

What they are made of is known by its stamp, which must be taken before it is read: what changes meanwhile then has
another one.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

MOST_BYTES = 24 << 20
FRESH_S = 600.0
"""Seconds that an answer is good for: links in it end so much earlier at most."""


@dataclass(frozen=True, slots=True)
class _Kept:
    stamp: str
    until: float
    body: bytes


class Remembered:
    """Bodies of answers by name, of those asked for last ``most_bytes``; threads may share it; ``now`` in seconds."""

    def __init__(self, *, most_bytes: int = MOST_BYTES, now: Callable[[], float] = time.monotonic) -> None:
        self._most_bytes, self._now = most_bytes, now
        self._kept: OrderedDict[tuple[str, ...], _Kept] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    def get(self, name: tuple[str, ...], stamp: str) -> bytes | None:
        """Return the body of a name that was made of what has this stamp; None when there is none, or it is too old."""
        with self._lock:
            kept = self._kept.get(name)
            if kept is None or kept.stamp != stamp or kept.until <= self._now():
                return None
            self._kept.move_to_end(name)
            return kept.body

    def put(self, name: tuple[str, ...], stamp: str, body: bytes) -> None:
        """Keep a body; those that nobody asked for longest go where there is no room for them."""
        with self._lock:
            self._forget(name)
            self._kept[name] = _Kept(stamp, self._now() + FRESH_S, body)
            self._bytes += len(body)
            while self._bytes > self._most_bytes:
                self._forget(next(iter(self._kept)))

    def _forget(self, name: tuple[str, ...]) -> None:
        kept = self._kept.pop(name, None)
        self._bytes -= len(kept.body) if kept else 0
