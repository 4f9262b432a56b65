"""The shots of the base track: cut elsewhere, split, joined, fitted. Between them nothing is ever left empty."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from songreel.base.time import Span, frame_at, seconds_at
from songreel.editing import clips, marks
from songreel.editing.ground import Ground, Picture, Wish
from songreel.model.asset import Asset
from songreel.model.document import AssetId
from songreel.model.timeline import Clip, Fade, FootageSource, Mark, Timeline, Transition

LEAST_S = Fraction(7, 20)
"""Cuts closer than this flicker; only a cut rule may ask for them, down to `marks.BRIEFEST_S` for half-beats."""
LONGEST_SHARE = Fraction(2, 5)
"""How much of a shot its transition may take."""
_SLOWEST = 0.05


def cuts(timeline: Timeline) -> tuple[int, ...]:
    """Return the frames at which shots begin, but for the first."""
    return tuple(clip.start for clip in timeline.clips("base")[1:])


def recut(
    timeline: Timeline, wanted: Iterable[int], ground: Ground, meant: Mapping[int, Mark] | None = None
) -> Timeline:
    """Return the timeline with cuts exactly at these frames, some of them ``meant`` for marks of the song.

    ::

        base  |  A  |  B  |  C  |      cuts at x and C      base  |  A  | new |  C  |
                                            →

    A shot that begins where one began before is that shot. One that begins where none began takes the first shot
    that begins inside it and is not one by itself any more; where there is none, it is new, and takes the effects
    and the grade of the shot that it is cut out of.
    """
    old = timeline.clips("base")
    marked = {clip.start: clip.mark for clip in old} | dict(meant or {})
    bounds = [0, *sorted({cut for cut in wanted if 0 < cut < timeline.frames}), timeline.frames]
    spans = [Span(start, end) for start, end in itertools.pairwise(bounds)]
    heirs = _heirs(old, spans)
    fresh = [span for span, heir in zip(spans, heirs, strict=True) if heir is None]
    kept = [heir.evolve(start=span.start, end=span.end) for span, heir in zip(spans, heirs, strict=True) if heir]
    numbers = numbered(timeline)
    way = prevailing(old)
    blank = [
        _covering(old, span.start).evolve(id=next(numbers), start=span.start, end=span.end, transition=way)
        for span in fresh
    ]
    laid = [
        clip.evolve(mark=marked.get(clip.start, "beat"))
        for clip in sorted((*kept, *blank), key=lambda clip: clip.start)
    ]
    changed = clips.with_base(timeline, settled(laid, old, ground.assets, timeline.canvas.fps))
    pictures = dict(zip((each.id for each in blank), ground.crew.shoot(changed, fresh, Wish()), strict=True))
    return show(changed, pictures)


def show(timeline: Timeline, pictures: Mapping[str, Picture]) -> Timeline:
    """Let shots show other pictures, by their ids; all else of them stays."""

    def one(clip: Clip) -> Clip:
        picture = pictures[clip.id]
        return clip.evolve(name=picture.name, source=picture.source)

    return clips.change(timeline, pictures.keys(), one) if pictures else timeline


def split(timeline: Timeline, frames: Iterable[int], ground: Ground) -> Timeline:
    """Cut at these frames with nothing else changed: the picture goes on across the new cuts."""
    numbers = numbered(timeline)
    at = sorted(set(frames))
    made: list[Clip] = []
    for clip in timeline.clips("base"):
        bounds = [clip.start, *(cut for cut in at if clip.start < cut < clip.end), clip.end]
        for start, end in itertools.pairwise(bounds):
            made.append(clip.evolve(end=end) if start == clip.start else _later(clip, start, end, timeline, numbers))
    return clips.with_base(timeline, settled(made, timeline.clips("base"), ground.assets, timeline.canvas.fps))


def settled(laid: Sequence[Clip], old: Sequence[Clip], assets: Mapping[AssetId, Asset], fps: Fraction) -> list[Clip]:
    """Return shots whose transitions, fades and footage fit their lengths; the video's own fades stay at its ends."""
    lasts = laid[-1].end
    fade_in = min(old[0].fade.frames_in, lasts)
    fade_out = min(old[-1].fade.frames_out, lasts - fade_in)
    was = {clip.id: clip for clip in old}
    made = []
    for number, clip in enumerate(laid):
        length = clip.end - clip.start
        before = was.get(clip.id)
        transition = clip.transition
        if number == 0:
            transition = Transition()
        elif before is None or length < before.end - before.start:
            transition = fitted(transition, length)
        fade = Fade(frames_in=fade_in if number == 0 else 0, frames_out=fade_out if number == len(laid) - 1 else 0)
        source = clip.source
        if isinstance(source, FootageSource):
            source = lasting(source, seconds_at(length, fps), assets)
        made.append(clip.evolve(transition=transition, fade=fade, source=source))
    return made


def fitted(transition: Transition, length: int) -> Transition:
    """Return a transition that a shot of so many frames has room for."""
    frames = min(transition.frames, int(length * LONGEST_SHARE))
    return transition.evolve(frames=frames) if frames else Transition()


def lasting(source: FootageSource, seconds: Fraction, assets: Mapping[AssetId, Asset]) -> FootageSource:
    """Return footage that lasts so long: from earlier on, and more slowly where the file is too short."""
    asset = assets.get(source.asset)
    if asset is None or not asset.duration:
        return source
    room = asset.duration - Fraction(1, 10)
    needed = seconds * Fraction(source.speed)
    if source.at + needed <= room:
        return source
    if needed <= room:
        return source.evolve(at=(room - needed).limit_denominator(1000))
    speed = max(round(float(room / seconds) * 0.99, 4), _SLOWEST) if room > 0 else source.speed
    return source.evolve(at=Fraction(0), speed=min(speed, source.speed))


def prevailing(base: Sequence[Clip]) -> Transition:
    """Return how most shots come in; a cut where no way is taken by half of them."""
    names = Counter(clip.transition.name for clip in base[1:])
    name, count = names.most_common(1)[0] if names else ("cut", 0)
    if name == "cut" or 2 * count < len(base) - 1:
        return Transition()
    frames = sorted(clip.transition.frames for clip in base[1:] if clip.transition.name == name)
    return Transition(name=name, frames=frames[len(frames) // 2])


def apart(timeline: Timeline, found: Iterable[int], kept: Iterable[int], *, halves: bool = False) -> list[int]:
    """Return the frames that are far enough from cuts that stay, and from the ends of the video."""
    least = marks.shortest(timeline.canvas.fps) if halves else frame_at(LEAST_S, timeline.canvas.fps)
    fixed = [0, *kept, timeline.frames]
    return [at for at in found if at in fixed or all(abs(at - other) >= least for other in fixed)]


def _heirs(old: Sequence[Clip], spans: Sequence[Span]) -> list[Clip | None]:
    """Return for each span the shot that it goes on to be, if any."""
    by_start = {clip.start: clip for clip in old}
    starts = {span.start for span in spans}
    homeless = [clip for clip in old if clip.start not in starts]
    heirs: list[Clip | None] = []
    for span in spans:
        heir = by_start.get(span.start)
        if heir is None:
            inside = [clip for clip in homeless if clip.start in span]
            own = inside or ([_covering(old, span.start)] if _covering(old, span.start) in homeless else [])
            heir = next((clip for clip in own if clip not in heirs), None)
        heirs.append(heir)
    return heirs


def _covering(old: Sequence[Clip], frame: int) -> Clip:
    return next(clip for clip in old if frame in clip.span)


def _later(clip: Clip, start: int, end: int, timeline: Timeline, numbers: Iterator[str]) -> Clip:
    source = clip.source
    if isinstance(source, FootageSource):
        passed = seconds_at(start - clip.start, timeline.canvas.fps) * Fraction(source.speed)
        source = source.evolve(at=source.at + passed.limit_denominator(48000))
    return clip.evolve(id=next(numbers), start=start, end=end, source=source, transition=Transition(), mark="beat")


def numbered(timeline: Timeline) -> Iterator[str]:
    """Yield ids for new shots, none of which is taken."""
    taken = {clip.id for track in timeline.tracks for clip in track.clips} | {track.id for track in timeline.tracks}
    return (name for number in itertools.count(1) if (name := f"c{number}") not in taken)
