"""Old and unusual GLSL that files in the wild are written in, and what is said when it does not compile."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from conftest import Draw
from songreel.base.errors import BadShader
from songreel.visuals.isf import parse
from songreel.visuals.isf.host import Host

HEADER = '/*{"ISFVSN": "2", "INPUTS": [{"NAME": "sample", "TYPE": "float", "DEFAULT": 0.2}]}*/\n'

OLD = {
    "version and extension lines": "#version 120\n#extension GL_OES_standard_derivatives : enable\n"
    "void main() { gl_FragColor = vec4(0.2); }",
    "precision": "#ifdef GL_ES\nprecision mediump float;\n#endif\nprecision highp float;\n"
    "void main() { gl_FragColor = vec4(0.2); }",
    "fragment data": "void main() { gl_FragData[0] = vec4(0.2); }",
    "an output of its own": "out vec4 mine;\nvoid main() { mine = vec4(0.2); }",
    "an output with its place": "layout(location = 0) out vec4 mine;\nvoid main() { mine = vec4(0.2); }",
    "a function named texture": "float texture(vec2 p) { return p.x; }\n"
    "void main() { gl_FragColor = vec4(texture(vec2(0.2))); }",
    "a function named texture2D": "vec4 texture2D(vec3 p, float q) {\n return vec4(p.x); }\n"
    "void main() { gl_FragColor = texture2D(vec3(0.2), 1.0); }",
    "a macro named texture2D": "#define texture2D(a) vec4(a)\nvoid main() { gl_FragColor = texture2D(0.2); }",
    "a variable named texture": "void main() { float texture = 0.2; gl_FragColor = vec4(texture); }",
    "an input named sample": "void main() { gl_FragColor = vec4(sample); }",
    "a function named smooth": "float smooth(float x) { return x; }\nvoid main() { gl_FragColor = vec4(smooth(0.2)); }",
    "a variable named flat": "void main() { float flat = 0.2; gl_FragColor = vec4(flat * 1.0); }",
    "a function named noise": "float noise(vec2 p) { return p.x; }\n"
    "void main() { gl_FragColor = vec4(noise(vec2(0.2))); }",
    "functions that are built in": "float round(float x) { return 0.2; }\nvec2 tanh(vec2 x) { return vec2(0.2); }\n"
    "void main() { gl_FragColor = vec4(round(5.0), tanh(vec2(1.0)), 0.2); }",
    "whole numbers for others": "float half_of(float x) { if (x < 0) return 0; return x; }\n"
    "void main() { uint i = 1; gl_FragColor = vec4(half_of(0.2) * float(i)); }",
    "a comment with code": "/* #version 99 \n gl_FragColor */ void main() { gl_FragColor = vec4(0.2); // texture(\n}",
    "a global that is not constant": "float part = TIME * 0.2;\nvoid main() { gl_FragColor = vec4(part); }",
    "a row of names": "void main() { float filter = 0.1, common = 0.1, input = 0.0;"
    "gl_FragColor = vec4(filter + common + input); }",
}


@pytest.mark.parametrize("body", OLD.values(), ids=OLD.keys())
def test_old_glsl_draws(draw: Draw, body: str) -> None:
    drawn = draw(HEADER + body)
    assert (drawn == 51).all(), np.unique(drawn)


@pytest.mark.parametrize(
    ("body", "line", "words"),
    [
        ("void main() {\n  gl_FragColor = vec4(nowhere);\n}", 3, "nowhere"),
        ("/* a\nb\nc */\nvoid main() { gl_FragColor = 1.0; }", 5, "float"),
        ("void main() {\n gl_FragColor = texture(1.0);\n}", 3, "texture"),
        ("void main() { gl_FragColor = vec4(1.0)\n}", 3, "syntax error"),
        ("#if\nvoid main() {}", 2, ""),
    ],
)
def test_a_mistake_is_named_with_its_line_in_the_file(host: Host, body: str, line: int, words: str) -> None:
    shader = parse.parse(HEADER + body, name="look", path=Path("some/look.fs"))
    with pytest.raises(BadShader) as caught:
        host.instance(shader, 4, 4)
    assert caught.value.message.startswith(f"some/look.fs:{line}: ")
    assert words in caught.value.message
    assert "isf_" not in caught.value.message


def test_a_mistake_in_the_vertex_shader_names_that_file(host: Host, tmp_path: Path) -> None:
    file = tmp_path / "look.fs"
    file.write_text(HEADER + "void main() { gl_FragColor = vec4(1.0); }")
    file.with_suffix(".vs").write_text("void main() {\n isf_vertShaderInit();\n gl_Position.x = nowhere;\n}")
    with pytest.raises(BadShader, match=r"look\.vs:3: .*nowhere"):
        host.instance(parse.load(file), 4, 4)


def test_what_does_not_fit_together_is_said(host: Host, tmp_path: Path) -> None:
    file = tmp_path / "look.fs"
    file.write_text(HEADER + "varying vec3 mine;\nvoid main() { gl_FragColor = vec4(mine, 1.0); }")
    file.with_suffix(".vs").write_text("varying vec2 mine;\nvoid main() { isf_vertShaderInit(); mine = vec2(1.0); }")
    with pytest.raises(BadShader, match=r"look\.fs.*mine"):
        host.instance(parse.load(file), 4, 4)


def test_a_shader_without_main_is_refused(host: Host) -> None:
    with pytest.raises(BadShader, match="main"):
        host.instance(parse.parse(HEADER, name="look"), 4, 4)


def test_a_bad_shader_leaves_the_host_whole(draw: Draw) -> None:
    with pytest.raises(BadShader):
        draw(HEADER + "void main() { oh no }")
    assert (draw(HEADER + "void main() { gl_FragColor = vec4(0.2); }") == 51).all()
