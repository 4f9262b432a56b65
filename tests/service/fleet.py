"""Real processes of one installation on this machine, to be killed; each worker has a home and a cache of its own."""

import http.client
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import psutil
from tests.postgres import free_port

from songreel.service import storage

PATIENCE_S = 300
SKILL = {"X-Skill-Source": "test", "X-Skill-Version": "1", "X-Skill-Platform": "unknown"}


class Fleet:
    """Processes over one storage, and one database (SQLite in the server's home where no address is given)."""

    def __init__(self, root, database_url="", **settings):
        self.root, self.port, self.token = root, free_port(), ""
        self.home = root / "home"
        self.settings = {
            "SONGREEL_HOME": str(self.home),
            "SONGREEL_CACHE": str(root / "cache"),
            "SONGREEL_STORAGE_URL": (root / "storage").as_uri(),
            "SONGREEL_WORKERS": "2",
            "SONGREEL_LOG_LEVEL": "warning",
            **({"SONGREEL_DATABASE_URL": database_url} if database_url else {}),
            **settings,
        }
        self.running = []

    def start(self, *arguments, **settings):
        """Begin a process of the program."""
        environment = {**os.environ, **self.settings, **settings}
        with (self.root / "out.txt").open("ab") as out:
            process = subprocess.Popen(
                [sys.executable, "-m", "songreel", *map(str, arguments)], env=environment, stdout=out, stderr=out
            )
        self.running.append(process)
        return process

    def serve(self, *, works=True):
        """Begin a server, and wait until it answers."""
        process = self.start("serve", "--port", self.port, SONGREEL_SERVE_WORKS=str(works).lower())
        wait(lambda: self._answers() or process.poll() is not None)
        assert process.poll() is None, (self.root / "out.txt").read_text()[-3000:]
        return process

    def worker(self, name, **settings):
        """Begin a machine that only works: nothing of its own is shared but the database and the storage."""
        own = {"SONGREEL_HOME": str(self.root / name), "SONGREEL_CACHE": str(self.root / f"{name}-cache")}
        return self.start("worker", **own, **settings)

    def kill(self, process):
        """End a process as a power cut would."""
        process.send_signal(signal.SIGKILL)
        process.wait()
        self.running.remove(process)

    def stop(self):
        """Ask all processes to end, and wait for them."""
        for process in self.running:
            process.terminate()
        for process in self.running:
            process.wait(PATIENCE_S)
        self.running.clear()

    def left(self):
        """Return the processes that work in one of our homes."""
        return [each for each in psutil.process_iter() if self._is_ours(each)]

    def call(self, method, path, body=None, **headers):
        wire = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_S)
        try:
            sent = {**SKILL, "Authorization": f"Bearer {self.token}", "Content-Type": "application/json", **headers}
            wire.request(method, path, json.dumps(body) if body is not None else None, sent)
            answer = wire.getresponse()
            return answer.status, answer.read()
        finally:
            wire.close()

    @contextmanager
    def streaming(self, path, body):
        """Yield the answer to a call while it is still coming."""
        wire = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_S)
        try:
            sent = {**SKILL, "Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
            wire.request("POST", path, json.dumps(body), sent)
            yield wire.getresponse()
        finally:
            wire.close()

    def json(self, method, path, body=None, **headers):
        status, raw = self.call(method, path, body, **headers)
        return status, json.loads(raw)

    def opened(self, project=None):
        """Return a new session of a new user, with a copy of a project in it."""
        _, answer = self.json("POST", "/api/auth/anonymous-token", **{"X-Client-Id": "somebody"})
        self.token = answer["data"]["token"]
        _, answer = self.json("POST", "/api/tasks/me/with-session/nemo_agent", {"task_name": "project"})
        session = answer["session_id"]
        if project is not None:
            place = self.home / "sessions" / session / "project"
            shutil.rmtree(place)
            shutil.copytree(project, place)
        return session

    def state(self, session):
        return self.json("GET", f"/api/state/nemo_agent/me/{session}/latest")[1]["data"]["state"]

    def render(self, session, name="r", **output):
        return self.json("POST", "/api/render/proxy/lambda", {"id": name, "sessionId": session, "output": output})

    def poll(self, name="r"):
        return self.json("GET", f"/api/render/proxy/lambda/{name}")[1]

    def finished(self, name="r"):
        """Return how a render ended."""
        wait(lambda: self.poll(name)["status"] in ("completed", "failed", "cancelled"))
        return self.poll(name)

    def file(self, name="r"):
        status, raw = self.call("GET", f"/api/render/proxy/{name}/download")
        assert status == 200, raw
        return raw

    def chunks(self):
        """Return the chunks in the storage, and when each was written."""
        kept = storage.at(self.settings["SONGREEL_STORAGE_URL"], home=self.root)
        return {each.key: each.modified for each in kept.list("chunks")}

    def _answers(self):
        try:
            return self.call("GET", "/health")[0] == 200
        except (OSError, http.client.HTTPException):
            return False

    def _is_ours(self, process):
        try:
            return str(self.root) in process.environ().get("SONGREEL_HOME", "") and process.status() != "zombie"
        except psutil.Error:
            return False


def wait(until, patience_s=PATIENCE_S):
    """Wait until something is so."""
    end = time.monotonic() + patience_s
    while not until():
        assert time.monotonic() < end, "it did not come about in time"
        time.sleep(0.05)


def leftovers(root: Path):
    """Return files that a killed process was writing."""
    return [path for path in root.rglob("*") if path.name.endswith(".part") or "#" in path.name]
