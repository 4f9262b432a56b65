"""What is done from time to time: credits follow how jobs stand, and what is old goes."""

import os
import time

import pytest

from songreel.jobs.engine import Status
from songreel.service import storage
from songreel.service.folders import Own
from songreel.service.ledger import Balance, Ledger
from songreel.service.upkeep import DAY_S, LOST_S, Keep, Upkeep

PRICES = {"generation": 100, "edit": 50, "export": 10}


class Jobs:
    """An engine whose jobs stand as a test says."""

    def __init__(self):
        self.known, self.cleared = {}, []

    def status(self, job):
        state, result = self.known.get(job, (None, None))
        if state is None:
            return None
        return Status(job, "turn", "ann", state, payload={}, progress=1, created_at=0, result=result)

    def clear(self, older_than_s):
        self.cleared.append(older_than_s)
        return 0


@pytest.fixture
def place(kept, tmp_path):
    """A ledger with 100 credits of one user, jobs, and who looks after both."""
    ledger = Ledger(kept, PRICES)
    ledger.grant("ann", 100, reason="test")
    jobs, files = Jobs(), storage.at("", home=tmp_path)
    upkeep = Upkeep(jobs, ledger, files, Own(tmp_path), keep=Keep(jobs=30, renders=0, chunks=7))
    return ledger, jobs, upkeep, files, tmp_path


@pytest.mark.parametrize(
    ("state", "result", "left"),
    [
        ("completed", {"size": 1}, 90),
        ("completed", {"changed": True}, 90),
        ("completed", {"changed": False}, 100),
        ("failed", None, 100),
        ("cancelled", None, 100),
    ],
)
def test_credits_of_a_job_that_ended_are_taken_or_given_back_once(place, state, result, left):
    ledger, jobs, upkeep, *_ = place
    ledger.freeze("ann", "job", 10)
    jobs.known["job"] = ("processing", None)
    assert upkeep.settle() == 0
    assert ledger.balance("ann") == Balance(90, 10)
    jobs.known["job"] = (state, result)
    assert upkeep.settle() == 1
    assert ledger.balance("ann") == Balance(left, 0)
    assert upkeep.settle() == 0
    assert ledger.balance("ann") == Balance(left, 0)


def test_credits_for_a_job_that_never_began_come_back_after_a_while(place, kept):
    _, jobs, upkeep, *_ = place
    early = Ledger(kept, PRICES, now=lambda: time.time() - LOST_S - 1)
    early.freeze("ann", "lost", 10)
    early.freeze("ann", "other", 10)
    jobs.known["other"] = ("processing", None)
    Ledger(kept, PRICES).freeze("ann", "beginning", 10)
    assert upkeep.settle() == 1
    assert early.balance("ann") == Balance(80, 20)


def test_what_is_old_goes_and_what_is_kept_for_ever_stays(place):
    _, jobs, upkeep, files, home = place
    for key in ("chunks/old", "chunks/new", "orders/old", "renders/old", "assets/old"):
        files.put_bytes(key, b"x")
    turn = home / "sessions" / "1" / "turns" / "old.json"
    turn.parent.mkdir(parents=True)
    turn.write_text("{}")
    then = time.time() - 40 * DAY_S
    for path in [*(home / "storage").glob("*/old"), turn]:
        os.utime(path, (then, then))
    assert upkeep.sweep() == 3
    there = {stored.key for stored in files.list("")}
    assert there == {"chunks/new", "renders/old", "assets/old"}
    assert not turn.exists()
    assert jobs.cleared == [30 * DAY_S]
