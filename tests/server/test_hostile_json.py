"""Bodies that nobody sends by mistake: each is refused in words, none is a fault of ours, and the server lives on."""

import json
import socket
import threading
import time

import pytest
import uvicorn
from hypothesis import given
from hypothesis import strategies as st
from tests.server.house import House
from tests.server.test_exports import SKILL
from tests.server.test_schema import AtOnce

from songreel.server import body, wire

MB = 1_000_000
DEEP = 100_000
CALLS = (
    ("POST", "/api/tasks/me/with-session/nemo_agent"),
    ("POST", "/api/auth/claim-token"),
    ("POST", "/run_sse"),
    ("POST", "/api/upload-video/nemo_agent/me/{project}"),
    ("POST", "/api/render/proxy/lambda"),
    ("POST", "/v1/projects"),
    ("POST", "/v1/projects/{project}/assets"),
    ("POST", "/v1/projects/{project}/messages"),
    ("POST", "/v1/projects/{project}/renders"),
)
RAW = {
    "nothing": b"",
    "no JSON": b"{",
    "no object": b"[]",
    "null": b"null",
    "a number": b"-1e5",
    "lists in lists": b"[" * DEEP + b"]" * DEEP,
    "objects in objects": b'{"draft":' * DEEP + b"1" + b"}" * DEEP,
    "half of objects in objects": b'{"a":' * DEEP,
    "digits": b'{"text":' + b"9" * 50_000 + b"}",
    "no UTF-8": b'{"text":"\xff\xfe"}',
    "UTF-16": '{"text":"x"}'.encode("utf-16"),
    "zero bytes": b"\x00" * 1000,
    "spaces": b" " * 4 * MB,
    "one key twice": b'{"text":"a","text":{"b":1}}',
}


def nested(depth):
    inner = 1
    for number in range(depth):
        inner = {"m": inner} if number % 2 else [inner]
    return inner


DRAFTS = {
    "deep": {"m": nested(39), "t": []},
    "deeper": {"m": nested(200)},
    "nearly too deep to read": {"m": nested(880)},
    "endless": {"d": float("inf"), "t": [{"tt": 0, "sg": [{"s": 0, "d": 1}]}]},
    "no number": {"d": float("nan"), "t": [{"tt": 0, "sg": [{"s": float("nan"), "d": 1}]}]},
    "huge whole number": {"d": 10**400, "t": [{"tt": 0, "sg": [{"s": 0, "d": 10**400}]}]},
    "huge version": {"m": {"version": 10**4000, "seed": -(10**300)}, "t": [{"tt": 0}]},
    "huge fraction": {"d": 1e308, "m": {"fps": 1e-300, "width": 1e300}, "t": [{"tt": 0, "sg": []}]},
    "half a character": {"m": {"title": "\ud800", "\udfff": 1}, "t": [{"tt": 7, "m": {"id": "\ud800"}}]},
    "tracks without end": {"t": [{"tt": 0, "sg": []}] * 10_000},
    "segments without end": {"t": [{"tt": 0, "sg": [{"s": 0, "d": 1}] * 30_000}]},
    "files of the machine": {"d": 9, "t": [{"tt": 0, "sg": [{"s": 0, "d": 9, "m": {"src": "asset:../../etc"}}]}]},
    "code": {"d": 9, "t": [{"tt": 0, "sg": [{"s": 0, "d": 9, "m": {"src": "scene:__import__('os')"}}]}]},
    "other types": {"d": True, "m": [], "t": {"0": 1}},
    "rates": {"m": {"fps": 30, "rate": "1/0"}, "t": [{"tt": 0}]},
    "long rates": {"m": {"fps": 30, "rate": "9" * 5000}, "t": [{"tt": 0}]},
}
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=12,
)
KEYS = ("text", "name", "language", "task_name", "session_id", "sessionId", "new_message", "parts", "draft", "output")
OTHERS = ("id", "urls", "version", "resolution", "fps", "quality", "format", "preset", "d", "m", "t", "sg", "tt", "s")
OBJECTS = st.dictionaries(st.sampled_from(KEYS + OTHERS), VALUES | st.dictionaries(st.sampled_from(OTHERS), VALUES))


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A service with a caller who may do anything, and a project of theirs."""
    here = House(tmp_path_factory.mktemp("home"), burst_per_token=10**6, burst_per_address=10**6)
    here.app.state.jobs = AtOnce()
    token = here.made("read", "write", "upload")
    client = here.client(token)
    client.headers.update(SKILL)
    yield here, client, here.session(token)["session_id"]
    here.service.close()


def refused(place, method, path, content, kind="application/json"):
    _, client, project = place
    answer = client.request(method, path.format(project=project), content=content, headers={"Content-Type": kind})
    assert answer.status_code < 500, (path, answer.text)
    told = answer.json()
    if answer.status_code >= 400:
        assert len(answer.content) < 2000
        assert told["detail"] if path.startswith("/v1/") else told["message"]
    return answer


@pytest.mark.parametrize("name", RAW)
def test_bodies_that_are_no_request_are_refused(place, name):
    for method, path in CALLS:
        refused(place, method, path, RAW[name])


@pytest.mark.parametrize("name", DRAFTS)
def test_drafts_that_cannot_be_are_refused(place, name):
    project = place[2]
    for path, order in (
        ("/api/render/proxy/lambda", {"id": "r", "sessionId": project}),
        ("/v1/projects/{project}/renders", {}),
    ):
        content = json.dumps({**order, "draft": DRAFTS[name]}).encode()
        assert refused(place, "POST", path, content).status_code == 400, name


@given(value=OBJECTS, call=st.sampled_from(CALLS))
def test_any_object_is_taken_or_refused(place, value, call):
    project = place[2]
    whole = {"sessionId": project, "session_id": project, **value}
    refused(place, *call, json.dumps(whole).encode())


def test_a_body_that_is_too_large_is_not_read_to_its_end(place):
    for method, path in CALLS:
        assert refused(place, method, path, b" " * (body.MOST_JSON + 1)).status_code == 413

    def without_end():
        for _ in range(50):
            yield b" " * MB

    answer = refused(place, "POST", "/v1/projects", without_end())
    assert (answer.status_code, answer.json()["code"]) == (413, 4002)
    assert answer.json()["limit_bytes"] == body.MOST_JSON


@pytest.fixture
def port(place):
    server = uvicorn.Server(uvicorn.Config(place[0].app, port=0, log_config=None, http=wire.Wire))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield server.servers[0].sockets[0].getsockname()[1]
    server.should_exit = True
    thread.join()


def test_clients_that_stop_in_the_middle_are_not_waited_for(place, port, monkeypatch):
    monkeypatch.setattr(body, "IDLE_S", 0.3)
    _, client, _ = place
    head = f"POST /run_sse HTTP/1.1\r\nHost: x\r\nAuthorization: {client.headers['Authorization']}\r\n"
    callers = [socket.create_connection(("127.0.0.1", port), timeout=60) for _ in range(40)]
    for each in callers:
        each.sendall(f'{head}Content-Type: application/json\r\nContent-Length: 900\r\n\r\n{{"session'.encode())
    with socket.create_connection(("127.0.0.1", port), timeout=60) as other:
        other.sendall(b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n")
        assert b" 200 " in other.recv(65_536).split(b"\r\n")[0]
    for each in callers:
        assert b" 408 " in each.recv(65_536).split(b"\r\n")[0]
        each.close()


@pytest.mark.parametrize("begun", [b"", b"GET /health HT", b"GET /health HTTP/1.1\r\nHost: x\r\nX-A: "])
def test_clients_that_do_not_get_to_the_point_are_hung_up_on(port, monkeypatch, begun):
    monkeypatch.setattr(wire, "HEAD_S", 0.4)
    whole = b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n"
    for before in (b"", whole) if begun else (b"",):
        with socket.create_connection(("127.0.0.1", port), timeout=60) as caller:
            caller.sendall(before)
            got = caller.recv(65_536) if before else b""
            caller.sendall(begun)
            while more := caller.recv(65_536):
                got += more
            assert (b" 200 OK" in got) == bool(before)
