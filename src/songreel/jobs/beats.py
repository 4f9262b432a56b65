"""Which processes live: each writes a moment every few seconds, by the clock of the database.

A row stays until nothing is left to hand over, so that whoever looks, and whenever, sees the same dead.
"""

from __future__ import annotations

from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError, OperationalError, ProgrammingError

_NOW = {
    "sqlite": "((julianday('now') - 2440587.5) * 86400.0)",
    "postgresql": "extract(epoch from clock_timestamp())::double precision",
}


class Beats:
    """The rows of one database, written under one name."""

    def __init__(self, engine: Engine, name: str) -> None:
        self._engine, self._name = engine, name
        self._now = _NOW[engine.dialect.name]

    def create(self) -> None:
        """Make the table where it is missing; processes that begin at once may all do so."""
        try:
            with self._engine.begin() as connection:
                connection.execute(
                    text(
                        "CREATE TABLE IF NOT EXISTS songreel_beats"
                        " (process VARCHAR(120) PRIMARY KEY, beat DOUBLE PRECISION NOT NULL)"
                    )
                )
        except (IntegrityError, ProgrammingError, OperationalError):
            with self._engine.connect() as connection:
                connection.execute(text("SELECT count(*) FROM songreel_beats"))

    def beat(self) -> None:
        """Say that this process lives."""
        self._write(self._now)

    def leave(self) -> None:
        """Say that this process has gone, so that others take what it left at once."""
        self._write("0")

    def dead(self, after_s: float) -> list[str]:
        """Return the processes that have been silent for so long."""
        with self._engine.connect() as connection:
            found = connection.execute(
                text(f"SELECT process FROM songreel_beats WHERE beat < {self._now} - :after AND process <> :name"),
                {"after": after_s, "name": self._name},
            )
            return [row[0] for row in found]

    def forget(self, process: str, after_s: float) -> None:
        """Remove a process that is still silent."""
        with self._engine.begin() as connection:
            connection.execute(
                text(f"DELETE FROM songreel_beats WHERE process = :process AND beat < {self._now} - :after"),
                {"process": process, "after": after_s},
            )

    def _write(self, moment: str) -> None:
        with self._engine.begin() as connection:
            connection.execute(
                text(
                    f"INSERT INTO songreel_beats (process, beat) VALUES (:name, {moment})"
                    " ON CONFLICT (process) DO UPDATE SET beat = excluded.beat"
                ),
                {"name": self._name},
            )
