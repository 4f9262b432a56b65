"""Compose a whole mixed song, and know exactly where its beats, bars and sections are."""

from __future__ import annotations

import wave
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from songreel.base import seed as seeds
from songreel.demo import instruments as play
from songreel.demo.instruments import RATE, Sound
from songreel.demo.score import FORM, Grid, Note, Part, notes
from songreel.media import loudness

TAIL_S = 2.4
LOUDNESS_LUFS = -14.0
CEILING = 10 ** (-1.2 / 20)


@dataclass(frozen=True, slots=True)
class Passage:
    """A section that was composed: its label, start and end in seconds."""

    label: str
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Composition:
    """A song and its truth: ``pcm`` is float32 (2, n); times are seconds."""

    pcm: NDArray[np.float32]
    rate: int
    beats: tuple[float, ...]
    downbeats: tuple[float, ...]
    sections: tuple[Passage, ...]


def compose(
    *,
    bpm: float = 116.0,
    meter: int = 4,
    form: tuple[Part, ...] = FORM,
    seed: int = 2,
    swing: float = 0.0,
    final_bpm: float | None = None,
) -> Composition:
    """Compose, play and mix a song.

    ``swing`` 0…1 runs from straight to triplets; ``final_bpm`` makes the tempo change evenly until the end.
    The same arguments always give the same samples.
    """
    total = meter * sum(part.bars for part in form)
    grid = Grid(bpm, bpm if final_bpm is None else final_bpm, total, swing)
    count = round((grid.seconds(total) + TAIL_S) * RATE)
    beats = tuple(grid.seconds(beat) for beat in range(total + 1))
    pcm = _mix(list(notes(form, meter, seed)), grid, count)
    return Composition(pcm, RATE, beats, beats[::meter], _passages(form, meter, grid, count / RATE))


def write_wav(composition: Composition, path: Path) -> None:
    """Write the song as a 16-bit WAV."""
    with wave.open(str(path), "wb") as out:
        out.setnchannels(2)
        out.setsampwidth(2)
        out.setframerate(composition.rate)
        out.writeframes(np.rint(composition.pcm.T * 32767).astype("<i2").tobytes())


def _passages(form: tuple[Part, ...], meter: int, grid: Grid, duration: float) -> tuple[Passage, ...]:
    ends = np.cumsum([part.bars * meter for part in form]).tolist()
    times = [0.0, *[grid.seconds(end) for end in ends[:-1]], duration]
    return tuple(Passage(part.label, *times[i : i + 2]) for i, part in enumerate(form))


def _sound(note: Note, length_s: float) -> Sound:
    match note.instrument:
        case "open":
            return play.hat(length_s=0.22)
        case "riser":
            return play.riser(length_s)
        case "tom":
            return play.tom(note.pitch)
        case "bass" | "lead" | "pluck":
            voice: Callable[[int, float], Sound] = getattr(play, note.instrument)
            return voice(note.pitch, length_s)
        case "pad":
            return play.pad(note.pitch, length_s, detune=0.14, bright=0.1)
        case "bright":
            return play.pad(note.pitch, length_s, detune=0.2, bright=0.7)
        case _:
            drum: Callable[[], Sound] = getattr(play, note.instrument)
            return drum()


# gain of each instrument in the mix, and how much of it goes into the room
_LEVELS = {
    "kick": (0.95, 0.02),
    "snare": (0.62, 0.2),
    "clap": (0.4, 0.3),
    "hat": (0.3, 0.05),
    "open": (0.26, 0.06),
    "crash": (0.42, 0.2),
    "tom": (0.65, 0.15),
    "riser": (0.4, 0.3),
    "bass": (0.5, 0.0),
    "pad": (0.17, 0.35),
    "bright": (0.14, 0.35),
    "pluck": (0.2, 0.5),
    "lead": (0.24, 0.35),
}
_DUCKED = ("bass", "pad", "bright", "pluck", "lead")


def _mix(score: list[Note], grid: Grid, count: int) -> NDArray[np.float32]:
    drums, music, room = (np.zeros((2, count)) for _ in range(3))
    kicks: list[int] = []
    for note in score:
        start = round(grid.seconds(note.beat) * RATE)
        length_s = round(grid.seconds(note.beat + note.length) - start / RATE, 3)
        level, send = _LEVELS[note.instrument]
        sound = _sound(note, length_s)[: count - start] * (level * note.gain)
        pan = np.array([[np.cos((note.pan + 1) * np.pi / 4)], [np.sin((note.pan + 1) * np.pi / 4)]])
        voiced = pan * sound
        (music if note.instrument in _DUCKED else drums)[:, start : start + sound.size] += voiced
        if send:
            room[:, start : start + sound.size] += voiced * send
        if note.instrument == "kick":
            kicks.append(start)
    return _master(drums + music * _duck(kicks, count) + _reverb(room))


def _duck(kicks: list[int], count: int) -> Sound:
    """Make room for each kick: the music dips by 4 dB and comes back within a fifth of a second."""
    dip = 1 - 0.37 * np.exp(-np.arange(int(0.35 * RATE)) / (0.08 * RATE))
    gain = np.ones(count)
    for start in kicks:
        part = gain[start : start + dip.size]
        np.minimum(part, dip[: part.size], out=part)
    return gain


def _reverb(room: Sound) -> Sound:
    rng = np.random.default_rng(seeds.number(0, "demo", "room"))
    t = np.arange(int(1.3 * RATE)) / RATE
    echo = rng.standard_normal((2, t.size)) * np.exp(-t * 4.6) * np.clip((t - 0.012) / 0.02, 0, 1)
    echo /= np.sqrt((echo**2).sum(axis=1, keepdims=True))
    size = 1 << (room.shape[1] + t.size - 1).bit_length()
    hz = np.fft.rfftfreq(size, 1 / RATE) + 1e-9
    tint = 1 / (1 + (220 / hz) ** 2) / (1 + (hz / 6500) ** 2)
    wet = np.fft.irfft(np.fft.rfft(room, size, axis=1) * np.fft.rfft(echo, size, axis=1) * tint, size, axis=1)
    return np.asarray(wet[:, : room.shape[1]]) * 1.1


def _master(mix: Sound) -> NDArray[np.float32]:
    """Bring the song to about -14 LUFS, where streaming services play it, through a soft ceiling."""
    meter = loudness.Meter(RATE, 2)
    meter.feed(mix.astype(np.float32))
    mix = mix * 10 ** ((LOUDNESS_LUFS - meter.lufs()) / 20)
    over = np.abs(mix) > 0.5
    mix[over] = np.sign(mix[over]) * (0.5 + (CEILING - 0.5) * np.tanh((np.abs(mix[over]) - 0.5) / (CEILING - 0.5)))
    fade = round(0.05 * RATE)
    mix[:, -fade:] *= np.linspace(1, 0, fade)
    return mix.astype(np.float32)
