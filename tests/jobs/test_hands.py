"""Processes that are kept for calls: what they remember, how many there are, how they end."""

import asyncio
import functools
import os
import signal
import time

import psutil
import pytest

from songreel.base.errors import BadRequest, WorkerDied
from songreel.jobs.hands import Hands

PATIENCE_S = 120
REMEMBERED = []


def remember(what):
    REMEMBERED.append(what)
    return os.getpid(), tuple(REMEMBERED)


def nap(seconds):
    time.sleep(seconds)
    return os.getpid()


def refuse():
    raise BadRequest("not this", advice="But that.")


def die(mark=None):
    if mark is not None and mark.exists():
        return "lives"
    if mark is not None:
        mark.touch()
    return os.kill(os.getpid(), signal.SIGKILL)


@pytest.fixture
def hands():
    made = Hands(2, module="json", env={"SONGREEL_TEST": "yes"})
    yield made
    made.stop()
    assert not psutil.Process().children()


def test_calls_one_after_another_are_made_by_one_process_that_remembers(hands):
    async def three():
        return [await hands.do(functools.partial(remember, name)) for name in "abc"]

    made = asyncio.run(three())
    assert len({pid for pid, _ in made}) == 1
    assert [known for _, known in made] == [("a",), ("a", "b"), ("a", "b", "c")]


def test_calls_at_once_have_as_many_processes_as_there_may_be(hands):
    async def five():
        return await asyncio.gather(*(hands.do(functools.partial(nap, 0.3)) for _ in range(5)))

    assert len(set(asyncio.run(five()))) == 2


def test_the_environment_is_laid_over_our_own(hands):
    assert asyncio.run(hands.do(functools.partial(os.getenv, "SONGREEL_TEST"))) == "yes"


def test_what_a_call_raises_comes_back_and_its_process_stays(hands):
    async def both():
        before = await hands.do(os.getpid)
        with pytest.raises(BadRequest, match="not this"):
            await hands.do(refuse)
        return before == await hands.do(os.getpid)

    assert asyncio.run(both())


def test_a_call_whose_process_dies_is_made_once_more_and_no_more(hands, tmp_path):
    assert asyncio.run(hands.do(functools.partial(die, tmp_path / "mark"))) == "lives"
    with pytest.raises(WorkerDied, match="SIGKILL, and so did the next one"):
        asyncio.run(hands.do(die))
    assert asyncio.run(hands.do(functools.partial(nap, 0)))


def test_a_call_that_is_cancelled_takes_its_process_with_it(hands):
    async def cancelled():
        call = asyncio.create_task(hands.do(functools.partial(nap, PATIENCE_S * 10)))
        waiting = [asyncio.create_task(hands.do(functools.partial(nap, PATIENCE_S * 10))) for _ in range(2)]
        while len(psutil.Process().children()) < 2:
            await asyncio.sleep(0.05)
        for each in (call, *waiting):
            each.cancel()
        end = time.monotonic() + PATIENCE_S
        while psutil.Process().children():
            assert time.monotonic() < end
            await asyncio.sleep(0.05)
        return await hands.do(functools.partial(nap, 0))

    assert asyncio.run(cancelled())
