"""Whose a call is and what it may do: tokens and claims, kept as digests, so that nobody can take them from the rows.

A client id is who an anonymous user is: it has one token at a time, and whoever comes back with it after that one
expired is the same user, with the same sessions and credits.
"""

from __future__ import annotations

import hashlib
import secrets
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, get_args

from sqlalchemy import delete, select
from sqlalchemy.orm import Session as Transaction

from songreel.base.errors import BadRequest, TooOften
from songreel.base.settings import Plan
from songreel.service.database import Database
from songreel.service.ledger import Ledger
from songreel.service.signing import Signer
from songreel.service.tables import Claim, Session, Token, User

Scope = Literal["read", "write", "upload"]
SCOPES: tuple[Scope, ...] = get_args(Scope)
ANONYMOUS = "anonymous"
TOKEN_PREFIX, CLAIM_PREFIX = "nmv_usr_", "clm_"
DAY_S = 86_400


@dataclass(frozen=True, slots=True)
class Terms:
    """What tokens are given for; a number of 0 is no limit."""

    days: int = 7
    per_client: int = 1
    per_address: int = 10
    window_days: int = 7
    claim_s: int = 604_800
    plans: Mapping[str, Plan] = field(default_factory=lambda: {ANONYMOUS: Plan()})


@dataclass(frozen=True, slots=True)
class Caller:
    """Whose a call is; ``session`` is the one project that a claim opens, None for a token of the API."""

    user: str
    scopes: frozenset[Scope]
    session: str | None = None
    plan: str = ANONYMOUS


@dataclass(frozen=True, slots=True)
class Issued:
    """A token as it is given out, once: afterwards nobody knows ``secret``. ``expires_at`` in seconds since 1970."""

    id: str
    secret: str
    user: str
    expires_at: int


@dataclass(frozen=True, slots=True)
class Listed:
    """A token as an operator sees it."""

    id: str
    name: str
    user: str
    scopes: tuple[Scope, ...]
    created_at: int
    expires_at: int
    revoked_at: int | None


class Accounts:
    """Users and their tokens; ``now`` in seconds since 1970."""

    def __init__(
        self,
        database: Database,
        ledger: Ledger,
        signer: Signer,
        terms: Terms | None = None,
        *,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._database, self._ledger, self._signer, self._now = database, ledger, signer, now
        self._terms = terms or Terms()

    @property
    def terms(self) -> Terms:
        """Return what tokens are given for."""
        return self._terms

    def anonymous(self, client: str, address: str) -> Issued:
        """Return a token for a client id that calls from an address.

        Raises TooOften when the client has one that holds, or the address brought too many new clients.
        """
        known, place, now = _digest(client), self._signer.pseudonym(address), int(self._now())
        with self._database.writing() as session:
            self._database.alone(session, f"address:{place}")
            self._database.alone(session, f"client:{known}")
            user = session.scalar(select(User).where(User.client == known))
            if user is None:
                self._check_address(session, place, now)
                user = self._new_user(session, f"anon_{secrets.token_hex(8)}", ANONYMOUS, known)
                first: str | None = place
            else:
                self._check_client(session, user.id, now)
                self._forget_tokens(session, user.id, now)
                first = None
            expires_at = now + self._terms.days * DAY_S
            return self._issue(session, user.id, expires_at, name=ANONYMOUS, scopes=SCOPES, address=first)

    def create(self, name: str, *, days: int, scopes: tuple[Scope, ...], plan: str, user: str | None = None) -> Issued:
        """Return a token that an operator makes by hand, for a new user of a plan or for one who is there.

        Raises BadRequest for a user or plan that is not known.
        """
        with self._database.writing() as session:
            if user is None:
                owner = self._new_user(session, f"user_{secrets.token_hex(8)}", plan, None).id
            else:
                owner = _known(session, user)
            expires_at = int(self._now()) + days * DAY_S
            return self._issue(session, owner, expires_at, name=name, scopes=scopes, address=None)

    def check(self, user: str) -> None:
        """Raise BadRequest for a user who is not there."""
        with self._database.reading() as session:
            _known(session, user)

    def tokens(self, *, anonymous: bool) -> list[Listed]:
        """Return the tokens that were made by hand, or those of anonymous users too; the newest last."""
        wanted = select(Token).join(User, User.id == Token.user).order_by(Token.created_at, Token.id)
        with self._database.reading() as session:
            rows = session.scalars(wanted if anonymous else wanted.where(User.client.is_(None))).all()
            return [
                Listed(
                    id=row.id,
                    name=row.name,
                    user=row.user,
                    scopes=_scopes(row.scopes),
                    created_at=row.created_at,
                    expires_at=row.expires_at,
                    revoked_at=row.revoked_at,
                )
                for row in rows
            ]

    def revoke(self, token: str) -> None:
        """End a token, by its id; a second time changes nothing. Raises BadRequest for one that is not there."""
        with self._database.writing() as session:
            row = session.get(Token, token)
            if row is None:
                raise BadRequest(f"there is no token {token!r}", advice="songreel token list shows which there are.")
            if row.revoked_at is None:
                row.revoked_at = int(self._now())

    def claim(self, session_id: str) -> str:
        """Return a secret that opens one session in the browser."""
        secret = CLAIM_PREFIX + secrets.token_urlsafe(32)
        with self._database.writing() as session:
            now = int(self._now())
            session.execute(delete(Claim).where(Claim.session == session_id, Claim.expires_at <= now))
            expires_at = now + self._terms.claim_s
            session.add(Claim(digest=_digest(secret), session=session_id, expires_at=expires_at))
        return secret

    def caller(self, secret: str) -> Caller | None:
        """Return whose a token or claim is; None for one that is unknown, expired or revoked."""
        now = self._now()
        with self._database.reading() as session:
            if secret.startswith(CLAIM_PREFIX):
                return _claimant(session, secret, now)
            found = session.execute(
                select(Token, User.plan).join(User, User.id == Token.user).where(Token.digest == _digest(secret))
            ).one_or_none()
            if found is None or found.Token.expires_at <= now or found.Token.revoked_at is not None:
                return None
            return Caller(found.Token.user, frozenset(_scopes(found.Token.scopes)), plan=found.plan)

    def may_export(self, caller: Caller) -> bool:
        """Tell whether a caller's plan allows files; a plan that is not among the settings counts as anonymous."""
        plans = self._terms.plans
        plan = plans.get(caller.plan) or plans.get(ANONYMOUS)
        return plan is None or plan.export

    def _forget_tokens(self, session: Transaction, user: str, now: int) -> None:
        """Remove what neither opens anything nor counts any longer."""
        counted_from = now - self._terms.window_days * DAY_S
        session.execute(
            delete(Token).where(Token.user == user, Token.expires_at <= now, Token.created_at <= counted_from)
        )

    def _check_client(self, session: Transaction, user: str, now: int) -> None:
        window = self._terms.window_days * DAY_S
        rows = session.execute(
            select(Token.created_at, Token.expires_at).where(
                Token.user == user, Token.created_at > now - window, Token.expires_at > now
            )
        )
        until = sorted(min(created_at + window, expires_at) for created_at, expires_at in rows)
        _check(until, self._terms.per_client, now, "this client id has a token that holds")

    def _check_address(self, session: Transaction, place: str, now: int) -> None:
        window = self._terms.window_days * DAY_S
        rows = session.scalars(select(Token.created_at).where(Token.address == place, Token.created_at > now - window))
        until = sorted(created_at + window for created_at in rows)
        _check(until, self._terms.per_address, now, "too many new clients came from this address")

    def _new_user(self, session: Transaction, name: str, plan: str, client: str | None) -> User:
        terms = self._terms.plans.get(plan)
        if terms is None:
            raise BadRequest(f"there is no plan {plan!r}", advice=f"Plans: {', '.join(sorted(self._terms.plans))}.")
        user = User(id=name, client=client, plan=plan, created_at=int(self._now()))
        session.add(user)
        session.flush()
        self._ledger.granted(session, name, terms.credits, reason=f"opening:{name}")
        return user

    def _issue(
        self,
        session: Transaction,
        user: str,
        expires_at: int,
        *,
        name: str,
        scopes: tuple[Scope, ...],
        address: str | None,
    ) -> Issued:
        secret = TOKEN_PREFIX + secrets.token_urlsafe(32)
        row = Token(
            id=f"tok_{secrets.token_hex(8)}",
            digest=_digest(secret),
            user=user,
            name=name,
            scopes=" ".join(scopes),
            address=address,
            created_at=int(self._now()),
            expires_at=expires_at,
            revoked_at=None,
        )
        session.add(row)
        return Issued(row.id, secret, user, expires_at)


def _known(session: Transaction, user: str) -> str:
    if session.get(User, user) is None:
        raise BadRequest(f"there is no user {user!r}", advice="songreel token list --all shows who there is.")
    return user


def _check(until: Sequence[int], limit: int, now: int, why: str) -> None:
    """Refuse when as many as the limit still count; ``until`` says of each, in order, how long."""
    if limit and len(until) >= limit:
        raise TooOften(why, retry_after_s=max(1, until[-limit] - now), advice="Use that token, or come back later.")


def _claimant(session: Transaction, secret: str, now: float) -> Caller | None:
    found = session.execute(
        select(Claim.expires_at, Session.id, Session.user)
        .join(Session, Session.id == Claim.session)
        .where(Claim.digest == _digest(secret))
    ).one_or_none()
    if found is None or found.expires_at <= now:
        return None
    return Caller(found.user, frozenset({"read"}), session=found.id)


def _scopes(text: str) -> tuple[Scope, ...]:
    return tuple(scope for scope in SCOPES if scope in text.split())


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
