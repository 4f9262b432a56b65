"""Timelines of drafts: those that we wrote, that a client changed, or that it wrote by itself.

What a draft leaves out is taken from the video that the session shows, or is usual. What it says and cannot be shown
is refused, with its place in the draft.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any, TypeVar

from pydantic import ValidationError

from songreel.base.errors import BadRequest
from songreel.base.time import parse_exact
from songreel.director import look as looks
from songreel.editing import check
from songreel.model.asset import Asset
from songreel.model.document import AssetId, Record
from songreel.model.timeline import (
    Canvas,
    Clip,
    Effect,
    Fade,
    Grade,
    Timeline,
    Track,
    TrackRole,
    Transition,
)
from songreel.server.draft import sources, units
from songreel.server.draft.said import Json, Said, wrong
from songreel.server.draft.writing import AUDIO, TEXT, TYPES, VIDEO
from songreel.visuals import catalog

MOST_TRACKS, MOST_SEGMENTS, MOST_EFFECTS = 64, 20_000, 16
LONGEST_MS = 12 * 3600 * 1000
_USUAL = Canvas(width=1920, height=1080, fps=Fraction(30))
_USUAL_LOOK = "minimal"
_TOLD = 5
_Part = TypeVar("_Part", bound=Record)


@dataclass(frozen=True, slots=True)
class Read:
    """A draft, understood. ``unknown`` are the client's own keys by id of track or clip, the draft's own under ""."""

    timeline: Timeline
    unknown: Mapping[str, Json] = field(default_factory=dict)


@dataclass(slots=True)
class _Ids:
    """Names for what came without one."""

    given: set[str] = field(default_factory=set)
    unknown: dict[str, Json] = field(default_factory=dict)

    def of(self, meta: Said, letter: str) -> str:
        """Return the id that a part was given, or a free one."""
        name = meta.text("id") or next(
            each for number in range(1, MOST_SEGMENTS * 2) if (each := f"{letter}{number}") not in self.given
        )
        self.given.add(name)
        return name

    def keep(self, key: str, meta: Said) -> None:
        """Remember what a part says for itself."""
        if meta.rest():
            self.unknown[key] = meta.rest()


def read(draft: object, files: Mapping[AssetId, Asset], shown: Timeline | None = None) -> Read:
    """Return the timeline of a draft. ``files`` are the session's, ``shown`` the video that it has.

    Raises BadRequest, which says where in the draft what is wrong.
    """
    whole = Said(draft, "draft")
    meta = whole.object("m")
    canvas = _canvas(meta, shown)
    ids = _Ids()
    tracks = tuple(
        _track(said, sources.Stage(canvas, files), ids, first=number == 0)
        for number, said in enumerate(whole.objects("t", MOST_TRACKS))
    )
    if not tracks:
        raise wrong("draft.t", "it has no tracks")
    last = max((clip.end for track in tracks for clip in track.clips), default=0)
    timeline = _timeline(whole, meta, canvas, shown, _Parts(tracks, last))
    ids.keep("", meta)
    if found := check.problems(timeline):
        more = f" (and {len(found) - _TOLD} more)" if len(found) > _TOLD else ""
        raise wrong("draft", "; ".join(found[:_TOLD]) + more)
    return Read(timeline, ids.unknown)


@dataclass(frozen=True, slots=True)
class _Parts:
    """The tracks of a draft, and the frame at which the last of its clips ends."""

    tracks: tuple[Track, ...]
    last: int


def _timeline(whole: Said, meta: Said, canvas: Canvas, shown: Timeline | None, parts: _Parts) -> Timeline:
    lasts = whole.number("d", units.ms(parts.last, canvas.fps))
    if not 0 < lasts <= LONGEST_MS:
        raise wrong("draft.d", f"a video lasts more than 0 and at most {LONGEST_MS} ms")
    look = meta.text("look", shown.look if shown else _USUAL_LOOK)
    known = looks.looks().get(look)
    palette = shown.palette if shown else known.palette if known else looks.looks()[_USUAL_LOOK].palette
    said: Json = {
        "version": meta.whole("version", shown.version if shown else 1),
        "title": meta.text("title", shown.title if shown else ""),
        "canvas": canvas,
        "frames": units.frame(lasts, canvas.fps),
        "seed": meta.whole("seed", shown.seed if shown else 0),
        "look": look,
        "palette": palette,
        "tracks": parts.tracks,
    }
    if shown:
        said["safe_area"] = shown.safe_area
    return _made(Timeline, said | meta.fields(("palette", "grade", "safe_area")), "draft.m")


def _canvas(meta: Said, shown: Timeline | None) -> Canvas:
    usual = shown.canvas if shown else _USUAL
    plain = meta.number("fps", units.fps(usual.fps))
    if not 1 <= plain <= 240:
        raise wrong("draft.m.fps", "a video has 1 to 240 frames a second")
    rate, exact = units.rate(plain), meta.text("rate")
    if exact:
        rate = _agreed(exact, rate, "draft.m.rate")
    width, height = meta.whole("width", usual.width), meta.whole("height", usual.height)
    return _made(Canvas, {"width": width, "height": height, "fps": rate}, "draft.m")


def _agreed(exact: str, rate: Fraction, where: str) -> Fraction:
    """Return an exact rate while it is the one that stands beside it, rounded; else that one."""
    try:
        found = parse_exact(exact)
    except ValueError:
        raise wrong(where, "it is no fraction") from None
    return found if found > 0 and units.rate(units.fps(found)) == rate else rate


def _track(said: Said, stage: sources.Stage, ids: _Ids, *, first: bool) -> Track:
    kind = said.whole("tt")
    meta = said.object("m")
    segments = said.objects("sg", MOST_SEGMENTS)
    role = _role(kind, meta, segments, first=first)
    key = ids.of(meta, "v" if kind == VIDEO else "a" if kind == AUDIO else "x")
    ids.keep(key, meta)
    clips: list[Clip] = []
    for segment in segments:
        clips.append(_clip(segment, replace(stage, role=role), ids, clips[-1].end if clips else 0))
    return _made(Track, {"id": key, "role": role, "clips": tuple(clips)}, said.where)


def _role(kind: int, meta: Said, segments: Sequence[Said], *, first: bool) -> TrackRole:
    role = meta.text("role")
    if role:
        named = next((each for each, type_of in TYPES.items() if each == role and type_of == kind), None)
        if named is None:
            raise wrong(f"{meta.where}.role", f"a track of type {kind} cannot be {role[:40]!r}")
        return named
    if kind == VIDEO:
        return "base" if first else sources.over(segments)
    if kind == AUDIO:
        return "song"
    if kind == TEXT:
        return sources.worded(segments)
    raise wrong(meta.where, f"a track is of type {VIDEO} (video), {AUDIO} (audio) or {TEXT} (text), not {kind}")


def _clip(said: Said, stage: sources.Stage, ids: _Ids, after: int) -> Clip:
    rate = stage.canvas.fps
    start = said.number("s", units.ms(after, rate))
    lasts = said.number("d")
    if start < 0 or not lasts > 0 or start + lasts > LONGEST_MS:
        raise wrong(said.where, f"it starts at {start:g} ms and lasts {lasts:g} ms")
    meta = said.object("m")
    key = ids.of(meta, "c")
    source, name = sources.source(meta, stage)
    clip: Json = {
        "id": key,
        "name": meta.text("name") or name,
        "start": units.frame(start, rate),
        "end": units.frame(start + lasts, rate),
        "source": source,
        "transition": _transition(meta.object("transition"), rate),
        "effects": tuple(_effect(each) for each in meta.objects("fx", MOST_EFFECTS)),
        "fade": _fade(meta.object("fade"), rate),
        **meta.fields(("palette", "restraint", "mark")),
    }
    if grade := meta.fields(("grade",)).get("grade"):
        clip["grade"] = _made(Grade, grade, f"{meta.where}.grade")
    ids.keep(key, meta)
    return _made(Clip, clip, said.where)


def _transition(said: Said, rate: Fraction) -> Transition:
    name = said.text("name", "cut")
    if name != "cut":
        _known(catalog.find_transition, name, said.where)
    frames = units.frame(said.number("d", 0), rate)
    return _made(Transition, {"name": name, "frames": frames}, said.where)


def _effect(said: Said) -> Effect:
    name = said.text("name")
    _known(catalog.find_effect, name, said.where)
    return _made(Effect, {"name": name, **said.fields(("amount",))}, said.where)


def _fade(said: Said, rate: Fraction) -> Fade:
    frames = {f"frames_{end}": units.frame(said.number(end, 0), rate) for end in ("in", "out")}
    return _made(Fade, frames, said.where)


def _known(find: Any, name: str, where: str) -> None:
    try:
        find(name)
    except BadRequest as error:
        raise wrong(where, str(error)) from None


def _made(kind: type[_Part], values: Any, where: str) -> _Part:
    try:
        return kind.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        path = "".join(f".{step}" for step in first["loc"])
        raise wrong(f"{where}{path}", first["msg"]) from None
