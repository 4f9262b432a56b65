"""Old uploads go, but not what somebody may still need."""

import fcntl
import os
import time
from datetime import timedelta

import pytest
from tests.media.made import write_song
from tests.service.test_quarantine import NOISE

from songreel.app.conversation import Conversation
from songreel.app.studio import Studio
from songreel.base.ids import digest_file
from songreel.media import probe, store
from songreel.model.order import Order, OrderedFile
from songreel.service import retention, storage
from songreel.service.folders import Own

DAYS = 10
OLD = time.time() - timedelta(days=DAYS + 1).total_seconds()


@pytest.fixture
def kept(tmp_path):
    return storage.at("", home=tmp_path)


def age(*paths):
    for path in paths:
        os.utime(path, (OLD, OLD))


def test_old_files_go_and_young_ones_stay(kept, tmp_path):
    for key in ("assets/old", "assets/young", "renders/old"):
        kept.put_bytes(key, b"1")
    age(tmp_path / "storage/assets/old", tmp_path / "storage/renders/old")
    assert retention.sweep(kept, days=0) == 0
    assert retention.sweep(kept, days=DAYS) == 1
    assert {each.key for each in kept.list("")} == {"assets/young", "renders/old"}


def test_what_an_order_names_stays(kept, tmp_path):
    for name in ("named", "other"):
        kept.put_bytes(f"assets/{name}", b"1")
        age(tmp_path / "storage/assets" / name)
    assert {"files"} <= set(Order.model_fields)
    assert {"content"} <= set(OrderedFile.model_fields)
    for number, order in enumerate((b'{"files":[{"content":"named"}]}', b"{}", b"[]", b"no JSON")):
        kept.put_bytes(f"orders/{number}", order)
    assert retention.sweep(kept, days=DAYS) == 1
    assert kept.exists("assets/named")
    kept.delete("orders/0")
    assert retention.sweep(kept, days=DAYS) == 1
    assert not kept.exists("assets/named")


def test_a_project_that_nobody_changes_goes_and_its_session_is_empty(tmp_path):
    folder = tmp_path / "sessions" / "1"
    talk = Conversation(folder / "project", Studio(store.Cache(tmp_path / "cache", 10**9)), lambda *_: None)
    talk.take([(probe.song(write_song(tmp_path / "song.wav", NOISE)), None)])
    assert Own(tmp_path).sweep(idle_days=DAYS, answered_days=DAYS) == 0
    age(folder / "project", *(folder / "project").iterdir())
    with (folder / "lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        assert Own(tmp_path).sweep(idle_days=DAYS, answered_days=DAYS) == 0, "somebody is changing it"
    (folder / "project" / "project.json").touch()
    assert Own(tmp_path).sweep(idle_days=DAYS, answered_days=DAYS) == 0, "somebody changed it"
    age(*(folder / "project").iterdir())
    assert Own(tmp_path).sweep(idle_days=DAYS, answered_days=DAYS) == 1
    assert talk.shown().project.assets == ()
    assert digest_file(tmp_path / "song.wav"), "what was brought from elsewhere is left alone"
