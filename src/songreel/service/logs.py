"""What the service says of itself: a JSON object a line, with nothing that a person wrote and no secret.

Our own sentences are constants, and what varies stands in ``facts``, chosen where it is logged. Of an error its kind
and places in the code are told, never its message, which may hold a song's name or a request's words. What libraries
say is told by its template, for they may put anything into it; those that speak of the process alone are told in full.
"""

from __future__ import annotations

import json
import logging
import re
import sys
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TextIO

request_id: ContextVar[str] = ContextVar("request_id", default="")
OURS = "songreel"
_HARMLESS = ("uvicorn",)
_SECRET = re.compile(r"\b(nmv_usr_|clm_)[\w-]+|(?<=://)[^/\s@]+@")
_FRAMES = 12


class JsonLines(logging.Formatter):
    """Formats each record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """Return a record as JSON, without what anybody else may have put into it."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line: dict[str, Any] = {
            "at": at.replace("+00:00", "Z"),
            "level": record.levelname.lower(),
            "from": record.name,
            "said": _SECRET.sub("…", _said(record)),
        }
        if request := request_id.get():
            line["request"] = request
        line.update(getattr(record, "facts", {}))
        if record.exc_info and record.exc_info[1] is not None:
            line["error"] = _error(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False, default=str)


def install(level: str, out: TextIO | None = None) -> None:
    """Let this process log as JSON lines, from a level up; libraries from ``warning`` up."""
    handler = logging.StreamHandler(out or sys.stderr)
    handler.setFormatter(JsonLines())
    logging.captureWarnings(capture=True)
    logging.root.handlers[:] = [handler]
    # It prints by itself unless it has a handler.
    jobs = logging.getLogger("dbos")
    jobs.handlers[:], jobs.propagate = [handler], False
    logging.root.setLevel(logging.WARNING)
    for name in (OURS, *_HARMLESS):
        logging.getLogger(name).setLevel(level.upper())


def _said(record: logging.LogRecord) -> str:
    family = record.name.partition(".")[0]
    if family == OURS or family in _HARMLESS:
        return record.getMessage()
    place = f"{Path(record.pathname).name}:{record.lineno}"
    return f"{record.msg} ({place})" if record.args and isinstance(record.msg, str) else place


def _error(error: BaseException) -> dict[str, Any]:
    """Return what an error is and where it came from, with those that it was raised for."""
    frames = traceback.extract_tb(error.__traceback__)[-_FRAMES:]
    found: dict[str, Any] = {
        "kind": type(error).__qualname__,
        "at": [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames],
    }
    cause = error.__cause__ or error.__context__
    if cause is not None:
        found["because"] = _error(cause)
    return found
