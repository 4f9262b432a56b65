"""The envelope of the protocol's answers, and all errors: a code in the body beside the HTTP status."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolExhausted
from starlette.exceptions import HTTPException

from songreel.base.errors import (
    BadInput,
    BadMedia,
    CannotWrite,
    EditRefused,
    NotStored,
    OutOfCredits,
    SongreelError,
    StorageFailed,
    TooLarge,
    TooOften,
)
from songreel.server import problems
from songreel.service import logs

Json = dict[str, Any]
_log = logging.getLogger(f"{logs.OURS}.calls")


class Failure(BaseModel):
    """An error as every endpoint answers it; some say more in ``data``."""

    code: int
    message: str
    data: Json | None


RESPONSES: dict[int | str, Json] = {
    status: {"model": Failure, "description": f"{HTTPStatus(status).phrase}, in the envelope."}
    for status in (400, 401, 402, 403, 404, 408, 413, 415, 429)
}
"""What the service's own description says of errors."""


class Refused(Exception):
    """A call that is answered with one of the protocol's codes."""

    def __init__(self, code: int, status: int, message: str, data: Json | None = None) -> None:
        super().__init__(message)
        self.code, self.status, self.message, self.data = code, status, message, data


class Halted(HTTPException):
    """A call that is refused while its body is read: frameworks let pass what is an HTTPException there."""

    def __init__(self, refused: Refused) -> None:
        super().__init__(refused.status, refused.message)
        self.refused = refused


def unauthorized() -> Refused:
    """Return the answer to a bad or missing token."""
    return Refused(1001, 401, "the token is missing, unknown or expired")


def forbidden(scope: str) -> Refused:
    """Return the answer to a token that may do other things, but not this."""
    return Refused(403, 403, f"this token may not {scope}")


def blocked(why: str) -> Refused:
    """Return the answer to an export that is not allowed."""
    return Refused(402, 402, why)


def no_session() -> Refused:
    """Return the answer to a session that is not there, or is another user's."""
    return Refused(1002, 404, "there is no such session")


def slow() -> Refused:
    """Return the answer to a client that sends too slowly."""
    return Refused(408, 408, "the body comes too slowly")


def malformed(what: str) -> Refused:
    """Return the answer to a request that makes no sense."""
    return Refused(400, 400, what)


def ok(data: Json, **beside: Any) -> Json:
    """Return data in the envelope; ``beside`` are fields that clients read at its top level too."""
    return {"code": 0, "message": "ok", "data": data, **beside}


def failed(
    code: int, status: int, message: str, data: Json | None = None, *, path: str, **headers: str
) -> JSONResponse:
    """Return an error as whoever calls a path reads it; ``headers`` with underscores for hyphens."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    if status == HTTPStatus.UNAUTHORIZED:
        named["WWW-Authenticate"] = "Bearer"
    if problems.is_ours(path):
        return problems.answer((code, status, message), data, named)
    return JSONResponse({"code": code, "message": message, "data": data}, status_code=status, headers=named)


def too_often(error: TooOften, path: str) -> JSONResponse:
    """Return the answer to a call that may come later."""
    return failed(429, 429, str(error), path=path, Retry_After=str(error.retry_after_s))


def install(app: FastAPI, formats: tuple[str, ...]) -> None:
    """Let every error of an application be answered in the envelope; ``formats`` are the files that can be used."""
    _install_refusals(app)
    _install_faults(app)

    @app.exception_handler(BadMedia)
    async def media(request: Request, error: BadMedia) -> JSONResponse:
        return _told(request, 4001, 415, str(error), {"supported": list(formats)})

    @app.exception_handler(TooLarge)
    async def large(request: Request, error: TooLarge) -> JSONResponse:
        return _told(request, 4002, 413, str(error), {"limit_bytes": error.limit_bytes})

    @app.exception_handler(OutOfCredits)
    async def poor(request: Request, error: OutOfCredits) -> JSONResponse:
        return _told(request, 2001, 403, str(error), {"bind_url": _bind_url(request, error.user)})

    @app.exception_handler(TooOften)
    async def hurried(request: Request, error: TooOften) -> JSONResponse:
        return too_often(error, request.url.path)

    @app.exception_handler(BadInput)
    @app.exception_handler(EditRefused)
    async def theirs(request: Request, error: SongreelError) -> JSONResponse:
        return _told(request, 400, 400, str(error))

    @app.exception_handler(NotStored)
    async def gone(request: Request, error: NotStored) -> JSONResponse:
        return _told(request, 404, 404, str(error))


def _install_refusals(app: FastAPI) -> None:
    """Let what was refused before anything was done be answered."""

    @app.exception_handler(Refused)
    async def refused(request: Request, error: Refused) -> JSONResponse:
        return _told(request, error.code, error.status, error.message, error.data)

    @app.exception_handler(Halted)
    async def halted(request: Request, error: Halted) -> JSONResponse:
        return await refused(request, error.refused)

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> JSONResponse:
        return _told(request, 400, 400, _wrong(error.errors()[0], request.headers.get("content-type", "")))

    @app.exception_handler(HTTPException)
    async def other(request: Request, error: HTTPException) -> JSONResponse:
        # Headers that go with it, such as Allow.
        return _told(
            request, error.status_code, error.status_code, str(error.detail), None, **dict(error.headers or {})
        )


def _install_faults(app: FastAPI) -> None:
    """Let what is not the caller's fault be logged, and answered without its reason."""

    @app.exception_handler(SongreelError)
    async def ours(request: Request, error: SongreelError) -> JSONResponse:
        # What it says is for the operator: it may name a folder or a server.
        _log.error("failed", exc_info=error)
        return _told(request, 500, 500, "the service cannot do this at the moment")

    @app.exception_handler(CannotWrite)
    async def full(request: Request, error: CannotWrite) -> JSONResponse:
        _log.error("a file cannot be kept", exc_info=error)
        return _told(request, 507, 507, "the service cannot keep this at the moment: its disk is full or refuses")

    @app.exception_handler(StorageFailed)
    @app.exception_handler(OperationalError)
    @app.exception_handler(PoolExhausted)
    async def away(request: Request, error: Exception) -> JSONResponse:
        _log.error("a part of the service does not answer", exc_info=error)
        return _told(request, 503, 503, "the service cannot do this at the moment", Retry_After="5")


def _wrong(error: Json, content_type: str) -> str:
    """Return what is wrong with a request; ``error`` as Pydantic and FastAPI tell it."""
    if error["loc"][0] == "body" and "json" not in content_type.lower():
        return "the body is no JSON. Send it with the header Content-Type: application/json."
    if error["type"] == "json_invalid":
        return f"the body is no JSON: {error['ctx']['error']} at character {error['loc'][-1]}"
    return f"{'.'.join(str(step) for step in error['loc'])}: {error['msg']}"


def _told(
    request: Request, code: int, status: int, message: str, data: Json | None = None, **headers: str
) -> JSONResponse:
    return failed(code, status, message, data, path=request.url.path, **headers)


def _bind_url(request: Request, user: str) -> str | None:
    """Return where an anonymous user registers and keeps what is theirs; None for one who did."""
    if not user.startswith("anon_"):
        return None
    site = request.app.state.service.settings.public_url or str(request.base_url)
    return f"{site.rstrip('/')}/register?bind={user}"
