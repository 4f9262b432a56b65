"""What has to be done from time to time, by any server: credits of ended jobs settled, what is old removed.

Both look at how things stand, not at what happened: whoever was killed, the next round finds the same and does it.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy.exc import SQLAlchemyError

from songreel.base.errors import SongreelError
from songreel.jobs.engine import Engine, Status
from songreel.service import retention
from songreel.service.folders import Folders
from songreel.service.ledger import Ledger
from songreel.service.storage import Storage

SETTLE_S, SWEEP_S = 3.0, 3600.0
LOST_S = 900
"""Credits kept this long for a job that nobody knows were kept by a process that died before it could start the job."""
DAY_S = 86_400
_log = logging.getLogger("songreel.upkeep")


@dataclass(frozen=True, slots=True)
class Keep:
    """For how many days jobs, finished files, chunks with their orders, and uploads are kept; 0 is for ever."""

    jobs: int
    renders: int
    chunks: int
    uploads: int = 0


class Upkeep:
    """One thread that does both until it is stopped; ``now`` in seconds since 1970."""

    def __init__(self, engine: Engine, ledger: Ledger, storage: Storage, folders: Folders, *, keep: Keep) -> None:
        self._engine, self._ledger = engine, ledger
        self._storage, self._folders, self._keep = storage, folders, keep
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End, after what is being done."""
        self._stopping.set()
        self._thread.join()

    def settle(self) -> int:
        """Take or give back the credits of jobs that have ended, and return of how many."""
        settled = 0
        for job, frozen_at in self._ledger.unended():
            status = self._engine.status(job)
            if status is None and time.time() - frozen_at < LOST_S:
                continue
            if status is not None and not status.ended:
                continue
            if status is not None and _was_worth_it(status):
                self._ledger.settle(job)
            else:
                self._ledger.release(job)
            settled += 1
        return settled

    def sweep(self) -> int:
        """Remove what is older than it is kept, and return how many jobs and files went."""
        gone = self._engine.clear(self._keep.jobs * DAY_S)
        keep = self._keep
        for prefix, days in (("renders", keep.renders), ("chunks", keep.chunks), ("orders", keep.chunks)):
            gone += self._swept(prefix, days) if days else 0
        gone += self._folders.sweep(idle_days=keep.uploads, answered_days=keep.jobs)
        gone += retention.sweep(self._storage, days=keep.uploads)
        return gone + self._storage.sweep()

    def _swept(self, prefix: str, days: int) -> int:
        oldest = datetime.now(UTC) - timedelta(days=days)
        old = [stored.key for stored in self._storage.list(prefix) if stored.modified < oldest]
        for key in old:
            self._storage.delete(key)
        return len(old)

    def _run(self) -> None:
        swept = 0.0
        while not self._stopping.wait(SETTLE_S):
            self._tried(self.settle)
            if time.monotonic() - swept > SWEEP_S or not swept:
                swept = time.monotonic()
                self._tried(self.sweep)

    def _tried(self, work: Callable[[], int]) -> None:
        try:
            work()
        except (SongreelError, SQLAlchemyError, OSError) as error:
            _log.warning("%s has to be tried again: %s", work.__name__, type(error).__name__)


def _was_worth_it(status: Status) -> bool:
    return status.state == "completed" and bool((status.result or {}).get("changed", True))
