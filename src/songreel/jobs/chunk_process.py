"""A pool of single-threaded worker processes for work that is long, heavy and can be done again.

Each worker is a fresh Python (nothing is forked), served by one thread of the parent. A worker that dies is replaced,
and its task is tried once more; when that ends the next one too, the task is at fault. Workers die with the parent.
"""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import IO, Any, Generic, TypeVar

from songreel.base.errors import WorkerDied
from songreel.jobs import wire

Setup = TypeVar("Setup")
Task = TypeVar("Task")
Answer = TypeVar("Answer")

ATTEMPTS = 2
PATIENCE_S = 5.0
"""How long a worker that has closed its pipes may take to end, so that its own exit code can be told."""
SINGLE_THREADED = {
    "LP_NUM_THREADS": "0",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "OPENCV_FOR_THREADS_NUM": "1",
}
"""One worker a core: a library that starts threads of its own would take the cores of the others."""


@dataclass(frozen=True, slots=True)
class Done(Generic[Task, Answer]):
    """A finished task and what it gave."""

    task: Task
    answer: Answer


@dataclass(slots=True)
class _Run:
    """What is left to do, and what has come back. ``opening`` is what each worker sets itself up with."""

    opening: tuple[Callable[[Any], Callable[[Any], Any]], Any]
    waiting: queue.SimpleQueue[Any] = field(default_factory=queue.SimpleQueue)
    results: queue.SimpleQueue[Done[Any, Any] | Exception] = field(default_factory=queue.SimpleQueue)


class Pool:
    """Worker processes that import ``module`` while the parent is still getting ready; a context manager.

    Leaving it ends the processes.
    """

    def __init__(self, workers: int, *, module: str) -> None:
        self._module = module
        self._run: _Run | None = None
        self._begin = threading.Event()
        self._stopping = threading.Event()
        self._lock = threading.Lock()
        self._alive: set[Worker] = set()
        self._pids: list[int] = []
        self._threads = [threading.Thread(target=self._attend, daemon=True) for _ in range(workers)]
        for thread in self._threads:
            thread.start()

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        """End the workers at once, whatever they are doing."""
        with self._lock:
            self._stopping.set()
            for worker in self._alive:
                worker.kill()
        self._begin.set()
        for thread in self._threads:
            thread.join()

    def pids(self) -> tuple[int, ...]:
        """Return the process ids of all workers that there have been."""
        with self._lock:
            return tuple(self._pids)

    def run(
        self, open_shop: Callable[[Setup], Callable[[Task], Answer]], setup: Setup, tasks: Sequence[Task]
    ) -> Iterator[Done[Task, Answer]]:
        """Yield each task with its answer as they come; tasks are begun in their order. A pool runs once.

        ``open_shop(setup)`` is called once in each worker and returns what is called with each task; all of these
        must be picklable. Raises what a task raised, and WorkerDied when a task has ended two workers.
        """
        run = _Run((open_shop, setup))
        for task in tasks:
            run.waiting.put(task)
        self._run = run
        self._begin.set()
        for _ in tasks:
            result = run.results.get()
            if isinstance(result, Exception):
                raise result
            yield result

    def _attend(self) -> None:
        """Look after one worker and its successors; runs in a thread that lives as long as they do."""
        worker: Worker | None = None
        try:
            worker = self._start()
            self._begin.wait()
            while self._run is not None and not self._stopping.is_set():
                worker = self._have_done(worker, self._run, self._run.waiting.get_nowait())
        except queue.Empty:
            pass
        except Exception as error:
            self._begin.wait()
            if self._run is not None:
                self._run.results.put(error)
        finally:
            if worker is not None:
                self._end(worker)

    def _have_done(self, worker: Worker, run: _Run, task: Any) -> Worker:
        """Have a task done, by another worker when this one dies, and return the worker that lives."""
        reason = ""
        for _ in range(ATTEMPTS):
            try:
                answer = worker.ask(run.opening, task)
            except (EOFError, OSError):
                reason = self._end(worker, patience_s=PATIENCE_S)
                if self._stopping.is_set():
                    return worker
                worker = self._start()
            else:
                run.results.put(answer.error or Done(task, answer.value))
                return worker
        self._end(worker)
        raise WorkerDied(
            f"a worker process {reason} at {task}, and so did the next one",
            advice="If memory is short, use fewer workers (--workers 1).",
        )

    def _start(self) -> Worker:
        with self._lock:
            try:
                worker = Worker(self._module)
            except OSError as error:
                advice = "Close other programs, or use fewer workers (--workers 1)."
                raise WorkerDied(f"a worker process cannot be started: {error}", advice=advice) from error
            self._alive.add(worker)
            self._pids.append(worker.process.pid)
            if self._stopping.is_set():
                worker.kill()
        return worker

    def _end(self, worker: Worker, *, patience_s: float = 0) -> str:
        """End a worker that does not end by itself in time, and return how it ended, in words."""
        reason = worker.close(patience_s)
        with self._lock:
            self._alive.discard(worker)
        return reason


class Worker:
    """One process and the pipes to it; ``env`` is laid over this process's own environment."""

    def __init__(self, module: str, env: Mapping[str, str] | None = None) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "songreel.jobs.worker", str(os.getpid())],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, **SINGLE_THREADED, **(env or {})},
            # A group of its own: Ctrl-C reaches the parent alone, which then ends the workers.
            process_group=0,
        )
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self._pipe_in: IO[bytes] = self.process.stdin
        self._pipe_out: IO[bytes] = self.process.stdout
        self._open = False
        with suppress(BrokenPipeError):
            wire.send(self._pipe_in, (list(sys.path), module))

    def ask(self, opening: tuple[Any, Any], task: Any) -> wire.Answer:
        """Return the answer to a task; raises EOFError or OSError when the process dies."""
        if not self._open:
            wire.send(self._pipe_in, opening)
            self._open = True
        wire.send(self._pipe_in, task)
        answer = wire.receive(self._pipe_out)
        assert isinstance(answer, wire.Answer)
        return answer

    def kill(self) -> None:
        """End the process at once."""
        self.process.kill()

    def close(self, patience_s: float) -> str:
        """End the process after some patience, free the pipes, and return how it ended, in words."""
        try:
            code = self.process.wait(patience_s)
        except subprocess.TimeoutExpired:
            self.process.kill()
            code = self.process.wait()
        with suppress(BrokenPipeError):
            self._pipe_in.close()
        self._pipe_out.close()
        return f"was ended by {signal.Signals(-code).name}" if code < 0 else f"ended with code {code}"
