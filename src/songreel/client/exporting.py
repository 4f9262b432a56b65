"""The export workflow: ask for the draft's video, follow it, fetch the file."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from songreel.base import ids
from songreel.base.errors import CallRefused, NoAnswer, SongreelError
from songreel.client import draft
from songreel.client.answers import Json, Render, State
from songreel.client.service import Client

_UNSAFE = re.compile(r"[^\w\s.-]+")
_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Pace:
    """How a render is followed: a look every so many seconds, so often at most."""

    every_s: float = 30.0
    looks: int = 10


@dataclass(frozen=True, slots=True)
class Step:
    """How far an export is: ``path`` once the file is there, ``render`` at the end of the looking otherwise."""

    stage: str
    share: float = 0.0
    path: Path | None = None
    render: Render | None = None


@dataclass(frozen=True, slots=True)
class _Order:
    """What is exported, into what, and what its file is called; ``key`` is the same for the same draft."""

    session: str
    draft: Json
    output: Json
    key: str
    name: str


@dataclass
class Exporter:
    """Exports drafts into a folder; a draft that is rendered already, or still is, is not asked for again."""

    client: Client
    folder: Path
    pace: Pace = field(default_factory=Pace)
    now: Callable[[], float] = time.time
    _asked: dict[str, str] = field(default_factory=dict)
    running: str = ""

    async def run(self, session: str, shown: Json, output: Mapping[str, str], name: str) -> AsyncIterator[Step]:
        """Yield how the export of a draft goes on, the last step with its file or with how the render ended."""
        wanted: Json = {"format": "mp4", "quality": "high", **output}
        key = ids.digest_json([session, shown, wanted])
        self.running = self._asked.get(key) or self._free()
        self._asked[key] = self.running
        try:
            async for step in self._rendered(_Order(session, shown, wanted, key, name)):
                yield step
        except CallRefused:
            # Whatever it was, the next export begins anew.
            self._asked.pop(key, None)
            raise

    def _free(self) -> str:
        """Return an id that no other export has."""
        number = int(self.now() * 1000)
        taken = set(self._asked.values())
        return next(name for each in range(number, number + 1000) if (name := f"render_{each}") not in taken)

    async def _rendered(self, order: _Order) -> AsyncIterator[Step]:
        yield Step("exporting")
        key, wanted = order.key, order.output
        render = await self.client.export(order.session, render=self.running, draft=order.draft, output=wanted)
        self._asked[key] = self.running = render.id
        async for found in self._followed(render):
            render = found
            yield Step("exporting", render.share)
        if render.status != "completed":
            if render.ended:
                del self._asked[key]
            yield Step("ended", render.share, render=render)
            return
        out = free_name(self.folder, order.name, wanted["format"])
        shares: list[float] = []
        fetching = asyncio.ensure_future(self.client.download(render, out, shares.append))
        try:
            while not fetching.done():
                await asyncio.wait({fetching}, timeout=0.5)
                yield Step("downloading", shares[-1] if shares else 0.0)
        finally:
            fetching.cancel()
            with suppress(asyncio.CancelledError, SongreelError):
                await asyncio.wait({fetching})
        yield Step("saved", 1.0, path=fetching.result())
        self.running = ""

    async def cancel(self) -> bool:
        """Stop what is being rendered; False when nothing is, or when the service cannot."""
        if not self.running:
            return False
        render, self.running = self.running, ""
        self._asked = {key: value for key, value in self._asked.items() if value != render}
        with suppress(SongreelError):
            return (await self.client.cancel(render)).status == "cancelled"
        return False

    async def _followed(self, render: Render) -> AsyncIterator[Render]:
        """Yield a render at each look at it, until it ends or there were enough; its share never falls."""
        for _ in range(self.pace.looks):
            if render.ended:
                break
            await asyncio.sleep(self.pace.every_s)
            # A look that is lost says nothing about the render.
            with suppress(NoAnswer):
                found = await self.client.render(render.id)
                render = found.model_copy(update={"share": max(found.share, render.share)})
            yield render
        yield render


def name_of(state: State) -> str:
    """Return what a video's file is called: its title, or its song."""
    meta = state.draft.get("m")
    title = str(meta.get("title") or "") if isinstance(meta, dict) else ""
    if title and title != "project":
        return title
    songs = [info for info in state.video_infos if info.file_type == "audio"]
    played = [info for info in songs if info.hash and f"asset:{info.hash}" in draft.sources(state.draft)]
    return next((Path(info.filename).stem for info in (*played, *songs)), "video")


def free_name(folder: Path, name: str, suffix: str) -> Path:
    """Return a path in a folder that nothing has yet."""
    plain = " ".join(_UNSAFE.sub(" ", name).split()).strip(". ")[:_LONGEST_NAME] or "video"
    numbers = iter(range(2, 10_000))
    path = folder / f"{plain}.{suffix}"
    while path.exists():
        path = folder / f"{plain}-{next(numbers)}.{suffix}"
    return path
