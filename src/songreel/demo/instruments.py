"""Instruments made of arithmetic: each returns one sounding note, float64 of shape (n,), about −1…1.

Pitched notes read one cycle of a band-limited wave (a wavetable) at a moving phase; a second, duller table is
faded in over the note, which is what a closing filter would do at many times the cost.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from songreel.base import seed

RATE = 44_100
_TABLE = 2048

Sound = NDArray[np.float64]


def hertz(pitch: float) -> float:
    """Return the frequency of a MIDI pitch; 69 is A at 440 Hz."""
    return float(440.0 * 2.0 ** ((pitch - 69.0) / 12.0))


def _seconds(length_s: float) -> Sound:
    return np.arange(max(1, round(length_s * RATE))) / RATE


def _noise(name: str, count: int) -> Sound:
    return np.random.default_rng(seed.number(0, "noise", name)).standard_normal(count)


def _tint(sound: Sound, *, low_hz: float, high_hz: float) -> Sound:
    """Keep a band of a short sound, with soft edges of about an octave."""
    spectrum = np.fft.rfft(sound)
    hz = np.fft.rfftfreq(sound.size, 1 / RATE) + 1e-9
    return np.fft.irfft(spectrum / (1 + (low_hz / hz) ** 4) / (1 + (hz / high_hz) ** 4), sound.size)


@lru_cache(maxsize=256)
def kick() -> Sound:
    """Return a bass drum: a falling sine with a click."""
    t = _seconds(0.36)
    body = np.sin(2 * np.pi * np.cumsum(47 + 150 * np.exp(-t * 42)) / RATE) * np.exp(-t * 8.5)
    click = _tint(_noise("kick", t.size), low_hz=1500, high_hz=7000) * np.exp(-t * 350) * 0.5
    return np.tanh(1.6 * body + click) * np.minimum(1, (0.36 - t) / 0.04)


@lru_cache(maxsize=256)
def snare() -> Sound:
    """Return a snare drum: a short tone under bright noise."""
    t = _seconds(0.26)
    tone = (np.sin(2 * np.pi * 186 * t) + 0.5 * np.sin(2 * np.pi * 331 * t)) * np.exp(-t * 32)
    wires = _tint(_noise("snare", t.size), low_hz=900, high_hz=9000) * np.exp(-t * 17)
    return np.tanh(0.6 * tone + 0.9 * wires) * np.minimum(1, (0.26 - t) / 0.03)


@lru_cache(maxsize=256)
def clap() -> Sound:
    """Return a hand clap: three bursts and a tail."""
    t = _seconds(0.24)
    burst = sum(np.where(t >= at, np.exp(-(t - at) * rate), 0) for at, rate in ((0, 260), (0.011, 260), (0.022, 24)))
    return _tint(_noise("clap", t.size), low_hz=900, high_hz=4500) * burst * 0.9


@lru_cache(maxsize=256)
def hat(*, length_s: float = 0.05) -> Sound:
    """Return a hi-hat; 0.05 s is closed, 0.3 s is open."""
    t = _seconds(length_s * 1.6)
    return _tint(_noise("hat", t.size), low_hz=6500, high_hz=15000) * np.exp(-t * 3.2 / length_s) * 0.6


@lru_cache(maxsize=256)
def crash() -> Sound:
    """Return a crash cymbal that rings for two seconds."""
    t = _seconds(2.2)
    return _tint(_noise("crash", t.size), low_hz=3500, high_hz=13000) * np.exp(-t * 2.2) * 0.5


@lru_cache(maxsize=256)
def tom(pitch: float) -> Sound:
    """Return a tom-tom of a MIDI pitch."""
    t = _seconds(0.32)
    fall = hertz(pitch) * (1 + 0.6 * np.exp(-t * 26))
    skin = _tint(_noise("tom", t.size), low_hz=300, high_hz=3000) * np.exp(-t * 60) * 0.4
    return np.tanh(1.3 * np.sin(2 * np.pi * np.cumsum(fall) / RATE) * np.exp(-t * 10) + skin)


def riser(length_s: float) -> Sound:
    """Return noise that swells and opens over a length, and stops dead."""
    t = _seconds(length_s)
    swell = (t / length_s) ** 2
    raw = _noise("riser", t.size)
    dull, bright = _tint(raw, low_hz=300, high_hz=1200), _tint(raw, low_hz=2500, high_hz=11000)
    return (dull * (1 - swell) * 1.4 + bright * swell) * swell * 0.35


@lru_cache(maxsize=256)
def _table(slope: float, odd_only: bool, harmonics: int) -> Sound:  # noqa: FBT001 - a cache key
    weights = np.arange(1, harmonics + 1, dtype=np.float64) ** -slope
    if odd_only:
        weights[1::2] = 0
    spectrum = np.zeros(_TABLE // 2 + 1, dtype=np.complex128)
    spectrum[1 : harmonics + 1] = -0.5j * _TABLE * weights
    cycle: Sound = np.fft.irfft(spectrum, _TABLE)
    cycle /= np.abs(cycle).max()
    return cycle


def _wave(phase: Sound, *, slope: float, odd_only: bool = False, top: int) -> Sound:
    table = _table(slope, odd_only, max(1, top))
    return table[(phase * _TABLE).astype(np.int64) % _TABLE]


def _top(hz: float, limit_hz: float) -> int:
    return int(min(48, max(1, limit_hz // hz)))


@lru_cache(maxsize=256)
def bass(pitch: int, length_s: float) -> Sound:
    """Return a plucked synthetic bass note."""
    t, hz = _seconds(length_s), hertz(pitch)
    bright = _wave(hz * t, slope=1.0, top=_top(hz, 2400))
    dull = _wave(hz * t, slope=1.6, top=_top(hz, 500))
    pluck = np.exp(-t * 9)
    return (pluck * bright * 0.7 + (1 - 0.5 * pluck) * dull) * _gate(t, length_s, attack_s=0.004, release_s=0.03)


@lru_cache(maxsize=256)
def pad(pitch: int, length_s: float, *, detune: float, bright: float) -> Sound:
    """Return a held, warm note of two voices ``detune`` semitones apart; ``bright`` is 0…1."""
    t = _seconds(length_s)
    low, high = hertz(pitch - detune / 2), hertz(pitch + detune / 2)
    top = _top(high, 1200 + 7000 * bright)
    voices = _wave(low * t, slope=1.2, top=top) + _wave(high * t + 0.37, slope=1.2, top=top)
    return voices * 0.5 * _gate(t, length_s, attack_s=0.05 - 0.035 * bright, release_s=0.12)


@lru_cache(maxsize=256)
def pluck(pitch: int, length_s: float) -> Sound:
    """Return a short bell-like note for arpeggios."""
    t, hz = _seconds(length_s), hertz(pitch)
    tone = _wave(hz * t, slope=1.5, odd_only=True, top=_top(hz, 6000)) * np.exp(-t * 9)
    return (tone + 0.3 * np.sin(2 * np.pi * 4 * hz * t) * np.exp(-t * 30)) * _gate(
        t, length_s, attack_s=0.002, release_s=0.02
    )


@lru_cache(maxsize=256)
def lead(pitch: int, length_s: float) -> Sound:
    """Return a singing lead note whose vibrato comes late."""
    t, hz = _seconds(length_s), hertz(pitch)
    bend = 1 + 0.006 * np.sin(2 * np.pi * 5.4 * t) * np.clip((t - 0.2) / 0.3, 0, 1)
    phase = np.cumsum(hz * bend) / RATE
    tone = _wave(phase, slope=1.3, top=_top(hz, 5200)) + 0.5 * _wave(phase * 1.004, slope=1.3, top=_top(hz, 4200))
    return tone * 0.6 * (0.65 + 0.35 * np.exp(-t * 5)) * _gate(t, length_s, attack_s=0.012, release_s=0.07)


def _gate(t: Sound, length_s: float, *, attack_s: float, release_s: float) -> Sound:
    return np.clip(t / attack_s, 0, 1) * np.clip((length_s - t) / min(release_s, length_s / 2), 0, 1)
