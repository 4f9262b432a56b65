"""Connections to the database in which jobs are kept."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from pathlib import Path

import sqlalchemy as sa

BUSY_MS = 30_000

Schemas = Mapping[str, Mapping[str | None, str | None]]
"""What the placeholder for a schema stands for, by the name of the dialect."""


def address_of(url: str, home: Path) -> str:
    """Return where jobs are kept: in the PostgreSQL database that is set, else in a SQLite file of their own."""
    if url.startswith(("postgres:", "postgresql:", "postgresql+")):
        return "postgresql+psycopg:" + url.partition(":")[2]
    return f"sqlite:///{home.absolute() / 'jobs.db'}"


def among(address: str, schemas: Schemas) -> sa.Engine:
    """Return connections beside the job engine's own; a SQLite file is put into WAL mode once, before anybody opens it.

    Its tables are found whose schema is a placeholder until a query is sent.
    """
    url = sa.make_url(address)
    engine = _of_file(url) if url.drivername == "sqlite" and url.database is not None else _of_server(url)
    return engine.execution_options(schema_translate_map=schemas[engine.dialect.name])


def _of_file(url: sa.URL) -> sa.Engine:
    database = Path(str(url.database))
    database.parent.mkdir(parents=True, exist_ok=True)
    with sqlite3.connect(database, timeout=BUSY_MS / 1000) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
    connection.close()
    return sa.create_engine(url, connect_args={"timeout": BUSY_MS / 1000}, hide_parameters=True)


def _of_server(url: sa.URL) -> sa.Engine:
    return sa.create_engine(url, pool_size=2, max_overflow=4, pool_pre_ping=True, hide_parameters=True)
