"""Worker processes that are kept for calls that come one by one, and whose work can be killed.

A call is any picklable function of a module. It is made in a process that keeps what its functions remember, so that
a second call of the same kind finds things ready. A process dies with this one; one that dies by itself is replaced,
and its call made once more. After a while without work it ends.
"""

from __future__ import annotations

import asyncio
import os
import queue
import threading
from collections import deque
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from contextlib import suppress
from typing import Any, Generic, TypeVar

from songreel.base.errors import Stopped, WorkerDied
from songreel.jobs import wire
from songreel.jobs.chunk_process import ATTEMPTS, PATIENCE_S, Worker

Answer = TypeVar("Answer")
IDLE_S = 120.0


class Hands:
    """At most ``count`` processes that import ``module``; each is begun when there is something for it to do.

    ``env`` is laid over this process's own environment; ``niceness`` (0 to 19) lets others on the machine go first.
    """

    def __init__(self, count: int, *, module: str, env: Mapping[str, str] | None = None, niceness: int = 0) -> None:
        self._module, self._env, self._niceness = module, env, niceness
        self._lock = threading.Lock()
        self._stopped = False
        self._busy: set[_Call[Any]] = set()
        self._waiting: deque[_Call[Any]] = deque()
        # The one that worked last is on top: what it remembers is of most use, and the others may come to their end.
        self._free: list[_Inbox] = [_Inbox() for _ in range(count)]
        self._inboxes = tuple(self._free)
        # One thread for each process, as long as there may be one: a process dies with the thread that began it.
        self._threads = [threading.Thread(target=self._serve, args=(each,), daemon=True) for each in self._free]
        for thread in self._threads:
            thread.start()

    async def do(self, function: Callable[[], Answer]) -> Answer:
        """Return what a call gives; whoever cancels it kills its process.

        Raises what the call raises, and WorkerDied when it has ended two processes.
        """
        call = _Call(function)
        self._give(call)
        coming = asyncio.wrap_future(call.future)
        coming.add_done_callback(_heard)
        try:
            return await asyncio.shield(coming)
        except asyncio.CancelledError:
            call.stop()
            raise

    def stop(self) -> None:
        """End all processes at once, whatever they are doing."""
        with self._lock:
            self._stopped = True
            for call in self._busy:
                call.stop()
        for inbox in self._inboxes:
            inbox.put(None)
        for thread in self._threads:
            thread.join()

    def _give(self, call: _Call[Any]) -> None:
        with self._lock:
            if self._free:
                self._free.pop().put(call)
            else:
                self._waiting.append(call)

    def _next(self, inbox: _Inbox) -> None:
        """Take the call that has waited longest, or wait for one."""
        with self._lock:
            if self._waiting:
                inbox.put(self._waiting.popleft())
            else:
                self._free.append(inbox)

    def _serve(self, inbox: _Inbox) -> None:
        worker: Worker | None = None
        try:
            while True:
                try:
                    call = inbox.get(timeout=IDLE_S if worker else None)
                except queue.Empty:
                    _end(worker)
                    worker = None
                    continue
                if call is None:
                    return
                worker, answer = self._made(call, worker)
                # Free before the answer is told: who calls again at once then finds this process, not another.
                self._next(inbox)
                call.end(answer)
        finally:
            _end(worker)

    def _made(self, call: _Call[Any], worker: Worker | None) -> tuple[Worker | None, wire.Answer]:
        """Have a call made, and return the process that is left for the next one, and what came of the call."""
        with self._lock:
            self._busy.add(call)
            if self._stopped:
                call.stop()
        try:
            return self._tried(call, worker)
        except Exception as error:
            _end(worker)
            return None, wire.Answer(error=error)
        finally:
            with self._lock:
                self._busy.discard(call)

    def _tried(self, call: _Call[Any], worker: Worker | None) -> tuple[Worker | None, wire.Answer]:
        reason = ""
        for _ in range(ATTEMPTS):
            if call.stopped:
                return worker, wire.Answer(error=Stopped("stopped"))
            worker = worker or self._begun()
            call.begin(worker)
            try:
                return worker, worker.ask((_shop, None), call.function)
            except (EOFError, OSError):
                reason = worker.close(0 if call.stopped else PATIENCE_S)
                worker = None
            finally:
                call.leave()
        died = WorkerDied(f"a worker process {reason}, and so did the next one", advice="Memory may be short.")
        return None, wire.Answer(error=died)

    def _begun(self) -> Worker:
        worker = Worker(self._module, self._env)
        if self._niceness:
            # One that has died already is found out by the call.
            with suppress(ProcessLookupError):
                os.setpriority(os.PRIO_PROCESS, worker.process.pid, os.nice(0) + self._niceness)
        return worker


class _Call(Generic[Answer]):
    """A function, what will come of it, and the process that makes it."""

    def __init__(self, function: Callable[[], Answer]) -> None:
        self.function = function
        self.future: Future[Answer] = Future()
        self.stopped = False
        self._lock = threading.Lock()
        self._worker: Worker | None = None

    def begin(self, worker: Worker) -> None:
        """Say which process makes the call."""
        with self._lock:
            self._worker = worker
            if self.stopped:
                worker.kill()

    def leave(self) -> None:
        """Say that no process makes the call any more."""
        with self._lock:
            self._worker = None

    def end(self, answer: wire.Answer) -> None:
        """Say what came of it."""
        if answer.error is not None:
            self.future.set_exception(answer.error)
        else:
            self.future.set_result(answer.value)

    def stop(self) -> None:
        """Kill what makes the call."""
        with self._lock:
            self.stopped = True
            if self._worker is not None:
                self._worker.kill()


def _heard(coming: asyncio.Future[Any]) -> None:
    """Take note of how a call ended that nobody waits for any more."""
    if not coming.cancelled():
        coming.exception()


def _shop(_: None) -> Callable[[Callable[[], Any]], Any]:
    return lambda function: function()


def _end(worker: Worker | None) -> None:
    if worker is not None:
        with suppress(OSError):
            worker.close(0)


_Inbox = queue.SimpleQueue[_Call[Any] | None]
