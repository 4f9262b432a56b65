"""Compose songs whose beats are known: sections, grooves, fills, breaks, harmony and melody, in time.

A song is a list of notes in seconds. Positions are beats; a `Pace` turns them into seconds, through drift, ramps,
free time and swing. Nothing sounds here.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from tools.train_beats.styles import STYLES, Style

Array = NDArray[np.float64]
Random = np.random.Generator
MAJOR, MINOR = (0, 2, 4, 5, 7, 9, 11), (0, 2, 3, 5, 7, 8, 10)
PROGRESSIONS = (
    (0, 4, 5, 3),
    (5, 3, 0, 4),
    (0, 5, 3, 4),
    (0, 3, 0, 4),
    (0, 6, 5, 6),
    (0, 0, 3, 4),
    (1, 4, 0, 0),
    (0, 2, 3, 3),
    (0, 0, 0, 0),
    (0, 0, 5, 5),
    (5, 4, 3, 4),
    (0, 1, 0, 6),
)


# which beat of a pattern of four each beat of a bar plays
ORDERS: dict[int, tuple[tuple[int, ...], ...]] = {
    3: ((0, 1, 2), (0, 1, 3), (0, 1, 1)),
    4: ((0, 1, 2, 3),),
    5: ((0, 1, 1, 2, 3), (0, 1, 2, 3, 3), (0, 1, 2, 1, 3)),
    6: ((0, 1, 1, 2, 3, 3), (0, 1, 2, 3, 2, 3)),
    7: ((0, 1, 2, 1, 2, 3, 3), (0, 1, 1, 2, 3, 2, 3)),
}


@dataclass(frozen=True, slots=True)
class Note:
    """A sound: when and how long in seconds, what (`kick`, `voice`, or a role), MIDI pitch, velocity 0…1."""

    at: float
    length: float
    role: str
    pitch: int
    velocity: float


@dataclass(slots=True)
class Song:
    """Notes and truth. ``positions`` count beats from 1; ``programs`` are General MIDI's, by role."""

    style: str
    beats: Array
    positions: NDArray[np.int64]
    seconds: float
    kit: str
    programs: dict[str, int]
    notes: list[Note] = field(default_factory=list)


class Pace:
    """Where beats fall: seconds at whole beats, straight lines between them but for swing."""

    def __init__(self, times: Array, swing: float) -> None:
        self.times, self.swing = times, swing

    def at(self, beat: float) -> float:
        whole = int(np.floor(beat))
        inside = beat - whole
        knee = 0.5 + self.swing / 6
        inside = inside * 2 * knee if inside < 0.5 else knee + (inside - 0.5) * 2 * (1 - knee)
        return float(np.interp(whole + inside, np.arange(self.times.size), self.times))


def pace(rng: Random, style: Style, count: int) -> Pace:
    """Draw the tempo of ``count`` beats: mostly fixed, else drifting like players, or ramping, or stepping."""
    bpm = float(np.exp(rng.uniform(*np.log(style.bpm))))
    if rng.random() < 0.5:
        bpm = float(round(bpm))
    tempo = np.full(count, bpm)
    kind = rng.random()
    if kind < 0.3 and style.loose_ms:
        walk = np.cumsum(rng.normal(0, 0.003, count))
        tempo *= np.exp(np.clip(walk - np.linspace(0, walk[-1], count) * rng.random(), -0.06, 0.06))
    elif kind < 0.38:
        tempo *= np.linspace(1, rng.uniform(0.8, 1.25), count)
    elif kind < 0.45:
        tempo[int(count * rng.uniform(0.3, 0.7)) :] *= rng.choice((0.75, 0.8, 0.9, 1.1, 1.2, 1.25))
    steps = 60 / tempo
    if style.loose_ms > 8 and rng.random() < 0.3:
        steps *= 1 + 0.03 * rng.standard_normal(count)
    times = rng.uniform(0.05, 3.0) + np.concatenate([[0.0], np.cumsum(steps)])
    return Pace(times, float(rng.uniform(*style.swing)) if rng.random() < 0.7 else 0.0)


def dice(rng: Random, role: str) -> str:
    """Invent a groove that says where the beat is without being any style's: likely places, drawn anew.

    What plays the role "any" keeps to no beat at all.
    """
    odds = {
        "kick": (0.93, 0.04, 0.2, 0.15, 0.25, 0.04, 0.25, 0.12, 0.6, 0.06, 0.35, 0.12, 0.2, 0.05, 0.25, 0.1),
        "snare": (0.04, 0.03, 0.05, 0.06, 0.8, 0.04, 0.06, 0.12, 0.12, 0.1, 0.06, 0.06, 0.8, 0.05, 0.12, 0.12),
        "cymbal": (0.9, 0.2, 0.6, 0.2) * 4,
    }.get(role, (0.85, 0.12, 0.35, 0.25, 0.35, 0.1, 0.4, 0.2, 0.55, 0.1, 0.4, 0.2, 0.35, 0.1, 0.4, 0.15))
    if role == "any":
        odds = (0.4,) * 16
    scale = rng.uniform(0.5, 1.3)
    hits = rng.random(16) < np.clip(np.array(odds) ** (1 / scale), 0, 0.97)
    return "".join("x" if hit else "." for hit in hits)


@dataclass(slots=True)
class _Bars:
    """What a section plays in each bar, as steps."""

    kick: str
    snare: str
    cymbal: str
    bass: str
    comp: str
    percussion: str
    chords: tuple[int, ...]
    hook: list[tuple[float, float, int]]
    ride: str


def _draw(rng: Random, style: Style, meter: int) -> _Bars:
    def one(choices: tuple[str, ...], role: str) -> str:
        pattern = str(rng.choice(choices)) if choices else ""
        return dice(rng, role if pattern == "dice" else "any") if pattern in ("dice", "any") else pattern

    kick = one(style.kick, "kick")
    bass, comp = (one(choices, "comp") for choices in (style.bass, style.comp))
    ride = str(rng.choice(("hat", "hat", "hat", "ride", "open", "crash"), p=(0.25, 0.2, 0.15, 0.2, 0.1, 0.1)))
    return _Bars(
        kick=kick,
        snare=one(style.snare, "snare"),
        cymbal=one(style.cymbal, "cymbal"),
        bass=kick if bass == "like kick" else bass,
        comp=kick if comp == "like kick" else comp,
        percussion=one(style.percussion, "comp") if style.percussion else "",
        chords=tuple(PROGRESSIONS[rng.integers(len(PROGRESSIONS))]),
        hook=_hook(rng, meter, busy=rng.uniform(0.2, 0.8)),
        ride=ride,
    )


def _hook(rng: Random, meter: int, *, busy: float) -> list[tuple[float, float, int]]:
    """Invent two bars of melody: (beat, length, step of the scale)."""
    notes, at, step = [], float(rng.choice((0, 0, 0.5, 1.0))), int(rng.choice((0, 2, 4)))
    while at < 2 * meter - 0.5:
        length = float(rng.choice((0.5, 0.5, 0.25, 0.75))) if rng.random() < busy else float(rng.choice((1, 1, 1.5, 2)))
        if rng.random() > 0.2:
            notes.append((at, length, step))
        step = int(np.clip(step + rng.choice((-2, -1, -1, 0, 1, 1, 2)), -3, 8))
        at += length
    return notes


def steps(pattern: str, order: tuple[int, ...], per_beat: int) -> list[tuple[float, float]]:
    """Return (beat, strength) of a bar's hits; ``order`` names the beat of the pattern that each beat plays."""
    found = []
    for beat, source in enumerate(order if pattern else ()):
        for step, mark in enumerate(pattern[source * per_beat : (source + 1) * per_beat]):
            if mark != ".":
                found.append((beat + step / per_beat, 1.0 if mark == "x" else 0.5))
    return found


class _Writer:
    """Writes one song, bar by bar."""

    def __init__(self, rng: Random, name: str, style: Style, bars: int) -> None:
        self.rng, self.style = rng, style
        self.meter = int(rng.choice(style.meters))
        orders = ORDERS[self.meter]
        self.order = orders[int(rng.integers(len(orders)))] if name != "waltz" else (0, 1, 2)
        self.pickup = int(rng.integers(1, self.meter)) if rng.random() < 0.2 else 0
        count = self.pickup + bars * self.meter + 1
        self.pace = pace(rng, style, count + 4)
        self.song = Song(
            style=name,
            beats=self.pace.times[:count],
            positions=(np.arange(count) - self.pickup) % self.meter + 1,
            seconds=float(self.pace.times[count - 1] + 2.5),
            kit=style.kit if style.kit != "any" else str(rng.choice(("played", "electronic"))),
            programs={
                "bass": int(rng.choice(style.bass_programs)),
                "comp": int(rng.choice(style.comp_programs)),
                "lead": int(rng.choice(style.lead_programs)),
                "pad": int(rng.choice((48, 50, 88, 89, 91, 52))),
            },
        )
        self.tonic = int(rng.integers(40, 52))
        self.scale = MINOR if rng.random() < 0.6 else MAJOR
        self.drummed = rng.random() < style.drums
        self.sung = rng.random() < style.sung
        self.push = 0.5 if rng.random() < style.push else 0.0
        # each instrument drags or hurries a little, all song long
        self.lag = {role: rng.normal(0, style.loose_ms / 2000) for role in ("drums", "bass", "comp", "lead", "voice")}

    def add(self, role: str, beat: float, length: float, *, pitch: int = 0, velocity: float = 0.8) -> None:
        part = role if role in self.lag else "drums"
        loose = self.style.loose_ms / 1000 * (4.0 if role == "voice" else 1.0)
        at = self.pace.at(max(beat, 0.0)) + self.lag[part] + self.rng.normal(0, loose / 2)
        if role == "voice":
            at += 0.02
        lasts = self.pace.at(beat + length) - self.pace.at(beat)
        loud = float(np.clip(velocity * self.rng.normal(1, 0.08), 0.05, 1))
        self.song.notes.append(Note(max(0.0, at), max(0.03, lasts), role, pitch, loud))

    def pitch(self, step: int) -> int:
        return self.tonic + 12 * (step // 7) + self.scale[step % 7]

    def bar(self, bars: _Bars, start: int, index: int, playing: set[str], *, last: bool) -> None:
        per_beat = 3 if self.style.triplets else 4
        root = bars.chords[index % 4]
        fill_from = (
            self.meter - float(self.rng.choice((1, 2, self.meter))) if last and self.rng.random() < 0.7 else 99.0
        )
        if "drums" in playing:
            self._drums(bars, start, per_beat, fill_from=fill_from, first=index == 0)
        if "bass" in playing:
            for at, loud in steps(bars.bass, self.order, per_beat):
                low = self.pitch(root) - 12 + int(self.rng.choice((0, 0, 0, 0, 12, 7)) if at else 0)
                self.add("bass", start + at, 0.9 / per_beat * 2, pitch=low, velocity=0.5 + 0.4 * loud)
        if "comp" in playing:
            self._comp(bars, start, root, per_beat, index)
        if "pad" in playing:
            for step in (0, 2, 4):
                self.add("pad", start, self.meter, pitch=self.pitch(root + step) + 12, velocity=0.6)
        if "tune" in playing:
            low = self.meter * (index % 2)
            role = "voice" if self.sung else "lead"
            for at, length, step in bars.hook:
                if low <= at < low + self.meter:
                    self.add(role, start + at - low, length * 0.95, pitch=self.pitch(root + step) + 24, velocity=0.8)

    def _drums(self, bars: _Bars, start: int, per_beat: int, *, fill_from: float, first: bool) -> None:
        rng = self.rng
        if first and rng.random() < 0.7:
            self.add("crash", start, 1, velocity=0.9)
        for role in ("kick", "snare", "cymbal", "percussion"):
            drum = bars.ride if role == "cymbal" else role
            for at, loud in steps(getattr(bars, role), self.order, per_beat):
                if at < fill_from and rng.random() > 0.03:
                    base = {"kick": 0.9, "snare": 0.9, "hat": 0.6}.get(drum, 0.6)
                    self.add(drum, start + at, 0.1, velocity=base * loud * (1.1 if at == int(at) else 0.9))
        if rng.random() < 0.25:
            self.add(
                str(rng.choice(("kick", "snare"))),
                start + rng.integers(self.meter * per_beat) / per_beat,
                0.1,
                velocity=0.4,
            )
        if fill_from < self.meter:
            for step in range(round((self.meter - fill_from) * per_beat)):
                if rng.random() < 0.75:
                    drum = str(rng.choice(("snare", "tom", "tom", "kick")))
                    self.add(drum, start + fill_from + step / per_beat, 0.1, pitch=45 + int(rng.integers(10)))

    def _comp(self, bars: _Bars, start: int, root: int, per_beat: int, index: int) -> None:
        kind, rng = self.style.comp_kind, self.rng
        hits = steps(bars.comp, self.order, per_beat)
        for number, (at, loud) in enumerate(hits):
            after = hits[number + 1][0] if number + 1 < len(hits) else self.meter
            chord = root
            if self.push and at >= self.meter - self.push:
                chord = bars.chords[(index + 1) % 4]
            early = self.push if self.push and at == 0 and index and rng.random() < 0.8 else 0.0
            length = min(after - at, {"stab": 0.4, "riff": 0.5, "arp": 1.0}.get(kind, 2.0))
            tones = {"riff": (0, 4), "arp": (int((0, 2, 4, 7)[number % 4]),)}.get(kind, (0, 2, 4, 7))
            for order, step in enumerate(tones):
                strum = 0.012 * order if kind == "strum" else 0.0
                up = 0 if kind == "riff" else 12
                self.add(
                    "comp",
                    start + at - early + strum,
                    length,
                    pitch=self.pitch(chord + step) + up,
                    velocity=0.45 + 0.4 * loud,
                )


LAYERS = {
    "intro": ("comp", "pad", "bass", "drums"),
    "verse": ("drums", "bass", "comp", "tune"),
    "chorus": ("drums", "bass", "comp", "tune", "pad"),
    "break": ("pad", "tune", "comp", "bass"),
    "solo": ("drums", "bass", "comp"),
}


def compose(rng: Random, name: str, *, seconds: float = 60.0) -> Song:
    """Compose a song of about so many seconds in a style."""
    style = STYLES[name]
    bpm = float(np.sqrt(style.bpm[0] * style.bpm[1]))
    wanted = max(8, int(seconds * bpm / 60 / max(style.meters)))
    writer = _Writer(rng, name, style, wanted)
    patterns = {label: _draw(rng, style, writer.meter) for label in LAYERS}
    if rng.random() < 0.5:
        patterns["chorus"].chords = patterns["verse"].chords
    if writer.pickup:
        for at in np.arange(0, writer.pickup, 0.5):
            writer.add("voice" if writer.sung else "lead", float(at), 0.45, pitch=writer.pitch(4) + 24)
    bar, label = 0, "intro"
    while bar < wanted:
        length = int(rng.choice((2, 4, 4, 8)))
        layers = {layer for layer in LAYERS[label] if rng.random() < (0.55 if label in ("intro", "break") else 0.92)}
        layers = layers or {"comp"}
        layers -= set() if writer.drummed else {"drums"}
        for index in range(min(length, wanted - bar)):
            start = writer.pickup + (bar + index) * writer.meter
            writer.bar(patterns[label], start, index, layers, last=index == length - 1)
        bar += length
        label = str(rng.choice(("verse", "chorus", "break", "solo"), p=(0.35, 0.35, 0.14, 0.16)))
    end = writer.pickup + wanted * writer.meter
    for role, step in (("bass", -7), ("comp", 0), ("comp", 4), ("pad", 2)):
        writer.add(role, end, 3, pitch=writer.pitch(step) + 12)
    if writer.drummed:
        writer.add("crash", end, 1)
        writer.add("kick", end, 1)
    return writer.song


def count_in(song: Song, rng: Random) -> None:
    """Let sticks count the last beats before the song where there is room for it."""
    step = song.beats[1] - song.beats[0]
    if song.beats[0] > 4 * step and rng.random() < 0.5:
        early = song.beats[0] - step * np.arange(4, 0, -1)
        song.notes += [Note(float(at), 0.05, "stick", 0, 0.8) for at in early]
