"""Assets of a project: the song, photos, footage. They come by form or by address, as in the skills' protocol."""

from __future__ import annotations

from fastapi import APIRouter, Request
from pydantic import BaseModel

from songreel.model.asset import Asset, AssetKind
from songreel.server import problems
from songreel.server.caller import Kept, Parts, Uploader
from songreel.server.links import Linked, Links
from songreel.server.routes import files
from songreel.server.routes.v1.projects import Read

router = APIRouter(tags=["assets"])


class Told(BaseModel):
    """A file; ``url`` opens it for a time, ``duration`` in seconds, 0 for what does not move."""

    id: str
    kind: AssetKind
    name: str
    url: str
    duration: float
    width: int
    height: int
    fps: float


class Assets(BaseModel):
    """Files of a project, in the order in which they came."""

    assets: list[Told]


@router.post(
    "/projects/{project}/assets",
    status_code=201,
    responses=problems.declared(404, 415),
    openapi_extra=files.DESCRIBED,
)
async def upload(request: Request, parts: Parts, kept: Kept, who: Uploader, linked: Linked, project: str) -> Assets:
    """Bring files: multipart with a field ``files``, or ``{"urls": […]}``."""
    session = await files.session_of(kept, who, project)
    taken = await files.take(request, parts.uploads, kept, session)
    return Assets(assets=[_told(each, linked) for each in taken])


@router.get("/projects/{project}/assets", responses=problems.declared(404))
def every(kept: Kept, session: Read, linked: Linked) -> Assets:
    """List the files of a project."""
    return Assets(assets=[_told(each, linked) for each in kept.conversation(session).shown().project.assets])


def _told(asset: Asset, linked: Links) -> Told:
    return Told(
        id=asset.id,
        kind=asset.kind,
        name=asset.name,
        url=linked.to(asset),
        duration=round(float(asset.duration), 3),
        width=asset.width,
        height=asset.height,
        fps=round(float(asset.fps), 3),
    )
