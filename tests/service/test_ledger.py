"""The ledger: whatever is called, in whatever order, however often, nothing appears, vanishes or is taken twice."""

import contextlib
import threading

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import select

from songreel.base.errors import BadRequest, OutOfCredits
from songreel.service import ledger as books
from songreel.service.ledger import Balance, Ledger
from songreel.service.tables import Account

USERS = ("ann", "bob")
names = st.integers(0, 10**9).map(str)
amounts = st.integers(0, 60)


class Bookkeeping(RuleBasedStateMachine):
    """Calls the ledger as work does that may crash and begin again, beside a model in plain dictionaries."""

    kept = None
    runs = 0
    jobs = Bundle("jobs")

    def __init__(self):
        super().__init__()
        type(self).runs += 1
        self.run = f"{self.runs}:"
        self.ledger = Ledger(self.kept)
        self.granted = dict.fromkeys(USERS, 0)
        self.spent = dict.fromkeys(USERS, 0)
        self.frozen, self.ended = {}, {}

    def named(self, user):
        return self.run + user

    def held(self, user):
        return sum(amount for job, (who, amount) in self.frozen.items() if who == user and job not in self.ended)

    @rule(user=st.sampled_from(USERS), amount=amounts, reason=names, times=st.integers(1, 2))
    def grant(self, user, amount, reason, times):
        before = self.ledger.balance(self.named(user)).total
        for _ in range(times):
            self.ledger.grant(self.named(user), amount, reason=f"{self.run}{user}:{reason}")
        self.granted[user] += self.ledger.balance(self.named(user)).total - before
        assert self.granted[user] >= amount

    @rule(target=jobs, job=names)
    def a_job(self, job):
        return self.run + job

    @rule(job=jobs, user=st.sampled_from(USERS), amount=amounts)
    def freeze(self, job, user, amount):
        if job in self.frozen:
            owner, first = self.frozen[job]
            if owner == user:
                assert self.ledger.freeze(self.named(user), job, amount) == first
            else:
                with pytest.raises(BadRequest):
                    self.ledger.freeze(self.named(user), job, amount)
        elif amount > self.granted[user] - self.spent[user] - self.held(user):
            with pytest.raises(OutOfCredits):
                self.ledger.freeze(self.named(user), job, amount)
        else:
            assert self.ledger.freeze(self.named(user), job, amount) == amount
            self.frozen[job] = (user, amount)

    @rule(job=jobs, cost=st.none() | st.integers(-5, 80))
    def settle(self, job, cost):
        if job not in self.frozen:
            with pytest.raises(BadRequest):
                self.ledger.settle(job, cost)
            return
        user, amount = self.frozen[job]
        if job not in self.ended:
            self.ended[job] = "settle"
            self.spent[user] += amount if cost is None else min(max(cost, 0), amount)
        assert self.ledger.settle(job, cost) == self.ended[job]

    @rule(job=jobs)
    def release(self, job):
        if job in self.frozen:
            self.ended.setdefault(job, "release")
            assert self.ledger.release(job) == self.ended[job]

    @invariant()
    def all_is_accounted_for(self):
        for user in USERS:
            held = self.held(user)
            expected = Balance(self.granted[user] - self.spent[user] - held, held)
            assert self.ledger.balance(self.named(user)) == expected
            assert expected.available + expected.frozen == expected.total
        unended = {job for job, _ in self.ledger.unended() if job.startswith(self.run)}
        assert unended == set(self.frozen) - set(self.ended)

    def teardown(self):
        with self.kept.reading() as session:
            assert books.faults(session) == []


def test_credits_are_never_made_lost_or_taken_twice(kept):
    machine = type("Machine", (Bookkeeping,), {"kept": kept})
    run_state_machine_as_test(machine, settings=settings(max_examples=12, stateful_step_count=18, deadline=None))


def together(count, work):
    """Run ``work(number)`` on threads that begin at once, and return what they raised."""
    gate, raised = threading.Barrier(count), []

    def run(number):
        gate.wait(timeout=60)
        try:
            work(number)
        except Exception as error:
            raised.append(error)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    return raised


def test_a_job_that_several_begin_and_end_at_once_is_paid_once(kept):
    ledger = Ledger(kept)
    ledger.grant("ann", 100, reason="gift")
    assert together(6, lambda _: ledger.freeze("ann", "job", 30)) == []
    assert ledger.balance("ann") == Balance(70, 30)
    endings = []
    assert together(6, lambda n: endings.append(ledger.settle("job") if n % 2 else ledger.release("job"))) == []
    assert len(endings) == 6
    assert len(set(endings)) == 1
    assert ledger.balance("ann") == (Balance(70, 0) if endings[0] == "settle" else Balance(100, 0))
    with kept.reading() as session:
        assert books.faults(session) == []


def test_jobs_at_once_never_keep_more_than_there_is(kept):
    ledger = Ledger(kept)
    ledger.grant("ann", 100, reason="gift")
    raised = together(8, lambda number: ledger.freeze("ann", f"job-{number}", 30))
    assert [type(error) for error in raised] == [OutOfCredits] * 5
    assert ledger.balance("ann") == Balance(10, 90)


def test_first_grants_of_many_users_at_once_meet_in_one_house(kept):
    ledger = Ledger(kept)
    assert together(6, lambda number: ledger.grant(f"user-{number}", 5, reason=f"gift-{number}")) == []
    with kept.reading() as session:
        assert session.scalars(select(Account.balance).where(Account.kind == "house")).all() == [-30]


def test_what_breaks_off_in_a_posting_leaves_nothing(kept, monkeypatch):
    ledger = Ledger(kept)
    ledger.grant("ann", 50, reason="gift")
    real = Ledger._account
    calls = iter(range(100))

    def breaks(self, *arguments):
        if next(calls) == 1:
            raise ConnectionError
        return real(self, *arguments)

    monkeypatch.setattr(Ledger, "_account", breaks)
    with contextlib.suppress(ConnectionError):
        ledger.freeze("ann", "job", 20)
    assert ledger.balance("ann") == Balance(50, 0)
    assert ledger.freeze("ann", "job", 20) == 20
    assert ledger.balance("ann") == Balance(30, 20)


def test_without_metering_work_costs_nothing(kept):
    free = Ledger(kept)
    assert [free.price(work) for work in ("generation", "edit", "export")] == [0, 0, 0]
    assert free.freeze("ann", "job", free.price("edit")) == 0
    assert free.settle("job") == "settle"
    assert free.balance("ann") == Balance(0, 0)
    assert Ledger(kept, {"generation": 100, "edit": 50, "export": 0}).price("edit") == 50


def test_nothing_below_zero_is_granted_or_kept(kept):
    ledger = Ledger(kept)
    with pytest.raises(BadRequest):
        ledger.grant("ann", -1, reason="theft")
    with pytest.raises(BadRequest):
        ledger.freeze("ann", "job", -1)
