"""A process that works: its engine, and the processes that do what is heavy. `songreel serve` has one inside."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from songreel.base.errors import BadRequest
from songreel.base.settings import Settings
from songreel.jobs import connections, dbos_engine
from songreel.jobs.engine import Engine, Plan
from songreel.jobs.hands import Hands
from songreel.media.store import Cache
from songreel.service import handiwork, renders, talking, turns

QUEUES = (turns.TURNS, renders.RENDERS, renders.CHUNKS)
JOINING, TALKING = 2, 3
"""Processes that list and join renders, and those that carry out messages; as many draw as there are cores."""
_BETWEEN, _BEHIND = 5, 10
"""Niceness of what lists and joins, and of what draws: whoever waits for an answer goes before them."""


@dataclass(frozen=True, slots=True)
class Worker:
    """Jobs, and the hands that do them."""

    engine: Engine
    hands: tuple[Hands, ...]

    def stop(self) -> None:
        """Stop at once; what is not finished goes back, and others go on with it."""
        self.engine.stop()
        for each in self.hands:
            each.stop()


def started(chosen: Settings, takes: Iterable[str]) -> Worker:
    """Return a process's part in the jobs: it may start any, and works on those of the queues that it ``takes``.

    Raises BadRequest for a queue that there is not, CannotWrite where the home cannot be written.
    """
    taken = frozenset(takes)
    unknown = sorted(taken - set(QUEUES))
    if unknown:
        raise BadRequest(f"there is no queue {unknown[0]!r}", advice=f"Use some of: {', '.join(QUEUES)}.")
    Cache(chosen.cache, int(chosen.cache_gb * 1e9)).sweep()
    env = _environment(chosen)
    drawing = Hands(chosen.worker_count(), module=handiwork.__name__, env=env, niceness=_BEHIND)
    joining = Hands(JOINING, module=handiwork.__name__, env=env, niceness=_BETWEEN)
    conversing = Hands(TALKING, module=talking.__name__, env=env)
    plan = Plan(
        kinds=(*turns.kinds(conversing), *renders.kinds(drawing, joining)),
        queues=(
            *turns.queues(at_once=TALKING),
            *renders.queues(chunks_at_once=chosen.worker_count(), renders_each=chosen.renders_each),
        ),
        takes=taken,
        poll_s=chosen.poll_s,
    )
    engine = dbos_engine.launched(chosen.home, connections.address_of(_address(chosen), chosen.home), plan)
    return Worker(engine, (conversing, drawing, joining))


def _address(chosen: Settings) -> str:
    return chosen.database_url.get_secret_value() if chosen.database_url else ""


def _environment(chosen: Settings) -> dict[str, str]:
    """Return these settings as a process of ours reads them."""
    said = {
        "home": str(chosen.home.absolute()),
        "cache": str(chosen.cache.absolute()),
        "cache_gb": str(chosen.cache_gb),
        "storage_url": chosen.storage_url,
    }
    return {f"SONGREEL_{name.upper()}": value for name, value in said.items()}
