"""Who calls, from where, and about which session: what the endpoints ask for before they do anything.

An endpoint names what its caller must be: ``Reader``, ``Writer``, ``Uploader`` or ``Exporter``. A claim reads the one
session that it opens, and is no token anywhere else.

What waits for nothing is a coroutine: everything else is done in a thread, which a busy process makes wait.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import Depends, Header, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from songreel.base.errors import MissingPart
from songreel.jobs.engine import Engine
from songreel.server import envelope
from songreel.service import limits
from songreel.service.accounts import Caller, Scope
from songreel.service.sessions import Session, Sessions
from songreel.service.wiring import Service

_bearer = HTTPBearer(auto_error=False, description="A token: nmv_usr_…")


async def service(request: Request) -> Service:
    """Return the parts of the service."""
    parts: Service = request.app.state.service
    return parts


Parts = Annotated[Service, Depends(service)]
Given = Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]
"""A token or a claim as it is sent: for an endpoint that does all in one thread, by `viewed`."""


async def sessions(parts: Parts) -> Sessions:
    """Return the sessions of the service."""
    return parts.sessions


def address(request: Request) -> str:
    """Return where a call comes from."""
    peer = request.client.host if request.client else ""
    trusted = request.app.state.service.settings.trusted_proxies
    return limits.address(peer, request.headers.getlist("x-forwarded-for"), trusted)


def known(parts: Parts, given: Given) -> Caller:
    """Return whose the token or claim of a call is; refused with 1001 without a good one."""
    found = parts.accounts.caller(given.credentials.strip()) if given else None
    if found is None:
        raise envelope.unauthorized()
    return found


def needs(scope: Scope) -> Callable[..., Awaitable[Caller]]:
    """Return what asks for a token of the API with a scope: 1001 without a token, 403 without the scope."""

    async def asked(caller: Annotated[Caller, Depends(known)]) -> Caller:
        if caller.session is not None:
            raise envelope.unauthorized()
        if scope not in caller.scopes:
            raise envelope.forbidden(scope)
        return caller

    return asked


def viewed(parts: Service, given: HTTPAuthorizationCredentials | None, number: str) -> Session:
    """Return the session that a caller may read: by a token, or by the claim of that session."""
    caller = known(parts, given)
    if "read" not in caller.scopes:
        raise envelope.forbidden("read")
    return find(parts.sessions, caller, number)


def exporter(
    parts: Parts,
    caller: Annotated[Caller, Depends(needs("write"))],
    x_skill_source: Annotated[str, Header()] = "",
    x_skill_version: Annotated[str, Header()] = "",
    x_skill_platform: Annotated[str, Header()] = "",
) -> Caller:
    """Return a caller who may have a file made; 402 without the headers that say which skill asks, or by the plan."""
    given = {"Source": x_skill_source, "Version": x_skill_version, "Platform": x_skill_platform}
    missing = [f"X-Skill-{name}" for name, value in given.items() if not value.strip()]
    if missing:
        raise envelope.blocked(f"an export needs the header {' and '.join(missing)}")
    if not parts.accounts.may_export(caller):
        raise envelope.blocked("the plan of this account does not allow export")
    return caller


def find(kept: Sessions, caller: Caller, number: str) -> Session:
    """Return a caller's session; refused with 1002 where there is none of them."""
    session = kept.find(number, caller.user)
    if session is None or caller.session not in (None, session.id):
        raise envelope.no_session()
    return session


async def jobs(request: Request) -> Engine:
    """Return the jobs of the service; raises MissingPart on a server that takes none."""
    engine: Engine | None = request.app.state.jobs
    if engine is None:
        raise MissingPart("this server takes no jobs")
    return engine


Jobs = Annotated[Engine, Depends(jobs)]
Kept = Annotated[Sessions, Depends(sessions)]
Reader = Annotated[Caller, Depends(needs("read"))]
Writer = Annotated[Caller, Depends(needs("write"))]
Uploader = Annotated[Caller, Depends(needs("upload"))]
Exporter = Annotated[Caller, Depends(exporter)]
