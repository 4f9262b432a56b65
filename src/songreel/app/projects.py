"""Projects on disk: a folder that can be moved, copied and opened again.

::

    my-song/
    ├── project.json           what was brought and asked (model/project)
    ├── heard/<song>.json      what was heard in each song, before any correction
    ├── timelines/0001.json    every version
    ├── history.json           the way through the versions, and what was said (model/history)
    └── assets/<id>.<suffix>   the files themselves; a shader has a folder, with what it imports
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from songreel.base.errors import BadProject, CannotWrite
from songreel.media import store
from songreel.model.asset import Asset
from songreel.model.document import AssetId, Document
from songreel.model.project import Project
from songreel.model.song_map import SongMap
from songreel.model.timeline import Timeline
from songreel.visuals.isf import parse

INDEX = "project.json"
_BEFORE = "song_map.json"
"""What was heard in a project of one song, as older versions kept it."""


def exists(folder: Path) -> bool:
    """Tell whether a folder holds a project."""
    return (folder / INDEX).is_file()


def create(folder: Path) -> None:
    """Make the folder of a project; raises CannotWrite when it cannot be, or holds other things."""
    if folder.is_dir() and any(folder.iterdir()) and not exists(folder):
        raise CannotWrite(f"{folder} is not empty and not a project", advice="Choose a new folder for --project.")
    try:
        for name in ("assets", "timelines"):
            (folder / name).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CannotWrite(f"the project folder {folder} cannot be made: {error.strerror}") from error


def keep(folder: Path, asset: Asset) -> Asset:
    """Bring a file into a project, and return the asset with its path there."""
    source = Path(asset.path)
    if asset.kind == "shader":
        return _keep_shader(folder, asset, source)
    home = Path("assets") / f"{asset.id}{source.suffix.lower()}"
    _copy(source, folder / home)
    return asset.evolve(path=str(home))


def save_song_map(folder: Path, song_map: SongMap) -> None:
    """Write what a project heard in a song."""
    (folder / "heard").mkdir(exist_ok=True)
    write(_heard(folder, song_map.song), song_map)


def save_versions(folder: Path, project: Project, timelines: Iterable[Timeline]) -> None:
    """Write versions: the timelines first, the index last, so that what the index names is there."""
    for timeline in timelines:
        rewrite(folder, timeline)
    save_index(folder, project)


def save_index(folder: Path, project: Project) -> None:
    """Write the index of a project, with paths of its assets relative to it."""
    assets = tuple(asset.evolve(path=str(_relative(Path(asset.path), folder))) for asset in project.assets)
    write(folder / INDEX, project.evolve(assets=assets))


def _relative(path: Path, folder: Path) -> Path:
    return path.relative_to(folder.resolve()) if path.is_absolute() else path


def rewrite(folder: Path, timeline: Timeline) -> None:
    """Write a version of a project's timeline over the one of its number."""
    write(_version(folder, timeline.version), timeline)


def load(folder: Path) -> Project:
    """Open a project, with the paths of its assets made absolute.

    Raises BadProject when there is none, or a file of it is gone.
    """
    if not exists(folder):
        raise BadProject(f"there is no project in {folder}", advice="Give the folder that holds project.json.")
    project = Project.from_json((folder / INDEX).read_bytes())
    assets = tuple(asset.evolve(path=str((folder / asset.path).resolve())) for asset in project.assets)
    for asset in assets:
        if not Path(asset.path).is_file():
            raise BadProject(f"the project has lost {asset.name}", advice=f"Put it back at {asset.path}.")
    return project.evolve(assets=assets)


def song_map(folder: Path, song: AssetId) -> SongMap | None:
    """Return what a project heard in a song; None where nobody has listened to it."""
    for path in (_heard(folder, song), folder / _BEFORE):
        if path.is_file():
            found = SongMap.from_json(path.read_bytes())
            if found.song == song:
                return found
    return None


def has_version(folder: Path, version: int) -> bool:
    """Tell whether a version of a project's timeline is there."""
    return _version(folder, version).is_file()


def timeline(folder: Path, version: int) -> Timeline:
    """Return one version of a project's timeline."""
    return Timeline.from_json(_read(_version(folder, version)))


def _keep_shader(folder: Path, asset: Asset, source: Path) -> Asset:
    """Bring a shader with its vertex shader and its imported pictures, each in its place beside it."""
    home = Path("assets") / asset.id
    shader = parse.load(source)
    cubes = [side for sides in shader.cubes.values() for side in sides]
    vertex = [source.with_suffix(".vs")] if shader.vertex is not None else []
    for file in (source, *vertex, *shader.imported.values(), *cubes):
        beside = Path(os.path.relpath(file, source.parent))
        if ".." in beside.parts:
            raise BadProject(
                f"{source.name} takes {file.name} from outside its folder", advice="Put the picture beside the shader."
            )
        _copy(file, folder / home / beside)
    return asset.evolve(path=str(home / source.name))


def _copy(source: Path, target: Path) -> None:
    if target.exists():
        return
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise store.cannot_write(target, error) from error
    with store.atomic(target) as part:
        shutil.copyfile(source, part)


def _heard(folder: Path, song: AssetId) -> Path:
    return folder / "heard" / f"{song}.json"


def _version(folder: Path, version: int) -> Path:
    return folder / "timelines" / f"{version:04}.json"


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise BadProject(
            f"the project has lost {path.name}", advice="Restore it, or make the project again."
        ) from error


def write(path: Path, document: Document) -> None:
    """Write a document, whole or not at all."""
    with store.atomic(path) as part:
        part.write_text(document.to_json(), encoding="utf-8")
