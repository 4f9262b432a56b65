"""Jobs that outlive their process, as the rest of Songreel sees them: start once by id, follow, cancel.

A job is a kind, an id and a payload of plain JSON. Its kind says what is done, on which queue, and how often that may
be begun again after a process died. A queue limits what runs: in one process in all, and of one lane (a user, a
session) in all processes. What a job does is a chain of steps; a finished step is never done again, one that was
killed is, so that a step leaves the same however often it runs.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

Json = dict[str, Any]
State = Literal["pending", "processing", "completed", "failed", "cancelled"]
ENDED: frozenset[State] = frozenset(("completed", "failed", "cancelled"))


@dataclass(frozen=True, slots=True)
class Job:
    """Something to be done once. ``lane`` is what a queue shares its room between; ``owner`` is whose it is."""

    kind: str
    id: str
    payload: Json
    owner: str = ""
    lane: str = ""


@dataclass(frozen=True, slots=True)
class Status:
    """How a job stands: ``progress`` 0…100, never falling; moments in seconds since 1970 (UTC)."""

    id: str
    kind: str
    owner: str
    state: State
    payload: Json
    progress: int
    created_at: float
    finished_at: float | None = None
    result: Json | None = None
    error: str | None = None

    @property
    def ended(self) -> bool:
        """Tell whether nothing more will come of it."""
        return self.state in ENDED


@dataclass(frozen=True, slots=True)
class Queue:
    """What waits for its turn. ``at_once`` jobs run in this process; ``each`` of one lane in all processes together.

    Where ``each`` is None, lanes share the room evenly: the next job comes from any lane that has one waiting.
    """

    name: str
    at_once: int
    each: int | None = None


@dataclass(frozen=True, slots=True)
class Kind:
    """What is done for jobs of one name. ``attempts`` counts processes that died over one; then it has failed."""

    name: str
    queue: str
    run: Callable[[Work, Json], Awaitable[Json]]
    timeout_s: float = 3600
    attempts: int = 5


class Work(Protocol):
    """What a running job may ask of its engine."""

    @property
    def id(self) -> str:
        """Return the id of the job."""

    @property
    def owner(self) -> str:
        """Return whose job it is."""

    async def step(self, name: str, do: Callable[[], Awaitable[Json]]) -> Json:
        """Return what a step leaves; it is done again only where it was not finished."""

    async def progress(self, percent: int) -> None:
        """Say how far the job is; less than was said before is not heard."""

    async def tell(self, event: Json) -> None:
        """Add to what the job says, once however often it is begun again."""

    async def all_of(self, jobs: Sequence[Job], on_done: Callable[[int], Awaitable[None]]) -> None:
        """Start jobs and wait for them; ``on_done`` is told how many are finished.

        Raises JobFailed for the first that failed; the others are cancelled then.
        """


class Engine(Protocol):
    """The jobs of one installation, from one of its processes."""

    def start(self, job: Job) -> Status:
        """Start a job, or return the one of the same id; raises BadRequest where that one is another's payload."""

    def status(self, job: str) -> Status | None:
        """Return how a job stands; None where there is none of this id."""

    def listed(self, kind: str, owner: str, *, prefix: str = "", most: int = 100) -> list[Status]:
        """Return an owner's jobs of a kind whose ids begin so, the newest first."""

    def cancel(self, job: str) -> None:
        """End a job and all that it started; what works on them is killed within 2 s. An ended one stays as it is."""

    def events(self, job: str, after: int = 0) -> list[Json]:
        """Return what a job has told, leaving out the first ``after``."""

    def counts(self) -> Mapping[tuple[str, State], int]:
        """Return how many jobs of each kind are in each state that has not ended."""

    def clear(self, older_than_s: float) -> int:
        """Forget jobs that ended so long ago, and return how many."""

    def stop(self) -> None:
        """Stop at once, and hand what is running to other processes, or to the next one of this machine."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a process takes part in: kinds and queues of the installation, and the queues that it works on.

    ``poll_s`` is how often it looks for something to do.
    """

    kinds: Iterable[Kind]
    queues: Iterable[Queue]
    takes: frozenset[str] = field(default_factory=frozenset)
    poll_s: float = 0.2
