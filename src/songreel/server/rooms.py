"""What the service keeps: tokens by their digest, and a folder for each session, with the project that it talks about.

::

    SONGREEL_HOME/
    ├── tokens/<digest>.json            whose token it is, and until when
    └── sessions/<session id>/
        ├── session.json                whose session it is
        └── project/                    a project as the command line makes it
"""

from __future__ import annotations

import json
import re
import secrets
import threading
from collections import defaultdict
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from songreel.app.conversation import Conversation, Understand
from songreel.app.studio import Studio
from songreel.base import ids
from songreel.media import store

TOKEN_DAYS = 7
_SESSION = re.compile(r"\d{19}")


@dataclass(frozen=True, slots=True)
class Token:
    """Whose a token is; ``expires_at`` in ISO 8601, UTC."""

    user: str
    expires_at: str


@dataclass(frozen=True, slots=True)
class Session:
    """One conversation about one project."""

    id: str
    task: str
    name: str
    user: str
    language: str


class Rooms:
    """Tokens and sessions under one folder, and the lock that makes a session take one message after another."""

    def __init__(
        self,
        home: Path,
        understand: Understand,
        studio: Callable[[], Studio] = Studio,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._home, self._understand, self._studio, self._now = home, understand, studio, now
        self._locks: dict[str, threading.Lock] = defaultdict(threading.Lock)

    def issue(self) -> tuple[str, Token]:
        """Return a new token and whose it is; only its digest is kept."""
        secret = "nmv_usr_" + secrets.token_urlsafe(32)
        token = Token(f"anon_{secrets.token_hex(8)}", (self._now() + timedelta(days=TOKEN_DAYS)).isoformat())
        _write(self._home / "tokens" / f"{ids.digest(secret)}.json", asdict(token))
        return secret, token

    def user(self, secret: str) -> str | None:
        """Return whose a token is; None for one that is unknown or expired."""
        kept = _read(self._home / "tokens" / f"{ids.digest(secret)}.json")
        if kept is None or datetime.fromisoformat(kept["expires_at"]) <= self._now():
            return None
        return str(kept["user"])

    def open(self, user: str, name: str, language: str) -> Session:
        """Return a new session."""
        number = str(secrets.randbelow(9 * 10**18) + 10**18)
        session = Session(number, f"task_{secrets.token_hex(8)}", name, user, language)
        _write(self._folder(number) / "session.json", asdict(session))
        return session

    def session(self, number: str, user: str) -> Session | None:
        """Return a user's session; None where there is none of them."""
        if not _SESSION.fullmatch(number):
            return None
        kept = _read(self._folder(number) / "session.json")
        return Session(**kept) if kept and kept["user"] == user else None

    def conversation(self, session: Session) -> Conversation:
        """Return the conversation of a session."""
        return Conversation(self._folder(session.id) / "project", self._studio(), self._understand)

    def lock(self, session: Session) -> threading.Lock:
        """Return the lock that whoever changes a session holds."""
        return self._locks[session.id]

    def incoming(self, session: Session) -> Path:
        """Return a new folder for files on their way in."""
        folder = self._folder(session.id) / "incoming" / secrets.token_hex(8)
        folder.mkdir(parents=True)
        return folder

    def _folder(self, number: str) -> Path:
        return self._home / "sessions" / number


def _write(path: Path, value: dict[str, str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with store.atomic(path) as part:
        part.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")


def _read(path: Path) -> dict[str, str] | None:
    try:
        return dict(json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None
