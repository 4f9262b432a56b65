"""A timeline as the draft of the wire protocol: tracks ``t``, segments ``sg``, ``s`` and ``d`` in ms, the rest ``m``.

Which keys there are, and what they mean, is the protocol's; numbers are rounded to what a client can tell apart.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any, assert_never

from songreel.model.timeline import (
    Clip,
    FootageSource,
    Grade,
    PhotoSource,
    PictureSource,
    SceneSource,
    SoundSource,
    Source,
    TextSource,
    Timeline,
    Track,
    TrackRole,
    VisualizerSource,
)

Json = dict[str, Any]
VIDEO, AUDIO, TEXT = 0, 1, 7
_TYPES: dict[TrackRole, int] = {
    "base": VIDEO,
    "visualizer": VIDEO,
    "overlay": VIDEO,
    "song": AUDIO,
    "titles": TEXT,
    "lyrics": TEXT,
}


def of(timeline: Timeline) -> Json:
    """Return the draft of a timeline."""
    return {
        "d": _ms(timeline.frames, timeline),
        "m": {
            "title": timeline.title,
            **canvas(timeline),
            "look": timeline.look,
            "palette": list(timeline.palette),
            "grade": grade(timeline.grade),
            "version": timeline.version,
            "seed": timeline.seed,
        },
        "t": [_track(track, timeline) for track in timeline.tracks],
    }


def canvas(timeline: Timeline) -> Json:
    """Return the size of the picture and its frames a second."""
    fps = timeline.canvas.fps
    return {
        "width": timeline.canvas.width,
        "height": timeline.canvas.height,
        "fps": int(fps) if fps.denominator == 1 else round(float(fps), 3),
    }


def grade(of_what: Grade) -> Json:
    """Return a color correction with the protocol's four keys."""
    return {name: round(value, 4) for name, value in of_what.model_dump().items()}


def _ms(frame: int, timeline: Timeline) -> int:
    return round(Fraction(frame) * 1000 / timeline.canvas.fps)


def _track(track: Track, timeline: Timeline) -> Json:
    return {
        "tt": _TYPES[track.role],
        "m": {"id": track.id, "role": track.role},
        "sg": [_segment(clip, timeline) for clip in track.clips],
    }


def _segment(clip: Clip, timeline: Timeline) -> Json:
    start, end = _ms(clip.start, timeline), _ms(clip.end, timeline)
    meta: Json = {"id": clip.id, "name": clip.name, **_source(clip.source)}
    if clip.transition.name != "cut":
        meta["transition"] = {"name": clip.transition.name, "d": _ms(clip.transition.frames, timeline)}
    if clip.effects:
        meta["fx"] = [{"name": effect.name, "amount": round(effect.amount, 4)} for effect in clip.effects]
    if clip.fade.frames_in or clip.fade.frames_out:
        meta["fade"] = {"in": _ms(clip.fade.frames_in, timeline), "out": _ms(clip.fade.frames_out, timeline)}
    if clip.grade is not None:
        meta["grade"] = grade(clip.grade)
    return {"s": start, "d": end - start, "m": meta}


def _source(source: Source) -> Json:
    match source:
        case SceneSource():
            return {"src": f"scene:{source.scene}", **_rest(source, "scene")}
        case PhotoSource() | PictureSource():
            return {"src": f"asset:{source.asset}", **_rest(source, "asset")}
        case FootageSource():
            return {"src": f"asset:{source.asset}", "in": _milliseconds(source.at), **_rest(source, "asset", "at")}
        case VisualizerSource():
            return {"src": f"visualizer:{source.design}", **_rest(source, "design")}
        case SoundSource():
            return {
                "src": f"asset:{source.asset}",
                "in": _milliseconds(source.at),
                "volume": round(source.volume, 4),
                **_rest(source, "asset", "at", "volume"),
            }
        case TextSource():
            return _rest(source)
        case _:
            assert_never(source)


def _rest(source: Source, *said: str) -> Json:
    """Return what else a source holds, under its own names."""
    return source.model_dump(mode="json", exclude={"kind", *said}, exclude_none=True)


def _milliseconds(seconds: Fraction) -> int:
    return round(seconds * 1000)
