"""Pages for people: a claim shows its one project and nothing else, and what others wrote is text in it."""

import io
import re
from html import unescape

import pytest
from PIL import Image
from tests.server.house import House
from tests.server.test_exports import Jobs

HOSTILE = "<script>alert(1)</script>\"'&"


@pytest.fixture
def place(tmp_path):
    here = House(tmp_path / "home")
    here.app.state.jobs = Jobs()
    token = here.token()
    opened = (
        here.client(token).post("/api/tasks/me/with-session/nemo_agent", json={"task_name": HOSTILE}).json()["data"]
    )
    yield here, here.client(token), opened
    here.service.close()


def claim(client, opened):
    asked = {"task_id": opened["task_id"], "session_id": opened["session_id"]}
    return client.post("/api/auth/claim-token", json=asked).json()["data"]["claim_token"]


def test_a_claim_shows_its_project_and_lets_files_be_taken(place):
    here, client, opened = place
    path = f"/api/upload-video/nemo_agent/me/{opened['session_id']}"
    picture = io.BytesIO()
    Image.new("RGB", (64, 48), "teal").save(picture, "PNG")
    assert client.post(path, files={"files": ("a&b.png", picture.getvalue())}).status_code == 200
    page = here.client().get("/workspace/claim", params={"ct": claim(client, opened)})
    assert page.status_code == 200
    assert "<script" not in page.text
    assert "&lt;script&gt;alert(1)" in page.text
    assert page.headers["Referrer-Policy"] == "no-referrer"
    [found] = re.findall(r'href="([^"]+)"', page.text)
    assert here.client().get(unescape(found)).content == picture.getvalue()


def test_other_secrets_open_no_page(place):
    here, client, opened = place
    claim(client, opened)
    token = client.headers["Authorization"].partition(" ")[2]
    for secret in ("", "clm_", "clm_" + "a" * 43, token, opened["session_id"]):
        page = here.client().get("/workspace/claim", params={"ct": secret})
        assert page.status_code == 404
        assert opened["session_id"] not in page.text


def test_where_out_of_credits_leads_to_there_is_a_page(place):
    here, _, opened = place
    page = here.client().get("/register", params={"bind": opened["user_id"]})
    assert page.status_code == 200
    assert opened["user_id"] in page.text
    assert "<script" not in here.client().get("/register", params={"bind": HOSTILE}).text
