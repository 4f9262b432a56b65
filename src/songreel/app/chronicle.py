"""The history of a project on disk, beside its versions: ``history.json``."""

from __future__ import annotations

from pathlib import Path

from songreel.app import projects
from songreel.editing import history as ways
from songreel.model.document import AssetId
from songreel.model.edit import Create, Edit, GoTo, Step
from songreel.model.history import History, Said, Version
from songreel.model.project import Project
from songreel.model.timeline import Timeline

NAME = "history.json"


def load(folder: Path, project: Project) -> History:
    """Return the history of a project; versions that were made without one are added in their order."""
    path = folder / NAME
    known = History.from_json(path.read_bytes()) if path.is_file() else History()
    known = known.evolve(versions=tuple(_with_song(folder, each) for each in known.versions))
    for number in range(known.newest + 1, project.version + 1):
        if projects.has_version(folder, number):
            song = projects.timeline(folder, number).song
            known = ways.added(known, _version(project.on(song), number, project.brief.words))
    if project.version and known.current != project.version:
        known = ways.gone_to(known, project.version)
    return known


def save(folder: Path, history: History) -> None:
    """Write the history of a project."""
    projects.write(folder / NAME, history)


def set_aside(folder: Path, song: AssetId) -> tuple[str, ...]:
    """Return what to say before a song's video is made anew: that edits of it stay behind in an earlier version."""
    if not projects.exists(folder):
        return ()
    project = projects.load(folder)
    if project.song != song:
        return ()
    history = load(folder, project)
    edited = any(
        not isinstance(edit, Step) for said in history.said if said.version == history.current for edit in said.edits
    )
    note = f"made anew from the words: the edits of version {history.current} are not in it (songreel edit changes it)"
    return (note,) if edited else ()


def added(history: History, project: Project, timeline: Timeline, words: str) -> tuple[History, Project, Timeline]:
    """Return all three with a new version made: its number is one above the highest there ever was."""
    number = history.newest + 1
    grown = ways.added(history, _version(project, number, words))
    return grown, project.evolve(version=number), timeline.evolve(version=number)


def lasting(history: History) -> tuple[Edit, ...]:
    """Return the edits that made the shown version of what its video was first, in order, as far as they are known."""
    made_by: dict[int, Said] = {}
    for said in history.said:
        made_by.setdefault(said.version, said)
    found: list[Edit] = []
    for number in reversed(history.way[: history.place + 1]):
        turn = made_by.get(number)
        if turn is None:
            break
        moved = [at for at, edit in enumerate(turn.edits) if isinstance(edit, Create | GoTo)]
        found = [*turn.edits[moved[-1] + 1 if moved else 0 :], *found]
        if moved and isinstance(turn.edits[moved[-1]], Create):
            break
    return tuple(edit for edit in found if not isinstance(edit, Step))


def asked_for(history: History, project: Project, timeline: Timeline) -> Project:
    """Return a project as it was when it asked for a timeline: its song is on, with the brief and preset of then.

    Photos and clips that came later are there too, and the cover is the one that the song has by now.
    """
    song = timeline.song or project.song
    version = history.version(timeline.version)
    if version is None or version.song != song:
        # A draft that somebody wrote may have any number.
        version = history.version(history.latest(song)) if song else None
    if version is None:
        return project.on(song)
    media = tuple(dict.fromkeys((*version.brief.media, *project.brief.media)))
    return project.evolve(brief=version.brief.evolve(media=media), preset=version.preset).on(song)


def _version(project: Project, number: int, words: str) -> Version:
    return Version(number=number, words=words, brief=project.brief, preset=project.preset, song=project.song)


def _with_song(folder: Path, version: Version) -> Version:
    """Return a version that knows its song; those that were made when a project had but one do not."""
    if version.song is not None or not projects.has_version(folder, version.number):
        return version
    return version.evolve(song=projects.timeline(folder, version.number).song)
