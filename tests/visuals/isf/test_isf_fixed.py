"""Constants in place of uniforms, and values found once a frame: both may only change what a picture costs."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from songreel.base.errors import BadShader
from songreel.visuals import catalog, signals
from songreel.visuals.isf import constants, frame_values, parse, source
from songreel.visuals.isf.check import sample_pictures
from songreel.visuals.isf.host import Host, Moment
from songreel.visuals.shader import Shader, Value

LOOKS = [*catalog.scenes().values(), *catalog.effects().values(), *catalog.transitions().values()]
MOMENT = Moment(31.4, 1 / 30, 942)
MUSIC: dict[str, Value] = dict.fromkeys(signals.SIGNALS, 0.6) | {"travel": 23.5, "seed": 12.0, "progress": 0.4}
PALETTE: dict[str, Value] = {
    "ink": (0.05, 0.02, 0.13, 1.0),
    "shade": (0.2, 0.07, 0.42, 1.0),
    "primary": (1.0, 0.18, 0.53, 1.0),
    "accent": (0.13, 0.83, 0.93, 1.0),
    "light": (1.0, 0.91, 0.97, 1.0),
}
KNOB = '/*{"ISFVSN": "2", "INPUTS": [{"NAME": "knob", "TYPE": "%s"}, {"NAME": "kick", "TYPE": "float"}]%s}*/\n'


def picture(host: Host, shader: Shader, inputs: dict[str, Value], fixed: dict[str, Value] | None) -> NDArray[np.int16]:
    instance = host.instance(shader, 96, 54, fixed=fixed)
    drawn = host.read(instance.draw(MOMENT, inputs, sample_pictures(shader))).astype(np.int16)
    instance.close()
    return drawn


def assert_same(one: NDArray[np.int16], other: NDArray[np.int16]) -> None:
    """Rounding moves a level by one; a pixel that lies on a hard edge may fall to its other side."""
    assert (np.abs(one - other) > 1).any(axis=-1).mean() < 0.002


@pytest.mark.parametrize("shader", LOOKS, ids=lambda shader: f"{shader.kind}-{shader.name}")
def test_the_picture_is_that_of_uniforms(host: Host, shader: Shader) -> None:
    own = {entry.name: entry.default for entry in shader.inputs if entry.name not in {*MUSIC, *PALETTE}}
    fixed = PALETTE | {name: value for name, value in own.items() if value is not None}
    free = picture(host, shader, MUSIC | fixed, None)
    held = picture(host, shader, dict(MUSIC), fixed)
    assert_same(free, held)


@pytest.mark.parametrize("shader", LOOKS, ids=lambda shader: f"{shader.kind}-{shader.name}")
def test_values_found_once_a_frame_are_those_of_each_pixel(
    host: Host, shader: Shader, monkeypatch: pytest.MonkeyPatch
) -> None:
    free = picture(host, shader, MUSIC | PALETTE, None)
    monkeypatch.setattr(frame_values, "lift", lambda body, _names: frame_values.Lifted(body))
    with Host() as other:
        assert_same(free, picture(other, shader, MUSIC | PALETTE, None))


@given(st.floats(width=32, allow_nan=False, allow_infinity=False))
def test_a_float_is_written_as_the_float32_that_it_is(value: float) -> None:
    text = constants.literal(value)
    assert np.float32(text) == np.float32(value)
    assert re.fullmatch(r"-?\d+(\.\d+(e[+-]\d+)?|e[+-]\d+)", text)


@pytest.mark.parametrize(
    ("kind", "value", "term"),
    [
        ("float", 0.2, "knob"),
        ("bool", True, "(knob ? 0.2 : 0.7)"),
        ("long", 2, "float(knob) / 10.0"),
        ("color", (0.2, 0.3, 0.4, 1.0), "knob.r"),
        ("point2D", (0.5, 0.2), "knob.y"),
    ],
)
def test_a_fixed_input_keeps_its_value_and_the_others_go_on(host: Host, kind: str, value: Value, term: str) -> None:
    shader = parse.parse(
        KNOB % (kind, "") + f"void main() {{ gl_FragColor = vec4({term}, kick, 0.0, 1.0); }}", name="a"
    )
    instance = host.instance(shader, 4, 4, fixed={"knob": value, "nowhere": 1.0})
    for kick in (0.2, 0.6):
        drawn = host.read(instance.draw(MOMENT, {"knob": 0.9, "kick": kick}))
        assert drawn[2, 2].tolist() == [51, round(kick * 255), 0, 255]
    instance.close()


def test_a_pass_is_sized_by_fixed_and_by_free_inputs(host: Host) -> None:
    for name, other in (("knob", "kick"), ("kick", "knob")):
        passes = f', "PASSES": [{{"TARGET": "small", "WIDTH": "${name} * 8", "HEIGHT": "$HEIGHT/2"}}, {{}}]'
        body = "void main() { gl_FragColor = vec4(IMG_SIZE(small), RENDERSIZE) / 255.0; }"
        instance = host.instance(parse.parse(KNOB % ("float", passes) + body, name="a"), 12, 10, fixed={"knob": 0.5})
        drawn = host.read(instance.draw(MOMENT, {"kick": 0.5, other: 0.5}))
        assert drawn[3, 3].tolist() == [4, 5, 12, 10]
        instance.close()


def test_what_does_not_compile_with_constants_is_drawn_with_uniforms(host: Host) -> None:
    body = (
        "const float[2] steps = float[2](0.2, 0.4);\nvoid main() { gl_FragColor = vec4(knob > 1 ? 0.2 : steps[knob]); }"
    )
    shader = parse.parse(KNOB % ("long", "") + body, name="a")
    assert (picture(host, shader, {}, {"knob": 5}) == 51).all()


def lifted(body: str) -> bool:
    shader = parse.parse(KNOB % ("float", "") + body, name="a")
    return "isf_frame_" in source.vertex(shader)


def test_only_what_no_pixel_has_a_say_in_is_lifted() -> None:
    end = "\nvoid main() { gl_FragColor = vec4(value()); }"
    assert lifted(
        "const float HALF = 0.5;\nfloat part(float x) { return x * HALF; }\nfloat value() { return part(kick); }" + end
    )
    for body in (
        "float value() { return gl_FragCoord.x; }",
        "float value() { return isf_FragNormCoord.x * kick; }",
        "float part() { return isf_FragNormCoord.x; }\nfloat value() { return part(); }",
        "float part = 0.0;\nfloat value() { return part; }",
        "float value();\nfloat value() { return kick; }",
        "float value() { return kick; }\nfloat value(float x) { return x; }",
        "#define PLACE gl_FragCoord\nfloat value() { return PLACE.x; }",
        "float value() { return IMG_THIS_PIXEL(knob).r; }",
        "float value(float x) { return x; }\nfloat value() { return value(isf_FragNormCoord.x); }",
        "float value() { float kick = isf_FragNormCoord.x; return 0.2 * kick + 0.1; }",
        "float value() { float own = kick; own += isf_FragNormCoord.x; return isf_FragNormCoord.y * own; }",
        "float part(inout float x) { x = 0.5; return x; }\nfloat value() { return 0.2 * kick + 0.1; }",
    ):
        assert not lifted(body + end), body


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("x * (0.3 + 0.2 * kick)", "(0.3 + 0.2 * kick)"),
        ("mix(x, 0.5, 0.3 * kick + 0.1)", "0.3 * kick + 0.1"),
        ("x + vec3(kick * 0.5 + 0.1, 0.2, 0.4).zyx.z", "vec3(kick * 0.5 + 0.1, 0.2, 0.4).zyx.z"),
        ("kick * 0.3 + knob * 0.1 + x", "kick * 0.3 + knob * 0.1"),
        ("x - (kick > 0.5 ? knob * 2.0 : 0.1)", "(kick > 0.5 ? knob * 2.0 : 0.1)"),
        ("x * -fract(kick * 9.0)", "-fract(kick * 9.0)"),
    ],
)
def test_the_largest_term_is_lifted_and_means_the_same(host: Host, term: str, text: str) -> None:
    body = f"void main() {{ float x = isf_FragNormCoord.x; gl_FragColor = vec4({term}); }}"
    shader = parse.parse(KNOB % ("float", "") + body, name="a")
    assert f"isf_frame_0 = {text};" in source.vertex(shader)
    plain = source.fragment(shader, fixed=constants.AS_WRITTEN)
    assert text in plain
    inputs: dict[str, Value] = {"kick": 0.7, "knob": 0.2}
    expected = picture(host, parse.parse(KNOB % ("float", "") + "#define NOTHING\n" + body, name="a"), inputs, None)
    assert np.abs(picture(host, shader, inputs, None) - expected).max() <= 1


def test_a_variable_that_keeps_its_value_is_lifted_with_what_it_is_made_of() -> None:
    body = "void main() { float slow = TIME * 0.1 + kick; float far = slow * 2.0 + 1.0; gl_FragColor = vec4(far); }"
    text = source.vertex(parse.parse(KNOB % ("float", "") + body, name="a"))
    assert "isf_frame_0 = TIME * 0.1 + kick;" in text
    assert "isf_frame_1 = isf_frame_0 * 2.0 + 1.0;" in text


def test_a_mistake_in_a_lifted_function_is_found_at_its_line(host: Host) -> None:
    body = "float fine() { return kick; }\n\nfloat value() {\n  return nowhere;\n}\n"
    body += "void main() { gl_FragColor = vec4(value() + fine()); }"
    with pytest.raises(BadShader, match=r"a:5: .*nowhere"):
        host.instance(parse.parse(KNOB % ("float", "") + body, name="a"), 4, 4, fixed={"knob": 0.5})
