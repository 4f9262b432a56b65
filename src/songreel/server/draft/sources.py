"""What a segment of a draft shows or plays: ``src`` and the keys beside it, as a source of the timeline."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TypeVar

from pydantic import ValidationError

from songreel.base.errors import BadRequest
from songreel.base.time import parse_exact
from songreel.editing import boxes
from songreel.model.asset import Asset, AssetKind
from songreel.model.document import AssetId
from songreel.model.timeline import (
    Canvas,
    FootageSource,
    InsetSource,
    PhotoSource,
    PictureSource,
    Place,
    SceneSource,
    SoundSource,
    Source,
    TextSource,
    TrackRole,
    VisualizerSource,
)
from songreel.server.draft.said import Json, Said, wrong
from songreel.visuals import catalog, text_designs, visualizers

_SAFE = Place(x=0.05, y=0.05, width=0.9, height=0.9)
_LOGO, _INSET = 0.2, 0.45
_WHITE = "#ffffff"
_HALF = 0.5
_KEYS = ("scene", "asset", "visualizer")
_Kind = TypeVar(
    "_Kind",
    SceneSource,
    PhotoSource,
    FootageSource,
    PictureSource,
    InsetSource,
    SoundSource,
    VisualizerSource,
    TextSource,
)


@dataclass(frozen=True, slots=True)
class Stage:
    """Where a segment plays: the canvas, the session's files, the role of its track."""

    canvas: Canvas
    files: Mapping[AssetId, Asset] = field(default_factory=dict)
    role: TrackRole = "base"


def over(segments: Sequence[Said]) -> TrackRole:
    """Return what a video track above the base is."""
    shown = [segment.peek("m").get("src", "") for segment in segments]
    return "visualizer" if shown and all(str(src).startswith("visualizer:") for src in shown) else "overlay"


def worded(segments: Sequence[Said]) -> TrackRole:
    """Return what a text track is."""
    roles = [segment.peek("m").get("role") for segment in segments]
    return "lyrics" if roles and all(role == "lyric" for role in roles) else "titles"


def source(meta: Said, stage: Stage) -> tuple[Source, str]:
    """Return what a segment shows or plays, and what a person may call it."""
    if stage.role in ("titles", "lyrics"):
        words = _text(meta, stage)
        return words, words.text
    kind, _, name = meta.text("src").partition(":")
    if kind == "scene":
        return _scene(meta, name, stage), name
    if kind == "visualizer":
        return _visualizer(meta, name, stage), name
    if kind == "asset":
        asset = _asset(meta, name, stage)
        return _of_asset(meta, asset, stage), asset.name
    raise wrong(
        f"{meta.where}.src", f"it says {kind + ':' + name!r}; {', '.join(f'{key}:…' for key in _KEYS)} are known"
    )


def _text(meta: Said, stage: Stage) -> TextSource:
    usual: Json = {"role": "lyric"} if stage.role == "lyrics" else {}
    made = _source(TextSource, meta, usual)
    _found(text_designs.find, made.design, meta)
    return made


def _scene(meta: Said, name: str, stage: Stage) -> SceneSource:
    usual: Json = {"scene": name}
    if name.startswith("asset:"):
        _asset(meta, name.removeprefix("asset:"), stage, "shader")
    else:
        shader = _found(catalog.find_scene, name, meta)
        usual["resolution"] = shader.hints.resolution or _HALF
    made = _source(SceneSource, meta, usual)
    for picture in made.pictures.values():
        _asset(meta, picture, stage, "photo")
    return made


def _visualizer(meta: Said, name: str, stage: Stage) -> VisualizerSource:
    _found(visualizers.find, name, meta)
    box = boxes.visualizer(name, None, stage.canvas, _SAFE)
    made = _source(VisualizerSource, meta, {"design": name, "place": box, "color": _WHITE})
    if made.picture is not None:
        _asset(meta, made.picture, stage, "photo")
    return made


def _of_asset(meta: Said, asset: Asset, stage: Stage) -> Source:
    if stage.role == "song":
        if asset.kind != "song":
            raise wrong(f"{meta.where}.src", f"{asset.name} is no song")
        return _source(SoundSource, meta, {"asset": asset.id, "at": _begins(meta)})
    if asset.kind == "footage" and stage.role == "overlay":
        box = boxes.picture(asset.width, asset.height, _INSET, "top-right", stage.canvas, _SAFE)
        return _source(InsetSource, meta, {"asset": asset.id, "at": _begins(meta), "place": box})
    if asset.kind == "footage":
        return _source(FootageSource, meta, {"asset": asset.id, "at": _begins(meta)})
    if asset.kind != "photo":
        raise wrong(f"{meta.where}.src", f"{asset.name} is nothing to look at")
    if stage.role == "overlay":
        box = boxes.picture(asset.width, asset.height, _LOGO, "top-right", stage.canvas, _SAFE)
        return _source(PictureSource, meta, {"asset": asset.id, "place": box})
    return _source(PhotoSource, meta, {"asset": asset.id})


def _begins(meta: Said) -> Fraction:
    """Return where in its file a segment begins: the exact time while it is the one in ms beside it, rounded."""
    plain, exact = meta.number("in", 0), meta.text("at")
    try:
        found = parse_exact(exact) if exact else None
    except ValueError:
        raise wrong(f"{meta.where}.at", "it is no fraction") from None
    return found if found is not None and round(found * 1000) == plain else Fraction(plain) / 1000


def _asset(meta: Said, key: str, stage: Stage, kind: AssetKind | None = None) -> Asset:
    asset = stage.files.get(key)
    if asset is None or (kind and asset.kind != kind):
        raise wrong(f"{meta.where}.src", f"the session has no {kind or 'file'} {key[:40]!r}")
    return asset


_Found = TypeVar("_Found")


def _found(find: Callable[[str], _Found], name: str, meta: Said) -> _Found:
    try:
        return find(name)
    except BadRequest as error:
        raise wrong(meta.where, str(error)) from None


def _source(kind: type[_Kind], meta: Said, usual: Json) -> _Kind:
    """Return a source of what a segment says under the source's own names, over what is usual."""
    try:
        return kind.model_validate(usual | meta.fields(set(kind.model_fields) - {"kind", "asset", "at", "scene"}))
    except ValidationError as error:
        first = error.errors()[0]
        raise wrong(meta.where + "".join(f".{step}" for step in first["loc"]), first["msg"]) from None
