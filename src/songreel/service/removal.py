"""The end of a project: what runs for it is ended, its videos and its folder go."""

from __future__ import annotations

from songreel.service.renders import Renders, file_key
from songreel.service.sessions import Session, Sessions
from songreel.service.storage import Storage
from songreel.service.turns import Turns

_MOST = 10_000


def remove(session: Session, sessions: Sessions, storage: Storage, turns: Turns, renders: Renders) -> None:
    """Remove a session. Uploaded files stay until their time: another project may have the same ones."""
    rendered = renders.of(session, most=_MOST)
    for job in (*turns.of(session, most=_MOST), *rendered):
        if not job.ended:
            turns.engine.cancel(job.id)
    sessions.remove(session)
    for job in rendered:
        storage.delete(file_key(job.id))
