"""Services for the tests of the server."""

import pytest
from tests.postgres import postgres, postgres_server
from tests.server.house import House

__all__ = ["house", "postgres", "postgres_server"]


@pytest.fixture
def house(tmp_path):
    """Builds services, each over a folder of its own."""
    opened = []

    def build(**chosen):
        opened.append(House(tmp_path / f"home-{len(opened)}", **chosen))
        return opened[-1]

    yield build
    for each in opened:
        each.service.close()
