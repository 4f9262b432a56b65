"""Projects that any server of an installation can serve: kept in the storage, with the folder of a machine a copy.

A session's row names the revision of its project that stands: the digest of an index, which lists all files with what
is in them. Whoever changes a project holds the session's lock in the database and tries the change on a copy, puts what
is new into the storage, and then, in the transaction that holds the lock, has the row name the new revision. Killed
before that, nothing has happened; killed after it, everybody brings their folder there when they look at it next.

::

    sessions/<session id>/<digest>        in the storage: documents
    sessions/<session id>/<revision>.index    what is in a revision, by name
    assets/<digest>                       what was brought, as uploads and renders keep it

    SONGREEL_HOME/
    ├── bringing/                         locks: held while a folder is brought from one revision to another
    └── sessions/<session id>/
        ├── copy.json                     which revision this is, with its index; not there between two of them
        ├── attempts/<name>/              what a change is tried on
        ├── turns/<job>.json              what came of each change that is done
        └── project/
"""

from __future__ import annotations

import contextlib
import json
import secrets
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from sqlalchemy import select, update
from sqlalchemy.orm import Session as Transaction

from songreel.base import ids
from songreel.base.errors import NotStored
from songreel.media import store
from songreel.model.asset import Asset
from songreel.service import copies, journal, retention, tables
from songreel.service.copies import Copy, Index
from songreel.service.database import Database
from songreel.service.folders import DAY_S, PROJECT, SESSIONS
from songreel.service.journal import Json
from songreel.service.storage import Storage, Stored

Left = TypeVar("Left")
EMPTY = ""
"""The revision of a project that nothing was brought to."""
KEPT_DAYS = 7
"""How long a machine keeps the copy of a project that nobody asks it for."""
_LOCK_DIGITS, _AT_ONCE = 2, 500
_LOOK_S = 0.1
_STRAY = timedelta(hours=1)
"""What no index names is left alone for so long: whoever puts it may just be about to name it."""
_GONE = "the session is no more"


class Shared:
    """The projects of all sessions of an installation, from one of its processes; ``now`` as the storage tells it."""

    def __init__(
        self,
        database: Database,
        kept: Storage,
        home: Path,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._database, self._kept, self._home, self._now = database, kept, home, now

    def folder(self, session: str, *, revision: str = EMPTY) -> Path:
        """Return the folder of a session on this machine, at a revision that its row tells or a later one."""
        folder = self._place(session)
        if not copies.used(folder, revision):
            self._bring(session)
        return folder

    def once(self, session: str, job: str, change: Callable[[Path], Json]) -> Json:
        """Return what a job's change of a session's project leaves; made only if it has not been made before."""

        def made(attempt: Path) -> Json:
            done = attempt / copies.DONE / f"{job}.json"
            if not done.is_file():
                answer = change(attempt / PROJECT)
                done.parent.mkdir(exist_ok=True)
                done.write_text(json.dumps(answer, ensure_ascii=False), encoding="utf-8")
            found: Json = json.loads(done.read_text(encoding="utf-8"))
            return found

        return self._changed(session, made)

    def take(self, session: str, change: Callable[[Path], tuple[Asset, ...]]) -> tuple[Asset, ...]:
        """Return the assets that a change brings into a session's project, where they lie then."""

        def taken(attempt: Path) -> list[tuple[Asset, Path]]:
            root = attempt.resolve()
            return [(each, Path(each.path).relative_to(root)) for each in change(attempt / PROJECT)]

        folder = self._place(session).resolve()
        return tuple(asset.evolve(path=str(folder / name)) for asset, name in self._changed(session, taken))

    def remove(self, session: str) -> None:
        """Remove all of a session whose row has gone; whoever changes it at this moment is waited for."""
        self._clear(session)
        with self._bringing(session):
            copies.remove(self._place(session))

    def sweep(self, *, idle_days: int, answered_days: int) -> int:
        """Empty the projects that nobody has changed for so many days (0: none), and return how much went.

        What killed processes left of removed sessions goes too, and copies that nobody asks this machine for.
        """
        gone = journal.forget(self._home / SESSIONS, time.time() - answered_days * DAY_S)
        newest: dict[str, datetime] = {}
        for each in self._kept.list(SESSIONS):
            session = each.key.split("/")[1]
            newest[session] = max(each.modified, newest.get(session, each.modified))
        now = self._now()
        for session in self._gone(session for session, at in newest.items() if at < now - _STRAY):
            self._clear(session)
        self._forget_copies()
        before = now - timedelta(days=idle_days)
        idle = [session for session, at in newest.items() if idle_days and at < before]
        return gone + sum(self._emptied(session, before) for session in idle)

    def _changed(self, session: str, change: Callable[[Path], Left]) -> Left:
        """Make a change on a copy, and have it stand; what it raises leaves everything as it was."""
        folder = self._place(session)
        attempt = folder / copies.ATTEMPTS / secrets.token_hex(4)
        try:
            with self._alone(session) as transaction:
                copy = self._bring(session)
                self._tidy(session, copy)
                copies.begin(folder, attempt)
                left = change(attempt)
                then = self._put(session, attempt, copy)
                if then != copy.revision:
                    self._stand(transaction, session, before=copy.revision, then=then)
            self._bring(session, source=(then, attempt))
            return left
        finally:
            copies.remove(attempt)

    def _put(self, session: str, attempt: Path, before: Copy) -> str:
        """Put what is new into the storage, the index last, and return the revision."""
        files = copies.index(attempt, self._place(session), before)
        for name, content in files.items():
            key = _key(session, name, content)
            if before.files.get(name) != content and not (copies.is_asset(name) and self._kept.fresh(key)):
                self._kept.put(key, attempt / name)
        if files == before.files:
            return before.revision
        text = json.dumps(files, sort_keys=True, ensure_ascii=False).encode()
        revision = ids.digest(text)
        self._kept.put_bytes(_index(session, revision), text)
        return revision

    def _stand(self, transaction: Transaction, session: str, *, before: str, then: str) -> None:
        """Have the row name a revision. Whoever lost the lock meanwhile is told, and has changed nothing."""
        row = tables.Session
        named = update(row).where(row.id == session, row.revision == before).values(revision=then).returning(row.id)
        if transaction.scalar(named) is None:
            raise NotStored("somebody else has changed or removed the session", advice="Try it again.")

    def _bring(self, session: str, *, source: tuple[str, Path] | None = None) -> Copy:
        """Bring this machine's folder to the revision that stands, and return that.

        ``source`` is a revision with a folder that its files can be moved from.
        """
        with self._bringing(session):
            while True:
                revision = self._stands(session)
                from_here = source[1] if source and source[0] == revision else None
                try:
                    return self._brought(session, revision, from_here)
                except NotStored:
                    # Somebody has changed it meanwhile, and removed what that does not need.
                    if self._stands(session) == revision:
                        raise

    def _brought(self, session: str, revision: str, source: Path | None) -> Copy:
        folder = self._place(session)
        copy = copies.read(folder)
        if copy is not None and copy.revision == revision:
            return copy
        files: Index = json.loads(self._kept.get_bytes(_index(session, revision))) if revision else {}

        def fetch(name: str, path: Path) -> None:
            if source is not None and (source / name).is_file():
                (source / name).replace(path)
            else:
                self._kept.get(_key(session, name, files[name]), path)

        return copies.bring(folder, Copy(revision, files), fetch)

    def _stands(self, session: str) -> str:
        """Return the revision that stands."""
        with self._database.reading() as transaction:
            found = transaction.scalar(select(tables.Session.revision).where(tables.Session.id == session))
        if found is None:
            raise NotStored(_GONE)
        return found

    def _tidy(self, session: str, copy: Copy) -> None:
        """Remove what dead processes put, and what no index names any more. Whoever calls this holds the lock."""
        named = {_key(session, name, content) for name, content in copy.files.items()}
        named.add(_index(session, copy.revision))
        for each in self._of(session):
            if each.key not in named and each.modified < self._now() - _STRAY:
                self._kept.delete(each.key)

    def _clear(self, session: str) -> None:
        """Remove all of a session from the storage whose project is empty, or gone."""
        with self._alone(session) as transaction:
            if transaction.scalar(select(tables.Session.revision).where(tables.Session.id == session)):
                return
            for each in self._of(session):
                self._kept.delete(each.key)

    def _emptied(self, session: str, before: datetime) -> bool:
        """Empty a project unless somebody has changed it since."""
        with self._alone(session) as transaction:
            if any(each.modified >= before for each in self._of(session)):
                return False
            transaction.execute(update(tables.Session).where(tables.Session.id == session).values(revision=EMPTY))
        self._clear(session)
        return True

    def _of(self, session: str) -> list[Stored]:
        return list(self._kept.list(f"{SESSIONS}/{session}"))

    def _gone(self, sessions: Iterable[str]) -> set[str]:
        """Return those of some sessions that have no row."""
        asked = sorted(sessions)
        gone: set[str] = set(asked)
        with self._database.reading() as transaction:
            for at in range(0, len(asked), _AT_ONCE):
                wanted = select(tables.Session.id).where(tables.Session.id.in_(asked[at : at + _AT_ONCE]))
                gone -= set(transaction.scalars(wanted))
        return gone

    def _forget_copies(self) -> None:
        """Remove the copies of removed sessions, and those that nobody asks this machine for."""
        folders = list((self._home / SESSIONS).glob("*"))
        removed = self._gone(each.name for each in folders if copies.idle_s(each) > _STRAY.seconds)
        for folder in folders:
            # What is no copy of anything may be all there is of it.
            copy = copies.read(folder)
            unused = copy is not None and copy.revision != EMPTY and copies.idle_s(folder) > KEPT_DAYS * DAY_S
            if unused or folder.name in removed:
                with self._bringing(folder.name):
                    copies.remove(folder)

    def _place(self, session: str) -> Path:
        return self._home / SESSIONS / session

    @contextlib.contextmanager
    def _alone(self, session: str) -> Iterator[Transaction]:
        """Hold a session against every process of the installation, in a transaction that ends with it.

        Whoever waits holds no connection meanwhile: those are few, and a turn takes long.
        """
        while True:
            with self._database.writing() as transaction:
                if self._database.tries_alone(transaction, f"session {session}"):
                    yield transaction
                    return
            time.sleep(_LOOK_S)

    @contextlib.contextmanager
    def _bringing(self, session: str) -> Iterator[None]:
        """Hold the folder of a session on this machine."""
        locks = self._home / "bringing"
        locks.mkdir(parents=True, exist_ok=True)
        # One of a few: there may be any number of sessions, and their folders go.
        with store.held(locks / ids.digest(session)[:_LOCK_DIGITS]):
            yield


def _key(session: str, name: str, content: str) -> str:
    return f"assets/{content}" if copies.is_asset(name) else f"{SESSIONS}/{session}/{content}"


def _index(session: str, revision: str) -> str:
    return f"{SESSIONS}/{session}/{revision}{retention.INDEX}"
