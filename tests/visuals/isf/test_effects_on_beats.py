"""Effects move with what drives them: measured on the pictures, over two bars of drums."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from songreel.visuals import catalog
from songreel.visuals.isf.host import Host, Moment
from songreel.visuals.shader import Shader

EFFECTS = list(catalog.effects().values())
HITS = ("pulse", "downbeat", "strobe", "kick", "snare")
STEADY = {"amount": 0.8, "level": 0.4, "energy": 0.5, "seed": 7.0, "travel": 12.0, "bass": 0.3, "treble": 0.3}
FPS, BEAT = 24, 12
SIZE = (96, 54)


def scenery() -> NDArray[np.uint8]:
    """Large shapes with edges in all directions."""
    y, x = np.mgrid[0 : SIZE[1], 0 : SIZE[0]]
    waves = [np.sin(x / 7.0 + at) * np.cos(y / 5.0 - at) + 0.4 * (np.hypot(x - 30, y - 20) < 15) for at in (0, 1, 2)]
    return np.clip(120 + 70 * np.stack(waves, axis=-1), 0, 255).astype(np.uint8)


def drums(frame: int) -> dict[str, float]:
    beat, bar = frame % BEAT / BEAT, frame % (4 * BEAT) / (4 * BEAT)
    pulse = (1 - beat) ** 2.5
    hits = {"pulse": pulse, "kick": pulse, "downbeat": (1 - bar) ** 2.5, "strobe": float(np.exp(-beat * 8))}
    return hits | {
        "snare": pulse if frame // BEAT % 2 else 0.0,
        "beat": beat,
        "bar": bar,
        "beatCount": 8.0 + frame // BEAT,
    }


def ranks(values: list[float]) -> NDArray[np.float64]:
    """Return each value's place in their order; equal ones share it."""
    order = np.round(np.asarray(values), 4)
    return np.array([(order < each).sum() + (order == each).sum() / 2 for each in order])


def moved(host: Host, shader: Shader, frames: range) -> tuple[list[float], list[float]]:
    """Return, by frame, how strong an effect's hits are, and how far they take the picture from where it would be."""
    instance, picture = host.instance(shader, *SIZE), {"inputImage": scenery()}
    own = [name for name in HITS if shader.takes(name)]
    strength, distance = [], []
    for frame in frames:
        moment, now = Moment(3.0, 1 / FPS, 72), STEADY | drums(frame)
        hit = host.read(instance.draw(moment, now, picture)).astype(float)
        rest = host.read(instance.draw(moment, now | dict.fromkeys(own, 0.0), picture)).astype(float)
        strength.append(sum(now[name] for name in own))
        distance.append(float(np.abs(hit - rest).mean()))
    instance.close()
    return strength, distance


@pytest.mark.parametrize("shader", EFFECTS, ids=lambda shader: shader.name)
def test_hits_are_seen_in_proportion(host: Host, shader: Shader) -> None:
    if not any(shader.takes(name) for name in HITS):
        pytest.skip("driven by levels alone")
    strength, distance = moved(host, shader, range(0, 8 * BEAT, 2))
    assert np.corrcoef(ranks(strength), ranks(distance))[0, 1] > 0.75
    assert max(distance) > 0.2


@pytest.mark.parametrize("shader", EFFECTS, ids=lambda shader: shader.name)
def test_in_silence_nothing_hits(host: Host, shader: Shader) -> None:
    """Without a sound a frame and the next are alike but for grain, tape and hands, which never rest."""
    if shader.name in ("grain", "vhs", "glitch"):
        pytest.skip("alive by itself")
    instance, picture = host.instance(shader, *SIZE), {"inputImage": scenery()}
    quiet = {"amount": 0.8, "seed": 7.0, "travel": 12.0}
    frames = [
        host.read(instance.draw(Moment(at, 1 / 30, 90), quiet, picture)).astype(float) for at in (3.0, 3 + 1 / 30)
    ]
    instance.close()
    assert np.abs(frames[1] - frames[0]).mean() < 2.5
