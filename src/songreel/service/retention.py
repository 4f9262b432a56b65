"""What users brought goes after its time: files that no order needs, and projects that nobody changed for so long."""

from __future__ import annotations

import contextlib
import fcntl
import json
import shutil
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from songreel.base.errors import NotStored
from songreel.service.storage import Storage

_DAY_S = 86_400


def sweep(storage: Storage, home: Path, *, days: int) -> int:
    """Remove uploads and projects older than some days, and return how many went; none when ``days`` is 0.

    What an order names stays as long as the order does: a machine may be about to render it. A session whose project
    has gone is empty, as a new one is.
    """
    if not days:
        return 0
    oldest = datetime.now(UTC) - timedelta(days=days)
    old = [each.key for each in storage.list("assets") if each.modified < oldest]
    ordered = _ordered(storage) if old else set()
    gone = [key for key in old if key.partition("/")[2] not in ordered]
    for key in gone:
        storage.delete(key)
    idle = [folder for folder in (home / "sessions").glob("*") if _emptied(folder, time.time() - days * _DAY_S)]
    return len(gone) + len(idle)


def _ordered(storage: Storage) -> set[str]:
    """Return the contents of all files that orders name, also those that another version of Songreel wrote."""
    found: set[str] = set()
    for each in storage.list("orders"):
        with contextlib.suppress(NotStored, ValueError, TypeError, KeyError):
            found.update(file["content"] for file in json.loads(storage.get_bytes(each.key))["files"])
    return found


def _emptied(folder: Path, before: float) -> bool:
    """Remove a session's project when nobody has changed it since, and nobody is changing it."""
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
