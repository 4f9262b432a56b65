"""Exports over HTTP: what is said of a render in each state, to whom, and how its file is got."""

import pytest
from tests.server.house import code

from songreel.base.errors import BadRequest
from songreel.jobs.engine import Status
from songreel.model.timeline import Canvas
from songreel.server.routes import renders as routes
from songreel.service.renders import file_key, job_id

SKILL = {"X-Skill-Source": "test", "X-Skill-Version": "1", "X-Skill-Platform": "unknown"}
MADE = {"size": 5, "seconds": 1.5, "format": "mp4"}


class Jobs:
    """An engine whose jobs stand as a test says."""

    def __init__(self):
        self.known, self.started = {}, []

    def start(self, job):
        self.started.append(job)
        self.known[job.id] = stands(job.id, "pending", 0, payload=job.payload)
        return self.known[job.id]

    def status(self, job):
        return self.known.get(job)

    def listed(self, kind, _owner, *, prefix="", most=100):
        found = [each for each in self.known.values() if each.id.startswith(prefix or kind)]
        return found[-most:][::-1]

    def cancel(self, job):
        if job in self.known and not self.known[job].ended:
            self.known[job] = stands(job, "cancelled", 40)

    def counts(self):
        return {}


def stands(job, state, progress, **fields):
    ended = {"finished_at": 9.0} if state in ("completed", "failed", "cancelled") else {}
    fields.setdefault("payload", {})
    return Status(job, "render", "me", state, progress=progress, created_at=4.0, **ended, **fields)


@pytest.fixture
def place(house):
    """A service with jobs, a client of it, and the client's user."""
    service = house()
    service.app.state.jobs = Jobs()
    token = service.token()
    client = service.client(token)
    client.headers.update(SKILL)
    user = client.post("/api/tasks/me/with-session/nemo_agent", json={}).json()["data"]["user_id"]
    return service, client, user


def put(place, name, state, progress, **fields):
    service, _, user = place
    job = job_id(user, name)
    service.app.state.jobs.known[job] = stands(job, state, progress, **fields)
    return job


def test_every_field_is_where_any_client_looks_for_it(place):
    service, client, _ = place
    job = put(place, "r", "completed", 100, result=MADE)
    service.service.storage.put_bytes(file_key(job), b"video")
    answer = client.get("/api/render/proxy/lambda/r").json()
    beside = {name: value for name, value in answer.items() if name not in ("code", "message", "data")}
    assert answer["data"] == beside
    url = answer["outputUrl"]
    assert beside == {
        "success": True,
        "id": "r",
        "taskId": "r",
        "status": "completed",
        "progress": 100,
        "output": {"url": url, "duration": 1.5, "size": 5},
        "outputUrl": url,
        "createdAt": 4000,
        "completedAt": 9000,
        "error": None,
    }
    for got in (client.get("/api/render/proxy/r/download"), service.client().get(url)):
        assert (got.status_code, got.content, got.headers["content-type"]) == (200, b"video", "video/mp4")
    part = client.get("/api/render/proxy/r/download", headers={"Range": "bytes=1-2"})
    assert (part.status_code, part.content) == (206, b"id")
    assert service.client().get(url.replace("signature=", "signature=x")).status_code == 404


@pytest.mark.parametrize(
    ("state", "progress", "error", "success"),
    [
        ("processing", 40, None, True),
        ("failed", 40, "it took longer than it may", False),
        ("cancelled", 2, None, False),
    ],
)
def test_a_render_without_a_file_says_how_it_stands(place, state, progress, error, success):
    put(place, "r", state, progress, error=error)
    answer = place[1].get("/api/render/proxy/lambda/r").json()
    told = (answer["status"], answer["progress"], answer["error"], answer["success"], answer["outputUrl"])
    assert told == (state, progress, error, success, None)
    assert place[1].get("/api/render/proxy/r/download").status_code == 404


def test_a_render_belongs_to_its_user(place):
    service, client, _ = place
    put(place, "r", "processing", 5)
    other = service.client(service.token(client="another"))
    for call in (
        other.get("/api/render/proxy/lambda/r"),
        other.post("/api/render/proxy/lambda/r/cancel"),
        other.get("/api/render/proxy/r/download"),
    ):
        assert code(call) == (404, 1002)
    assert client.get("/api/render/proxy/lambda/r").json()["status"] == "processing"
    assert client.post("/api/render/proxy/lambda/r/cancel").json()["status"] == "cancelled"


def test_what_cannot_be_rendered_is_refused_in_words(place):
    service, client, _ = place
    session = client.post("/api/tasks/me/with-session/nemo_agent", json={}).json()["session_id"]
    asked = {"id": "r", "sessionId": session}
    empty = client.post("/api/render/proxy/lambda", json=asked)
    assert code(empty) == (400, 400)
    assert "no video yet" in empty.json()["message"]
    wrong = client.post("/api/render/proxy/lambda", json=asked | {"draft": {"t": []}})
    assert code(wrong) == (400, 400)
    assert "draft.t" in wrong.json()["message"]
    assert code(client.post("/api/render/proxy/lambda", json=asked | {"id": "a/b"})) == (400, 400)
    assert code(client.post("/api/render/proxy/lambda", json=asked | {"sessionId": "1" * 19})) == (404, 1002)
    bare = service.client(client.headers["Authorization"].removeprefix("Bearer "))
    assert code(bare.post("/api/render/proxy/lambda", json=asked)) == (402, 402)
    assert not service.app.state.jobs.started


@pytest.mark.parametrize(
    ("resolution", "canvas", "size"),
    [
        ("720p", (1920, 1080), "1280x720"),
        ("720p", (1080, 1920), "720x1280"),
        ("1080p", (1080, 1080), "1080x1080"),
        ("4K", (1920, 1080), "3840x2160"),
        ("640x360", (1920, 1080), "640x360"),
        ("huge", (1920, 1080), "huge"),
    ],
)
def test_a_resolution_keeps_the_shape_of_the_video(resolution, canvas, size):
    class Shown:
        pass

    Shown.canvas = Canvas(width=canvas[0], height=canvas[1], fps="30")
    assert routes._size(resolution, Shown) == size


def test_a_quality_is_a_word_or_a_number():
    assert [routes._quality(said) for said in ("high", "Medium", "low", 30)] == [None, 23, 28, 30]
    with pytest.raises(BadRequest, match="no quality 'best'"):
        routes._quality("best")
