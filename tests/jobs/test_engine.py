"""The laws of jobs, on the engine that there is: once by id, in the order of their lane, within limits, never lost."""

import asyncio
import subprocess
import sys
import textwrap
import time
from collections import Counter

import pytest

from songreel.base.errors import BadRequest, EditRefused
from songreel.jobs import connections, dbos_engine
from songreel.jobs.engine import Job, Kind, Plan, Queue

PATIENCE_S = 60


class Shop:
    """What the jobs of these tests do, and what was seen of them."""

    def __init__(self):
        self.begun, self.running, self.most = [], Counter(), Counter()

    async def work(self, work, payload):
        async def do():
            self.begun.append(work.id)
            lane = payload.get("lane", "")
            self.running[lane] += 1
            self.most[lane] = max(self.most[lane], self.running[lane])
            try:
                await asyncio.sleep(payload.get("seconds", 0))
            finally:
                self.running[lane] -= 1
            if payload.get("fails"):
                raise EditRefused("this cannot be done", advice="Ask for less.")
            return {"did": payload.get("name", "")}

        await work.progress(10)
        await work.tell({"said": work.id})
        await work.progress(5)
        return await work.step("do", do)

    async def many(self, work, payload):
        async def told(done):
            await work.progress(done * 10)

        await work.all_of([Job("work", f"{work.id}-{n}", each) for n, each in enumerate(payload["parts"])], told)
        return {}


@pytest.fixture(scope="module")
def shop():
    return Shop()


@pytest.fixture(scope="module")
def engine(shop, tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    plan = Plan(
        kinds=(
            Kind("work", "works", shop.work, timeout_s=PATIENCE_S),
            Kind("talk", "talks", shop.work),
            Kind("hurry", "talks", shop.work, timeout_s=0.5),
            Kind("many", "manies", shop.many),
        ),
        queues=(Queue("works", at_once=3), Queue("talks", at_once=10, each=1), Queue("manies", at_once=10, each=2)),
        takes=frozenset(("works", "talks", "manies")),
    )
    made = dbos_engine.launched(home, connections.address_of("", home), plan)
    yield made
    made.stop()


def ended(engine, job):
    end = time.monotonic() + PATIENCE_S
    while not engine.status(job).ended:
        assert time.monotonic() < end
        time.sleep(0.02)
    return engine.status(job)


def test_a_job_is_done_once_for_its_id(engine, shop):
    first = engine.start(Job("work", "once", {"name": "a"}, owner="me"))
    assert first.state in ("pending", "processing")
    assert engine.start(Job("work", "once", {"name": "a"}, owner="me")).id == "once"
    status = ended(engine, "once")
    assert (status.state, status.progress, status.result) == ("completed", 100, {"did": "a"})
    assert (status.owner, status.payload) == ("me", {"name": "a"})
    assert engine.start(Job("work", "once", {"name": "a"}, owner="me")).state == "completed"
    assert shop.begun.count("once") == 1
    for other in (Job("work", "once", {"name": "b"}, owner="me"), Job("work", "once", {"name": "a"}, owner="you")):
        with pytest.raises(BadRequest, match="something else"):
            engine.start(other)
    assert engine.events("once") == [{"said": "once"}]
    assert engine.events("once", after=1) == []
    assert engine.status("nobody") is None


def test_jobs_are_listed_for_their_owner_alone_by_how_their_ids_begin(engine):
    for name in ("list-a-1", "list-a-2", "list-b-1"):
        engine.start(Job("work", name, {}, owner="lister"))
        ended(engine, name)
    engine.start(Job("work", "list-a-3", {}, owner="another"))
    assert [each.id for each in engine.listed("work", "lister", prefix="list-a-")] == ["list-a-2", "list-a-1"]
    assert [each.id for each in engine.listed("work", "lister", most=1)] == ["list-b-1"]
    assert engine.listed("many", "lister") == []
    assert {each.progress for each in engine.listed("work", "lister")} == {100}


def test_a_failure_is_told_in_its_own_words(engine):
    engine.start(Job("work", "fails", {"fails": True}))
    status = ended(engine, "fails")
    assert (status.state, status.error) == ("failed", "this cannot be done. Ask for less.")
    assert status.progress == 10


def test_a_part_that_fails_ends_the_whole_and_the_other_parts(engine):
    engine.start(Job("many", "broken", {"parts": [{"seconds": PATIENCE_S * 2}, {"fails": True}]}))
    status = ended(engine, "broken")
    assert (status.state, status.error) == ("failed", "this cannot be done. Ask for less.")
    assert ended(engine, "broken-0").state == "cancelled"


def test_cancelling_ends_what_a_job_started_and_nothing_that_has_ended(engine, shop):
    engine.start(Job("many", "called-off", {"parts": [{"seconds": PATIENCE_S * 2, "lane": "off"}] * 5}))
    end = time.monotonic() + PATIENCE_S
    while shop.running["off"] < 3:
        assert time.monotonic() < end
        time.sleep(0.02)
    engine.cancel("called-off")
    assert engine.status("called-off").state == "cancelled"
    while shop.running["off"]:
        assert time.monotonic() < end
        time.sleep(0.02)
    assert {engine.status(f"called-off-{n}").state for n in range(5)} == {"cancelled"}
    engine.start(Job("work", "over", {}))
    ended(engine, "over")
    engine.cancel("over")
    assert engine.status("over").state == "completed"


def test_jobs_of_a_lane_come_one_after_another_and_lanes_beside_each_other(engine, shop):
    jobs = [Job("talk", f"{lane}-{n}", {"seconds": 0.3, "lane": lane}, lane=lane) for n in range(3) for lane in "ab"]
    for job in jobs:
        engine.start(job)
    for job in jobs:
        ended(engine, job.id)
    assert (shop.most["a"], shop.most["b"]) == (1, 1)
    for lane in "ab":
        assert [job for job in shop.begun if job.startswith(f"{lane}-")] == [f"{lane}-{n}" for n in range(3)]


def test_a_lane_with_little_does_not_wait_for_one_with_much(engine, shop):
    for n in range(24):
        engine.start(Job("work", f"much-{n}", {"seconds": 0.2}, lane="much"))
    engine.start(Job("work", "little", {}, lane="little"))
    ended(engine, "little")
    assert sum(job.startswith("much-") for job in shop.begun[: shop.begun.index("little")]) < 24
    for n in range(24):
        ended(engine, f"much-{n}")


def test_a_job_that_takes_too_long_has_failed(engine):
    engine.start(Job("hurry", "slow", {"seconds": PATIENCE_S * 2}, lane="slow"))
    status = ended(engine, "slow")
    assert (status.state, status.error) == ("failed", "it took longer than it may")


def test_what_ended_long_ago_is_forgotten_with_its_parts(engine):
    engine.start(Job("many", "old", {"parts": [{}]}))
    ended(engine, "old")
    assert engine.clear(PATIENCE_S * 60) == 0
    assert engine.clear(-1) > 0
    assert (engine.status("old"), engine.status("old-0")) == (None, None)


DEADLY = """
    import os, signal, sys, time
    from pathlib import Path
    from songreel.jobs import connections, dbos_engine
    from songreel.jobs.engine import Job, Kind, Plan, Queue

    async def deadly(work, payload):
        async def do():
            with Path(sys.argv[1], "deaths").open("a") as file:
                file.write("x")
            os.kill(os.getpid(), signal.SIGKILL)
        return await work.step("do", do)

    home = Path(sys.argv[1])
    plan = Plan((Kind("deadly", "q", deadly, attempts=1),), (Queue("q", 1),), frozenset("q"))
    engine = dbos_engine.launched(home, connections.address_of("", home), plan)
    status = engine.start(Job("deadly", "poison", {}))
    while not status.ended:
        time.sleep(0.05)
        status = engine.status("poison")
    print(status.state, status.error)
    engine.stop()
"""


def test_a_job_that_kills_its_process_again_and_again_has_failed(tmp_path):
    script = tmp_path / "deadly.py"
    script.write_text(textwrap.dedent(DEADLY))
    ends = [
        subprocess.run([sys.executable, script, tmp_path], capture_output=True, text=True, timeout=300)
        for _ in range(3)
    ]
    assert [end.returncode for end in ends] == [-9, -9, 0]
    assert ends[-1].stdout.strip() == "failed the processes that worked on it died, too often to try again"
    assert (tmp_path / "deaths").read_text() == "xx"
