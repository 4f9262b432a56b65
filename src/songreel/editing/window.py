"""Which part of the song the video shows. What is seen at a moment of the song is seen there still.

::

    song   0 ─────────────────────────────────────── end
    base     | A | B | C | D |
    part               |─────────────|
    base           | B | C | D | new |
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from songreel.base.time import Span, frame_at, frame_count, seconds_at
from songreel.editing import clips, shots, sound
from songreel.editing.ground import Ground, PictureSource, Wish
from songreel.editing.refusals import refused
from songreel.model import excerpt
from songreel.model.edit import UseBestPart, UsePart
from songreel.model.timeline import (
    Clip,
    Fade,
    FootageSource,
    InsetSource,
    SoundSource,
    TextSource,
    Timeline,
    Track,
)

SHORTEST_S = Fraction(1)
_TOUCH_S = Fraction(1, 10)
_CLOSE_S = Fraction(1)


@dataclass(frozen=True, slots=True)
class Move:
    """From one window of the song to another: by how many frames the old one is shifted, and both lengths."""

    step: int
    was: int
    now: int

    @property
    def shared(self) -> Span:
        """Return the frames of the new video that the old one showed too."""
        start, end = max(-self.step, 0), min(self.was - self.step, self.now)
        return Span(min(start, self.now), max(min(start, self.now), end))


def part(timeline: Timeline, edit: UsePart, ground: Ground) -> Timeline:
    """Show another part of the song. Refused outside it, and for less than a second."""
    duration, fps = Fraction(ground.song_map.duration), timeline.canvas.fps
    was = timeline.song_start()
    start, end = _wanted(timeline, edit, duration)
    if start >= duration:
        raise refused("no-song-left", seconds=f"{float(duration):.1f}")
    # Whole frames, so that cuts stay on the frames nearest to their beats.
    step = math.floor((_on_beat(start, ground) - was) * fps + Fraction(1, 2))
    step = max(step, math.ceil(-was * fps))
    moved = was + Fraction(step) / fps
    end = end + (moved - start) if edit.seconds is not None else end
    start = moved
    frames = frame_count(duration - start, fps) if end >= duration else frame_at(max(end - start, Fraction(0)), fps)
    if frames < frame_at(SHORTEST_S, fps):
        raise refused("too-short", least=f"{float(SHORTEST_S):g}")
    if (step, frames) == (0, timeline.frames):
        raise refused("same")
    return _moved(timeline, Move(step, timeline.frames, frames), start, ground)


def best(timeline: Timeline, edit: UseBestPart, ground: Ground) -> Timeline:
    """Show the best stretch of the song, as long as is asked, from a bar line on."""
    seconds = min(edit.seconds, Fraction(ground.song_map.duration))
    begin, _ = excerpt.best_window(ground.song_map, float(seconds))
    return part(timeline, UsePart(start=Fraction(begin), seconds=seconds), ground)


def _wanted(timeline: Timeline, edit: UsePart, duration: Fraction) -> tuple[Fraction, Fraction]:
    was = timeline.song_start()
    shown = was + seconds_at(timeline.frames, timeline.canvas.fps)
    if edit.whole:
        return Fraction(0), duration
    start = was if edit.start is None else edit.start
    end = shown if edit.end is None else edit.end
    if edit.seconds is not None:
        start = end - edit.seconds if edit.start is None and edit.end is not None else start
        end = start + edit.seconds
    elif edit.end is None and start >= shown - SHORTEST_S:
        end = duration
    return max(start, Fraction(0)), end


def _on_beat(start: Fraction, ground: Ground) -> Fraction:
    near = [beat for beat in ground.song_map.beat_times() if abs(beat - start) <= _TOUCH_S]
    return Fraction(min(near, key=lambda beat: abs(beat - start))) if near else start


def _moved(timeline: Timeline, move: Move, start: Fraction, ground: Ground) -> Timeline:
    others = [_track(track, move, timeline.canvas.fps) for track in timeline.tracks if track.role != "base"]
    base = next(track for track in timeline.tracks if track.role == "base")
    laid = _kept_shots(base.clips, move, timeline.canvas.fps)
    gaps = _gaps(move)
    numbers = shots.numbered(timeline)
    blanks = [_blank(next(numbers), gap, base.clips) for gap in gaps]
    everything = sorted((*laid, *blanks), key=lambda clip: clip.start)
    tracks = [track for track in (base.evolve(clips=tuple(everything)), *others) if track.clips]
    order = {track.id: number for number, track in enumerate(timeline.tracks)}
    tracks.sort(key=lambda track: order[track.id])
    made = timeline.evolve(frames=move.now, tracks=tuple(tracks))
    made = _sung(made, move, start)
    if gaps:
        made = _filled(made, [blank.id for blank in blanks], _pictures(base.clips), ground)
    return _ended(made, timeline, ground)


def _kept_shots(base: tuple[Clip, ...], move: Move, fps: Fraction) -> list[Clip]:
    """Return the shots that the new window shows too, shifted; what is cut off too short goes to its neighbor."""
    shared = move.shared
    least = frame_at(shots.LEAST_S, fps)
    made: list[Clip] = []
    for clip in base:
        start, end = max(clip.start - move.step, shared.start), min(clip.end - move.step, shared.end)
        if end <= start:
            continue
        passed = start - (clip.start - move.step)
        later = _from(clip, passed, fps)
        made.append(later.evolve(start=start, end=end, fade=Fade(), transition=clip.transition))
    if len(made) > 1 and made[0].end - made[0].start < least:
        made[1] = made[1].evolve(start=made[0].start)
        made.pop(0)
    if len(made) > 1 and made[-1].end - made[-1].start < least:
        made[-2] = made[-2].evolve(end=made[-1].end)
        made.pop()
    # The first shot is no cut: it begins wherever the part does.
    return [clip.evolve(mark=clip.mark if number else "beat") for number, clip in enumerate(made)]


def _from(clip: Clip, passed: int, fps: Fraction) -> Clip:
    """Return a clip without its first frames: what it shows moves on with them."""
    source = clip.source
    if passed <= 0 or not isinstance(source, FootageSource | InsetSource):
        return clip
    at = source.at + (passed / fps * Fraction(source.speed)).limit_denominator(48000)
    return clip.evolve(source=source.evolve(at=at))


def _gaps(move: Move) -> list[Span]:
    shared = move.shared
    if not len(shared):
        return [Span(0, move.now)]
    return [span for span in (Span(0, shared.start), Span(shared.end, move.now)) if len(span)]


def _blank(key: str, gap: Span, base: tuple[Clip, ...]) -> Clip:
    """Return a shot that keeps a stretch until it is filled."""
    return Clip(id=key, name=base[0].name, start=gap.start, end=gap.end, source=base[0].source)


def _pictures(base: tuple[Clip, ...]) -> tuple[PictureSource, ...]:
    return tuple(each.source for each in base if isinstance(each.source, PictureSource))


def _filled(timeline: Timeline, blanks: list[str], like: tuple[PictureSource, ...], ground: Ground) -> Timeline:
    """Return the timeline with its blank stretches cut in the song's own rhythm, and shot."""
    ready = {clip.id for clip in timeline.clips("base")} - set(blanks)
    made: list[Clip] = []
    numbers = shots.numbered(timeline)
    for clip in timeline.clips("base"):
        if clip.id in ready:
            made.append(clip)
            continue
        bounds = [clip.start, *ground.crew.cuts(timeline, clip.span), clip.end]
        for start, end in itertools.pairwise(bounds):
            made.append(clip.evolve(id=clip.id if start == clip.start else next(numbers), start=start, end=end))
    timeline = clips.with_base(timeline, made)
    fresh = [clip for clip in made if clip.id not in ready]
    pictures = ground.crew.shoot(timeline, [clip.span for clip in fresh], Wish(like=like))
    shown = shots.show(timeline, dict(zip((clip.id for clip in fresh), pictures, strict=True)))
    ids = {clip.id for clip in fresh}
    bare = [clip for clip in shown.clips("base") if clip.id in ids]
    finished = {clip.id: clip for clip in ground.crew.finish(shown, bare, timeline.look)}
    return clips.change(shown, ids, lambda clip: finished[clip.id])


def _track(track: Track, move: Move, fps: Fraction) -> Track:
    if track.role == "song":
        return track
    moved = [each for clip in track.clips if (each := _placed(clip, move, fps)) is not None]
    kept: list[Clip] = []
    for clip in sorted(moved, key=lambda each: each.start):
        start = max(clip.start, kept[-1].end) if kept else clip.start
        if clip.end > start:
            length = clip.end - start
            kept.append(clip.evolve(start=start, fade=clips.fitting(clip.fade, length)))
    return track.evolve(clips=tuple(kept))


def _placed(clip: Clip, move: Move, fps: Fraction) -> Clip | None:
    """Return where something laid over is in the new window: titles stay at its ends, the rest in the song."""
    close = frame_at(_CLOSE_S, fps)
    length = clip.end - clip.start
    if clip.start == 0 and clip.end == move.was:
        return clip.evolve(end=move.now)
    start, end = clip.start - move.step, clip.end - move.step
    if isinstance(clip.source, TextSource) and clip.source.role != "lyric":
        if clip.end > move.was - close and 2 * clip.start > move.was:
            start, end = move.now - (move.was - clip.start), move.now - (move.was - clip.end)
        elif clip.source.role != "caption":
            start, end = clip.start, clip.end
    clip = _from(clip, -start, fps)
    start, end = max(start, 0), min(end, move.now)
    shortest = min(frame_at(Fraction(1, 2), fps), length)
    return (
        clip.evolve(start=start, end=end, fade=clips.fitting(clip.fade, end - start))
        if end - start >= shortest
        else None
    )


def _sung(timeline: Timeline, move: Move, start: Fraction) -> Timeline:
    """Return the timeline with the song from ``start`` on, each part as loud as it was."""
    song = timeline.clips("song")
    shown: list[Clip] = []
    for number, clip in enumerate(song):
        assert isinstance(clip.source, SoundSource)
        begin = 0 if number == 0 else max(clip.start - move.step, 0)
        end = move.now if number == len(song) - 1 else min(clip.end - move.step, move.now)
        if begin < end:
            source = clip.source.evolve(at=start + seconds_at(begin, timeline.canvas.fps))
            shown.append(clip.evolve(start=begin, end=end, source=source))
    return sound.laid(timeline, shown)


def _ended(timeline: Timeline, before: Timeline, ground: Ground) -> Timeline:
    """Return the timeline with the fades that suit its part of the song; those that a person set stay."""
    pictures, songs = zip(ground.crew.fades(before), ground.crew.fades(timeline), strict=True)
    base, old = timeline.clips("base"), before.clips("base")
    was = Fade(frames_in=old[0].fade.frames_in, frames_out=old[-1].fade.frames_out)
    # The planner lets no fade last longer than its shot.
    short = Fade(
        frames_in=min(pictures[0].frames_in, old[0].end - old[0].start),
        frames_out=min(pictures[0].frames_out, old[-1].end - old[-1].start),
    )
    fade = _suited(was, (pictures[0], short), pictures[1], timeline.frames)
    longest = timeline.frames
    edges = [base[0].evolve(start=0, end=longest, fade=Fade(frames_in=fade.frames_in))]
    edges.append(base[-1].evolve(start=0, end=longest, fade=Fade(frames_out=fade.frames_out)))
    made = clips.with_base(timeline, shots.settled(base, edges, ground.assets, timeline.canvas.fps))
    song = made.clips("song")
    return sound.laid(made, song, _suited(sound.ends(song), (songs[0],), songs[1], timeline.frames))


def _suited(was: Fade, usual: Sequence[Fade], now: Fade, frames: int) -> Fade:
    """Return fades as they are usual now where they were usual before, else as they were; a third of it at most."""
    own_in = was.frames_in not in {each.frames_in for each in usual}
    own_out = was.frames_out not in {each.frames_out for each in usual}
    return Fade(
        frames_in=min(was.frames_in if own_in else now.frames_in, frames // 3),
        frames_out=min(was.frames_out if own_out else now.frames_out, frames // 3),
    )
