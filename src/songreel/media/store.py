"""Files that appear whole or not at all, and a folder of what can be made again."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import glob
import itertools
import math
import os
import time
from collections.abc import Iterator
from pathlib import Path

from songreel.base.errors import CannotWrite
from songreel.base.ids import digest_file

LEFTOVER_AGE_S = 3600
_START = 19
"""Where /proc/PID/stat has a process's start, in ticks since the machine's, counted from the field after its name."""
_SURE_S = 1.0
"""Seconds by which two clocks of one machine may differ."""
_PART = ".part"
_SEAL = ".seal"
_CACHE_ADVICE = "That is the cache: free some space, or set SONGREEL_CACHE to a folder that has room."
_counter = itertools.count()

_REASONS: dict[int, tuple[str, str]] = {
    errno.ENOSPC: ("the disk is full", "Free some space, or choose a folder on another disk."),
    errno.EDQUOT: ("the disk quota is used up", "Free some space, or choose a folder on another disk."),
    errno.EFBIG: ("the file would be larger than is allowed there", "Choose a folder on another disk."),
    errno.ENOENT: ("the folder does not exist", "Make the folder first, or choose another one."),
    errno.ENOTDIR: ("a part of its path is a file, not a folder", "Choose another folder."),
    errno.EACCES: ("there is no permission to write there", "Choose a folder that you may write to."),
    errno.EPERM: ("there is no permission to write there", "Choose a folder that you may write to."),
    errno.EROFS: ("the disk is read-only", "Choose a folder on another disk."),
    errno.EISDIR: ("there is a folder of that name", "Choose another name."),
    errno.ENAMETOOLONG: ("the name is too long", "Choose a shorter name."),
}


def cannot_write(path: Path, error: OSError) -> CannotWrite:
    """Return the error that tells a person why a file cannot be written."""
    reason, advice = _REASONS.get(
        error.errno or 0, (error.strerror or str(error), "Check the disk, or choose another folder.")
    )
    return CannotWrite(f"cannot write {path}: {reason}", advice=advice)


@contextlib.contextmanager
def atomic(path: Path) -> Iterator[Path]:
    """Yield a temporary path beside ``path``; it takes that name on success and is removed on failure.

    Raises CannotWrite for a full disk, a missing folder, or no permission.
    """
    part = path.parent / f".{path.name[-40:]}.{os.getpid()}-{next(_counter)}{_PART}"
    try:
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, "a folder of that name", str(path))
        part.touch()
        yield part
        part.replace(path)
    except OSError as error:
        raise cannot_write(path, error) from error
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)


def sweep(path: Path) -> None:
    """Remove what killed processes of this machine left of writing a file: parts whose writer is no more."""
    for part in path.parent.glob(f".{glob.escape(path.name[-40:])}.*{_PART}"):
        _remove_abandoned(part)


@contextlib.contextmanager
def held(path: Path) -> Iterator[None]:
    """Hold a lock file, which is made where it is not there, against every thread and process of this machine."""
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextlib.contextmanager
def sealed(path: Path) -> Iterator[Path]:
    """Write a file of a `Cache` as `atomic` does, with the digest by which it is known to be whole later on.

    Raises CannotWrite as `atomic` does.
    """
    try:
        with atomic(path) as part:
            yield part
            with atomic(_seal_of(path)) as seal:
                seal.write_text(digest_file(part), encoding="ascii")
    except CannotWrite as error:
        raise CannotWrite(error.message, advice=_CACHE_ADVICE) from error


class Cache:
    """A folder of files named by what they hold; the least recently used go first when it is full.

    Files appear by renaming, so that readers and any number of writers of one key never meet half a file. What a
    full disk, a power cut or a person damaged afterwards no longer fits its seal, and counts as not there.
    """

    def __init__(self, root: Path, limit_bytes: int) -> None:
        self.root = root
        self.limit_bytes = limit_bytes

    def path(self, kind: str, key: str, suffix: str) -> Path | None:
        """Return the file of a key, marked as just used; None when it is not there or not whole."""
        found = self._name(kind, key, suffix)
        try:
            os.utime(found)
            return found if _seal_of(found).read_bytes() == digest_file(found).encode() else None
        except OSError:
            return None

    def place(self, kind: str, key: str, suffix: str) -> Path:
        """Return where the file of a key belongs, for `sealed` to write; its folder exists.

        Raises CannotWrite when the folder cannot be made.
        """
        place = self._name(kind, key, suffix)
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise CannotWrite(cannot_write(place, error).message, advice=_CACHE_ADVICE) from error
        return place

    def evict(self) -> int:
        """Remove the least recently used files until the limit holds, and return how many bytes went.

        What killed writers left behind for more than an hour goes too.
        """
        kept, gone = [], 0
        for path in self.root.rglob("*"):
            try:
                stat = path.stat()
                if not path.is_file():
                    continue
            except OSError:
                continue
            if path.name.endswith(_PART):
                gone += _remove(path, stat.st_size) if time.time() - stat.st_mtime > LEFTOVER_AGE_S else 0
            elif path.suffix != _SEAL:
                kept.append((stat.st_mtime_ns, str(path), stat.st_size))
        excess = sum(size for _, _, size in kept) - self.limit_bytes
        for _, name, size in sorted(kept):
            if excess <= 0:
                break
            freed = _remove(Path(name), size)
            excess -= freed
            gone += freed
        return gone

    def sweep(self) -> None:
        """Remove all that killed processes of this machine left of writing files."""
        for part in self.root.rglob(f".*{_PART}"):
            _remove_abandoned(part)

    def _name(self, kind: str, key: str, suffix: str) -> Path:
        return self.root / kind / key[:2] / f"{key}{suffix}"


def _remove_abandoned(part: Path) -> None:
    """Remove a part whose writer is no more; where processes cannot be looked up, it is left to `Cache.evict`.

    The writer's number may be another process's by then: one that began after the part was last written to.
    """
    writer = part.name.removesuffix(_PART).rpartition(".")[2].partition("-")[0]
    if writer.isdigit() and Path("/proc/self").exists():
        with contextlib.suppress(OSError):
            if time.time() - part.stat().st_mtime > _age_s(int(writer)) + _SURE_S:
                part.unlink()


def _age_s(process: int) -> float:
    """Return for how long a process has run, minus infinity where there is none."""
    try:
        _, _, fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")
    except OSError:
        return -math.inf
    return time.clock_gettime(time.CLOCK_BOOTTIME) - int(fields.split()[_START]) / os.sysconf("SC_CLK_TCK")


def _remove(path: Path, size: int) -> int:
    try:
        path.unlink()
        _seal_of(path).unlink(missing_ok=True)
    except OSError:
        return 0
    return size


def _seal_of(path: Path) -> Path:
    return path.with_name(f"{path.name}{_SEAL}")
