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

START_S = 180
END_S = 120
PRIVATE = "lantern-over-the-harbor"
SKILL = {"X-Skill-Source": "test", "X-Skill-Version": "1", "X-Skill-Platform": "unknown"}


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


@contextmanager
def served(home, port, **settings):
    """Yield a running server process; it is killed if it has not ended by itself."""
    env = {
        **os.environ,
        "SONGREEL_HOME": str(home),
        "SONGREEL_CACHE": str(home / "cache"),
        **{f"SONGREEL_{name}".upper(): value for name, value in settings.items()},
    }
    home.mkdir(exist_ok=True)
    with (home / "log").open("ab") as log:
        command = [sys.executable, "-m", "songreel", "serve", "--port", str(port)]
        process = subprocess.Popen(command, env=env, stdout=log, stderr=log)
        try:
            until(lambda: httpx.get(f"http://127.0.0.1:{port}/ready").status_code == 200, process)
            yield process
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
    raise AssertionError("the server did not answer")


def ended(process):
    process.send_signal(signal.SIGTERM)
    return process.wait(timeout=END_S)


def test_a_server_keeps_what_it_was_told_and_ends_in_order(tmp_path):
    home, port = tmp_path / "home", free_port()
    site = f"http://127.0.0.1:{port}"
    with served(home, port) as process:
        given = httpx.post(f"{site}/api/auth/anonymous-token", headers={"X-Client-Id": PRIVATE}).json()["data"]
        client = httpx.Client(
            base_url=site, headers={**SKILL, "Authorization": f"Bearer {given['token']}"}, timeout=120
        )
        task = client.post("/api/tasks/me/with-session/nemo_agent", json={"task_name": PRIVATE}).json()
        message = {"session_id": task["session_id"], "new_message": {"parts": [{"text": f"title '{PRIVATE}'"}]}}
        with client.stream("POST", "/run_sse", json=message) as answer:
            events = [json.loads(line[5:]) for line in answer.iter_lines() if line[5:].strip()]
        assert events[-1]["turnComplete"]
        assert events[-1]["content"]["parts"][0]["text"]
        state = f"/api/state/nemo_agent/me/{task['session_id']}/latest"
        assert client.get(state).json()["data"]["task_name"] == PRIVATE
        assert "songreel_requests_total" in client.get("/metrics").text
        assert httpx.get(f"{site}/docs").status_code == 200
        assert ended(process) == 0
    with served(home, port) as process:
        assert client.get(state).json()["data"]["task_name"] == PRIVATE
        assert client.get("/api/credits/balance/simple").json()["data"]["total"] == given["credits"]
        assert ended(process) == 0
    client.close()
    said = (home / "log").read_text()
    greeting, *lines = said.splitlines()
    assert site in greeting
    parsed = [json.loads(line) for line in lines if line.startswith("{")]
    assert {each["route"] for each in parsed if "route" in each} >= {"/run_sse", "/ready"}
    for secret in (PRIVATE, given["token"], given["token"][8:]):
        assert secret not in said
