"""Bodies that nobody sends by mistake: each is refused in words, none is a fault of ours, and the server lives on."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.server.house import House
from tests.server.test_exports import SKILL
from tests.server.test_schema import AtOnce

from songreel.server import body

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
    "powers of ten": {"m": {"fps": 30, "rate": "1e99999999"}, "t": [{"tt": 0}]},
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


def test_what_is_not_allowed_says_what_is(place):
    client = place[1]
    for path, allowed in (("/health", "GET"), ("/api/credits/balance/simple", "GET"), ("/run_sse", "POST")):
        answer = client.delete(path)
        assert (answer.status_code, answer.headers["Allow"]) == (405, allowed)
    answer = client.get("/api/credits/balance/simple", headers={"Authorization": "Bearer nothing"})
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")


def test_a_body_that_is_no_json_is_called_so(place):
    form = "application/x-www-form-urlencoded"
    for content, kind in ((b'{"task_name": "x"}', form), (b'{"task_name":', "application/json"), (b"", "text/plain")):
        answer = place[1].post("/api/tasks/me/with-session/nemo_agent", content=content, headers={"Content-Type": kind})
        assert answer.status_code == 400
        assert "no JSON" in answer.json()["message"]


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
