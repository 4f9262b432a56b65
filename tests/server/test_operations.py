"""Operations: alive is not ready, figures count what happened, no log line holds a secret or a person's words."""

import io
import json
import logging
import warnings

import pytest
from dbos._logger import init_logger
from prometheus_client.parser import text_string_to_metric_families

from songreel.service import logs

BALANCE = "/api/credits/balance/simple"
PRIVATE = "Zaubersong-of-Ingeborg"


@pytest.fixture
def lines():
    """What is logged during a test, as text."""
    before, level = logging.root.handlers[:], logging.root.level
    jobs = logging.getLogger("dbos")
    theirs, propagated = jobs.handlers[:], jobs.propagate
    out = io.StringIO()
    logs.install("debug", out)
    yield out
    logging.root.handlers[:] = before
    jobs.handlers[:], jobs.propagate = theirs, propagated
    logging.root.setLevel(level)
    logging.captureWarnings(capture=False)


def figures(here):
    text = here.client(address="127.0.0.1").get("/metrics").text
    samples = [sample for family in text_string_to_metric_families(text) for sample in family.samples]
    return {(sample.name, *sorted(sample.labels.values())): sample.value for sample in samples}


def test_alive_and_ready_are_told_apart(house):
    here = house()
    assert here.client().get("/health").json()["data"] == {"status": "alive"}
    assert here.client().get("/ready").json()["data"] == {"database": True, "storage": True}


def test_a_database_that_is_gone_is_not_ready_and_no_fault_of_the_caller(house, lines):
    here = house()
    token = here.token()
    here.service.database.close()
    (here.service.settings.home / "songreel.db").unlink()
    (here.service.settings.home / "songreel.db").mkdir()
    answer = here.client().get("/ready")
    assert (answer.status_code, answer.json()["data"]) == (503, {"database": False, "storage": True})
    assert here.client().get("/health").status_code == 200
    answer = here.client(token).get(BALANCE)
    assert (answer.status_code, answer.json()["code"], answer.json()["data"]) == (503, 503, None)
    assert answer.headers["Retry-After"]
    assert token not in lines.getvalue()


def test_figures_count_calls_by_their_routes(house):
    here = house()
    token = here.token()
    session = here.session(token)["session_id"]
    for number in range(3):
        here.client(token).get(f"/api/state/nemo_agent/me/{session}/latest")
        here.client(token).get(f"/nowhere/{number}/{PRIVATE}")
    found = figures(here)
    route = "/api/state/nemo_agent/me/{session_id}/latest"
    assert found["songreel_requests_total", *sorted(("200", "GET", route))] == 3
    assert found["songreel_request_seconds_count", route] == 3
    here.client(token).get(f"/v1/projects/{session}")
    assert b'route="/v1/projects/{project}"' in here.app.state.figures.text()
    assert found["songreel_requests_total", *sorted(("404", "GET", "unmatched"))] == 3
    assert not [key for key in found if session in str(key) or PRIVATE in str(key)]


def test_figures_count_jobs_seldom_however_often_they_are_read(house):
    here = house()
    asked = []

    def counts():
        asked.append(1)
        return {("render", "processing"): 2, ("chunk", "pending"): len(asked)}

    clock = [0.0]
    here.app.state.figures = type(here.app.state.figures)()
    here.app.state.figures.watch(counts, lambda: clock[0])
    for _ in range(3):
        found = figures(here)
    assert (found["songreel_jobs", "processing", "render"], found["songreel_jobs", "chunk", "pending"]) == (2, 1)
    clock[0] = 60
    assert figures(here)["songreel_jobs", "chunk", "pending"] == 2


def test_figures_are_for_near_addresses_alone(house):
    here = house()
    assert here.client(address="8.8.8.8").get("/metrics").status_code == 404
    assert here.client(address="::1").get("/metrics").status_code == 200


def test_a_call_keeps_its_id_or_gets_one(house, lines):
    client = house().client()
    assert client.get("/health", headers={"X-Request-Id": "abcdef-1234"}).headers["X-Request-Id"] == "abcdef-1234"
    made = client.get("/health", headers={"X-Request-Id": 'bad"} id'}).headers["X-Request-Id"]
    assert [json.loads(line)["request"] for line in lines.getvalue().splitlines()] == ["abcdef-1234", made]


def test_an_error_that_nobody_expected_is_answered_and_its_place_logged(house, lines):
    here = house()
    token = here.token()

    @here.app.post("/broken")
    def broken():
        try:
            raise KeyError(PRIVATE)
        except KeyError as error:
            raise RuntimeError(f"{PRIVATE} {token}") from error

    answer = here.client(token).post("/broken")
    assert (answer.status_code, answer.json()["code"], answer.json()["data"]) == (500, 500, None)
    (failed,) = [line for line in map(json.loads, lines.getvalue().splitlines()) if line["said"] == "failed"]
    assert failed["error"]["kind"] == "RuntimeError"
    assert failed["error"]["because"]["kind"] == "KeyError"
    assert any("broken" in place for place in failed["error"]["at"])
    assert failed["request"] == answer.headers["X-Request-Id"]
    assert failed["request"] in answer.json()["message"]
    assert PRIVATE not in lines.getvalue() + answer.text
    assert token not in lines.getvalue() + answer.text


def test_nothing_that_a_person_wrote_is_logged_of_a_played_flow(house, lines):
    here = house()
    token = here.token(PRIVATE)
    session = here.client(token).post(
        "/api/tasks/me/with-session/nemo_agent", json={"task_name": PRIVATE}, headers={"User-Agent": PRIVATE}
    )
    asked = {key: session.json()["data"][key] for key in ("task_id", "session_id")}
    claim = here.client(token).post("/api/auth/claim-token", json=asked).json()["data"]["claim_token"]
    number = asked["session_id"]
    message = {"session_id": number, "new_message": {"parts": [{"text": PRIVATE}]}}
    upload = {"files": (f"{PRIVATE}.mp3", PRIVATE.encode())}
    calls = [
        ("GET", f"/api/state/nemo_agent/me/{number}/latest", {}),
        ("GET", f"/api/state/nemo_agent/me/{PRIVATE}/latest?ct={claim}", {}),
        ("POST", "/run_sse", {"json": message}),
        ("POST", "/run_sse", {"json": {**message, "session_id": [PRIVATE]}}),
        ("POST", f"/api/upload-video/nemo_agent/me/{number}", {"files": upload}),
        ("PATCH", f"/{PRIVATE}", {"content": PRIVATE.encode()}),
    ]
    for method, path, body in calls:
        here.client(token).request(method, path, headers={"X-Request-Id": f"{PRIVATE}!"}, **body)
    said = lines.getvalue()
    assert len(said.splitlines()) >= len(calls)
    assert all(json.loads(line)["at"] for line in said.splitlines())
    for secret in (PRIVATE, token, token[8:], claim, claim[4:], "198.51.100.7"):
        assert secret not in said


def test_libraries_cannot_log_what_they_were_given(lines, capfd):
    init_logger()
    logging.getLogger("dbos").error(f"workflow failed: {PRIVATE}")
    logging.getLogger("library").error("could not read %s", PRIVATE)
    logging.getLogger("library").error(f"could not read {PRIVATE}")  # as libraries do
    logging.getLogger("uvicorn.error").info("Started nmv_usr_%s at postgresql://me:hidden@host/", "abc")
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.warn_explicit(PRIVATE, UserWarning, "file.py", 1)
    said = lines.getvalue()
    assert len(said.splitlines()) == 5
    assert "could not read %s" in said
    for secret in (PRIVATE, "nmv_usr_abc", "hidden"):
        assert secret not in said + capfd.readouterr().err


def test_the_description_of_the_service_tells_its_errors_as_they_are(house):
    paths = house().client().get("/openapi.json").json()["paths"]
    operations = [(path, each) for path, methods in paths.items() for each in methods.values()]
    assert len(operations) >= 20
    for path, each in operations:
        assert "422" not in each["responses"]
        content = each["responses"]["400"]["content"]
        if path.startswith("/v1/"):
            assert set(content) == {"application/problem+json"}
        else:
            assert content["application/json"]["schema"]["$ref"].endswith("/Failure")
