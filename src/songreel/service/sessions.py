"""Conversations about projects: whose each is, and what of its project can be asked for."""

from __future__ import annotations

import os
import re
import secrets
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import delete, select

from songreel.app.conversation import Conversation, Understand
from songreel.app.studio import Studio
from songreel.model.asset import Asset
from songreel.model.material import Material
from songreel.service import tables
from songreel.service.database import Database
from songreel.service.folders import PROJECT, Folders

_NUMBER = re.compile(r"[0-9]{19}")
_SETTLED_NS = 2 * 10**9


@dataclass(frozen=True, slots=True)
class Session:
    """One conversation about one project; ``id`` is a number of 19 digits, ``created_at`` in seconds since 1970.

    ``revision`` is the one of its project that stood when this was read, where several servers keep it together.
    """

    id: str
    task: str
    name: str
    user: str
    language: str
    created_at: int
    revision: str = ""


class Sessions:
    """Sessions as rows, their projects as folders; ``now`` in seconds since 1970."""

    def __init__(
        self,
        database: Database,
        folders: Folders,
        understand: Understand,
        studio: Callable[[], Studio] = Studio,
        *,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._database, self._folders, self._now = database, folders, now
        self._understand, self._studio = understand, studio

    def open(self, user: str, name: str, language: str) -> Session:
        """Return a new session of a user, with an empty project."""
        number = str(secrets.randbelow(9 * 10**18) + 10**18)
        row = tables.Session(
            id=number,
            task=f"task_{secrets.token_hex(8)}",
            user=user,
            name=name,
            language=language,
            created_at=int(self._now()),
        )
        with self._database.writing() as transaction:
            transaction.add(row)
        session = _session(row)
        # An empty project from the start: whoever reads the state need not hold the lock to make one.
        self.conversation(session).held()
        return session

    def find(self, number: str, user: str) -> Session | None:
        """Return a user's session; None where there is none of them, whoever's it is."""
        if not _NUMBER.fullmatch(number):
            return None
        with self._database.reading() as transaction:
            row = transaction.get(tables.Session, number)
            return _session(row) if row is not None and row.user == user else None

    def of(self, user: str) -> list[Session]:
        """Return the sessions of a user, the newest first."""
        wanted = select(tables.Session).where(tables.Session.user == user)
        with self._database.reading() as transaction:
            rows = transaction.scalars(wanted.order_by(tables.Session.created_at.desc(), tables.Session.id)).all()
            return [_session(row) for row in rows]

    def remove(self, session: Session) -> None:
        """Remove a session with its project and its claims; whoever changes it at this moment is waited for."""
        with self._database.writing() as transaction:
            transaction.execute(delete(tables.Claim).where(tables.Claim.session == session.id))
            transaction.execute(delete(tables.Session).where(tables.Session.id == session.id))
        self._folders.remove(session.id)

    def folder(self, session: Session) -> Path:
        """Return the folder of a session on this machine, with its project as it stands; it may not be there yet."""
        return self._folders.folder(session.id, revision=session.revision)

    def conversation(self, session: Session) -> Conversation:
        """Return the conversation of a session."""
        return self._talk(self.folder(session) / PROJECT)

    def stamp(self, session: Session) -> str | None:
        """Return what changes with any document of a session's project; None where that cannot be told.

        Documents take their names by renaming, which changes the folder that they lie in. Two changes may have the same
        moment: a folder that was changed just now has no stamp yet.
        """
        root = self.folder(session) / PROJECT
        try:
            with os.scandir(root) as entries:
                folders = [root, *sorted(Path(entry) for entry in entries if entry.is_dir())]
            seen = [(found.st_ino, found.st_mtime_ns) for found in (folder.stat() for folder in folders)]
        except OSError:
            return None
        settled = time.time_ns() - max(changed for _, changed in seen) > _SETTLED_NS
        return str(seen) if settled else None

    def studio(self) -> Studio:
        """Return a studio that looks at files and listens to songs as the service does."""
        return self._studio()

    def take(self, session: Session, files: Iterable[tuple[Asset, Material | None]]) -> tuple[Asset, ...]:
        """Take files into a session's project that somebody looked at; whoever changes it meanwhile is waited for."""
        return self._folders.take(session.id, lambda project: self._talk(project).take(files))

    def _talk(self, project: Path) -> Conversation:
        return Conversation(project, self.studio(), self._understand)


def _session(row: tables.Session) -> Session:
    return Session(
        id=row.id,
        task=row.task,
        name=row.name,
        user=row.user,
        language=row.language,
        created_at=row.created_at,
        revision=row.revision,
    )
