"""Play a sheet: songs of many styles whose sections, events and drum hits are known, since they were made.

The mix has what a produced song has: parts that differ a little each time they come back, voices whose words are
other ones in every verse, wide choruses, a soft ceiling.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from bench.forms import Sheet
from songreel.base import seed as seeds
from songreel.demo import instruments as play
from songreel.demo.instruments import RATE, Sound
from songreel.demo.score import Grid, Note

METER = 4
TAIL_S = 2.0
LOUD = 0.16
KITS = 3
_MINOR, _MAJOR = (0, 2, 3, 5, 7, 8, 10), (0, 2, 4, 5, 7, 9, 11)
_CHORDS = {"p1": (0, 5, 3, 4), "p2": (3, 4, 0, 5), "p3": (1, 4, 1, 4), "p4": (5, 2, 3, 3)}
_VOWELS = ((730, 1090, 2440), (270, 2290, 3010), (300, 870, 2240), (530, 1840, 2480), (570, 840, 2410))
_BEATEN = ("kick", "snare", "clap", "hat", "open", "crash", "tom", "riser")
_DRUMS = {
    "kick": {"kick": (0, 1, 2, 3)},
    "clap": {"clap": (1, 3)},
    "hats": {"hat": (0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5)},
    "open": {"open": (0.5, 1.5, 2.5, 3.5), "hat": (0, 1, 2, 3)},
    "rock": {"kick": (0, 1.5, 2), "snare": (1, 3)},
    "back": {"kick": (0, 0.75, 2.5), "snare": (1, 3)},
    "half": {"kick": (0, 1.5, 2.75), "snare": (2,)},
    "trap": {"kick": (0, 0.75, 2.25), "clap": (2,)},
    "double": {"kick": tuple(i / 2 for i in range(8)), "snare": (1, 3)},
}
_GAINS = {
    "kick": 0.95, "snare": 0.6, "clap": 0.45, "hat": 0.22, "open": 0.22, "crash": 0.4, "tom": 0.6, "riser": 0.5,
    "bass": 0.5, "sub": 0.6, "wobble": 0.55, "pad": 0.16, "bright": 0.16, "stab": 0.2, "guitar": 0.3, "clean": 0.22,
    "piano": 0.26, "arp": 0.16, "lead": 0.26, "voice": 0.42,
}  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One section of a sheet."""

    label: str
    id: str
    bars: int
    layers: tuple[str, ...]
    start: int

    def tune(self) -> tuple[str, str] | None:
        """Return who carries the tune and which: a capital letter has the same words each time."""
        found = [layer.split(":") for layer in self.layers if ":" in layer]
        return (found[0][0], found[0][1]) if found else None

    def setting(self, letter: str, default: str) -> str:
        """Return a layer such as ``p2``, ``k1`` or ``f0.7`` without its letter."""
        found = [layer[1:] for layer in self.layers if layer[0] == letter and layer[1:2].isdigit()]
        return found[0] if found else default


@dataclass(frozen=True)
class Made:
    """A song and its truth: ``pcm`` float32 (2, n); times in seconds; ``sections`` are (label, id, start, end)."""

    pcm: NDArray[np.float32]
    beats: NDArray[np.float64]
    sections: list[tuple[str, str, float, float]]
    events: list[tuple[str, float]]
    hits: dict[str, NDArray[np.float64]] = field(default_factory=dict)


def rows(sheet: Sheet) -> list[Row]:
    """Read the rows of a sheet."""
    out: list[Row] = []
    for line in sheet.rows.strip().splitlines():
        label, name, bars, *layers = line.split()
        start = out[-1].start + out[-1].bars if out else 0
        out.append(Row(label, name, int(bars), tuple(layers), start))
    return out


def perform(sheet: Sheet) -> Made:
    """Play a song; the same sheet always gives the same samples."""
    parts = rows(sheet)
    bars = parts[-1].start + parts[-1].bars
    grid = Grid(sheet.bpm, sheet.bpm, bars * METER, sheet.swing)
    count = round((grid.seconds(bars * METER) + TAIL_S) * RATE)
    score = [note for i in range(len(parts)) for note in _section(sheet, parts, i)]
    score += [Note("kick", bars * METER, 0, 0, 0.9), Note("crash", bars * METER, 0, 0, 0.9)]
    pcm, hits = _mix(score, grid, count, sheet)
    times = [grid.seconds(part.start * METER) for part in parts] + [count / RATE]
    sections = [(part.label, part.id, times[i], times[i + 1]) for i, part in enumerate(parts)]
    beats = np.array([grid.seconds(beat) for beat in range(bars * METER + 1)])
    return Made(pcm, beats, sections, sorted(_events(parts, grid), key=lambda pair: pair[1]), hits)


def _events(parts: list[Row], grid: Grid) -> Iterator[tuple[str, float]]:
    yield "first-beat", 0.0
    yield "last-hit", grid.seconds((parts[-1].start + parts[-1].bars) * METER)
    for before, part in zip([None, *parts[:-1]], parts, strict=True):
        start, end = part.start * METER, (part.start + part.bars) * METER
        if part.label == "drop" or (part.label == "chorus" and before and _drumless(before)):
            yield "drop", grid.seconds(start)
        if "riser" in part.layers:
            yield "build-up", grid.seconds(start)
        if before and part.label != "outro" and _drumless(part) and not _drumless(before):
            yield "break", grid.seconds(start)
        if "stop" in part.layers:
            yield "stop", grid.seconds(end - 2)
        if "fill" in part.layers:
            yield "fill", grid.seconds(end - 2)
        if "hole" in part.layers:
            middle = start + part.bars // 2 * METER
            yield "break", grid.seconds(middle - METER)
            yield "drop", grid.seconds(middle)


def _drumless(part: Row) -> bool:
    return not set(part.layers) & {"kick", "rock", "back", "half", "trap", "double"}


def _section(sheet: Sheet, parts: list[Row], i: int) -> Iterator[Note]:
    part = parts[i]
    loud = float(part.setting("f", "1"))
    first, last = part.start * METER, (part.start + part.bars) * METER
    hole = first + part.bars // 2 * METER if "hole" in part.layers else -9
    until = last - 2 if "stop" in part.layers else last + METER
    for index in range(part.bars):
        bar = part.start + index
        rng = seeds.stream(sheet.seed, "forms", bar)
        for note in (*_drums(part, index, bar, rng), *_harmony(sheet, part, index, bar), *_bass(sheet, part, bar, rng)):
            low = note.instrument in ("kick", "snare", "clap", "bass", "sub", "wobble", "hat", "open")
            if note.beat < until and not (low and hole - METER <= note.beat < hole):
                yield _played(replace(note, length=min(note.length, until - note.beat)), loud, rng)
    for note in _tune(sheet, parts, i):
        if note.beat < until:
            yield _played(
                replace(note, length=min(note.length, until - note.beat)),
                loud,
                seeds.stream(sheet.seed, "tune", round(note.beat * 24)),
            )


def _played(note: Note, loud: float, rng: random.Random) -> Note:
    late = rng.gauss(0, 0.004)
    gain = note.gain * loud * rng.uniform(0.85, 1.0)
    return Note(note.instrument, max(0.0, note.beat + late), note.length, note.pitch, gain, note.pan)


def _drums(part: Row, index: int, bar: int, rng: random.Random) -> Iterator[Note]:
    start, fill = bar * METER, METER - 2 if "fill" in part.layers and index == part.bars - 1 else METER
    for name, at in ((name, at) for layer in part.layers for name, ats in _DRUMS.get(layer, {}).items() for at in ats):
        if at < fill or name in ("hat", "open"):
            accent = 1.0 if at % 1 == 0 else 0.8
            yield Note(name, start + at, 0, 0, accent, 0.3 if name in ("hat", "open") else 0.0)
    if set(part.layers) & {"rock", "back", "trap"} and rng.random() < 0.4 and fill == METER:
        yield Note("kick", start + rng.choice((2.5, 3.5, 3.25)), 0, 0, 0.8)
    if "crash" in part.layers and index == 0:
        yield Note("crash", start, 0, 0, 1.0, -0.2)
    for step in range(round((METER - fill) * 4)):
        yield Note("snare" if step < 4 else "tom", start + fill + step / 4, 0, 50 - 2 * step, 0.6 + step / 20)
    if "roll" in part.layers:
        steps = 4 if index < part.bars // 2 else 8 if index < part.bars * 3 // 4 else 16
        for step in range(steps):
            yield Note("snare", start + step * METER / steps, 0, 0, 0.3 + 0.6 * index / part.bars)
    if "riser" in part.layers and index == max(0, part.bars - 4):
        yield Note("riser", start, METER * min(4, part.bars), 0, 1.0)


def _pitch(sheet: Sheet, part: Row, step: int) -> int:
    scale = _MINOR if sheet.minor else _MAJOR
    return sheet.tonic + int(part.setting("k", "0")) + 12 * (step // 7) + scale[step % 7]


def _root(part: Row, bar: int) -> int:
    line = _CHORDS["p" + part.setting("p", "1")]
    return line[(bar - part.start) % len(line)]


def _harmony(sheet: Sheet, part: Row, index: int, bar: int) -> Iterator[Note]:
    root, start = _root(part, bar), bar * METER
    chord = [_pitch(sheet, part, root + step) for step in (0, 2, 4)]
    chord = [pitch - 12 if pitch > sheet.tonic + 14 else pitch for pitch in chord]
    pans = (-0.7, 0.7, 0.1)
    for layer in part.layers:
        if layer in ("pad", "bright"):
            yield from (Note(layer, start, METER, pitch + 12, 1.0, pan) for pitch, pan in zip(chord, pans, strict=True))
        elif layer in ("stabs", "guitar", "clean", "piano"):
            name = "stab" if layer == "stabs" else layer
            steps = {
                "stabs": (0, 0.75, 1.5, 2.5),
                "guitar": (0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5),
                "clean": (0, 1, 1.5, 2.5, 3, 3.5),
                "piano": (0, 1, 2, 3),
            }
            voices = [chord[0] - 12, chord[0] - 5] if layer == "guitar" else [pitch + 12 for pitch in chord]
            for at in steps[layer]:
                yield from (
                    Note(name, start + at, 0.9 if layer == "piano" else 0.45, pitch, 0.9, pan)
                    for pitch, pan in zip(voices, pans, strict=False)
                )
        elif layer == "arp":
            for step in range(16):
                yield Note("arp", start + step / 4, 0.3, chord[(step + index) % 3] + 24, 0.8, -0.5 if step % 2 else 0.5)


def _bass(sheet: Sheet, part: Row, bar: int, rng: random.Random) -> Iterator[Note]:
    root, start = _pitch(sheet, part, _root(part, bar)), bar * METER
    while root > 45:
        root -= 12
    for layer in part.layers:
        if layer == "bass8":
            yield from (Note("bass", start + at / 2, 0.45, root + (12 if at == 7 else 0), 0.9) for at in range(8))
        elif layer == "bassroot":
            for at, length in ((0, 1.4), (1.5, 0.4), (2, 0.9), (3, 0.9)):
                if at in (0, 2) or rng.random() < 0.7:
                    yield Note("bass", start + at, length, root + (7 if at == 3 else 0), 0.9)
        elif layer == "sub808":
            yield from (Note("sub", start + at, 1.4, root, 1.0) for at in (0, 0.75, 2.25))
        elif layer == "wobble":
            yield from (Note("wobble", start + at, 0.45 if at % 2 else 0.9, root, 1.0) for at in (0, 1, 1.5, 2, 3, 3.5))


def _tune(sheet: Sheet, parts: list[Row], i: int) -> Iterator[Note]:
    part = parts[i]
    found = part.tune()
    if not found:
        return
    who, name = found
    words = seeds.stream(sheet.seed, "words", name if name.isupper() else f"{name}{i}")
    motif = _motif(sheet.seed, name, busy=0.85 if who == "rap" else 0.6 if name.isupper() else 0.45)
    lift = 14 if name.isupper() else 10
    for index in range(0, part.bars, 2):
        for at, length, step in motif:
            if at < (part.bars - index) * METER - (0.6 if "pickup" in part.layers else 0):
                root = _root(part, part.start + index + int(at // METER))
                pitch = _pitch(
                    sheet, part, lift + (step if who != "rap" else step // 3) + (root if root < 4 else root - 7)
                )
                yield _sung(who, (part.start + index) * METER + at, length, pitch, words)
    if "pickup" in part.layers and i:
        pitch = _pitch(sheet, part, lift)
        yield from (_sung(who, part.start * METER - at, 0.5, pitch, words) for at in (1.0, 0.5))


def _sung(who: str, at: float, length: float, pitch: int, words: random.Random) -> Note:
    if who == "lead":
        return Note("lead", at, length * 0.9, pitch + 5, 1.0, 0.05)
    return Note(f"voice{words.randrange(5)}", at, length * 0.9, pitch, 1.0)


def _motif(number: int, name: str, *, busy: float) -> list[tuple[float, float, int]]:
    rng, at, step = seeds.stream(number, "motif", name), 0.0, 0
    notes: list[tuple[float, float, int]] = []
    while at < 2 * METER - 1:
        length = 0.5 if rng.random() < busy else rng.choice((1.0, 1.5))
        if rng.random() > 0.15:
            notes.append((at, length, step))
        step = max(-3, min(5, step + rng.choice((-2, -1, 0, 1, 2))))
        at += length
    return notes


def _sound(note: Note, length_s: float, kit: int) -> Sound:
    if note.instrument in _BEATEN:
        return _beaten(note, length_s, kit)
    match note.instrument:
        case "pad" | "bright":
            return play.pad(note.pitch, length_s, detune=0.16, bright=0.1 if note.instrument == "pad" else 0.7)
        case "stab" | "guitar":
            return play.pad(note.pitch, length_s, detune=0.1, bright=0.9)
        case "clean" | "piano" | "arp":
            return play.pluck(note.pitch, length_s)
        case "bass" | "lead":
            return play.bass(note.pitch, length_s) if note.instrument == "bass" else play.lead(note.pitch, length_s)
        case "sub" | "wobble":
            return _low(note.pitch, length_s, note.instrument)
        case _:
            return _voice(note.pitch, length_s, int(note.instrument[-1]))


def _beaten(note: Note, length_s: float, kit: int) -> Sound:
    match note.instrument:
        case "open":
            return play.hat(length_s=0.22)
        case "riser":
            return play.riser(length_s)
        case "tom":
            return play.tom(note.pitch)
        case "kick" | "snare":
            return _struck(note.instrument, kit)
        case _:
            return {"clap": play.clap, "hat": play.hat, "crash": play.crash}[note.instrument]()


@lru_cache(maxsize=16)
def _struck(drum: str, kit: int) -> Sound:
    """Return a kick or snare of one of three kits: an electronic one, an acoustic one, a long low one."""
    if kit == 0:
        return play.kick() if drum == "kick" else play.snare()
    t = np.arange(round(0.7 * RATE)) / RATE
    noise = np.random.default_rng(kit).standard_normal(t.size)
    edge = np.diff(noise, prepend=0.0) * 0.5
    if drum == "kick":
        low, sweep, fall, click = (64, 26, 15, 0.35) if kit == 1 else (48, 70, 4.5, 0.12)
        body = np.sin(2 * np.pi * (low * t - sweep / 45 * np.exp(-t * 45))) * np.exp(-t * fall)
        return np.tanh(1.5 * body + click * edge * np.exp(-t * 220)) * np.clip((0.7 - t) / 0.05, 0, 1)
    tone, wires = (205, 14) if kit == 1 else (240, 24)
    skin = (np.sin(2 * np.pi * tone * t) + 0.5 * np.sin(2 * np.pi * 1.61 * tone * t)) * np.exp(-t * 26)
    return np.tanh(0.7 * skin + (0.5 * edge + 0.25 * noise) * np.exp(-t * wires)) * np.clip((0.7 - t) / 0.05, 0, 1)


@lru_cache(maxsize=256)
def _low(pitch: int, length_s: float, kind: str) -> Sound:
    t = np.arange(max(1, round(length_s * RATE))) / RATE
    hz = play.hertz(pitch)
    edge = np.clip(t / 0.004, 0, 1) * np.clip((length_s - t) / 0.02, 0, 1)
    if kind == "sub":
        return np.tanh(1.5 * np.sin(2 * np.pi * (hz * t - 2 * np.exp(-t * 30)))) * np.exp(-t * 1.2) * edge
    growl = 0.5 + 0.5 * np.sin(2 * np.pi * 6 * t)
    return np.tanh(3 * np.sin(2 * np.pi * hz * t) + 2 * growl * np.sin(2 * np.pi * 5 * hz * t)) * 0.7 * edge


@lru_cache(maxsize=512)
def _voice(pitch: int, length_s: float, vowel: int) -> Sound:
    """Return a sung syllable: a buzz through the formants of a vowel, after a breath of noise."""
    t, hz = np.arange(max(1, round(length_s * RATE))) / RATE, play.hertz(pitch)
    harmonics = np.arange(1, max(2, int(5000 // hz)))
    shape = sum(np.exp(-(((harmonics * hz - formant) / 160) ** 2)) for formant in _VOWELS[vowel])
    spectrum = np.zeros(1025, dtype=np.complex128)
    spectrum[harmonics] = -1j * (shape + 0.08) / harmonics**0.5
    cycle = np.fft.irfft(spectrum, 2048)
    bend = 1 + 0.008 * np.sin(2 * np.pi * 5.6 * t) * np.clip((t - 0.15) / 0.3, 0, 1)
    tone = cycle[(np.cumsum(hz * bend) / RATE * 2048).astype(np.int64) % 2048] / np.abs(cycle).max()
    breath = np.random.default_rng(vowel).standard_normal(t.size) * np.exp(-t * 60) * 0.25
    return (tone + breath) * np.clip(t / 0.02, 0, 1) * np.clip((length_s - t) / 0.04, 0, 1)


def _mix(
    score: list[Note], grid: Grid, count: int, sheet: Sheet
) -> tuple[NDArray[np.float32], dict[str, NDArray[np.float64]]]:
    buses = {name: np.zeros((2, count)) for name in ("drums", "music", "guitar")}
    hits: dict[str, list[float]] = {"kick": [], "snare": [], "hat": []}
    for note in score:
        start = round(grid.seconds(note.beat) * RATE)
        length_s = round(grid.seconds(note.beat + note.length) - start / RATE, 2)
        gain = _GAINS["voice" if note.instrument.startswith("voice") else note.instrument] * note.gain
        sound = _sound(note, length_s, sheet.seed % KITS)[: max(0, count - start)] * gain
        pan = np.array([[np.cos((note.pan + 1) * np.pi / 4)], [np.sin((note.pan + 1) * np.pi / 4)]])
        bus = "drums" if note.instrument in _BEATEN else "guitar" if note.instrument == "guitar" else "music"
        buses[bus][:, start : start + sound.size] += pan * sound
        kind = {"clap": "snare", "open": "hat"}.get(note.instrument, note.instrument)
        if kind in hits:
            hits[kind].append(start / RATE)
    music = _roomy(buses["music"] + 0.35 * np.tanh(7 * buses["guitar"]), sheet.seed)
    mix = buses["drums"] + music
    mix *= LOUD / (np.sqrt(np.mean(np.square(mix))) + 1e-9)
    pcm = (np.tanh(1.4 * mix) / np.tanh(1.4) * 0.97).astype(np.float32)
    return pcm, {name: np.unique(times) for name, times in hits.items()}


def _roomy(sound: Sound, number: int) -> Sound:
    rng = np.random.default_rng(number)
    t = np.arange(int(0.9 * RATE)) / RATE
    echo = rng.standard_normal((2, t.size)) * np.exp(-t * 6) * np.clip(t / 0.02, 0, 1)
    echo /= np.sqrt((echo**2).sum(axis=1, keepdims=True))
    size = 1 << (sound.shape[1] + t.size - 1).bit_length()
    wet = np.fft.irfft(np.fft.rfft(sound, size, axis=1) * np.fft.rfft(echo, size, axis=1), size, axis=1)
    return sound + 0.25 * wet[:, : sound.shape[1]]
