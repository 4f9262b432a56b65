"""A chat turn, as one call of a worker process that may be killed at any moment and made again."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from songreel.app import wiring
from songreel.app.conversation import Conversation, Turn
from songreel.app.studio import Studio
from songreel.base.settings import settings
from songreel.jobs.engine import Json
from songreel.service import folders, listening
from songreel.service.folders import Folders


def talk(session: str, job: str, words: str) -> Json:
    """Carry out a message in a session's project, once for each job, and return what came of it."""

    def change(project: Path) -> Json:
        return _told(Conversation(project, Studio(senses=listening.own()), wiring.understand()).talk(words))

    return _folders().once(session, job, change)


@cache
def _folders() -> Folders:
    return folders.of(settings())


def _told(turn: Turn) -> Json:
    return {
        "reply": turn.reply,
        "summary": turn.summary,
        "version": turn.version,
        "changed": turn.changed,
        "edits": [{"verb": edit.verb, "args": edit.model_dump(mode="json", exclude={"verb"})} for edit in turn.edits],
    }
