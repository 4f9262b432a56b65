"""The history of a project on disk, beside its versions: ``history.json``."""

from __future__ import annotations

from pathlib import Path

from songreel.app import projects
from songreel.editing import history as ways
from songreel.model.edit import Step
from songreel.model.history import History, Version
from songreel.model.project import Project
from songreel.model.timeline import Timeline

NAME = "history.json"


def load(folder: Path, project: Project) -> History:
    """Return the history of a project; versions that were made without one are added in their order."""
    path = folder / NAME
    known = History.from_json(path.read_bytes()) if path.is_file() else History()
    for number in range(known.newest + 1, project.version + 1):
        if projects.has_version(folder, number):
            known = ways.added(known, _version(project, number, project.brief.words))
    if project.version and known.current != project.version:
        known = ways.gone_to(known, project.version)
    return known


def save(folder: Path, history: History) -> None:
    """Write the history of a project."""
    projects.write(folder / NAME, history)


def set_aside(folder: Path) -> tuple[str, ...]:
    """Return what to say before a project's video is made anew: that edits of it stay behind in an earlier version."""
    if not projects.exists(folder):
        return ()
    project = projects.load(folder)
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


def _version(project: Project, number: int, words: str) -> Version:
    return Version(number=number, words=words, brief=project.brief, preset=project.preset)
