from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from songreel.base.errors import BadShader
from songreel.visuals.isf import parse
from songreel.visuals.shader import Pass

BODY = "void main() { gl_FragColor = vec4(1.0); }\n"


def text(**header: object) -> str:
    return f"/*{json.dumps({'ISFVSN': '2', **header}, indent=1)}*/\n{BODY}"


def test_kinds_follow_the_image_inputs() -> None:
    picture = {"TYPE": "image"}
    start, end = picture | {"NAME": "startImage"}, picture | {"NAME": "endImage"}
    progress = {"NAME": "progress", "TYPE": "float"}
    assert parse.parse(text(), name="a").kind == "generator"
    assert parse.parse(text(INPUTS=[picture | {"NAME": "cover"}]), name="a").kind == "generator"
    assert parse.parse(text(INPUTS=[picture | {"NAME": "inputImage"}]), name="a").kind == "filter"
    assert parse.parse(text(INPUTS=[start, end, progress]), name="a").kind == "transition"
    assert parse.parse(text(INPUTS=[start, end]), name="a").kind == "generator"


def test_inputs_keep_their_order_and_values() -> None:
    shader = parse.parse(
        text(
            INPUTS=[
                {"NAME": "speed", "TYPE": "float", "DEFAULT": 2, "MIN": 0, "MAX": 4, "LABEL": "Speed"},
                {"NAME": "on", "TYPE": "bool", "DEFAULT": 1},
                {"NAME": "mode", "TYPE": "long", "VALUES": [0, 2], "LABELS": ["a", "b"], "DEFAULT": 2},
                {"NAME": "tint", "TYPE": "color", "DEFAULT": [1, 0, 0.5]},
                {"NAME": "at", "TYPE": "point2D", "DEFAULT": [0.25, 0.75]},
                {"NAME": "wave", "TYPE": "audio", "MAX": 16},
                {"NAME": "hit", "TYPE": "event"},
            ]
        ),
        name="a",
    )
    defaults = {entry.name: entry.default for entry in shader.inputs}
    assert list(defaults) == ["speed", "on", "mode", "tint", "at", "wave", "hit"]
    assert defaults["speed"] == 2.0
    assert defaults["on"] is True
    assert defaults["tint"] == (1.0, 0.0, 0.5, 1.0)
    assert defaults["at"] == (0.25, 0.75)
    assert shader.inputs[2].values == (0, 2)
    assert shader.inputs[5].maximum == 16
    assert shader.takes("hit")
    assert not shader.takes("miss")


def test_version_1_buffers_become_persistent_passes() -> None:
    passes = [{"TARGET": "old"}, {}]
    sized = text(PERSISTENT_BUFFERS={"old": {"WIDTH": "$WIDTH/2", "FLOAT": True}}, PASSES=passes)
    listed = text(PERSISTENT_BUFFERS=["old"], PASSES=passes)
    shader = parse.parse(sized.replace('"ISFVSN": "2",', ""), name="a")
    assert shader.passes == (Pass("old", persistent=True, floating=True, width="$WIDTH/2"), Pass())
    assert shader.persistent
    assert parse.parse(listed, name="a").passes[0] == Pass("old", persistent=True)


def test_both_forms_of_imported_pictures() -> None:
    one = parse.parse(text(IMPORTED={"face": {"PATH": "a.png"}}), name="a", path=Path("/x/y.fs"))
    other = parse.parse(text(IMPORTED=[{"NAME": "face", "PATH": "a.png"}]), name="a", path=Path("/x/y.fs"))
    assert one.imported == other.imported == {"face": Path("/x/a.png")}
    cube = parse.parse(text(IMPORTED={"sky": {"TYPE": "cube", "PATH": [f"{n}.png" for n in range(6)]}}), name="a")
    assert not cube.imported
    assert len(cube.cubes["sky"]) == 6


@pytest.mark.parametrize("before", ["", "\ufeff", "\n\n", "// mine\n", "/* mine */\n// too\n", "#version 330\n"])
def test_the_body_knows_its_line(before: str) -> None:
    whole = before + text(DESCRIPTION="x")
    shader = parse.parse(whole, name="a")
    assert whole.split("\n")[shader.body_line - 1].endswith("*/")
    assert shader.body.strip() == BODY.strip()


def test_windows_line_ends_change_nothing() -> None:
    assert parse.parse(text().replace("\n", "\r\n"), name="a") == parse.parse(text(), name="a")


def test_hints_are_read_and_strange_ones_refused() -> None:
    hints = {"family": "city", "energy": [0.5, 1], "moods": ["dark"], "words": {"zh": ["城市"]}, "resolution": 0.5}
    read = parse.parse(text(SONGREEL=hints), name="a").hints
    assert (read.family, read.energy, read.moods, read.resolution) == ("city", (0.5, 1.0), ("dark",), 0.5)
    assert read.words["zh"] == ("城市",)
    with pytest.raises(BadShader, match="famly"):
        parse.parse(text(SONGREEL={"famly": "city"}), name="a")


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ({"INPUTS": [{"NAME": "a b", "TYPE": "float"}]}, "not a GLSL name"),
        ({"INPUTS": [{"NAME": "a", "TYPE": "flaot"}]}, "flaot"),
        ({"INPUTS": [{"NAME": "a", "TYPE": "float"}] * 2}, "twice"),
        ({"INPUTS": [{"NAME": "a", "TYPE": "color", "DEFAULT": "red"}]}, "red"),
        ({"INPUTS": {}, "PASSES": 3}, "PASSES"),
        ({"PASSES": [{"TARGET": "b", "WIDTH": "$WIDTH //"}]}, "size of a pass"),
        ({"PASSES": [{}] * 65}, "65 PASSES"),
        ({"IMPORTED": {"a": {}}}, "PATH"),
        ({"SONGREEL": {"energy": 1}}, "energy"),
    ],
)
def test_a_wrong_header_says_what_is_wrong(header: dict[str, object], words: str) -> None:
    with pytest.raises(BadShader, match=words):
        parse.parse(text(**header), name="a")


@pytest.mark.parametrize("bad", ["", "void main() {}", "/* no header */", "/*{ never closed", "/*[1]*/"])
def test_no_header_is_refused(bad: str) -> None:
    with pytest.raises(BadShader, match="header"):
        parse.parse(bad, name="a")


def test_a_header_that_is_not_json_names_its_line() -> None:
    with pytest.raises(BadShader, match=r"look\.fs:5: "):
        parse.parse('// a\n/*{\n"A": 1,\n"B": 2,\n}*/', name="look", path=Path("look.fs"))


def test_the_digest_names_all_that_is_drawn(tmp_path: Path) -> None:
    file = tmp_path / "a.fs"
    file.write_text(text(IMPORTED={"face": {"PATH": "a.png"}}))
    seen = {parse.load(file).digest}
    (tmp_path / "a.png").write_bytes(b"one")
    seen.add(parse.load(file).digest)
    (tmp_path / "a.png").write_bytes(b"two")
    seen.add(parse.load(file).digest)
    (tmp_path / "a.vs").write_text("void main() { isf_vertShaderInit(); }")
    seen.add(parse.load(file).digest)
    file.rename(tmp_path / "b.fs")
    (tmp_path / "a.vs").rename(tmp_path / "b.vs")
    assert parse.load(tmp_path / "b.fs").digest in seen
    assert len(seen) == 4


def test_a_file_that_cannot_be_read_says_so(tmp_path: Path) -> None:
    with pytest.raises(BadShader, match="cannot be read"):
        parse.load(tmp_path / "none.fs")
    with pytest.raises(BadShader, match="cannot be read"):
        parse.load(tmp_path)


scraps = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
keys = ["NAME", "TYPE", "DEFAULT", "MIN", "MAX", "VALUES", "LABELS", "TARGET", "WIDTH", "PERSISTENT", "PATH"]
types = st.sampled_from(["float", "long", "color", "point2D", "audio", "bool"])
entries = st.dictionaries(st.sampled_from(keys), scraps, max_size=5)
likely = st.builds(lambda entry, kind: {"NAME": "a"} | entry | {"TYPE": kind}, entries, types)
tops = ["INPUTS", "PASSES", "PERSISTENT_BUFFERS", "IMPORTED", "SONGREEL", "CATEGORIES", "CREDIT"]


@given(st.dictionaries(st.sampled_from(tops), scraps | st.lists(entries | likely, max_size=2), max_size=4))
def test_any_header_is_read_or_refused_in_words(header: dict[str, object]) -> None:
    whole = text(**header)
    try:
        shader = parse.parse(whole, name="a")
    except BadShader as error:
        said = error
    else:
        assert shader.passes
        return
    assert said.message
    assert said.advice


def test_a_header_nested_without_end_is_refused() -> None:
    with pytest.raises(BadShader, match="too deeply"):
        parse.parse('/*{"A": ' + "[" * 100_000 + "}*/", name="a")
