"""A service over an empty folder, called without a network: for tests of who may call, and how often."""

from types import SimpleNamespace

from fastapi.testclient import TestClient

from songreel.base.settings import Plan, Settings
from songreel.server import app
from songreel.service import wiring

NO_JOBS = SimpleNamespace(engine=SimpleNamespace(counts=dict))


class House:
    """A service over an empty folder, and calls to it from anywhere."""

    def __init__(self, home, understand=lambda *_: None, **chosen):
        chosen.setdefault("plans", {"anonymous": Plan(), "viewer": Plan(credits=3, export=False)})
        self.service = wiring.opened(Settings(home=home, **chosen), understand)
        self.app = app.create(self.service, NO_JOBS)

    def client(self, token=None, address="198.51.100.7"):
        made = TestClient(self.app, client=(address, 50_000), raise_server_exceptions=False)
        if token:
            made.headers["Authorization"] = f"Bearer {token}"
        return made

    def token(self, client="someone", address="198.51.100.7", **headers):
        answer = self.client(address=address).post(
            "/api/auth/anonymous-token", headers={"X-Client-Id": client, **headers}
        )
        return answer.json()["data"]["token"] if answer.status_code == 200 else answer

    def made(self, *scopes, plan="anonymous"):
        return self.service.accounts.create("test", days=1, scopes=scopes, plan=plan).secret

    def session(self, token):
        return self.client(token).post("/api/tasks/me/with-session/nemo_agent", json={}).json()["data"]


def code(answer):
    body = answer.json()
    assert set(body) >= {"code", "message", "data"}
    return answer.status_code, body["code"]
