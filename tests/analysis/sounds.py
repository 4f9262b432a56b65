"""Sounds for the tests of hearing, made of arithmetic: float32 (1, n) at the ear's rate."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from songreel.analysis import beats, frontend, network, pipeline
from songreel.analysis.frontend import Heard
from songreel.model.asset import Asset
from songreel.model.song_map import SongMap

RATE = frontend.RATE
Sound = NDArray[np.float32]


def blocks(sound: Sound, size: int = 1 << 16):
    return (sound[:, start : start + size] for start in range(0, sound.shape[1], size))


def asset(seconds: float, channels: int = 1) -> Asset:
    return Asset(
        id="0" * 32,
        kind="song",
        name="sound.wav",
        path="/sound.wav",
        duration=Fraction(round(seconds * RATE), RATE),
        sample_rate=RATE,
        channels=channels,
    )


def listen(sound: Sound) -> Heard:
    return frontend.listen(blocks(sound), channels=len(sound))


def heard(sound: Sound) -> SongMap:
    return pipeline.describe(listen(sound), asset(sound.shape[1] / RATE, len(sound)))


def pulse(sound: Sound) -> beats.Pulse:
    ear = listen(sound)
    return beats.find(ear, network.activations(ear.spectrum))


def clicks(bpm: float, *, minutes: float, accent_every: int = 0, first_s: float = 0.35):
    """Return a click track and the exact times of its clicks, which fall between samples too."""
    count = round(minutes * 60 * RATE)
    times = np.arange(first_s, minutes * 60 - 0.2, 60 / bpm)
    ring = np.arange(round(0.03 * RATE)) / RATE
    sound = np.zeros(count)
    for index, at in enumerate(times):
        start = int(np.ceil(at * RATE))
        hz = 1600 if accent_every and index % accent_every == 0 else 1000
        late = start / RATE - at
        sound[start : start + ring.size] += 0.7 * np.sin(2 * np.pi * hz * (ring + late)) * np.exp(-ring * 120)
    return sound[None].astype(np.float32), times


def noise(seconds: float, *, seed: int = 0) -> Sound:
    rng = np.random.default_rng(seed)
    return (0.2 * rng.standard_normal(round(seconds * RATE)))[None].astype(np.float32)


def rain(seconds: float, *, seed: int = 1) -> Sound:
    rng = np.random.default_rng(seed)
    sound = noise(seconds, seed=seed)[0] * 0.1
    drop = np.exp(-np.arange(400) / 60)
    for at in rng.integers(0, sound.size - 400, int(90 * seconds)):
        sound[at : at + 400] += rng.exponential(0.3) * rng.standard_normal(400) * drop
    return sound[None].astype(np.float32)


def babble(seconds: float, *, seed: int = 2) -> Sound:
    """Return voiced syllables of uneven length with pauses between phrases, as speech has."""
    rng = np.random.default_rng(seed)
    sound, at = np.zeros(round(seconds * RATE)), 0.3
    while at < seconds - 1:
        for _ in range(int(rng.integers(4, 14))):
            length = rng.gamma(9, 0.02)
            t = np.arange(round(length * RATE)) / RATE
            start = round(at * RATE)
            if start + t.size >= sound.size:
                break
            pitch = rng.uniform(95, 160)
            voice = sum(
                np.sin(2 * np.pi * pitch * n * t) * np.exp(-(((n * pitch - f) / 300) ** 2))
                for n in range(1, 25)
                for f in rng.uniform([300, 900, 2200], [800, 2000, 3200])
            )
            sound[start : start + t.size] += voice * np.hanning(t.size) ** 0.5
            at += length + rng.gamma(2, 0.012)
        at += rng.gamma(3, 0.15)
    return (0.3 * sound / np.abs(sound).max())[None].astype(np.float32)


def drone(seconds: float) -> Sound:
    t = np.arange(round(seconds * RATE)) / RATE
    chord = sum(np.sin(2 * np.pi * hz * t + hz) * (1 + np.sin(2 * np.pi * t / (hz / 9))) for hz in (110, 165, 220, 277))
    return (0.05 * chord)[None].astype(np.float32)
