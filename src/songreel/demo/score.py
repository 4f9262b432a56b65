"""What is played when: the form, the grid of beats, and the notes of each part, with no sound yet.

Positions are beats from the song's start; `Grid` turns them into seconds, through a tempo that may change evenly.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace

from songreel.base import seed


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the form: ``label`` is a section's label, ``bars`` its length."""

    label: str
    bars: int


FORM = (Part("intro", 2), Part("verse", 4), Part("chorus", 4), Part("verse", 4), Part("drop", 4), Part("outro", 2))


@dataclass(frozen=True, slots=True)
class Note:
    """A note of an instrument: position and length in beats, MIDI pitch, gain 0…1, pan −1…1."""

    instrument: str
    beat: float
    length: float
    pitch: int
    gain: float
    pan: float = 0.0


@dataclass(frozen=True, slots=True)
class Grid:
    """Where beats fall in time: from ``bpm`` at the first to ``final_bpm`` after ``beats``; swing delays off-beats."""

    bpm: float
    final_bpm: float
    beats: int
    swing: float = 0.0

    def seconds(self, beat: float) -> float:
        """Return the moment of a position; a swung half-beat comes up to a sixth of a beat late."""
        whole = math.floor(beat)
        inside = beat - whole
        knee = 0.5 + self.swing / 6
        swung = inside / 0.5 * knee if inside < 0.5 else knee + (inside - 0.5) / 0.5 * (1 - knee)
        return self._straight(whole + swung)

    def _straight(self, beat: float) -> float:
        slope = (self.final_bpm - self.bpm) / self.beats
        if abs(slope) < 1e-12:
            return 60 * beat / self.bpm
        return 60 / slope * math.log1p(slope * beat / self.bpm)


@dataclass(frozen=True, slots=True)
class Style:
    """What a seed decides for a whole song."""

    tonic: int
    minor: bool
    verse: tuple[int, ...]
    chorus: tuple[int, ...]
    groove: str
    hook: tuple[tuple[float, float, int], ...]
    tale: tuple[tuple[float, float, int], ...]


# how hard the band plays; a part that is not named plays in full
DYNAMICS = {"verse": 0.66, "pre-chorus": 0.78, "build": 0.8, "bridge": 0.7, "breakdown": 0.8, "solo": 0.9}
GROOVES = ("floor", "rock", "half", "break")
_MINOR, _MAJOR = (0, 2, 3, 5, 7, 8, 10), (0, 2, 4, 5, 7, 9, 11)
_PROGRESSIONS = {
    True: ((0, 5, 2, 6), (0, 3, 5, 4), (5, 6, 0, 0), (0, 6, 5, 6), (3, 0, 5, 6)),
    False: ((0, 4, 5, 3), (5, 3, 0, 4), (0, 5, 3, 4), (3, 4, 2, 5), (0, 3, 0, 4)),
}
_GROUPS = {1: (1,), 2: (2,), 3: (3,), 4: (2, 2), 5: (3, 2), 6: (3, 3), 7: (2, 2, 3), 8: (3, 3, 2)}


def style(number: int, meter: int) -> Style:
    """Choose key, harmony, groove and motifs by a seed."""
    rng = seed.stream(number, "demo", "style")
    minor = rng.random() < 0.6
    verse, chorus = rng.sample(_PROGRESSIONS[minor], 2)
    return Style(
        tonic=rng.randrange(45, 57),
        minor=minor,
        verse=verse,
        chorus=chorus,
        groove=rng.choice(GROOVES),
        hook=_motif(rng, meter, busy=0.6),
        tale=_motif(rng, meter, busy=0.35),
    )


def _motif(rng: random.Random, meter: int, *, busy: float) -> tuple[tuple[float, float, int], ...]:
    """Invent two bars of melody: (position in beats, length, step of the scale from the chord's root)."""
    notes: list[tuple[float, float, int]] = []
    at, step = 0.0, rng.choice((0, 2, 4))
    while at < 2 * meter - 1:
        length = 0.5 if rng.random() < busy else rng.choice((1.0, 1.0, 1.5))
        if not notes or rng.random() > 0.18:
            notes.append((at, min(length, 2 * meter - at), step))
        step = max(-2, min(7, step + rng.choice((-2, -1, -1, 1, 1, 2))))
        at += length
    return tuple(notes)


def notes(form: tuple[Part, ...], meter: int, number: int) -> Iterator[Note]:
    """Write all notes of a song, part by part, and the last chord on the downbeat that ends it."""
    chosen, bar = style(number, meter), 0
    for part in form:
        for index in range(part.bars):
            rng = seed.stream(number, "demo", "bar", bar)
            dynamic = DYNAMICS.get(part.label, 1.0)
            for note in _bar(_Bar(part, index, bar * meter, meter, chosen), rng):
                yield replace(note, gain=note.gain * dynamic)
            bar += 1
    yield from _ending(bar * meter, chosen)


@dataclass(frozen=True, slots=True)
class _Bar:
    part: Part
    index: int
    start: int
    meter: int
    style: Style

    @property
    def full(self) -> bool:
        return self.part.label in ("chorus", "drop")

    @property
    def last(self) -> bool:
        return self.index == self.part.bars - 1

    def chord(self, octave: int = 0) -> tuple[int, ...]:
        line = self.style.chorus if self.full else self.style.verse
        return tuple(self.pitch(line[self.index % len(line)] + step) + 12 * octave for step in (0, 2, 4))

    def pitch(self, step: int) -> int:
        scale = _MINOR if self.style.minor else _MAJOR
        return self.style.tonic + 12 * (step // 7) + scale[step % 7]

    def root_step(self) -> int:
        line = self.style.chorus if self.full else self.style.verse
        return line[self.index % len(line)]


_DRUMMED = ("verse", "pre-chorus", "chorus", "drop", "build", "solo", "bridge")
_BASSED = ("verse", "pre-chorus", "chorus", "drop", "solo", "bridge")


def _bar(bar: _Bar, rng: random.Random) -> Iterator[Note]:
    label = bar.part.label
    yield from _chords(bar)
    if label in _DRUMMED:
        yield from _drums(bar, rng)
    elif label in ("intro", "outro"):
        yield from (Note("hat", bar.start + beat, 0, 0, 0.4, 0.25) for beat in range(bar.meter))
    if label in _BASSED:
        yield from _bass(bar, rng)
    if label in ("intro", "chorus", "drop", "breakdown", "outro"):
        yield from _arpeggio(bar)
    if label in ("verse", "chorus", "drop", "solo") and not (label == "verse" and bar.index < bar.part.bars // 4):
        yield from _melody(bar)


def _accents(meter: int) -> list[int]:
    starts, at = [], 0
    for size in _GROUPS.get(meter, (meter,)):
        starts.append(at)
        at += size
    return starts


def _drums(bar: _Bar, rng: random.Random) -> Iterator[Note]:
    if bar.index == 0 and bar.full:
        yield Note("crash", bar.start, 0, 0, 0.8, -0.2)
    groove = bar.style.groove if bar.part.label != "build" else "floor"
    kicks, snares = _GROOVES[groove](bar)
    fill_from = bar.meter - (1.0 if bar.meter < 4 else 2.0) if bar.last else bar.meter
    yield from (Note("kick", bar.start + at, 0, 0, 0.95 if at == 0 else 0.85) for at in kicks if at < fill_from)
    yield from (Note("snare", bar.start + at, 0, 0, 0.8) for at in snares if at < fill_from)
    if bar.full:
        yield from (Note("clap", bar.start + at, 0, 0, 0.5, 0.1) for at in snares if at < fill_from)
    for half in range(2 * bar.meter):
        at = half / 2
        loud = (0.55 if half % 2 == 0 else 0.38) + 0.06 * rng.random()
        yield Note("open" if bar.full and half % 2 else "hat", bar.start + at, 0, 0, loud, 0.3)
        if bar.full and rng.random() < 0.3:
            yield Note("hat", bar.start + at + 0.25, 0, 0, 0.22, 0.3)
    if bar.last:
        yield from _fill(bar, fill_from, rng)


def _fill(bar: _Bar, start: float, rng: random.Random) -> Iterator[Note]:
    steps = round((bar.meter - start) * 4)
    for step in range(steps):
        if step % 2 == 0 or rng.random() < 0.6:
            drum = "snare" if step < steps // 2 else "tom"
            pitch = 50 - 7 * (4 * step // max(1, steps))
            yield Note(drum, bar.start + start + step / 4, 0, pitch, 0.5 + 0.4 * step / steps, 0.5 - step / steps)
    if bar.part.label in ("verse", "pre-chorus", "build"):
        yield Note("riser", bar.start, bar.meter, 0, 0.6)


def _floor(bar: _Bar) -> tuple[list[float], list[float]]:
    accents = _accents(bar.meter)
    backbeat = [float(beat) for beat in range(1, bar.meter, 2)] if bar.meter % 2 == 0 else accents[1:]
    return [float(beat) for beat in range(bar.meter)], [float(beat) for beat in (backbeat or [bar.meter - 1])]


def _rock(bar: _Bar) -> tuple[list[float], list[float]]:
    accents = _accents(bar.meter)
    kicks = [float(at) for at in accents] + ([accents[-1] + 0.5] if bar.index % 2 else [])
    snares = [float(at + 1) for at in accents] if bar.meter > 3 else [float(bar.meter - 1)]
    return kicks, snares


def _half(bar: _Bar) -> tuple[list[float], list[float]]:
    middle = float(_accents(bar.meter)[-1]) if bar.meter > 3 else float(bar.meter - 1)
    return [0.0, 0.75 if bar.index % 2 else 1.5, *([middle + 1.5] if middle + 1.5 < bar.meter else [])], [middle]


def _break(bar: _Bar) -> tuple[list[float], list[float]]:
    kicks, snares = _rock(bar)
    ghosts = [at + 0.75 for at in snares if at + 0.75 < bar.meter - 0.5]
    return [0.0, 0.5, *[at + 1.5 for at in kicks[1:] if at + 1.5 < bar.meter]], snares + ghosts[:1]


_GROOVES = {"floor": _floor, "rock": _rock, "half": _half, "break": _break}


def _bass(bar: _Bar, rng: random.Random) -> Iterator[Note]:
    root = bar.chord(-1)[0] - (12 if bar.chord(-1)[0] > 45 else 0)
    if bar.full:
        for half in range(2 * bar.meter):
            octave = 12 if half % 4 == 3 else 0
            yield Note("bass", bar.start + half / 2, 0.45, root + octave, 0.9 if half % 2 == 0 else 0.75)
        return
    for at in _accents(bar.meter):
        yield Note("bass", bar.start + at, 0.9, root, 0.85)
        if rng.random() < 0.5 and at + 1.5 < bar.meter:
            yield Note("bass", bar.start + at + 1.5, 0.4, root + rng.choice((0, 7, 12)), 0.7)


def _chords(bar: _Bar) -> Iterator[Note]:
    bright = bar.full
    for voice, pitch in enumerate((*bar.chord(), bar.chord(1)[0])):
        fold = pitch - 12 if pitch > 72 else pitch
        yield Note("bright" if bright else "pad", bar.start, bar.meter, fold, 0.6, (-0.6, 0.6, -0.25, 0.3)[voice])


def _arpeggio(bar: _Bar) -> Iterator[Note]:
    tones = (*bar.chord(1), bar.chord(2)[0])
    step = 0.25 if bar.full else 0.5
    gain = 0.3 if bar.full else 0.5
    for index in range(round(bar.meter / step)):
        pitch = tones[(0, 2, 1, 3, 2, 1)[index % 6]]
        yield Note("pluck", bar.start + index * step, step * 1.8, pitch, gain, -0.5 if index % 2 else 0.5)


def _melody(bar: _Bar) -> Iterator[Note]:
    motif = bar.style.hook if bar.full else bar.style.tale
    low = bar.meter * (bar.index % 2)
    for at, length, step in motif:
        if low <= at < low + bar.meter:
            octave = 2 if bar.full else 1
            pitch = bar.pitch(bar.root_step() + step) + 12 * octave
            while pitch > 84:
                pitch -= 12
            yield Note("lead", bar.start + at - low, length * 0.95, pitch, 0.75 if bar.full else 0.55, -0.05)


def _ending(beat: int, chosen: Style) -> Iterator[Note]:
    scale = _MINOR if chosen.minor else _MAJOR
    yield Note("kick", beat, 0, 0, 0.9)
    yield Note("crash", beat, 0, 0, 0.7)
    yield Note("bass", beat, 3, chosen.tonic - 24 if chosen.tonic > 50 else chosen.tonic - 12, 0.8)
    for step, pan in ((0, -0.5), (2, 0.5), (4, 0.0)):
        yield Note("bright", beat, 3, chosen.tonic + scale[step], 0.6, pan)
