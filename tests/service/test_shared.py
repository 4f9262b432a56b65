"""Projects that several machines keep together: whatever dies wherever, one revision stands, and all see it."""

import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, select

from songreel.app import bringing
from songreel.base.errors import NotStored
from songreel.base.ids import digest_file
from songreel.media import store
from songreel.model.asset import Asset
from songreel.service import shared, storage, tables
from songreel.service.shared import EMPTY, Shared

SESSION = "1000000000000000001"


class Died(BaseException):
    """As if the process had been killed here."""


@pytest.fixture
def files(tmp_path):
    return storage.at((tmp_path / "storage").as_uri(), home=tmp_path)


@pytest.fixture
def machines(kept, files, tmp_path):
    """Two machines with nothing in common but the rows and the files."""
    with kept.writing() as transaction:
        transaction.add(tables.User(id="u", plan="anonymous", created_at=1))
        transaction.flush()
        transaction.add(tables.Session(id=SESSION, task="t", user="u", name="", language="en", created_at=1))
    return tuple(Shared(kept, files, tmp_path / name) for name in ("one", "two"))


def revision(kept):
    with kept.reading() as transaction:
        return transaction.scalar(select(tables.Session.revision).where(tables.Session.id == SESSION))


def write(path, text):
    path.parent.mkdir(exist_ok=True)
    with store.atomic(path) as part:
        part.write_text(text)


def counted(project):
    """One more version, as a turn makes it: by replacing files."""
    number = len(list((project / "timelines").glob("*.json"))) + 1
    write(project / f"timelines/{number}.json", str(number))
    write(project / "history.json", f"to {number}")
    return {"version": number}


def brought(project, content=b"sound"):
    """A file as an upload brings it."""
    (project / "assets").mkdir(exist_ok=True)
    path = project / "assets" / "song.wav"
    path.write_bytes(content)
    return (Asset(id=digest_file(path), kind="song", name="song", path=str(path.resolve())),)


def seen(machine, kept):
    """All that a machine shows of the session."""
    project = machine.folder(SESSION, revision=revision(kept)) / "project"
    return {str(path.relative_to(project)): path.read_bytes() for path in sorted(project.rglob("*")) if path.is_file()}


def on_several(machines, kept):
    if kept.engine.dialect.name == "sqlite":
        pytest.skip("SQLite holds one machine, whose jobs take turns")
    return machines


def test_what_one_machine_changes_another_shows(machines, kept, files):
    one, two = machines
    empty = seen(one, kept)
    assert seen(two, kept) == empty
    assert set(empty) == {"project.json"}
    (asset,) = one.take(SESSION, brought)
    assert Path(asset.path).read_bytes() == b"sound"
    assert one.once(SESSION, "a", counted) == {"version": 1}
    assert seen(two, kept)["assets/song.wav"] == b"sound"
    assert two.once(SESSION, "b", counted) == {"version": 2}
    assert seen(one, kept) == seen(two, kept) != empty
    assert files.exists(f"assets/{asset.id}")


def test_a_change_is_made_once_for_each_job_on_whatever_machine(machines, kept):
    one, two = machines
    for machine in (one, two, one):
        assert machine.once(SESSION, "a", counted) == {"version": 1}
    stands = revision(kept)
    assert two.once(SESSION, "a", counted) == {"version": 1}
    assert revision(kept) == stands


def test_only_what_is_new_is_put_and_fetched(machines, kept, files, monkeypatch):
    one, two = machines
    one.take(SESSION, brought)
    one.once(SESSION, "a", counted)
    seen(two, kept)
    moved = []
    for name in ("put", "get"):
        real = getattr(files, name)
        monkeypatch.setattr(files, name, lambda key, path, real=real: (moved.append(key), real(key, path)))
    one.once(SESSION, "b", counted)
    new = {"history.json", "timelines/2.json", "b.json"}
    assert len(moved) == len(new), "the machine that changes it fetches nothing"
    put = set(moved)
    seen(two, kept)
    assert sorted(moved) == sorted([*put, *put])
    seen(two, kept)
    assert len(moved) == 2 * len(new), "what is there is not asked for"


@pytest.mark.parametrize("write_number", range(12))
def test_a_machine_that_dies_at_any_write_changes_all_or_nothing(machines, kept, tmp_path, monkeypatch, write_number):
    one, two = machines
    one.take(SESSION, brought)
    one.once(SESSION, "a", counted)
    before = seen(one, kept)
    left = [write_number]

    def dying(real):
        def wrapped(*args, **options):
            if left[0] == 0:
                raise Died
            left[0] -= 1
            return real(*args, **options)

        return wrapped

    for target, name in ((type(tmp_path), "replace"), (storage.Storage, "put"), (storage.Storage, "put_bytes")):
        monkeypatch.setattr(target, name, dying(getattr(target, name)))
    try:
        one.once(SESSION, "b", counted)
        died = False
    except Died:
        died = True
    monkeypatch.undo()
    assert died == (write_number < 10)
    after = before | {"history.json": b"to 2", "timelines/2.json": b"2"}
    assert seen(two, kept) in (before, after)
    assert seen(one, kept) == seen(two, kept)
    assert two.once(SESSION, "b", counted) == {"version": 2}
    assert seen(one, kept) == seen(two, kept) == after


def test_what_fails_or_came_too_late_leaves_everything_as_it_was(machines, kept):
    one, two = machines
    one.once(SESSION, "a", counted)
    before = seen(one, kept)

    def failing(project):
        counted(project)
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        one.once(SESSION, "b", failing)
    assert seen(one, kept) == seen(two, kept) == before
    assert not list(one.folder(SESSION).glob("attempts/*"))


def test_whoever_lost_the_lock_changes_nothing(machines, kept, monkeypatch):
    one, two = on_several(machines, kept)
    monkeypatch.setattr(kept, "tries_alone", lambda *_: True)

    def overtaken(project):
        two.once(SESSION, "b", counted)
        return counted(project)

    with pytest.raises(NotStored):
        one.once(SESSION, "a", overtaken)
    assert set(seen(one, kept)) == {"history.json", "project.json", "timelines/1.json"}
    assert one.once(SESSION, "a", counted) == {"version": 2}


def test_changes_of_one_session_wait_for_each_other(machines, kept):
    one, two = on_several(machines, kept)
    inside, most = [0], [0]

    def change(project):
        inside[0] += 1
        most[0] = max(most[0], inside[0])
        seen_there = counted(project)
        inside[0] -= 1
        return seen_there

    threads = [
        threading.Thread(target=machine.once, args=(SESSION, f"{job}-{number}", change))
        for number, machine in enumerate((one, two))
        for job in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1]
    assert len([name for name in seen(one, kept) if name.startswith("timelines/")]) == 6
    assert seen(one, kept) == seen(two, kept)


def test_who_reads_while_it_changes_is_brought_to_what_stands_then(machines, kept, files, monkeypatch):
    one, two = machines
    one.once(SESSION, "a", counted)
    old = revision(kept)
    real, changed, first = files.get, [], threading.Lock()

    def overtaken(key, path):
        if first.acquire(blocking=False):
            changed.append(one.once(SESSION, "b", counted))
            raise NotStored("removed meanwhile")
        real(key, path)

    monkeypatch.setattr(files, "get", overtaken)
    assert (two.folder(SESSION, revision=old) / "project/history.json").read_text() == "to 2"
    assert changed == [{"version": 2}]


def test_what_the_dead_put_goes_with_the_next_change(machines, kept, files, monkeypatch):
    one, two = machines
    one.once(SESSION, "a", counted)
    files.put_bytes(f"sessions/{SESSION}/stray", b"1")
    one.once(SESSION, "b", counted)
    assert files.exists(f"sessions/{SESSION}/stray"), "somebody may be about to name it"
    monkeypatch.setattr(shared, "_STRAY", timedelta(0))
    two.once(SESSION, "c", counted)
    assert not files.exists(f"sessions/{SESSION}/stray")
    assert len(seen(one, kept)) == len(seen(two, kept)) == 5


def test_a_removed_session_is_removed_everywhere(machines, kept, files, tmp_path, monkeypatch):
    one, two = machines
    one.once(SESSION, "a", counted)
    seen(two, kept)
    with kept.writing() as transaction:
        transaction.execute(delete(tables.Session))
    one.remove(SESSION)
    assert not list(files.list("sessions"))
    assert not (tmp_path / "one/sessions" / SESSION).exists()
    with pytest.raises(NotStored):
        two.once(SESSION, "b", counted)
    monkeypatch.setattr(shared, "_STRAY", timedelta(0))
    files.put_bytes(f"sessions/{SESSION}/stray", b"1")
    two.sweep(idle_days=0, answered_days=30)
    assert not (tmp_path / "two/sessions" / SESSION).exists()
    assert not list(files.list("sessions"))


def test_a_project_that_nobody_changes_is_emptied_and_one_that_is_changed_is_not(machines, kept, files, tmp_path):
    one, two = machines
    empty = seen(one, kept)
    one.once(SESSION, "a", counted)
    assert one.sweep(idle_days=10, answered_days=30) == 0
    later = Shared(kept, files, tmp_path / "two", now=lambda: datetime.now(UTC) + timedelta(days=11))
    assert later.sweep(idle_days=10, answered_days=30) == 1
    assert revision(kept) == EMPTY
    assert not list(files.list("sessions"))
    assert seen(one, kept) == seen(two, kept) == empty
    assert two.once(SESSION, "b", counted) == {"version": 1}
    assert seen(one, kept) == seen(two, kept)


def test_a_copy_that_nobody_asks_for_goes_and_comes_back(machines, kept, tmp_path, monkeypatch):
    one, _ = machines
    one.once(SESSION, "a", counted)
    before = seen(one, kept)
    monkeypatch.setattr(shared, "KEPT_DAYS", -1)
    one.sweep(idle_days=0, answered_days=30)
    assert not (tmp_path / "one/sessions" / SESSION).exists()
    assert seen(one, kept) == before


def test_what_a_server_kept_alone_is_what_the_session_begins_with(machines, kept, tmp_path, monkeypatch):
    one, two = machines
    alone = tmp_path / "one/sessions" / SESSION / "project"
    alone.mkdir(parents=True)
    bringing.opened(alone)
    counted(alone)
    monkeypatch.setattr(shared, "KEPT_DAYS", -1)
    one.sweep(idle_days=0, answered_days=30)
    assert seen(one, kept)["timelines/1.json"] == b"1"
    one.sweep(idle_days=0, answered_days=30)
    assert one.once(SESSION, "a", counted) == {"version": 2}
    assert seen(one, kept) == seen(two, kept)
