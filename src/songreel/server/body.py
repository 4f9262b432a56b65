"""Large bodies as they come: a client that sends too slowly is not waited for, and one that is refused is heard out.

A client that sends all before it reads would take a closed connection for a broken one, and never see the refusal.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import Request
from pydantic import AfterValidator
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from songreel.server import envelope

PIECE = 1 << 18
IDLE_S = 30.0
_GRACE_S = 60.0
_LEAST_PER_S = 8_000
_HEARD_OUT_S = 60.0
_REFUSED, _TOO_SLOW = 400, 408
_DEEPEST = 40
MOST_JSON = 8_000_000
"""Bytes of a body that is read whole: some times the draft of the longest video."""
_BODILESS = frozenset({"GET", "HEAD", "OPTIONS"})


def _kept(given: str) -> str:
    # PostgreSQL keeps no zero bytes.
    return given.replace("\x00", " ")


def _sane(given: dict[str, Any]) -> dict[str, Any]:
    """Raise ValueError for what is nested deeper than any document of ours, or is no text that can be written."""
    row: list[Any] = [given]
    for _ in range(_DEEPEST):
        if not row:
            return given
        inner = [part for each in row for part in (each.items() if isinstance(each, dict) else enumerate(each))]
        for key, value in inner:
            for text in (key, value):
                if isinstance(text, str):
                    text.encode()
        row = [value for _, value in inner if isinstance(value, dict | list)]
    raise ValueError(f"it is nested more than {_DEEPEST} deep")


PlainText = Annotated[str, AfterValidator(_kept)]
"""A text that any database keeps."""
Free = Annotated[dict[str, Any], AfterValidator(_sane)]
"""An object that is read key by key."""


async def pieces(request: Request, *, idle_s: float = IDLE_S) -> AsyncIterator[bytes]:
    """Yield a body in pieces of about a quarter of a megabyte; raises Refused (408) when it comes too slowly."""
    began, size = time.monotonic(), 0
    waiting = bytearray()
    stream = request.stream()
    while True:
        try:
            async with asyncio.timeout(idle_s):
                block = await anext(stream, None)
        except TimeoutError as error:
            raise envelope.slow() from error
        if block is None:
            break
        waiting += block
        size += len(block)
        seconds = time.monotonic() - began
        if seconds > _GRACE_S and size < seconds * _LEAST_PER_S:
            raise envelope.slow()
        if len(waiting) >= PIECE:
            yield bytes(waiting)
            waiting.clear()
    yield bytes(waiting)


async def short(request: Request, *, most_bytes: int = 1 << 20) -> bytes:
    """Return a short body; raises Refused (413) for more than so many bytes."""
    found = bytearray()
    async for piece in pieces(request):
        found += piece
        if len(found) > most_bytes:
            raise _large(most_bytes)
    return bytes(found)


def declared(request: Request) -> int:
    """Return how many bytes a client says that it sends; 0 when it does not say."""
    return _declared(request.headers)


def _declared(headers: Headers) -> int:
    length = headers.get("content-length", "")
    return int(length) if length.isascii() and length.isdigit() and len(length) < 20 else 0


class HeardOut:
    """Tells a client at once that it is refused, and lets it finish what it sends meanwhile, within bounds.

    One that waits for leave to send is not waited for.
    """

    def __init__(self, app: ASGIApp, *, most_bytes: int) -> None:
        self._app, self._most_bytes = app, most_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a call pass."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        call = _Heard(scope, receive, self._most_bytes)
        refused = False

        async def answer(message: Message) -> None:
            nonlocal refused
            if message["type"] == "http.response.start":
                refused = _REFUSED <= message["status"] != _TOO_SLOW
            if refused and message["type"] == "http.response.body" and not message.get("more_body", False):
                # The connection ends with the answer: all of it but its end is sent first.
                await send({**message, "more_body": True})
                await call.hear_out()
                message = {"type": "http.response.body"}
            await send(message)

        await self._app(scope, call.receive, answer)


class Short:
    """Holds bodies that are read whole to a size and a pace. Forms are files, which `pieces` reads by its own rules."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a call pass."""
        if scope["type"] != "http" or scope["method"] in _BODILESS or _is_form(scope):
            await self._app(scope, receive, send)
            return
        await self._app(scope, _Bounded(receive, Headers(scope=scope)).receive, send)


class _Bounded:
    """A body that is read whole."""

    def __init__(self, receive: Receive, headers: Headers) -> None:
        self._receive, self._headers = receive, headers
        self._size, self._began, self._ended = 0, time.monotonic(), False

    async def receive(self) -> Message:
        if self._ended:
            # Whoever asks now waits for the client to leave.
            return await self._receive()
        if _declared(self._headers) > MOST_JSON:
            raise envelope.Halted(_large(MOST_JSON))
        try:
            async with asyncio.timeout(IDLE_S):
                message = await self._receive()
        except TimeoutError as error:
            raise envelope.Halted(envelope.slow()) from error
        self._ended = not message.get("more_body", False)
        self._size += len(message.get("body", b""))
        seconds = time.monotonic() - self._began
        if self._size > MOST_JSON:
            raise envelope.Halted(_large(MOST_JSON))
        if not self._ended and seconds > _GRACE_S and self._size < seconds * _LEAST_PER_S:
            raise envelope.Halted(envelope.slow())
        return message


def _large(most_bytes: int) -> envelope.Refused:
    return envelope.Refused(4002, 413, "the body is too large", {"limit_bytes": most_bytes})


def _is_form(scope: Scope) -> bool:
    return Headers(scope=scope).get("content-type", "").lower().startswith("multipart/")


class _Heard:
    """A body, and how far it was heard."""

    def __init__(self, scope: Scope, receive: Receive, most_bytes: int) -> None:
        self._receive, self._left = receive, most_bytes
        self._begun = Headers(scope=scope).get("expect", "").lower() != "100-continue"
        self._ended = scope["method"] in _BODILESS

    async def receive(self) -> Message:
        self._begun = True
        message = await self._receive()
        self._ended = message["type"] == "http.disconnect" or not message.get("more_body", False)
        self._left -= len(message.get("body", b""))
        return message

    async def hear_out(self) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_HEARD_OUT_S):
                while self._begun and not self._ended and self._left > 0:
                    await self.receive()
