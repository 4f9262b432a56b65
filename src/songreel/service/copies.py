"""A machine's copy of a session's project that is kept elsewhere: what is in it, and how it comes to another revision.

``copy.json`` says at which revision a folder is, with the index of that. It is removed before anything else is changed,
and written when all is there: whoever is killed in between leaves a folder whose files are looked at one by one.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from songreel.app import bringing
from songreel.base import ids
from songreel.media import store
from songreel.service import journal
from songreel.service.folders import PROJECT

Index = dict[str, str]
"""Names of files below a session's folder, with the digests of what is in them."""
DONE, ATTEMPTS = "turns", "attempts"
_COPY = "copy.json"
_FETCHING = 8
_ASSETS = f"{PROJECT}/assets/"


@dataclass(frozen=True, slots=True)
class Copy:
    """A revision of a session's project, and the files of that."""

    revision: str
    files: Index


def is_asset(name: str) -> bool:
    """Tell whether a file is something that was brought, which other sessions may have as well."""
    return name.startswith(_ASSETS)


def read(folder: Path) -> Copy | None:
    """Return what a folder is a copy of; None where there is none, or it is between two revisions."""
    try:
        return Copy(**json.loads((folder / _COPY).read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None


def used(folder: Path, revision: str) -> bool:
    """Tell whether a folder is at a revision, and note that it was asked for."""
    copy = read(folder)
    if copy is None or copy.revision != revision:
        return False
    # Another process may be bringing it to a later revision just now.
    with contextlib.suppress(FileNotFoundError):
        os.utime(folder / _COPY)
    return True


def idle_s(folder: Path) -> float:
    """Return for how many seconds nobody has asked for a folder."""
    note = folder / _COPY
    return time.time() - (note if note.exists() else folder).stat().st_mtime


def bring(folder: Path, target: Copy, fetch: Callable[[str, Path], None]) -> Copy:
    """Bring a folder to a revision; ``fetch`` puts a file to a path, whole or not at all. Whoever calls holds it.

    What lies in a folder that is no copy yet is what an empty session begins with.
    """
    copy = read(folder)
    if not target.files:
        if copy is not None:
            _empty(folder)
        (folder / _COPY).unlink(missing_ok=True)
    else:
        have = copy.files if copy else _digests(folder)
        (folder / _COPY).unlink(missing_ok=True)
        _fetch(folder, have, target.files, fetch)
        (folder / PROJECT / "timelines").mkdir(exist_ok=True)
    bringing.opened(folder / PROJECT)
    with store.atomic(folder / _COPY) as part:
        part.write_text(json.dumps({"revision": target.revision, "files": target.files}), encoding="utf-8")
    return target


def _fetch(folder: Path, have: Index, wanted: Index, fetch: Callable[[str, Path], None]) -> None:
    def fetched(name: str) -> None:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        fetch(name, path)

    lacking = [name for name in wanted if have.get(name) != wanted[name] or not (folder / name).is_file()]
    first = [name for name in lacking if _rank(name) < 0]
    # A long conversation is hundreds of small files, each of which is a call.
    with ThreadPoolExecutor(_FETCHING) as pool:
        for _ in pool.map(fetched, first):
            pass
    for name in sorted(set(lacking).difference(first), key=_rank):
        fetched(name)
    for name in have.keys() - wanted.keys():
        (folder / name).unlink(missing_ok=True)


def begin(folder: Path, attempt: Path) -> None:
    """Make a copy of a copy, for a change to be tried on; those of dead processes go."""
    shutil.rmtree(attempt.parent, ignore_errors=True)
    for name in (PROJECT, DONE):
        journal.copy(folder / name, attempt / name)


def index(attempt: Path, folder: Path, copy: Copy) -> Index:
    """Return the files that a change has left, in the order in which they may be put; the same file is known."""
    found: Index = {}
    for path in sorted(attempt.rglob("*")):
        if path.is_file() and not path.name.endswith(".part"):
            name = str(path.relative_to(attempt))
            twin = folder / name
            same = name in copy.files and twin.is_file() and path.samefile(twin)
            found[name] = copy.files[name] if same else ids.digest_file(path)
    return found


def remove(folder: Path) -> None:
    """Remove a copy; whoever calls holds it."""
    (folder / _COPY).unlink(missing_ok=True)
    shutil.rmtree(folder, ignore_errors=True)


def _empty(folder: Path) -> None:
    for name in (PROJECT, DONE):
        shutil.rmtree(folder / name, ignore_errors=True)


def _digests(folder: Path) -> Index:
    """Return what is in a folder of which nobody knows how far it is."""
    files = (path for name in (PROJECT, DONE) for path in (folder / name).rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): ids.digest_file(path) for path in files}


def _rank(name: str) -> int:
    """Return -1 for what may come at any time; what names other files comes after all of them, in this order."""
    within = name.removeprefix(f"{PROJECT}/")
    return journal.LAST.index(within) if within in journal.LAST else -1
