"""Where the projects of sessions lie, and how they are changed: whole, once for each job, by one at a time.

One machine keeps them as folders, which are all there is of them (`Own`); several servers of an installation keep them
together (`shared.Shared`).
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from songreel.base.settings import Settings
from songreel.model.asset import Asset
from songreel.service import journal, retention
from songreel.service.journal import Json

if TYPE_CHECKING:
    from songreel.service.database import Database
    from songreel.service.storage import Storage

SESSIONS, PROJECT = "sessions", "project"
DAY_S = 86_400


class Folders(Protocol):
    """The projects of all sessions, from one process; a session is named by its number."""

    def folder(self, session: str, *, revision: str = "") -> Path:
        """Return the folder of a session on this machine, at a revision that its row tells or a later one."""

    def once(self, session: str, job: str, change: Callable[[Path], Json]) -> Json:
        """Return what a job's change of a session's project leaves; made only if it has not been made before.

        ``change`` is given the folder of a copy. What is said in the project's files when it returns is kept whole.
        """

    def take(self, session: str, change: Callable[[Path], tuple[Asset, ...]]) -> tuple[Asset, ...]:
        """Return the assets that a change brings into a session's project, where they lie then."""

    def remove(self, session: str) -> None:
        """Remove all of a session whose row has gone; whoever changes it at this moment is waited for."""

    def sweep(self, *, idle_days: int, answered_days: int) -> int:
        """Empty the projects that nobody has changed for so many days (0: none), and return how much went.

        What came of changes is forgotten after some days too: whoever could ask for it has done so.
        """


class Own:
    """Projects of one machine: folders under its home, which are all there is of them."""

    def __init__(self, home: Path) -> None:
        self._home = home

    def folder(self, session: str, *, revision: str = "") -> Path:
        """Return the folder of a session, which may not be there yet."""
        del revision
        return self._home / SESSIONS / session

    def once(self, session: str, job: str, change: Callable[[Path], Json]) -> Json:
        """Return what a job's change of a session's project leaves; made only if it has not been made before."""
        folder = self.folder(session)
        with journal.held(folder):
            return journal.once(folder, job, change)

    def take(self, session: str, change: Callable[[Path], tuple[Asset, ...]]) -> tuple[Asset, ...]:
        """Return the assets that a change brings into a session's project."""
        folder = self.folder(session)
        folder.mkdir(parents=True, exist_ok=True)
        with journal.held(folder):
            return change(folder / PROJECT)

    def remove(self, session: str) -> None:
        """Remove all of a session; whoever changes it at this moment is waited for."""
        folder = self.folder(session)
        folder.mkdir(parents=True, exist_ok=True)
        with journal.held(folder):
            shutil.rmtree(folder)

    def sweep(self, *, idle_days: int, answered_days: int) -> int:
        """Empty the projects that nobody has changed for so many days (0: none), and return how much went."""
        root = self._home / SESSIONS
        gone = journal.forget(root, time.time() - answered_days * DAY_S)
        if not idle_days:
            return gone
        before = time.time() - idle_days * DAY_S
        return gone + sum(retention.emptied(folder, before) for folder in root.glob("*"))


def of(chosen: Settings, parts: tuple[Database, Storage] | None = None) -> Folders:
    """Return the projects as the settings place them: together where any server may be asked for them.

    ``parts`` are the rows and files of the installation where this process has them open already.
    """
    if not chosen.has_many_servers():
        return Own(chosen.home)
    # One machine alone needs none of this.
    from songreel.service import database, storage
    from songreel.service.shared import Shared

    rows, kept = parts or (database.at(chosen.database()), storage.at(chosen.storage_url, home=chosen.home))
    return Shared(rows, kept, chosen.home)
