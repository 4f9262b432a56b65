"""Rows: SQLite in one file for one machine, PostgreSQL by its address for many.

Work is done in ``reading()`` and ``writing()`` transactions. On SQLite a writing one takes the lock of the file when it
begins: one that reads first and writes then would be refused at once where another wrote in between, and no time-out
helps that. ``alone`` makes transactions of one name take turns on PostgreSQL; on SQLite all that write do so anyway.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, OperationalError
from sqlalchemy.orm import Session, sessionmaker

from songreel.base.errors import BadRequest, CannotWrite, MissingPart
from songreel.media import store

BUSY_MS = 30_000
_WRITES = "songreel_writes"
_NOTICED = {"tcp_keepalives_idle": 5, "tcp_keepalives_interval": 2, "tcp_keepalives_count": 3}
_MIGRATIONS = Path(__file__).parent / "migrations"
_ADVICE = "Check SONGREEL_DATABASE_URL, and that the server runs."


class Database:
    """Transactions on one database, from any thread."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._writing = engine.execution_options(**{_WRITES: True})
        self._reads = sessionmaker(engine, expire_on_commit=False)
        self._writes = sessionmaker(self._writing, expire_on_commit=False)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Yield a transaction that sees one moment and changes nothing."""
        with self._reads() as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Yield a transaction that is kept as a whole, or not at all when an error leaves the block."""
        with self._writes.begin() as session:
            yield session

    @contextmanager
    def connected(self) -> Iterator[Connection]:
        """Yield a writing transaction without objects."""
        with self._writing.begin() as connection:
            yield connection

    def alone(self, session: Session | Connection, name: str) -> None:
        """Wait until no other transaction holds ``name``, and hold it until this one ends."""
        if self.engine.dialect.name == "postgresql":
            session.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _number(name)})

    def tries_alone(self, session: Session | Connection, name: str) -> bool:
        """Hold ``name`` as `alone` does, unless another transaction holds it; tell whether that was so.

        A machine that has gone without a word lets go of it within seconds.
        """
        if self.engine.dialect.name != "postgresql":
            return True
        for setting, value in _NOTICED.items():
            session.execute(text(f"SET LOCAL {setting} = {value}"))
        taken = text("SELECT pg_try_advisory_xact_lock(:number)")
        return bool(session.execute(taken, {"number": _number(name)}).scalar_one())

    def answers(self) -> bool:
        """Tell whether the database can be read."""
        try:
            with self.engine.connect() as connection:
                connection.execute(text("SELECT 1"))
        except OperationalError:
            return False
        return True

    def close(self) -> None:
        """Give all connections back."""
        self.engine.dispose()


def at(address: str) -> Database:
    """Return a database whose tables somebody else has brought up to date; raises BadRequest as `opened` does."""
    return Database(_engine(_url(address)))


def opened(address: str) -> Database:
    """Return a database with its tables brought up to date; processes that start at once take turns.

    Raises BadRequest for an address that makes no sense, MissingPart for a server that does not answer.
    """
    url = _url(address)
    database = at(address)
    try:
        with _one_at_a_time(url):
            _bring_up_to_date(database)
    except OperationalError as error:
        database.close()
        raise MissingPart(f"the database does not answer: {error.orig}".splitlines()[0], advice=_ADVICE) from error
    except CommandError as error:
        database.close()
        raise MissingPart(
            "the database was kept by a newer Songreel", advice="Use that version, or another database."
        ) from error
    return database


def _number(name: str) -> int:
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big", signed=True)


def _url(address: str) -> URL:
    try:
        url = make_url(address)
    except ArgumentError as error:
        raise BadRequest("the address of the database makes no sense", advice=_ADVICE) from error
    if url.drivername in ("postgres", "postgresql"):
        return url.set(drivername="postgresql+psycopg")
    if url.drivername not in ("postgresql+psycopg", "sqlite") or (url.drivername == "sqlite" and not url.database):
        raise BadRequest(
            f"a database of kind {url.drivername!r} is not known", advice="Use sqlite:/// or postgresql://."
        )
    return url


def _engine(url: URL) -> Engine:
    if url.drivername != "sqlite":
        return create_engine(url, pool_size=10, max_overflow=20, pool_pre_ping=True, hide_parameters=True)
    engine = create_engine(
        url, pool_size=10, max_overflow=40, hide_parameters=True, connect_args={"timeout": BUSY_MS / 1000}
    )
    event.listen(engine, "connect", _as_we_need_it)
    event.listen(engine, "begin", _begin)
    return engine


def _as_we_need_it(connection: Any, _: object) -> None:
    # Transactions are begun by _begin alone, not by the driver.
    connection.isolation_level = None
    for pragma in ("foreign_keys = ON", f"busy_timeout = {BUSY_MS}", "synchronous = FULL"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get(_WRITES) else "BEGIN")


@contextmanager
def _one_at_a_time(url: URL) -> Iterator[None]:
    """Hold the lock beside a SQLite file, which is made and put into WAL mode first; a server has locks of its own."""
    if url.drivername != "sqlite" or url.database is None:
        yield
        return
    path = Path(url.database)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with store.held(path.with_name(f"{path.name}.lock")):
            _use_wal(path)
            yield
    except OSError as error:
        raise CannotWrite(f"the database {path} cannot be kept: {error.strerror}") from error


def _use_wal(path: Path) -> None:
    connection = sqlite3.connect(path, timeout=BUSY_MS / 1000)
    try:
        if connection.execute("PRAGMA journal_mode").fetchone() != ("wal",):
            connection.execute("PRAGMA journal_mode = WAL")
    finally:
        connection.close()


def _bring_up_to_date(database: Database) -> None:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    with database.connected() as connection:
        database.alone(connection, "migrations")
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
