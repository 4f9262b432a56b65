"""Songreel's own API against a real server process: a project from its first file to its removal, and its events."""

import io
import json
from contextlib import contextmanager

import av
import httpx
import pytest
from tests.service.fleet import PATIENCE_S, Fleet

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    plans = {"anonymous": {"credits": 100}}
    metered = {"SONGREEL_METERING": "true", "SONGREEL_PRICE_GENERATION": "60", "SONGREEL_PLANS": json.dumps(plans)}
    fleet = Fleet(tmp_path_factory.mktemp("service"), **metered)
    fleet.serve()
    yield fleet
    fleet.stop()


@pytest.fixture
def client(service):
    with httpx.Client(base_url=f"http://127.0.0.1:{service.port}", timeout=PATIENCE_S) as made:
        answer = made.post("/api/auth/anonymous-token", headers={"X-Client-Id": "own"})
        made.headers["Authorization"] = f"Bearer {answer.json()['data']['token']}"
        yield made


@contextmanager
def following(client, project, last=None):
    """Yield the events of a project as they come: id, name, data."""
    headers = {"Last-Event-ID": last} if last else {}
    with client.stream("GET", f"/v1/projects/{project}/events", headers=headers) as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        yield _events(answer.iter_lines())


def _events(lines):
    event = {}
    for line in lines:
        if not line and "data" in event:
            yield event["id"], event["event"], json.loads(event["data"])
            event = {}
        elif line and not line.startswith(":"):
            name, _, value = line.partition(": ")
            event[name] = value


def until_ended(events):
    """Read events up to the end of what goes on, and return them."""
    read = []
    for event in events:
        read.append(event)
        if event[2]["state"] in ("completed", "failed", "cancelled"):
            return read
    raise AssertionError("the stream ended first")


def problem(answer, status):
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    body = answer.json()
    assert (body["status"], body["type"]) == (status, "about:blank")
    assert body["title"]
    assert body["detail"]
    return body


def created(client):
    made = client.post("/v1/projects", json={"name": "Half Light"})
    assert made.status_code == 201
    project = made.json()["id"]
    home = made.headers["location"]
    assert client.get(home).json() == made.json()
    assert [each["id"] for each in client.get("/v1/projects").json()["projects"]] == [project]
    problem(client.get(f"{home}/timeline"), 404)
    problem(client.post(f"{home}/renders", json={}), 404)
    return project, home


def brought(client, home, song):
    files = [("files", ("song.wav", song.read_bytes()))]
    answer = client.post(f"{home}/assets", files=files)
    assert answer.status_code == 201
    (asset,) = answer.json()["assets"]
    assert (asset["kind"], asset["name"]) == ("song", "song.wav")
    assert httpx.get(asset["url"]).content == song.read_bytes()
    (listed,) = client.get(f"{home}/assets").json()["assets"]
    # A link expires a while after it was asked for: the two may fall into different seconds.
    assert {**listed, "url": asset["url"]} == asset
    return asset["id"]


def talked_to(client, project, home, song_id):
    said = client.post(f"{home}/messages", json={"text": "make a calm video, title 'Half Light'"})
    assert (said.status_code, said.json()["state"]) == (202, "pending")
    with following(client, project) as events:
        read = until_ended(events)
    last, name, message = read[-1]
    assert (name, message["id"], message["changed"], message["version"]) == ("message", said.json()["id"], True, 1)
    assert "Half Light" in message["reply"]
    assert client.get(said.headers["location"]).json() == message
    assert client.get(f"{home}/messages").json()["messages"] == [message]
    told = client.get(home).json()
    assert (told["version"], told["song"]) == (1, song_id)
    assert told["summary"].startswith("Timeline (")
    assert client.get(f"{home}/timeline").json()["m"]["version"] == 1
    problem(client.get(f"{home}/timeline", params={"version": 7}), 404)
    return last


def rendered(client, project, home, last):
    wanted = {"id": "first", "version": 1, "resolution": "160x90"}
    render = client.post(f"{home}/renders", json=wanted)
    assert (render.status_code, render.json()["id"]) == (202, "first")
    with following(client, project, last) as events:
        read = until_ended(events)
    assert {name for _, name, _ in read} == {"render"}
    progress = [data["progress"] for _, _, data in read]
    assert progress == sorted(set(progress))
    done = read[-1][2]
    assert (done["state"], done["project"], done["error"]) == ("completed", project, None)
    assert client.get(render.headers["location"]).json() | {"file": None} == done | {"file": None}
    assert client.post(f"{home}/renders", json=wanted).json()["finished_at"] == done["finished_at"]
    assert problem(client.post(f"{home}/renders", json=wanted | {"version": 2}), 400)
    file = client.get("/v1/renders/first/file").content
    assert len(file) == done["file"]["size"]
    assert httpx.get(done["file"]["url"]).content == file
    with av.open(io.BytesIO(file)) as video:
        assert (video.streams.video[0].width, video.streams.audio[0].codec_context.name) == (160, "aac")


def test_a_project_from_its_first_file_to_its_removal(client, song):
    project, home = created(client)
    last = talked_to(client, project, home, brought(client, home, song))
    rendered(client, project, home, last)

    # The skills' protocol shows the same project, and its answers have its own form.
    state = client.get(f"/api/state/nemo_agent/me/{project}/latest").json()["data"]
    assert state["state"]["draft"] == client.get(f"{home}/timeline").json()
    assert client.get("/api/render/proxy/lambda/first").json()["status"] == "completed"

    # Another video is more than what is left of the credits.
    other = client.post("/v1/projects", json={}).json()["id"]
    assert problem(client.post(f"/v1/projects/{other}/messages", json={"text": "make a video"}), 402)["code"] == 2001

    assert client.delete(home).status_code == 204
    assert problem(client.get(home), 404)["code"] == 1002
    problem(client.get("/v1/renders/first/file"), 404)
    assert [each["id"] for each in client.get("/v1/projects").json()["projects"]] == [other]
