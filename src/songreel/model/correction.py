"""What a person says about a song's beats, which overrules what was heard."""

from __future__ import annotations

from itertools import pairwise
from typing import Literal, Self

from pydantic import Field, model_validator

from songreel.model.document import Record

SLOWEST_BPM, FASTEST_BPM = 20, 400
LONGEST_BAR = 16


class Correction(Record):
    """Fields left empty stay as heard; a ValueError's sentence says which ones contradict each other.

    ``first_beat`` is the second at which the song's first bar begins, ``pulse`` how the beats are to be counted
    against those heard, and ``beats`` are all beats as (seconds, position), positions as in `song_map.Beat`.
    """

    bpm: float | None = Field(default=None)
    first_beat: float | None = Field(default=None)
    meter: int | None = Field(default=None)
    pulse: Literal["half-time", "double-time"] | None = None
    beats: tuple[tuple[float, int], ...] | None = None

    @model_validator(mode="after")
    def _sensible(self) -> Self:
        if self.bpm is not None and not SLOWEST_BPM <= self.bpm <= FASTEST_BPM:
            raise ValueError(f"a tempo of {self.bpm:g} BPM is out of range: use {SLOWEST_BPM} to {FASTEST_BPM}")
        if self.meter is not None and not 2 <= self.meter <= LONGEST_BAR:
            raise ValueError(f"a bar of {self.meter} beats is out of range: use 2 to {LONGEST_BAR}")
        if self.first_beat is not None and self.first_beat < 0:
            raise ValueError(f"a first beat at {self.first_beat:g} s lies before the song: use 0 or more seconds")
        if self.bpm is not None and self.pulse is not None:
            raise ValueError(f"a tempo in BPM and {self.pulse} contradict each other: give one of them")
        if self.beats is not None:
            self._check_beats(self.beats)
        return self

    def _check_beats(self, beats: tuple[tuple[float, int], ...]) -> None:
        if (self.bpm, self.first_beat, self.meter, self.pulse) != (None, None, None, None):
            raise ValueError("a file of beats says everything itself: leave out tempo, first beat, meter and pulse")
        if len(beats) < 2:
            raise ValueError("a file of beats needs two of them at least")
        for (before, _), (at, position) in pairwise(((-1.0, 0), *beats)):
            if at < 0 or at <= before:
                raise ValueError(f"the beat at {at:g} s does not come after the one before it")
            if not 0 <= position <= LONGEST_BAR:
                raise ValueError(f"the beat at {at:g} s has position {position}: use 1 to {LONGEST_BAR}")
