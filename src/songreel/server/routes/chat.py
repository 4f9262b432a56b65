"""A message and its stream of events, in the shape of Google ADK's API server.

The turn is a job that this only follows: a client that hangs up cancels nothing, and a server that is killed goes on
with it when it is back.
"""

from __future__ import annotations

import asyncio
import json
import time
import uuid
from collections.abc import AsyncIterator
from typing import Any

from fastapi import APIRouter
from fastapi.responses import StreamingResponse
from pydantic import AliasChoices, BaseModel, Field

from songreel.jobs.engine import Engine, Json, Status
from songreel.server import caller, envelope
from songreel.server.caller import Jobs, Parts, Writer
from songreel.service.turns import Turns

HEARTBEAT_S = 10
SOON_S, LATER_S = 0.2, 1.0
"""How often a turn is looked at: when it has just begun, and when it takes long."""
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
async def run_sse(parts: Parts, engine: Jobs, who: Writer, run: Run) -> StreamingResponse:
    """Carry out a message and stream what comes of it."""
    session = await asyncio.to_thread(caller.find, parts.sessions, who, run.session_id)
    words = "\n".join(part.text for part in run.new_message.parts if part.text)
    if not words.strip():
        raise envelope.malformed("the message has no text")
    turns = Turns(engine, parts.ledger)
    turn = await asyncio.to_thread(turns.say, session, parts.sessions.folder(session), words)
    return StreamingResponse(
        _events(engine, turn), media_type="text/event-stream", headers={"Cache-Control": "no-store"}
    )


async def _events(engine: Engine, turn: Status) -> AsyncIterator[bytes]:
    """Yield the events of a turn; whoever stops listening leaves it running."""
    invocation = f"e-{uuid.uuid4()}"
    began, beat = time.monotonic(), 0.0
    while not turn.ended:
        if time.monotonic() - beat >= HEARTBEAT_S:
            beat = time.monotonic()
            yield b"data:\n\n"
        await asyncio.sleep(min(LATER_S, SOON_S + (time.monotonic() - began) / 20))
        turn = await asyncio.to_thread(_stand, engine, turn)
    if turn.result is None:
        yield _event(invocation, errorCode=turn.state.upper(), errorMessage=turn.error or "the message was cancelled")
        return
    for part, role in _calls(turn.result):
        yield _event(invocation, content={"parts": [part], "role": role})
    yield _event(invocation, content={"parts": [{"text": turn.result["reply"]}], "role": "model"}, turnComplete=True)


def _stand(engine: Engine, turn: Status) -> Status:
    return engine.status(turn.id) or turn


def _calls(made: Json) -> list[tuple[Json, str]]:
    found: list[tuple[Json, str]] = []
    for number, edit in enumerate(made["edits"], 1):
        call = {"id": f"fc-{number}", "name": edit["verb"], "args": edit["args"]}
        answer = {"id": f"fc-{number}", "name": edit["verb"], "response": {"version": made["version"]}}
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
