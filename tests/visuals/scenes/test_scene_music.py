"""What the music does in every scene, measured as `make bench` prints it: clear in the drop, less in a verse, at rest
in silence; and no number that is none, whatever a scene is given."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from bench import scenes
from bench.scenes import Followed
from scene_inputs import MUSIC, SILENCE, VIVID, levels

from songreel.visuals import catalog
from songreel.visuals.isf.host import Host, Moment
from songreel.visuals.shader import Shader

CLEAR = 0.5
"""Floor of the correlation between the driving band and what it changes; the median is far above it."""


@pytest.fixture(scope="module")
def followed(host: Host) -> Iterator[object]:
    return cache(lambda name: scenes.follow(host, catalog.find_scene(name)))


def test_follows_a_band_clearly(scene: Shader, followed) -> None:
    found: Followed = followed(scene.name)
    assert found.driver in scenes.BANDS
    assert found.correlation > CLEAR, found.driver


def test_a_drop_moves_and_shines_more_than_a_verse(scene: Shader, followed) -> None:
    found: Followed = followed(scene.name)
    assert found.motion["drop"] > 1.25 * found.motion["verse"]
    assert found.light["drop"] > 1.02 * found.light["verse"]


def test_silence_is_calm(scene: Shader, followed) -> None:
    found: Followed = followed(scene.name)
    assert found.motion["silence"] < 0.45 * found.motion["drop"]
    assert found.motion["silence"] < 0.015
    assert found.light["silence"] < found.light["drop"]


def broken(host: Host, shader: Shader, inputs, time: float, size: tuple[int, int]) -> float:
    """Return the share of the last pass's pixels that are no finite numbers."""
    last = len(shader.passes) - 1
    watching = f"""
void main() {{
    drawn();
    vec4 c = gl_FragColor;
    if (PASSINDEX == {last}) {{
        bool finite = all(lessThan(abs(c), vec4(1.0e6)));
        gl_FragColor = finite ? vec4(0.0, 0.0, 0.0, 1.0) : vec4(1.0);
    }}
}}
"""
    body = shader.body.replace("void main()", "void drawn()") + watching
    instance = host.instance(replace(shader, body=body, digest=f"{shader.digest}-watched"), *size)
    picture = host.read(instance.draw(Moment(time, 1 / 30, round(time * 30)), inputs))
    instance.close()
    return float((picture[..., 0] > 127).mean())


def test_draws_nothing_but_numbers(scene: Shader, host: Host) -> None:
    loud = {**MUSIC, **dict.fromkeys(levels(scene), 1.0), **VIVID}
    edges = ({**SILENCE, **VIVID, "travel": 0.0, "seed": 0.0}, loud | {"beat": 1.0, "bar": 1.0, "seed": 1000.0})
    for inputs, time, size in zip(edges, (0.0, 3600.0), ((65, 37), (36, 64)), strict=True):
        assert broken(host, scene, inputs, time, size) == 0


def test_what_is_no_number_would_be_seen(host: Host) -> None:
    scene = catalog.find_scene("aurora")
    faulty = "void main() { gl_FragColor = vec4(sqrt(gl_FragCoord.x - 20.0) / 1.0, log(0.0 * TIME), 0.0, 1.0); }"
    shader = replace(scene, body=faulty, passes=scene.passes[-1:], digest="faulty")
    assert broken(host, shader, {}, 1.0, (64, 36)) > 0.2


def test_the_music_is_heard_by_the_measure() -> None:
    rows = scenes.music()
    kick = np.array([row["kick"] for row in rows])
    assert kick.max() > 0.9
    assert not kick[-scenes.PARTS["silence"] :].any()
