"""A typed client of any service of the skills' protocol: one method for each thing that it can be asked for."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

import httpx
from pydantic import SecretStr

from songreel.base.errors import BadRequest, CallRefused, NoAnswer
from songreel.client import download, sse
from songreel.client.answers import Credits, FileInfo, Json, Opened, Render, State
from songreel.client.identity import Identity
from songreel.client.wire import NO_CREDITS, NO_RENDER, NO_SESSION, Service, Skill, Wire

VENDOR_URL = "https://mega-api-prod.nemovideo.ai"
VENDOR_WEB_URL = "https://nemovideo.com"
_AGENT = "nemo_agent"
_STREAM_TYPE = "text/event-stream"


class Client:
    """The calls of the protocol, to the service at an address."""

    def __init__(
        self,
        service: Service | str = VENDOR_URL,
        *,
        token: SecretStr | None = None,
        identity: Identity | None = None,
        skill: Skill | None = None,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        where = Service(service) if isinstance(service, str) else service
        self.wire = Wire(where, identity or Identity(), skill=skill, token=token, transport=transport)
        self._web_url = where.web_url or (VENDOR_WEB_URL if self.wire.base_url == VENDOR_URL else self.wire.base_url)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.wire.base_url!r})"

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """End the connections."""
        await self.wire.close()

    async def connect(self) -> None:
        """Get a token, where there is none."""
        await self.wire.token()

    async def open_session(self, name: str = "project", *, language: str | None = None) -> Opened:
        """Open a session with an empty project."""
        body = {"task_name": name, **({"language": language} if language else {})}
        answer = await self.wire.call("POST", f"/api/tasks/me/with-session/{_AGENT}", lambda: {"json": body})
        opened: Opened = Opened.read({**answer, **(answer.get("data") or {})})
        return opened

    async def say(self, session: str, words: str) -> AsyncIterator[sse.Event]:
        """Send a message, once, and yield the events of its stream.

        Raises CallRefused when it was not taken, NoAnswer when the stream broke off: the work may go on then.
        """
        body = {
            "app_name": _AGENT,
            "user_id": "me",
            "session_id": session,
            "new_message": {"role": "user", "parts": [{"text": words}]},
        }
        parts: Mapping[str, Any] = {
            "json": body,
            "headers": {"Accept": _STREAM_TYPE},
            # Only the whole turn has a limit: a service may be silent for minutes.
            "timeout": httpx.Timeout(None, connect=10.0),
        }
        decoder = sse.Decoder()
        async with self.wire.open("POST", "/run_sse", lambda: dict(parts)) as answer:
            try:
                async for block in answer.aiter_bytes():
                    for event in decoder.feed(block):
                        yield event
            except httpx.HTTPError as error:
                raise NoAnswer(f"the stream broke off ({type(error).__name__})", advice="The work may go on.") from None
            for event in decoder.finish():
                yield event

    async def upload(self, session: str, paths: Sequence[Path]) -> tuple[FileInfo, ...]:
        """Bring files into a session; they are read as they are sent."""
        with ExitStack() as opened:
            sent = [("files", (path.name, _opened(path, opened), "application/octet-stream")) for path in paths]
            return await self._upload(session, lambda: {"files": sent, "timeout": httpx.Timeout(None, connect=10.0)})

    async def upload_urls(self, session: str, urls: Sequence[str]) -> tuple[FileInfo, ...]:
        """Let the service fetch files into a session."""
        body = {"urls": list(urls), "source_type": "url"}
        return await self._upload(session, lambda: {"json": body, "timeout": httpx.Timeout(600, connect=10.0)})

    async def state(self, session: str, *, every: bool = False) -> State:
        """Return the session's draft and files; with ``every`` the drafts of all songs, where it tells them."""
        asked = {"params": {"videos": "all"}} if every else {}
        answer = await self.wire.call("GET", f"/api/state/{_AGENT}/me/{session}/latest", lambda: asked)
        state: State = State.read(answer.get("data"))
        return state

    async def credits(self) -> Credits:
        """Return the balance."""
        answer = await self.wire.call("GET", "/api/credits/balance/simple")
        balance: Credits = Credits.read(answer.get("data"))
        return balance

    async def export(self, session: str, *, render: str, draft: Json, output: Json | None = None) -> Render:
        """Ask for a draft's video; the same id with the same draft is the same render."""
        body = {"id": render, "sessionId": session, "draft": draft}
        body["output"] = {"format": "mp4", "quality": "high", **(output or {})}
        answer = await self.wire.call("POST", "/api/render/proxy/lambda", lambda: {"json": body})
        return Render.gathered(answer, render)

    async def render(self, render: str) -> Render:
        """Return how far a render is."""
        return await self._of_render("GET", f"/api/render/proxy/lambda/{render}", render)

    async def cancel(self, render: str) -> Render:
        """Stop a render."""
        return await self._of_render("POST", f"/api/render/proxy/lambda/{render}/cancel", render)

    async def download(self, render: Render, out: Path, on_progress: Callable[[float], None] | None = None) -> Path:
        """Fetch a finished render to a path; what breaks off goes on from where it was.

        Raises CannotWrite, or NoAnswer when no try brings it any further.
        """
        own = f"{self.wire.base_url}/api/render/proxy/{render.id}/download"
        address = render.url.get_secret_value() if render.url else own
        await download.fetch(self.wire, address, out, on_progress or (lambda _share: None))
        return out

    def registration(self, refused: CallRefused, user: str = "") -> str | None:
        """Return where an anonymous user without credits can register; None for those who have an account."""
        if refused.code != NO_CREDITS or not self.wire.anonymous:
            return None
        given = refused.data.get("bind_url")
        who = user or self.wire.identity.user(self.wire.place)
        return str(given) if given else f"{self._web_url}/register?bind={who}" if who else None

    async def _of_render(self, method: str, path: str, render: str) -> Render:
        try:
            return Render.gathered(await self.wire.call(method, path), render)
        except CallRefused as error:
            if error.code != NO_SESSION:
                raise
            # Services answer so for a render that they lack, too: the session is still there.
            raise CallRefused("the render is not there", code=NO_RENDER, advice="Export again.") from None

    async def _upload(self, session: str, parts: Callable[[], Mapping[str, Any]]) -> tuple[FileInfo, ...]:
        answer = await self.wire.call("POST", f"/api/upload-video/{_AGENT}/me/{session}", parts)
        data = answer.get("data") or {}
        listed = data.get("files") if isinstance(data, dict) else data
        return tuple(FileInfo.read(entry) for entry in listed or ())


def _opened(path: Path, stack: ExitStack) -> IO[bytes]:
    try:
        return stack.enter_context(path.open("rb"))
    except OSError as error:
        raise BadRequest(f"{path} cannot be read ({error.strerror})", advice="Check the path.") from error
