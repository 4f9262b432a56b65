"""Fetches a file into its place, whole or not at all; what broke off goes on from where it was."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import httpx

from songreel.base.errors import CallRefused, CannotWrite, NoAnswer
from songreel.client.wire import Wire

TRIES, PAUSE_S = 5, 2.0
_PART = ".part"
_TOTAL = re.compile(r"bytes (?P<first>\d+)-\d+/(?P<total>\d+|\*)")


@dataclass
class _Piece:
    """What there is of a file: where it lies, what its version is called, how many bytes it will have."""

    path: Path
    version: str = ""
    total: int | None = None

    @property
    def size(self) -> int:
        return self.path.stat().st_size if self.path.exists() else 0


async def fetch(wire: Wire, address: str, out: Path, on_progress: Callable[[float], None]) -> None:
    """Fetch an address to a path; a try that brings bytes is not counted.

    Raises CannotWrite where the file cannot be written, CallRefused or NoAnswer where the service does not give it.
    """
    piece = _Piece(out.with_name(out.name + _PART))
    left = TRIES
    try:
        piece.path.unlink(missing_ok=True)
        while True:
            had = piece.size
            try:
                await _go_on(wire, address, piece, on_progress)
                piece.path.replace(out)
                return
            except NoAnswer:
                left = TRIES if piece.size > had else left - 1
                if not left:
                    raise
            await asyncio.sleep(PAUSE_S)
    except OSError as error:
        raise CannotWrite(f"{out} cannot be written ({error.strerror})", advice="Choose another folder.") from error
    finally:
        with suppress(OSError):
            piece.path.unlink(missing_ok=True)


async def _go_on(wire: Wire, address: str, piece: _Piece, on_progress: Callable[[float], None]) -> None:
    """Fetch what is missing; raises NoAnswer when it ends too soon."""
    had = piece.size
    wanted = {"Range": f"bytes={had}-"} if had else {}
    if had and piece.version:
        wanted["If-Range"] = piece.version
    async with wire.fetch(address, {**wanted, "Accept-Encoding": "identity"}) as answer:
        if answer.status_code >= httpx.codes.BAD_REQUEST:
            await _refuse(wire, answer)
        begins, total = _extent(answer, had)
        if begins and piece.total != total:
            piece.path.unlink()
            raise NoAnswer("the file changed while it was fetched", advice="Try again.")
        piece.total, piece.version = total, _version(answer) or piece.version
        with piece.path.open("r+b" if begins else "wb") as file:
            file.seek(begins)
            await _copy(answer, file.write, begins, total, on_progress)
    if total is not None and piece.size != total:
        raise NoAnswer("the file broke off", advice="Try again.")


async def _copy(
    answer: httpx.Response,
    write: Callable[[bytes], int],
    begins: int,
    total: int | None,
    on_progress: Callable[[float], None],
) -> None:
    done = begins
    async for block in answer.aiter_bytes():
        write(block)
        done += len(block)
        if total:
            on_progress(min(done / total, 1.0))


def _version(answer: httpx.Response) -> str:
    """Return what a file's version is called, where that holds for its bytes."""
    name = str(answer.headers.get("ETag", ""))
    return "" if name.startswith("W/") else name


def _extent(answer: httpx.Response, had: int) -> tuple[int, int | None]:
    """Return the byte that an answer begins at, and how many the file has."""
    told = _TOTAL.match(answer.headers.get("Content-Range", ""))
    if answer.status_code == httpx.codes.PARTIAL_CONTENT and told and int(told["first"]) == had:
        return had, None if told["total"] == "*" else int(told["total"])
    length = answer.headers.get("Content-Length", "")
    return 0, int(length) if length.isdigit() else None


async def _refuse(wire: Wire, answer: httpx.Response) -> None:
    await answer.aread()
    try:
        told = answer.json()
    except ValueError:
        told = {}
    refused = wire.refused(told if isinstance(told, dict) else {}, answer.status_code)
    retried = answer.status_code >= httpx.codes.INTERNAL_SERVER_ERROR
    if refused is None or retried:
        raise NoAnswer(f"the file is not given ({answer.status_code})", advice="Try again later.")
    raise CallRefused(
        f"the file is not given ({answer.status_code})", code=answer.status_code, advice="Export it again."
    )
