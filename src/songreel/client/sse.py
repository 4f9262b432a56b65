"""Server-sent events, read off a stream of bytes as they come.

Source: WHATWG HTML, "Server-sent events", 9.2.6: lines end in CR, LF or both, several ``data`` lines are one event,
a line that begins with a colon is a comment. Blocks may end anywhere, inside a letter of UTF-8 too.
"""

from __future__ import annotations

import codecs
import json
import re
from dataclasses import dataclass
from typing import Any

_LINE_END = re.compile(r"\r\n|\n|\r")
_HEARTBEAT = "heartbeat"


@dataclass(frozen=True, slots=True)
class Event:
    """One event. A comment, an empty ``data:`` and what is called a heartbeat only say that work goes on."""

    data: str = ""
    name: str = ""

    @property
    def heartbeat(self) -> bool:
        """Tell whether it carries nothing."""
        return self.name == _HEARTBEAT or self.data.strip() in ("", _HEARTBEAT)

    def json(self) -> dict[str, Any] | None:
        """Return the object that it carries; None for anything else."""
        try:
            found = json.loads(self.data)
        except ValueError:
            return None
        return found if isinstance(found, dict) else None


class Decoder:
    """Makes events of blocks of bytes, wherever the blocks end."""

    def __init__(self) -> None:
        self._letters = codecs.getincrementaldecoder("utf-8-sig")("replace")
        self._rest = ""
        self._data: list[str] = []
        self._name = ""

    def feed(self, block: bytes) -> list[Event]:
        """Return the events that a block completes."""
        return self._read(self._letters.decode(block))

    def finish(self) -> list[Event]:
        """Return the event that the end of the stream completes, where its blank line is missing."""
        events = self._read(self._letters.decode(b"", final=True) + "\n\n")
        return [event for event in events if not event.heartbeat]

    def _read(self, text: str) -> list[Event]:
        if not _LINE_END.search(text) and not self._rest.endswith("\r"):
            self._rest += text
            return []
        held = self._rest + text
        # A CR at the end may be the first half of a CR LF.
        half = "\r" if held.endswith("\r") else ""
        *lines, rest = _LINE_END.split(held.removesuffix("\r") if half else held)
        self._rest = rest + half
        return [event for line in lines if (event := self._line(line))]

    def _line(self, line: str) -> Event | None:
        if not line:
            return self._dispatch()
        field, _, value = line.partition(":")
        value = value.removeprefix(" ")
        if not field:
            return Event()
        if field == "data":
            self._data.append(value)
        elif field == "event":
            self._name = value
        return None

    def _dispatch(self) -> Event | None:
        data, name = self._data, self._name
        self._data, self._name = [], ""
        return Event("\n".join(data), name) if data or name == _HEARTBEAT else None
