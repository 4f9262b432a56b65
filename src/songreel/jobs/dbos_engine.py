"""The engine of jobs, on DBOS: the only file that knows it.

DBOS keeps each job as a workflow row, each finished step beside it, and runs what is waiting through queues that every
process polls. What it leaves to its users, and what was found by killing it, is done here:

- A dead machine's work stays its own until somebody hands it over: every process writes a beat, and every process looks
  for the silent and has their work taken up (`_recover_pending_workflows`, which moves each job once).
- The first beat is written before the launch, so that no process ever holds work without a beat to miss.
- Two processes with one executor id would take each other's work for their own: ids are locked (`node`).
- Jobs of another application version are left alone: the version is pinned, whatever the code.
- The same id with another payload gives the first result without a word: payloads are compared, and refused.
- Queues live in memory here, since a machine's room is its own; DBOS's rows hold one number for all machines.
- A process that is stopped gives its jobs back, without counting that as an attempt.
"""

from __future__ import annotations

import asyncio
import json
import logging
import threading
from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from dbos import DBOS, DBOSConfig
from dbos import _core as dbos_core
from dbos._enqueue_options import EnqueueOptions
from dbos._error import (
    DBOSAwaitedWorkflowCancelledError,
    DBOSException,
    DBOSWorkflowCancelledError,
    DBOSWorkflowIDInUseError,
)
from dbos._schemas import SCHEMA_PLACEHOLDER
from dbos._serialization import DBOSPortableJSON
from dbos._sys_db import SystemDatabase, WorkflowStatus

from songreel.base.errors import BadRequest, JobFailed, SongreelError
from songreel.jobs import connections, node
from songreel.jobs.beats import Beats
from songreel.jobs.engine import Job, Json, Kind, Plan, Queue, State, Status

VERSION = "1"
"""Raised when a job begun by an older Songreel cannot be gone on with; those are then left to processes of that one."""
BEAT_S, SILENT_S, FORGOTTEN_S = 2.0, 9.0, 600.0
WAIT_S = 0.2
_STATES: dict[str, State] = {
    "ENQUEUED": "pending",
    "DELAYED": "pending",
    "PENDING": "processing",
    "SUCCESS": "completed",
    "ERROR": "failed",
    "MAX_RECOVERY_ATTEMPTS_EXCEEDED": "failed",
    "CANCELLED": "cancelled",
}
_UNFINISHED = ("ENQUEUED", "DELAYED", "PENDING")
_PROGRESS, _TOLD = "progress", "told"
_MOST_TOLD = 10_000
_CLOCK_MS = 1000
"""DBOS notes the end of a job by SQLite's clock, which counts whole seconds."""
_SCHEMAS: connections.Schemas = {"sqlite": {SCHEMA_PLACEHOLDER: None}, "postgresql": {SCHEMA_PLACEHOLDER: "dbos"}}
_log = logging.getLogger("songreel.jobs")


def launched(home: Path, address: str, plan: Plan) -> DbosEngine:
    """Return an engine that takes part in the jobs at ``address``; there is one in a process at most.

    Raises CannotWrite where ``home`` cannot be written.
    """
    joined = node.join(home)
    return DbosEngine(joined, address, plan)


class DbosEngine:
    """Jobs in a database that several processes share."""

    def __init__(self, joined: node.Node, address: str, plan: Plan) -> None:
        self._node = joined
        self._kinds = {kind.name: kind for kind in plan.kinds}
        self._queues = {queue.name: queue for queue in plan.queues}
        self._engine = connections.among(address, _SCHEMAS)
        self._beats = Beats(self._engine, joined.name)
        self._beats.create()
        self._beats.beat()
        self._stopping = threading.Event()
        self._dbos = self._launch(address, plan)
        self._threads = [threading.Thread(target=loop, daemon=True) for loop in (self._live, self._look_after)]
        for thread in self._threads:
            thread.start()

    def start(self, job: Job) -> Status:
        """Start a job, or return the one of the same id; raises BadRequest where that one is another's payload."""
        options = self._options(job)
        options["workflow_id_reuse_policy"] = "reject"
        try:
            DBOS.enqueue_workflow_with_options(options, job.payload)
        except DBOSWorkflowIDInUseError:
            self._check_same(job)
        found = self.status(job.id)
        assert found is not None
        return found

    def status(self, job: str) -> Status | None:
        """Return how a job stands; None where there is none of this id."""
        found = self._database.list_workflows(workflow_ids=[job])
        if not found:
            return None
        return _status(found[0], self._progress(found[0]))

    def listed(self, kind: str, owner: str, *, prefix: str = "", most: int = 100) -> list[Status]:
        """Return an owner's jobs of a kind whose ids begin so, the newest first."""
        found = self._database.list_workflows(
            name=kind, user=owner, workflow_id_prefix=prefix or None, limit=most, sort_desc=True
        )
        return [_status(row, self._progress(row)) for row in found]

    def cancel(self, job: str) -> None:
        """End a job and all that it started; what works on them is killed within 2 s. An ended one stays as it is."""
        self._database.cancel_workflows([job], cancel_children=True)

    def events(self, job: str, after: int = 0) -> list[Json]:
        """Return what a job has told, leaving out the first ``after``."""
        _, told = self._database.read_stream_values(job, _TOLD, after, _MOST_TOLD)
        return [json.loads(value) for value, _ in told if value]

    def counts(self) -> Mapping[tuple[str, State], int]:
        """Return how many jobs of each kind are in each state that has not ended."""
        rows = self._database.tables.workflow_status.c
        query = sa.select(rows.name, rows.status, sa.func.count()).where(rows.status.in_(_UNFINISHED))
        counted: dict[tuple[str, State], int] = {}
        with self._engine.connect() as connection:
            for kind, state, count in connection.execute(query.group_by(rows.name, rows.status)):
                counted[kind, _STATES[state]] = counted.get((kind, _STATES[state]), 0) + count
        return counted

    def clear(self, older_than_s: float) -> int:
        """Forget jobs that ended so long ago, and return how many."""
        rows = self._database.tables.workflow_status.c
        query = sa.select(rows.workflow_uuid).where(
            rows.status.not_in(_UNFINISHED),
            rows.parent_workflow_id.is_(None),
            rows.updated_at < self._database._now_ms_sql() - int(older_than_s * 1000),
        )
        with self._engine.connect() as connection:
            old = list(connection.execute(query.limit(500)).scalars())
        if old:
            self._database.delete_workflows(old, delete_children=True)
        return len(old)

    def stop(self) -> None:
        """Stop at once, and hand what is running to other processes, or to the next one of this machine."""
        self._stopping.set()
        rows = self._database.tables.workflow_status
        DBOS.destroy(destroy_registry=True)
        for thread in self._threads:
            thread.join()
        given_back = (
            sa.update(rows)
            .where(rows.c.status == "PENDING", rows.c.executor_id == self._node.name)
            .values(status="ENQUEUED", owner_xid=None, started_at_epoch_ms=None)
            .values(recovery_attempts=rows.c.recovery_attempts - 1)
        )
        with self._engine.begin() as connection:
            connection.execute(given_back)
        self._beats.leave()
        self._engine.dispose()
        self._node.leave()

    def _progress(self, row: WorkflowStatus) -> int:
        if row.status == "SUCCESS":
            return 100
        return int(self._database.get_all_events(row.workflow_id).get(_PROGRESS, 0))

    @property
    def _database(self) -> SystemDatabase:
        return self._dbos._sys_db

    def _launch(self, address: str, plan: Plan) -> DBOS:
        config: DBOSConfig = {
            "name": "songreel",
            "system_database_url": address,
            "application_version": VERSION,
            "executor_id": self._node.name,
            "sys_db_pool_size": 4,
            "serializer": DBOSPortableJSON,
            "log_level": "ERROR",
            "notification_listener_polling_interval_sec": max(1.0, plan.poll_s),
        }
        # What is cancelled has 2 s to end; once a second would use up half of them.
        dbos_core._PREEMPTIBLE_POLL_INTERVAL_SEC = 0.4
        dbos = DBOS(config=config)
        _told_by_us(logging.getLogger("dbos"))
        dbos.listen_queues([])
        for kind in self._kinds.values():
            DBOS.workflow(name=kind.name, max_recovery_attempts=kind.attempts)(self._workflow(kind))
        for name in plan.takes:
            limits = _limits(self._queues[name])
            dbos._registry._register_internal_queue(name, polling_interval_sec=plan.poll_s, **limits)
        DBOS.launch()
        return dbos

    def _workflow(self, kind: Kind) -> Callable[[Json], Awaitable[Json]]:
        async def run(payload: Json) -> Json:
            try:
                return await kind.run(_Work(self), payload)
            except (SongreelError, DBOSException):
                raise
            except Exception as error:
                if type(error).__name__ == "PortableWorkflowError":
                    raise JobFailed(str(error)) from error
                _log.exception("a job of kind %s failed", kind.name)
                raise JobFailed("something went wrong that Songreel did not foresee", advice="See its log.") from error

        return run

    def _options(self, job: Job) -> EnqueueOptions:
        kind = self._kinds[job.kind]
        options: EnqueueOptions = {
            "workflow_name": kind.name,
            "queue_name": kind.queue,
            "workflow_id": job.id,
            "app_version": VERSION,
            "workflow_timeout": kind.timeout_s,
            "queue_partition_key": job.lane or "-",
            "authenticated_user": job.owner,
        }
        return options

    def _check_same(self, job: Job) -> None:
        (found,) = self._database.list_workflows(workflow_ids=[job.id], load_output=False)
        kept = found.input["args"][0] if found.input else None
        if (found.name, found.authenticated_user or "", kept) != (
            job.kind,
            job.owner,
            json.loads(json.dumps(job.payload)),
        ):
            raise BadRequest(f"{job.id} was asked for before, and was something else", advice="Use a new id.")

    def _live(self) -> None:
        while not self._stopping.wait(BEAT_S):
            try:
                self._beats.beat()
            except sa.exc.SQLAlchemyError as error:
                _log.warning("no beat could be written: %s", type(error).__name__)

    def _look_after(self) -> None:
        while not self._stopping.wait(BEAT_S):
            try:
                self._take_over()
                self._end_orphans()
            except (sa.exc.SQLAlchemyError, DBOSException) as error:
                _log.warning("silent processes could not be looked for: %s", type(error).__name__)

    def _take_over(self) -> None:
        for process in self._beats.dead(SILENT_S):
            taken = DBOS._recover_pending_workflows([process])
            if taken:
                _log.warning("%s is silent: %d of its jobs are handed over", process, len(taken))
            else:
                self._beats.forget(process, FORGOTTEN_S)

    def _end_orphans(self) -> None:
        """Cancel what ended jobs started and left: one that was given up, or ran out of time, cannot do so itself."""
        child = self._database.tables.workflow_status.alias("child")
        parent = self._database.tables.workflow_status.alias("parent")
        query = (
            sa.select(child.c.workflow_uuid)
            .join(parent, child.c.parent_workflow_id == parent.c.workflow_uuid)
            .where(child.c.status.in_(_UNFINISHED), parent.c.status.not_in(_UNFINISHED))
        )
        with self._engine.connect() as connection:
            orphans = list(connection.execute(query).scalars())
        if orphans:
            self._database.cancel_workflows(orphans, cancel_children=True)

    def _stand(self, jobs: Sequence[str]) -> tuple[int, str | None]:
        """Return how many of some jobs have ended, and one that has not ended well."""
        rows = self._database.tables.workflow_status.c
        query = sa.select(rows.status, sa.func.count(), sa.func.min(rows.workflow_uuid)).where(
            rows.workflow_uuid.in_(jobs), rows.status.not_in(_UNFINISHED)
        )
        with self._engine.connect() as connection:
            found = connection.execute(query.group_by(rows.status)).all()
        bad = next((job for state, _, job in found if state != "SUCCESS"), None)
        return sum(count for _, count, _ in found), bad


class _Work:
    """A job that runs, in DBOS's words."""

    def __init__(self, engine: DbosEngine) -> None:
        self._engine = engine
        self.id = str(DBOS.workflow_id)
        self.owner = DBOS.authenticated_user or ""
        self._said = 0

    async def step(self, name: str, do: Callable[[], Awaitable[Json]]) -> Json:
        """Return what a step leaves; it is done again only where it was not finished."""

        async def run() -> Json:
            return await do()

        return await DBOS.run_step_async({"name": name, "preemptible": True}, run)

    async def progress(self, percent: int) -> None:
        """Say how far the job is; less than was said before is not heard."""
        if percent > self._said:
            self._said = percent
            await DBOS.set_event_async(_PROGRESS, percent)

    async def tell(self, event: Json) -> None:
        """Add to what the job says, once however often it is begun again."""
        await DBOS.write_stream_async(_TOLD, event)

    async def all_of(self, jobs: Sequence[Job], on_done: Callable[[int], Awaitable[None]]) -> None:
        """Start jobs and wait for them; ``on_done`` is told how many are finished."""
        for job in jobs:
            await DBOS.enqueue_workflow_with_options_async(self._engine._options(job), job.payload)
        ids = [job.id for job in jobs]
        done = 0
        while done < len(ids):
            stood = await self.step("wait", lambda done=done: self._more_than(done, ids))  # type: ignore[misc]
            if stood["error"] is not None:
                await self.step("cancel", lambda: self._cancelled(ids))
                raise JobFailed(stood["error"])
            done = stood["done"]
            await on_done(done)

    async def _cancelled(self, jobs: Sequence[str]) -> Json:
        await asyncio.to_thread(self._engine._database.cancel_workflows, list(jobs), cancel_children=True)
        return {}

    async def _more_than(self, done: int, jobs: Sequence[str]) -> Json:
        while True:
            await asyncio.sleep(WAIT_S)
            try:
                ended, bad = await asyncio.to_thread(self._engine._stand, jobs)
                status = await asyncio.to_thread(self._engine.status, bad) if bad else None
            except sa.exc.OperationalError as error:
                _log.warning("the database does not answer: %s", type(error).__name__)
                continue
            if bad is not None:
                return {"done": ended, "error": (status and status.error) or f"{bad} was cancelled"}
            if ended > done:
                return {"done": ended, "error": None}


def _status(row: WorkflowStatus, progress: int) -> Status:
    state = _STATES[row.status]
    error = str(row.error) if row.error is not None else None
    deadline, ended_at = row.workflow_deadline_epoch_ms, row.completed_at
    if row.status == "MAX_RECOVERY_ATTEMPTS_EXCEEDED":
        error = "the processes that worked on it died, too often to try again"
    elif state == "cancelled" and deadline and ended_at and ended_at >= deadline - _CLOCK_MS:
        state, error = "failed", "it took longer than it may"
    elif state == "pending" and progress:
        state = "processing"
    return Status(
        id=row.workflow_id,
        kind=row.name,
        owner=row.authenticated_user or "",
        state=state,
        payload=_payload(row),
        progress=100 if state == "completed" else min(progress, 99),
        created_at=(row.created_at or 0) / 1000,
        finished_at=(ended_at or row.updated_at or 0) / 1000 if state in ("completed", "failed", "cancelled") else None,
        result=row.output if state == "completed" else None,
        error=error,
    )


def _payload(row: WorkflowStatus) -> Json:
    payload: Json = row.input["args"][0] if row.input else {}
    return payload


def _limits(queue: Queue) -> dict[str, Any]:
    limits: dict[str, Any] = {"worker_concurrency": queue.at_once}
    if queue.each is not None:
        return limits | {"partition_concurrency": queue.each}
    return limits | {"partition_worker_concurrency": queue.at_once}


def _told_by_us(log: logging.Logger) -> None:
    """Have what DBOS says go where our own log goes."""
    log.handlers.clear()
    log.propagate = True
    log.addFilter(_unexpected)


def _unexpected(record: logging.LogRecord) -> bool:
    """Leave out of the log what DBOS says about jobs that were cancelled, or failed with a sentence of ours."""
    error = record.exc_info[1] if record.exc_info else None
    return not isinstance(error, SongreelError | DBOSAwaitedWorkflowCancelledError | DBOSWorkflowCancelledError)
