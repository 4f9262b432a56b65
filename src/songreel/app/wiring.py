"""Ports and their real things, put together once a process."""

from __future__ import annotations

from functools import cache

from songreel.base.settings import settings
from songreel.media.store import Cache


@cache
def store() -> Cache:
    """Return the cache of what can be made again, as the settings place and limit it."""
    chosen = settings()
    return Cache(chosen.cache, int(chosen.cache_gb * 1e9))
