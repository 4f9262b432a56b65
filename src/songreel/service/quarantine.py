"""Looking at files of strangers in processes that can do no harm: no memory or time without end, no network, no files.

What comes back are documents, checked as any document is, never objects: a process that a file has taken over can
say nothing but a wrong size. Names, ids and places of files are said here, not there.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import queue
import subprocess
import sys
import tempfile
import threading
import unicodedata
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from pydantic import BaseModel, Field, ValidationError

from songreel.base.errors import BadMedia, BadProject, CannotWrite, WorkerDied
from songreel.base.ids import digest_file
from songreel.jobs.chunk_process import SINGLE_THREADED
from songreel.media import store
from songreel.media.bounds import BOUNDS, Bounds
from songreel.model.asset import Asset
from songreel.model.material import Material
from songreel.model.song_map import SongMap
from songreel.service.confinement import LIMITS, Limits
from songreel.service.quarantine_process import ANSWER, COVER

PATIENCE_S = 600.0
_MODULE = "songreel.service.quarantine_process"
_ATTEMPTS = 2
_CLOSING_S = 5.0
_LARGEST_ANSWER = 16 << 20
_LONGEST_TEXT = 300
_WALLS = {"limits", "network", "files"}
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Looked:
    """A file and what was seen of it; songs have no material."""

    asset: Asset
    material: Material | None


class _Told(BaseModel):
    """What a fork says of one file; ``cover`` when it is the picture that it found in the file."""

    asset: dict[str, Any]
    material: str | None
    cover: bool


class _Answer(BaseModel):
    """What a fork writes: what it saw, or why it refused, or how it failed."""

    walls: tuple[str, ...] = ()
    looked: tuple[_Told, ...] = Field(default=(), max_length=2)
    heard: str = ""
    refused: tuple[str, str] | None = None
    failed: str = ""


class Quarantine:
    """Processes that look at files, ``places`` at once at most; threads may share it. A context manager."""

    def __init__(
        self,
        limits: Limits = LIMITS,
        bounds: Bounds = BOUNDS,
        *,
        places: int = 2,
        patience_s: float = PATIENCE_S,
    ) -> None:
        self._ask = {"limits": asdict(limits), "bounds": asdict(bounds), "patience_s": patience_s, "song": None}
        # Listening takes several times as long as decoding, and keeps all of a song's spectrum.
        self._hearing = asdict(replace(limits, memory_bytes=2 * limits.memory_bytes, cpu_s=5 * limits.cpu_s))
        self._closed = threading.Event()
        self._places: queue.LifoQueue[_Place] = queue.LifoQueue()
        self._all = [_Place() for _ in range(places)]
        for place in self._all:
            self._places.put(place)

    def __enter__(self) -> Quarantine:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the processes, whatever they are doing; what waits for them raises WorkerDied."""
        self._closed.set()
        for place in self._all:
            place.close()

    def look(self, path: Path, folder: Path) -> tuple[Looked, ...]:
        """Return what a file is, as it is called; a song with the cover that is in it, which is put into ``folder``.

        Raises BadMedia for what cannot be read, or would take too much memory or time to read.
        """
        try:
            scratch = Path(tempfile.mkdtemp(prefix="look-", dir=folder))
        except OSError as error:
            raise store.cannot_write(folder, error) from error
        return tuple(_trusted(each, path, scratch) for each in self._answer(path, scratch).looked)

    def see(self, path: Path, asset: Asset) -> Material:
        """Return what is seen in a photo or clip; raises BadMedia as `look` does."""
        with tempfile.TemporaryDirectory(prefix="songreel-") as folder:
            material = self.look(path, Path(folder))[0].material
        if material is None:
            raise _impossible(path)
        return material.evolve(asset=asset.id)

    def hear(self, path: Path, asset: Asset, *, on_progress: Callable[[float], None] | None = None) -> SongMap:
        """Return what is heard in a song; raises BadMedia as `look` does."""
        with tempfile.TemporaryDirectory(prefix="songreel-") as folder:
            answer = self._answer(path, Path(folder), limits=self._hearing, song=asset.model_dump(mode="json"))
        if on_progress:
            on_progress(1.0)
        try:
            return SongMap.from_json(answer.heard).evolve(song=asset.id)
        except (ValidationError, BadProject) as error:
            raise _impossible(path) from error

    def _answer(self, path: Path, scratch: Path, **asked: Any) -> _Answer:
        places = {"path": str(path.absolute()), "folder": str(scratch.absolute())}
        return _answer(path, scratch, self._have(self._ask | places | asked))

    def _have(self, request: dict[str, Any]) -> str:
        place = self._places.get()
        try:
            for _ in range(_ATTEMPTS):
                if self._closed.is_set():
                    break
                with contextlib.suppress(OSError, EOFError):
                    return place.ask(request)
        finally:
            self._places.put(place)
        raise WorkerDied("the process that looks at files cannot be started", advice="Is memory short? See the log.")


class _Place:
    """A process that is started when it is first asked, and again when it has died."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def ask(self, request: dict[str, Any]) -> str:
        process = self._process or self._started()
        assert process.stdin is not None
        try:
            process.stdin.write(json.dumps(request).encode() + b"\n")
            process.stdin.flush()
            return str(_line(process)["ended"])
        except (OSError, EOFError):
            self.close()
            raise

    def close(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        assert process.stdin is not None
        assert process.stdout is not None
        with contextlib.suppress(OSError):
            process.stdin.close()
        try:
            process.wait(_CLOSING_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        process.stdout.close()

    def _started(self) -> subprocess.Popen[bytes]:
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", _MODULE],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            # None of our own environment: keys of the database and of S3 are in it.
            env={"PATH": os.defpath, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), **SINGLE_THREADED},
            process_group=0,
        )
        _line(self._process)
        return self._process


def _line(process: subprocess.Popen[bytes]) -> dict[str, Any]:
    assert process.stdout is not None
    raw = process.stdout.readline()
    if not raw:
        raise EOFError("the process has gone")
    return dict(json.loads(raw))


def _answer(path: Path, scratch: Path, ended: str) -> _Answer:
    """Return what a fork wrote; raises BadMedia when it refused the file, or did not end well."""
    if ended in ("late", "SIGXCPU"):
        raise BadMedia(f"{path.name} takes too long to be read", advice="Make a shorter or smaller copy of it.")
    if ended != "well":
        _log.warning("a process that looked at a file ended with %s", ended)
        raise BadMedia(f"{path.name} cannot be read: it is damaged, or too large", advice="Convert it, or use another.")
    answer = _read(path, scratch)
    if answer.refused:
        message, advice = (_plain(text) for text in answer.refused)
        raise BadMedia(message, advice=advice)
    if answer.failed or not (answer.looked or answer.heard):
        _log.warning("a file could not be looked at: %s", answer.failed)
        raise BadMedia(f"{path.name} is damaged: it cannot be read", advice="Copy or download it again, or convert it.")
    if missing := _WALLS.difference(answer.walls):
        _log.warning("files of strangers are looked at without walls around: %s", ", ".join(sorted(missing)))
    return answer


def _read(path: Path, scratch: Path) -> _Answer:
    try:
        with (scratch / ANSWER).open("rb") as file:
            return _Answer.model_validate_json(file.read(_LARGEST_ANSWER))
    except (OSError, ValidationError) as error:
        raise CannotWrite(f"what was seen of {path.name} cannot be kept", advice="Is the disk full?") from error


def _trusted(told: _Told, path: Path, scratch: Path) -> Looked:
    """Return what was told of a file, with all in it that we know better said by us."""
    cover = scratch / COVER if told.cover else None
    if cover and (cover.is_symlink() or not cover.is_file()):
        raise _impossible(path)
    source, name = (cover, f"the cover in {path.name}") if cover else (path, path.name)
    key = digest_file(source)
    known = {"id": key, "name": name, "path": str(source.absolute())}
    texts = {field: _plain(told.asset.get(field, "")) for field in ("title", "artist", "codec")}
    try:
        asset = Asset.model_validate(told.asset | texts | known)
        material = Material.from_json(told.material).evolve(asset=key) if told.material else None
    except (ValidationError, BadProject) as error:
        raise _impossible(path) from error
    if asset.kind == "shader" or (material is None) != (asset.kind == "song"):
        raise _impossible(path)
    return Looked(asset, material)


def _impossible(path: Path) -> BadMedia:
    return BadMedia(f"{path.name} says of itself what cannot be", advice="Convert it, or use another.")


def _plain(text: Any) -> str:
    """Return text without control characters, and not too much of it."""
    return "".join(each for each in str(text)[:_LONGEST_TEXT] if unicodedata.category(each)[0] != "C")
