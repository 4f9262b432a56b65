"""Exports: a draft becomes a file by a durable job, which is polled, cancelled, and downloaded from."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import AliasChoices, BaseModel, Field

from songreel.app.request import MakeRequest
from songreel.base.errors import BadRequest
from songreel.jobs.engine import Status
from songreel.model.timeline import Timeline
from songreel.server import caller, draft, envelope, serving
from songreel.server.body import Free
from songreel.server.caller import Exporter, Jobs, Kept, Parts, Reader, Writer
from songreel.server.links import Linked, Links, Signed
from songreel.server.routes.state import drafted
from songreel.service import orders
from songreel.service.renders import Renders, file_key
from songreel.service.sessions import Session, Sessions
from songreel.service.wiring import Service

_QUALITIES = {"high": None, "medium": 23, "low": 28}
_SIZES = {"4k": 2160, "uhd": 2160, "2k": 1440, "hd": 720, "full-hd": 1080, "fullhd": 1080, "sd": 480}
router = APIRouter()
_PATH = "/api/render/proxy"
_LINK = "/files/renders/{job}"


class Output(BaseModel):
    """What the file is to be; what is left out is as the project has it."""

    format: str = Field(default="mp4", max_length=10)
    quality: str | int = "high"
    resolution: str | None = Field(default=None, max_length=20)
    fps: float | str | None = None
    preset: str | None = Field(default=None, max_length=40)


class Export(BaseModel):
    """A request for a file."""

    id: str = Field(min_length=1, max_length=200, pattern=r"^[^/\x00-\x1f\x7f]+$")
    session_id: str = Field(validation_alias=AliasChoices("sessionId", "session_id"))
    draft: Free | None = None
    output: Output = Field(default_factory=Output)


async def renders(engine: Jobs, parts: Parts) -> Renders:
    """Return the renders of the service."""
    return Renders(engine, parts.ledger)


All = Annotated[Renders, Depends(renders)]


@router.post(f"{_PATH}/lambda")
def submit(request: Request, parts: Parts, kept: Kept, every: All, who: Exporter, export: Export) -> dict[str, Any]:
    """Have a draft rendered."""
    session = caller.find(kept, who, export.session_id)
    asked = {"session": session.id, "draft": export.draft, "output": export.output.model_dump(mode="json")}

    def ordered() -> str:
        return order(parts, session, shown(parts.sessions, session, export.draft), export.output)

    return _told(request, every.submit(who.user, export.id, asked, ordered), export.id)


@router.get(f"{_PATH}/lambda/{{render_id}}")
def poll(request: Request, every: All, who: Reader, render_id: str) -> dict[str, Any]:
    """Say how a render stands."""
    return _told(request, every.find(who.user, render_id), render_id)


@router.post(f"{_PATH}/lambda/{{render_id}}/cancel")
def cancel(request: Request, every: All, who: Writer, render_id: str) -> dict[str, Any]:
    """End a render; one that has ended stays as it is."""
    return _told(request, every.cancel(who.user, render_id), render_id)


@router.head(f"{_PATH}/{{render_id}}/download", include_in_schema=False)
@router.get(f"{_PATH}/{{render_id}}/download")
def download(request: Request, parts: Parts, every: All, who: Reader, render_id: str) -> Response:
    """Return the file of a render, or a range of it."""
    return file(request, parts, every.find(who.user, render_id))


@router.head(_LINK, include_in_schema=False)
@router.get(_LINK)
def linked(
    request: Request, parts: Parts, every: All, links: Linked, job: str, signed: Annotated[Signed, Query()]
) -> Response:
    """Return the file of a render, or a range of it, to whoever has a link that is still open."""
    links.check(_LINK.format(job=job), signed)
    return file(request, parts, every.engine.status(job))


def file(request: Request, parts: Service, status: Status | None) -> Response:
    """Return the file of a render, or a range of it; 404 where there is none."""
    if status is None:
        raise _no_render()
    if status.state != "completed":
        raise envelope.Refused(404, 404, f"the render is {status.state}: there is no file of it")
    suffix = (status.result or {}).get("format", "mp4")
    served = serving.Served(file_key(status.id), f"{status.id}.{suffix}", status.id)
    return serving.answer(parts.storage, served, request)


def _told(request: Request, status: Status | None, render_id: str) -> dict[str, Any]:
    """Return how a render stands, with every field where any client looks for it."""
    if status is None:
        raise _no_render()
    made = status.result or {}
    url = link(request, status.id) if status.state == "completed" else None
    fields = {
        "success": status.state not in ("failed", "cancelled"),
        "id": render_id,
        "taskId": render_id,
        "status": status.state,
        "progress": status.progress,
        "output": {"url": url, "duration": made["seconds"], "size": made["size"]} if url else None,
        "outputUrl": url,
        "createdAt": round(status.created_at * 1000),
        "completedAt": round(status.finished_at * 1000) if status.finished_at else None,
        "error": status.error,
    }
    return {**envelope.ok(fields), **fields}


def link(request: Request, job: str) -> str:
    """Return a link to the file of a render, which opens it for a time."""
    return Links(request.app.state.service, request).at(_LINK.format(job=job))


def _no_render() -> envelope.Refused:
    return envelope.Refused(1002, 404, "there is no such render")


def order(parts: Service, session: Session, timeline: Timeline, output: Output) -> str:
    """Keep a timeline and the wishes for its file as an order, and return that."""
    folder = parts.sessions.folder(session) / "project"
    return orders.keep(parts.sessions.studio().ordered(_request(folder, timeline, output), timeline), parts.storage)


def shown(kept: Sessions, session: Session, given: dict[str, Any] | None) -> Timeline:
    """Return the timeline of a draft: the session's own where that is what the draft says, or there is none."""
    held = kept.conversation(session).held()
    if held.timeline is not None and given in (None, drafted(held)):
        return held.timeline
    if given is None:
        raise BadRequest("there is no video yet", advice="Ask for one first.")
    files = {asset.id: asset for asset in held.project.assets}
    return draft.read(given, files, held.timeline).timeline


def _request(folder: Path, shown: Timeline, output: Output) -> MakeRequest:
    return MakeRequest(
        project=folder,
        out=Path(f"render.{output.format.lower()}"),
        preset=output.preset,
        size=_size(output.resolution, shown) if output.resolution else None,
        fps=f"{output.fps:g}" if isinstance(output.fps, int | float) else output.fps,
        quality=_quality(output.quality),
    )


def _size(resolution: str, shown: Timeline) -> str:
    """Return a size such as ``1280x720``; ``720p`` is the length of the shorter side, at the shape of the video."""
    plain = resolution.strip().lower()
    short = _SIZES.get(plain) or (int(plain[:-1]) if plain[:-1].isdigit() and plain.endswith("p") else None)
    if short is None:
        return plain
    width, height = shown.canvas.width, shown.canvas.height
    share = short / min(width, height)
    return f"{2 * round(width * share / 2)}x{2 * round(height * share / 2)}"


def _quality(said: str | int) -> int | None:
    if isinstance(said, int):
        return said
    try:
        return _QUALITIES[said.lower()]
    except KeyError:
        raise BadRequest(f"there is no quality {said!r}", advice=f"Use {', '.join(_QUALITIES)}, or 1 to 51.") from None
