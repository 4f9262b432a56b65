"""Uploads, streamed to disk."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from fastapi import APIRouter, UploadFile

from songreel.model.asset import Asset
from songreel.server import caller, envelope
from songreel.server.caller import Kept, Uploader

_BLOCK = 1 << 20
_LONGEST_NAME = 120
LIMIT_BYTES = 500_000_000
_KINDS = {"song": "audio", "photo": "image", "footage": "video", "shader": "image"}
router = APIRouter()


@router.post("/api/upload-video/nemo_agent/me/{session_id}")
def upload(kept: Kept, who: Uploader, session_id: str, files: list[UploadFile]) -> dict[str, Any]:
    """Take files into the project of a session."""
    session = caller.find(kept, who, session_id)
    folder = kept.incoming(session)
    try:
        paths = [_saved(file, folder / str(number)) for number, file in enumerate(files)]
        with kept.lock(session):
            assets = kept.conversation(session).bring(paths)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return envelope.ok({"files": [info(asset) for asset in assets], "session_state_applied": True})


def info(asset: Asset) -> dict[str, Any]:
    """Return an uploaded file as clients read it; ``duration`` in seconds."""
    return {
        "filename": asset.name,
        "file_type": _KINDS[asset.kind],
        "cdn_url": "",
        "duration": round(float(asset.duration), 3),
        "width": asset.width,
        "height": asset.height,
        "fps": round(float(asset.fps), 3),
        "hash": asset.id,
    }


def _saved(file: UploadFile, folder: Path) -> Path:
    """Write a file that arrives under its own last name, and no other part of the path that a client claims."""
    folder.mkdir()
    plain = "".join(letter for letter in (file.filename or "") if letter.isprintable() and letter not in '\\:*?"<>|')
    name = plain.rsplit("/", 1)[-1].lstrip(".")[-_LONGEST_NAME:] or "file"
    path = folder / name
    written = 0
    with path.open("wb") as out:
        while block := file.file.read(_BLOCK):
            written += len(block)
            if written > LIMIT_BYTES:
                raise envelope.Refused(4002, 413, f"{name} is too large", {"limit_bytes": LIMIT_BYTES})
            out.write(block)
    return path
