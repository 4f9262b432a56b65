"""Projects: a song, what was brought beside it, and the video that words made of them, version by version."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Response
from pydantic import BaseModel, Field

from songreel.app import projects as disk
from songreel.app.conversation import Held
from songreel.editing import describe
from songreel.model.timeline import Timeline
from songreel.server import draft, envelope, problems
from songreel.server.body import PlainText
from songreel.server.caller import Jobs, Kept, Parts, Reader, Writer
from songreel.server.routes.renders import All
from songreel.service import removal
from songreel.service.accounts import Caller
from songreel.service.sessions import Session, Sessions
from songreel.service.turns import Turns

MOST = 200
router = APIRouter(tags=["projects"])


class NewProject(BaseModel):
    """What a new project is called, and the language that its replies begin in."""

    name: PlainText = Field(default="project", max_length=200)
    language: PlainText = Field(default="en", max_length=20)


class Listed(BaseModel):
    """A project in a list."""

    id: str
    name: str
    language: str
    created_at: datetime


class Version(BaseModel):
    """A version of the video, the words that made it, and the song that it is of."""

    number: int
    words: str
    song: str | None


class Shape(BaseModel):
    """The picture of a video; ``duration`` in seconds."""

    width: int
    height: int
    fps: float
    duration: float


class Project(Listed):
    """A project; ``version`` is the one that is shown, 0 before the first."""

    version: int
    versions: list[Version]
    video: Shape | None
    song: str | None = Field(description="The id of the asset that is the song of the shown video.")
    summary: str = Field(description="The tracks of the video in one line.")


class Projects(BaseModel):
    """Projects, the newest first."""

    projects: list[Listed]


class Page(BaseModel):
    """Which part of a list is wanted."""

    limit: int = Field(default=100, ge=1, le=MOST)
    offset: int = Field(default=0, ge=0, le=1_000_000)


def reads(kept: Kept, who: Reader, project: str) -> Session:
    """Return the caller's project; 404 where there is none of them."""
    return _find(kept, who, project)


def writes(kept: Kept, who: Writer, project: str) -> Session:
    """Return the caller's project, which the call may change; 404 where there is none of them."""
    return _find(kept, who, project)


Read = Annotated[Session, Depends(reads)]
Written = Annotated[Session, Depends(writes)]


@router.post("/projects", status_code=201)
def create(kept: Kept, who: Writer, wanted: NewProject, response: Response) -> Project:
    """Make an empty project."""
    session = kept.open(who.user, wanted.name, wanted.language)
    response.headers["Location"] = f"{problems.ROOT}/projects/{session.id}"
    return _told(session, kept.conversation(session).shown())


@router.get("/projects")
def every(kept: Kept, who: Reader, page: Annotated[Page, Query()]) -> Projects:
    """List the caller's projects."""
    found = kept.of(who.user)[page.offset : page.offset + page.limit]
    return Projects(projects=[Listed(**_known(each)) for each in found])


@router.get("/projects/{project}", responses=problems.declared(404))
def one(kept: Kept, session: Read) -> Project:
    """Tell of a project."""
    return _told(session, kept.conversation(session).shown())


@router.delete("/projects/{project}", status_code=204, responses=problems.declared(404))
def delete(parts: Parts, engine: Jobs, every: All, session: Written) -> None:
    """End what runs for a project, and remove it with its videos; this cannot be undone."""
    removal.remove(session, parts.sessions, parts.storage, Turns(engine, parts.ledger), every)


@router.get("/projects/{project}/timeline", responses=problems.declared(404))
def timeline(kept: Kept, session: Read, version: Annotated[int | None, Query(ge=1, le=10**9)] = None) -> dict[str, Any]:
    """Return the video as a draft: tracks ``t``, segments ``sg``, times in ms; the shown version, or another."""
    return draft.of(shown(kept, session, version))


def shown(kept: Sessions, session: Session, version: int | None) -> Timeline:
    """Return a version of a project's video, without a number the one that is shown; 404 where there is none."""
    if version is None:
        found = kept.conversation(session).shown().timeline
    else:
        folder = kept.folder(session) / "project"
        found = disk.timeline(folder, version) if disk.has_version(folder, version) else None
    if found is None:
        raise envelope.Refused(404, 404, "there is no such version" if version else "there is no video yet")
    return found


def moment(seconds: float) -> datetime:
    """Return a moment as the API tells it."""
    return datetime.fromtimestamp(seconds, UTC)


def _find(kept: Sessions, who: Caller, project: str) -> Session:
    session = kept.find(project, who.user)
    if session is None:
        raise envelope.Refused(1002, 404, "there is no such project")
    return session


def _known(session: Session) -> dict[str, Any]:
    return {
        "id": session.id,
        "name": session.name,
        "language": session.language,
        "created_at": moment(session.created_at),
    }


def _told(session: Session, held: Held) -> Project:
    timeline = held.timeline
    names = {asset.id: asset.name for asset in held.project.assets}
    return Project(
        **_known(session),
        version=held.history.current,
        versions=[Version(number=each.number, words=each.words, song=each.song) for each in held.history.versions],
        video=_shape(timeline) if timeline else None,
        song=held.project.song,
        summary=describe.summary(timeline, names) if timeline else "",
    )


def _shape(timeline: Timeline) -> Shape:
    canvas = timeline.canvas
    seconds = float(timeline.frames / canvas.fps)
    return Shape(width=canvas.width, height=canvas.height, fps=float(canvas.fps), duration=round(seconds, 3))
