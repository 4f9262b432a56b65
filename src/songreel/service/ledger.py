"""Credits in double entry: what leaves one account enters others, and the entries of a posting sum to zero.

::

    grant      house     → available      once for each reason
    freeze     available → frozen         once for each job
    settle     frozen    → house          once for each job, or release; what was frozen too much goes back
    release    frozen    → available

Work that may crash anywhere calls each of these as often as it likes: the key of a posting is unique, so what was done
is done once, and a call for what was done returns what came of it. With metering off jobs are posted with nothing.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from songreel.base.errors import BadRequest, OutOfCredits
from songreel.service.database import Database
from songreel.service.tables import Account, Entry, Posting

HOUSE = "house"
_FREEZE = "freeze:"
Work = Literal["generation", "edit", "export"]
"""What a job is, as far as its price goes: a first video, a change of one, a file of one."""
Ending = Literal["settle", "release"]


@dataclass(frozen=True, slots=True)
class Balance:
    """What a user has: to spend, and kept for running work."""

    available: int
    frozen: int

    @property
    def total(self) -> int:
        """Return both together."""
        return self.available + self.frozen


class Ledger:
    """The accounts of everybody; ``prices`` in credits, None for no metering."""

    def __init__(
        self, database: Database, prices: Mapping[Work, int] | None = None, now: Callable[[], float] = time.time
    ) -> None:
        self._database, self._prices, self._now = database, prices, now

    def price(self, work: Work) -> int:
        """Return what a kind of work costs; nothing while metering is off."""
        return self._prices[work] if self._prices is not None else 0

    def balance(self, user: str) -> Balance:
        """Return what a user has."""
        with self._database.reading() as session:
            rows = session.execute(select(Account.kind, Account.balance).where(Account.owner == user))
            held = dict(rows.all())
        return Balance(held.get("available", 0), held.get("frozen", 0))

    def grant(self, user: str, amount: int, *, reason: str) -> None:
        """Give credits to a user, once for each reason."""
        with self._database.writing() as session:
            self.granted(session, user, amount, reason=reason)

    def granted(self, session: Session, user: str, amount: int, *, reason: str) -> None:
        """Give credits within a transaction that does more than that."""
        if amount < 0:
            raise BadRequest("credits are granted, not taken", advice="Give a number of 0 or more.")
        self._post(session, f"grant:{reason}", "grant", user, {(HOUSE, "house"): -amount, (user, "available"): amount})

    def freeze(self, user: str, job: str, amount: int) -> int:
        """Keep credits for a job, once, and return how many are kept: the first price holds.

        Raises OutOfCredits when there are too few, BadRequest when the job is somebody else's.
        """
        if amount < 0:
            raise BadRequest("a price is never below nothing", advice="Give a number of 0 or more.")
        legs = {(user, "available"): -amount, (user, "frozen"): amount}
        with self._database.writing() as session:
            kept = self._post(session, f"{_FREEZE}{job}", "freeze", user, legs)
        if kept.owner != user:
            raise BadRequest("this job was begun by somebody else", advice="Choose another id.")
        return kept.amount

    def unended(self) -> list[tuple[str, int]]:
        """Return the jobs that credits are kept for, and since when, in seconds since 1970."""
        frozen = select(Posting.key, Posting.created_at).where(Posting.unended).order_by(Posting.id)
        with self._database.reading() as session:
            return [(key.removeprefix(_FREEZE), created_at) for key, created_at in session.execute(frozen)]

    def settle(self, job: str, cost: int | None = None) -> Ending:
        """Take what a job cost, at most what was kept for it, and give the rest back; return how the job ended."""
        return self._end(job, "settle", cost)

    def release(self, job: str) -> Ending:
        """Give back what was kept for a job that came to nothing; return how the job ended."""
        return self._end(job, "release", 0)

    def _end(self, job: str, ending: Ending, cost: int | None) -> Ending:
        with self._database.writing() as session:
            frozen = session.scalar(select(Posting).where(Posting.key == f"{_FREEZE}{job}"))
            if frozen is None:
                raise BadRequest("nothing was kept for this job", advice="Freeze its price before it begins.")
            taken = frozen.amount if cost is None else min(max(cost, 0), frozen.amount)
            user = frozen.owner
            legs = {
                (user, "frozen"): -frozen.amount,
                (user, "available"): frozen.amount - taken,
                (HOUSE, "house"): taken,
            }
            ended = self._post(session, f"end:{job}", ending, user, legs)
            frozen.unended = False
        return "settle" if ended.kind == "settle" else "release"

    def _post(self, session: Session, key: str, kind: str, user: str, legs: Mapping[tuple[str, str], int]) -> Posting:
        """Write a posting and its entries unless there is one of that key, and return it."""
        self._database.alone(session, f"credits:{user}")
        self._database.alone(session, f"posting:{key}")
        done = session.scalar(select(Posting).where(Posting.key == key))
        if done is not None:
            return done
        amount = sum(leg for leg in legs.values() if leg > 0)
        now = int(self._now())
        posting = Posting(
            key=key, kind=kind, owner=user, amount=amount, created_at=now, unended=key.startswith(_FREEZE)
        )
        session.add(posting)
        session.flush()
        # The house comes last: its row is everybody's, and is held as shortly as can be.
        for (owner, place), leg in sorted(legs.items(), key=lambda item: item[0][0] == HOUSE):
            if leg:
                account = self._account(session, owner, place)
                if place != "house" and account.balance + leg < 0:
                    raise OutOfCredits(
                        f"this needs {-leg} credits, and there are {account.balance}",
                        user=user,
                        advice="Top up, or register.",
                    )
                account.balance = Account.balance + leg
                session.add(Entry(posting=posting.id, account=account.id, amount=leg))
        session.flush()
        return posting

    def _account(self, session: Session, owner: str, kind: str) -> Account:
        wanted = select(Account).where(Account.owner == owner, Account.kind == kind)
        found = session.scalar(wanted)
        if found is None:
            self._database.alone(session, f"account:{owner}:{kind}")
            found = session.scalar(wanted)
        if found is None:
            found = Account(owner=owner, kind=kind, balance=0)
            session.add(found)
            session.flush()
        return found


def faults(session: Session) -> list[str]:
    """Return what is wrong with the books: postings that are not even, balances that differ from their entries."""
    sums = select(Entry.posting, func.sum(Entry.amount)).group_by(Entry.posting).having(func.sum(Entry.amount) != 0)
    found = [f"posting {posting} is off by {off}" for posting, off in session.execute(sums)]
    entered = dict(session.execute(select(Entry.account, func.sum(Entry.amount)).group_by(Entry.account)).all())
    accounts = session.scalars(select(Account)).all()
    found += [
        f"account {each.owner}/{each.kind} says {each.balance}, its entries {entered.get(each.id, 0)}"
        for each in accounts
        if each.balance != entered.get(each.id, 0)
    ]
    return found
