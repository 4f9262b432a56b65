"""A project that is talked to: a message becomes edits, edits a new version, and what changed a reply."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import assert_never

from songreel.app import bringing, chronicle, grounds, knowing, projects, stockroom
from songreel.app.request import canvas_of
from songreel.app.studio import Studio
from songreel.base.errors import BadRequest, EditRefused
from songreel.director import plan, reply
from songreel.director.conversation import Language, Past, Situation, Understood
from songreel.director.stock import Stock
from songreel.editing import apply, check, describe, restore
from songreel.editing import history as ways
from songreel.editing.ground import Ground
from songreel.editing.refusals import refused
from songreel.model.asset import Asset
from songreel.model.brief import Brief
from songreel.model.edit import Aspect, Create, Edit, GoTo, Redo, Restore, SetCanvas, StartOver, Step, Undo
from songreel.model.history import History, Said
from songreel.model.material import Material
from songreel.model.preset import PRESETS
from songreel.model.project import Project
from songreel.model.song_map import SongMap
from songreel.model.timeline import Timeline

Understand = Callable[[str, Situation], Understood]
"""What makes edits of a message: the rules, or a language model."""
_KEPT_WORDS = 2000
_LOOKED_BACK = 40


@dataclass(frozen=True, slots=True)
class Turn:
    """What came of a message. ``summary`` tells the tracks in one line; ``timeline`` is None before the first video."""

    reply: str
    summary: str
    version: int
    changed: bool
    edits: tuple[Edit, ...]
    timeline: Timeline | None


@dataclass(frozen=True, slots=True)
class Held:
    """All of a project at one moment."""

    project: Project
    history: History
    song_map: SongMap | None
    timeline: Timeline | None


@dataclass(frozen=True, slots=True)
class Work:
    """A project while edits are carried out: ``fresh`` once there is something that no version has."""

    held: Held
    fresh: bool = False
    made: bool = False
    notes: tuple[str, ...] = ()


class Conversation:
    """One project and what is said about it. Everything is read from its folder and kept there, turn by turn."""

    def __init__(self, folder: Path, studio: Studio, understand: Understand) -> None:
        self._folder, self._studio, self._understand = folder, studio, understand

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
        return self._held(self._studio.known_of)

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
        before = history.way[history.place - 1] if history.place > 0 else 0
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
            before=projects.timeline(self._folder, before) if before else None,
            attempt=lambda edits: self._attempt(held, edits),
        )

    def _attempt(self, held: Held, edits: Sequence[Edit]) -> None:
        work = Work(held)
        for edit in edits:
            work = self._one(work, edit)

    def _carried_out(self, held: Held, words: str, understood: Understood) -> Turn:
        work, done = Work(held), list[Edit]()
        refusals: list[EditRefused | BadRequest] = []
        for edit in understood.edits:
            try:
                work = self._one(work, edit)
                done.append(edit)
            except (EditRefused, BadRequest) as error:
                refusals.append(error)
        now = self._kept(work, words)
        told = reply.Turned(
            before=held.timeline,
            after=now.timeline,
            song_map=now.song_map,
            names={asset.id: asset.name for asset in now.project.assets},
            edits=tuple(done),
            understood=understood,
            refusals=tuple(refusals),
            notes=work.notes,
            left_out=now.project.brief.not_understood,
            said=words,
            version=now.history.current,
            made=work.made,
        )
        said = Said(
            words=words[:_KEPT_WORDS],
            language=understood.language,
            edits=tuple(done),
            clips=reply.touched(held.timeline, now.timeline),
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

    def _one(self, work: Work, edit: Edit) -> Work:
        if isinstance(edit, Step):
            return self._step(work, edit)
        held = work.held
        if held.timeline is None or held.song_map is None:
            raise refused("nothing-made")
        ground = self._ground(held.project, held.song_map)
        changed = apply.apply(held.timeline, (edit,), ground)
        project = held.project
        if isinstance(edit, SetCanvas) and edit.preset:
            project = project.evolve(preset=PRESETS[edit.preset])
        return replace(work, held=replace(held, timeline=changed, project=project), fresh=True)

    def _step(self, work: Work, step: Step) -> Work:
        held = work.held
        match step:
            case Create():
                return self._made(work, step.brief)
            case Undo():
                return self._shown(work, ways.undone(held.history, step.steps))
            case Redo():
                return self._shown(work, ways.redone(held.history, step.steps))
            case GoTo():
                return self._shown(work, ways.gone_to(held.history, step.version))
            case Restore():
                return self._restored(work, step.aspect)
            case StartOver():
                if not held.history.versions:
                    raise refused("nothing-made")
                return self._shown(work, ways.gone_to(held.history, held.history.versions[0].number))
            case _:
                assert_never(step)

    def _restored(self, work: Work, aspect: Aspect) -> Work:
        """Return the project with an aspect as the latest version had it in which it was otherwise."""
        held = work.held
        if held.timeline is None:
            raise refused("nothing-made")
        way = held.history.way[: held.history.place + 1]
        for number in tuple(dict.fromkeys(reversed(way)))[:_LOOKED_BACK]:
            then = projects.timeline(self._folder, number)
            if not restore.same(held.timeline, then, aspect):
                timeline = restore.restored(held.timeline, then, aspect)
                if found := check.problems(timeline):
                    raise refused("would-break", problem=found[0])
                return replace(work, held=replace(held, timeline=timeline), fresh=True)
        raise refused("never-otherwise")

    def _made(self, work: Work, brief: Brief) -> Work:
        held = work.held
        if held.song_map is None:
            raise refused("no-song")
        project = held.project
        asked = brief.evolve(cover=project.brief.cover, media=project.brief.media or brief.media)
        preset = PRESETS.get(asked.preset or "", project.preset)
        planned = plan.make(held.song_map, asked, self._stock(project), canvas_of(preset), preset)
        project = project.evolve(brief=asked, preset=preset)
        held = replace(held, project=project, timeline=planned.timeline)
        return replace(work, held=held, fresh=True, made=True, notes=(*work.notes, *planned.notes))

    def _shown(self, work: Work, history: History) -> Work:
        """Return the project with an earlier or later version shown, and what it asked for then."""
        version = history.version(history.current)
        project = work.held.project.evolve(version=history.current)
        if version is not None:
            brief = version.brief.evolve(cover=project.brief.cover, media=project.brief.media)
            project = project.evolve(brief=brief, preset=version.preset)
        timeline = projects.timeline(self._folder, history.current)
        return replace(work, held=replace(work.held, project=project, history=history, timeline=timeline), fresh=False)

    def _kept(self, work: Work, words: str) -> Held:
        """Return the project with what is fresh kept as a version, and write what changed."""
        held = work.held
        timeline = held.timeline
        if work.fresh and timeline is not None:
            history, project, timeline = chronicle.added(held.history, held.project, timeline, words[:_KEPT_WORDS])
            projects.save_version(self._folder, project, timeline)
            return replace(held, history=history, project=project, timeline=timeline)
        projects.save_index(self._folder, held.project)
        return held

    def _ground(self, project: Project, song_map: SongMap) -> Ground:
        return grounds.ground(song_map, project.brief, self._stock(project))

    def _stock(self, project: Project) -> Stock:
        return self._studio.stock(stockroom.of_project(project))
