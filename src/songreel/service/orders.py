"""Orders of videos in the storage: kept by whoever has the project, opened by whoever renders it.

An order lies under the digest of its JSON, a file under the digest of its bytes, so that both are put once however
often they are ordered. A machine that opens an order brings its files into its own cache first.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from songreel.base import ids
from songreel.base.errors import BadProject
from songreel.media import store
from songreel.model.asset import Asset
from songreel.model.document import AssetId
from songreel.model.order import Order, OrderedFile
from songreel.model.timeline import Timeline
from songreel.service.storage import Storage
from songreel.visuals.isf import parse

if TYPE_CHECKING:
    from songreel.app.studio import Ordered  # of another process: who only renders needs no director

_BROUGHT = "brought"


@dataclass(frozen=True, slots=True)
class Opened:
    """An order, and where its files lie on this machine."""

    order: Order
    files: dict[AssetId, Path]


def keep(ordered: Ordered, storage: Storage) -> str:
    """Put an order and its files into the storage, and return its digest; raises CannotWrite."""
    shown = _shown(ordered.timeline) | {ordered.song.id}
    files = tuple(
        OrderedFile(asset=asset.id, name=name, content=_kept(path, storage))
        for asset in ordered.assets.values()
        if asset.id in shown
        for name, path in _files(asset)
    )
    order = Order(
        timeline=ordered.timeline,
        song_map=ordered.song_map,
        preset=ordered.preset,
        song=ordered.song.id,
        files=files,
    )
    return put(order, storage)


def put(order: Order, storage: Storage) -> str:
    """Put an order whose files are there already, and return its digest."""
    text = order.to_json().encode()
    digest = ids.digest(text)
    if not storage.fresh(key(digest)):
        storage.put_bytes(key(digest), text)
    return digest


def key(digest: str) -> str:
    """Return the storage's key of an order."""
    return f"orders/{digest}"


def opened(digest: str, storage: Storage, cache: store.Cache) -> Opened:
    """Return an order with its files brought to this machine; raises NotStored or StorageFailed."""
    order = Order.from_json(storage.get_bytes(key(digest)))
    files: dict[AssetId, Path] = {}
    for file in order.files:
        path = cache.root / _BROUGHT / file.asset / _within(file.name)
        if path.is_file():
            os.utime(path)
        else:
            storage.get(f"assets/{file.content}", path)
        files.setdefault(file.asset, path)
    return Opened(order, files)


def _within(name: str) -> Path:
    path = Path(name)
    if path.is_absolute() or ".." in path.parts:
        raise BadProject(f"{name!r} lies outside its asset")
    return path


def _kept(path: Path, storage: Storage) -> AssetId:
    content = ids.digest_file(path)
    place = f"assets/{content}"
    if not storage.fresh(place):
        storage.put(place, path)
    return content


def _files(asset: Asset) -> Iterator[tuple[str, Path]]:
    """Yield the files of an asset with their names beside each other, itself first."""
    path = Path(asset.path)
    yield path.name, path
    if asset.kind != "shader":
        return
    shader = parse.load(path)
    beside = [*shader.imported.values(), *(side for sides in shader.cubes.values() for side in sides)]
    if shader.vertex is not None:
        beside.append(path.with_suffix(".vs"))
    for file in dict.fromkeys(beside):
        with suppress(ValueError):
            yield str(file.relative_to(path.parent)), file


def _shown(timeline: Timeline) -> set[AssetId]:
    """Return the assets that a timeline names."""
    found: set[AssetId] = set()
    for track in timeline.tracks:
        for clip in track.clips:
            source = clip.source
            if source.kind == "scene":
                found.update(source.pictures.values())
                if source.scene.startswith("asset:"):
                    found.add(source.scene.removeprefix("asset:"))
            elif source.kind in ("photo", "footage", "picture", "inset", "sound"):
                found.add(source.asset)
            elif source.kind == "visualizer" and source.picture is not None:
                found.add(source.picture)
    return found
