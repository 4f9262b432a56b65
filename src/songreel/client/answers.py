"""What a service of the protocol answers, in types. Unknown fields are left alone: servers differ in them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError

from songreel.base.errors import NoAnswer

Json = dict[str, Any]
Status = Literal["pending", "processing", "completed", "failed", "cancelled"]
_STATUSES: Mapping[str, Status] = {
    "pending": "pending",
    "queued": "pending",
    "processing": "processing",
    "running": "processing",
    "rendering": "processing",
    "completed": "completed",
    "complete": "completed",
    "done": "completed",
    "success": "completed",
    "succeeded": "completed",
    "failed": "failed",
    "error": "failed",
    "cancelled": "cancelled",
    "canceled": "cancelled",
}
_ADDRESSES = ("url", "outputUrl", "output_url", "downloadUrl", "download_url", "videoUrl", "video_url")


class Answer(BaseModel):
    """Something that a service says."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    @classmethod
    def read(cls, data: object) -> Any:
        """Return an answer of what was sent; raises NoAnswer when it lacks what it must have."""
        try:
            return cls.model_validate(data)
        except ValidationError as error:
            wrong = error.errors()[0]
            where = ".".join(str(step) for step in wrong["loc"])
            raise NoAnswer(
                f"the service's answer has no good {where or cls.__name__.lower()}",
                advice="It may not speak this protocol; check the address.",
            ) from None


class Token(Answer):
    """A token of an anonymous user."""

    token: SecretStr = Field(min_length=1)
    user_id: str = ""
    expires_at: str = ""


class Opened(Answer):
    """A session."""

    session_id: str = Field(min_length=1, coerce_numbers_to_str=True)
    task_id: str = Field(default="", coerce_numbers_to_str=True)
    user_id: str = ""


class Credits(Answer):
    """A balance: ``frozen`` is reserved for running work."""

    available: float
    frozen: float = 0
    total: float

    @classmethod
    def read(cls, data: object) -> Any:
        """Return a balance; a total that is left out is the sum."""
        if isinstance(data, dict) and data.get("total") is None and "available" in data:
            data = {**data, "total": data["available"] + (data.get("frozen") or 0)}
        return super().read(data)


class FileInfo(Answer):
    """A file that the service holds; ``duration`` in seconds."""

    filename: str = ""
    file_type: str = ""
    duration: float | None = None
    width: int | None = None
    height: int | None = None
    hash: str | None = None


class SongVideo(Answer):
    """The video of one of several songs; ``song`` is the hash of its file."""

    song: str = ""
    filename: str = ""
    version: int = 0
    draft: Json = Field(default_factory=dict)


class State(Answer):
    """All that a client may know of a session; ``videos`` are those of all songs, where they were asked for."""

    user_id: str = ""
    draft: Json = Field(default_factory=dict)
    videos: tuple[SongVideo, ...] = ()
    video_infos: tuple[FileInfo, ...] = ()
    generated_media: tuple[FileInfo, ...] = ()
    canvas_config: Json = Field(default_factory=dict)

    @classmethod
    def read(cls, data: object) -> Any:
        """Return a state, whose fields may lie in ``state`` or beside it, and be null."""
        outer: Json = data if isinstance(data, dict) else {}
        state = outer.get("state")
        inner: Json = state if isinstance(state, dict) else outer
        known = {name: inner[name] for name in cls.model_fields if inner.get(name) is not None}
        return super().read({"user_id": outer.get("user_id") or "", **known})


class Render(Answer):
    """An export: ``share`` is how much of it is done, 0…1, ``url`` where the file is."""

    id: str
    status: Status = "pending"
    share: float = 0.0
    url: SecretStr | None = None
    error: str = ""

    @property
    def ended(self) -> bool:
        """Tell whether nothing more will happen."""
        return self.status in ("completed", "failed", "cancelled")

    @classmethod
    def gathered(cls, answer: Mapping[str, Any], asked: str) -> Render:
        """Return a render from an answer, wherever its fields sit; ``asked`` is its id when the answer has none."""
        found = [place for place in _places(answer) if place]
        url = next((value for place in found for name in _ADDRESSES if _filled(value := place.get(name))), None)
        bare = next((place["output"] for place in found if _filled(place.get("output"))), None)
        address = url or bare
        status = _status(_first(found, "status", "state")) or ("completed" if address else "pending")
        return cls(
            id=str(_first(found, "id", "taskId", "task_id", "renderId", "render_id") or asked),
            status=status,
            share=1.0 if status == "completed" else _share(_first(found, "progress", "percent")),
            url=SecretStr(address) if address else None,
            error=_why(_first(found, "error", "errorMessage", "error_message")),
        )


def _places(answer: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Yield every object of an answer that may hold a render's fields, the outermost first."""
    data = answer.get("data")
    for place in (answer, data):
        if isinstance(place, Mapping):
            yield place
            for name in ("render", "task", "result", "output"):
                if isinstance(inner := place.get(name), Mapping):
                    yield inner


def _first(places: list[Mapping[str, Any]], *names: str) -> Any:
    values = (place.get(name) for place in places for name in names)
    return next((value for value in values if value not in (None, "")), None)


def _filled(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _status(said: object) -> Status | None:
    return _STATUSES.get(str(said).lower()) if said is not None else None


def _share(said: object) -> float:
    try:
        value = float(str(said).rstrip("%"))
    except ValueError:
        return 0.0
    return min(max(value / 100, 0.0), 1.0) if math.isfinite(value) else 0.0


def _why(said: object) -> str:
    if isinstance(said, Mapping):
        said = said.get("message") or said.get("code")
    return str(said) if said else ""
