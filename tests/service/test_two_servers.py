"""Two servers with homes of their own, over one PostgreSQL and one S3: any of them serves any session."""

import http.client
import json
import uuid

import pytest
from tests.service.fleet import SKILL, Fleet, wait
from tests.service.test_storage import AWS, endpoint

from songreel.demo import song as demo_song
from songreel.demo.score import Part

__all__ = ["endpoint"]
SMALL = {"resolution": "96x54", "fps": 4}
FORM = uuid.uuid4().hex


@pytest.fixture
def servers(postgres, endpoint, monkeypatch, tmp_path):
    """Two of them, each on a machine of its own, of which the second one draws."""
    for name, value in {**AWS, "AWS_ENDPOINT_URL": endpoint}.items():
        monkeypatch.setenv(name, value)
    made = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        settings = {"SONGREEL_STORAGE_URL": f"s3://bucket/{tmp_path.name}", "SONGREEL_SECRET": "the same everywhere"}
        made.append(Fleet(tmp_path / name, postgres, SONGREEL_WORKERS="1", **settings))
    try:
        for each in made:
            each.works = each.serve(works=each is made[1])
        yield made
    finally:
        for each in made:
            each.stop()
    assert not any(each.left() for each in made)


def upload(server, session, path):
    """Bring a file."""
    head = f'--{FORM}\r\nContent-Disposition: form-data; name="files"; filename="{path.name}"\r\n\r\n'
    sent = head.encode() + path.read_bytes() + f"\r\n--{FORM}--\r\n".encode()
    wire = http.client.HTTPConnection("127.0.0.1", server.port, timeout=300)
    headers = {"Authorization": f"Bearer {server.token}", "Content-Type": f"multipart/form-data; boundary={FORM}"}
    try:
        wire.request("POST", f"/api/upload-video/nemo_agent/me/{session}", sent, headers | SKILL)
        answer = json.loads(wire.getresponse().read())
    finally:
        wire.close()
    assert answer["code"] == 0, answer


def said(session, words):
    return {"session_id": session, "new_message": {"parts": [{"text": words}]}}


def talk(server, session, words):
    status, raw = server.call("POST", "/run_sse", said(session, words))
    assert (status, b"turnComplete" in raw) == (200, True), raw


def version(server, session):
    return server.state(session)["draft"].get("m", {}).get("version", 0)


def test_any_server_serves_any_session(servers, tmp_path):
    one, two = servers
    session = one.opened()
    two.token = one.token
    song = tmp_path / "song.wav"
    demo_song.write_wav(demo_song.compose(form=(Part("verse", 2),), seed=5), song)
    upload(one, session, song)
    assert [each["filename"] for each in two.state(session)["video_infos"]] == ["song.wav"]
    talk(two, session, "make a calm video")
    shown = one.state(session)
    assert shown["draft"] == two.state(session)["draft"]
    assert version(one, session) == 1
    assert two.render(session, **SMALL)[0] == 200
    assert one.finished()["status"] == "completed"
    assert one.file() == two.file()

    with one.streaming("/run_sse", said(session, "make it darker")) as stream:
        assert stream.readline() == b"data:\n"
        one.kill(one.works)
    wait(lambda: version(two, session) == 2)
    talk(two, session, "make it brighter")
    one.works = one.serve(works=False)
    assert version(one, session) == 3
    assert one.state(session)["draft"] == two.state(session)["draft"]
    assert two.call("DELETE", f"/v1/projects/{session}")[0] == 204
    assert one.call("GET", f"/api/state/nemo_agent/me/{session}/latest")[0] == 404
    assert not list((two.home / "sessions").iterdir())
