"""The pool: every task answered once, errors carried over, the dead replaced, nothing left behind."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from songreel.base.errors import BadMedia, WorkerDied
from songreel.jobs.chunk_process import Pool

MODULE = "songreel.jobs.wire"


def square(setup):
    return lambda task: (task * task + setup, os.getpid())


def fail(_setup):
    def work(task):
        raise BadMedia(f"{task} is not a song", advice="Choose another.")

    return work


def stumble(mark: Path):
    """Kill the process at the first task 2 ever, and answer all others."""

    def work(task):
        if task == 2 and not mark.exists():
            mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return task

    return work


def collapse(_setup):
    return lambda task: os._exit(7) if task == 1 else task


def sleep_forever(mark: Path):
    def work(_task):
        mark.touch()
        time.sleep(600)

    return work


def break_off(_setup):
    def work(_task):
        raise BrokenPipeError("mine")

    return work


def noisy(_setup):
    def work(task):
        os.write(1, b"a library prints\n")
        return task

    return work


@pytest.mark.parametrize("workers", [1, 3])
def test_every_task_is_answered_once_whatever_the_number_of_workers(workers):
    with Pool(workers, module=MODULE) as pool:
        done = list(pool.run(square, 5, list(range(12))))
    assert sorted(entry.task for entry in done) == list(range(12))
    assert all(entry.answer[0] == entry.task**2 + 5 for entry in done)
    assert len({entry.answer[1] for entry in done}) <= workers
    assert os.getpid() not in {entry.answer[1] for entry in done}


def test_one_worker_works_in_order():
    with Pool(1, module=MODULE) as pool:
        assert [entry.task for entry in pool.run(square, 0, [5, 3, 9])] == [5, 3, 9]


def test_an_error_of_ours_crosses_the_border_whole():
    with Pool(1, module=MODULE) as pool, pytest.raises(BadMedia) as caught:
        list(pool.run(fail, None, ["x.mp3"]))
    assert caught.value.message == "x.mp3 is not a song"
    assert caught.value.advice == "Choose another."


def test_an_error_that_looks_like_a_broken_pipe_is_a_tasks_own():
    with Pool(1, module=MODULE) as pool, pytest.raises(BrokenPipeError, match="mine"):
        list(pool.run(break_off, None, [1]))


def test_what_a_library_prints_does_not_mix_with_the_answers(capfd):
    with Pool(1, module=MODULE) as pool:
        assert [entry.answer for entry in pool.run(noisy, None, [1, 2])] == [1, 2]
    assert capfd.readouterr().out == ""


def test_a_worker_that_dies_is_replaced_and_its_task_done(tmp_path):
    with Pool(2, module=MODULE) as pool:
        done = list(pool.run(stumble, tmp_path / "mark", list(range(6))))
    assert sorted(entry.answer for entry in done) == list(range(6))
    assert (tmp_path / "mark").exists()


def test_a_task_that_ends_two_workers_is_said_to_be_at_fault():
    with Pool(2, module=MODULE) as pool, pytest.raises(WorkerDied, match="ended with code 7 at 1"):
        list(pool.run(collapse, None, [0, 1, 2]))


def test_a_worker_that_cannot_be_started_is_said(monkeypatch):
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with Pool(2, module=MODULE) as pool, pytest.raises(WorkerDied, match="cannot be started"):
        list(pool.run(square, 0, [1, 2, 3]))


def test_leaving_early_ends_the_workers():
    with Pool(2, module=MODULE) as pool:
        running = pool.run(square, 0, list(range(2000)))
        next(running)
        processes = psutil.Process().children()
        assert {process.pid for process in processes} == set(pool.pids())
    assert not any(process.is_running() for process in processes)


def test_workers_die_with_a_parent_that_is_killed(tmp_path):
    mark = tmp_path / "mark"
    script = f"""
import sys
sys.path.insert(0, {str(Path(__file__).parent)!r})
from pathlib import Path
from test_chunk_process import sleep_forever
from songreel.jobs.chunk_process import Pool
with Pool(1, module={MODULE!r}) as pool:
    list(pool.run(sleep_forever, Path({str(mark)!r}), [1]))
"""
    parent = subprocess.Popen([sys.executable, "-c", script])
    _until(mark.exists)
    (worker,) = psutil.Process(parent.pid).children(recursive=True)
    parent.kill()
    parent.wait()
    _until(lambda: not worker.is_running() or worker.status() == psutil.STATUS_ZOMBIE)


def _until(holds):
    for _ in range(600):
        if holds():
            return
        time.sleep(0.05)
    pytest.fail("it did not happen within half a minute")
