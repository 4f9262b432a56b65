"""Tokens, sessions, claims and credits."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Header, Request
from pydantic import BaseModel, Field

from songreel.server import caller, envelope
from songreel.server.body import PlainText
from songreel.server.caller import Kept, Parts, Reader, Writer
from songreel.service import limits

_LONGEST_CLIENT_ID = 64
router = APIRouter()


class NewTask(BaseModel):
    """What a new session is called."""

    task_name: PlainText = Field(default="project", max_length=200)
    language: PlainText = Field(default="en", max_length=20)


class ToClaim(BaseModel):
    """The session that a claim opens, with its task."""

    task_id: str
    session_id: str


@router.post("/api/auth/anonymous-token")
def anonymous_token(parts: Parts, request: Request, x_client_id: Annotated[str, Header()] = "") -> dict[str, Any]:
    """Give a token to whoever has a client id."""
    if not 1 <= len(x_client_id.strip()) <= _LONGEST_CLIENT_ID:
        raise envelope.malformed("the header X-Client-Id is missing, or longer than 64 characters")
    token = parts.accounts.anonymous(x_client_id.strip(), limits.household(caller.address(request)))
    expires_at = datetime.fromtimestamp(token.expires_at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    left = parts.ledger.balance(token.user).available
    data = {"token": token.secret, "user_id": token.user, "expires_at": expires_at, "credits": left}
    return envelope.ok(data)


@router.post("/api/tasks/me/with-session/nemo_agent")
def new_session(kept: Kept, who: Writer, task: NewTask) -> dict[str, Any]:
    """Open a session with an empty project."""
    session = kept.open(who.user, task.task_name, task.language)
    found = {"task_id": session.task, "session_id": session.id}
    return envelope.ok({**found, "user_id": who.user}, **found)


@router.post("/api/auth/claim-token")
def claim_token(parts: Parts, who: Writer, asked: ToClaim) -> dict[str, Any]:
    """Give a secret that opens one session in the browser."""
    session = caller.find(parts.sessions, who, asked.session_id)
    if session.task != asked.task_id:
        raise envelope.no_session()
    secret = parts.accounts.claim(session.id)
    return envelope.ok({"claim_token": secret, "expires_in": parts.accounts.terms.claim_s})


@router.get("/api/credits/balance/simple")
def balance(parts: Parts, who: Reader) -> dict[str, Any]:
    """Say what is left to spend, and what is kept for running work."""
    held = parts.ledger.balance(who.user)
    return envelope.ok({"available": held.available, "frozen": held.frozen, "total": held.total})
