"""What a video is held against."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from songreel.base.time import seconds_at
from songreel.model.preset import Preset
from songreel.model.song_map import SongMap
from songreel.model.timeline import SoundSource, Timeline

_AUDIBLE = 0.003


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is known of how a video should be; what is None cannot be judged.

    ``cuts`` are the frames at which the picture was meant to change at once. ``timeline`` says the length, and where
    in the song the video begins; without it, a video is wanted as long as its song, or as its preset allows.
    ``may_flash`` says that flashes were allowed: they are counted, and not judged.
    """

    song: Path | None = None
    song_map: SongMap | None = None
    preset: Preset | None = None
    cuts: Sequence[int] | None = None
    timeline: Timeline | None = None
    may_flash: bool = False

    @property
    def song_start(self) -> Fraction:
        """Return where in the song the video begins, in seconds."""
        return self.timeline.song_start() if self.timeline else Fraction(0)

    @property
    def halves(self) -> frozenset[int]:
        """Return the frames at which the timeline cuts on half-beats."""
        shots = self.timeline.clips("base")[1:] if self.timeline else ()
        return frozenset(clip.start for clip in shots if clip.mark == "half")

    @property
    def altered(self) -> bool:
        """Tell whether the timeline changes the song's level, so that it cannot be the song's own."""
        clips = self.timeline.clips("song") if self.timeline else ()
        return any(
            clip.fade.frames_in
            or clip.fade.frames_out
            or (isinstance(clip.source, SoundSource) and clip.source.volume != 1)
            for clip in clips
        )

    @property
    def silent(self) -> tuple[tuple[float, float], ...]:
        """Return when the timeline plays nothing of the song, in seconds of the video."""
        if self.timeline is None:
            return ()
        fps = self.timeline.canvas.fps
        return tuple(
            (float(seconds_at(clip.start, fps)), float(seconds_at(clip.end, fps)))
            for clip in self.timeline.clips("song")
            if isinstance(clip.source, SoundSource) and clip.source.volume < _AUDIBLE
        )


def planned(timeline: Timeline, *, song: Path, song_map: SongMap, preset: Preset, may_flash: bool = False) -> Wanted:
    """Return what a video of a timeline has to be, with its cuts: where the base picture changes at once."""
    cuts = tuple(clip.start for clip in timeline.clips("base")[1:] if clip.transition.name == "cut")
    return Wanted(song=song, song_map=song_map, preset=preset, cuts=cuts, timeline=timeline, may_flash=may_flash)
