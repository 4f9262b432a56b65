"""Databases of the two kinds for the tests of the service."""

import pytest
from tests.postgres import postgres, postgres_server

from songreel.service import database

__all__ = ["database_url", "kept", "postgres", "postgres_server"]


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request, tmp_path):
    """The address of an empty database, on SQLite and on PostgreSQL."""
    return f"sqlite:///{tmp_path}/rows.db" if request.param == "sqlite" else request.getfixturevalue("postgres")


@pytest.fixture
def kept(database_url):
    """An open database with its tables."""
    opened = database.opened(database_url)
    yield opened
    opened.close()
