"""What users brought goes after its time: files that nothing needs, and projects that nobody changed for so long."""

from __future__ import annotations

import contextlib
import fcntl
import json
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

from songreel.base.errors import NotStored
from songreel.service.storage import Storage

INDEX = ".index"
"""How keys end whose files name those of a project."""


def sweep(storage: Storage, *, days: int) -> int:
    """Remove uploads older than some days, and return how many went; none when ``days`` is 0.

    What an order names stays as long as the order does: a machine may be about to render it. So does what a project
    names that several servers keep together.
    """
    if not days:
        return 0
    oldest = datetime.now(UTC) - timedelta(days=days)
    old = [each.key for each in storage.list("assets") if each.modified < oldest]
    needed = _ordered(storage) | _held(storage) if old else set()
    gone = [key for key in old if key.partition("/")[2] not in needed]
    for key in gone:
        storage.delete(key)
    return len(gone)


def _ordered(storage: Storage) -> set[str]:
    """Return the contents of all files that orders name, also those that another version of Songreel wrote."""
    found: set[str] = set()
    for each in storage.list("orders"):
        with contextlib.suppress(NotStored, ValueError, TypeError, KeyError):
            found.update(file["content"] for file in json.loads(storage.get_bytes(each.key))["files"])
    return found


def _held(storage: Storage) -> set[str]:
    """Return the contents of all files that projects name which lie in the storage."""
    found: set[str] = set()
    for each in storage.list("sessions"):
        if each.key.endswith(INDEX):
            with contextlib.suppress(NotStored):
                found.update(json.loads(storage.get_bytes(each.key)).values())
    return found


def emptied(folder: Path, before: float) -> bool:
    """Remove a session's project when nobody has changed it since, and nobody is changing it.

    The session is empty then, as a new one is.
    """
    project = folder / "project"
    try:
        if max(path.stat().st_mtime for path in (project, *project.iterdir())) >= before:
            return False
        with (folder / "lock").open("w") as held:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(project)
    except OSError:
        # Gone already, or held by whoever is changing it.
        return False
    return True
