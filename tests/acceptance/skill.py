"""A client of the published skills that knows what their documents print, and nothing of Songreel: raw HTTP."""

import json
import time
import uuid
from itertools import count

import httpx

PATIENCE_S = 300
_renders, _homes = count(1), count(1)


class Skill:
    """One skill with one user. ``source`` and ``version`` are those of its frontmatter."""

    def __init__(self, site, source, version="1.0.0", platform="unknown"):
        self.client_id = str(uuid.uuid4())
        self.headers = {"X-Skill-Source": source, "X-Skill-Version": version, "X-Skill-Platform": platform}
        # What a proxy before the service adds: each user has a home of their own, with ten new clients a week.
        home = {"X-Forwarded-For": f"198.51.100.{next(_homes)}"}
        self.http = httpx.Client(base_url=site, timeout=PATIENCE_S, headers=home)
        self.sid = ""

    def token(self):
        """Obtain a free token: the client id is all that is sent."""
        answer = ok(self.http.post("/api/auth/anonymous-token", headers={"X-Client-Id": self.client_id}))
        self.headers["Authorization"] = f"Bearer {answer['data']['token']}"
        return answer

    def session(self, body):
        answer = ok(self.post("/api/tasks/me/with-session/nemo_agent", json=body))
        self.sid = answer["session_id"]
        return answer

    def post(self, path, **body):
        return self.http.post(path, headers=self.headers, **body)

    def get(self, path):
        return self.http.get(path, headers=self.headers)

    def upload(self, **body):
        """Send files by form (``files=[("files", …)]``) or addresses (``json={"urls": …}``)."""
        return self.post(f"/api/upload-video/nemo_agent/me/{self.sid}", **body)

    def say(self, words):
        """Return the texts of the stream, as they come, and all of its events."""
        body = {
            "app_name": "nemo_agent",
            "user_id": "me",
            "session_id": self.sid,
            "new_message": {"parts": [{"text": words}]},
        }
        headers = {**self.headers, "Accept": "text/event-stream"}
        events = []
        with self.http.stream("POST", "/run_sse", headers=headers, json=body) as answer:
            assert answer.status_code == 200, answer.read()
            assert answer.headers["content-type"].startswith("text/event-stream")
            for line in answer.iter_lines():
                assert line == "" or line.startswith("data:"), line
                if line[5:].strip():
                    events.append(json.loads(line[5:]))
        parts = [part for event in events for part in event.get("content", {}).get("parts", [])]
        return [part["text"] for part in parts if "text" in part], events

    def state(self):
        return ok(self.get(f"/api/state/nemo_agent/me/{self.sid}/latest"))["data"]

    def credits(self):
        held = ok(self.get("/api/credits/balance/simple"))["data"]
        assert held["total"] == held["available"] + held["frozen"]
        return held

    def spent(self, available):
        """Wait until running work is paid for, and so much is left."""
        end = time.monotonic() + PATIENCE_S
        while (held := self.credits())["frozen"]:
            assert time.monotonic() < end, held
            time.sleep(0.2)
        assert held == {"available": available, "frozen": 0, "total": available}

    def order(self, **output):
        """Return what an export sends: the draft as the state has it."""
        draft = self.state()["state"]["draft"]
        name = f"render_{int(time.time() * 1000)}{next(_renders)}"
        wanted = {"format": "mp4", "quality": "high", **output}
        return {"id": name, "sessionId": self.sid, "draft": draft, "output": wanted}

    def exported(self, order):
        """Export, poll to the end, and return every answer on the way."""
        answers = [ok(self.post("/api/render/proxy/lambda", json=order))]
        end = time.monotonic() + PATIENCE_S
        while answers[-1]["status"] not in ("completed", "failed", "cancelled"):
            assert time.monotonic() < end, answers[-1]
            time.sleep(0.2)
            answers.append(ok(self.get(f"/api/render/proxy/lambda/{order['id']}")))
        return answers


def ok(answer):
    """Return the body of a call that succeeded."""
    body = answer.json()
    assert (answer.status_code, body["code"]) == (200, 0), body
    return body


def refused(answer, status, code):
    """Return the data of a call that was refused as it should be."""
    body = answer.json()
    assert (answer.status_code, body["code"]) == (status, code), body
    assert set(body) == {"code", "message", "data"}
    assert body["message"]
    return body["data"]
