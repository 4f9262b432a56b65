"""Everything that can go wrong, and what a person can do about it.

::

    SongreelError                 one sentence, and advice
    ├── BadInput                  what was given cannot be used                  exit 2
    │   ├── BadRequest            an option, a name, a size that makes no sense
    │   ├── BadMedia              a song, photo or clip that cannot be read
    │   ├── TooLarge              a file of more bytes than are taken
    │   ├── BadShader             an ISF file that does not parse, compile or draw
    │   └── BadProject            a project or document that cannot be opened
    ├── CannotWrite               a full disk, a missing folder, no permission   exit 2
    ├── NotStored                 a file that the storage does not hold          exit 2
    ├── StorageFailed             a storage that does not answer, or refuses     exit 1
    ├── MissingPart               a driver, font or library that is not there    exit 3
    ├── EditRefused               an edit that cannot be made                    exit 2
    ├── OutOfCredits              work that an account cannot pay for            exit 2
    ├── TooOften                  a call that may come later, not so soon        exit 2
    ├── CallRefused               a service answers a call with one of its codes exit 2
    ├── NoAnswer                  a service that cannot be reached or understood exit 1
    ├── WorkerDied                a worker process ended before its chunk did    exit 1
    ├── JobFailed                 a job that another one needs                   exit 1
    └── Stopped                   a person stopped it                            exit 130
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar


class SongreelError(Exception):
    """Something a person can read: ``message`` says what is wrong, ``advice`` what to do."""

    exit_code: ClassVar[int] = 1

    def __init__(self, message: str, *, advice: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.advice = advice

    def __str__(self) -> str:
        return f"{self.message.rstrip('.')}. {self.advice}".strip()


class BadInput(SongreelError):
    """What was given cannot be used."""

    exit_code = 2


class BadRequest(BadInput):
    """An option, a name or a size makes no sense."""


class BadMedia(BadInput):
    """A song, photo or clip cannot be read."""


class TooLarge(BadInput):
    """More bytes came than are taken; ``limit_bytes`` says how many are."""

    def __init__(self, message: str, *, limit_bytes: int, advice: str = "") -> None:
        super().__init__(message, advice=advice or f"At most {limit_bytes:,} bytes are taken: compress or trim it.")
        self.limit_bytes = limit_bytes


class BadShader(BadInput):
    """An ISF file does not parse, compile or draw."""


class BadProject(BadInput):
    """A project or document cannot be opened."""


class CannotWrite(SongreelError):
    """A result cannot be written."""

    exit_code = 2


class NotStored(SongreelError):
    """The storage holds no file of a key."""

    exit_code = 2


class StorageFailed(SongreelError):
    """The storage does not answer, or refuses."""


class MissingPart(SongreelError):
    """A driver, font or library is not on this machine."""

    exit_code = 3


class EditRefused(SongreelError):
    """An edit cannot be made; ``kind`` and ``facts`` let it be said in any language."""

    exit_code = 2

    def __init__(
        self, message: str, *, advice: str = "", kind: str = "", facts: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(message, advice=advice)
        self.kind = kind
        self.facts = dict(facts or {})


class OutOfCredits(SongreelError):
    """An account cannot pay for what is asked of it; ``user`` is whose it is."""

    exit_code = 2

    def __init__(self, message: str, *, user: str, advice: str = "") -> None:
        super().__init__(message, advice=advice)
        self.user = user


class TooOften(SongreelError):
    """A call comes too soon after others; ``retry_after_s`` says when the next may come."""

    exit_code = 2

    def __init__(self, message: str, *, retry_after_s: int, advice: str = "") -> None:
        super().__init__(message, advice=advice)
        self.retry_after_s = retry_after_s


class CallRefused(SongreelError):
    """A service answers a call with one of the protocol's codes; ``data`` is what it says beside it."""

    exit_code = 2

    def __init__(self, message: str, *, code: int, advice: str = "", data: Mapping[str, object] | None = None) -> None:
        super().__init__(message, advice=advice)
        self.code = code
        self.data = dict(data or {})


class NoAnswer(SongreelError):
    """A service cannot be reached, stops in the middle, or says what makes no sense; ``sent`` unless it never heard."""

    def __init__(self, message: str, *, advice: str = "", sent: bool = True) -> None:
        super().__init__(message, advice=advice)
        self.sent = sent


class WorkerDied(SongreelError):
    """A worker process ended before its work did."""


class JobFailed(SongreelError):
    """A job that another one needs has failed; the message is its own."""


class Stopped(SongreelError):
    """A person stopped the work; what is finished is kept."""

    exit_code = 130
