"""The application: its routes, its errors, and what it keeps."""

from __future__ import annotations

import contextlib
import socket
import sys
from typing import Any

import uvicorn
from fastapi import FastAPI

from songreel import __version__
from songreel.app.conversation import Understand
from songreel.base import memory
from songreel.base.errors import BadRequest
from songreel.base.settings import Settings
from songreel.server import envelope
from songreel.server.body import HeardOut, Short
from songreel.server.figures import Figures
from songreel.server.gate import Gate
from songreel.server.remembered import Remembered
from songreel.server.routes import auth, chat, files, operations, pages, renders, state, v1
from songreel.server.wire import Wire
from songreel.service import logs, turns, wiring, worker
from songreel.service.upkeep import Keep, Upkeep
from songreel.service.wiring import Service
from songreel.service.worker import Worker

FORMATS = ("mp4", "mov", "avi", "webm", "mkv", "jpg", "jpeg", "png", "gif", "webp", "mp3", "wav", "m4a", "aac", "flac")
_BACKLOG = 2048
_TURN_S = 0.0005
"""Seconds that a thread of this process computes while others wait: an answer changes threads some times on its way."""
_KEPT_OPEN_S = 75
"""Seconds that a connection stays open without calls: longer than the pools of clients and proxies keep theirs."""


class _Described(FastAPI):
    """An application whose description has no answer that it never gives: what FastAPI would say to bad input."""

    def openapi(self) -> dict[str, Any]:
        """Return the description."""
        found = super().openapi()
        for methods in found["paths"].values():
            for each in methods.values():
                each["responses"].pop("422", None)
        for name in ("HTTPValidationError", "ValidationError"):
            found["components"]["schemas"].pop(name, None)
        return found


def create(service: Service, works: Worker | None = None) -> FastAPI:
    """Return the application over the parts of the service; without ``works`` it takes no messages and renders."""
    app = _Described(title="Songreel", version=__version__)
    app.state.service = service
    app.state.jobs = works.engine if works else None
    app.state.states = Remembered()
    app.state.figures = Figures()
    if works:
        app.state.figures.watch(works.engine.counts)
    app.add_middleware(Short)
    app.add_middleware(Gate, chosen=service.settings, figures=app.state.figures)
    app.add_middleware(HeardOut, most_bytes=service.uploads.most.total_bytes)
    envelope.install(app, FORMATS)
    for router in (auth.router, files.router, state.router, chat.router, renders.router, operations.router):
        app.include_router(router, responses=envelope.RESPONSES)
    app.include_router(v1.router)
    app.include_router(pages.router)
    return app


def serve(chosen: Settings, understand: Understand, *, host: str, port: int) -> None:
    """Answer requests until the process is told to end; raises BadRequest for a place that cannot be listened at."""
    listener = _listening(host, port)
    logs.install(chosen.log_level)
    memory.hold_little()
    sys.setswitchinterval(_TURN_S)
    service = wiring.opened(chosen, understand)
    works = worker.started(chosen, worker.QUEUES if chosen.serve_works else (turns.TURNS,))
    tended = _upkeep(service, works)
    tended.start()
    try:
        made = create(service, works)
        memory.take_as_lasting()
        config = uvicorn.Config(
            made,
            log_config=None,
            access_log=False,
            # Where a call comes from is decided by our own list of proxies.
            proxy_headers=False,
            server_header=False,
            timeout_keep_alive=_KEPT_OPEN_S,
            http=Wire,
            timeout_graceful_shutdown=chosen.shutdown_s,
        )
        # Once it has ended in order, it raises anew the signal that told it to.
        with contextlib.suppress(KeyboardInterrupt):
            uvicorn.Server(config).run(sockets=[listener])
    finally:
        tended.stop()
        works.stop()
        service.close()
        listener.close()


def _listening(host: str, port: int) -> socket.socket:
    """Return a socket that holds the place before any work is begun there."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        return socket.create_server(found[4][:2], family=found[0], backlog=_BACKLOG)
    except OSError as error:
        raise BadRequest(
            f"nothing can listen at {host}:{port}: {error.strerror}", advice="Choose another --host or --port."
        ) from error


def _upkeep(service: Service, works: Worker) -> Upkeep:
    chosen = service.settings
    keep = Keep(
        jobs=chosen.keep_jobs_days,
        renders=chosen.keep_renders_days,
        chunks=chosen.keep_chunks_days,
        uploads=chosen.keep_uploads_days,
    )
    return Upkeep(works.engine, service.ledger, service.storage, service.folders, keep=keep)
