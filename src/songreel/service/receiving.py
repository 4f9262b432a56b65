"""Files on their way in: a multipart body written to disk as it comes, each byte counted, none kept in memory.

What is on its way lies in ``incoming/<token>`` under the service's home, with a lock beside it that ends with its
process; so what a process that died has left is known from what another is writing.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import secrets
import shutil
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from songreel.base.errors import BadRequest, CannotWrite, TooLarge
from songreel.media import store

LONGEST_NAME_BYTES = 150
KEPT_FREE_BYTES = 256 << 20
_HEADERS = {"max_header_count": 16, "max_header_size": 1 << 16}
_FIELDS_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Most:
    """What one upload may bring."""

    file_bytes: int = 500_000_000
    total_bytes: int = 2_000_000_000
    files: int = 20


class Receiver:
    """Takes a multipart body piece by piece and writes the files in it under a folder; a context manager.

    Each lies in a folder of its own under its own plain name. What is no file is passed over.
    """

    def __init__(self, boundary: bytes, folder: Path, most: Most) -> None:
        self._folder, self._most = folder, most
        self._files: list[Path] = []
        self._header, self._value, self._disposition, self._claimed = b"", b"", b"", b""
        self._out: IO[bytes] | None = None
        self._size = self._total = self._beside = 0
        self._ended = False
        self._parser = MultipartParser(
            boundary,
            {
                "on_part_begin": self._begin,
                "on_header_field": self._on_field,
                "on_header_value": self._on_value,
                "on_header_end": self._on_header,
                "on_headers_finished": self._open,
                "on_part_data": self._write,
                "on_part_end": self._close,
                "on_end": self._end,
            },
            **_HEADERS,
        )

    def __enter__(self) -> Receiver:
        return self

    def __exit__(self, *_: object) -> None:
        # A file that is open here is one that did not arrive.
        with contextlib.suppress(OSError):
            self._close()

    def feed(self, data: bytes) -> None:
        """Take the next bytes; raises BadRequest for what is no multipart body, TooLarge, or CannotWrite."""
        self._total += len(data)
        if self._total > self._most.total_bytes:
            raise TooLarge("the files together are too large", limit_bytes=self._most.total_bytes)
        try:
            self._parser.write(data)
        except FormParserError as error:
            raise BadRequest(f"the body is no multipart form: {error}", advice="Send files as form data.") from error
        except OSError as error:
            raise store.cannot_write(self._folder, error) from error

    def finish(self) -> tuple[Path, ...]:
        """Return the files, in their order; raises BadRequest when the body was cut off or there are none."""
        if not self._ended:
            raise BadRequest("the body ends in the middle of a file", advice="Send it again.")
        if not self._files:
            raise BadRequest("there is no file in the form", advice="Send each file in a field named files.")
        return tuple(self._files)

    def _begin(self) -> None:
        self._header, self._value, self._disposition = b"", b"", b""

    def _on_field(self, data: bytes, start: int, end: int) -> None:
        self._header += data[start:end]

    def _on_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _on_header(self) -> None:
        if self._header.lower() == b"content-disposition":
            self._disposition = self._value
        self._header, self._value = b"", b""

    def _open(self) -> None:
        options = parse_options_header(self._disposition)[1]
        if b"filename" not in options:
            return
        self._claimed = options[b"filename"]
        if len(self._files) == self._most.files:
            raise BadRequest(f"there are more than {self._most.files} files", advice="Send the others after these.")
        place = self._folder / str(len(self._files))
        place.mkdir()
        path = place / plain_name(self._claimed.decode("utf-8", "replace"))
        self._out, self._size = path.open("wb"), 0
        self._files.append(path)

    def _write(self, data: bytes, start: int, end: int) -> None:
        count = end - start
        if self._out is None:
            self._beside += count
            if self._beside > _FIELDS_BYTES:
                raise TooLarge("the fields beside the files are too large", limit_bytes=_FIELDS_BYTES)
            return
        self._size += count
        name = self._files[-1].name
        if self._size > self._most.file_bytes:
            raise TooLarge(f"{name} is too large", limit_bytes=self._most.file_bytes)
        self._out.write(memoryview(data)[start:end])

    def _close(self) -> None:
        if self._out is not None:
            out, self._out = self._out, None
            out.close()
            if not self._claimed and not self._size:
                # A form in which no file was chosen.
                shutil.rmtree(self._files.pop().parent)

    def _end(self) -> None:
        self._ended = True


def boundary(content_type: str) -> bytes:
    """Return the boundary of a multipart body; raises BadRequest for any other content type."""
    kind, options = parse_options_header(content_type)
    found = options.get(b"boundary", b"")
    if kind != b"multipart/form-data" or not 1 <= len(found) <= 200:
        raise BadRequest(
            "the body is neither a multipart form nor JSON", advice="Send files as multipart/form-data, field files."
        )
    return found


def plain_name(claimed: str) -> str:
    """Return a name that any disk takes and no one is fooled by: its last part, printable, short; ``file`` if empty."""
    last = claimed.replace("\\", "/").rsplit("/", 1)[-1]
    shown = unicodedata.normalize("NFC", "".join(each for each in last if each.isprintable() and each not in ':*?"<>|'))
    stem, dot, suffix = shown.strip(" .").rpartition(".")
    stem, suffix = (stem, f".{suffix}") if dot and stem and len(suffix.encode()) <= 10 else (shown.strip(" ."), "")
    room = LONGEST_NAME_BYTES - len(suffix.encode())
    cut = stem.encode("utf-8", "replace")[:room].decode("utf-8", "ignore").rstrip(" .")
    return f"{cut}{suffix}" if cut else "file"


@contextlib.contextmanager
def incoming(home: Path, *, expected_bytes: int = 0) -> Iterator[Path]:
    """Yield an empty folder that is gone afterwards, however that comes about.

    Raises CannotWrite when it cannot be made, or the disk has no room for what is expected.
    """
    root = home / "incoming"
    try:
        root.mkdir(parents=True, exist_ok=True)
        if shutil.disk_usage(root).free < expected_bytes + KEPT_FREE_BYTES:
            raise CannotWrite("there is no room for more files: the disk is nearly full", advice="Try again later.")
        folder, lock = _locked(root)
    except OSError as error:
        raise store.cannot_write(root, error) from error
    try:
        yield folder
    finally:
        _remove(folder)
        os.close(lock)


def sweep(home: Path) -> int:
    """Remove what processes that died left of files on their way, and return how many folders went."""
    gone = 0
    for path in (home / "incoming").glob("*.lock"):
        with contextlib.suppress(OSError):
            lock = os.open(path, os.O_RDWR)
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                _remove(path.with_suffix(""))
                gone += 1
            finally:
                os.close(lock)
    return gone


def _locked(root: Path) -> tuple[Path, int]:
    """Return a new folder and its lock. A sweep may take the lock first: then its name is gone, and another is made."""
    while True:
        folder = root / secrets.token_hex(8)
        lock = os.open(folder.with_suffix(".lock"), os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if os.fstat(lock).st_nlink:
                folder.mkdir()
                return folder, lock
        except OSError:
            os.close(lock)
            raise
        os.close(lock)


def _remove(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.with_suffix(".lock").unlink(missing_ok=True)
