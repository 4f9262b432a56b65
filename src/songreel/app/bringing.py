"""Files that are brought to a project while it is talked about: the song, photos, footage, the cover."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from songreel.app import projects, stockroom
from songreel.base.errors import BadRequest
from songreel.media import store
from songreel.model.asset import Asset
from songreel.model.brief import Brief
from songreel.model.preset import DEFAULT_PRESET, PRESETS
from songreel.model.project import Project

_COVER = re.compile(r"(?:^|[^a-z])(?:cover|artwork|album[\s_-]?art|front)(?:[^a-z]|$)|封面", re.IGNORECASE)


def opened(folder: Path) -> Project:
    """Return the project of a folder; a new one, empty, where there is none yet."""
    if projects.exists(folder):
        return projects.load(folder)
    projects.create(folder)
    project = Project(name=folder.resolve().name, assets=(), brief=Brief(), preset=PRESETS[DEFAULT_PRESET], version=0)
    projects.save_index(folder, project)
    return projects.load(folder)


def brought(folder: Path, files: Iterable[Path], cache: store.Cache) -> tuple[Project, tuple[Asset, ...]]:
    """Copy files into a project, and return it with their assets, in order.

    The first song is the project's, a later one takes its place while no video is made. A picture that is called a
    cover is the cover. Raises BadMedia for what cannot be read, BadRequest for a second song of a finished video.
    """
    return taken(folder, (asset for path in files for asset in stockroom.looked_at(path, cache)))


def taken(folder: Path, assets: Iterable[Asset]) -> tuple[Project, tuple[Asset, ...]]:
    """Copy files of which is known what they are into a project, as `brought` does."""
    project = opened(folder)
    found: list[Asset] = []
    for asset in assets:
        kept = projects.keep(folder, asset)
        found.append(kept.evolve(path=str((folder / kept.path).resolve())))
    for asset in found:
        project = _with(project, asset)
    projects.save_index(folder, project)
    return projects.load(folder), tuple(found)


def _with(project: Project, asset: Asset) -> Project:
    others = tuple(each for each in project.assets if each.id != asset.id)
    project = project.evolve(assets=(*others, asset))
    brief = project.brief
    if asset.kind == "song":
        if project.version and project.song != asset.id:
            raise BadRequest("the video is made for another song", advice="Start a new project for this one.")
        return project.evolve(song=asset.id)
    if asset.kind == "photo" and _COVER.search(asset.name):
        media = tuple(each for each in brief.media if each != asset.id)
        return project.evolve(brief=brief.evolve(cover=asset.id, media=media))
    if asset.kind in ("photo", "footage"):
        return project.evolve(brief=brief.evolve(media=tuple(dict.fromkeys((*brief.media, asset.id)))))
    return project
