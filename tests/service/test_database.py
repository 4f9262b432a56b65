"""The database: brought up to date by any number of processes at once, and honest about what it cannot do."""

import subprocess
import sys

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from songreel.base.errors import BadRequest, CannotWrite, MissingPart
from songreel.service import database
from songreel.service.ledger import Ledger
from songreel.service.tables import Table, User

OPEN = "import sys; from songreel.service import database; database.opened(sys.argv[1]).close()"


def test_the_migrations_make_the_tables_that_the_code_uses(kept):
    with kept.connected() as connection:
        found = compare_metadata(MigrationContext.configure(connection), Table.metadata)
    assert found == []


def test_rows_of_the_first_version_live_on(database_url):
    """Freezes of that version are marked by whether their jobs ended."""
    opened = database.opened(database_url)
    with opened.connected() as connection:
        connection.execute(text("DROP INDEX ix_postings_unended"))
        connection.execute(text("ALTER TABLE postings DROP COLUMN unended"))
        connection.execute(text("ALTER TABLE sessions DROP COLUMN revision"))
        connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
        for number, key in enumerate(("freeze:done", "end:done", "freeze:running", "grant:gift"), 1):
            kind = {"end": "settle"}.get(key.split(":")[0], key.split(":")[0])
            connection.execute(
                text("INSERT INTO postings VALUES (:number, :key, :kind, 'ann', 0, 1)"),
                {"number": number, "key": key, "kind": kind},
            )
    opened.close()
    opened = database.opened(database_url)
    assert Ledger(opened).unended() == [("running", 1)]
    opened.close()


def test_processes_that_start_at_once_make_the_tables_once(database_url):
    started = [
        subprocess.Popen([sys.executable, "-c", OPEN, database_url], stderr=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    assert [(process.communicate(timeout=300)[1], process.returncode) for process in started] == [("", 0)] * 3
    opened = database.opened(database_url)
    assert opened.answers()
    opened.close()


def test_a_transaction_is_kept_as_a_whole_or_not_at_all(kept):
    with kept.writing() as session:
        session.add(User(id="one", plan="p", created_at=1))

    def interrupted():
        with kept.writing() as session:
            session.add(User(id="two", plan="p", created_at=1))
            session.flush()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        interrupted()
    with kept.reading() as session:
        assert session.get(User, "one") is not None
        assert session.get(User, "two") is None


def test_sqlite_writes_ahead_and_holds_to_its_keys(tmp_path):
    opened = database.opened(f"sqlite:///{tmp_path}/rows.db")
    with opened.reading() as session:
        assert session.execute(text("PRAGMA journal_mode")).scalar() == "wal"
        assert session.execute(text("PRAGMA foreign_keys")).scalar() == 1
    opened.close()


@pytest.mark.parametrize("address", ["nonsense", "mysql://host/name", "sqlite://"])
def test_an_address_that_makes_no_sense_is_refused(address):
    with pytest.raises(BadRequest):
        database.opened(address)


def test_a_server_that_does_not_answer_is_told_without_its_password():
    with pytest.raises(MissingPart) as caught:
        database.opened("postgresql://someone:hidden@127.0.0.1:1/name")
    assert "hidden" not in str(caught.value)


def test_a_place_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(CannotWrite):
        database.opened(f"sqlite:///{tmp_path}/file/rows.db")


def test_a_database_of_a_newer_version_is_left_alone(tmp_path):
    address = f"sqlite:///{tmp_path}/rows.db"
    opened = database.opened(address)
    with opened.connected() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    opened.close()
    with pytest.raises(MissingPart, match="newer"):
        database.opened(address)
