"""Messages between a parent and its workers: pickles with their length in front, over two pipes."""

from __future__ import annotations

import pickle
from dataclasses import dataclass
from typing import IO, Any

_LENGTH = 8


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a task: a value, or what it raised."""

    value: Any = None
    error: Exception | None = None


def send(pipe: IO[bytes], message: Any) -> None:
    """Write one message; raises OSError when nobody reads any more."""
    raw = pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)
    pipe.write(len(raw).to_bytes(_LENGTH, "little") + raw)
    pipe.flush()


def receive(pipe: IO[bytes]) -> Any:
    """Read one message; raises EOFError when the other side has gone."""
    return pickle.loads(_exactly(pipe, int.from_bytes(_exactly(pipe, _LENGTH), "little")))


def _exactly(pipe: IO[bytes], count: int) -> bytes:
    raw = pipe.read(count)
    if len(raw) < count:
        raise EOFError("the other process has gone")
    return raw
