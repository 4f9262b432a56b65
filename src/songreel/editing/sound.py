"""The song: how loud it is, and how it begins and ends. No picture changes."""

from __future__ import annotations

from songreel.base.time import frame_at
from songreel.editing import clips
from songreel.editing.ground import Ground
from songreel.model.edit import FadeSong, SetVolume
from songreel.model.timeline import Clip, Fade, SoundSource, Timeline


def volume(timeline: Timeline, edit: SetVolume, ground: Ground) -> Timeline:
    """Play the song louder or more quietly, twice as loud at most."""
    del ground

    def one(clip: Clip) -> Clip:
        assert isinstance(clip.source, SoundSource)
        wanted = edit.volume if edit.volume is not None else clip.source.volume * (edit.by or 0)
        return clip.evolve(source=clip.source.evolve(volume=round(min(max(wanted, 0), 2), 4)))

    return clips.change(timeline, {clip.id for clip in timeline.clips("song")}, one)


def fade(timeline: Timeline, edit: FadeSong, ground: Ground) -> Timeline:
    """Let the song come from silence and go to silence; where both have no room, the beginning gives way."""
    del ground
    fps = timeline.canvas.fps

    def one(clip: Clip) -> Clip:
        length = clip.end - clip.start
        finish = clip.fade.frames_out if edit.out_s is None else min(frame_at(edit.out_s, fps), length)
        begin = clip.fade.frames_in if edit.in_s is None else min(frame_at(edit.in_s, fps), length)
        finish = min(finish, length - begin) if edit.out_s is None else finish
        return clip.evolve(fade=Fade(frames_in=min(begin, length - finish), frames_out=finish))

    return clips.change(timeline, {clip.id for clip in timeline.clips("song")}, one)
