"""A command, started as a person would, and what it took: seconds, CPU, and the memory of all its processes."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

SAMPLE_S = 0.25


@dataclass(frozen=True, slots=True)
class Took:
    """``peak_mib`` is the largest sum of proportional set sizes (PSS) seen at one moment; None when not asked for."""

    seconds: float
    cpu_seconds: float
    peak_mib: float | None
    code: int
    output: str


def run(
    command: Sequence[str | Path],
    *,
    env: Mapping[str, str] | None = None,
    cores: int | None = None,
    memory: bool = False,
    accept: tuple[int, ...] = (0,),
    patience_s: float | None = None,
) -> Took:
    """Run a command to its end, or to Ctrl-C when patience is over, on so many cores when asked.

    Raises RuntimeError when it ends badly.
    """
    allowed = sorted(os.sched_getaffinity(0))[: cores or None]
    before = os.times()
    began = time.perf_counter()
    process = subprocess.Popen(
        [str(word) for word in command],
        env={**os.environ, **(env or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        preexec_fn=lambda: os.sched_setaffinity(0, allowed),
    )
    watch = _Memory(process.pid) if memory else None
    try:
        output, _ = process.communicate(timeout=patience_s)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGINT)
        output, _ = process.communicate()
    seconds = time.perf_counter() - began
    after = os.times()
    if process.returncode not in accept:
        raise RuntimeError(f"{' '.join(map(str, command))} ended with {process.returncode}:\n{output[-2000:]}")
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return Took(seconds, cpu, watch.peak() if watch else None, process.returncode, output)


class _Memory:
    """Samples the memory of a process and all that it started, shared pages counted once."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._peak = 0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._sample, daemon=True)
        self._thread.start()

    def peak(self) -> float:
        self._over.set()
        self._thread.join()
        return self._peak / (1 << 20)

    def _sample(self) -> None:
        while not self._over.wait(SAMPLE_S):
            try:
                root = psutil.Process(self._pid)
                family = [root, *root.children(recursive=True)]
            except psutil.Error:
                continue
            self._peak = max(self._peak, sum(_pss(member) for member in family))


def _pss(process: psutil.Process) -> int:
    try:
        return int(process.memory_full_info().pss)
    except psutil.Error:
        return 0
