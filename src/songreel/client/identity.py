"""Who this machine is to a service: the client id, and the tokens that it was given for it.

A client id gets one token a week, so a token is kept until it expires, readable to its owner alone.
"""

from __future__ import annotations

import json
import os
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from pydantic import SecretStr

from songreel.base.errors import BadRequest, CannotWrite
from songreel.client.answers import Token

LONGEST_ID = 64


def home() -> Path:
    """Return the folder that the protocol's clients share."""
    return Path.home() / ".config" / "nemovideo"


@dataclass(frozen=True)
class Identity:
    """The client id of a folder, unless one is ``given``, and the tokens beside it."""

    folder: Path = field(default_factory=home)
    given: str | None = None
    now: Callable[[], datetime] = lambda: datetime.now(UTC)

    def client_id(self) -> str:
        """Return the client id; the first call keeps a new one for all that follow.

        Raises BadRequest for a given one that no service takes, CannotWrite where none can be kept.
        """
        if self.given:
            if not _plain(self.given):
                raise BadRequest(
                    "NEMO_CLIENT_ID is no client id", advice=f"Use a UUID, at most {LONGEST_ID} characters."
                )
            return self.given
        path = self.folder / "client_id"
        kept = _text(path).strip()
        return kept if _plain(kept) else self.renew()

    def renew(self) -> str:
        """Keep a new client id in the place of one that a service does not take, and return it."""
        made = str(uuid.uuid4())
        self._write("client_id", made + "\n")
        return made

    def token(self, place: str) -> SecretStr | None:
        """Return the token that holds at a service; None where there is none, or it has expired."""
        kept = self._tokens().get(place)
        if not kept or not kept.get("token") or not self._holds(kept.get("expires_at", "")):
            return None
        return SecretStr(kept["token"])

    def user(self, place: str) -> str:
        """Return whose the token at a service is; empty where nobody knows."""
        return self._tokens().get(place, {}).get("user_id", "")

    def keep(self, place: str, token: Token) -> None:
        """Keep a token for a service until it expires."""
        entry = {
            "token": token.token.get_secret_value(),
            "expires_at": token.expires_at,
            "user_id": token.user_id,
        }
        self._write("tokens.json", json.dumps({**self._tokens(), place: entry}, indent=1))

    def last_session(self, place: str) -> str | None:
        """Return the session at a service that was talked in last."""
        return self._sessions().get(place)

    def keep_session(self, place: str, session: str) -> None:
        """Remember a session as the one that was talked in last."""
        self._write("sessions.json", json.dumps({**self._sessions(), place: session}, indent=1))

    def _holds(self, expires_at: str) -> bool:
        try:
            until = datetime.fromisoformat(expires_at)
        except ValueError:
            return True
        return (until if until.tzinfo else until.replace(tzinfo=UTC)) > self.now()

    def _tokens(self) -> dict[str, dict[str, str]]:
        return {name: kept for name, kept in _object(self.folder / "tokens.json").items() if isinstance(kept, dict)}

    def _sessions(self) -> dict[str, str]:
        return {name: kept for name, kept in _object(self.folder / "sessions.json").items() if isinstance(kept, str)}

    def _write(self, name: str, text: str) -> None:
        part = self.folder / f".{name}.{os.getpid()}"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as out:
                out.write(text)
            part.replace(self.folder / name)
        except OSError as error:
            raise CannotWrite(
                f"who you are to the service cannot be kept in {self.folder} ({error.strerror})",
                advice="Make that folder writable.",
            ) from error


def _plain(text: str) -> bool:
    return 1 <= len(text) <= LONGEST_ID and text.isascii() and text.isprintable() and " " not in text


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def _object(path: Path) -> Mapping[str, object]:
    try:
        found = json.loads(_text(path))
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
