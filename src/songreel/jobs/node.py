"""A name for a process that stays its own over restarts, and that no other process has at the same time."""

from __future__ import annotations

import fcntl
import os
import re
import secrets
import socket
from dataclasses import dataclass
from pathlib import Path

from songreel.base.errors import CannotWrite

SLOTS = 256
_FOLDER = "node"


@dataclass(frozen=True, slots=True)
class Node:
    """The name, and the lock that makes it this process's alone; the system frees it however the process ends."""

    name: str
    lock: int

    def leave(self) -> None:
        """Give the name back."""
        os.close(self.lock)


def join(home: Path) -> Node:
    """Return a name made of an id kept under ``home``, the machine's name, and the first slot that is free.

    The machine's name is in it, since a home can be copied to another machine. Raises CannotWrite where the home
    cannot be written, or all slots are taken.
    """
    folder = home / _FOLDER
    try:
        folder.mkdir(parents=True, exist_ok=True)
        kept = _id(folder / "id")
        machine = re.sub(r"[^A-Za-z0-9-]", "-", socket.gethostname())[:40]
        for slot in range(SLOTS):
            lock = _locked(folder / f"slot-{slot}")
            if lock is not None:
                return Node(f"{kept}.{machine}.{slot}", lock)
    except OSError as error:
        raise CannotWrite(f"{folder} cannot be kept: {error.strerror}", advice="Check SONGREEL_HOME.") from error
    raise CannotWrite(
        f"{SLOTS} processes work in {home} already", advice="Give the others a SONGREEL_HOME of their own."
    )


def _id(path: Path) -> str:
    """Return the id that is kept, or keep a new one; of two processes that begin at once, both get the first one's."""
    fresh = path.with_name(f".id-{os.getpid()}")
    fresh.write_text(secrets.token_hex(8), encoding="ascii")
    try:
        os.link(fresh, path)
    except FileExistsError:
        pass
    finally:
        fresh.unlink()
    return path.read_text(encoding="ascii").strip()


def _locked(path: Path) -> int | None:
    lock = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(lock)
        return None
    return lock
