"""Renders: a version of a project's video becomes a file."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import BaseModel, Field

from songreel.jobs.engine import State, Status
from songreel.server import envelope, problems
from songreel.server.body import Free
from songreel.server.caller import Parts, Reader, Writer
from songreel.server.routes import renders as exports
from songreel.server.routes.renders import All, Output
from songreel.server.routes.v1.projects import MOST, Read, Written, moment, shown

_NAME = r"^[A-Za-z0-9_.-]{1,64}$"
router = APIRouter(tags=["renders"])


class NewRender(Output):
    """What is rendered, and into what: a version by its number, a draft, or else the version that is shown.

    ``id`` is the caller's own, and unique among theirs: asked for again, it is the same render.
    """

    id: str | None = Field(default=None, pattern=_NAME)
    version: int | None = Field(default=None, ge=1, le=10**9)
    draft: Free | None = None


class File(BaseModel):
    """A finished file; ``url`` opens it for a time, ``duration`` in seconds, ``size`` in bytes."""

    url: str
    duration: float
    size: int


class Render(BaseModel):
    """How a render stands; ``progress`` 0 to 100, never falling."""

    id: str
    project: str
    state: State
    progress: int
    created_at: datetime
    finished_at: datetime | None
    file: File | None
    error: str | None


class Renders(BaseModel):
    """Renders, the newest first."""

    renders: list[Render]


def may_export(parts: Parts, who: Writer) -> None:
    """Let only those pass whose plan allows files."""
    if not parts.accounts.may_export(who):
        raise envelope.Refused(403, 403, "the plan of this account does not allow export")


@router.post(
    "/projects/{project}/renders",
    status_code=202,
    responses=problems.declared(402, 404),
    dependencies=[Depends(may_export)],
)
def create(
    request: Request, parts: Parts, every: All, session: Written, wanted: NewRender, response: Response
) -> Render:
    """Have a file made."""
    if wanted.version is not None and wanted.draft is not None:
        raise envelope.malformed("a render is of a version or of a draft, not of both")
    name = wanted.id or secrets.token_hex(8)
    asked = {"session": session.id, **wanted.model_dump(mode="json", exclude={"id"})}

    def order() -> str:
        if wanted.draft is not None:
            timeline = exports.shown(parts.sessions, session, wanted.draft)
        else:
            timeline = shown(parts.sessions, session, wanted.version)
        return exports.order(parts, session, timeline, wanted)

    status = every.submit(session.user, name, asked, order)
    response.headers["Location"] = f"{problems.ROOT}/renders/{name}"
    return told(request, status)


@router.get("/projects/{project}/renders", responses=problems.declared(404))
def of_project(
    request: Request, every: All, session: Read, limit: Annotated[int, Query(ge=1, le=MOST)] = 100
) -> Renders:
    """List the renders of a project among the newest of the caller's."""
    return Renders(renders=[told(request, each) for each in every.of(session, most=limit)])


@router.get("/renders/{render}", responses=problems.declared(404))
def one(request: Request, every: All, who: Reader, render: str) -> Render:
    """Tell how a render stands."""
    return told(request, _known(every.find(who.user, render)))


@router.post("/renders/{render}/cancel", responses=problems.declared(404))
def cancel(request: Request, every: All, who: Writer, render: str) -> Render:
    """End a render; one that has ended stays as it is."""
    return told(request, _known(every.cancel(who.user, render)))


@router.head("/renders/{render}/file", include_in_schema=False)
@router.get(
    "/renders/{render}/file",
    response_class=Response,
    responses=problems.declared(404)
    | {
        200: {"description": "The file.", "content": {"video/*": {}, "image/gif": {}}},
        206: {"description": "A range of it."},
        304: {"description": "It is what the caller has."},
        416: {"description": "It has no such range."},
    },
)
def file(request: Request, parts: Parts, every: All, who: Reader, render: str) -> Response:
    """Return the file of a render, or a range of it."""
    return exports.file(request, parts, _known(every.find(who.user, render)))


def told(request: Request, status: Status) -> Render:
    """Return a render as the API tells it."""
    made = status.result
    return Render(
        id=status.payload["id"],
        project=status.payload["session"],
        state=status.state,
        progress=status.progress,
        created_at=moment(status.created_at),
        finished_at=moment(status.finished_at) if status.finished_at else None,
        file=File(url=exports.link(request, status.id), duration=made["seconds"], size=made["size"]) if made else None,
        error=status.error,
    )


def _known(status: Status | None) -> Status:
    if status is None or "id" not in status.payload:
        raise envelope.Refused(1002, 404, "there is no such render")
    return status
