"""A message and its stream of events, in the shape of Google ADK's API server.

The turn runs on a thread of its own: a client that hangs up cancels nothing.
"""

from __future__ import annotations

import asyncio
import json
import time
import uuid
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from fastapi import APIRouter
from fastapi.responses import StreamingResponse
from pydantic import AliasChoices, BaseModel, Field

from songreel.app.conversation import Turn
from songreel.base.errors import SongreelError
from songreel.server import caller, envelope
from songreel.server.caller import Kept, Writer
from songreel.service.sessions import Session, Sessions

HEARTBEAT_S = 10
_TURNS = ThreadPoolExecutor(max_workers=4, thread_name_prefix="turn")
_AGENT = "nemo_agent"
router = APIRouter()


class Part(BaseModel):
    """One piece of a message."""

    text: str = ""


class Message(BaseModel):
    """What a person says."""

    role: str = "user"
    parts: list[Part] = Field(default_factory=list)


class Run(BaseModel):
    """A request in snake_case or camelCase; only the session and the message are needed."""

    session_id: str = Field(validation_alias=AliasChoices("session_id", "sessionId"))
    new_message: Message = Field(validation_alias=AliasChoices("new_message", "newMessage"), default_factory=Message)


@router.post("/run_sse")
async def run_sse(kept: Kept, who: Writer, run: Run) -> StreamingResponse:
    """Carry out a message and stream what comes of it."""
    session = await asyncio.to_thread(caller.find, kept, who, run.session_id)
    words = "\n".join(part.text for part in run.new_message.parts if part.text)
    if not words.strip():
        raise envelope.malformed("the message has no text")
    turn = asyncio.get_running_loop().run_in_executor(_TURNS, _talk, kept, session, words)
    return StreamingResponse(_events(turn), media_type="text/event-stream", headers={"Cache-Control": "no-store"})


def _talk(kept: Sessions, session: Session, words: str) -> Turn:
    with kept.lock(session):
        return kept.conversation(session).talk(words)


async def _events(turn: asyncio.Future[Turn]) -> AsyncIterator[bytes]:
    invocation = f"e-{uuid.uuid4()}"
    while not turn.done():
        await asyncio.wait({turn}, timeout=HEARTBEAT_S)
        if not turn.done():
            yield b"data:\n\n"
    try:
        made = turn.result()
    except SongreelError as error:
        yield _event(invocation, errorCode=type(error).__name__, errorMessage=str(error))
        return
    for part, role in _calls(made):
        yield _event(invocation, content={"parts": [part], "role": role})
    yield _event(invocation, content={"parts": [{"text": made.reply}], "role": "model"}, turnComplete=True)


def _calls(made: Turn) -> list[tuple[dict[str, Any], str]]:
    found: list[tuple[dict[str, Any], str]] = []
    for number, edit in enumerate(made.edits, 1):
        call = {"id": f"fc-{number}", "name": edit.verb, "args": edit.model_dump(mode="json", exclude={"verb"})}
        answer = {"id": f"fc-{number}", "name": edit.verb, "response": {"version": made.version}}
        found += [({"functionCall": call}, "model"), ({"functionResponse": answer}, "user")]
    return found


def _event(invocation: str, **fields: Any) -> bytes:
    event = {
        **fields,
        "invocationId": invocation,
        "author": _AGENT,
        "actions": {"stateDelta": {}, "artifactDelta": {}},
        "id": str(uuid.uuid4()),
        "timestamp": round(time.time(), 3),
    }
    return f"data: {json.dumps(event, ensure_ascii=False)}\n\n".encode()
