"""A fake service and a client of it, in virtual time."""

import pytest
from tests.client import warp
from tests.client.fake import Fake, Straight

from songreel.client import Client, Conversation, Identity, Service


@pytest.fixture
def fake():
    return Fake()


@pytest.fixture
def identity(tmp_path):
    return Identity(tmp_path / "config")


@pytest.fixture
def connect(fake, identity):
    def connected(**options):
        where = Service("https://api.example", web_url="https://web.example")
        return Client(where, **{"identity": identity, "transport": Straight(fake), **options})

    return connected


@pytest.fixture
def talk(connect, tmp_path):
    """Say lines in a conversation; returns what was said to each, and the seconds that passed."""

    def talked(*lines, **options):
        async def work():
            async with connect() as client:
                conversation = Conversation(client, **{"folder": tmp_path, **options})
                said = [[each async for each in conversation.connect()]]
                said += [[each async for each in conversation.say(line)] for line in lines]
            return said

        return warp.run(work())

    return talked
