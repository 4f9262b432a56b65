"""A render as a durable job: list the chunks, have them drawn by whoever has room, join them, put the file away.

A render job belongs to a user and carries the id that the client chose; its chunks are jobs of their own on a queue
that any number of machines take from. What is finished lies in the storage under its content, so nothing is made twice.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from songreel.base import ids
from songreel.base.errors import BadRequest, JobFailed
from songreel.jobs.engine import Engine, Job, Json, Kind, Queue, Status, Work
from songreel.jobs.hands import Hands
from songreel.service import handiwork
from songreel.service.ledger import Ledger
from songreel.service.sessions import Session

RENDER, CHUNK = "render", "chunk"
RENDERS, CHUNKS = "renders", "chunks"
CALMINGS = 8
"""How often a video that flashes too much is made anew, each time with less of that."""
_LAID_OUT, _DRAWN = 5, 90
_RENDER_S, _CHUNK_S = 4 * 3600, 1800
_DEATHS = 50
"""Processes that may die over a render or a chunk, for whatever reason; then it is to blame."""


@dataclass(frozen=True, slots=True)
class Renders:
    """The renders of everybody, from one process of the installation."""

    engine: Engine
    ledger: Ledger

    def submit(self, user: str, client_id: str, asked: Json, order: Callable[[], str]) -> Status:
        """Start a render, or return the one of this id; ``order`` is made of what is asked where that is new.

        Raises BadRequest where the id was used for something else, OutOfCredits where the account cannot pay for it.
        """
        job = job_id(user, client_id)
        digest = ids.digest_json(asked)
        known = self.engine.status(job)
        if known is not None:
            if known.payload.get("asked") != digest:
                raise BadRequest(
                    f"the render {client_id!r} is of something else", advice="Choose a new id for this one."
                )
            return known
        names = {"id": client_id, "session": asked["session"]}
        payload = {"order": order(), "asked": digest, "key": file_key(job), **names}
        if price := self.ledger.price("export"):
            self.ledger.freeze(user, job, price)
        return self.engine.start(Job(RENDER, job, payload, owner=user, lane=user))

    def find(self, user: str, client_id: str) -> Status | None:
        """Return how a user's render stands; None where they have none of this id."""
        return self.engine.status(job_id(user, client_id))

    def of(self, session: Session, *, most: int) -> list[Status]:
        """Return the renders of a session among so many of its user's, the newest first."""
        every = self.engine.listed(RENDER, session.user, most=most)
        return [each for each in every if each.payload.get("session") == session.id]

    def cancel(self, user: str, client_id: str) -> Status | None:
        """End a user's render, and return how it stands then."""
        self.engine.cancel(job_id(user, client_id))
        return self.find(user, client_id)


def job_id(user: str, client_id: str) -> str:
    """Return the job of a client's id: two users may choose the same."""
    return f"render-{ids.digest(user, client_id)}"


def file_key(job: str) -> str:
    """Return where the file of a render lies in the storage."""
    return f"renders/{job}"


def queues(*, chunks_at_once: int, renders_each: int) -> tuple[Queue, ...]:
    """Return the queues of renders; whoever waits for chunks takes no room from them."""
    return Queue(RENDERS, at_once=64, each=renders_each), Queue(CHUNKS, at_once=chunks_at_once)


def kinds(drawing: Hands, joining: Hands) -> tuple[Kind, ...]:
    """Return what is done for renders, by processes that draw and processes that list and join."""

    async def render(work: Work, payload: Json) -> Json:
        return await _render(work, payload, joining)

    async def chunk(work: Work, payload: Json) -> Json:
        draw = partial(handiwork.draw, payload["order"], payload["name"])
        return await work.step("draw", lambda: drawing.do(draw))

    return (
        Kind(RENDER, RENDERS, render, timeout_s=_RENDER_S, attempts=_DEATHS),
        Kind(CHUNK, CHUNKS, chunk, timeout_s=_CHUNK_S, attempts=_DEATHS),
    )


async def _render(work: Work, payload: Json, joining: Hands) -> Json:
    await work.progress(1)
    order = payload["order"]
    for calming in range(CALMINGS):
        names = await _chunks(work, order, joining, f"{work.id}-{calming}")
        finish = partial(handiwork.finish, order, names, payload["key"], last=calming == CALMINGS - 1)
        finished = await _step(work, joining, "finish", finish)
        if "again" not in finished:
            return finished
        order = finished["again"]
    raise AssertionError("the last file is taken as it is")


async def _chunks(work: Work, order: str, joining: Hands, stem: str) -> list[str]:
    """Return the names of an order's chunks when all of them are drawn.

    Where that fails they are listed once more: machines that were upgraded meanwhile draw other pictures.
    """
    laid = await _step(work, joining, "list", partial(handiwork.lay_out, order))
    await work.progress(_LAID_OUT)
    try:
        await _drawn(work, order, laid["missing"], stem)
    except JobFailed:
        known = laid["names"]
        laid = await _step(work, joining, "list", partial(handiwork.lay_out, order))
        if laid["names"] == known:
            raise
        await _drawn(work, order, laid["missing"], f"{stem}-anew")
    names: list[str] = laid["names"]
    return names


async def _drawn(work: Work, order: str, names: list[str], stem: str) -> None:
    """Have chunks drawn, and say how many of them are."""

    async def told(done: int) -> None:
        await work.progress(_LAID_OUT + (_DRAWN - _LAID_OUT) * done // len(names))

    jobs = [
        Job(CHUNK, f"{stem}-{number}", {"order": order, "name": name}, owner=work.owner, lane=work.owner)
        for number, name in enumerate(names)
    ]
    await work.all_of(jobs, told)
    await work.progress(_DRAWN)


async def _step(work: Work, hands: Hands, name: str, call: Callable[[], Json]) -> Json:
    return await work.step(name, lambda: hands.do(call))
