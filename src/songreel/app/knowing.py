"""What is known of songs and pictures: worked out once, then read from the cache."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol, TypeVar

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

HEARING = 6
"""Raised when the analysis changes, so that songs are heard anew."""
SEEING = 3
"""Raised when photos and footage are looked at in another way."""

_LOCKS = 256
Known = TypeVar("Known", bound=Document)


class Hear(Protocol):
    """Listens to a song, telling the fraction done."""

    def __call__(self, path: Path, asset: Asset, *, on_progress: Callable[[float], None] | None = None) -> SongMap:
        """Return what is heard."""


@dataclass(frozen=True, slots=True)
class Senses:
    """Who listens and looks: this process itself, unless others are named."""

    hear: Hear = pipeline.hear
    see: Callable[[Path, Asset], Material] = look.material


OWN = Senses()


def song(asset: Asset, cache: store.Cache, on_progress: Callable[[float], None], senses: Senses = OWN) -> SongMap:
    """Return what is heard in a song; of several who ask at once, one listens."""
    return _once(
        SongMap,
        "heard",
        digest(HEARING, asset.id),
        cache,
        lambda: senses.hear(Path(asset.path), asset, on_progress=on_progress),
    )


def heard(asset: Asset, cache: store.Cache) -> SongMap | None:
    """Return what was heard in a song before; None when nobody listened to it."""
    return _kept(SongMap, "heard", digest(HEARING, asset.id), cache)


def material(asset: Asset, cache: store.Cache, senses: Senses = OWN) -> Material:
    """Return what is seen in a photo or clip; of several who ask at once, one looks."""
    return _once(Material, "seen", digest(SEEING, asset.id), cache, lambda: senses.see(Path(asset.path), asset))


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
    known = _kept(kind, shelf, key, cache)
    if known is not None:
        return known
    # One of a few locks: there may be any number of keys.
    with store.held(cache.place("locks", f"{int(key, 16) % _LOCKS:02x}", ".lock")):
        known = _kept(kind, shelf, key, cache)
        if known is None:
            known = work()
            with store.sealed(cache.place(shelf, key, ".json")) as part:
                part.write_text(known.to_json(), encoding="utf-8")
    return known


def _kept(kind: type[Known], shelf: str, key: str, cache: store.Cache) -> Known | None:
    kept = cache.path(shelf, key, ".json")
    if kept is None:
        return None
    try:
        return kind.from_json(kept.read_bytes())
    except (BadProject, OSError):
        # Another process may have evicted it, or an older Songreel written it: it can be made again.
        kept.unlink(missing_ok=True)
        return None
