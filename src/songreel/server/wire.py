"""HTTP as uvicorn speaks it, with clients that get on: who ends no request's head, or takes no answer, is hung up on.

Otherwise a thousand of them, each with half a line, would hold all the connections that a process may have, and those
that take nothing of a large file its memory.
"""

from __future__ import annotations

import asyncio

from uvicorn.protocols.http.h11_impl import H11Protocol

HEAD_S = 30.0
TAKEN_S = 60.0
"""Seconds in which a client takes something of what waits for it."""


class Wire(H11Protocol):
    """A connection whose next request has to begin within a time, and whose answers are taken."""

    _patience: asyncio.TimerHandle | None = None
    _stalling: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Wait for the first request."""
        super().connection_made(transport)
        self._await_head()

    def data_received(self, data: bytes) -> None:
        """Take what came, and wait for the rest of a request's head only so long."""
        super().data_received(data)
        if self.cycle is not None and not self.cycle.response_complete:
            self._stop_waiting()
        else:
            self._await_head()

    def pause_writing(self) -> None:
        """Wait for the client to take something of what is written."""
        super().pause_writing()
        self._await_taking()

    def resume_writing(self) -> None:
        """Go on writing: it has."""
        self._stop_stalling()
        super().resume_writing()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no longer."""
        self._stop_waiting()
        self._stop_stalling()
        super().connection_lost(exc)

    def _await_head(self) -> None:
        if self._patience is None:
            self._patience = self.loop.call_later(HEAD_S, self.transport.close)

    def _stop_waiting(self) -> None:
        if self._patience is not None:
            self._patience.cancel()
            self._patience = None

    def _await_taking(self) -> None:
        self._stalling = self.loop.call_later(TAKEN_S, self._look, self.transport.get_write_buffer_size())

    def _look(self, before: int) -> None:
        if self.transport.get_write_buffer_size() < before:
            self._await_taking()
        else:
            self.transport.abort()

    def _stop_stalling(self) -> None:
        if self._stalling is not None:
            self._stalling.cancel()
            self._stalling = None
