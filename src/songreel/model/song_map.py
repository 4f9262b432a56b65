"""What was heard in a song. Times are seconds from its first sample; strengths and confidences are 0…1."""

from __future__ import annotations

import base64
import itertools
import zlib
from fractions import Fraction
from typing import ClassVar, Literal, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray
from pydantic import Field

from songreel.model.document import AssetId, Document, Exact, Record, Unit

SectionLabel = Literal[
    "intro", "verse", "pre-chorus", "chorus", "build", "drop", "bridge", "breakdown", "solo", "outro"
]
EventKind = Literal["drop", "build-up", "break", "stop", "fill", "first-beat", "last-hit"]
BandName = Literal["sub", "bass", "lowmid", "mid", "treble"]
BANDS: tuple[BandName, ...] = ("sub", "bass", "lowmid", "mid", "treble")
HitName = Literal["kick", "snare", "hat"]
HITS: tuple[HitName, ...] = ("kick", "snare", "hat")
_PAUSE = 1.5


class Beat(Record):
    """One beat; ``position`` counts from 1 at the downbeat, 0 where the bar is not known."""

    at: float = Field(ge=0)
    position: int = Field(ge=0, le=16)
    confidence: Unit


class TempoPoint(Record):
    """The tempo from this moment on."""

    at: float = Field(ge=0)
    bpm: float = Field(gt=0)


class Section(Record):
    """A part of the song; sections with one ``id`` repeat one another (A, B, A′, C)."""

    id: str
    label: SectionLabel
    start: float = Field(ge=0)
    end: float = Field(gt=0)
    energy: Unit
    confidence: Unit


class Event(Record):
    """Something that happens at a moment; a build-up or break lasts ``duration`` seconds."""

    kind: EventKind
    at: float = Field(ge=0)
    strength: Unit
    duration: float = Field(default=0, ge=0)


class Curve(Record):
    """A value 0…1 over time, sampled evenly from 0 s and kept as compressed bytes."""

    rate_hz: float = Field(gt=0)
    packed: str

    @classmethod
    def of(cls, values: ArrayLike, rate_hz: float) -> Self:
        """Pack values, shape (n,), clipped to 0…1 and rounded to 1/255."""
        levels = np.rint(np.clip(np.asarray(values, dtype=np.float64), 0, 1) * 255).astype(np.uint8)
        return cls(rate_hz=rate_hz, packed=base64.b64encode(zlib.compress(levels.tobytes(), 6)).decode())

    def values(self) -> NDArray[np.float32]:
        """Return the values, shape (n,), 0…1."""
        raw = zlib.decompress(base64.b64decode(self.packed))
        return np.frombuffer(raw, dtype=np.uint8).astype(np.float32) / np.float32(255)


REST = Curve.of((), 50)
"""A curve of which nothing is known."""


class Loudness(Record):
    """Programme loudness by EBU R128 / ITU-R BS.1770-4."""

    integrated_lufs: float
    range_lu: float = Field(ge=0)
    true_peak_dbtp: float


class Key(Record):
    """The key, such as ``tonic="F#", mode="minor"``."""

    tonic: Literal["C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B"]
    mode: Literal["major", "minor"]
    confidence: Unit


class Mood(Record):
    """How the song feels, as numbers: arousal from calm to excited, valence from sad to glad."""

    arousal: Unit
    valence: Unit
    confidence: Unit


class Confidence(Record):
    """How sure the hearing is, for the whole song."""

    beats: Unit
    downbeats: Unit
    sections: Unit


class SongMap(Document):
    """Everything that Songreel plans by.

    A song without a beat has no ``beats`` and ``bpm`` 0; its sections and onsets remain.
    ``bands`` are envelopes with musical attack and release, ``hits`` are onset strengths of drum registers; ``width``
    runs from mono to as wide as stereo goes, ``harmony`` is 1 at a change of chord and 0 while one is held.
    """

    schema_name: ClassVar[str] = "songreel.song_map"
    revision: ClassVar[int] = 2

    song: AssetId
    duration: Exact
    bpm: float = Field(ge=0)
    meter: int = Field(ge=0, le=16)
    tempo: tuple[TempoPoint, ...]
    beats: tuple[Beat, ...]
    sections: tuple[Section, ...]
    events: tuple[Event, ...]
    onsets: tuple[float, ...]
    bands: dict[BandName, Curve]
    hits: dict[HitName, Curve]
    level: Curve
    brightness: Curve
    width: Curve = REST
    harmony: Curve = REST
    loudness: Loudness
    key: Key
    mood: Mood
    confidence: Confidence

    def beat_times(self) -> tuple[float, ...]:
        """Return all beats, in seconds."""
        return tuple(beat.at for beat in self.beats)

    def half_times(self) -> tuple[tuple[float, float], ...]:
        """Return the moments halfway between two beats, each after the beat before it, in seconds.

        A pause of the beat, longer than it is on either side, has none.
        """
        times = self.beat_times()
        gaps = [later - one for one, later in itertools.pairwise(times)]
        around = [max([*gaps[max(at - 1, 0) : at], *gaps[at + 1 : at + 2]], default=gap) for at, gap in enumerate(gaps)]
        return tuple(
            (at, at + gap / 2) for at, gap, usual in zip(times, gaps, around, strict=False) if gap <= _PAUSE * usual
        )

    def downbeat_times(self) -> tuple[float, ...]:
        """Return the first beats of all bars, in seconds."""
        return tuple(beat.at for beat in self.beats if beat.position == 1)

    def section_at(self, seconds: float | Fraction) -> Section:
        """Return the section that plays at a moment; the last one after the end."""
        return next((section for section in self.sections if seconds < section.end), self.sections[-1])
