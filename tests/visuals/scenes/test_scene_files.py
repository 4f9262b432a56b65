"""What every scene's file says, and how it is written."""

from __future__ import annotations

import re
from collections import Counter

from songreel.visuals import catalog
from songreel.visuals.isf import source
from songreel.visuals.isf.host import Host
from songreel.visuals.shader import Shader
from songreel.visuals.signals import PALETTE, SIGNALS

FAMILIES = {"places", "space", "abstract", "graphic", "cover"}
SCENES, IN_A_FAMILY = 30, 5
COMMENT = re.compile(r"//[^\n]*|/\*.*?\*/", re.DOTALL)


def code(scene: Shader) -> str:
    return COMMENT.sub(" ", scene.body)


def test_every_family_offers_a_choice() -> None:
    families = Counter(scene.hints.family for scene in catalog.scenes().values())
    assert set(families) == FAMILIES
    assert sum(families.values()) >= SCENES
    assert min(families.values()) >= IN_A_FAMILY


def test_is_named_and_described(scene: Shader) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", scene.name)
    assert len(scene.description) > 30
    assert scene.credit == "Songreel"
    assert scene.categories


def test_says_what_it_is_for(scene: Shader) -> None:
    low, high = scene.hints.energy
    assert scene.hints.family in FAMILIES
    assert 0 <= low < high <= 1
    assert len(scene.hints.moods) >= 3
    assert scene.hints.resolution is not None
    assert 0.3 < scene.hints.resolution <= 1
    assert len(scene.hints.words["en"]) >= 4
    assert len(scene.hints.words["zh"]) >= 4
    assert all(re.search(r"[一-鿿]", word) for word in scene.hints.words["zh"])


def test_labels_and_bounds_every_input(scene: Shader) -> None:
    knobs = 0
    for entry in scene.inputs:
        assert entry.label, entry.name
        if entry.type == "float":
            assert isinstance(entry.default, float)
            assert isinstance(entry.minimum, float)
            assert isinstance(entry.maximum, float)
            assert entry.minimum <= entry.default <= entry.maximum, entry.name
            knobs += entry.name not in SIGNALS
        if entry.name in PALETTE:
            assert entry.type == "color"
            assert isinstance(entry.default, tuple)
        if entry.name in SIGNALS:
            assert entry.type == "float"
    assert 1 <= knobs <= 8


def test_takes_the_music_and_the_palette(scene: Shader) -> None:
    declared = {entry.name for entry in scene.inputs}
    assert {"energy", "seed", "travel"} <= declared
    assert len(declared & set(SIGNALS)) >= 6
    assert set(PALETTE) <= declared


def test_uses_every_input_that_it_declares(scene: Shader) -> None:
    text = code(scene)
    for entry in scene.inputs:
        assert re.search(rf"\b{entry.name}\b", text), entry.name


def test_compiles_as_glsl_es(scene: Shader, host: Host) -> None:
    """The dialect of browsers, whose compiler forgives no integer where a float is meant."""
    es = "#version 300 es\nprecision highp float;\nprecision highp int;\nprecision highp sampler2D;\n"
    for index in range(len(scene.passes)):
        fragment = source.fragment(scene, index=index).replace("#version 330\n", es, 1)
        vertex = source.vertex(scene, index=index).replace("#version 330\n", es, 1)
        host.compile(vertex, fragment)


def test_hashes_with_integers(scene: Shader) -> None:
    text = code(scene)
    assert not re.search(r"fract\s*\(\s*(?:sin|cos)\s*\(", text), "a sine is no hash: drivers disagree about it"
    assert not re.search(r"\b(?:texture2D|varying|attribute|gl_FragData)\b", text)
    assert not re.search(r"(?<![\w.])\d+\.(?!\d)", text), "a number ends in its dot"
