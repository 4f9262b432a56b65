"""What the tools answer: the schemas that an agent reads."""

from __future__ import annotations

from pydantic import BaseModel, Field

from songreel.mcp.renders import Render, Status

URI = "songreel://renders/{key}"


class Turned(BaseModel):
    """What came of a message to a project."""

    reply: str = Field(description="What changed and what could not be done, to be shown to the person.")
    tracks: str = Field(description="The tracks of the video in one line.")
    version: int = Field(description="Counts edits; export takes any of them.")
    changed: bool
    songs: dict[str, int] = Field(description="Each song's file, and the version that is its video; 0 is none yet.")


class Rendered(BaseModel):
    """How a render stands."""

    render: str = Field(description="The id for follow_render and cancel_render.")
    status: Status
    stage: str = ""
    progress: float = Field(description="0 to 100; never falls.")
    file: str | None = Field(default=None, description="Where the finished video is.")
    resource: str | None = Field(default=None, description="The finished video as a resource.")
    proof: str | None = Field(default=None, description="What was measured on the finished video.")
    proven: bool | None = None
    notes: list[str] = Field(default_factory=list, description="What was substituted or left out.")
    error: str | None = None

    @classmethod
    def of(cls, render: Render) -> Rendered:
        """Return what can be told of a render."""
        told = cls(
            render=render.id,
            status=render.status,
            stage=render.stage,
            progress=round(render.share * 100, 1),
            error=render.error or None,
        )
        made = render.made
        if made is None:
            return told
        return told.model_copy(
            update={
                "file": str(made.path.resolve()),
                "resource": URI.format(key=render.id),
                "proof": made.proof.line(),
                "proven": made.proof.passed,
                "notes": list(dict.fromkeys(made.notes)),
            }
        )


class Looks(BaseModel):
    """What a video can look like; each name can be used in words."""

    looks: dict[str, str] = Field(description="Whole looks, and what each is.")
    drawn: dict[str, dict[str, str]] = Field(description="Scenes, effects, transitions and visualizers.")
    presets: dict[str, str] = Field(description="Where a video can go.")
