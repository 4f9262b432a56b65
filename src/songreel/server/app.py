"""The application: its routes, its errors, and what it keeps."""

from __future__ import annotations

from pathlib import Path

import uvicorn
from fastapi import FastAPI

from songreel import __version__
from songreel.app.conversation import Understand
from songreel.server import envelope
from songreel.server.rooms import Rooms
from songreel.server.routes import auth, chat, files, state

FORMATS = ("mp4", "mov", "avi", "webm", "mkv", "jpg", "jpeg", "png", "gif", "webp", "mp3", "wav", "m4a", "aac", "flac")


def create(home: Path, understand: Understand) -> FastAPI:
    """Return the service over a folder; ``understand`` makes edits of messages."""
    app = FastAPI(title="Songreel", version=__version__)
    app.state.rooms = Rooms(home, understand)
    envelope.install(app, FORMATS)
    for router in (auth.router, files.router, state.router, chat.router):
        app.include_router(router)
    return app


def serve(home: Path, understand: Understand, *, host: str, port: int) -> None:
    """Answer requests until the process is told to end."""
    uvicorn.run(create(home, understand), host=host, port=port, log_level="warning")
