"""Songreel: a song and a sentence become a finished, beat-synced music video.

From Python: ``songreel.make("song.mp3", "neon city", out="video.mp4")``; `songreel.app.python` has the rest.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from songreel.base.version import VERSION

if TYPE_CHECKING:
    from songreel.app.python import MakeRequest, Studio, analyze, edit, export, make

__all__ = ["MakeRequest", "Studio", "__version__", "analyze", "edit", "export", "make"]


__version__ = VERSION


def __getattr__(name: str) -> Any:
    # Loaded when it is first asked for: every command imports this module, and few need all of it.
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module("songreel.app.python"), name)
