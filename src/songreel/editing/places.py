"""Which frames, shots and words an edit is about."""

from __future__ import annotations

from fractions import Fraction

from songreel.base.errors import EditRefused
from songreel.base.time import Span, frame_at, seconds_at
from songreel.editing import clips
from songreel.editing.refusals import refused
from songreel.model.edit import Clock, Stretch, Texts, Where
from songreel.model.timeline import Clip, TextSource, Timeline


def frame(timeline: Timeline, seconds: Fraction, clock: Clock = "video") -> int:
    """Return the frame of a moment, which may lie outside the video; below 0 it counts from the end."""
    fps = timeline.canvas.fps
    at = seconds - timeline.song_start() if clock == "song" else seconds
    if clock == "video" and at < 0:
        at += seconds_at(timeline.frames, fps)
    return frame_at(at, fps) if at >= 0 else -frame_at(-at, fps)


def frame_of_song(timeline: Timeline, seconds: float) -> int:
    """Return the frame nearest to a moment of the song, which may lie outside the video."""
    return frame(timeline, Fraction(seconds), "song")


def inside(timeline: Timeline, seconds: Fraction, clock: Clock = "video") -> int:
    """Return the frame of a moment; refused outside the video."""
    at = frame(timeline, seconds, clock)
    if not 0 <= at < timeline.frames:
        raise outside(timeline)
    return at


def spans(timeline: Timeline, where: Where) -> tuple[Span, ...]:
    """Return the frames of a place, joined, in order; refused where the video has nothing there."""
    if where.everywhere:
        return (Span(0, timeline.frames),)
    found = [_span(timeline, stretch, where.clock) for stretch in where.stretches]
    found += [clips.find(timeline, key)[1].span for key in where.clips]
    kept = _joined([each for each in found if len(each)])
    kept = _rest(kept, timeline.frames) if where.outside else kept
    if not kept:
        raise outside(timeline)
    return kept


def shots(timeline: Timeline, where: Where) -> tuple[Clip, ...]:
    """Return the shots that lie at least half in a place; of each span at least the one that its middle is in."""
    base = timeline.clips("base")
    if where.everywhere:
        return base
    named = {key for key in where.clips if _is_shot(timeline, key)}
    chosen: set[str] = set()
    for span in spans(timeline, where):
        most = {each.id for each in base if 2 * len(each.span.meet(span)) >= len(each.span)}
        middle = (span.start + span.end) // 2
        chosen |= most or {each.id for each in base if middle in each.span}
    if named and not where.outside and not where.stretches:
        chosen = named
    return tuple(each for each in base if each.id in chosen)


def texts(timeline: Timeline, which: Texts) -> tuple[Clip, ...]:
    """Return the words that are meant; refused when there are none."""
    every = (*timeline.clips("titles"), *timeline.clips("lyrics"))
    found = tuple(clip for clip in every if isinstance(clip.source, TextSource) and _meant(clip, clip.source, which))
    if not found:
        raise refused("no-text")
    return found


def _meant(clip: Clip, source: TextSource, which: Texts) -> bool:
    said = which.says is None or plain(which.says) == plain(source.text)
    return (not which.clips or clip.id in which.clips) and which.role in (None, source.role) and said


def outside(timeline: Timeline) -> EditRefused:
    """Return the error of a place where the video has nothing, to be raised."""
    return refused("outside", seconds=f"{float(seconds_at(timeline.frames, timeline.canvas.fps)):.1f}")


def plain(words: str) -> str:
    """Return words without case and doubled blanks, to compare them."""
    return " ".join(words.casefold().split())


def _is_shot(timeline: Timeline, key: str) -> bool:
    track, _ = clips.find(timeline, key)
    return track.role == "base"


def _span(timeline: Timeline, stretch: Stretch, clock: Clock) -> Span:
    last = timeline.frames
    start = min(max(frame(timeline, stretch.start, clock), 0), last)
    end = last if stretch.end is None else min(max(frame(timeline, stretch.end, clock), 0), last)
    return Span(start, max(start, end))


def _joined(found: list[Span]) -> tuple[Span, ...]:
    made: list[Span] = []
    for span in sorted(found):
        if made and span.start <= made[-1].end:
            made[-1] = Span(made[-1].start, max(made[-1].end, span.end))
        else:
            made.append(span)
    return tuple(made)


def _rest(taken: tuple[Span, ...], frames: int) -> tuple[Span, ...]:
    starts = [0, *(span.end for span in taken)]
    ends = [*(span.start for span in taken), frames]
    return tuple(Span(start, end) for start, end in zip(starts, ends, strict=True) if end > start)
