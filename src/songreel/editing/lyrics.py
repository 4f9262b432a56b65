"""Lyrics: lines that follow one another, at their own times or on the bars."""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Sequence
from fractions import Fraction

from songreel.base.time import Span, frame_at
from songreel.editing import clips, places, words
from songreel.editing.ground import Ground
from songreel.model.edit import LyricLine, SetLyrics
from songreel.model.timeline import Clip, Position, TextSource, Timeline

_DESIGN = "plain"
_LONGEST_S = 8


def put(timeline: Timeline, edit: SetLyrics, ground: Ground) -> Timeline:
    """Show lines one after another, in place of the lyrics that were there.

    ::

        lyrics  | old |              lyrics  | one | two | three |
        base    |  1  |  2  |   →    base    |   1    |    2     |

    Lines with a time are shown at it; the others share the rest evenly, from bar to bar. Refused where none of them
    is heard in the video.
    """
    span = places.spans(timeline, edit.where)[0]
    old = {clip.id for clip in timeline.clips("lyrics") if len(clip.span.meet(span))}
    timeline = clips.remove(timeline, old)
    position: Position = edit.position or "bottom"
    shown = _shown(timeline, edit.lines, span, ground)
    if not any(shown):
        raise places.outside(timeline)
    for line, at in zip(edit.lines, shown, strict=True):
        if not len(at):
            continue
        text = words.lettered(line.text)
        source = TextSource(text=text, role="lyric", position=position, design=_DESIGN, style=edit.style)
        clip = Clip(id=clips.free_id(timeline, "t"), name=text, start=at.start, end=at.end, source=source)
        timeline = clips.put(timeline, "lyrics", clip)
    return timeline


def _shown(timeline: Timeline, lines: Sequence[LyricLine], span: Span, ground: Ground) -> list[Span]:
    """Return when each line is shown: to its own end, else to the next one's beginning; never when it is over."""
    starts = _starts(timeline, lines, span, ground)
    longest = frame_at(_LONGEST_S, timeline.canvas.fps)
    made = []
    for line, (start, following) in zip(lines, itertools.pairwise([*starts, span.end]), strict=True):
        end = following
        if line.at is not None or line.seconds is not None:
            begun = start if line.at is None else places.frame(timeline, line.at, "song")
            lasts = longest if line.seconds is None else max(frame_at(line.seconds, timeline.canvas.fps), 1)
            end = min(begun + lasts, following)
        made.append(Span(start, max(min(end, timeline.frames), start)))
    return made


def _starts(timeline: Timeline, lines: Sequence[LyricLine], span: Span, ground: Ground) -> list[int]:
    given = [None if line.at is None else _kept(places.frame(timeline, line.at, "song"), span) for line in lines]
    known = [(index, at) for index, at in enumerate(given) if at is not None]
    bounds = [(-1, span.start), *known, (len(lines), span.end)]
    starts = [0 if at is None else at for at in given]
    for (first, low), (last, high) in itertools.pairwise(bounds):
        begin = max(first, 0)
        for place in range(first + 1, last):
            starts[place] = round(low + (high - low) * Fraction(place - begin, last - begin))
    return _rising(_on_bars(timeline, starts, given, ground), span)


def _on_bars(timeline: Timeline, starts: list[int], given: Sequence[int | None], ground: Ground) -> list[int]:
    """Return starts moved to the nearest bar where that keeps lines apart."""
    bars = sorted({places.frame_of_song(timeline, at) for at in ground.song_map.downbeat_times()})
    if len(bars) < 2 or len(starts) < 2:
        return starts
    apart = min((b - a for a, b in itertools.pairwise(starts)), default=0)
    if apart < bars[1] - bars[0]:
        return starts
    return [at if given[index] is not None or not index else _nearest(bars, at) for index, at in enumerate(starts)]


def _nearest(bars: Sequence[int], at: int) -> int:
    place = bisect.bisect_left(bars, at)
    return min(bars[max(place - 1, 0) : place + 1], key=lambda bar: abs(bar - at), default=at)


def _rising(starts: list[int], span: Span) -> list[int]:
    made: list[int] = []
    for at in starts:
        made.append(min(max(at, made[-1] if made else span.start), span.end))
    return made


def _kept(at: int, span: Span) -> int:
    return min(max(at, span.start), span.end)
