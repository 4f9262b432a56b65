"""The skills' protocol, spoken to a running server over HTTP: a song becomes a video, and words change it."""

from __future__ import annotations

import http.client
import itertools
import json
import threading
import time

import pytest
import uvicorn

from songreel.base.settings import Settings
from songreel.demo import song as demo_song
from songreel.demo.score import Part
from songreel.director.understanding import understand
from songreel.server import app
from songreel.service import wiring, worker

SKILL = {"X-Skill-Source": "test", "X-Skill-Version": "1", "X-Skill-Platform": "unknown"}


class Client:
    """A client that knows nothing but HTTP."""

    def __init__(self, port: int, token: str = ""):
        self.port, self.token = port, token

    def call(self, method, path, body=None, **headers):
        wire = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        bearer = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        data = json.dumps(body).encode() if isinstance(body, dict) else body
        kind = {"Content-Type": "application/json"} if isinstance(body, dict) else {}
        wire.request(method, path, data, {**SKILL, **bearer, **kind, **headers})
        answer = wire.getresponse()
        raw = answer.read()
        wire.close()
        return answer.status, raw

    def json(self, method, path, body=None, **headers):
        status, raw = self.call(method, path, body, **headers)
        return status, json.loads(raw)

    def upload(self, session, name, data):
        body = (
            (
                f'--x\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n'
                "Content-Type: application/octet-stream\r\n\r\n"
            ).encode()
            + data
            + b"\r\n--x--\r\n"
        )
        path = f"/api/upload-video/nemo_agent/me/{session}"
        return self.json("POST", path, body, **{"Content-Type": "multipart/form-data; boundary=x"})

    def say(self, session, words):
        body = {"session_id": session, "new_message": {"parts": [{"text": words}]}}
        status, raw = self.call("POST", "/run_sse", body)
        lines = [line[5:] for line in raw.decode().splitlines() if line.startswith("data:") and line[5:].strip()]
        return status, [json.loads(line) for line in lines]


@pytest.fixture(scope="module")
def port(tmp_path_factory):
    chosen = Settings(home=tmp_path_factory.mktemp("home"), tokens_per_client=0)
    service = wiring.opened(chosen, understand)
    works = worker.started(chosen, worker.QUEUES)
    served = app.create(service, works)
    server = uvicorn.Server(uvicorn.Config(served, port=0, log_config=None))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield server.servers[0].sockets[0].getsockname()[1]
    server.should_exit = True
    thread.join()
    works.stop()
    service.close()


@pytest.fixture
def client(port):
    _, answer = Client(port).json("POST", "/api/auth/anonymous-token", b"", **{"X-Client-Id": "someone"})
    return Client(port, answer["data"]["token"])


@pytest.fixture
def session(client):
    _, answer = client.json("POST", "/api/tasks/me/with-session/nemo_agent", {"task_name": "project"})
    assert answer["session_id"] == answer["data"]["session_id"]
    return answer["session_id"]


@pytest.fixture(scope="module")
def song(tmp_path_factory):
    path = tmp_path_factory.mktemp("song") / "song.wav"
    demo_song.write_wav(demo_song.compose(form=(Part("verse", 2), Part("chorus", 2)), seed=4), path)
    return path.read_bytes()


def texts(events):
    return [
        part["text"]
        for event in events
        if event.get("content", {}).get("role") == "model"
        for part in event["content"]["parts"]
        if "text" in part
    ]


def test_a_song_becomes_a_video_and_words_change_it(client, session, song):
    status, answer = client.upload(session, "../../song.wav", song)
    assert status == 200, answer
    (info,) = answer["data"]["files"]
    assert (info["filename"], info["file_type"]) == ("song.wav", "audio")
    assert client.json("GET", f"/api/state/nemo_agent/me/{session}/latest")[1]["data"]["state"]["draft"] == {}
    for words in ("make a video, square", 'put the title "Echo" at the top'):
        status, events = client.say(session, words)
        assert status == 200
        assert texts(events)
        assert events[-1]["turnComplete"]
    _, answer = client.json("GET", f"/api/state/nemo_agent/me/{session}/latest")
    state = answer["data"]["state"]
    draft, canvas = state["draft"], state["canvas_config"]
    assert canvas["ratio"] == "1:1"
    assert draft["m"]["width"] == canvas["width"]
    segments = [segment for track in draft["t"] for segment in track["sg"]]
    assert all(each["s"] >= 0 and each["s"] + each["d"] <= draft["d"] for each in segments)
    (title,) = [each["m"] for each in segments if each["m"].get("role") == "title"]
    assert (title["text"], title["position"]) == ("Echo", "top")
    base = next(track["sg"] for track in draft["t"] if track["m"]["role"] == "base")
    assert base[0]["s"] == 0
    assert all(one["s"] + one["d"] >= other["s"] for one, other in itertools.pairwise(base))
    assert set(state["video_analyses"]) == {info["hash"]}


@pytest.mark.parametrize(
    ("path", "code", "status"),
    [("/api/state/nemo_agent/me/1000000000000000001/latest", 1002, 404), ("/nowhere", 404, 404)],
)
def test_what_is_not_there_is_said_in_the_envelope(client, path, code, status):
    found, answer = client.json("GET", path)
    assert (found, answer["code"], answer["data"]) == (status, code, None)


def test_a_token_opens_only_its_own_sessions(port, session):
    path = f"/api/state/nemo_agent/me/{session}/latest"
    _, answer = Client(port).json("POST", "/api/auth/anonymous-token", b"", **{"X-Client-Id": "another"})
    assert Client(port, answer["data"]["token"]).json("GET", path)[1]["code"] == 1002
    assert Client(port, "nmv_usr_guessed").json("GET", path)[1]["code"] == 1001
    assert Client(port).json("POST", "/api/auth/anonymous-token", b"")[1]["code"] == 400


def test_files_and_messages_that_cannot_be_used_are_refused(client, session):
    status, answer = client.upload(session, "notes.txt", b"these are no notes to play")
    assert (status, answer["code"]) == (415, 4001)
    assert "mp3" in answer["data"]["supported"]
    status, answer = client.json("POST", "/run_sse", {"session_id": session, "new_message": {"parts": []}})
    assert (status, answer["code"]) == (400, 400)
    assert client.json("POST", "/run_sse", {"nothing": 1})[1]["code"] == 400


def test_the_balance_is_the_sum_of_its_parts(client):
    data = client.json("GET", "/api/credits/balance/simple")[1]["data"]
    assert data["total"] == data["available"] + data["frozen"]
