"""A timeline, drawn: prepare → chunks → those that are not there yet, on all workers → one file with its song."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from songreel.base import memory
from songreel.base.errors import Stopped
from songreel.base.time import Span
from songreel.jobs.chunk_process import Pool
from songreel.media import mux, store
from songreel.model.document import AssetId
from songreel.model.preset import Encoding, Preset
from songreel.model.song_map import SongMap
from songreel.model.timeline import Timeline
from songreel.render import chunks, drawing, soundtrack
from songreel.render.prepare import prepare
from songreel.render.prepared import Prepared

Progress = Callable[[str, float], None]
"""Told the stage (``prepare``, ``draw``, ``join``) and the share of it that is done, 0…1."""


KIND, SUFFIX = "chunks", ".mkv"


@dataclass(frozen=True, slots=True)
class Rendered:
    """A finished film: ``seconds`` it took in all and by stage, chunks in all and those that were there already."""

    path: Path
    frames: int
    seconds: float
    chunks: int
    reused: int
    substitutions: tuple[str, ...]
    timings: Mapping[str, float]


def render(  # noqa: PLR0913 - what a film is made of, and where
    timeline: Timeline,
    *,
    assets: Mapping[AssetId, Path],
    song_map: SongMap,
    preset: Preset,
    out: Path,
    workers: int,
    cache: store.Cache,
    on_progress: Progress | None = None,
) -> Rendered:
    """Draw a timeline into a file, with as many processes as there are ``workers``.

    What is finished stays in the cache: the same call goes on from there. Raises Stopped on Ctrl-C, BadInput for
    what cannot be read or drawn, CannotWrite, MissingPart without a graphics driver, WorkerDied.
    """
    watch = _Watch(on_progress or (lambda _stage, _share: None))
    tasks_at_most = len(chunks.spans(timeline.frames, timeline.canvas.fps))
    try:
        with soundtrack.made_ready(timeline, assets, preset, cache) as sound:
            with Pool(min(workers, tasks_at_most), module=drawing.__name__) as pool:
                watch.stage("prepare")
                prepared = prepare(timeline, assets, song_map, cache=cache, loops=preset.loops, on_progress=watch.share)
                files, missing = _chunks(pieces(prepared, preset.encoding), cache)
                memory.give_back()
                watch.stage("draw")
                _draw(pool, drawing.Order(prepared, preset.encoding), missing, watch)
            watch.stage("join")
            join(timeline, files, preset, sound=sound(), out=out, on_progress=watch.share)
        cache.evict()
    except KeyboardInterrupt:
        raise Stopped("stopped; what is finished is kept", advice="Run the same command again to go on.") from None
    watch.stage("done")
    return Rendered(
        path=out,
        frames=timeline.frames,
        seconds=sum(watch.timings.values()),
        chunks=len(files),
        reused=len(files) - len(missing),
        substitutions=prepared.substitutions,
        timings=watch.timings,
    )


@dataclass(frozen=True, slots=True)
class Piece:
    """Some frames of a film, and the name of the chunk that shows them."""

    span: Span
    name: str


class _Watch:
    """Says how far a stage is, and remembers how long each took."""

    def __init__(self, tell: Progress) -> None:
        self._tell = tell
        self._stage = ""
        self._since = time.monotonic()
        self.timings: dict[str, float] = {}

    def stage(self, name: str) -> None:
        """End the stage before, and begin this one."""
        now = time.monotonic()
        if self._stage:
            self.timings[self._stage] = now - self._since
            self._tell(self._stage, 1.0)
        self._stage, self._since = name, now

    def share(self, share: float) -> None:
        """Say how much of the stage is done."""
        self._tell(self._stage, share)


def pieces(prepared: Prepared, encoding: Encoding) -> list[Piece]:
    """Return the chunks that a film is made of, in order; the same pictures have the same name."""
    namer = chunks.Namer(prepared, encoding)
    spans = chunks.spans(prepared.timeline.frames, prepared.timeline.canvas.fps)
    return [Piece(span, namer.name(span)) for span in spans]


def join(
    timeline: Timeline,
    files: Sequence[Path],
    preset: Preset,
    *,
    sound: soundtrack.Sound,
    out: Path,
    on_progress: Callable[[float], None] = lambda _share: None,
) -> None:
    """Write the film of chunks that are drawn; raises what `mux.join` raises."""
    mux.join(
        files,
        out,
        canvas=timeline.canvas,
        preset=preset,
        sound=sound,
        tags={"title": timeline.title} if timeline.title else {},
        on_progress=on_progress,
    )


def _chunks(wanted: Sequence[Piece], cache: store.Cache) -> tuple[list[Path], list[drawing.Chunk]]:
    """Return the files of all chunks in order, and the chunks that have yet to be drawn."""
    files: list[Path] = []
    missing: dict[Path, drawing.Chunk] = {}
    for piece in wanted:
        found = cache.path(KIND, piece.name, SUFFIX)
        files.append(found or cache.place(KIND, piece.name, SUFFIX))
        if found is None:
            missing.setdefault(files[-1], drawing.Chunk(piece.span, files[-1]))
    return files, list(missing.values())


def _draw(pool: Pool, order: drawing.Order, missing: Sequence[drawing.Chunk], watch: _Watch) -> None:
    """Have chunks drawn; whatever ends this, no half chunk is left behind."""
    total = sum(len(chunk.span) for chunk in missing)
    drawn = 0
    try:
        for done in pool.run(drawing.open_shop, order, missing):
            drawn += len(done.task.span)
            watch.share(drawn / total)
    except BaseException:
        pool.stop()
        _sweep(missing, pool.pids())
        raise


def _sweep(chunks_begun: Sequence[drawing.Chunk], pids: Sequence[int]) -> None:
    """Remove what killed workers were writing."""
    for folder in {chunk.file.parent for chunk in chunks_begun}:
        for pid in pids:
            for part in folder.glob(f".*.{pid}-*.part"):
                part.unlink(missing_ok=True)
