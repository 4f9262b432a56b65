"""Chat turns as durable jobs: one after another in each session, carried out once, whoever listens or dies."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from songreel.jobs.engine import Engine, Job, Json, Kind, Queue, Status, Work
from songreel.jobs.hands import Hands
from songreel.service import talking
from songreel.service.ledger import Ledger
from songreel.service.sessions import Session

TURN, TURNS = "turn", "turns"
LONGEST_S = 900
_DEATHS = 5


@dataclass(frozen=True, slots=True)
class Turns:
    """The turns of everybody, from one process of the installation."""

    engine: Engine
    ledger: Ledger

    def say(self, session: Session, folder: Path, words: str) -> Status:
        """Start a turn; it waits for those before it in the same session, whose project is in a folder.

        Raises OutOfCredits where the account cannot pay for it.
        """
        job = job_id(session, _next_name())
        if price := self.ledger.price("edit" if any(folder.glob("project/timelines/*.json")) else "generation"):
            self.ledger.freeze(session.user, job, price)
        payload = {"session": session.id, "words": words}
        return self.engine.start(Job(TURN, job, payload, owner=session.user, lane=session.id))

    def of(self, session: Session, *, most: int) -> list[Status]:
        """Return the turns of a session, the newest first."""
        return self.engine.listed(TURN, session.user, prefix=job_id(session, ""), most=most)


def job_id(session: Session, name: str) -> str:
    """Return the job of a turn."""
    return f"turn-{session.id}-{name}"


def _next_name() -> str:
    """Return a name that sorts after those given out before it.

    SQLite keeps the second in which a job was enqueued, and the queue takes those of one second by name.
    """
    return f"{time.time_ns():016x}{secrets.token_hex(4)}"


def queues(*, at_once: int) -> tuple[Queue, ...]:
    """Return the queue of turns."""
    return (Queue(TURNS, at_once=at_once, each=1),)


def kinds(talking_hands: Hands) -> tuple[Kind, ...]:
    """Return what is done for a turn."""

    async def turn(work: Work, payload: Json) -> Json:
        await work.progress(1)
        call = partial(talking.talk, payload["session"], work.id, payload["words"])
        return await work.step("talk", lambda: talking_hands.do(call))

    return (Kind(TURN, TURNS, turn, timeout_s=LONGEST_S, attempts=_DEATHS),)
