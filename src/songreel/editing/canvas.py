"""The picture's shape, size and rate: everything is composed anew, nothing is cropped from what was."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from songreel.base.time import frame_at, frame_count, seconds_at
from songreel.editing import boxes, clips, places, rhythm, window
from songreel.editing.ground import Ground
from songreel.editing.refusals import refused
from songreel.model import excerpt
from songreel.model.edit import HoldShot, SetCanvas, UsePart
from songreel.model.preset import PRESETS, Preset
from songreel.model.timeline import (
    Canvas,
    Clip,
    Fade,
    FootageSource,
    InsetSource,
    PhotoSource,
    PictureSource,
    Place,
    SceneSource,
    SoundSource,
    Timeline,
    TrackRole,
    VisualizerSource,
)

_SMALLEST, _LARGEST = 16, 7680
_FILLS = 0.99
"""From this share of the frame on, in either direction, a picture is as large as it can be."""
_TALL_PRESET, _WIDE_PRESET = "shorts", "youtube"


def compose(timeline: Timeline, edit: SetCanvas, ground: Ground) -> Timeline:
    """Compose the video for another canvas; what is shown when stays.

    Photos and footage are framed anew about what matters in them, boxes keep their places, and a cut on a beat is
    on the frame nearest to it at the new rate. A platform's limits hold: see `model.preset`.
    """
    preset = _preset(edit)
    canvas = _canvas(timeline.canvas, edit, preset)
    safe = preset.safe_area if preset else _safe(timeline, canvas)
    made = _timed(timeline, canvas.fps, ground) if canvas.fps != timeline.canvas.fps else timeline
    shape = canvas.width * timeline.canvas.height != canvas.height * timeline.canvas.width
    made = made.evolve(canvas=canvas, safe_area=safe)
    if shape or safe != timeline.safe_area:
        made = _framed(made, timeline, ground)
    made = _limited(made, preset, ground) if preset else made
    if made == timeline:
        raise refused("same")
    return made


def _preset(edit: SetCanvas) -> Preset | None:
    if edit.preset is not None and edit.preset not in PRESETS:
        raise refused("no-preset", name=edit.preset, names=", ".join(PRESETS))
    return PRESETS[edit.preset] if edit.preset is not None else None


def _canvas(was: Canvas, edit: SetCanvas, preset: Preset | None) -> Canvas:
    width: int | Fraction
    height: int | Fraction
    width, height = (preset.width, preset.height) if preset else (was.width, was.height)
    width, height = edit.width or width, edit.height or height
    if edit.ratio or edit.short_side:
        across, down = (Fraction(side) for side in (edit.ratio or f"{width}:{height}").split(":"))
        if not across or not down:
            raise refused("no-size", width=str(across), height=str(down))
        short = edit.short_side or min(width, height)
        width, height = (short * across / down, short) if across >= down else (short, short * down / across)
    sides = _even(width), _even(height)
    if not all(_SMALLEST <= side <= _LARGEST for side in sides):
        raise refused("no-size", width=str(sides[0]), height=str(sides[1]))
    return Canvas(width=sides[0], height=sides[1], fps=edit.fps or was.fps)


def _even(side: float | Fraction) -> int:
    return 2 * math.floor(Fraction(side) / 2 + Fraction(1, 2))


def _safe(timeline: Timeline, canvas: Canvas) -> Place:
    """Return the safe area: a phone's where the picture becomes upright, a screen's where it no longer is."""
    tall, was_tall = canvas.height > canvas.width, timeline.canvas.height > timeline.canvas.width
    if tall == was_tall:
        return timeline.safe_area
    return PRESETS[_TALL_PRESET if tall else _WIDE_PRESET].safe_area


def _timed(timeline: Timeline, fps: Fraction, ground: Ground) -> Timeline:
    """Return the timeline at another rate: beats stay beats, all else keeps its seconds."""
    was = timeline.canvas.fps
    left = Fraction(ground.song_map.duration) - timeline.song_start()
    whole = timeline.frames >= frame_count(left, was)
    frames = frame_count(left, fps) if whole else max(frame_at(seconds_at(timeline.frames, was), fps), 1)
    beats = {places.frame_of_song(timeline, beat): beat for beat in ground.song_map.beat_times()}
    clock = _Clock(timeline, fps, frames, beats)
    tracks = tuple(
        track.evolve(clips=tuple(made for clip in track.clips if (made := clock.clip(clip, track.role)) is not None))
        for track in timeline.tracks
    )
    tracks = tuple(track for track in tracks if track.clips)
    return timeline.evolve(frames=frames, tracks=tracks, canvas=timeline.canvas.evolve(fps=fps))


@dataclass(frozen=True, slots=True)
class _Clock:
    """A video at another rate, of ``frames`` in all; ``beats`` are seconds of the song by the frames before."""

    before: Timeline
    fps: Fraction
    frames: int
    beats: Mapping[int, float]

    def at(self, frame: int) -> int:
        if frame >= self.before.frames:
            return self.frames
        moment = seconds_at(frame, self.before.canvas.fps)
        if frame in self.beats:
            moment = max(Fraction(self.beats[frame]) - self.before.song_start(), Fraction(0))
        return min(frame_at(moment, self.fps), self.frames)

    def long(self, count: int) -> int:
        return frame_at(seconds_at(count, self.before.canvas.fps), self.fps)

    def clip(self, clip: Clip, role: TrackRole) -> Clip | None:
        begin, end = self.at(clip.start), self.at(clip.end)
        if end <= begin:
            return None
        source = clip.source
        if isinstance(source, SoundSource):
            source = source.evolve(at=self.before.song_start() + seconds_at(begin, self.fps))
        passing = clip.transition.evolve(frames=min(self.long(clip.transition.frames), end - begin))
        return clip.evolve(
            start=begin, end=end, source=source, fade=self.fade(clip, role, end - begin), transition=passing
        )

    def fade(self, clip: Clip, role: TrackRole, length: int) -> Fade:
        """Return a clip's fade: those with which the base and the song begin and end may go on over more clips."""
        wanted = Fade(frames_in=self.long(clip.fade.frames_in), frames_out=self.long(clip.fade.frames_out))
        track = self.before.clips(role)
        if role not in ("base", "song") or clip.id not in (track[0].id, track[-1].id):
            return clips.fitting(wanted, length)
        begins = clips.fitting(Fade(frames_in=self.long(track[0].fade.frames_in)), self.frames).frames_in
        return clips.fitting(wanted.evolve(frames_out=min(wanted.frames_out, self.frames - begins)), self.frames)


def _framed(timeline: Timeline, before: Timeline, ground: Ground) -> Timeline:
    canvas, safe = timeline.canvas, timeline.safe_area

    def one(clip: Clip) -> Clip:
        source = clip.source
        match source:
            case PhotoSource() | FootageSource() | SceneSource():
                return clip.evolve(source=ground.crew.reframed(source, canvas, clip.end - clip.start))
            case VisualizerSource():
                return clip.evolve(source=source.evolve(place=_box(source, before, timeline)))
            case PictureSource() | InsetSource():
                spot = boxes.position_of(source.place)
                asset = ground.assets.get(source.asset)
                width, height = (asset.width, asset.height) if asset else (1, 1)
                size = _size(source.place, before.canvas)
                place = boxes.picture(width or 1, height or 1, size, spot, canvas, safe)
                return clip.evolve(source=source.evolve(place=place))
            case _:
                return clip

    return clips.change(timeline, {clip.id for track in timeline.tracks for clip in track.clips}, one)


def _box(source: VisualizerSource, before: Timeline, now: Timeline) -> Place:
    """Return the visualizer's box on the new canvas: in its place, as large beside its usual size as it was."""
    usual = boxes.visualizer(source.design, None, before.canvas, before.safe_area)
    fresh = boxes.visualizer(source.design, None, now.canvas, now.safe_area)
    factor = source.place.height / usual.height
    spot = boxes.position_of(source.place)
    return boxes.inside(min(fresh.width * factor, 1), min(fresh.height * factor, 1), spot, now.safe_area)


def _size(box: Place, canvas: Canvas) -> float:
    if max(box.width, box.height) >= _FILLS:
        return math.inf
    longer = max(box.width * canvas.width, box.height * canvas.height)
    return longer / min(canvas.width, canvas.height)


def _limited(timeline: Timeline, preset: Preset, ground: Ground) -> Timeline:
    """Return the video within a platform's limits: its longest length, no words, one shot that loops."""
    lasts = seconds_at(timeline.frames, timeline.canvas.fps)
    if preset.longest_s is not None and lasts > Fraction(preset.longest_s):
        begin, end = excerpt.best_window(ground.song_map, preset.longest_s)
        timeline = window.part(
            timeline, UsePart(start=Fraction(begin), seconds=Fraction(end) - Fraction(begin)), ground
        )
    if not preset.text:
        timeline = clips.remove(timeline, {clip.id for clip in (*timeline.clips("titles"), *timeline.clips("lyrics"))})
    if preset.loops:
        timeline = _looped(timeline, ground)
    return timeline


def _looped(timeline: Timeline, ground: Ground) -> Timeline:
    if len(timeline.clips("base")) > 1:
        timeline = rhythm.hold(timeline, HoldShot(), ground)
    only = timeline.clips("base")[0].id
    return clips.change(
        timeline, {only, *(clip.id for clip in timeline.clips("song"))}, lambda clip: clip.evolve(fade=Fade())
    )
