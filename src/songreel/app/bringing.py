"""Files that are brought to a project while it is talked about: the song, photos, footage, the cover."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from songreel.app import projects, stockroom
from songreel.media import store
from songreel.model.asset import Asset
from songreel.model.brief import Brief
from songreel.model.document import AssetId
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

    A song is the project's while no video is made; after that it waits to be asked for, and harms no video. A picture
    that is called a cover is the cover. Raises BadMedia for what cannot be read.
    """
    return taken(folder, (asset for path in files for asset in stockroom.looked_at(path, cache)))


def taken(folder: Path, assets: Iterable[Asset]) -> tuple[Project, tuple[Asset, ...]]:
    """Copy files of which is known what they are into a project, as `brought` does."""
    project = opened(folder)
    found: list[Asset] = []
    for asset in assets:
        kept = projects.keep(folder, asset)
        found.append(kept.evolve(path=str((folder / kept.path).resolve())))
    song: Asset | None = None
    for asset in found:
        project = _with(project, asset, song)
        song = asset if asset.kind == "song" else song
    projects.save_index(folder, project)
    return projects.load(folder), tuple(found)


def _with(project: Project, asset: Asset, song: Asset | None) -> Project:
    """Return a project with a file more; ``song`` is the one that came before it."""
    known = {each.id: each for each in project.assets} | {asset.id: asset}
    project = project.evolve(assets=tuple(known.values()))
    brief = project.brief
    if asset.kind == "song":
        return _sung(project, asset)
    if asset.kind == "photo" and song is not None and stockroom.is_in(song, asset):
        project = project.belonging(song.id, cover=asset.id)
        return project.on(project.song)
    if asset.kind == "photo" and _COVER.search(asset.name):
        media = tuple(each for each in brief.media if each != asset.id)
        return _covered(project.evolve(brief=brief.evolve(cover=asset.id, media=media)), asset)
    if asset.kind in ("photo", "footage"):
        return project.evolve(brief=brief.evolve(media=tuple(dict.fromkeys((*brief.media, asset.id)))))
    return project


def _sung(project: Project, song: Asset) -> Project:
    """Return a project with a song, which has the cover of the others until it shows one of its own."""
    if song.id not in project.songs:
        project = project.belonging(song.id, cover=_common_cover(project))
    if project.version:
        return project.evolve(waiting=song.id if song.id != project.song else project.waiting)
    return project.on(song.id)


def _covered(project: Project, cover: Asset) -> Project:
    """Return a project in which a picture is the cover of the song that is on, and of those that have none."""
    for asset in project.assets:
        if asset.kind == "song" and (asset.id == project.song or project.of(asset.id).cover is None):
            project = project.belonging(asset.id, cover=cover.id)
    return project


def _common_cover(project: Project) -> AssetId | None:
    """Return the cover that was brought as a file of its own."""
    songs = [asset for asset in project.assets if asset.kind == "song"]
    covers = [asset for asset in project.assets if asset.kind == "photo" and _COVER.search(asset.name)]
    return next((each.id for each in reversed(covers) if not any(stockroom.is_in(song, each) for song in songs)), None)
