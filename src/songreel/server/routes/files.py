"""Files on their way in, by form or by address, and out again by signed links."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import ExitStack, asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Annotated, Any, Literal, ParamSpec, TypeVar
from weakref import WeakValueDictionary

import anyio.to_thread
from anyio import CancelScope, CapacityLimiter
from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field, ValidationError

from songreel.base.errors import TooLarge
from songreel.model.asset import Asset
from songreel.server import body, caller, envelope, links, serving
from songreel.server.caller import Kept, Parts, Uploader
from songreel.server.links import Linked, Signed
from songreel.server.serving import Served
from songreel.service import receiving
from songreel.service.accounts import Caller
from songreel.service.quarantine import Looked
from songreel.service.sessions import Session, Sessions
from songreel.service.uploads import Uploads

_KINDS = {"song": "audio", "photo": "image", "footage": "video", "shader": "image"}
# Threads of their own: a session that is busy, or a slow site, must not keep others from the disk. What is written at
# once is little: those that wait for it are not read from, and everything else that is asked goes between.
_WRITING, _FETCHING, _LOOKING, _TAKING = (CapacityLimiter(count) for count in (2, 16, 8, 64))
_AT_ONCE = 2
_TURNS: WeakValueDictionary[str, CapacityLimiter] = WeakValueDictionary()
_FORM: dict[str, Any] = {"type": "array", "items": {"type": "string", "format": "binary"}}
DESCRIBED = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {"type": "object", "required": ["files"], "properties": {"files": _FORM}}
            },
            "application/json": {
                "schema": {
                    "type": "object",
                    "required": ["urls"],
                    "properties": {
                        "urls": {"type": "array", "minItems": 1, "items": {"type": "string", "format": "uri"}},
                        "source_type": {"type": "string", "enum": ["url"]},
                    },
                }
            },
        },
    }
}
_Arguments = ParamSpec("_Arguments")
_Answer = TypeVar("_Answer")
router = APIRouter()


class Addresses(BaseModel):
    """Files by address."""

    urls: list[str] = Field(min_length=1)
    source_type: Literal["url"] = "url"


@router.post("/api/upload-video/nemo_agent/me/{session_id}", openapi_extra=DESCRIBED)
async def upload(
    request: Request, parts: Parts, kept: Kept, who: Uploader, linked: Linked, session_id: str
) -> dict[str, Any]:
    """Take files into the project of a session."""
    session = await session_of(kept, who, session_id)
    taken = await take(request, parts.uploads, kept, session)
    return envelope.ok({"files": [info(each, linked) for each in taken], "session_state_applied": True})


async def session_of(kept: Sessions, who: Caller, number: str) -> Session:
    """Return a caller's session; refused with 1002 where there is none of them."""
    return await _in_thread(_TAKING, caller.find, kept, who, number)


async def take(request: Request, uploads: Uploads, kept: Sessions, session: Session) -> tuple[Asset, ...]:
    """Take the files of a request into a session and return them, with the covers that were in songs."""
    uploads.admit(session.user)
    async with _incoming(uploads, body.declared(request)) as folder:
        paths = await _brought(request, uploads, folder)
        uploads.count(session.user, paths)
        async with _turn(session.user):
            looked = await _in_thread(_LOOKING, uploads.look, paths, folder)
        taken = await _in_thread(_TAKING, _taken, kept, session, looked)
    for each in taken:
        uploads.listening.begin(each)
    return taken


@router.head(links.ASSET, include_in_schema=False)
@router.get(links.ASSET)
def asset(
    request: Request, parts: Parts, linked: Linked, asset_id: str, name: str, signed: Annotated[Signed, Query()]
) -> Response:
    """Send an uploaded file, or a range of it, to whoever has a link that is still open."""
    linked.check(links.ASSET.format(asset_id=asset_id, name=name), signed)
    return serving.answer(parts.storage, Served(key=f"assets/{asset_id}", name=name, tag=asset_id), request)


def info(asset: Asset, linked: Linked) -> dict[str, Any]:
    """Return an uploaded file as clients read it; ``duration`` in seconds."""
    return {
        "filename": asset.name,
        "file_type": _KINDS[asset.kind],
        "cdn_url": linked.to(asset),
        "duration": round(float(asset.duration), 3),
        "width": asset.width,
        "height": asset.height,
        "fps": round(float(asset.fps), 3),
        "hash": asset.id,
    }


def _turn(user: str) -> CapacityLimiter:
    """Return what a user's uploads wait for before they are looked at: many of them leave room for others' files."""
    found = _TURNS.get(user)
    if found is None:
        found = _TURNS[user] = CapacityLimiter(_AT_ONCE)
    return found


@asynccontextmanager
async def _incoming(uploads: Uploads, expected_bytes: int) -> AsyncIterator[Path]:
    """Yield a folder for files on their way in; removing large ones takes its time, so it is done in a thread too."""
    stack = ExitStack()
    entered = uploads.incoming(expected_bytes=expected_bytes)
    try:
        yield await _in_thread(_WRITING, stack.enter_context, entered)
    finally:
        with CancelScope(shield=True):
            await _in_thread(_WRITING, stack.close)


async def _brought(request: Request, uploads: Uploads, folder: Path) -> tuple[Path, ...]:
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() == "application/json":
        addresses = _addresses(await body.short(request), uploads.most.files)
        return await _in_thread(_FETCHING, uploads.fetch, addresses, folder)
    boundary = receiving.boundary(request.headers.get("content-type", ""))
    if body.declared(request) > uploads.most.total_bytes:
        raise TooLarge("the files together are too large", limit_bytes=uploads.most.total_bytes)
    with uploads.receiver(boundary, folder) as receiver:
        async for piece in body.pieces(request):
            await _in_thread(_WRITING, receiver.feed, piece)
        return receiver.finish()


def _addresses(raw: bytes, most: int) -> list[str]:
    try:
        found = Addresses.model_validate_json(raw)
    except ValidationError as error:
        first = error.errors()[0]
        raise envelope.malformed(f"{'.'.join(str(step) for step in first['loc'])}: {first['msg']}") from error
    if len(found.urls) > most:
        raise envelope.malformed(f"there are more than {most} addresses")
    return found.urls


def _taken(kept: Sessions, session: Session, looked: tuple[Looked, ...]) -> tuple[Asset, ...]:
    return kept.take(session, ((each.asset, each.material) for each in looked))


async def _in_thread(
    limiter: CapacityLimiter, do: Callable[_Arguments, _Answer], *args: _Arguments.args, **options: _Arguments.kwargs
) -> _Answer:
    return await anyio.to_thread.run_sync(partial(do, *args, **options), limiter=limiter)
