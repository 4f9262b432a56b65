"""Calls: whose each is, what it may do and how often, and the code of the protocol for each refusal."""

import json
import re
from ipaddress import ip_network

import pytest
from fastapi import FastAPI
from tests.server.house import code

from songreel.server import caller, envelope

SKILL = {"X-Skill-Source": "test", "X-Skill-Version": "1", "X-Skill-Platform": "unknown"}
BALANCE = "/api/credits/balance/simple"


def test_an_anonymous_token_is_as_the_protocol_says(house):
    here = house()
    answer = here.client().post("/api/auth/anonymous-token", headers={"X-Client-Id": "c" * 64})
    data = answer.json()["data"]
    assert re.fullmatch(r"nmv_usr_[\w-]{43}", data["token"])
    assert re.fullmatch(r"anon_[0-9a-f]{16}", data["user_id"])
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", data["expires_at"])
    assert data["credits"] == 100
    held = here.client(data["token"]).get(BALANCE).json()
    assert held == {"code": 0, "message": "ok", "data": {"available": 100, "frozen": 0, "total": 100}}
    for wrong in ("", "   ", "c" * 65):
        assert code(here.client().post("/api/auth/anonymous-token", headers={"X-Client-Id": wrong})) == (400, 400)


def test_one_token_for_a_client_and_ten_for_an_address(house):
    here = house()
    here.token("one")
    again = here.token("one", "192.0.2.9")
    assert code(again) == (429, 429)
    assert int(again.headers["Retry-After"]) > 6 * 86_400
    for number in range(9):
        assert isinstance(here.token(f"client-{number}"), str)
    assert code(here.token("eleventh")) == (429, 429)
    assert isinstance(here.token("eleventh", "192.0.2.9"), str)


def test_the_address_of_a_caller_is_believed_of_configured_proxies_alone(house):
    here = house(tokens_per_address=1, trusted_proxies=(ip_network("203.0.113.0/24"),))
    assert isinstance(here.token("a", "203.0.113.1", **{"X-Forwarded-For": "192.0.2.1"}), str)
    assert isinstance(here.token("b", "203.0.113.1", **{"X-Forwarded-For": "192.0.2.2"}), str)
    assert code(here.token("c", "203.0.113.1", **{"X-Forwarded-For": "6.6.6.6, 192.0.2.2"})) == (429, 429)
    assert isinstance(here.token("d", "198.51.100.7", **{"X-Forwarded-For": "192.0.2.3"}), str)
    assert code(here.token("e", "198.51.100.7", **{"X-Forwarded-For": "192.0.2.4"})) == (429, 429)


@pytest.mark.parametrize(
    "given", ["", "Bearer", "Bearer nmv_usr_guessed", "Basic abc", "Bearer clm_guessed", "nonsense"]
)
def test_a_bad_token_is_1001(house, given):
    headers = {"Authorization": given} if given else {}
    assert code(house().client().get(BALANCE, headers=headers)) == (401, 1001)


def test_a_revoked_token_is_1001(house):
    here = house()
    token = here.token()
    assert here.client(token).get(BALANCE).status_code == 200
    (row,) = here.service.accounts.tokens(anonymous=True)
    here.service.accounts.revoke(row.id)
    assert code(here.client(token).get(BALANCE)) == (401, 1001)


def test_another_users_session_is_1002_also_when_its_id_is_known(house):
    here = house()
    owner, other = here.token("owner"), here.token("other")
    session = here.session(owner)
    paths = [
        ("GET", f"/api/state/nemo_agent/me/{session['session_id']}/latest", {}),
        ("POST", "/api/auth/claim-token", {"json": {key: session[key] for key in ("task_id", "session_id")}}),
        (
            "POST",
            "/run_sse",
            {"json": {"session_id": session["session_id"], "new_message": {"parts": [{"text": "x"}]}}},
        ),
        ("POST", f"/api/upload-video/nemo_agent/me/{session['session_id']}", {"files": {"files": ("a.png", b"x")}}),
    ]
    for method, path, body in paths:
        assert code(here.client(other).request(method, path, **body)) == (404, 1002), path
    assert here.client(owner).get(paths[0][1]).status_code == 200


def test_a_token_does_what_its_scopes_say(house):
    here = house()
    reader, writer = here.made("read"), here.made("write")
    assert here.client(reader).get(BALANCE).status_code == 200
    assert code(here.client(reader).post("/api/tasks/me/with-session/nemo_agent", json={})) == (403, 403)
    session = here.session(writer)["session_id"]
    assert code(here.client(writer).get(BALANCE)) == (403, 403)
    assert code(here.client(writer).get(f"/api/state/nemo_agent/me/{session}/latest")) == (403, 403)
    upload = {"files": ("a.png", b"x")}
    path = f"/api/upload-video/nemo_agent/me/{session}"
    assert code(here.client(writer).post(path, files=upload)) == (403, 403)


def test_a_claim_reads_its_session_and_nothing_else(house):
    here = house()
    token = here.token()
    one, other = here.session(token), here.session(token)
    asked = {key: one[key] for key in ("task_id", "session_id")}
    data = here.client(token).post("/api/auth/claim-token", json=asked).json()["data"]
    assert data["expires_in"] == 604_800
    assert data["claim_token"].startswith("clm_")
    claimed = here.client(data["claim_token"])
    state = "/api/state/nemo_agent/me/{}/latest"
    assert claimed.get(state.format(one["session_id"])).status_code == 200
    assert code(claimed.get(state.format(other["session_id"]))) == (404, 1002)
    assert code(claimed.get(BALANCE)) == (401, 1001)
    assert code(claimed.post("/api/tasks/me/with-session/nemo_agent", json={})) == (401, 1001)
    assert code(claimed.post("/api/auth/claim-token", json=asked)) == (401, 1001)
    wrong = {"task_id": other["task_id"], "session_id": one["session_id"]}
    assert code(here.client(token).post("/api/auth/claim-token", json=wrong)) == (404, 1002)


@pytest.fixture
def exports(house):
    """An endpoint as that of renders is, without renders."""
    here = house()
    small = FastAPI()
    small.state.service = here.service
    envelope.install(small, ())

    @small.post("/export")
    def export(who: caller.Exporter, parts: caller.Parts, price: int = 0):
        parts.ledger.freeze(who.user, f"job of {who.user}", price)
        return envelope.ok({})

    here.app = small
    return here


@pytest.mark.parametrize("missing", sorted(SKILL))
def test_an_export_without_attribution_is_402(exports, missing):
    token = exports.made("write")
    client = exports.client(token)
    given = {name: value for name, value in SKILL.items() if name != missing}
    answer = client.post("/export", headers=given)
    assert code(answer) == (402, 402)
    assert missing in answer.json()["message"]
    assert code(client.post("/export", headers={**given, missing: " "})) == (402, 402)
    assert client.post("/export", headers=SKILL).status_code == 200


def test_an_export_that_the_plan_does_not_allow_is_402(exports):
    client = exports.client(exports.made("write", plan="viewer"))
    assert code(client.post("/export", headers=SKILL)) == (402, 402)


def test_out_of_credits_is_2001_with_the_link_of_an_anonymous_user(exports):
    poor = exports.service.accounts.anonymous("client", "198.51.100.7")
    answer = exports.client(poor.secret).post("/export?price=101", headers=SKILL)
    assert code(answer) == (403, 2001)
    assert answer.json()["data"]["bind_url"].endswith(f"/register?bind={poor.user}")
    assert exports.client(poor.secret).post("/export?price=100", headers=SKILL).status_code == 200
    held = exports.service.ledger.balance(poor.user)
    assert (held.available, held.frozen) == (0, 100)
    named = exports.client(exports.made("write"))
    assert named.post("/export?price=1000", headers=SKILL).json()["data"]["bind_url"] is None


def test_calls_that_come_too_often_are_429_and_health_is_not(house):
    here = house(rate_per_token=0.01, burst_per_token=2, rate_per_address=0.01, burst_per_address=6)
    token = here.made("read")
    answers = [here.client(token).get(BALANCE) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 429, 429]
    assert code(answers[-1]) == (429, 429)
    assert int(answers[-1].headers["Retry-After"]) >= 1
    others = [here.client(here.made("read")).get(BALANCE).status_code for _ in range(4)]
    assert others == [200, 200, 429, 429]
    assert here.client(here.made("read"), "192.0.2.9").get(BALANCE).status_code == 200
    assert {here.client().get("/health").status_code for _ in range(20)} == {200}


def test_what_makes_no_sense_is_400_with_what_it_is(house):
    here = house()
    token = here.token()
    answer = here.client(token).post("/api/tasks/me/with-session/nemo_agent", json={"task_name": "x" * 201})
    assert code(answer) == (400, 400)
    assert "task_name" in answer.json()["message"]
    broken = here.client(token).post(
        "/api/tasks/me/with-session/nemo_agent", content=b"{", headers={"Content-Type": "application/json"}
    )
    assert code(broken) == (400, 400)


HOSTILE = [
    "\x00",
    "a\x00b",
    "\ud800",
    "\u202e",
    "'; DROP TABLE users; --",
    "../../etc",
    "夜" * 200,
    "\r\nX: 1",
    "{{7*7}}",
    "%00",
]


@pytest.mark.parametrize("url", ["sqlite", "postgres"])
def test_hostile_names_are_kept_or_refused_and_harm_nothing(house, url, request):
    chosen = {"database_url": request.getfixturevalue("postgres")} if url == "postgres" else {}
    here = house(**chosen)
    token = here.token()
    for name in HOSTILE:
        body = json.dumps({"task_name": name, "language": name[:20]})
        client = here.client(token)
        client.headers["Content-Type"] = "application/json"
        made = client.post("/api/tasks/me/with-session/nemo_agent", content=body)
        assert made.status_code in (200, 400), name
        claim = client.post("/api/auth/claim-token", content=json.dumps({"task_id": name, "session_id": name}))
        assert claim.status_code in (400, 404), name
        for header in ("X-Client-Id", "Authorization", "X-Forwarded-For", "X-Request-Id"):
            raw = name.encode("utf-8", "surrogatepass").replace(b"\r", b"").replace(b"\n", b"")
            answer = here.client().post("/api/auth/anonymous-token", headers={header.encode(): raw})
            assert answer.status_code in (200, 400, 429), (header, name)
    assert here.client(token).get(BALANCE).status_code == 200


def test_who_uploaded_all_of_a_day_waits_and_others_do_not(house):
    here = house(upload_daily_mb=1)
    callers = [here.client(here.made("read", "write", "upload")) for _ in range(2)]
    for each in callers:
        opened = each.post("/api/tasks/me/with-session/nemo_agent", json={}).json()["data"]
        path = f"/api/upload-video/nemo_agent/me/{opened['session_id']}"
        first, second = (each.post(path, files={"files": ("a.txt", b"no song")}) for _ in range(2))
        assert code(first) == (415, 4001)
        assert code(second) == (429, 429)
        assert 0 < int(second.headers["Retry-After"]) <= 86_401
