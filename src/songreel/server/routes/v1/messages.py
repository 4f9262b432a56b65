"""Messages to a project: what a person wants made or changed, each carried out once, one after another."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, Field

from songreel.jobs.engine import State, Status
from songreel.server import envelope, problems
from songreel.server.body import PlainText
from songreel.server.caller import Jobs, Kept, Parts
from songreel.server.routes.v1.projects import MOST, Read, Written, moment
from songreel.service.turns import Turns, job_id

LONGEST = 20_000
router = APIRouter(tags=["messages"])


class NewMessage(BaseModel):
    """What is said."""

    text: PlainText = Field(min_length=1, max_length=LONGEST)


class Edit(BaseModel):
    """A change that was made of the video."""

    verb: str
    args: dict[str, Any]


class Message(BaseModel):
    """A message and what came of it: ``reply``, ``changed``, ``version`` and ``edits`` once it is completed."""

    id: str
    text: str
    state: State
    created_at: datetime
    finished_at: datetime | None
    reply: str | None
    changed: bool | None
    version: int | None
    edits: list[Edit]
    error: str | None


class Messages(BaseModel):
    """Messages, the newest first."""

    messages: list[Message]


@router.post("/projects/{project}/messages", status_code=202, responses=problems.declared(402, 404))
def say(parts: Parts, kept: Kept, engine: Jobs, session: Written, said: NewMessage, response: Response) -> Message:
    """Say something; the answer comes with the message, or as an event."""
    if not said.text.strip():
        raise envelope.malformed("the message has no text")
    status = Turns(engine, parts.ledger).say(session, kept.folder(session), said.text)
    message = told(status)
    response.headers["Location"] = f"{problems.ROOT}/projects/{session.id}/messages/{message.id}"
    return message


@router.get("/projects/{project}/messages", responses=problems.declared(404))
def every(parts: Parts, engine: Jobs, session: Read, limit: Annotated[int, Query(ge=1, le=MOST)] = 100) -> Messages:
    """List the messages to a project that are remembered."""
    return Messages(messages=[told(each) for each in Turns(engine, parts.ledger).of(session, most=limit)])


@router.get("/projects/{project}/messages/{message}", responses=problems.declared(404))
def one(engine: Jobs, session: Read, message: str) -> Message:
    """Tell what came of a message."""
    status = engine.status(job_id(session, message))
    if status is None:
        raise envelope.Refused(404, 404, "there is no such message")
    return told(status)


def told(status: Status) -> Message:
    """Return a turn as the API tells it."""
    made = status.result or {}
    return Message(
        id=status.id.rpartition("-")[2],
        text=status.payload["words"],
        state=status.state,
        created_at=moment(status.created_at),
        finished_at=moment(status.finished_at) if status.finished_at else None,
        reply=made.get("reply"),
        changed=made.get("changed"),
        version=made.get("version"),
        edits=made.get("edits", []),
        error=status.error,
    )
