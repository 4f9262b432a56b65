"""What every call passes: its id, how often its caller may call, what is counted and logged of it.

Nothing that a caller wrote is logged: of the path its route, of the token nothing. An error that nobody expected is
answered in the envelope, and its place in the code is logged.
"""

from __future__ import annotations

import logging
import math
import re
import secrets
import time

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from songreel.base import ids
from songreel.base.errors import TooOften
from songreel.base.settings import Settings
from songreel.server import envelope, problems
from songreel.server.figures import Figures
from songreel.service import limits, logs
from songreel.service.limits import Buckets

_OPEN = frozenset({"/health", "/ready", "/metrics"})
_GOOD_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")
_UNMATCHED = "unmatched"
_MOST_HEAD = 1 << 16
"""Bytes of a path and of headers: what HTTP itself lets pass differs by how they come."""
_LEFT = 499
"""What is counted for clients that left before they were answered, as nginx does."""
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_log = logging.getLogger(f"{logs.OURS}.calls")


class Gate:
    """Stands before the application."""

    def __init__(self, app: ASGIApp, *, chosen: Settings, figures: Figures) -> None:
        self._app, self._figures = app, figures
        self._trusted = chosen.trusted_proxies
        self._addresses = Buckets(chosen.rate_per_address, chosen.burst_per_address)
        self._tokens = Buckets(chosen.rate_per_token, chosen.burst_per_token)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a call pass."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        call = _Call(scope, send)
        marked = logs.request_id.set(call.id)
        self._figures.began()
        try:
            await self._answer(call, scope, receive)
        finally:
            seconds = time.perf_counter() - call.began
            self._figures.ended(call.method, call.route, call.status, seconds)
            facts = {"method": call.method, "route": call.route, "status": call.status, "ms": round(seconds * 1000, 1)}
            _log.info("answered", extra={"facts": facts})
            logs.request_id.reset(marked)

    async def _answer(self, call: _Call, scope: Scope, receive: Receive) -> None:
        wait = 0.0 if scope["path"] in _OPEN else self._wait(scope, call.headers)
        if wait:
            hurried = TooOften(
                "too many calls", retry_after_s=math.ceil(wait), advice="Wait as long as Retry-After says."
            )
            await envelope.too_often(hurried, scope["path"])(scope, receive, call.send)
            return
        if refused := _refused(scope, call.headers):
            await refused(scope, receive, call.send)
            return
        try:
            await self._app(scope, receive, call.send)
        except ClientDisconnect:
            call.status = call.status or _LEFT
        except Exception:  # whatever the code of an endpoint raises: the process goes on
            _log.exception("failed")
            if not call.status:
                what = f"something went wrong here, which is noted as {call.id}"
                answer = envelope.failed(500, 500, what, path=scope["path"])
                await answer(scope, receive, call.send)

    def _wait(self, scope: Scope, headers: Headers) -> float:
        peer = scope["client"][0] if scope.get("client") else ""
        address = limits.household(limits.address(peer, headers.getlist("x-forwarded-for"), self._trusted))
        if wait := self._addresses.take(address):
            self._figures.limited("address")
            return wait
        bearer = headers.get("authorization")
        wait = self._tokens.take(ids.digest(bearer)) if bearer else 0.0
        if wait:
            self._figures.limited("token")
        return wait


def _refused(scope: Scope, headers: Headers) -> Response | None:
    """Return the answer to a head that is too large, or that two servers may read otherwise; None for a good one."""
    size = (
        len(scope["raw_path"]) + len(scope["query_string"]) + sum(len(name) + len(value) for name, value in headers.raw)
    )
    if size > _MOST_HEAD:
        return envelope.failed(431, 431, "the headers are too large", path=scope["path"], Connection="close")
    if "transfer-encoding" in headers and "content-length" in headers:
        what = "a body has either a Content-Length or a Transfer-Encoding"
        return envelope.failed(400, 400, what, path=scope["path"], Connection="close")
    return None


class _Call:
    """One call on its way: what it is called, and what was answered."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self._scope, self._send = scope, send
        self.headers = Headers(scope=scope)
        given = self.headers.get("x-request-id", "")
        self.id = given if _GOOD_ID.fullmatch(given) else secrets.token_hex(8)
        self.method: str = scope["method"] if scope["method"] in _METHODS else "OTHER"
        self.status = 0
        self.began = time.perf_counter()

    @property
    def route(self) -> str:
        """Return the pattern of the path, which holds nothing of the caller's."""
        found: str = getattr(self._scope.get("route"), "path", _UNMATCHED)
        # A route knows its path within its router alone.
        within = problems.is_ours(self._scope["path"]) and found != _UNMATCHED and not problems.is_ours(found)
        return problems.ROOT + found if within else found

    async def send(self, message: Message) -> None:
        """Send a part of the answer, the first with the call's id."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            MutableHeaders(scope=message)["X-Request-Id"] = self.id
        await self._send(message)
