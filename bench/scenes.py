"""How scenes follow the music: each is drawn to a made-up verse, drop and silence, and its picture's change measured.

The change that the music makes is the mean difference to the same scene at the same moments with its levels at rest.
A scene's driver is the band with which that change goes together best, each part of the song for itself, so that a
drop that is merely brighter than its verse counts for nothing.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from songreel.visuals import catalog
from songreel.visuals.isf.host import Host, Instance, Moment
from songreel.visuals.shader import Shader, Value
from songreel.visuals.signals import PALETTE

FPS, BEAT_S = 12, 0.5
PARTS = {"verse": 30, "drop": 30, "silence": 8}
"""Frames of each part."""
BANDS = ("kick", "snare", "hat", "pulse", "sub", "bass", "lowmid", "mid", "treble", "level")
LEVELS = (*BANDS, "downbeat", "brightness", "stereo", "harmony", "energy", "build", "drop")
COLORS = ("#0b0620", "#34136b", "#ff2e88", "#22d3ee", "#ffe9f7")
SMALL = (64, 36)
FULL = (1920, 1080)
_ROUNDS, _DRAWS = 4, 5
_FIRST_BEAT = 32 + 1
_SEED = 12.0

Signals = Mapping[str, Value]
Pictures = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Followed:
    """What a scene does: who drives it and how clearly (−1…1); light and motion a frame in each part, 0…1."""

    driver: str
    correlation: float
    light: Mapping[str, float]
    motion: Mapping[str, float]


def music() -> list[dict[str, Value]]:
    """Return the signals of all frames: a sparse verse, a full drop, then nothing."""
    rng = np.random.default_rng(7)
    slow = {name: _wandering(rng, sum(PARTS.values())) for name in ("lowmid", "mid", "treble", "bass")}
    rows: list[dict[str, Value]] = []
    travel, frame = 23.5, 0
    for part, count in PARTS.items():
        for _ in range(count):
            rows.append(_levels(part, frame, slow) | {"travel": travel, "seed": _SEED} | _colors())
            travel += (0.45 + 1.1 * {"verse": 0.35, "drop": 0.9, "silence": 0.0}[part]) / FPS
            frame += 1
    return rows


def follow(host: Host, shader: Shader, *, size: tuple[int, int] = SMALL) -> Followed:
    """Return how a scene follows the music."""
    rows = music()
    still = [row | dict.fromkeys(LEVELS, 0.0) for row in rows]
    driven, rest = (_drawn(host, shader, each, size) for each in (rows, still))
    made = np.abs(driven - rest).mean(axis=(1, 2, 3))
    sounding = PARTS["verse"] + PARTS["drop"]
    driver, correlation = _driver(shader, rows[:sounding], made[:sounding])
    bounds = np.cumsum([0, *PARTS.values()])
    light = {part: float(driven[a:b].mean()) for part, a, b in zip(PARTS, bounds, bounds[1:], strict=False)}
    step = np.abs(np.diff(driven, axis=0)).mean(axis=(1, 2, 3))
    # The first step of a part is from the part before; silence comes to rest within two frames.
    motion = {part: float(step[a + 1 : b - 1].mean()) for part, a, b in zip(PARTS, bounds, bounds[1:], strict=False)}
    return Followed(driver, round(correlation, 3), light, motion)


def costs_ms(host: Host, shaders: Mapping[str, Shader]) -> dict[str, float]:
    """Return the CPU time of a frame of full HD video of each scene at its own scale, read back.

    It is the best of some draws in rounds that are seconds apart: a neighbor on the processor slows a few draws in a
    row, seldom all rounds.
    """
    row = music()[PARTS["verse"] + 1]
    instances = {name: _full(host, shader) for name, shader in shaders.items()}
    taken = dict.fromkeys(shaders, float("inf"))
    for turn in range(_ROUNDS):
        for name, instance in instances.items():
            for frame in range(turn * _DRAWS, (turn + 1) * _DRAWS):
                began = time.process_time()
                host.read(instance.draw(Moment(100 + frame / 30, 1 / 30, frame), row))
                taken[name] = min(taken[name], 1000 * (time.process_time() - began))
    for instance in instances.values():
        instance.close()
    return taken


def _full(host: Host, shader: Shader) -> Instance:
    share = shader.hints.resolution or 1.0
    return host.instance(shader, round(FULL[0] * share), round(FULL[1] * share), fixed=_colors())


def _drawn(host: Host, shader: Shader, rows: Sequence[Signals], size: tuple[int, int]) -> Pictures:
    instance: Instance = host.instance(shader, *size)
    drawn = []
    for frame, row in enumerate(rows):
        picture = host.read(instance.draw(Moment(31 + frame / FPS, 1 / FPS, frame), row))
        drawn.append(picture[..., :3].astype(np.float32) / 255)
    instance.close()
    return np.stack(drawn)


def _driver(shader: Shader, rows: Sequence[Signals], made: NDArray[np.float32]) -> tuple[str, float]:
    parts = np.repeat([0, 1], [PARTS["verse"], PARTS["drop"]])
    change = _within(made, parts)
    found = {}
    for name in BANDS:
        if shader.takes(name):
            level = _within(np.array([row[name] for row in rows], np.float32), parts)
            spread = float(level.std() * change.std())
            found[name] = float((level * change).mean() / spread) if spread else 0.0
    driver = max(found, key=lambda name: found[name], default="")
    return driver, found.get(driver, 0.0)


def _within(values: NDArray[np.float32], parts: NDArray[np.int64]) -> NDArray[np.float32]:
    """Return values without the mean of the part that they are in."""
    means = np.array([values[parts == part].mean() for part in range(2)], np.float32)
    return np.asarray(values - means[parts], np.float32)


def _levels(part: str, frame: int, slow: Mapping[str, NDArray[np.float64]]) -> dict[str, Value]:
    """Return the levels of a frame: kick on the beat, snare on two and four, hats between, bands that wander."""
    at = frame / FPS / BEAT_S
    beat, count = at % 1, int(at) + _FIRST_BEAT
    gain = {"verse": 0.35, "drop": 1.0, "silence": 0.0}[part]
    hit = float(np.exp(-4 * beat))
    values: dict[str, Value] = {
        "beat": beat,
        "bar": ((at + _FIRST_BEAT) % 4) / 4,
        "beatCount": float(count),
        "song": 0.4,
        "section": 0.5,
    }
    values |= {name: gain * float(curve[frame]) for name, curve in slow.items()}
    values |= {
        "kick": gain * hit * (count % 2 == 0 or part == "drop"),
        "snare": gain * hit * (count % 2),
        "hat": gain * float(np.exp(-4 * ((at + 0.5) % 1))),
        "pulse": gain * hit,
        "downbeat": gain * hit * (count % 4 == 0),
        "sub": gain * (0.2 + 0.7 * hit),
        "level": gain * (0.7 + 0.3 * hit),
        "energy": gain,
        "drop": 0.8 * (part == "drop"),
        "brightness": 0.5 * gain,
        "stereo": 0.5 * gain,
        "harmony": 0.0,
        "build": 0.0,
    }
    return values


def _wandering(rng: np.random.Generator, count: int) -> NDArray[np.float64]:
    """Return a level that eases from one height to another three times a second."""
    heights = rng.uniform(0.2, 1.0, count // 4 + 2)
    return np.asarray(np.interp(np.arange(count) / 4, np.arange(len(heights)), heights))


def _colors() -> dict[str, Value]:
    return {
        name: (*(int(text[at : at + 2], 16) / 255 for at in (1, 3, 5)), 1.0)
        for name, text in zip(PALETTE, COLORS, strict=True)
    }


def main() -> None:
    """Print one line a scene: name, ms a frame, driver, correlation, motion in verse, drop and silence."""
    with Host() as host:
        costs = costs_ms(host, catalog.scenes())
        for name, shader in catalog.scenes().items():
            found = follow(host, shader)
            motion = " ".join(f"{found.motion[part]:.4f}" for part in PARTS)
            print(name, f"{costs[name]:.1f}", found.driver, f"{found.correlation:.2f}", motion, flush=True)


if __name__ == "__main__":
    main()
