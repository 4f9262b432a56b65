"""Drafts of timelines."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, assert_never

from songreel.model.timeline import (
    Canvas,
    Clip,
    FootageSource,
    Grade,
    InsetSource,
    PhotoSource,
    PictureSource,
    SceneSource,
    SoundSource,
    Source,
    TextSource,
    Timeline,
    Track,
    TrackRole,
    Transition,
    VisualizerSource,
)
from songreel.server.draft import units

Json = dict[str, Any]
VIDEO, AUDIO, TEXT = 0, 1, 7
TYPES: dict[TrackRole, int] = {
    "base": VIDEO,
    "visualizer": VIDEO,
    "overlay": VIDEO,
    "song": AUDIO,
    "titles": TEXT,
    "lyrics": TEXT,
}


def of(timeline: Timeline, unknown: Mapping[str, Json] | None = None) -> Json:
    """Return the draft of a timeline; ``unknown`` are a client's own keys, as `reading.read` gave them."""
    own = unknown or {}
    rate = {} if units.rate(units.fps(timeline.canvas.fps)) == timeline.canvas.fps else {"rate": timeline.canvas.fps}
    return {
        "d": _ms(timeline.frames, timeline),
        "m": {
            **own.get("", {}),
            "title": timeline.title,
            **canvas(timeline.canvas),
            **{key: str(value) for key, value in rate.items()},
            "look": timeline.look,
            "palette": list(timeline.palette),
            "grade": grade(timeline.grade),
            "version": timeline.version,
            "seed": timeline.seed,
            "safe_area": timeline.safe_area.model_dump(),
        },
        "t": [_track(track, timeline, own) for track in timeline.tracks],
    }


def canvas(of_what: Canvas) -> Json:
    """Return the size of the picture and its frames a second."""
    return {"width": of_what.width, "height": of_what.height, "fps": units.fps(of_what.fps)}


def grade(of_what: Grade) -> Json:
    """Return a color correction with the protocol's four keys."""
    return of_what.model_dump()


def _ms(frame: int, timeline: Timeline) -> int:
    return units.ms(frame, timeline.canvas.fps)


def _track(track: Track, timeline: Timeline, own: Mapping[str, Json]) -> Json:
    return {
        "tt": TYPES[track.role],
        "m": {**own.get(track.id, {}), "id": track.id, "role": track.role},
        "sg": [_segment(clip, timeline, own.get(clip.id, {})) for clip in track.clips],
    }


def _segment(clip: Clip, timeline: Timeline, own: Json) -> Json:
    start, end = _ms(clip.start, timeline), _ms(clip.end, timeline)
    meta: Json = {**own, "id": clip.id, "name": clip.name, **_source(clip.source)}
    if clip.transition != Transition():
        meta["transition"] = {"name": clip.transition.name, "d": _ms(clip.transition.frames, timeline)}
    if clip.effects:
        meta["fx"] = [{"name": effect.name, "amount": effect.amount} for effect in clip.effects]
    if clip.fade.frames_in or clip.fade.frames_out:
        meta["fade"] = {"in": _ms(clip.fade.frames_in, timeline), "out": _ms(clip.fade.frames_out, timeline)}
    if clip.grade is not None:
        meta["grade"] = grade(clip.grade)
    if clip.palette is not None:
        meta["palette"] = list(clip.palette)
    if clip.restraint:
        meta["restraint"] = clip.restraint
    if clip.mark != "beat":
        meta["mark"] = clip.mark
    return {"s": start, "d": end - start, "m": meta}


def _source(source: Source) -> Json:
    match source:
        case SceneSource():
            return {"src": f"scene:{source.scene}", **_rest(source, "scene")}
        case PhotoSource() | PictureSource():
            return {"src": f"asset:{source.asset}", **_rest(source, "asset")}
        case FootageSource() | InsetSource() | SoundSource():
            return {"src": f"asset:{source.asset}", **_from(source.at), **_rest(source, "asset", "at")}
        case VisualizerSource():
            return {"src": f"visualizer:{source.design}", **_rest(source, "design")}
        case TextSource():
            return _rest(source)
        case _:
            assert_never(source)


def _rest(source: Source, *said: str) -> Json:
    """Return what else a source holds, under its own names."""
    return source.model_dump(mode="json", exclude={"kind", *said}, exclude_none=True)


def _from(seconds: Fraction) -> Json:
    """Return where in its file a source begins, in ms, and exactly where that is no whole number of them."""
    whole = round(seconds * 1000)
    return {"in": whole} if Fraction(whole, 1000) == seconds else {"in": whole, "at": str(seconds)}
