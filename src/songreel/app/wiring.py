"""Ports and their real things, put together once a process."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from songreel.base.settings import settings
from songreel.director.conversation import Situation, Understood
from songreel.media.store import Cache


@cache
def store() -> Cache:
    """Return the cache of what can be made again, as the settings place and limit it."""
    chosen = settings()
    return Cache(chosen.cache, int(chosen.cache_gb * 1e9))


def understand() -> Callable[[str, Situation], Understood]:
    """Return what makes edits of a message: the rules, or the language model that is set.

    Raises MissingPart or BadRequest where one is set that cannot be used.
    """
    chosen = settings()
    if chosen.model is None:
        from songreel.director.understanding import understand as by_rules

        return by_rules
    from songreel.director.agent import ModelDirector, model_of

    key = chosen.model_key.get_secret_value() if chosen.model_key else None
    return ModelDirector(model_of(chosen.model, url=chosen.model_url, key=key), chosen.model_timeout_s).understand
