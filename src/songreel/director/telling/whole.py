"""What changed of the video as a whole: its canvas, its length, its song, its title; and what a new one is like."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from math import gcd

from songreel.base.time import seconds_at
from songreel.director.telling.shots import Both, on_halves, stretch
from songreel.director.telling.speaker import Speaker, clock
from songreel.editing import sound
from songreel.model.timeline import Canvas, SoundSource, TextSource, Timeline

_SAME_S = 0.06
_CLICK_S = 0.15
"""A shorter fade of the song only keeps it from clicking."""
_KNOWN = ((16, 9), (9, 16), (1, 1), (4, 5), (5, 4), (4, 3), (3, 4), (21, 9), (3, 2), (2, 3), (2, 1), (1, 2))
_NEAR = 0.02


def told(both: Both, speaker: Speaker) -> Iterator[str]:
    """Yield what changed of the whole, a sentence each."""
    yield from _canvas(both, speaker)
    yield from _length(both, speaker)
    yield from _song(both, speaker)
    if both.before.title != both.after.title and both.after.title:
        yield speaker.say("title", now=both.after.title)


def made(timeline: Timeline, speaker: Speaker) -> str:
    """Return what a video that was just made is like."""
    canvas = timeline.canvas
    texts = [clip.source.text for clip in timeline.clips("titles") if isinstance(clip.source, TextSource)]
    sentence = speaker.say(
        "made",
        length=clock(float(seconds_at(timeline.frames, canvas.fps))),
        shots=speaker.count("shot", len(timeline.clips("base"))),
        look=speaker.drawn("look", timeline.look),
        shape=shape(canvas),
        fps=rate(canvas.fps),
    )
    said = speaker.say("made-text", texts=speaker.listed(f"“{text}”" for text in texts)) if texts else ""
    told = (sentence, on_halves(timeline, speaker), said)
    return speaker.sentence_end().join(each for each in told if each)


def shape(canvas: Canvas) -> str:
    """Return the ratio and size of a canvas, such as ``9:16 (1080×1920)``."""
    return f"{ratio(canvas)} ({canvas.width}×{canvas.height})"


def ratio(canvas: Canvas) -> str:
    """Return the ratio of a canvas by the name that it is known by."""
    exact = canvas.width / canvas.height
    for across, down in _KNOWN:
        if abs(exact / (across / down) - 1) < _NEAR:
            return f"{across}:{down}"
    common = gcd(canvas.width, canvas.height)
    return f"{canvas.width // common}:{canvas.height // common}"


def rate(fps: Fraction) -> str:
    """Return a frame rate as a number."""
    return f"{float(fps):.2f}".rstrip("0").rstrip(".")


def _canvas(both: Both, speaker: Speaker) -> Iterator[str]:
    was, now = both.before.canvas, both.after.canvas
    if (was.width, was.height) != (now.width, now.height):
        yield speaker.say("canvas", was=shape(was), now=shape(now))
    if was.fps != now.fps:
        yield speaker.say("fps", was=rate(was.fps), now=rate(now.fps))


def _length(both: Both, speaker: Speaker) -> Iterator[str]:
    was, now = (float(seconds_at(each.frames, each.canvas.fps)) for each in (both.before, both.after))
    if abs(was - now) > _SAME_S:
        yield speaker.say("length", was=clock(was), now=clock(now))
    if abs(both.moved) > _SAME_S:
        starts = (clock(float(each.song_start())) for each in (both.before, both.after))
        yield speaker.say("start", **dict(zip(("was", "now"), starts, strict=True)))


def _song(both: Both, speaker: Speaker) -> Iterator[str]:
    if not both.before.clips("song") or not both.after.clips("song"):
        return
    yield from _volumes(both, speaker)
    ends = ((sound.ends(each.clips("song")), each.canvas.fps) for each in (both.before, both.after))
    fades = [(seconds_at(fade.frames_in, fps), seconds_at(fade.frames_out, fps)) for fade, fps in ends]
    for place, kind in enumerate(("song-in", "song-out")):
        before, after = fades[0][place], fades[1][place]
        if abs(before - after) > _CLICK_S:
            ended = kind if after else f"{kind}-gone"
            yield speaker.say(ended, was=speaker.seconds(before), now=speaker.seconds(after))


def _volumes(both: Both, speaker: Speaker) -> Iterator[str]:
    """Yield how loud the song is where it was louder or quieter before."""
    was, now = _levels(both.before), _levels(both.after)
    moved = both.moved
    edges = sorted({edge for low, high, _ in now for edge in (low, high)})
    edges = sorted({*edges, *(edge - moved for low, high, _ in was for edge in (low, high) if edge > moved)})
    found: dict[tuple[float, float], list[tuple[float, float]]] = {}
    for low, high in pairwise(edges):
        middle = (low + high) / 2
        old, new = _level(was, middle + moved), _level(now, middle)
        if old is not None and new is not None and old != new:
            found.setdefault((old, new), []).append((low, high))
    for (old, new), there in found.items():
        yield speaker.say("volume", was=f"{old:.0%}", now=f"{new:.0%}", where=speaker.place(there))


def _levels(timeline: Timeline) -> list[tuple[float, float, float]]:
    return [
        (*stretch(clip, timeline), clip.source.volume)
        for clip in timeline.clips("song")
        if isinstance(clip.source, SoundSource)
    ]


def _level(levels: list[tuple[float, float, float]], at: float) -> float | None:
    return next((volume for low, high, volume in levels if low <= at < high), None)
