"""The picture's shape, size and rate: everything is composed anew, nothing is cropped from what was."""

from __future__ import annotations

import math
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
    PhotoSource,
    PictureSource,
    Place,
    SceneSource,
    Timeline,
    TrackRole,
    VisualizerSource,
)

_SMALLEST, _LARGEST = 16, 7680
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
    if edit.width and edit.height:
        width, height = edit.width, edit.height
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
    was, start = timeline.canvas.fps, timeline.song_start()
    left = Fraction(ground.song_map.duration) - start
    whole = timeline.frames >= frame_count(left, was)
    frames = frame_count(left, fps) if whole else max(frame_at(seconds_at(timeline.frames, was), fps), 1)
    beats = {places.frame_of_song(timeline, beat): beat for beat in ground.song_map.beat_times()}

    def at(frame: int) -> int:
        if frame >= timeline.frames:
            return frames
        moment = Fraction(beats[frame]) - start if frame in beats else seconds_at(frame, was)
        return min(max(frame_at(max(moment, Fraction(0)), fps), 0), frames)

    def long(count: int) -> int:
        return frame_at(seconds_at(count, was), fps)

    def one(clip: Clip, role: TrackRole) -> Clip | None:
        begin, end = at(clip.start), at(clip.end)
        if end <= begin:
            return None
        room = frames // 2 if role == "base" else end - begin
        fade_in = min(long(clip.fade.frames_in), room)
        fade = Fade(frames_in=fade_in, frames_out=min(long(clip.fade.frames_out), room - fade_in))
        passing = clip.transition.evolve(frames=min(long(clip.transition.frames), end - begin))
        return clip.evolve(start=begin, end=end, fade=fade, transition=passing)

    tracks = tuple(
        track.evolve(clips=tuple(made for clip in track.clips if (made := one(clip, track.role)) is not None))
        for track in timeline.tracks
    )
    tracks = tuple(track for track in tracks if track.clips)
    return timeline.evolve(frames=frames, tracks=tracks, canvas=timeline.canvas.evolve(fps=fps))


def _framed(timeline: Timeline, before: Timeline, ground: Ground) -> Timeline:
    canvas, safe = timeline.canvas, timeline.safe_area

    def one(clip: Clip) -> Clip:
        source = clip.source
        match source:
            case PhotoSource() | FootageSource() | SceneSource():
                return clip.evolve(source=ground.crew.reframed(source, canvas, clip.end - clip.start))
            case VisualizerSource():
                return clip.evolve(source=source.evolve(place=_box(source, before, timeline)))
            case PictureSource():
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
    longer = max(box.width * canvas.width, box.height * canvas.height)
    return min(longer / min(canvas.width, canvas.height), 1)


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
