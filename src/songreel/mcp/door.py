"""The tools: analyze a song, make a video, talk to a project, export, follow and cancel a render, list looks."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any, Literal

from mcp.server.mcpserver import Context, MCPServer
from mcp.server.mcpserver.exceptions import ResourceError, ResourceNotFoundError, ToolError
from mcp.types import CallToolResult, ResourceLink, TextContent
from pydantic import Field

from songreel import __version__
from songreel.app import gallery, songs, wiring
from songreel.app.conversation import Conversation
from songreel.app.request import MakeRequest
from songreel.app.studio import Studio
from songreel.app.views.numbers import numbers
from songreel.base.errors import SongreelError
from songreel.director import look as looks
from songreel.mcp.answers import URI, Looks, Rendered, Turned
from songreel.mcp.renders import Render, Renders
from songreel.model.preset import PRESETS

INSTRUCTIONS = (
    "Songreel makes beat-synced music videos on this machine. make_video turns a song and a sentence (English or "
    "Chinese) into a finished MP4; give it a project folder, and talk changes the video by words, export renders it "
    "again. A project holds any number of songs: make_video in the folder of one adds a song to it, talk makes and "
    "shows the video of each (make one for the second song), export_video exports any. Paths are of this machine. "
    "A long render tells its progress; with wait=false it goes on by itself, and follow_render says how far it is."
)
MIME = {".mp4": "video/mp4", ".mov": "video/quicktime", ".webm": "video/webm", ".gif": "image/gif"}
LARGEST_READ = 256 << 20
_POLL_S = 0.25

Song = Annotated[Path, Field(description="An audio file: mp3, wav, flac, m4a, aac, ogg …")]
Folder = Annotated[Path, Field(description="The project's folder, as make_video kept it.")]
Out = Annotated[Path, Field(description="Where the video goes: .mp4 .mov .webm or .gif")]
Preset = Annotated[str | None, Field(description="Where it is posted; list_looks names the presets.")]
Size = Annotated[str | None, Field(description="The picture's size, such as 1280x720; else the preset's.")]
Wait = Annotated[bool, Field(description="Answer when the video is finished, or at once with the render's id.")]


def door() -> MCPServer:
    """Return the server with its tools; `MCPServer.run` answers over a transport."""
    server = MCPServer("songreel", instructions=INSTRUCTIONS, version=__version__, log_level="WARNING")
    tools = _Tools(Renders())
    offered: tuple[Callable[..., Any], ...] = (
        tools.analyze_song,
        tools.make_video,
        tools.talk,
        tools.export_video,
        tools.follow_render,
        tools.cancel_render,
        tools.list_looks,
    )
    for tool in offered:
        server.tool()(tool)
    server.resource(URI, name="video", description="A finished video.", mime_type="video/mp4")(tools.video)
    logging.getLogger("mcp").setLevel(logging.WARNING)
    return server


@contextmanager
def _told() -> Iterator[None]:
    """Let what went wrong reach the agent as a sentence that says what to do."""
    try:
        yield
    except SongreelError as error:
        raise ToolError(str(error)) from error


class _Tools:
    """The tools of one process. Their docstrings are what an agent reads of them."""

    def __init__(self, renders: Renders) -> None:
        self._renders = renders

    def analyze_song(self, song: Song) -> dict[str, Any]:
        """Hear a song: tempo, beats, bars, sections, drops, key, loudness, and how sure each is. Times in seconds."""
        with _told():
            return numbers(Studio().analyze(song))

    async def make_video(  # noqa: PLR0913 - a tool's parameters are its schema
        self,
        song: Song,
        out: Out,
        words: Annotated[str, Field(description="What it should look like, English or Chinese.")] = "",
        cover: Annotated[Path | None, Field(description="The song's cover picture.")] = None,
        media: Annotated[list[Path] | None, Field(description="Photos and footage to show.")] = None,
        project: Annotated[Path | None, Field(description="A folder that keeps it, so that it can be changed.")] = None,
        preset: Preset = None,
        size: Size = None,
        *,
        wait: Wait = True,
        ctx: Context,
    ) -> CallToolResult:
        """Make a music video, cut on the song's beats, and prove it on the finished file."""
        with _told():
            request = MakeRequest(
                song=song,
                words=words,
                out=out,
                cover=cover,
                media=tuple(media or ()),
                project=project,
                preset=preset,
                size=size,
            )
        render = self._renders.begin(lambda progress: Studio(progress=progress).make(request))
        return await self._answer(render, ctx, wait=wait)

    def talk(self, project: Folder, words: Annotated[str, Field(description="What should be different.")]) -> Turned:
        """Change a project's video by words, or ask about it; nothing is rendered until export_video."""
        with _told():
            turn = Conversation(project, Studio(), wiring.understand()).talk(words)
            known = {song.asset.name: song.version for song in songs.every(project)}
        return Turned(reply=turn.reply, tracks=turn.summary, version=turn.version, changed=turn.changed, songs=known)

    async def export_video(  # noqa: PLR0913 - as above
        self,
        project: Folder,
        out: Out,
        preset: Preset = None,
        size: Size = None,
        version: Annotated[int | None, Field(ge=1, description="An earlier version.")] = None,
        song: Annotated[str | None, Field(description="Of several songs the one to export: its file's name.")] = None,
        *,
        wait: Wait = True,
        ctx: Context,
    ) -> CallToolResult:
        """Render a project's video as it is; only what changed since the last render is drawn again."""
        with _told():
            request = MakeRequest(project=project, out=out, preset=preset, size=size)
            version = songs.video(project, song) if song is not None else version
        render = self._renders.begin(lambda progress: Studio(progress=progress).export(request, version=version))
        return await self._answer(render, ctx, wait=wait)

    async def follow_render(self, render: str, *, wait: Wait = False, ctx: Context) -> CallToolResult:
        """Say how far a render is."""
        with _told():
            found = self._renders.find(render)
        return await self._answer(found, ctx, wait=wait)

    def cancel_render(self, render: str) -> Rendered:
        """End a render that is under way; what it drew is kept, and the same call goes on from there."""
        with _told():
            return Rendered.of(self._renders.cancel(render))

    def list_looks(self) -> Looks:
        """List looks, scenes, effects, transitions, visualizers and presets."""
        drawn: dict[str, dict[str, str]] = {}
        for entry in gallery.entries():
            drawn.setdefault(entry.family, {})[entry.name] = entry.description
        return Looks(
            looks={name: each.description for name, each in looks.looks().items()},
            drawn=drawn,
            presets={name: each.description for name, each in PRESETS.items()},
        )

    def video(self, key: str) -> bytes:
        """Return the bytes of a finished video."""
        made = self._found(key).made
        if made is None:
            raise ResourceError(f"{key} is not finished. follow_render says how far it is.")
        if made.path.stat().st_size > LARGEST_READ:
            raise ResourceError(f"{made.path} is too large to be sent. Read the file itself.")
        return made.path.read_bytes()

    def _found(self, key: str) -> Render:
        try:
            return self._renders.find(key)
        except SongreelError as error:
            raise ResourceNotFoundError(str(error)) from error

    async def _answer(self, render: Render, ctx: Context, *, wait: bool) -> CallToolResult:
        """Return how a render stands; after its end, if it is waited for. A call that is canceled cancels it."""
        try:
            while wait and not render.ended.is_set():
                await ctx.report_progress(render.share * 100, 100, render.stage)
                await asyncio.sleep(_POLL_S)
        except asyncio.CancelledError:
            render.stopping.set()
            raise
        return _result(Rendered.of(render))


def _result(told: Rendered) -> CallToolResult:
    """Return an answer in words and as data, with a link to the video when there is one."""
    content: list[Any] = [TextContent(type="text", text=told.model_dump_json(exclude_none=True))]
    if told.file and told.resource:
        file = Path(told.file)
        mime = MIME.get(file.suffix.lower(), "video/mp4")
        size = file.stat().st_size if file.exists() else None
        content.append(ResourceLink(name=file.name, uri=told.resource, mime_type=mime, size=size))
    return CallToolResult(
        content=content, structured_content=told.model_dump(mode="json"), is_error=told.status == "failed"
    )


def serve(transport: Literal["stdio", "http"], *, host: str, port: int) -> None:
    """Answer an agent until it leaves: over ``stdio``, or over ``http`` on an address."""
    server = door()
    if transport == "stdio":
        server.run()
    else:
        server.run("streamable-http", host=host, port=port)
