"""Whatever bytes are uploaded, the answer is a file or a sentence, and the service lives on: nothing else happens."""

import os
import time

import psutil
import pytest
from tests.media import mutated
from tests.server.house import House

COUNT = int(os.environ.get("SONGREEL_MUTATED", "40"))
"""`make mutated` tries more of them."""
CANARY = b"what is here must never be read " * 200
LONGEST_S = 300


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    made = House(tmp_path_factory.mktemp("world") / "home", rate_per_token=0, rate_per_address=0)
    yield made
    made.service.close()


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    return mutated.whole(tmp_path_factory.mktemp("files"))


@pytest.fixture(scope="module")
def secret(house):
    path = house.service.settings.home.parent / "secret.wav"
    path.write_bytes(CANARY)
    return path


@pytest.fixture(scope="module")
def caller(house):
    return house.client(house.made("read", "write", "upload"))


def _path(caller):
    made = caller.post("/api/tasks/me/with-session/nemo_agent", json={}).json()
    return f"/api/upload-video/nemo_agent/me/{made['session_id']}"


def test_whole_files_are_taken(caller, files):
    path = _path(caller)
    for name, data in files.items():
        answer = caller.post(path, files={"files": (name, data)})
        assert (answer.status_code, answer.json()["code"]) == (200, 0), (name, answer.json())


def test_broken_files_are_taken_or_refused_and_nothing_else_happens(house, caller, files, secret):
    home, outcomes = house.service.settings.home, []
    path = _path(caller)
    outside = {
        each: each.stat().st_mtime_ns for each in home.parent.rglob("*") if home not in each.parents and each != home
    }
    for number in range(COUNT):
        name, data = mutated.mutated(files, number, secret)
        began = time.monotonic()
        answer = caller.post(path, files={"files": (name, data)})
        outcomes.append((answer.status_code, answer.json()["code"]))
        assert outcomes[-1] in {(200, 0), (415, 4001)}, (number, name, answer.json())
        assert time.monotonic() - began < LONGEST_S, number
        assert caller.get("/health").status_code == 200, number
        assert not list((home / "incoming").iterdir()), number
    assert {(200, 0), (415, 4001)} == set(outcomes), "some are still usable, some are not"
    assert {
        each: each.stat().st_mtime_ns for each in home.parent.rglob("*") if home not in each.parents and each != home
    } == outside
    for stored in house.service.storage.list("assets"):
        assert CANARY[:32] not in house.service.storage.get_bytes(stored.key)
    lingering = [child for child in psutil.Process().children(recursive=True) if child.status() == "zombie"]
    assert not lingering
