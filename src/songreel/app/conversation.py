"""A project that is talked to: a message becomes edits, edits a new version, and what changed a reply."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from songreel.app import bringing, chronicle, knowing, projects
from songreel.app.carrying import Carrier, Held, Work
from songreel.app.studio import Studio
from songreel.base.errors import BadRequest, EditRefused
from songreel.director import lexicon, reply
from songreel.director.conversation import Language, Past, Situation, Understood
from songreel.director.understanding import understand
from songreel.editing import describe
from songreel.editing import history as ways
from songreel.model.asset import Asset
from songreel.model.document import AssetId
from songreel.model.edit import Edit
from songreel.model.history import Said
from songreel.model.material import Material
from songreel.model.project import Project
from songreel.model.song_map import SongMap
from songreel.model.timeline import Timeline

__all__ = ["Conversation", "Held", "Turn", "Understand"]

Understand = Callable[[str, Situation], Understood]
"""What makes edits of a message: the rules, or a language model."""
_KEPT_WORDS = 2000


@dataclass(frozen=True, slots=True)
class Turn:
    """What came of a message. ``summary`` tells the tracks in one line; ``timeline`` is None before the first video."""

    reply: str
    summary: str
    version: int
    changed: bool
    edits: tuple[Edit, ...]
    timeline: Timeline | None


class Conversation:
    """One project and what is said about it. Everything is read from its folder and kept there, turn by turn."""

    def __init__(self, folder: Path, studio: Studio, understand: Understand) -> None:
        self._folder, self._studio, self._understand = folder, studio, understand
        self._carrier = Carrier(folder, studio)

    def bring(self, files: Iterable[Path]) -> tuple[Asset, ...]:
        """Take files into the project and return them; raises BadInput for what cannot be used."""
        return bringing.brought(self._folder, files, self._studio.cache)[1]

    def take(self, files: Iterable[tuple[Asset, Material | None]]) -> tuple[Asset, ...]:
        """Take files into the project that somebody else looked at, with what was seen in photos and clips."""
        known = list(files)
        for _, seen in known:
            if seen is not None:
                knowing.remember(seen, self._studio.cache)
        return bringing.taken(self._folder, (asset for asset, _ in known))[1]

    def talk(self, words: str) -> Turn:
        """Do what a message asks for, as far as it can be done, and say what came of it."""
        plain = words.encode("utf-8", "replace").decode("utf-8").replace("\x00", " ")
        held = self.held()
        understood = self._understand(plain, self._situation(held))
        return self._carried_out(held, plain, understood)

    def edit(self, edits: Sequence[Edit], *, words: str = "", language: Language = "en") -> Turn:
        """Carry out edits that somebody else made of a message."""
        return self._carried_out(self.held(), words, Understood(edits=tuple(edits), language=language))

    def shown(self) -> Held:
        """Return all of the project as it is, at once: a song that nobody has heard is not listened to for it."""
        held = self._held(self._studio.known_of)
        others = [song for song in _songs(held.project) if song != held.project.song]
        every = {song: self._studio.known_of(self._folder, held.project.on(song)) for song in others}
        if held.project.song is not None:
            every[held.project.song] = held.song_map
        return replace(held, heard={song: each for song, each in every.items() if each is not None})

    def videos(self, held: Held) -> list[tuple[Asset, Timeline]]:
        """Return the songs that have a video, in the order in which they came, with the version shown last."""
        latest = [(asset, held.history.latest(asset.id)) for asset in held.project.assets]
        return [(asset, projects.timeline(self._folder, number)) for asset, number in latest if number]

    def held(self) -> Held:
        """Return all of the project as it is; a folder without one becomes an empty project."""
        return self._held(self._heard)

    def _held(self, heard: Callable[[Path, Project], SongMap | None]) -> Held:
        project = bringing.opened(self._folder)
        history = chronicle.load(self._folder, project)
        timeline = projects.timeline(self._folder, history.current) if history.current else None
        return Held(project, history, heard(self._folder, project), timeline)

    def _heard(self, folder: Path, project: Project) -> SongMap | None:
        return self._studio.heard_in(folder, project) if project.song is not None else None

    def _situation(self, held: Held) -> Situation:
        project, history = held.project, held.history
        before = history.version(history.way[history.place - 1]) if history.place > 0 else None
        alike = before is not None and before.song == project.song
        return Situation(
            timeline=held.timeline,
            song_map=held.song_map,
            brief=project.brief,
            assets={asset.id: asset for asset in project.assets},
            song=project.song,
            cover=project.brief.cover,
            past=tuple(Past(each.words, each.language, each.edits, each.clips, each.version) for each in history.said),
            version=history.current,
            versions=tuple(version.number for version in history.versions),
            undoable=history.undoable,
            redoable=history.redoable,
            before=projects.timeline(self._folder, before.number) if before and alike else None,
            attempt=lambda edits: self._attempt(held, edits),
            waiting=project.waiting,
            videos={song: history.latest(song) for song in _songs(project) if history.latest(song)},
            lasting=chronicle.lasting(history),
            of_song=lambda song: self._situation(self._of_song(held, song)),
        )

    def _of_song(self, held: Held, song: AssetId) -> Held:
        """Return the project as it would be with a song's video shown; without a video where there is none of it."""
        number = held.history.latest(song)
        if number and number != held.history.current:
            return self._carrier.gone(held, number)
        if song == held.project.song:
            return held
        project = held.project.on(song)
        return replace(held, project=project, song_map=self._heard(self._folder, project), timeline=None)

    def _attempt(self, held: Held, edits: Sequence[Edit]) -> None:
        work = Work(held)
        for edit in edits:
            work = self._carrier.one(work, edit)

    def _carried_out(self, held: Held, words: str, understood: Understood) -> Turn:
        work, done = Work(held, words[:_KEPT_WORDS], start=held.timeline), list[Edit]()
        refusals: list[EditRefused | BadRequest] = []
        work = self._tried(work, understood.edits, done, refusals)
        if understood.later:
            understood = self._later(work.held, understood)
            work = self._tried(work, understood.edits, done, refusals)
        work = work.settled()
        self._carrier.write(work)
        now = work.held
        told = reply.Turned(
            before=held.timeline,
            after=now.timeline,
            song_map=now.song_map,
            names={asset.id: asset.name for asset in now.project.assets},
            edits=tuple(done),
            understood=understood,
            refusals=tuple(refusals),
            notes=tuple(dict.fromkeys(work.notes)),
            left_out=tuple(dict.fromkeys(work.left_out)),
            said=words,
            version=now.history.current,
            done=work.done,
            waits=now.project.waiting is not None,
            songs=_songs(now.project),
            unmade=tuple(song for song in _songs(now.project) if not now.history.latest(song)),
        )
        said = Said(
            words=words[:_KEPT_WORDS],
            language=understood.language,
            edits=tuple(done),
            clips=reply.touched(told.last.before if told.last else now.timeline, now.timeline),
            version=now.history.current,
        )
        chronicle.save(self._folder, ways.told(now.history, said))
        timeline = now.timeline
        return Turn(
            reply=reply.compose(told),
            summary=describe.summary(timeline, told.names) if timeline else "",
            version=now.history.current,
            changed=reply.differs(held.timeline, timeline),
            edits=tuple(done),
            timeline=timeline,
        )

    def _tried(
        self, work: Work, edits: Sequence[Edit], done: list[Edit], refusals: list[EditRefused | BadRequest]
    ) -> Work:
        """Return the work with the edits that can be carried out, noted in ``done``; the others are refused."""
        for edit in edits:
            try:
                work = self._carrier.one(work, edit)
                done.append(edit)
            except (EditRefused, BadRequest) as error:
                refusals.append(error)
        return work

    def _later(self, held: Held, understood: Understood) -> Understood:
        """Return what words ask for that wait for a video, once there is one; the rules left them, and read them."""
        if held.timeline is None:
            return replace(understood, edits=())
        told = understand(understood.later, self._situation(held))
        if told == Understood(language=told.language):
            left = lexicon.answers(understood.language)["problems"]["not-understood"].format(words=understood.later)
            told = replace(told, problems=(left,))
        return replace(told, problems=(*understood.problems, *told.problems), language=understood.language)


def _songs(project: Project) -> tuple[AssetId, ...]:
    """Return the songs of a project, in the order in which they came."""
    return tuple(asset.id for asset in project.assets if asset.kind == "song")
