"""Changes of a project happen whole and once, at whatever write a process dies."""

import json

import pytest

from songreel.media import store
from songreel.service import journal


class Died(BaseException):
    """As if the process had been killed here."""


@pytest.fixture
def session(tmp_path):
    project = tmp_path / "project"
    (project / "timelines").mkdir(parents=True)
    (project / "assets").mkdir()
    (project / "assets" / "song.wav").write_bytes(b"sound")
    (project / "project.json").write_text("1")
    (project / "history.json").write_text("1")
    return tmp_path


def counted(project):
    """One more version, as a turn makes it: by replacing files."""
    number = int((project / "project.json").read_text()) + 1
    for name in (f"timelines/{number}.json", "history.json", "project.json"):
        with store.atomic(project / name) as part:
            part.write_text(str(number))
    return {"version": number}


def documents(session):
    project = session / "project"
    return {str(path.relative_to(project)): path.read_text() for path in sorted(project.rglob("*.json"))}


DONE = {"history.json": "2", "project.json": "2", "timelines/2.json": "2"}


def test_a_change_is_made_once_for_each_job(session):
    assert journal.once(session, "a", counted) == {"version": 2}
    assert journal.once(session, "a", counted) == {"version": 2}
    assert documents(session) == DONE
    assert journal.once(session, "b", counted) == {"version": 3}
    assert journal.once(session, "a", counted) == {"version": 2}
    assert documents(session)["project.json"] == "3"
    assert not (session / "attempts").exists()
    assert (session / "project" / "assets" / "song.wav").read_bytes() == b"sound"


@pytest.mark.parametrize("write", range(12))
def test_a_change_that_dies_at_any_write_is_made_whole_by_whoever_comes_next(session, monkeypatch, write):
    left = [write]
    replace = type(session).replace

    def dying(path, target):
        if left[0] == 0:
            raise Died
        left[0] -= 1
        return replace(path, target)

    monkeypatch.setattr(type(session), "replace", dying)
    try:
        journal.once(session, "a", counted)
        died = False
    except Died:
        died = True
    monkeypatch.undo()
    assert died == (write < 9)
    journal.carry_over(session)
    assert documents(session) in ({"history.json": "1", "project.json": "1"}, DONE)
    assert journal.once(session, "a", counted) == {"version": 2}
    assert documents(session) == DONE
    assert not (session / "journal.json").exists()


def test_a_change_that_fails_leaves_the_project_as_it_was(session):
    def failing(project):
        counted(project)
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        journal.once(session, "a", failing)
    assert documents(session) == {"history.json": "1", "project.json": "1"}
    assert not (session / "attempts").exists()


def test_what_is_named_is_written_before_what_names_it(session):
    journal.once(session, "a", counted)
    written = json.loads((session / "turns" / "a.json").read_text())
    assert written["files"] == {}
    ages = [(session / "project" / name).stat().st_mtime_ns for name in ("timelines/2.json", "project.json")]
    assert ages == sorted(ages)
