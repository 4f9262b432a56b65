"""A real server process: answers over HTTP, logs JSON lines without secrets, and ends in order when it is told to."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager

import httpx
import pytest

from songreel.base.settings import settings
from songreel.cli import shell

START_S = 180
END_S = 120
PRIVATE = "lantern-over-the-harbor"
SKILL = {"X-Skill-Source": "test", "X-Skill-Version": "1", "X-Skill-Platform": "unknown"}


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def environment(home, **settings):
    return {
        **os.environ,
        "SONGREEL_HOME": str(home),
        "SONGREEL_CACHE": str(home / "cache"),
        **{f"SONGREEL_{name}".upper(): value for name, value in settings.items()},
    }


@contextmanager
def served(home, **settings):
    """Yield a running server process and its address; it is killed if it has not ended by itself."""
    site = f"http://127.0.0.1:{free_port()}"
    home.mkdir(exist_ok=True)
    with (home / "log").open("ab") as log:
        command = [sys.executable, "-m", "songreel", "serve", "--port", site.rpartition(":")[2]]
        process = subprocess.Popen(command, env=environment(home, **settings), stdout=log, stderr=log)
        try:
            until(lambda: httpx.get(f"{site}/ready").status_code == 200, process)
            yield process, site
        finally:
            process.kill()
            process.wait(timeout=END_S)


def until(holds, process):
    end = time.monotonic() + START_S
    while time.monotonic() < end:
        assert process.poll() is None, "the server ended"
        try:
            if holds():
                return
        except httpx.TransportError:
            pass
        time.sleep(0.2)
    raise AssertionError("it did not come about")


def calling(site, token):
    return httpx.Client(base_url=site, headers={**SKILL, "Authorization": f"Bearer {token}"}, timeout=120)


def anonymous(site):
    return httpx.post(f"{site}/api/auth/anonymous-token", headers={"X-Client-Id": PRIVATE}).json()["data"]


def opened(client):
    return client.post("/api/tasks/me/with-session/nemo_agent", json={"task_name": PRIVATE}).json()["session_id"]


def said_in(client, session):
    """Say something, and return the answer with its events."""
    message = {"session_id": session, "new_message": {"parts": [{"text": f"title '{PRIVATE}'"}]}}
    answer = client.post("/run_sse", json=message)
    return answer, [json.loads(line[5:]) for line in answer.text.splitlines() if line.startswith("data:") and line[5:]]


def state(client, session):
    return client.get(f"/api/state/nemo_agent/me/{session}/latest").json()["data"]


def balance(client):
    return client.get("/api/credits/balance/simple").json()["data"]


def ended(process):
    process.send_signal(signal.SIGTERM)
    return process.wait(timeout=END_S)


def test_a_server_keeps_what_it_was_told_and_ends_in_order(tmp_path):
    home = tmp_path / "home"
    with served(home) as (process, site):
        given = anonymous(site)
        with calling(site, given["token"]) as client:
            session = opened(client)
            _, events = said_in(client, session)
            assert events[-1]["turnComplete"]
            assert events[-1]["content"]["parts"][0]["text"]
            assert state(client, session)["task_name"] == PRIVATE
            assert "songreel_requests_total" in client.get("/metrics").text
            assert client.get("/docs").status_code == 200
        assert ended(process) == 0
    with served(home) as (process, site):
        with calling(site, given["token"]) as client:
            assert state(client, session)["task_name"] == PRIVATE
            assert balance(client)["total"] == given["credits"]
        assert ended(process) == 0
    said = (home / "log").read_text()
    greetings = [line for line in said.splitlines() if line.startswith("Songreel listens")]
    parsed = [json.loads(line) for line in said.splitlines() if line not in greetings]
    assert len(greetings) == 2
    assert {each["route"] for each in parsed if "route" in each} >= {"/run_sse", "/ready"}
    for secret in (PRIVATE, given["token"], given["token"][8:]):
        assert secret not in said


def test_on_postgres_work_is_paid_for_when_it_came_to_something(tmp_path, postgres):
    home = tmp_path / "home"
    plans = json.dumps({"anonymous": {"credits": 50}, "member": {"credits": 1000}})
    chosen = {"database_url": postgres, "metering": "true", "price_generation": "60", "plans": plans}
    with served(home, **chosen) as (process, site):
        poor = anonymous(site)
        with calling(site, poor["token"]) as client:
            answer, _ = said_in(client, opened(client))
            assert (answer.status_code, answer.json()["code"]) == (403, 2001)
            assert answer.json()["data"]["bind_url"] == f"{site}/register?bind={poor['user_id']}"
            assert balance(client) == {"available": 50, "frozen": 0, "total": 50}
        make = [sys.executable, "-m", "songreel", "token", "create", "test"]
        made = subprocess.run(
            make, env=environment(home, **chosen), stdout=subprocess.PIPE, check=True, timeout=START_S
        )
        with calling(site, made.stdout.decode().strip()) as client:
            _, events = said_in(client, opened(client))
            assert events[-1]["turnComplete"]
            # There is no song: nothing came of the message, so what was kept for it is given back.
            until(lambda: balance(client) == {"available": 1000, "frozen": 0, "total": 1000}, process)
        assert ended(process) == 0


@pytest.mark.parametrize("host", ["127.0.0.1", "nowhere.invalid"])
def test_a_place_that_cannot_be_listened_at_is_told_before_anything_is_begun(tmp_path, monkeypatch, capsys, host):
    monkeypatch.setenv("SONGREEL_HOME", str(tmp_path / "home"))
    settings.cache_clear()
    with socket.create_server(("127.0.0.1", 0)) as taken:
        assert shell.run(["serve", "--host", host, "--port", str(taken.getsockname()[1])]) == 2
    settings.cache_clear()
    assert "--port" in capsys.readouterr().err
    assert not (tmp_path / "home").exists()
