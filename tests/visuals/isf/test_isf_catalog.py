"""One contract for everything that is packaged; a new file is held to it by being there."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from songreel.base.errors import BadRequest
from songreel.visuals import catalog, signals
from songreel.visuals.isf import source
from songreel.visuals.isf.host import Host, Moment
from songreel.visuals.shader import Shader

EFFECTS = list(catalog.effects().values())
TRANSITIONS = list(catalog.transitions().values())
SCENES = list(catalog.scenes().values())
SIZES = [(16, 16), (33, 17), (60, 107)]
LOUD = dict.fromkeys(signals.SIGNALS, 1.0) | {"beat": 0.0, "bar": 0.0, "seed": 7.0}
MOMENT = Moment(2.4, 1 / 30, 72)
OWN_INPUTS = {"inputImage", "startImage", "endImage", "progress", "amount"}

by_name = pytest.mark.parametrize
named = {"ids": lambda shader: f"{shader.kind}-{shader.name}"}


def scenery(width: int, height: int, seed: int) -> NDArray[np.uint8]:
    """Something with both detail and large shapes, which no shift or blur leaves as it was."""
    rough = np.random.default_rng(seed).integers(0, 256, (height, width, 3)).astype(np.float32)
    slope = np.linspace(0, 255, width, dtype=np.float32)[None, :, None] * np.ones((height, 1, 3), np.float32)
    return (0.4 * rough + 0.6 * (slope if seed else slope[:, ::-1])).astype(np.uint8)


def psnr(one: NDArray[np.uint8], other: NDArray[np.uint8]) -> float:
    error = float(np.mean((one.astype(np.float64) - other.astype(np.float64)) ** 2))
    return 99.0 if error == 0 else 10 * np.log10(255**2 / error)


def drawn(
    host: Host, shader: Shader, size: tuple[int, int], inputs: dict[str, float], moment: Moment = MOMENT
) -> NDArray[np.uint8]:
    instance = host.instance(shader, *size)
    pictures = {
        entry.name: scenery(*size, seed=int(entry.name == "endImage"))
        for entry in shader.inputs
        if entry.type == "image"
    }
    picture = host.read(instance.draw(moment, inputs, pictures))
    instance.close()
    return picture[..., :3]


@by_name("size", SIZES)
@by_name("shader", EFFECTS, **named)
def test_an_effect_of_amount_0_changes_nothing(host: Host, shader: Shader, size: tuple[int, int]) -> None:
    assert psnr(drawn(host, shader, size, LOUD | {"amount": 0.0}), scenery(*size, seed=0)) > 50


@by_name("shader", EFFECTS, **named)
def test_an_effect_grows_with_its_amount_and_keeps_the_picture(host: Host, shader: Shader) -> None:
    size = (96, 54)
    before = scenery(*size, seed=0)
    slight, strong = (psnr(drawn(host, shader, size, LOUD | {"amount": amount}), before) for amount in (0.1, 1.0))
    assert slight > strong
    assert strong < 40
    result = drawn(host, shader, size, LOUD | {"amount": 1.0})
    assert abs(float(result.mean()) - float(before.mean())) < 64


@by_name("shader", EFFECTS, **named)
def test_an_effect_takes_part_in_the_music(host: Host, shader: Shader) -> None:
    quiet = dict.fromkeys(LOUD, 0.0) | {"amount": 0.8, "seed": 7.0}
    assert (drawn(host, shader, (96, 54), quiet) != drawn(host, shader, (96, 54), LOUD | {"amount": 0.8})).any()


@by_name("size", SIZES)
@by_name("shader", TRANSITIONS, **named)
def test_a_transition_goes_from_one_picture_to_the_other(host: Host, shader: Shader, size: tuple[int, int]) -> None:
    start, end = scenery(*size, seed=0), scenery(*size, seed=1)
    assert psnr(drawn(host, shader, size, {"progress": 0.0}), start) > 45
    assert psnr(drawn(host, shader, size, {"progress": 1.0}), end) > 45
    middle = drawn(host, shader, size, {"progress": 0.5})
    assert psnr(middle, start) < 40
    assert psnr(middle, end) < 40 or shader.name == "whip"


@by_name("shader", TRANSITIONS, **named)
def test_a_transition_begins_and_ends_gently(host: Host, shader: Shader) -> None:
    size = (96, 54)
    assert psnr(drawn(host, shader, size, {"progress": 0.01}), scenery(*size, seed=0)) > 18
    assert psnr(drawn(host, shader, size, {"progress": 0.99}), scenery(*size, seed=1)) > 18


@by_name("shader", [*EFFECTS, *TRANSITIONS], **named)
def test_it_draws_a_tall_full_size_frame(host: Host, shader: Shader) -> None:
    picture = drawn(host, shader, (1080, 1920), LOUD | {"amount": 0.5, "progress": 0.3})
    assert picture.shape == (1920, 1080, 3)
    assert picture.std() > 5


def test_a_flash_is_a_small_step(host: Host) -> None:
    """Well under the 10% of relative luminance that WCAG 2.3.1 calls a flash, wherever the picture is dark."""
    dark = np.full((16, 16, 3), 60, np.uint8)
    instance = host.instance(catalog.effects()["flash"], 16, 16)
    lit = host.read(instance.draw(MOMENT, {"amount": 1.0, "downbeat": 1.0}, {"inputImage": dark}))
    before, after = (((level / 255 + 0.055) / 1.055) ** 2.4 for level in (60.0, float(lit[..., 1].mean())))
    assert 0.02 < after - before < 0.10


@by_name("shader", [*EFFECTS, *TRANSITIONS, *SCENES], **named)
def test_it_keeps_the_rules_of_the_house(shader: Shader) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", shader.name)
    assert shader.description
    assert shader.hints.words.get("en")
    assert shader.hints.words.get("zh")
    assert not re.search(r"fract\s*\(\s*sin", shader.body)
    known = set(signals.SIGNALS) | set(signals.PALETTE) | OWN_INPUTS
    assert shader.kind == "generator" or {entry.name for entry in shader.inputs} <= known
    assert shader.kind != "filter" or shader.takes("amount")


@by_name("shader", [*EFFECTS, *TRANSITIONS, *SCENES], **named)
def test_it_is_valid_in_a_browser_too(host: Host, shader: Shader) -> None:
    """Compile as GLSL ES 3.00, which desktop drivers accept where they have ARB_ES3_compatibility."""
    precision = "precision highp float;\nprecision highp int;\nprecision highp sampler2D;\n"
    for index in range(len(shader.passes)):
        vertex, fragment = (
            text.replace("#version 330\n", f"#version 300 es\n{precision}", 1)
            for text in (source.vertex(shader, index=index), source.fragment(shader, index=index))
        )
        host.compile(vertex, fragment)


@by_name("size", SIZES)
@by_name("shader", SCENES, **named)
def test_a_scene_draws_at_any_size(host: Host, shader: Shader, size: tuple[int, int]) -> None:
    assert drawn(host, shader, size, LOUD | {"beat": 0.3}).std() > 1


def test_another_process_draws_the_same_bytes(host: Host) -> None:
    here = Path(__file__).parent
    env = {**os.environ, "LP_NUM_THREADS": "0"}
    other = subprocess.run(
        [sys.executable, "-c", "import test_isf_catalog as here; print(here.digest_of_all())"],
        cwd=here,
        env=env,
        capture_output=True,
        text=True,
        check=True,
    )
    assert other.stdout.strip() == digest_of(host)


def digest_of(host: Host) -> str:
    sha = hashlib.sha256()
    for shader in [*EFFECTS, *TRANSITIONS, *SCENES]:
        sha.update(drawn(host, shader, (64, 36), LOUD | {"amount": 0.7, "progress": 0.4}).tobytes())
    return sha.hexdigest()


def digest_of_all() -> str:
    with Host() as host:
        return digest_of(host)


def test_names_are_found_exactly_or_the_nearest_are_named() -> None:
    assert list(catalog.effects()) == sorted(catalog.effects())
    assert catalog.find_effect("vhs") is catalog.effects()["vhs"]
    assert catalog.find_transition("whip").kind == "transition"
    with pytest.raises(BadRequest, match="dissolve"):
        catalog.find_transition("disolve")
    with pytest.raises(BadRequest, match="there is no scene 'citynight'"):
        catalog.find_scene("citynight")
