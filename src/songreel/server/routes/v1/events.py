"""What happens in a project, as server-sent events: messages and renders, each told whole whenever it stands otherwise.

Nothing is kept for this. An event's id says how all jobs stood that were told by then, so that whoever comes back with
it, to this server or another, is told what stands otherwise since: nothing twice, and no end of anything missed.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Request
from fastapi.responses import StreamingResponse
from pydantic import BaseModel

from songreel.base import ids
from songreel.jobs.engine import Status
from songreel.server import problems
from songreel.server.caller import Jobs, Kept, Parts
from songreel.server.routes.renders import All
from songreel.server.routes.v1 import messages, renders
from songreel.server.routes.v1.projects import Read
from songreel.service.turns import TURN, Turns

LOOK_S, IDLE_LOOK_S, HEARTBEAT_S, LONGEST_S = 0.4, 1.5, 10.0, 900.0
_MOST = 100
_MARK = re.compile(r"([0-9]{1,15})((?:\.[0-9a-f]{8}-[0-9]{1,3})*)")
_SHORT = 8
_LATE_MS = 60_000
_ENDED = 101
Look = Callable[[], list[Status] | None]
router = APIRouter(tags=["events"])


@dataclass(frozen=True, slots=True)
class Told:
    """How the jobs of a project stood when they were told.

    All that began before ``before`` (in ms since 1970) had ended; of the others ``stands`` says how far they were.
    """

    before: int = 0
    stands: dict[str, int] = field(default_factory=dict)

    @classmethod
    def read(cls, text: str) -> Told:
        """Return what the id of an event says; nothing was told where it is none of ours."""
        found = _MARK.fullmatch(text)
        if found is None:
            return cls()
        parts = (part.partition("-") for part in found[2].split(".")[1:])
        return cls(int(found[1]), {name: int(stand) for name, _, stand in parts})

    def __str__(self) -> str:
        return ".".join([str(self.before), *(f"{name}-{stand}" for name, stand in self.stands.items())])

    def news(self, jobs: Sequence[Status]) -> list[Status]:
        """Return the jobs that stand otherwise, the oldest first."""
        return [job for job in _in_order(jobs) if not self._knows(job)]

    def _knows(self, job: Status) -> bool:
        return _began(job) < self.before or self.stands.get(_name(job)) == _stand(job)

    def and_of(self, job: Status, jobs: Sequence[Status], now: float) -> Told:
        """Return what is told when one job more is, of all that there are; ``now`` in seconds since 1970."""
        ordered = _in_order(jobs)
        stands = {**self.stands, _name(job): _stand(job)}
        open_ones = (each for each in ordered if _began(each) >= self.before and stands.get(_name(each)) != _ENDED)
        # A job may be seen later than one that began after it, so those of the last minute are named one by one.
        latest = round(now * 1000) - _LATE_MS
        before = max(self.before, min(latest, next((_began(each) for each in open_ones), latest)))
        named = (each for each in ordered if _began(each) >= before and _name(each) in stands)
        return Told(before, {_name(each): stands[_name(each)] for each in named})


def look(parts: Parts, kept: Kept, engine: Jobs, every: All, session: Read) -> Look:
    """Return what tells how all jobs of a project stand; None once it is removed."""
    turns = Turns(engine, parts.ledger)

    def looked() -> list[Status] | None:
        if kept.find(session.id, session.user) is None:
            return None
        return [*turns.of(session, most=_MOST), *every.of(session, most=_MOST)]

    return looked


@router.get(
    "/projects/{project}/events",
    response_class=StreamingResponse,
    responses=problems.declared(404)
    | {200: {"description": "Events named message and render.", "content": {"text/event-stream": {}}}},
)
async def events(
    request: Request, looked: Annotated[Look, Depends(look)], last_event_id: Annotated[str, Header()] = ""
) -> StreamingResponse:
    """Follow a project: first how everything stands, or what is new since Last-Event-ID; then each change."""

    def shown(job: Status) -> tuple[str, BaseModel]:
        return ("message", messages.told(job)) if job.kind == TURN else ("render", renders.told(request, job))

    stream = _stream(looked, shown, Told.read(last_event_id))
    return StreamingResponse(stream, media_type="text/event-stream", headers={"Cache-Control": "no-store"})


async def _stream(looked: Look, shown: Callable[[Status], tuple[str, BaseModel]], told: Told) -> AsyncIterator[str]:
    """Yield events until the project is removed, or so long that whoever follows may come back."""
    began, beat = time.monotonic(), time.monotonic()
    yield "retry: 2000\n\n"
    while time.monotonic() - began < LONGEST_S:
        jobs = await asyncio.to_thread(looked)
        if jobs is None:
            return
        for job in told.news(jobs):
            told = told.and_of(job, jobs, time.time())
            name, model = shown(job)
            yield f"id: {told}\nevent: {name}\ndata: {model.model_dump_json()}\n\n"
        if time.monotonic() - beat > HEARTBEAT_S:
            beat = time.monotonic()
            yield ": nothing new\n\n"
        await asyncio.sleep(LOOK_S if any(not job.ended for job in jobs) else IDLE_LOOK_S)


def _in_order(jobs: Sequence[Status]) -> list[Status]:
    return sorted(jobs, key=lambda job: (job.created_at, job.id))


def _began(job: Status) -> int:
    return round(job.created_at * 1000)


def _name(job: Status) -> str:
    return ids.digest(job.id)[:_SHORT]


def _stand(job: Status) -> int:
    return _ENDED if job.ended else job.progress + (job.state == "processing" and job.progress == 0)
