"""The state of a session is told anew with every change, however often it was asked for before."""

import os
import time

import pytest
from PIL import Image

from songreel.demo import song as demo_song
from songreel.demo.score import Part
from songreel.director.understanding import understand
from songreel.server import draft
from songreel.server.remembered import FRESH_S, Remembered

EARLIER_S = 60


class Place:
    """A session with a picture in it, and calls to its state."""

    def __init__(self, here, folder):
        self.kept, token = here.service.sessions, here.token()
        opened = here.session(token)
        self.client = here.client(token)
        self.session = self.kept.find(opened["session_id"], opened["user_id"])
        picture = folder / "harbor.png"
        Image.new("RGB", (64, 48), "teal").save(picture)
        self.bring(picture)

    def bring(self, path):
        """Upload a file."""
        with path.open("rb") as stream:
            answer = self.client.post(
                f"/api/upload-video/nemo_agent/me/{self.session.id}", files={"files": (path.name, stream)}
            )
        assert answer.status_code == 200, answer.text

    def settle(self):
        """Have the project's last change lie some time back."""
        then = time.time() - EARLIER_S
        for folder, _, _ in os.walk(self.kept.folder(self.session) / "project"):
            os.utime(folder, (then, then))

    def ask(self, **headers):
        answer = self.client.get(f"/api/state/nemo_agent/me/{self.session.id}/latest", headers=headers)
        assert answer.status_code in (200, 304), answer.text
        return answer

    def told(self):
        return self.ask().json()["data"]["state"]

    def talk(self, words):
        return self.kept.conversation(self.session).talk(words)


@pytest.fixture
def place(house, tmp_path):
    """A session that a few things were brought to."""
    return Place(house(understand=understand), tmp_path)


def test_every_change_of_a_video_is_told(place, tmp_path):
    song = tmp_path / "song.wav"
    demo_song.write_wav(demo_song.compose(form=(Part("verse", 4), Part("chorus", 4)), seed=3), song)
    place.bring(song)
    said = ("make a calm video", "add the title 'Harbor'", "undo", "add the title 'Pier'", "undo", "redo")
    for number, words in enumerate(said, 1):
        place.settle()
        before = place.told()
        turn = place.talk(words)
        assert turn.changed
        wanted = draft.of(turn.timeline)
        # Undo and redo are new versions too.
        wanted["m"]["version"] = number
        for _ in range(2):
            assert place.told()["draft"] == wanted
            assert place.told() != before
            place.settle()


def test_a_state_that_a_client_has_is_not_sent_again_until_it_changes(place, tmp_path):
    place.settle()
    tag = place.ask().headers["ETag"]
    same = place.ask(**{"If-None-Match": tag})
    assert (same.status_code, same.content) == (304, b"")
    Image.new("RGB", (64, 48), "black").save(tmp_path / "night.png")
    place.bring(tmp_path / "night.png")
    changed = place.ask(**{"If-None-Match": tag})
    assert changed.headers["ETag"] != tag
    assert [each["filename"] for each in changed.json()["data"]["state"]["video_infos"]] == ["harbor.png", "night.png"]


def test_links_in_a_state_lead_to_where_it_was_asked_for(place):
    place.settle()
    for site in ("one.example", "two.example", "one.example"):
        [picture] = place.ask(Host=site).json()["data"]["state"]["video_infos"]
        assert picture["cdn_url"].startswith(f"http://{site}/")


def test_what_is_remembered_is_of_its_stamp_and_time_and_has_bounds():
    moment = [0.0]
    kept = Remembered(most_bytes=10, now=lambda: moment[0])
    kept.put(("a",), "1", b"12345")
    kept.put(("b",), "1", b"12345")
    assert kept.get(("a",), "1") == b"12345"
    assert kept.get(("a",), "2") is None
    kept.put(("c",), "1", b"12345")
    assert [kept.get((name,), "1") for name in "abc"] == [b"12345", None, b"12345"]
    kept.put(("c",), "2", b"1" * 11)
    assert [kept.get((name,), "2") for name in "abc"] == [None] * 3
    kept.put(("d",), "1", b"1")
    moment[0] = FRESH_S
    assert kept.get(("d",), "1") is None
