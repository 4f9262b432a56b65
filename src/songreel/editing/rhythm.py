"""The rhythm of the cuts: on every beat, denser, sparser, held."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from fractions import Fraction

from songreel.base.time import Span, frame_at, seconds_at
from songreel.editing import clips, marks, places, shots
from songreel.editing.ground import Ground
from songreel.editing.refusals import refused
from songreel.model.brief import CutRule
from songreel.model.edit import CutAt, CutDenser, CutEvery, HoldShot, RemoveShot
from songreel.model.song_map import Beat
from songreel.model.timeline import Mark, Timeline

_NEAR_S = Fraction(1, 4)
_THERE_S = Fraction(1, 5)
_EDGE = 2
_MIDDLE = 0.2


def every(timeline: Timeline, edit: CutEvery, ground: Ground) -> Timeline:
    """Cut on every n-th bar, beat or half-beat of a place, counted from its first bar; cuts elsewhere stay.

    Refused where no beat was heard, and where half-beats are too close to be seen.
    """
    wanted, meant = list(shots.cuts(timeline)), dict[int, Mark]()
    for span in places.spans(timeline, edit.where):
        ruled = _ruled(timeline, span, edit.rule, ground)
        stay = [cut for cut in wanted if not span.start <= cut < span.end]
        wanted = [*stay, *shots.apart(timeline, ruled, stay, halves=edit.rule.unit == "half")]
        meant |= ruled
    return _told(timeline, shots.recut(timeline, wanted, ground, meant))


def denser(timeline: Timeline, edit: CutDenser, ground: Ground) -> Timeline:
    """Cut more or less often in a place: the longest shots are split on beats, or the shortest are joined.

    Where there is a cut on every beat already, shots are split on half-beats. Refused where the factor is 1.
    """
    if edit.factor == 1:
        raise refused("same")
    wanted, meant = list(shots.cuts(timeline)), dict[int, Mark]()
    for span in places.spans(timeline, edit.where):
        inside = [cut for cut in wanted if span.start < cut < span.end]
        stay = [cut for cut in wanted if cut not in set(inside)]
        if edit.factor < 1:
            wanted = sorted((*stay, *_joined(timeline, span, inside, edit.factor, ground)))
        else:
            split = _split(timeline, span, inside, edit.factor, ground)
            if len(split) == len(inside):
                halved = _halved(timeline, span, inside, edit.factor, ground)
                split, meant = sorted((*inside, *halved)), meant | halved
            wanted = sorted((*stay, *split))
    if len(wanted) == len(shots.cuts(timeline)):
        raise refused("flicker", least=f"{float(marks.BRIEFEST_S):g}") if edit.factor > 1 else refused("no-cuts")
    return shots.recut(timeline, wanted, ground, meant)


def hold(timeline: Timeline, edit: HoldShot, ground: Ground) -> Timeline:
    """Do not cut inside a place: the shot that it begins in goes on to the first cut at or after its end.

    ::

        base  | A | B | C | D |        base  | A |    B    | D |
        hold          |   |       →
    """
    found = places.spans(timeline, edit.where)
    wanted = [cut for cut in shots.cuts(timeline) if not any(span.start < cut < span.end for span in found)]
    return _told(timeline, shots.recut(timeline, wanted, ground))


def at(timeline: Timeline, edit: CutAt, ground: Ground) -> Timeline:
    """Cut once more, on a beat or half-beat that is near. Refused beside a cut, and outside the video."""
    fps = timeline.canvas.fps
    wanted = places.inside(timeline, edit.at, edit.clock)
    there = _grid(timeline, Span(0, timeline.frames), ground)
    found = there.halves.values() if edit.mark == "half" else [beat for beat, _ in there.beats]
    near = [mark for mark in found if abs(mark - wanted) <= frame_at(_NEAR_S, fps)]
    wanted = min(near, key=lambda mark: abs(mark - wanted), default=wanted)
    beside = [cut for cut in (0, *shots.cuts(timeline)) if abs(cut - wanted) < frame_at(_THERE_S, fps)]
    if beside:
        raise refused("cut-there", seconds=f"{float(seconds_at(beside[0], fps)):.1f}")
    meant: dict[int, Mark] = {wanted: edit.mark} if near else {}
    return shots.recut(timeline, (*shots.cuts(timeline), wanted), ground, meant)


def remove(timeline: Timeline, edit: RemoveShot, ground: Ground) -> Timeline:
    """Take shots out; the one before goes on in their place, or the one after the first. Refused for the only shot."""
    base = timeline.clips("base")
    for key in edit.clips:
        if clips.find(timeline, key)[0].role != "base":
            raise refused("not-a-shot", clip=key)
    kept = [clip for clip in base if clip.id not in edit.clips]
    if not kept:
        raise refused("only-shot")
    starts = [0, *(clip.start for clip in kept[1:])]
    ends = [*starts[1:], timeline.frames]
    laid = [clip.evolve(start=start, end=end) for clip, start, end in zip(kept, starts, ends, strict=True)]
    return clips.with_base(timeline, shots.settled(laid, base, ground.assets, timeline.canvas.fps))


def nearest_beat(timeline: Timeline, frame: int, ground: Ground) -> int:
    """Return the beat within a quarter of a second of a frame; the frame itself where there is none."""
    near = [beat for beat in _beats(timeline, ground) if abs(beat - frame) <= frame_at(_NEAR_S, timeline.canvas.fps)]
    return min(near, key=lambda beat: abs(beat - frame), default=frame)


def enough(timeline: Timeline, span: Span, count: int, ground: Ground) -> Timeline:
    """Split the longest shots of a span until it has ``count`` of them, as far as there is room."""
    inside = [cut for cut in shots.cuts(timeline) if span.start < cut < span.end]
    if len(inside) + 1 >= count:
        return timeline
    stay = [cut for cut in shots.cuts(timeline) if cut not in set(inside)]
    more = _split(timeline, span, inside, count / (len(inside) + 1), ground)
    return shots.recut(timeline, (*stay, *more), ground)


def _told(before: Timeline, after: Timeline) -> Timeline:
    if shots.cuts(before) == shots.cuts(after):
        raise refused("same")
    return after


def _beats(timeline: Timeline, ground: Ground) -> list[int]:
    return [frame for frame, _ in _heard(timeline, ground)]


def _heard(timeline: Timeline, ground: Ground) -> list[tuple[int, Beat]]:
    """Return the beats that the video shows, with their frames; of two on one frame the later."""
    found = {places.frame_of_song(timeline, beat.at): beat for beat in ground.song_map.beats}
    return sorted((frame, beat) for frame, beat in found.items() if 0 <= frame < timeline.frames)


def _grid(timeline: Timeline, span: Span, ground: Ground) -> marks.Grid:
    shown = range(max(span.start - _EDGE, 0), span.end)
    return marks.grid(ground.song_map, lambda at: places.frame_of_song(timeline, at), shown)


def _ruled(timeline: Timeline, span: Span, rule: CutRule, ground: Ground) -> dict[int, Mark]:
    found = _grid(timeline, span, ground)
    if not found.beats:
        raise refused("no-beat")
    wanted = marks.ruled(found, rule, ground.song_map.meter)
    if found.too_fast and (rule.unit, rule.every) == ("half", 1):
        raise refused("halves-flicker", half=f"{found.half_s:.2f}", least=f"{float(marks.BRIEFEST_S):g}")
    return marks.spaced(wanted, timeline.canvas.fps)


def _halved(timeline: Timeline, span: Span, inside: Sequence[int], factor: float, ground: Ground) -> dict[int, Mark]:
    """Return half-beats at which the longest shots of a span are cut, as many as are asked for and there is room."""
    found = _grid(timeline, span, ground)
    least, bounds = marks.shortest(timeline.canvas.fps), sorted({span.start, *inside, span.end})
    beats = {frame for frame, _ in found.beats}
    free = [
        (start, end, half)
        for start, end in itertools.pairwise(bounds)
        for half in found.halves.values()
        if half - start >= least and end - half >= least and not any(start < beat < end for beat in beats)
    ]
    missing = max(round((len(inside) + 1) * factor) - 1 - len(inside), 1)
    longest = sorted(free, key=lambda each: (each[0] - each[1], each[0]))
    return {} if found.too_fast else {half: "half" for _, _, half in longest[:missing]}


def _split(timeline: Timeline, span: Span, inside: Sequence[int], factor: float, ground: Ground) -> list[int]:
    """Return the cuts of a span and more, until there are ``factor`` times as many shots, as far as there is room."""
    target = max(round((len(inside) + 1) * factor) - 1, len(inside) + 1)
    bounds = sorted({span.start, *inside, span.end})
    marks = _heard(timeline, ground)
    full: set[tuple[int, int]] = set()
    while len(bounds) - 2 < target:
        pieces = [piece for piece in itertools.pairwise(bounds) if piece not in full]
        if not pieces:
            break
        longest = max(pieces, key=lambda piece: (piece[1] - piece[0], -piece[0]))
        cut = _best_cut(timeline, longest, marks)
        if cut is None:
            full.add(longest)
        else:
            bounds = sorted((*bounds, cut))
    return bounds[1:-1]


def _best_cut(timeline: Timeline, piece: tuple[int, int], marks: Sequence[tuple[int, Beat]]) -> int | None:
    """Return where a stretch is cut in two: on a strong beat about its middle, else on any, else in its middle."""
    start, end = piece
    least = frame_at(shots.LEAST_S, timeline.canvas.fps)
    low, high = start + least, end - least
    if low > high:
        return None
    middle, reach = (start + end) / 2, (end - start) * _MIDDLE
    fitting = [(frame, beat) for frame, beat in marks if low <= frame <= high]
    about = [pair for pair in fitting if abs(pair[0] - middle) <= reach]
    if about:
        return min(about, key=lambda pair: (pair[1].position != 1, pair[1].position % 2 == 0, abs(pair[0] - middle)))[0]
    if fitting:
        return min(fitting, key=lambda pair: abs(pair[0] - middle))[0]
    beats_there = any(start < frame < end for frame, _ in marks)
    return None if beats_there else round(middle)


def _joined(timeline: Timeline, span: Span, inside: Sequence[int], factor: float, ground: Ground) -> list[int]:
    """Return fewer cuts of a span: those go first that part the shortest shots, borders of sections last."""
    target = min(round((len(inside) + 1) * factor) - 1, len(inside) - 1)
    near = frame_at(_NEAR_S, timeline.canvas.fps)
    borders = [places.frame_of_song(timeline, section.start) for section in ground.song_map.sections]
    kept = list(inside)
    while kept and len(kept) > max(target, 0):
        bounds = [span.start, *kept, span.end]

        def cost(index: int, bounds: Sequence[int] = bounds) -> tuple[bool, int, int]:
            marked = any(abs(bounds[index] - border) <= near for border in borders)
            return marked, bounds[index + 1] - bounds[index - 1], index

        kept.pop(min(range(1, len(bounds) - 1), key=cost) - 1)
    return kept
