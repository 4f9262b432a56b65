"""Tokens and sessions."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Header
from pydantic import BaseModel, Field

from songreel.server import envelope
from songreel.server.caller import Kept, User

CREDITS = 100
router = APIRouter()


class NewTask(BaseModel):
    """What a new session is called."""

    task_name: str = Field(default="project", max_length=200)
    language: str = Field(default="en", max_length=20)


@router.post("/api/auth/anonymous-token")
def anonymous_token(kept: Kept, x_client_id: Annotated[str, Header()] = "") -> dict[str, Any]:
    """Give a token to whoever has a client id."""
    if not 1 <= len(x_client_id) <= 64:
        raise envelope.malformed("the header X-Client-Id is missing, or longer than 64 characters")
    secret, token = kept.issue()
    data = {"token": secret, "user_id": token.user, "expires_at": token.expires_at, "credits": CREDITS}
    return envelope.ok(data)


@router.post("/api/tasks/me/with-session/nemo_agent")
def new_session(kept: Kept, user: User, task: NewTask) -> dict[str, Any]:
    """Open a session with an empty project."""
    session = kept.open(user, task.task_name, task.language)
    found = {"task_id": session.task, "session_id": session.id}
    return envelope.ok({**found, "user_id": user}, **found)


@router.get("/api/credits/balance/simple")
def balance(user: User) -> dict[str, Any]:
    """Say what is left; nothing is metered, so it never falls."""
    del user
    return envelope.ok({"available": CREDITS, "frozen": 0, "total": CREDITS})
