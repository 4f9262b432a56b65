"""Sounds without a beat, in which none may be claimed: noises, speech, and music that keeps no time."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from songreel.demo import instruments as play
from songreel.demo.instruments import RATE

Array = NDArray[np.float64]
Random = np.random.Generator
SECONDS = 40.0
COUNT = round(SECONDS * RATE)


def sounds() -> Iterator[tuple[str, NDArray[np.float32]]]:
    """Yield the name and the sound, shape (1, n) at RATE, of each kind; the same each time."""
    for name in KINDS:
        yield name, sound(name)


def sound(name: str) -> NDArray[np.float32]:
    """Return one kind of sound, shape (1, n)."""
    made = KINDS[name](np.random.default_rng([31, list(KINDS).index(name)]))
    loudest = float(np.abs(made).max())
    return np.asarray((0.6 * made / loudest if loudest else made)[None], dtype=np.float32)


def _silence(_rng: Random) -> Array:
    return np.zeros(COUNT)


def _hiss(rng: Random) -> Array:
    return rng.standard_normal(COUNT)


def _wind(rng: Random) -> Array:
    spectrum = np.fft.rfft(rng.standard_normal(COUNT)) / np.sqrt(np.arange(1, COUNT // 2 + 2))
    gusts = np.interp(np.arange(COUNT), np.arange(0, COUNT + RATE, RATE), rng.uniform(0.1, 1, int(SECONDS) + 1))
    return np.fft.irfft(spectrum, COUNT) * gusts


def _rain(rng: Random) -> Array:
    sound, drop = 0.05 * rng.standard_normal(COUNT), np.exp(-np.arange(400) / 60)
    for at in rng.integers(0, COUNT - 400, int(90 * SECONDS)):
        sound[at : at + 400] += rng.exponential(0.3) * rng.standard_normal(400) * drop
    return sound


def _crackle(rng: Random) -> Array:
    sound, crack = 0.001 * rng.standard_normal(COUNT), np.exp(-np.arange(3000) / 500)
    for at in rng.integers(0, COUNT - 3000, int(4 * SECONDS)):
        sound[at : at + 3000] += rng.exponential(0.5) * rng.standard_normal(3000) * crack
    return sound


def _speech(rng: Random) -> Array:
    """Speak voiced syllables of uneven length, with a hiss before some of them and pauses between phrases."""
    sound, at = np.zeros(COUNT), 0.3
    while at < SECONDS - 4:
        for _ in range(int(rng.integers(4, 14))):
            length = float(rng.gamma(9, 0.02))
            t = np.arange(round(length * RATE)) / RATE
            pitch, formants = rng.uniform(95, 160), rng.uniform([300, 900, 2200], [800, 2000, 3200])
            voice = sum(
                np.sin(2 * np.pi * pitch * n * t) * np.exp(-(((n * pitch - formants) / 300) ** 2)).sum()
                for n in range(1, 25)
            )
            if rng.random() < 0.4:
                voice[: t.size // 4] = 0.5 * rng.standard_normal(t.size // 4)
            start = round(at * RATE)
            part = (voice * np.hanning(t.size) ** 0.5)[: max(0, COUNT - start)]
            sound[start : start + part.size] += part
            at += length + float(rng.gamma(2, 0.012))
        at += float(rng.gamma(3, 0.15))
    return sound


def _drone(_rng: Random) -> Array:
    t = np.arange(COUNT) / RATE
    voices = [np.sin(2 * np.pi * hz * t + hz) * (1 + np.sin(2 * np.pi * t / (hz / 9))) for hz in (110, 165, 220, 277)]
    return np.asarray(sum(voices))


def _notes(rng: Random, gap_s: Callable[[], float], note: Callable[[int, float], Array]) -> Array:
    sound, at = np.zeros(COUNT), 0.5
    while at < SECONDS - 3:
        played = note(int(rng.integers(48, 76)), float(rng.uniform(0.6, 2.4)))
        start = round(at * RATE)
        part = played[: COUNT - start]
        sound[start : start + part.size] += float(rng.uniform(0.3, 1)) * part
        at += gap_s()
    return sound


def _free_piano(rng: Random) -> Array:
    return _notes(rng, lambda: float(rng.uniform(0.12, 1.3)), lambda pitch, length: play.lead(pitch, round(length, 1)))


def _bells(rng: Random) -> Array:
    return _notes(rng, lambda: float(rng.gamma(2, 0.9)), lambda pitch, length: play.lead(pitch + 12, round(length, 1)))


def _slow_pads(rng: Random) -> Array:
    def pad(pitch: int, length: float) -> Array:
        return play.pad(pitch, round(4 * length, 1), detune=0.15, bright=0.3)

    return _notes(rng, lambda: float(rng.uniform(1.5, 5)), pad)


KINDS: dict[str, Callable[[Random], Array]] = {
    "silence": _silence,
    "hiss": _hiss,
    "wind": _wind,
    "rain": _rain,
    "crackle": _crackle,
    "speech": _speech,
    "drone": _drone,
    "free piano": _free_piano,
    "bells at any time": _bells,
    "slow pads": _slow_pads,
}
