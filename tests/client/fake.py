"""A service that does what the published skills warn of, as an ASGI application.

What it does with a message is chosen by ``mode``; answers to other calls can be put before its own with ``refuse``.
It runs inside the test (`straight`), where time is virtual, or behind uvicorn.
"""

from __future__ import annotations

import asyncio
import json
import re
import uuid
from collections import defaultdict
from dataclasses import dataclass, field

import httpx

HEADERS = ("x-skill-source", "x-skill-version", "x-skill-platform")
VIDEO = bytes(range(256)) * 400


class Dropped(Exception):
    """The connection ends in the middle of an answer."""


@dataclass
class Call:
    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    query: bytes = b""

    @property
    def json(self):
        return json.loads(self.body)


def made_draft(width=1920, height=1080):
    return {
        "d": 10_000,
        "m": {"title": "project", "width": width, "height": height, "fps": 30, "version": 1},
        "t": [
            {"tt": 0, "m": {"id": "v1"}, "sg": [{"s": 0, "d": 10_000, "m": {"id": "c1", "name": "city timelapse"}}]},
            {
                "tt": 1,
                "m": {"id": "a1"},
                "sg": [{"s": 0, "d": 10_000, "m": {"id": "c2", "name": "Lo-fi", "volume": 0.35}}],
            },
        ],
    }


def titled(draft, text="Urban Dreams"):
    title = {"tt": 7, "m": {"id": "x1"}, "sg": [{"s": 0, "d": 3000, "m": {"id": "c3", "text": text}}]}
    return {**draft, "t": [*draft["t"], title]}


@dataclass
class Fake:
    mode: str = "text"
    says: str = "Done."
    edit_after_s: float = 0.0
    """How long after a message the draft shows it."""
    shape: str = "union"
    """Where the fields of a render sit."""
    polls: int = 2
    ends: str = "completed"
    cut_at: int = 0
    """Bytes after which each download breaks off."""
    etag: bool = True
    calls: list[Call] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)
    tokens: dict[str, str] = field(default_factory=dict)
    sessions: dict[str, dict] = field(default_factory=dict)
    renders: dict[str, dict] = field(default_factory=dict)
    refusals: dict[str, list] = field(default_factory=lambda: defaultdict(list))
    uploads: list[bytes] = field(default_factory=list)
    named: bool = False
    """Whether files keep their names."""
    videos: list[dict] = field(default_factory=list)
    """The videos of several songs, which a service may tell."""

    def refuse(self, path, code, status, *, data=None, headers=None, times=1):
        answer = (status, {"code": code, "message": "refused", "data": data}, headers or {})
        self.refusals[path] += [answer] * times

    def asked(self, path):
        return [call for call in self.calls if path in call.path]

    async def __call__(self, scope, receive, send):
        if scope["type"] == "lifespan":
            return
        body = b""
        while True:
            message = await receive()
            body += message.get("body", b"")
            if not message.get("more_body"):
                break
        headers = {name.decode().lower(): value.decode() for name, value in scope["headers"]}
        call = Call(scope["method"], scope["path"], headers, body, scope.get("query_string", b""))
        self.calls.append(call)
        await self._route(call, Sender(send))

    async def _route(self, call, sender):
        for path, answers in self.refusals.items():
            if path in call.path and answers:
                status, answer, headers = answers.pop(0)
                return await sender.json(answer, status, headers)
        if call.path.endswith("/anonymous-token"):
            return await self._token(call, sender)
        secret = call.headers.get("authorization", "").removeprefix("Bearer ")
        if secret not in self.tokens:
            return await sender.json({"code": 1001, "message": f"bad token {secret}", "data": None}, 401)
        if "with-session" in call.path:
            return await self._session(sender)
        if call.path.endswith("/balance/simple"):
            return await sender.ok({"available": 70, "frozen": 30, "total": 100})
        if "/render/" in call.path:
            return await self._render(call, sender)
        return await self._in_session(call, sender)

    async def _token(self, call, sender):
        client = call.headers.get("x-client-id", "")
        if not client:
            return await sender.json({"code": 400, "message": "no X-Client-Id", "data": None}, 400)
        if client in self.tokens.values():
            headers = {"Retry-After": "500000"}
            return await sender.json({"code": 429, "message": "one a week", "data": None}, 429, headers)
        secret = "nmv_usr_" + uuid.uuid4().hex
        self.tokens[secret] = client
        data = {"token": secret, "user_id": "anon_1", "expires_at": "2999-01-01T00:00:00Z", "credits": 100}
        return await sender.ok(data)

    async def _session(self, sender):
        number = str(10**18 + len(self.sessions))
        self.sessions[number] = {"draft": {}, "video_infos": [], "generated_media": []}
        await sender.ok({"task_id": "task_1", "session_id": number, "user_id": "anon_1"})

    async def _in_session(self, call, sender):
        number = call.json["session_id"] if call.path == "/run_sse" else call.path.split("/me/")[1].split("/")[0]
        state = self.sessions.get(number)
        if state is None:
            return await sender.json({"code": 1002, "message": "no session", "data": None}, 404)
        if call.path == "/run_sse":
            return await self._run(call.json["new_message"]["parts"][0]["text"], state, sender)
        if "/upload-video/" in call.path:
            self.uploads.append(call.body)
            name = re.search(rb'filename="([^"]+)"', call.body) if self.named else None
            filename = name[1].decode() if name else "song.mp3"
            info = {"filename": filename, "file_type": "audio", "duration": 10.0, "hash": f"h{filename}"}
            known = [each for each in state["video_infos"] if each["hash"] != info["hash"]] if self.named else []
            state["video_infos"] = [*known, info]
            return await sender.ok({"files": [info], "session_state_applied": True})
        told = {**state, "videos": self.videos} if self.videos and b"videos=all" in call.query else state
        return await sender.ok({"session_id": number, "user_id": "anon_1", "state": told})

    def _edit(self, words, state):
        draft = state["draft"] or made_draft()
        draft = titled(draft) if "title" in words and len(draft["t"]) < 3 else draft
        if "vertical" in words:
            draft = {**draft, "m": {**draft["m"], "width": 1080, "height": 1920}}
        state["draft"] = draft

    async def _run(self, words, state, sender):
        self.messages.append(words)
        if self.edit_after_s:
            asyncio.get_running_loop().call_later(self.edit_after_s, self._edit, words, state)
        elif self.mode not in ("nothing", "fails"):
            self._edit(words, state)
        await sender.begin("text/event-stream")
        await getattr(self, f"_{self.mode}")(sender)
        await sender.end()

    async def _text(self, sender):
        call = {"functionCall": {"id": "fc-1", "name": "edit_multitrack", "args": {"internal": True}}}
        await sender.event(content={"parts": [call], "role": "model"})
        answer = {"functionResponse": {"id": "fc-1", "name": "edit_multitrack", "response": {"internal": True}}}
        await sender.event(content={"parts": [answer], "role": "user"})
        await sender.event(content={"parts": [{"text": self.says}], "role": "model"}, turnComplete=True)

    async def _silent(self, sender):
        await sender.more(b"data:\n\n: keep-alive\n\n")
        await sender.event(content={"parts": [{"functionCall": {"name": "edit_multitrack"}}], "role": "model"})

    _nothing = _silent

    async def _slow(self, sender):
        for _ in range(25):
            await asyncio.sleep(12)
            await sender.more(b"data:\n\n")
        await self._text(sender)

    async def _stuck(self, sender):
        while True:
            await asyncio.sleep(15)
            await sender.more(b"event: heartbeat\ndata: \n\n")

    async def _dropped(self, sender):
        await sender.more(b'data: {"content": {"parts": [{"te')
        raise Dropped

    async def _pieces(self, sender):
        for piece in ("Here ", "it is."):
            await sender.event(content={"parts": [{"text": piece}], "role": "model"}, partial=True)

    async def _fails(self, sender):
        await sender.event(errorCode="EditRefused", errorMessage="there is no second chorus")

    async def _broke(self, sender):
        await sender.more(
            b'data: {"code":2001,"message":"no credits","data":{"bind_url":"https://w/register?bind=anon_1"}}\n\n'
        )

    async def _render(self, call, sender):
        if call.path.endswith("/lambda"):
            if not all(call.headers.get(name) for name in HEADERS):
                return await sender.json({"code": 402, "message": "attribution", "data": None}, 402)
            body = call.json
            kept = self.renders.setdefault(body["id"], {"draft": body["draft"], "looks": 0, "status": "pending"})
            assert kept["draft"] == body["draft"]
            at_once = self.polls == 0
            return await sender.json(self._told(body["id"], self.ends if at_once else "pending", 100 * at_once))
        if call.path.endswith("/download"):
            return await self._download(call, sender)
        name = call.path.removesuffix("/cancel").rsplit("/", 1)[1]
        kept = self.renders[name]
        if call.path.endswith("/cancel"):
            kept["status"] = "cancelled"
            return await sender.json(self._told(name, "cancelled", 0))
        kept["looks"] += 1
        done = kept["looks"] >= self.polls
        status = self.ends if done else "processing"
        share = 100 if done else 100 * kept["looks"] // self.polls
        return await sender.json(self._told(name, status, share))

    def _told(self, name, status, progress):
        url = f"/api/render/proxy/{name}/download" if status == "completed" else None
        error = "out of memory" if status == "failed" else None
        state = {"status": status, "progress": progress, "error": error}
        match self.shape:
            case "top":
                return {"code": 0, "success": True, "id": name, **state, "outputUrl": url}
            case "data":
                return {"code": 0, "data": {"id": name, **state, "output_url": url}}
            case "output":
                return {"code": 0, "taskId": name, **state, "output": {"url": url, "duration": 10, "size": 1}}
            case "nested":
                return {"code": 0, "data": {"taskId": name, **state, "output": {"url": url} if url else None}}
            case "string":
                return {"code": 0, "data": {"renderId": name, **state, "output": url}}
            case "none":
                return {"code": 0, "id": name, **state}
            case _:
                data = {"id": name, "taskId": name, **state, "output": {"url": url}, "outputUrl": url}
                return {"code": 0, "success": True, **data, "data": data}

    async def _download(self, call, sender):
        first = int(call.headers["range"].removeprefix("bytes=").rstrip("-")) if "range" in call.headers else 0
        rest = VIDEO[first:]
        headers = {"Content-Length": str(len(rest)), **({"ETag": '"v"'} if self.etag else {})}
        if first:
            headers["Content-Range"] = f"bytes {first}-{len(VIDEO) - 1}/{len(VIDEO)}"
        await sender.begin("video/mp4", 206 if first else 200, headers)
        if self.cut_at and len(rest) > self.cut_at:
            await sender.more(rest[: self.cut_at])
            raise Dropped
        await sender.more(rest)
        await sender.end()


class Sender:
    """Sends an answer piece by piece."""

    def __init__(self, send):
        self._send = send

    async def begin(self, kind, status=200, headers=None):
        listed = {"Content-Type": kind, **(headers or {})}
        raw = [(name.lower().encode(), value.encode()) for name, value in listed.items()]
        await self._send({"type": "http.response.start", "status": status, "headers": raw})

    async def more(self, data):
        await self._send({"type": "http.response.body", "body": data, "more_body": True})

    async def end(self):
        await self._send({"type": "http.response.body", "body": b"", "more_body": False})

    async def event(self, **fields):
        await self.more(f"data: {json.dumps(fields, ensure_ascii=False)}\n\n".encode())

    async def json(self, answer, status=200, headers=None):
        await self.begin("application/json", status, headers)
        await self.more(json.dumps(answer).encode())
        await self.end()

    async def ok(self, data):
        await self.json({"code": 0, "message": "ok", "data": data})


class Straight(httpx.AsyncBaseTransport):
    """Brings calls to an application in this process as it answers, and breaks off where it does."""

    def __init__(self, app):
        self._app = app

    async def handle_async_request(self, request):
        sent = [chunk async for chunk in request.stream]
        arrived: asyncio.Queue = asyncio.Queue()
        scope = {
            "type": "http",
            "method": request.method,
            "path": request.url.path,
            "query_string": request.url.query,
            "headers": [(name.lower(), value) for name, value in request.headers.raw],
        }

        async def receive():
            return {"type": "http.request", "body": b"".join(sent), "more_body": False}

        async def serve():
            try:
                await self._app(scope, receive, arrived.put)
            except Dropped:
                await arrived.put(None)

        task = asyncio.create_task(serve())
        started = await self._next(arrived, task)
        if started is None:
            raise httpx.RemoteProtocolError("gone")
        return httpx.Response(started["status"], headers=started["headers"], stream=Body(arrived, task, self._next))

    @staticmethod
    async def _next(arrived, task):
        getting = asyncio.ensure_future(arrived.get())
        await asyncio.wait({getting, task}, return_when=asyncio.FIRST_COMPLETED)
        if not getting.done():
            getting.cancel()
            task.result()
            return arrived.get_nowait() if not arrived.empty() else None
        return getting.result()


class Body(httpx.AsyncByteStream):
    def __init__(self, arrived, task, following):
        self._arrived, self._task, self._following = arrived, task, following

    async def __aiter__(self):
        while True:
            message = await self._following(self._arrived, self._task)
            if message is None:
                raise httpx.RemoteProtocolError("peer closed connection without sending complete message body")
            if message.get("body"):
                yield message["body"]
            if not message.get("more_body"):
                return

    async def aclose(self):
        self._task.cancel()
        await asyncio.wait({self._task})
