"""Files of the service by key: on a disk (``file://``) or in S3 (``s3://bucket/prefix``), by the same calls.

A key is written once or replaced whole: nobody ever reads half a file. obstore hangs in a forked child: processes that
use a storage are spawned. Parts of a put to S3 that was killed stay hidden in the bucket; a lifecycle rule of the
bucket (AbortIncompleteMultipartUpload) removes them.
"""

from __future__ import annotations

import contextlib
import os
import re
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import obstore
from obstore.exceptions import BaseError
from obstore.store import LocalStore, S3Store

from songreel.base.errors import BadRequest, CannotWrite, NotStored, StorageFailed
from songreel.media import store

if TYPE_CHECKING:
    from obstore import BytesStream
    from obstore.store import ClientConfig, S3Config

BLOCK = 1 << 20
LONGEST_KEY = 900
LEFTOVER_AGE_S = 3600
_FRESH = timedelta(hours=12)
# The smallest part that S3 takes. A put holds two of them; how many files are put at once bounds the memory of all.
_PART = 5 << 20
_PUTS = threading.BoundedSemaphore(2)
_SEGMENT = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._=@+-]{0,199}")
_LEFTOVER = re.compile(r".*#\d+")
_CONNECT = timedelta(seconds=5)
_REQUEST = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Stored:
    """One file that is there: its key, size in bytes, and when it was written."""

    key: str
    size: int
    modified: datetime


class Storage:
    """Files by key under one place; made by `at`. Threads may share it."""

    def __init__(self, kept: LocalStore | S3Store, *, root: Path | None) -> None:
        self._kept, self._root = kept, root

    def put(self, key: str, path: Path) -> None:
        """Keep a file under a key, whole or not at all; raises CannotWrite when it cannot be."""
        with _PUTS, path.open("rb") as file, _writing(key):
            obstore.put(self._kept, checked(key), file, chunk_size=_PART, max_concurrency=1)

    def put_bytes(self, key: str, data: bytes) -> None:
        """Keep bytes under a key, as `put` does."""
        with _writing(key):
            obstore.put(self._kept, checked(key), data)

    def fresh(self, key: str) -> bool:
        """Tell whether a file was put of late: whoever needs an old one puts it again, so that its time begins anew.

        Raises StorageFailed.
        """
        with contextlib.suppress(NotStored):
            return datetime.now(UTC) - self.stored(key).modified < _FRESH
        return False

    def get(self, key: str, path: Path) -> None:
        """Write the file of a key to a path, whole or not at all, making its folder.

        Raises NotStored, StorageFailed, or CannotWrite for the disk of the path.
        """
        with _reading(key):
            found = obstore.get(self._kept, checked(key))
        path.parent.mkdir(parents=True, exist_ok=True)
        with store.atomic(path) as part, part.open("wb") as out:
            for block in _read(key, found.stream(BLOCK)):
                out.write(block)

    def get_bytes(self, key: str) -> bytes:
        """Return the bytes of a key; raises NotStored or StorageFailed."""
        with _reading(key):
            return bytes(obstore.get(self._kept, checked(key)).bytes())

    def blocks(self, key: str, *, start: int = 0, end: int | None = None) -> Iterator[bytes]:
        """Return the bytes of a key from ``start`` to before ``end`` (its own end when None), a block at a time.

        Raises NotStored or StorageFailed, here for a key that is not there.
        """
        size = self.size(key)
        stop = size if end is None else min(end, size)
        return self._blocks(key, start, stop)

    def _blocks(self, key: str, start: int, stop: int) -> Iterator[bytes]:
        for at in range(start, stop, BLOCK):
            with _reading(key):
                block = obstore.get_range(self._kept, key, start=at, end=min(at + BLOCK, stop))
            yield bytes(block)

    def exists(self, key: str) -> bool:
        """Tell whether there is a file of a key."""
        try:
            self.size(key)
        except NotStored:
            return False
        return True

    def stored(self, key: str) -> Stored:
        """Return what is known of the file of a key; raises NotStored or StorageFailed."""
        with _reading(key):
            head = obstore.head(self._kept, checked(key))
        return Stored(key, int(head["size"]), head["last_modified"])

    def size(self, key: str) -> int:
        """Return the size in bytes of the file of a key; raises NotStored or StorageFailed."""
        return self.stored(key).size

    def list(self, prefix: str) -> Iterator[Stored]:
        """Yield what lies under a prefix of whole segments (``a/b`` holds ``a/b/c``, not ``a/bc``), in no order.

        All there is for an empty prefix.
        """
        name = prefix.rstrip("/")
        with _reading(prefix):
            for page in obstore.list(self._kept, checked(name) if name else None):
                for each in page:
                    yield Stored(each["path"], int(each["size"]), each["last_modified"])

    def delete(self, key: str) -> None:
        """Remove the file of a key; one that is not there is no error."""
        with contextlib.suppress(NotStored), _reading(key):
            obstore.delete(self._kept, checked(key))

    def sweep(self, *, older_than_s: float = LEFTOVER_AGE_S) -> int:
        """Remove what killed puts left on the disk, and return how many files went.

        What is younger may belong to a put that another process is making. In S3 there is nothing to do.
        """
        if self._root is None:
            return 0
        gone = 0
        for path in self._root.rglob("*#*"):
            with contextlib.suppress(OSError):
                if _LEFTOVER.fullmatch(path.name) and time.time() - path.stat().st_mtime >= older_than_s:
                    path.unlink()
                    gone += 1
        return gone


def at(url: str, *, home: Path) -> Storage:
    """Return the storage of a URL; an empty one is the folder ``storage`` under ``home``.

    S3 takes its keys, region and endpoint from the usual environment (``AWS_ACCESS_KEY_ID``, ``AWS_ENDPOINT_URL``, …);
    plain HTTP is spoken to an endpoint that is given with ``http://``. Raises BadRequest for any other URL,
    CannotWrite when the folder cannot be made.
    """
    parts = urlsplit(url or (home.absolute() / "storage").as_uri())
    match parts.scheme:
        case "file" if parts.netloc in ("", "localhost") and parts.path.startswith("/"):
            return _on_disk(Path(unquote(parts.path)))
        case "s3" if parts.netloc:
            return _in_s3(url)
        case _:
            raise BadRequest(
                f"{url!r} is no place to keep files", advice="Set SONGREEL_STORAGE_URL to file:///… or s3://bucket/…"
            )


def checked(key: str) -> str:
    """Return a key that is safe in any storage; raises BadRequest for one that is not.

    Segments of ASCII letters, digits and ``._=@+-`` between single slashes, none of which begins with a dot.
    """
    if len(key) > LONGEST_KEY or not all(_SEGMENT.fullmatch(segment) for segment in key.split("/")):
        raise BadRequest(f"{key[:60]!r} is no key of a file", advice="Use letters, digits, dots and dashes.")
    return key


def _on_disk(root: Path) -> Storage:
    try:
        root.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise store.cannot_write(root, error) from error
    return Storage(LocalStore(root), root=root)


def _in_s3(url: str) -> Storage:
    endpoint = os.environ.get("AWS_ENDPOINT_URL_S3") or os.environ.get("AWS_ENDPOINT_URL") or ""
    options: ClientConfig = {
        "connect_timeout": _CONNECT,
        "timeout": _REQUEST,
        "allow_http": endpoint.startswith("http://"),
    }
    config: S3Config = {"endpoint": endpoint} if endpoint else {}
    try:
        kept = S3Store.from_url(url, config=config, client_options=options)
    except (BaseError, ValueError) as error:
        raise BadRequest(f"{url!r} cannot be used: {_first_line(error)}", advice="See SONGREEL_STORAGE_URL.") from error
    return Storage(kept, root=None)


def _read(key: str, blocks: BytesStream) -> Iterator[memoryview]:
    """Yield blocks, with errors of the storage kept apart from those of the disk that they are written to."""
    while True:
        with _reading(key):
            block = next(blocks, None)
        if block is None:
            return
        yield memoryview(block)


@contextlib.contextmanager
def _reading(key: str) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        raise NotStored(
            f"{key} is not there", advice="It may have been removed after its time; make it again."
        ) from error
    except (BaseError, OSError) as error:
        raise StorageFailed(
            f"{key} cannot be reached: {_first_line(error)}", advice="Check SONGREEL_STORAGE_URL and its server."
        ) from error


@contextlib.contextmanager
def _writing(key: str) -> Iterator[None]:
    try:
        yield
    except (BaseError, OSError) as error:
        raise CannotWrite(
            f"{key} cannot be kept: {_first_line(error)}",
            advice="Check the room and the permissions at SONGREEL_STORAGE_URL.",
        ) from error


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0]
