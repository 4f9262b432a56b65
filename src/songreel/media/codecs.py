"""Which encoders libav has here."""

from __future__ import annotations

import contextlib

from av.codec import Codec
from av.codec.codec import UnknownCodecError


def missing_encoders(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return those of the named encoders that libav was built without."""
    return tuple(name for name in names if not _has(name))


def _has(name: str) -> bool:
    with contextlib.suppress(UnknownCodecError):
        Codec(name, "w")
        return True
    return False
