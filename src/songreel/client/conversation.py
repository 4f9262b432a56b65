"""A conversation about a video: each line is routed, carried out, and told in a person's language."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from songreel.base.errors import CallRefused, SongreelError
from songreel.client import draft, exporting, gui_words, paths, phrases, router, turns, videos, wire
from songreel.client.answers import FileInfo, Json, State
from songreel.client.gui_words import Wanted
from songreel.client.phrases import Language
from songreel.client.router import Action, Step
from songreel.client.service import Client

_SONG = re.compile(r"\b(?:songs?|tracks?|music|audio|this|these|all|each|both|other)\b|歌|曲|音乐|每|首", re.IGNORECASE)
Kind = Literal["notice", "text", "summary", "progress", "file", "offer", "error"]


@dataclass(frozen=True, slots=True)
class Said:
    """Something to show.

    ``notice`` and ``progress`` (``share``, 0…1) are of the moment; ``summary`` is the timeline; ``file`` is a finished
    video at ``path``; ``offer`` asks whether to export; ``error`` is what could not be done.
    """

    kind: Kind
    text: str
    share: float = 0.0
    path: Path | None = None


class Conversation:
    """Talks with a service in one session; ``folder`` is where finished videos go."""

    def __init__(
        self,
        client: Client,
        *,
        folder: Path | None = None,
        pace: exporting.Pace | None = None,
        language: Language = "en",
        session: str | None = None,
    ) -> None:
        self._client = client
        self._exporter = exporting.Exporter(client, folder or Path(), pace or exporting.Pace())
        self._language: Language = language
        self._session = session
        self._user = ""
        self._had: set[str] = set()
        self._came: list[str] = []

    @property
    def session(self) -> str | None:
        """Return the session that is talked in; None before there is one."""
        return self._session

    async def connect(self) -> AsyncIterator[Said]:
        """Get a token and a session, and say so briefly."""
        yield self._notice("connecting")
        try:
            await self._client.connect()
            if self._session is None or not await self._held():
                await self._open()
        except SongreelError as error:
            yield self._error(error)
            return
        yield self._notice("ready")

    async def say(self, line: str) -> AsyncIterator[Said]:
        """Do what a line asks for, one thing after the other, and yield what is to be shown; errors are told."""
        self._language = phrases.language_of(line) if line.strip() else self._language
        try:
            found = await self._found(line)
        except SongreelError as error:
            yield self._error(error)
            return
        if found.missing:
            yield Said("error", self._phrase("no-file", name=", ".join(found.missing)))
            return
        for step in router.route(found):
            failed = False
            async for said in self._guarded(step, found):
                failed = failed or said.kind == "error"
                yield said
            if failed:
                return

    async def _found(self, line: str) -> paths.Found:
        """Return what a line brings: what is called like a file of the session, among other words, is that file."""
        found = paths.find(line)
        self._had, self._came = set(), []
        if not (found.paths and found.words) or self._session is None:
            return found
        try:
            known = (await self._known()).video_infos
        except CallRefused as error:
            if error.code != wire.NO_SESSION:
                raise
            return found
        names = {info.filename for info in known}
        self._had = {info.filename for info in known if info.file_type == "audio"}
        return paths.find(line, exists=lambda path: path.exists() and str(path) not in names)

    def _about(self, words: str) -> str:
        """Return words that came with a song, with its name where the session had another: they are about that one."""
        one = self._came[0] if len(self._came) == 1 else None
        if one is None or not self._had - {one} or _SONG.search(words):
            return words
        return f"给 {one}：{words}" if phrases.language_of(words) == "zh" else f"for {one}: {words}"

    async def stop(self) -> Said:
        """Stop the export that is running, or only the waiting for an answer, and say which."""
        return self._notice("export-cancelled" if await self._exporter.cancel() else "stopped")

    async def _guarded(self, step: Step, found: paths.Found) -> AsyncIterator[Said]:
        """Carry out a step, in a new session where the old one is gone, and tell errors."""
        for again in (True, False):
            try:
                if self._session is None:
                    await self._open()
                async for said in self._carry_out(step, found):
                    yield said
            except CallRefused as error:
                if error.code != wire.NO_SESSION or not again:
                    yield self._error(error)
                    return
                await self._open()
                yield self._notice("new-session")
            except SongreelError as error:
                yield self._error(error)
                return
            else:
                return

    def _carry_out(self, step: Step, found: paths.Found) -> AsyncIterator[Said]:
        match step.action:
            case Action.UPLOAD:
                return self._upload(found)
            case Action.CREDITS:
                return self._credits()
            case Action.STATE:
                return self._state()
            case Action.EXPORT:
                return self._export(step)
            case Action.TALK:
                return self._talk(self._about(step.words))

    async def _upload(self, found: paths.Found) -> AsyncIterator[Said]:
        if not found.brings:
            yield Said("text", self._phrase("which-file"))
            return
        files: list[Path] = []
        for path in found.paths:
            inside = paths.media_in(path) if path.is_dir() else (path,)
            if not inside:
                yield Said("error", self._phrase("empty-folder", name=path))
                return
            files += inside
        names = ", ".join([*(path.name for path in files), *found.urls])
        yield Said("progress", self._phrase("uploading", names=names))
        infos: list[FileInfo] = []
        if files:
            infos += await self._client.upload(self._at, files)
        if found.urls:
            infos += await self._client.upload_urls(self._at, found.urls)
        self._came = [info.filename for info in infos if info.file_type == "audio"]
        yield Said("text", self._phrase("received", names=_told(infos) or names))
        if not found.words:
            yield self._notice("what-now")

    async def _credits(self) -> AsyncIterator[Said]:
        found = await self._client.credits()
        facts = {name: f"{value:g}" for name, value in found.model_dump().items()}
        yield Said("text", self._phrase("credits", **facts))

    async def _state(self) -> AsyncIterator[Said]:
        state = await self._known()
        if state.video_infos:
            yield Said("text", self._phrase("files", names=_told(state.video_infos)))
        if state.draft.get("t"):
            yield Said("summary", draft.summary(state.draft))
        else:
            yield Said("text", self._phrase("no-video"))

    async def _talk(self, words: str) -> AsyncIterator[Said]:
        wants: set[Wanted] = set()
        async for told in turns.take(self._client, self._at, words, self._language):
            if told.kind == "text":
                shown = gui_words.translate(told.text)
                wants |= shown.wants
                yield Said("text", shown.text)
            elif told.kind == "notice":
                yield Said("notice", told.text)
            elif told.error is not None:
                yield self._error(told.error)
            else:
                yield Said("error" if told.kind == "failed" else "text", told.text)
        if Wanted.TRACKS in wants:
            async for said in self._state():
                yield said
        if Wanted.EXPORT in wants:
            yield Said("offer", self._phrase("offer-export"))

    async def _export(self, step: Step) -> AsyncIterator[Said]:
        wanted = await self._wanted(step.words)
        if isinstance(wanted, Said):
            yield wanted
            return
        if not wanted:
            yield self._notice("one-video")
            state = await self._known()
            wanted = [(exporting.name_of(state), state.draft)]
        for name, shown in wanted:
            async for said in self._exported(name, shown, step, several=len(wanted) > 1):
                yield said

    async def _wanted(self, words: str) -> list[tuple[str, Json]] | Said:
        """Return the names and drafts of the videos to export, or why there is none; nothing where none are told."""
        state = await self._known(every=True)
        if not state.draft.get("t"):
            return Said("error", self._phrase("nothing-to-export"))
        several = len(state.videos) > 1 or (bool(state.videos) and videos.names_any(words))
        found = videos.meant(words, state.videos) if several else None
        if found is None and videos.names_any(words) and not state.videos:
            return []
        if found is None:
            return [(exporting.name_of(state), state.draft)]
        if not found:
            names = ", ".join(video.filename for video in state.videos)
            return Said("error", self._phrase("no-such-video", names=names))
        return [(videos.name_of(video), video.draft) for video in found]

    async def _exported(self, name: str, shown: Json, step: Step, *, several: bool) -> AsyncIterator[Said]:
        async for done in self._exporter.run(self._at, shown, step.output, name):
            match done.stage:
                case "saved":
                    yield Said("file", self._phrase("saved", path=done.path), 1.0, done.path)
                case "ended" if done.render is not None:
                    yield self._unfinished(done)
                case "exporting" if several:
                    yield Said("progress", self._phrase("exporting-song", name=name), done.share)
                case stage:
                    yield Said("progress", self._phrase(stage), done.share)

    def _unfinished(self, done: exporting.Step) -> Said:
        assert done.render is not None
        match done.render.status:
            case "failed":
                why = f": {done.render.error}" if done.render.error else ""
                return Said("error", self._phrase("export-failed", why=why))
            case "cancelled":
                return Said("error", self._phrase("export-cancelled"))
            case _:
                return Said("error", self._phrase("export-slow", percent=round(done.share * 100)))

    async def _known(self, *, every: bool = False) -> State:
        state = await self._client.state(self._at, every=every)
        self._user = state.user_id or self._user
        return state

    async def _held(self) -> bool:
        """Tell whether the session is still there."""
        try:
            await self._known()
        except CallRefused as error:
            if error.code != wire.NO_SESSION:
                raise
            return False
        return True

    async def _open(self) -> None:
        opened = await self._client.open_session(language=self._language)
        self._session, self._user = opened.session_id, opened.user_id
        self._client.wire.identity.keep_session(self._client.wire.place, opened.session_id)

    @property
    def _at(self) -> str:
        assert self._session is not None
        return self._session

    def _notice(self, key: str) -> Said:
        return Said("notice", self._phrase(key))

    def _phrase(self, key: str, **facts: object) -> str:
        return phrases.say(key, self._language, **facts)

    def _error(self, error: SongreelError) -> Said:
        if not isinstance(error, CallRefused):
            return Said("error", str(error))
        data = error.data
        match error.code:
            case wire.BAD_TOKEN:
                return Said("error", self._phrase("1001", said=data.get("said", "")))
            case wire.NO_CREDITS:
                url = self._client.registration(error, self._user)
                key, facts = ("2001-register", {"url": url}) if url else ("2001", {})
                return Said("error", self._phrase(key, **facts))
            case wire.UNSUPPORTED:
                supported = data.get("supported")
                formats = ", ".join(map(str, supported)) if isinstance(supported, list) else phrases.FORMATS
                return Said("error", self._phrase("4001", formats=formats))
            case wire.TOO_LARGE:
                most = data.get("limit_bytes")
                limit = self._phrase("limit", megabytes=most // 1_000_000) if isinstance(most, int) else ""
                return Said("error", self._phrase("4002", limit=limit))
            case wire.NO_EXPORT:
                return Said("error", self._phrase("402"))
            case wire.TOO_OFTEN:
                after = data.get("retry_after")
                return Said("error", self._phrase("429", wait=self._phrase("wait", seconds=after) if after else ""))
            case _:
                return Said("error", str(data.get("said") or error))


def _told(files: Sequence[FileInfo]) -> str:
    return ", ".join(
        f"{info.filename} ({info.duration:.1f} s)".replace(".0 s", " s") if info.duration else info.filename
        for info in files
        if info.filename
    )
