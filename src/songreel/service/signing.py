"""Links that open one path for a time, without a token: the path, a moment and an HMAC of both.

The key is SONGREEL_SECRET, the same on every machine of a service, or one that is made once under SONGREEL_HOME and
read by its owner alone.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import os
import secrets
import time
from base64 import urlsafe_b64encode
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote, urlencode

from songreel.media import store

KEY_FILE = "secret"
_KEY_BYTES = 32


class Signer:
    """Signs and verifies with one key; ``now`` in seconds since 1970."""

    def __init__(self, key: bytes, now: Callable[[], float] = time.time) -> None:
        self._key, self._now = key, now

    def sign(self, path: str, expires_at: int) -> str:
        """Return the signature of a path, unquoted, that holds until a moment."""
        return urlsafe_b64encode(self._mac("link", f"{expires_at}:{path}")).decode().rstrip("=")

    def verify(self, path: str, expires_at: int, signature: str) -> bool:
        """Tell whether a signature is ours, of this path and moment, and the moment has not passed."""
        good = hmac.compare_digest(self.sign(path, expires_at).encode(), signature.encode("utf-8", "replace"))
        return good and self._now() < expires_at

    def link(self, path: str, *, seconds: int) -> str:
        """Return a path, quoted, with ``expires`` and ``signature`` behind it, that opens for some seconds."""
        expires_at = int(self._now()) + seconds
        asked = urlencode({"expires": expires_at, "signature": self.sign(path, expires_at)})
        return f"{quote(path)}?{asked}"

    def pseudonym(self, value: str) -> str:
        """Return a name for something personal, such as an address, that only this key can make of it."""
        return self._mac("pseudonym", value).hex()

    def _mac(self, purpose: str, text: str) -> bytes:
        return hmac.new(self._key, f"{purpose}:{text}".encode("utf-8", "surrogatepass"), hashlib.sha256).digest()


def key(home: Path, secret: str | None = None) -> bytes:
    """Return the key of this service; without a secret it is made once under ``home``, whoever starts first.

    Raises CannotWrite when it cannot be kept.
    """
    if secret:
        return hashlib.sha256(secret.encode()).digest()
    path = home / KEY_FILE
    try:
        return _kept(path)
    except OSError as error:
        raise store.cannot_write(path, error) from error


def _kept(path: Path) -> bytes:
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        part = path.with_name(f".{path.name}.{os.getpid()}-{secrets.token_hex(4)}")
        try:
            with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
                out.write(secrets.token_bytes(_KEY_BYTES))
            # A link is refused where the name is taken: of several that start at once, one makes the key.
            with contextlib.suppress(FileExistsError):
                os.link(part, path)
        finally:
            part.unlink(missing_ok=True)
    return path.read_bytes()
