"""Edits carried out on a project, one after the other, over all its songs and versions; nothing is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import assert_never

from songreel.app import chronicle, grounds, projects, stockroom
from songreel.app.request import canvas_of
from songreel.app.studio import Studio
from songreel.director import plan
from songreel.director.reply import Done
from songreel.director.stock import Stock
from songreel.editing import apply, check, restore
from songreel.editing import history as ways
from songreel.editing.refusals import refused
from songreel.model.brief import Brief
from songreel.model.document import AssetId
from songreel.model.edit import Aspect, Create, Edit, GoTo, Redo, Restore, SetCanvas, StartOver, Step, Undo
from songreel.model.history import History
from songreel.model.preset import DEFAULT_PRESET, PRESETS, Preset
from songreel.model.project import Project
from songreel.model.song_map import SongMap
from songreel.model.timeline import Canvas, Timeline

_LOOKED_BACK = 40


@dataclass(frozen=True, slots=True)
class Held:
    """All of a project at one moment; ``heard`` are the songs that somebody has listened to, where that was asked."""

    project: Project
    history: History
    song_map: SongMap | None
    timeline: Timeline | None
    heard: Mapping[AssetId, SongMap] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Work:
    """A project while the edits of a message are carried out.

    ``fresh`` tells that there is something that no version has, ``made`` that it was made anew; ``start`` is the video
    that is being changed, as it was. ``done`` are the versions that the message has made so far.
    """

    held: Held
    words: str = ""
    start: Timeline | None = None
    fresh: bool = False
    made: bool = False
    done: tuple[Done, ...] = ()
    notes: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()

    def settled(self) -> Work:
        """Return the work with what is fresh as a version of the project."""
        held = self.held
        if not self.fresh or held.timeline is None:
            return self
        history, project, timeline = chronicle.added(held.history, held.project, held.timeline, self.words)
        return replace(
            self,
            held=replace(held, history=history, project=project, timeline=timeline),
            start=timeline,
            fresh=False,
            made=False,
            done=(*self.done, Done(None if self.made else self.start, timeline)),
        )


@dataclass(frozen=True, slots=True)
class Carrier:
    """Carries out edits in the project of a folder, whose versions it reads."""

    folder: Path
    studio: Studio

    def one(self, work: Work, edit: Edit) -> Work:
        """Return the work with one edit more; raises EditRefused or BadRequest, with nothing changed."""
        if isinstance(edit, Step):
            return self._step(work, edit)
        held = work.held
        if held.timeline is None or held.song_map is None:
            raise refused("nothing-made")
        ground = grounds.ground(held.song_map, held.project.brief, self._stock(held.project))
        changed = apply.apply(held.timeline, (edit,), ground)
        project = held.project
        if isinstance(edit, SetCanvas) and edit.preset:
            project = project.evolve(preset=PRESETS[edit.preset])
        return replace(work, held=replace(held, timeline=changed, project=project), fresh=True)

    def write(self, work: Work) -> None:
        """Write a project with the versions that were made."""
        projects.save_versions(self.folder, work.held.project, [done.after for done in work.done])

    def gone(self, held: Held, number: int) -> Held:
        """Return a project with another version shown."""
        return self._shown(Work(held), ways.gone_to(held.history, number)).held

    def _step(self, work: Work, step: Step) -> Work:
        held = work.held
        match step:
            case Create():
                return self._made(work, step)
            case Undo():
                return self._shown(work, ways.undone(held.history, step.steps))
            case Redo():
                return self._shown(work, ways.redone(held.history, step.steps))
            case GoTo():
                work = work.settled()
                return self._shown(work, ways.gone_to(work.held.history, step.version))
            case Restore():
                return self._restored(work, step.aspect)
            case StartOver():
                return self._shown(work, ways.gone_to(held.history, _first(held)))
            case _:
                assert_never(step)

    def _restored(self, work: Work, aspect: Aspect) -> Work:
        """Return the project with an aspect as the latest version of its song had it in which it was otherwise."""
        held = work.held
        if held.timeline is None:
            raise refused("nothing-made")
        way = [number for number in held.history.way[: held.history.place + 1] if _of_song(held, number)]
        for number in tuple(dict.fromkeys(reversed(way)))[:_LOOKED_BACK]:
            then = projects.timeline(self.folder, number)
            if not restore.same(held.timeline, then, aspect):
                timeline = restore.restored(held.timeline, then, aspect)
                if found := check.problems(timeline):
                    raise refused("would-break", problem=found[0])
                return replace(work, held=replace(held, timeline=timeline), fresh=True)
        raise refused("never-otherwise")

    def _made(self, work: Work, step: Create) -> Work:
        work = work.settled()
        held = work.held
        song = step.song or held.project.song
        if song is None or (held.song_map is None and song == held.project.song):
            raise refused("no-song")
        if all(each.id != song or each.kind != "song" for each in held.project.assets):
            raise refused("no-such-song", song=song)
        project, own = held.project.on(song), _framed(held, step, song)
        song_map = held.song_map if song == held.project.song else self.studio.heard_in(self.folder, project)
        assert song_map is not None
        asked = step.brief.evolve(cover=project.brief.cover, media=project.brief.media or step.brief.media)
        preset = PRESETS.get(asked.preset or "", own.preset)
        planned = plan.make(song_map, asked, self._stock(project), _canvas(asked, preset, own), preset)
        project = project.evolve(brief=asked, preset=preset, waiting=None)
        return replace(
            work,
            held=replace(held, project=project, timeline=planned.timeline, song_map=song_map),
            fresh=True,
            made=True,
            notes=(*work.notes, *planned.notes),
            left_out=(*work.left_out, *asked.not_understood),
        )

    def _shown(self, work: Work, history: History) -> Work:
        """Return the project with an earlier or later version shown, its song, and what it asked for then."""
        timeline = projects.timeline(self.folder, history.current)
        held = work.held
        project = chronicle.asked_for(history, held.project, timeline).evolve(version=history.current)
        known = project.song == held.project.song and held.song_map is not None
        song_map = held.song_map if known else self.studio.heard_in(self.folder, project)
        start = work.start if project.song == held.project.song else timeline
        held = replace(held, project=project, history=history, timeline=timeline, song_map=song_map)
        return replace(work, held=held, start=start, fresh=False, made=False)

    def _stock(self, project: Project) -> Stock:
        return self.studio.stock(stockroom.of_project(project))


@dataclass(frozen=True, slots=True)
class _Frame:
    """What a new video takes over of its shape: a preset, and a canvas that is not the preset's."""

    preset: Preset
    canvas: Canvas | None = None


def _framed(held: Held, step: Create, song: AssetId) -> _Frame:
    if step.alike and held.timeline is not None:
        return _Frame(held.project.preset, held.timeline.canvas)
    if held.timeline is None or song == held.project.song:
        return _Frame(held.project.preset)
    return _Frame(PRESETS[DEFAULT_PRESET])


def _canvas(asked: Brief, preset: Preset, own: _Frame) -> Canvas:
    return own.canvas if own.canvas is not None and asked.preset is None else canvas_of(preset)


def _first(held: Held) -> int:
    """Return the first version of the song that is on."""
    own = [version.number for version in held.history.versions if version.song == held.project.song]
    if not own:
        raise refused("nothing-made")
    return own[0]


def _of_song(held: Held, number: int) -> bool:
    version = held.history.version(number)
    return version is not None and version.song == held.project.song
