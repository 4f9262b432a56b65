"""Kill -9 of servers and workers in the middle of renders and turns: each ends once, and as if nothing had happened.

``make durability`` does the same at many more moments (DURABILITY_MOMENTS) of a longer video, on both databases.
"""

import json
import os
import random

import pytest
from tests.service.fleet import Fleet, leftovers, wait
from tests.service.test_storage import AWS, endpoint

__all__ = ["endpoint"]

from songreel.app.conversation import Conversation
from songreel.app.request import MakeRequest
from songreel.app.studio import Studio
from songreel.demo import song as demo_song
from songreel.demo.score import Part
from songreel.director.understanding import understand
from songreel.media.store import Cache

MOMENTS = int(os.environ.get("DURABILITY_MOMENTS", "1"))
LONG = MOMENTS > 1
BARS = 29 if LONG else 8
"""61 s in 16 chunks, or 17 s in five."""
SMALL = {"resolution": "96x54", "fps": 12}
CREDITS, PRICE = 100, 7
METERED = {
    "SONGREEL_METERING": "true",
    "SONGREEL_PRICE_EXPORT": str(PRICE),
    "SONGREEL_PLANS": json.dumps({"anonymous": {"credits": CREDITS}}),
}
VICTIMS = (("server",), ("worker",), ("server", "worker"))


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """A project with a video in it."""
    folder = tmp_path_factory.mktemp("project")
    song = folder / "song.wav"
    demo_song.write_wav(
        demo_song.compose(form=(Part("verse", BARS // 2), Part("chorus", BARS - BARS // 2)), seed=5), song
    )
    conversation = Conversation(folder / "project", Studio(Cache(folder / "cache", 10**10)), understand)
    conversation.bring([song])
    assert conversation.talk("make a calm video").timeline is not None
    return folder / "project"


@pytest.fixture(scope="module")
def undisturbed(project, tmp_path_factory):
    """The bytes of that video, rendered by one process that nobody killed."""
    folder = tmp_path_factory.mktemp("undisturbed")
    request = MakeRequest(project=project, out=folder / "out.mp4", size="96x54", fps="12", workers=2)
    Studio(Cache(folder / "cache", 10**10)).export(request)
    return (folder / "out.mp4").read_bytes()


@pytest.fixture(params=["sqlite", "postgres"] if LONG else ["sqlite"])
def fleet(request, tmp_path):
    address = request.getfixturevalue("postgres") if request.param == "postgres" else ""
    made = Fleet(tmp_path, address, SONGREEL_WORKERS="1", **METERED)
    yield made
    made.stop()
    assert not made.left()


class Watched:
    """Polls of one render, whose progress must not fall, and chunks of which none may be drawn twice."""

    def __init__(self, fleet):
        self.fleet, self.progress, self.drawn = fleet, 0, {}

    def reaches(self, percent):
        answer = self.fleet.poll()
        assert answer["progress"] >= self.progress
        self.progress = answer["progress"]
        return answer["progress"] >= percent or answer["status"] == "completed"

    def killed(self):
        """Remember what was finished when something died."""
        self.drawn |= self.fleet.chunks()

    def ends_as(self, wanted, *, machines=("home", "cache")):
        """Wait for the end; the folders of machines that live have nothing of the dead in them."""
        wait(lambda: self.reaches(100))
        answer = self.fleet.finished()
        assert (answer["status"], answer["error"]) == ("completed", None)
        assert self.fleet.file() == wanted
        assert self.drawn.items() <= self.fleet.chunks().items()
        for name in ("storage", *machines):
            assert not leftovers(self.fleet.root / name)
        paid = {"available": CREDITS - PRICE, "frozen": 0, "total": CREDITS - PRICE}
        wait(lambda: self.credits() == paid)

    def credits(self):
        """Return the balance, which adds up at every moment."""
        balance = self.fleet.json("GET", "/api/credits/balance/simple")[1]["data"]
        assert balance["available"] + balance["frozen"] == balance["total"]
        return balance


def moments(count, seed):
    """Return progress at which something is killed, in rising order; at 90 all is drawn, and not joined yet."""
    return sorted(random.Random(seed).sample(range(1, 91), count))


def test_a_render_outlives_its_server(fleet, project, undisturbed):
    server = fleet.serve()
    session = fleet.opened(project)
    status, answer = fleet.render(session, **SMALL)
    assert (status, answer["status"], answer["progress"]) == (200, "pending", 0)
    watched = Watched(fleet)
    for percent in moments(MOMENTS, seed=len(fleet.settings)):
        wait(lambda percent=percent: watched.reaches(percent))
        fleet.kill(server)
        wait(lambda: not fleet.left())
        watched.killed()
        server = fleet.serve()
    watched.ends_as(undisturbed)
    assert fleet.render(session, **SMALL)[1]["status"] == "completed"
    assert fleet.render(session, **SMALL | {"fps": 10})[0] == 400
    ends_when_cancelled(fleet, session)


def ends_when_cancelled(fleet, session):
    fleet.render(session, "large", resolution="1920x1080")
    # The server, one process that lists and joins, and one that draws.
    wait(lambda: fleet.poll("large")["progress"] >= 5 and len(fleet.left()) == 3)
    there = fleet.left()
    assert fleet.json("POST", "/api/render/proxy/lambda/large/cancel")[1]["status"] == "cancelled"
    wait(lambda: any(not each.is_running() for each in there))
    assert fleet.poll("large")["status"] == "cancelled"
    assert fleet.call("GET", "/api/render/proxy/large/download")[0] == 404


def test_the_living_take_what_a_dead_machine_left(postgres, endpoint, monkeypatch, tmp_path, project, undisturbed):
    fleet = in_the_cloud(postgres, endpoint, monkeypatch, tmp_path)
    try:
        fleet.serve(works=False)
        dies, _ = fleet.worker("one"), fleet.worker("two")
        fleet.render(fleet.opened(project), **SMALL)
        watched = Watched(fleet)
        (percent,) = moments(1, seed=1)
        wait(lambda: watched.reaches(percent))
        fleet.kill(dies)
        watched.killed()
        watched.ends_as(undisturbed, machines=("home", "cache", "two", "two-cache"))
    finally:
        fleet.stop()
    assert not fleet.left()


@pytest.mark.skipif(not LONG, reason="make durability kills at many moments")
@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_a_render_outlives_all_that_dies(kind, request, tmp_path, project, undisturbed):
    if kind == "sqlite":
        fleet = Fleet(tmp_path, SONGREEL_WORKERS="1", **METERED)
    else:
        fleet = in_the_cloud(*map(request.getfixturevalue, ("postgres", "endpoint", "monkeypatch")), tmp_path)
    # Machines come back as themselves. On SQLite there is but one of them, which the worker shares with the server.
    begin = {
        "server": lambda: fleet.serve(works=False),
        "worker": lambda: fleet.start("worker") if kind == "sqlite" else fleet.worker("machine"),
    }
    chance = random.Random(kind)
    try:
        running = {name: start() for name, start in begin.items()}
        fleet.render(fleet.opened(project), **SMALL)
        watched = Watched(fleet)
        for percent in moments(MOMENTS, seed=kind):
            wait(lambda percent=percent: watched.reaches(percent))
            victims = chance.choice(VICTIMS)
            for name in victims:
                fleet.kill(running[name])
            watched.killed()
            running |= {name: begin[name]() for name in victims}
            watched.credits()
        watched.ends_as(undisturbed, machines=("home", "cache", "machine", "machine-cache"))
    finally:
        fleet.stop()
    assert not fleet.left()


def in_the_cloud(address, endpoint, monkeypatch, folder):
    """Return a fleet over PostgreSQL and S3."""
    for name, value in {**AWS, "AWS_ENDPOINT_URL": endpoint}.items():
        monkeypatch.setenv(name, value)
    settings = {"SONGREEL_STORAGE_URL": f"s3://bucket/{folder.name}", **METERED}
    return Fleet(folder, address, SONGREEL_WORKERS="1", **settings)


def test_a_turn_outlives_its_server_and_its_client_and_changes_the_video_once(tmp_path, project):
    fleet = Fleet(tmp_path)
    try:
        server = fleet.serve()
        session = fleet.opened(project)
        with fleet.streaming("/run_sse", said(session, "make it darker")) as stream:
            assert stream.readline() == b"data:\n"
            fleet.kill(server)
        fleet.serve()
        wait(lambda: shown(fleet, session)[0] == 2)
        darker = shown(fleet, session)[1]
        assert darker < 0
        with fleet.streaming("/run_sse", said(session, "undo")) as stream:
            assert stream.readline() == b"data:\n"
        # The first hung up, and the second waits for its turn.
        status, raw = fleet.call("POST", "/run_sse", said(session, "redo"))
        assert (status, b"turnComplete" in raw) == (200, True)
        # Undo and redo are versions too: each was done once.
        assert shown(fleet, session) == (4, darker)
    finally:
        fleet.stop()
    assert not fleet.left()


def said(session, words):
    return {"session_id": session, "new_message": {"parts": [{"text": words}]}}


def shown(fleet, session):
    """Return which version a session shows, and how bright it is."""
    meta = fleet.state(session)["draft"]["m"]
    return meta["version"], meta["grade"]["brightness"]
