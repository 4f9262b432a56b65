"""Changes of a project that happen whole and once, whatever is killed.

Whoever changes a session's project does so on a copy of its own; what came of it is written down in one file, and only
then carried over. Killed before that file, nothing has happened; killed after it, whoever comes next carries it over.

::

    SONGREEL_HOME/sessions/<session id>/
    ├── lock               held by whoever changes the project
    ├── journal.json       a change that is decided, and not carried over yet
    ├── attempts/<job>/    the copy that a change is tried on
    ├── turns/<job>.json   what came of each change that is done
    └── project/
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from songreel.media import store

Json = dict[str, Any]
_PROJECT, _JOURNAL, _DONE, _ATTEMPTS = "project", "journal.json", "turns", "attempts"
LAST = ("project.json", "history.json")
"""Written after all others, in this order: what they name is there by then."""


@contextlib.contextmanager
def held(folder: Path) -> Iterator[None]:
    """Hold a session's lock, with what was decided before carried over; its folder is there."""
    with store.held(folder / "lock"):
        carry_over(folder)
        yield


def once(folder: Path, job: str, change: Callable[[Path], Json]) -> Json:
    """Return what a job's change of a session's project leaves; made only if it has not been made before.

    ``change`` is given the folder of a copy. Whoever calls this holds the session's lock.
    """
    carry_over(folder)
    done = folder / _DONE / f"{job}.json"
    if done.is_file():
        return _answer(done)
    attempt = folder / _ATTEMPTS / job
    shutil.rmtree(folder / _ATTEMPTS, ignore_errors=True)
    try:
        copy(folder / _PROJECT, attempt)
        answer = change(attempt)
        written = {"job": job, "answer": answer, "files": _changed(folder / _PROJECT, attempt)}
        _write(folder / _JOURNAL, json.dumps(written, ensure_ascii=False))
    finally:
        shutil.rmtree(folder / _ATTEMPTS, ignore_errors=True)
    carry_over(folder)
    return answer


def carry_over(folder: Path) -> None:
    """Carry over a change that was decided before a process died. Whoever calls this holds the session's lock."""
    journal = folder / _JOURNAL
    if not journal.is_file():
        return
    written = json.loads(journal.read_text(encoding="utf-8"))
    for name, text in written["files"].items():
        path = folder / _PROJECT / name
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(path, text)
    (folder / _DONE).mkdir(exist_ok=True)
    _write(journal, json.dumps(written | {"files": {}}, ensure_ascii=False))
    journal.replace(folder / _DONE / f"{written['job']}.json")


def forget(sessions: Path, before: float) -> int:
    """Forget what came of changes before a moment, in seconds since 1970, and return how many those were."""
    old = [done for done in sessions.glob(f"*/{_DONE}/*.json") if done.stat().st_mtime < before]
    for done in old:
        done.unlink(missing_ok=True)
    return len(old)


def _answer(done: Path) -> Json:
    answer: Json = json.loads(done.read_text(encoding="utf-8"))["answer"]
    return answer


def copy(source: Path, target: Path) -> None:
    """Copy a project by hard links: its files are never written to, but replaced."""
    target.mkdir(parents=True)
    for path in source.rglob("*"):
        place = target / path.relative_to(source)
        if path.is_dir():
            place.mkdir(exist_ok=True)
        elif not path.name.endswith(".part"):
            os.link(path, place)


def _changed(source: Path, attempt: Path) -> dict[str, str]:
    """Return the documents of a copy that are not the project's own any more."""
    names = sorted(
        str(path.relative_to(attempt))
        for path in attempt.rglob("*.json")
        if not (twin := source / path.relative_to(attempt)).is_file() or not path.samefile(twin)
    )
    ordered = sorted(names, key=lambda name: LAST.index(name) if name in LAST else -1)
    return {name: (attempt / name).read_text(encoding="utf-8") for name in ordered}


def _write(path: Path, text: str) -> None:
    with store.atomic(path) as part:
        part.write_text(text, encoding="utf-8")
