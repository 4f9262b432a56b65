"""Takes in what a person brought: files and folders become assets, the cover is found, oddities are noted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from songreel.app import knowing
from songreel.app.request import same_file
from songreel.base.errors import BadMedia, BadRequest
from songreel.base.ids import digest, digest_file
from songreel.media import pictures, probe, store
from songreel.model.asset import Asset
from songreel.model.document import AssetId
from songreel.model.project import Project

PHOTO_SUFFIXES = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".heic", ".heif", ".tif", ".tiff", ".bmp")
FOOTAGE_SUFFIXES = (".mp4", ".mov", ".m4v", ".avi", ".webm", ".mkv")
MEDIA_SUFFIXES = frozenset((*PHOTO_SUFFIXES, *FOOTAGE_SUFFIXES))
_IN_SONG = "the cover in {}"


@dataclass(frozen=True, slots=True)
class Haul:
    """What was brought: the song, everything by id (the song too), the cover, shaders in order."""

    song: Asset
    assets: dict[AssetId, Asset]
    cover: AssetId | None = None
    shaders: tuple[AssetId, ...] = ()
    media: tuple[AssetId, ...] = ()
    notes: tuple[str, ...] = field(default=())

    @property
    def files(self) -> dict[AssetId, Path]:
        """Return where each thing lies."""
        return {key: Path(asset.path) for key, asset in self.assets.items()}


def take_in(
    song: Path,
    *,
    cover: Path | None = None,
    media: Iterable[Path] = (),
    shaders: Iterable[Path] = (),
    out: Path,
    cache: store.Cache,
) -> Haul:
    """Look at every file and return them as assets.

    A file that is named must be readable, else BadMedia; an unreadable one in a folder is left out with a note,
    and so is ``out``, an earlier video that the one to be made replaces.
    Without ``cover`` the picture embedded in the song is the cover.
    """
    heard = probe.song(song)
    found: list[Asset] = []
    notes: list[str] = []
    for path in media:
        brought = _from_folder(path, out, cache, notes) if path.is_dir() else [_visible(path)]
        found.extend(_beside(heard, asset) for asset in brought)
    front = probe.photo(cover) if cover else _embedded(heard, song, cache, notes)
    codes = [_shader(path) for path in shaders]
    everything = [heard, *found, *([front] if front else []), *codes]
    return Haul(
        song=heard,
        assets={asset.id: asset for asset in everything},
        cover=front.id if front else None,
        shaders=tuple(asset.id for asset in codes),
        media=tuple(dict.fromkeys(asset.id for asset in found)),
        notes=tuple(notes),
    )


def looked_at(path: Path, cache: store.Cache) -> tuple[Asset, ...]:
    """Return what one file is; a song with the cover that is in it. Raises BadMedia for what cannot be read."""
    asset = probe.any(path)
    if asset.kind != "song":
        knowing.material(asset, cache)
        return (asset,)
    cover = _embedded(asset, path, cache, [])
    return (asset, cover) if cover else (asset,)


def is_in(song: Asset, picture: Asset) -> bool:
    """Tell whether a picture is the cover that came in a song's file."""
    return picture.kind == "photo" and picture.name == _IN_SONG.format(song.name)


def of_project(project: Project) -> Haul:
    """Return what a project holds, as if it were brought again; raises BadRequest where it has no song."""
    assets = {asset.id: asset for asset in project.assets}
    if project.song is None:
        raise BadRequest("the project has no song", advice="Bring one first.")
    return Haul(
        song=assets[project.song],
        assets=assets,
        cover=project.brief.cover,
        shaders=tuple(asset.id for asset in project.assets if asset.kind == "shader"),
        media=project.brief.media,
    )


def joined(held: Haul, brought: Haul, *, cover: Path | None) -> Haul:
    """Return what a project holds with more brought to it; its cover stays unless ``cover`` is given."""
    return Haul(
        song=held.song,
        assets={**brought.assets, **held.assets},
        cover=brought.cover if cover else held.cover,
        shaders=tuple(dict.fromkeys((*brought.shaders, *held.shaders))),
        media=tuple(dict.fromkeys((*held.media, *brought.media))),
        notes=brought.notes,
    )


def _visible(path: Path) -> Asset:
    asset = probe.any(path)
    if asset.kind == "song":
        raise BadMedia(f"{path.name} has sound but no picture", advice="Give photos or footage to --media.")
    return asset


def _beside(song: Asset, asset: Asset) -> Asset:
    """Return an asset with an id of its own where one file is both the song and footage."""
    return asset.evolve(id=digest(asset.id, asset.kind)) if asset.id == song.id else asset


def _from_folder(folder: Path, out: Path, cache: store.Cache, notes: list[str]) -> Iterator[Asset]:
    files = sorted(path for path in folder.rglob("*") if path.suffix.lower() in MEDIA_SUFFIXES and path.is_file())
    if not files:
        raise BadRequest(f"there are no photos or clips in {folder}", advice="Check the folder given to --media.")
    for path in files:
        if same_file(path, out):
            notes.append(f"left out {path.name}: it is the video that this one replaces")
            continue
        try:
            asset = _visible(path)
            # Whether a picture is whole shows when it is looked at.
            knowing.material(asset, cache)
            yield asset
        except BadMedia as error:
            notes.append(f"left out of {folder.name or folder}: {error.message}")


def _embedded(song: Asset, path: Path, cache: store.Cache, notes: list[str]) -> Asset | None:
    picture = probe.cover(path) if song.has_cover else None
    if picture is None:
        return None
    kept = cache.place("cover", song.id, ".image")
    with store.atomic(kept) as part:
        part.write_bytes(picture)
    try:
        pictures.load(kept, longest=64)
        return probe.photo(kept).evolve(name=_IN_SONG.format(song.name))
    except BadMedia:
        notes.append(f"left out the cover in {song.name}: it cannot be read as a picture")
        return None


def _shader(path: Path) -> Asset:
    if not path.is_file():
        raise BadRequest(
            f"there is no scene or file {str(path)!r}",
            advice="Give the path of an ISF .fs file, or a name that songreel scenes lists.",
        )
    return Asset(id=digest_file(path), kind="shader", name=path.stem, path=str(path.resolve()))
