"""The heavy parts of a render, each one call of a worker process: listing chunks, drawing one, finishing the file.

Each of them leaves files under names made of what is in them, so that it may be killed at any moment and made again, on
this machine or another. What an order needs is made ready once in each process.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path

from songreel.app import finishing, wiring
from songreel.base.errors import NotStored, WorkerDied
from songreel.base.settings import settings
from songreel.base.time import seconds_at
from songreel.jobs.engine import Json
from songreel.media import store
from songreel.proof import report, wanted
from songreel.render import drawing, film, soundtrack
from songreel.render.prepare import prepare
from songreel.service import orders, storage

READY = 2
"""Orders that a process keeps ready, so that two renders at once do not make it begin anew with each chunk."""


@dataclass(frozen=True)
class _Ready:
    """An order with its pictures prepared and its chunks named."""

    work: drawing.Order
    pieces: list[film.Piece]

    @cached_property
    def draw(self) -> Callable[[drawing.Chunk], None]:
        """Return what draws a chunk; whoever only lists them needs no painter."""
        return drawing.open_shop(self.work)


def lay_out(order: str) -> Json:
    """Return the names of an order's chunks in order, and which of them nobody has drawn yet."""
    names = [piece.name for piece in _ready(order).pieces]
    missing = [name for name in dict.fromkeys(names) if not _kept().exists(chunk_key(name))]
    return {"names": names, "missing": missing}


def draw(order: str, name: str) -> Json:
    """Draw a chunk of an order and put it into the storage, unless it is there.

    Raises WorkerDied where this machine would draw other pictures than the one that named the chunk.
    """
    if not _kept().exists(chunk_key(name)):
        _kept().put(chunk_key(name), _drawn(order, name))
    return {"name": name}


def finish(order: str, names: list[str], key: str, *, last: bool) -> Json:
    """Join an order's chunks with its song, prove the file and put it under a key.

    Where it flashes too much and this is not the ``last`` attempt, nothing is put: ``again`` is the order of the same
    video with less of that.
    """
    opened = orders.opened(order, _kept(), wiring.store())
    timeline, preset = opened.order.timeline, opened.order.preset
    files = [_fetched(order, name) for name in names]
    out = wiring.store().place("films", key.rpartition("/")[2], f".{preset.container}")
    store.sweep(out)
    try:
        with soundtrack.made_ready(timeline, opened.files, preset, wiring.store()) as sound:
            film.join(timeline, files, preset, sound=sound(), out=out)
        proof = _proven(opened, out)
        calmer = None if last or opened.order.may_flash else finishing.calmer(timeline, proof)
        if calmer is not None:
            return {"again": orders.put(opened.order.evolve(timeline=calmer), _kept())}
        _kept().put(key, out)
        wiring.store().evict()
        return {
            "key": key,
            "size": out.stat().st_size,
            "seconds": float(seconds_at(timeline.frames, timeline.canvas.fps)),
            "passed": proof.passed,
            "format": preset.container,
        }
    finally:
        out.unlink(missing_ok=True)


def chunk_key(name: str) -> str:
    """Return the storage's key of a chunk."""
    return f"chunks/{name}"


@cache
def _kept() -> storage.Storage:
    return storage.at(settings().storage_url, home=settings().home)


@lru_cache(READY)
def _ready(order: str) -> _Ready:
    # One process of this machine makes an order ready; the others then find in the cache what it made.
    with store.held(wiring.store().place("orders", order, ".lock")):
        opened = orders.opened(order, _kept(), wiring.store())
        wanted_order = opened.order
        prepared = prepare(
            wanted_order.timeline,
            opened.files,
            wanted_order.song_map,
            cache=wiring.store(),
            loops=wanted_order.preset.loops,
        )
    encoding = wanted_order.preset.encoding
    return _Ready(drawing.Order(prepared, encoding), film.pieces(prepared, encoding))


def _drawn(order: str, name: str) -> Path:
    """Return a chunk's file in this machine's cache, where it is left for the next who wants it."""
    found = wiring.store().path(film.KIND, name, film.SUFFIX)
    if found is not None:
        return found
    ready = _ready(order)
    spans = [piece.span for piece in ready.pieces if piece.name == name]
    if not spans:
        raise WorkerDied(
            "this machine would draw other pictures than the one that took the order",
            advice="Run the same version of Songreel, with the same fonts, on all of them.",
        )
    place = wiring.store().place(film.KIND, name, film.SUFFIX)
    store.sweep(place)
    ready.draw(drawing.Chunk(spans[0], place))
    return place


def _fetched(order: str, name: str) -> Path:
    """Return a chunk's file on this machine: from its cache, the storage, or drawn again when both have lost it."""
    found = wiring.store().path(film.KIND, name, film.SUFFIX)
    if found is not None:
        return found
    place = wiring.store().place(film.KIND, name, film.SUFFIX)
    try:
        with store.sealed(place) as part:
            _kept().get(chunk_key(name), part)
    except NotStored:
        return _drawn(order, name)
    return place


def _proven(opened: orders.Opened, video: Path) -> report.Proof:
    order = opened.order
    return report.prove(
        video,
        wanted.planned(
            order.timeline,
            song=opened.files[order.song],
            song_map=order.song_map,
            preset=order.preset,
            may_flash=order.may_flash,
        ),
    )
