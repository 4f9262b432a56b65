"""What the video and its song are at the moment, in seconds: for finding places and answering questions."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from songreel.director.conversation import Situation
from songreel.director.understanding.places import Place
from songreel.model.edit import Clock
from songreel.model.timeline import Clip, TextSource

_TOUCH = Fraction(1, 10)
_ALSO = {"chorus": ("drop",), "drop": ("chorus",)}
"""What a kind of section is taken for where a song has none of it."""


@dataclass(frozen=True)
class Part:
    """One section of the song as far as the video shows it; seconds of the song."""

    label: str
    start: Fraction
    end: Fraction


@dataclass(frozen=True)
class Stage:
    """The timeline and the song of a situation; before there is one, the video lasts as the song does, or ``lasts``."""

    situation: Situation
    lasts: Fraction | None = None

    @cached_property
    def length(self) -> Fraction:
        """Return the length of the video in seconds."""
        timeline = self.situation.timeline
        if timeline is not None:
            return Fraction(timeline.frames) / timeline.canvas.fps
        return min(self.song_length, self.lasts or self.song_length)

    @cached_property
    def song_length(self) -> Fraction:
        """Return the length of the song in seconds."""
        return self.situation.song_map.duration if self.situation.song_map else Fraction(0)

    @cached_property
    def song_start(self) -> Fraction:
        """Return where in the song the video begins."""
        return self.situation.timeline.song_start() if self.situation.timeline else Fraction(0)

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """Return the sections that the video shows, in order."""
        song_map = self.situation.song_map
        if song_map is None:
            return ()
        begin, end = self.song_start, self.song_start + self.length
        found = []
        for section in song_map.sections:
            start, stop = max(exact(section.start), begin), min(exact(section.end), end)
            if stop - start > _TOUCH:
                found.append(Part(section.label, start, stop))
        return tuple(found)

    def sections(self, label: str) -> tuple[Part, ...]:
        """Return the sections of a label; a drop stands for a chorus, and a chorus for a drop, where there is none."""
        found = tuple(part for part in self.parts if part.label == label)
        return found or tuple(part for part in self.parts if part.label in _ALSO.get(label, ()))

    @cached_property
    def bars(self) -> tuple[Fraction, ...]:
        """Return where the bars of the video begin, in seconds of the song; the first begins with the video."""
        if self.situation.song_map is None:
            return ()
        begin, end = self.song_start, self.song_start + self.length
        lines = [exact(at) for at in self.situation.song_map.downbeat_times() if begin - _TOUCH / 3 <= at < end]
        return tuple(max(each, begin) for each in lines)

    @cached_property
    def beat_s(self) -> Fraction:
        """Return how long a beat is, in seconds; half a second where no beat was heard."""
        song_map = self.situation.song_map
        return exact(60 / song_map.bpm) if song_map and song_map.bpm else Fraction(1, 2)

    @cached_property
    def bar_s(self) -> Fraction:
        """Return how long a bar is, in seconds."""
        song_map = self.situation.song_map
        return self.beat_s * ((song_map.meter if song_map else 0) or 4)

    @cached_property
    def last_hit(self) -> Fraction | None:
        """Return the last hit that the video plays, in seconds of the song; None where none was heard."""
        song_map, begin, end = self.situation.song_map, self.song_start, self.song_start + self.length
        hits = [exact(event.at) for event in song_map.events if event.kind == "last-hit"] if song_map else []
        return next((at for at in hits if begin < at <= end), None)

    @cached_property
    def shots(self) -> tuple[Clip, ...]:
        """Return the clips that fill the frame."""
        return self.situation.timeline.clips("base") if self.situation.timeline else ()

    @cached_property
    def visualizers(self) -> tuple[Clip, ...]:
        """Return the clips that draw the sound."""
        return self.situation.timeline.clips("visualizer") if self.situation.timeline else ()

    @cached_property
    def texts(self) -> tuple[tuple[Clip, TextSource], ...]:
        """Return all words on the picture with their clips, in the order of time."""
        timeline = self.situation.timeline
        if timeline is None:
            return ()
        clips = [*timeline.clips("titles"), *timeline.clips("lyrics")]
        found = [(clip, clip.source) for clip in clips if isinstance(clip.source, TextSource)]
        return tuple(sorted(found, key=lambda pair: pair[0].start))

    def without(self, place: Place) -> tuple[tuple[Fraction, Fraction], ...]:
        """Return what lies outside the stretches of a place, in seconds of the video."""
        shift = self.ahead(place.clock)
        edges = [Fraction(0), *(each - shift for span in sorted(place.stretches) for each in span), self.length]
        return tuple((low, high) for low, high in zip(edges[::2], edges[1::2], strict=True) if high - low > _TOUCH)

    def ahead(self, clock: Clock) -> Fraction:
        """Return by how much the times of a clock are ahead of those of the video."""
        return self.song_start if clock == "song" else Fraction(0)

    def behind(self, clock: Clock) -> Fraction:
        """Return by how much the times of a clock are behind those of the song."""
        return self.song_start - self.ahead(clock)

    def seconds(self, frame: int) -> Fraction:
        """Return the second of the video at which a frame is shown."""
        timeline = self.situation.timeline
        return Fraction(frame) / timeline.canvas.fps if timeline else Fraction(0)


def exact(seconds: float | Fraction) -> Fraction:
    """Return seconds to the nearest thousandth."""
    return Fraction(round(Fraction(seconds) * 1000), 1000)
