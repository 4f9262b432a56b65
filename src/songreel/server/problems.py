"""Errors of our own API, under ``/v1/``, as RFC 9457 has them; the skills' protocol has its envelope."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

ROOT = "/v1"
MEDIA_TYPE = "application/problem+json"
_STATUSES = {2001: HTTPStatus.PAYMENT_REQUIRED}
"""Where HTTP has a better word than the protocol's table."""


class Problem(BaseModel):
    """What went wrong; some kinds say more beside it, such as ``limit_bytes``, ``supported`` and ``bind_url``."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    code: int = Field(description="The number that the skills' protocol has for it.")


def is_ours(path: str) -> bool:
    """Tell whether a path is of our own API."""
    return path.startswith(f"{ROOT}/")


def answer(problem: tuple[int, int, str], data: dict[str, Any] | None, headers: dict[str, str]) -> JSONResponse:
    """Return an error's code, status and sentence as a problem, with what else is known of it."""
    code, status, detail = problem
    found = HTTPStatus(_STATUSES.get(code, status))
    told = Problem(title=found.phrase, status=found.value, detail=detail, code=code)
    body = {**(data or {}), **told.model_dump()}
    return JSONResponse(body, status_code=found.value, headers=headers, media_type=MEDIA_TYPE)


def declared(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return what the service's description says of errors with these statuses, and of those that any call may have."""
    content = {MEDIA_TYPE: {"schema": Problem.model_json_schema()}}
    return {
        status: {"description": HTTPStatus(status).phrase, "content": content}
        for status in (400, 401, 403, 408, 413, 429, *statuses)
    }
