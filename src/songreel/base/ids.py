"""Names made from content: the same bytes always have the same id."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

ID_LENGTH = 32
_BLOCK = 1 << 20


def digest(*parts: str | bytes | int) -> str:
    """Return a 32-digit hex name for a sequence of parts; where one part ends and the next begins matters."""
    sha = hashlib.sha256()
    for part in parts:
        raw = part if isinstance(part, bytes) else str(part).encode()
        sha.update(len(raw).to_bytes(8, "little") + raw)
    return sha.hexdigest()[:ID_LENGTH]


def digest_json(value: Any) -> str:
    """Return the name of a JSON value, whatever the order of its keys."""
    return digest(json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False))


def digest_file(path: Path) -> str:
    """Return the name of a file's bytes, read in blocks."""
    sha = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK):
            sha.update(block)
    return sha.hexdigest()[:ID_LENGTH]
