"""What is known of songs and pictures: worked out once, then read from the cache."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from songreel.analysis import pipeline
from songreel.base.errors import BadProject
from songreel.base.ids import digest
from songreel.media import look, store
from songreel.model.asset import Asset
from songreel.model.document import Document
from songreel.model.material import Material
from songreel.model.song_map import SongMap
from songreel.visuals.isf import measure
from songreel.visuals.isf.host import Host
from songreel.visuals.shader import Shader

HEARING = 5
"""Raised when the analysis changes, so that songs are heard anew."""
SEEING = 3
"""Raised when photos and footage are looked at in another way."""

Known = TypeVar("Known", bound=Document)


def song(asset: Asset, cache: store.Cache, on_progress: Callable[[float], None]) -> SongMap:
    """Return what is heard in a song."""
    return _once(
        SongMap,
        "heard",
        digest(HEARING, asset.id),
        cache,
        lambda: pipeline.hear(Path(asset.path), asset, on_progress=on_progress),
    )


def material(asset: Asset, cache: store.Cache) -> Material:
    """Return what is seen in a photo or clip."""
    return _once(Material, "seen", digest(SEEING, asset.id), cache, lambda: look.material(Path(asset.path), asset))


def remember(seen: Material, cache: store.Cache) -> None:
    """Keep what somebody else saw in a photo or clip, so that it is not looked at again."""
    with store.sealed(cache.place("seen", digest(SEEING, seen.asset), ".json")) as part:
        part.write_text(seen.to_json(), encoding="utf-8")


def measured(shader: Shader, cache: store.Cache) -> Shader:
    """Return a shader with the share of the canvas at which it is fast enough to draw.

    It is measured once and kept, since a picture must not depend on how busy the machine is.
    """
    kept = cache.path("cost", shader.digest, ".txt")
    if kept is None:
        with Host() as host:
            resolution = measure.resolution(host, shader)
        kept = cache.place("cost", shader.digest, ".txt")
        with store.sealed(kept) as part:
            part.write_text(repr(resolution))
    return replace(shader, hints=replace(shader.hints, resolution=float(kept.read_text())))


def _once(kind: type[Known], shelf: str, key: str, cache: store.Cache, work: Callable[[], Known]) -> Known:
    kept = cache.path(shelf, key, ".json")
    if kept is not None:
        try:
            return kind.from_json(kept.read_bytes())
        except (BadProject, OSError):
            # Another process may have evicted it, or an older Songreel written it: it can be made again.
            kept.unlink(missing_ok=True)
    known = work()
    with store.sealed(cache.place(shelf, key, ".json")) as part:
        part.write_text(known.to_json(), encoding="utf-8")
    return known
