"""What the service keeps as rows. Moments are whole seconds since 1970 (UTC); secrets are kept as digests alone.

A change here needs a step in ``migrations/versions``; a test compares the two.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, MetaData, String, UniqueConstraint, false, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Table(DeclarativeBase):
    """One kind of row; constraints are named by rule, so that a migration can name them too."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class User(Table):
    """Somebody: anonymous, known by the digest of a client id, or named by the operator."""

    __tablename__ = "users"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    client: Mapped[str | None] = mapped_column(String(64), unique=True)
    plan: Mapped[str] = mapped_column(String(40))
    created_at: Mapped[int] = mapped_column(BigInteger)


class Token(Table):
    """A key to the API; ``scopes`` with spaces between, ``address`` the digest of where a new user called from."""

    __tablename__ = "tokens"
    __table_args__ = (Index(None, "address", "created_at"),)

    id: Mapped[str] = mapped_column(String(24), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    user: Mapped[str] = mapped_column(ForeignKey("users.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    scopes: Mapped[str] = mapped_column(String(100))
    address: Mapped[str | None] = mapped_column(String(64))
    created_at: Mapped[int] = mapped_column(BigInteger)
    expires_at: Mapped[int] = mapped_column(BigInteger)
    revoked_at: Mapped[int | None] = mapped_column(BigInteger)


class Session(Table):
    """One conversation about one project; ``id`` is a decimal number of 19 digits.

    ``revision`` is the one of the project that stands, where several servers keep it together: a digest, empty for an
    empty project.
    """

    __tablename__ = "sessions"

    id: Mapped[str] = mapped_column(String(19), primary_key=True)
    task: Mapped[str] = mapped_column(String(40), unique=True)
    user: Mapped[str] = mapped_column(ForeignKey("users.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    language: Mapped[str] = mapped_column(String(20))
    created_at: Mapped[int] = mapped_column(BigInteger)
    revision: Mapped[str] = mapped_column(String(32), server_default="")


class Claim(Table):
    """A key that opens one session in the browser."""

    __tablename__ = "claims"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    session: Mapped[str] = mapped_column(ForeignKey("sessions.id"), index=True)
    expires_at: Mapped[int] = mapped_column(BigInteger)


class Account(Table):
    """Credits in one place: what a user may spend, what is kept for running work, or the house's side of both.

    ``balance`` is the sum of the account's entries, kept in the same transaction as they are.
    """

    __tablename__ = "accounts"
    __table_args__ = (
        UniqueConstraint("owner", "kind"),
        CheckConstraint("kind IN ('available', 'frozen', 'house')", name="kind"),
        CheckConstraint("kind = 'house' OR balance >= 0", name="covered"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    owner: Mapped[str] = mapped_column(String(40))
    kind: Mapped[str] = mapped_column(String(10))
    balance: Mapped[int] = mapped_column(BigInteger)


class Posting(Table):
    """Something that moved credits, once: ``key`` is what it was done for, such as ``freeze:<job>``.

    ``unended`` holds of a freeze until its job is settled or released.
    """

    __tablename__ = "postings"
    __table_args__ = (
        # Of all freezes there ever were, few wait for their end: only those are in the index.
        Index("ix_postings_unended", "unended", sqlite_where=text("unended"), postgresql_where=text("unended")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(200), unique=True)
    kind: Mapped[str] = mapped_column(String(10))
    owner: Mapped[str] = mapped_column(String(40), index=True)
    amount: Mapped[int] = mapped_column(BigInteger)
    created_at: Mapped[int] = mapped_column(BigInteger)
    unended: Mapped[bool] = mapped_column(server_default=false())


class Entry(Table):
    """One side of a posting; those of one posting sum to zero."""

    __tablename__ = "entries"
    __table_args__ = (CheckConstraint("amount <> 0", name="moved"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    posting: Mapped[int] = mapped_column(ForeignKey("postings.id"), index=True)
    account: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    amount: Mapped[int] = mapped_column(BigInteger)
