"""Tiny pictures whose every pixel is known: what a host must agree on with any other."""

from __future__ import annotations

import json

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from conftest import NOON, Draw
from songreel.base.errors import BadRequest, BadShader
from songreel.visuals.isf import parse
from songreel.visuals.isf.host import Host, Moment

WIDTH, HEIGHT = 8, 4


def isf(body: str, **header: object) -> str:
    return f"/*{json.dumps({'ISFVSN': '2', **header})}*/\n{body}"


def image(name: str = "inputImage") -> dict[str, str]:
    return {"NAME": name, "TYPE": "image"}


def picture(seed: int = 0, width: int = WIDTH, height: int = HEIGHT, channels: int = 3) -> NDArray[np.uint8]:
    return np.random.default_rng(seed).integers(0, 256, (height, width, channels), dtype=np.uint8)


ACROSS = np.round((np.arange(WIDTH) + 0.5) / WIDTH * 255).astype(int)
UPWARD = np.round((np.arange(HEIGHT)[::-1] + 0.5) / HEIGHT * 255).astype(int)


@pytest.mark.parametrize(
    "place",
    [
        "isf_FragNormCoord",
        "vv_FragNormCoord",
        "gl_FragCoord.xy / RENDERSIZE",
        "gl_FragCoord.xy / RENDERSIZE.xy",
        "vec2(isf_FragNormCoord[0], isf_FragNormCoord.y)",
    ],
)
def test_the_origin_is_at_the_bottom_left(draw: Draw, place: str) -> None:
    drawn = draw(isf(f"void main() {{ vec2 at = {place}; gl_FragColor = vec4(at, 0.0, 1.0); }}"))
    assert drawn.shape == (HEIGHT, WIDTH, 4)
    assert np.abs(drawn[..., 0] - ACROSS[None, :]).max() <= 1
    assert np.abs(drawn[..., 1] - UPWARD[:, None]).max() <= 1
    assert (drawn[..., 3] == 255).all()


@pytest.mark.parametrize(
    "lookup",
    [
        "IMG_THIS_PIXEL(inputImage)",
        "IMG_THIS_NORM_PIXEL(inputImage)",
        "IMG_PIXEL(inputImage, gl_FragCoord.xy)",
        "IMG_NORM_PIXEL(inputImage, isf_FragNormCoord)",
        "texture2D(inputImage, isf_FragNormCoord)",
        "texture(inputImage, isf_FragNormCoord)",
        "texture2DRect(inputImage, gl_FragCoord.xy)",
        "texelFetch(inputImage, ivec2(gl_FragCoord.xy), 0)",
        "textureLod(inputImage, gl_FragCoord.xy / IMG_SIZE(inputImage), 0.0)",
        "texture2D(inputImage, gl_FragCoord.xy / _inputImage_imgRect.zw)",
    ],
)
@pytest.mark.parametrize("channels", [3, 4])
def test_every_way_to_look_up_a_pixel_finds_it(draw: Draw, lookup: str, channels: int) -> None:
    given = picture(channels=channels)
    text = isf(f"void main() {{ gl_FragColor = {lookup}; }}", INPUTS=[image()])
    drawn = draw(text, pictures={"inputImage": given})
    assert (drawn[..., :3] == given[..., :3]).all()
    assert (drawn[..., 3] == (given[..., 3] if channels == 4 else 255)).all()


def test_textures_chain_without_turning_over(host: Host) -> None:
    given = picture()
    through = parse.parse(isf("void main() { gl_FragColor = IMG_THIS_PIXEL(inputImage); }", INPUTS=[image()]), name="a")
    first, second = host.instance(through, WIDTH, HEIGHT), host.instance(through, WIDTH, HEIGHT)
    drawn = second.draw(NOON, {}, {"inputImage": first.draw(NOON, {}, {"inputImage": given})})
    assert (host.read(drawn)[..., :3] == given).all()
    out = np.zeros((HEIGHT, WIDTH, 4), np.uint8)
    assert host.read(drawn, out=out) is out
    assert (out[..., :3] == given).all()


def test_slopes_point_upward(draw: Draw) -> None:
    drawn = draw(
        isf("void main() { vec2 at = gl_FragCoord.xy; gl_FragColor = vec4(dFdx(at.x), dFdy(at.y), -dFdy(at.y), 1.0); }")
    )
    assert (drawn[0, 0] == (255, 255, 0, 255)).all()


def test_inputs_arrive_with_their_types(draw: Draw) -> None:
    inputs = [
        {"NAME": "f", "TYPE": "float", "DEFAULT": 0.2},
        {"NAME": "b", "TYPE": "bool"},
        {"NAME": "l", "TYPE": "long", "VALUES": [3, 4]},
        {"NAME": "p", "TYPE": "point2D"},
        {"NAME": "c", "TYPE": "color"},
        {"NAME": "e", "TYPE": "event"},
    ]
    whole = isf(
        "void main() { gl_FragColor = vec4(f, b ? 0.4 : 0.0, float(l) * 0.1, e ? 1.0 : 0.5) * c.a + p.xyxy; }",
        INPUTS=inputs,
    )
    assert np.abs(draw(whole)[0, 0] - np.array([51, 0, 76.5, 127.5])).max() <= 0.5
    given = {"f": 0.4, "b": True, "l": 4, "e": True, "c": (0.0, 0.0, 0.0, 0.5), "p": (0.2, 0.0), "stranger": 1.0}
    assert np.abs(draw(whole, inputs=given)[0, 0] - np.array([102, 51, 102, 127.5])).max() <= 0.5


def test_the_clock_is_what_it_is_told(draw: Draw) -> None:
    moment = Moment(0.2, 0.4, 51, (2024.0, 5.0, 6.0, 0.6))
    text = isf("void main() { gl_FragColor = vec4(TIME, TIMEDELTA, float(FRAMEINDEX) / 255.0, DATE.w); }")
    assert (draw(text, moment=moment)[0, 0] == (51, 102, 51, 153)).all()
    assert (draw(isf("void main() { gl_FragColor = DATE; }"))[0, 0] == 0).all()


PASSES = [{"TARGET": "small", "WIDTH": "floor($WIDTH * $share)", "HEIGHT": "max($HEIGHT / 4, 1)", "FLOAT": True}, {}]


def test_passes_have_their_sizes_and_precision(draw: Draw) -> None:
    text = isf(
        "void main() { if (PASSINDEX == 0) gl_FragColor = vec4(RENDERSIZE * 100.0, -7.0, 1.0);"
        "else { vec2 was = IMG_NORM_PIXEL(small, vec2(0.5)).xy / 1000.0;"
        "gl_FragColor = vec4(was, IMG_SIZE(small) / 255.0); } }",
        PASSES=PASSES,
        INPUTS=[{"NAME": "share", "TYPE": "float", "DEFAULT": 0.5}],
    )
    assert (draw(text)[0, 0] == np.round([0.4 * 255, 0.1 * 255 + 0.01, 4, 1])).all()
    assert draw(text, inputs={"share": 0.25})[0, 0, 2] == 2


COUNTER = isf(
    "void main() { vec4 was = IMG_THIS_PIXEL(count); gl_FragColor = PASSINDEX == 0 ? was + 10.0 / 255.0 : was; }",
    PASSES=[{"TARGET": "count", "PERSISTENT": True, "FLOAT": True}, {}],
)


def test_persistent_buffers_remember_until_restarted(host: Host) -> None:
    shader = parse.parse(COUNTER, name="a")
    instance, other = host.instance(shader, 4, 4), host.instance(shader, 4, 4)

    def level(it: object = instance) -> int:
        return int(host.read(it.draw(NOON))[0, 0, 0])  # type: ignore[attr-defined]

    assert [level() for _ in range(3)] == [10, 20, 30]
    assert level(other) == 10
    instance.restart()
    assert [level() for _ in range(2)] == [10, 20]


def test_persistent_buffers_keep_their_picture_when_their_size_changes(host: Host) -> None:
    text = COUNTER.replace('"FLOAT": true', '"WIDTH": "$side"').replace(
        "{", '{"INPUTS": [{"NAME": "side", "TYPE": "float"}], ', 1
    )
    instance = host.instance(parse.parse(text, name="a"), 4, 4)
    assert [int(host.read(instance.draw(NOON, {"side": side}))[0, 0, 0]) for side in (2, 4, 9, 1)] == [10, 20, 30, 40]


def test_other_buffers_forget(host: Host) -> None:
    text = COUNTER.replace('"PERSISTENT": true, ', "")
    instance = host.instance(parse.parse(text, name="a"), 4, 4)
    assert [int(host.read(instance.draw(NOON))[0, 0, 0]) for _ in range(2)] == [10, 10]


def test_a_last_pass_with_a_target_is_the_output_at_full_size(draw: Draw) -> None:
    text = isf(
        "void main() { gl_FragColor = vec4(isf_FragNormCoord, 2.0, 1.0); }",
        PASSES=[{"TARGET": "a", "WIDTH": "2", "FLOAT": True}],
    )
    drawn = draw(text)
    assert drawn.shape == (HEIGHT, WIDTH, 4)
    assert drawn[0, 0, 0] < drawn[0, -1, 0]
    assert np.abs(drawn[..., 1] - UPWARD[:, None]).max() <= 1
    assert (drawn[..., 2] == 255).all()


def test_sound_comes_as_rows_of_samples(draw: Draw) -> None:
    text = isf("void main() { gl_FragColor = IMG_THIS_PIXEL(wave); }", INPUTS=[{"NAME": "wave", "TYPE": "audio"}])
    left, right = np.linspace(0, 1, WIDTH), np.linspace(1, 0, WIDTH)
    drawn = draw(text, size=(WIDTH, 2), pictures={"wave": np.stack([left, right]).astype(np.float32)})
    assert np.abs(drawn[1, :, :3] - np.round(left * 255)[:, None]).max() <= 1
    assert np.abs(drawn[0, :, :3] - np.round(right * 255)[:, None]).max() <= 1
    ready = draw(text, size=(WIDTH, 1), pictures={"wave": np.round(left * 255).astype(np.uint8)})
    assert (ready[0, :, 0] == np.round(left * 255)).all()


def test_sound_is_averaged_to_the_number_of_samples_wanted(draw: Draw) -> None:
    text = isf(
        "void main() { gl_FragColor = vec4(IMG_NORM_PIXEL(fft, vec2(0.5)).r, IMG_SIZE(fft).x / 255.0, 0.0, 1.0); }",
        INPUTS=[{"NAME": "fft", "TYPE": "audioFFT", "MAX": 1}],
    )
    drawn = draw(text, pictures={"fft": np.array([[0.0, 0.2, 0.4, 0.2]], np.float32)})
    assert (drawn[0, 0, :2] == (51, 1)).all()


def test_imported_pictures_and_cubes(tmp_path, host: Host) -> None:
    given = picture(3)
    cv2.imwrite(str(tmp_path / "a.png"), given[..., ::-1])
    for face in range(6):
        cv2.imwrite(str(tmp_path / f"{face}.png"), np.full((4, 4, 3), face * 40, np.uint8))
    file = tmp_path / "look.fs"
    imported = {"face": {"PATH": "a.png"}, "sky": {"TYPE": "cube", "PATH": [f"{face}.png" for face in range(6)]}}
    file.write_text(
        isf(
            "void main() { gl_FragColor = IMG_THIS_PIXEL(face);"
            "gl_FragColor.a = textureCube(sky, vec3(0.0, -1.0, 0.0)).r; }",
            IMPORTED=imported,
        )
    )
    drawn = host.read(host.instance(parse.load(file), WIDTH, HEIGHT).draw(NOON))
    assert (drawn[..., :3] == given).all()
    assert (drawn[..., 3] == 120).all()
    (tmp_path / "a.png").write_bytes(b"no picture")
    with pytest.raises(BadShader, match=r"a\.png is not a picture"):
        host.instance(parse.load(file), WIDTH, HEIGHT).draw(NOON)


def test_vertex_shaders_move_the_picture(tmp_path, host: Host) -> None:
    file = tmp_path / "look.fs"
    file.write_text(isf("varying vec2 mine;\nvoid main() { gl_FragColor = vec4(mine, isf_FragNormCoord); }"))
    file.with_suffix(".vs").write_text(
        "varying vec2 mine;\nvoid main() { vv_vertShaderInit(); mine = isf_FragNormCoord;"
        "gl_Position.y = gl_Position.y * 0.5 + 0.5; }"
    )
    drawn = host.read(host.instance(parse.load(file), WIDTH, HEIGHT).draw(NOON))
    assert (drawn[HEIGHT // 2 :] == 0).all()
    top = drawn[: HEIGHT // 2]
    assert np.abs(top[..., 1].astype(int) - np.array([[191], [64]])).max() <= 1
    assert (top[..., 1] == top[..., 3]).all()


def test_a_missing_picture_is_one_transparent_pixel(draw: Draw) -> None:
    text = isf(
        "void main() { gl_FragColor = IMG_THIS_PIXEL(cover) + vec4(IMG_SIZE(cover) / 255.0, 0.0, 0.0); }",
        INPUTS=[image("cover")],
    )
    assert (draw(text)[0, 0] == (1, 1, 0, 0)).all()


def test_changed_arrays_are_seen_and_frozen_ones_remembered(host: Host) -> None:
    shader = parse.parse(isf("void main() { gl_FragColor = IMG_THIS_PIXEL(inputImage); }", INPUTS=[image()]), name="a")
    instance = host.instance(shader, WIDTH, HEIGHT)
    given = picture()
    host.read(instance.draw(NOON, {}, {"inputImage": given}))
    given[:] = 9
    assert (host.read(instance.draw(NOON, {}, {"inputImage": given}))[..., :3] == 9).all()
    given.setflags(write=False)
    assert (host.read(instance.draw(NOON, {}, {"inputImage": given}))[..., :3] == 9).all()
    assert host.textures.still(given) is host.textures.still(given)


def test_remembered_pictures_give_way_to_later_ones(host: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    stills = [picture(seed) for seed in range(3)]
    for still in stills:
        still.setflags(write=False)
    monkeypatch.setattr("songreel.visuals.isf.textures._REMEMBERED_BYTES", 2 * stills[0].nbytes)
    first = host.textures.still(stills[0])
    last = [host.textures.still(still) for still in stills[1:]]
    assert [host.textures.still(still) for still in stills[1:]] == last
    again = host.textures.still(stills[0])
    assert again is not first
    assert (host.read(again)[..., :3] == stills[0]).all()


def test_float_textures_are_read_as_bytes(host: Host) -> None:
    target = host.target(2, 2, floating=True)
    target.framebuffer.clear(0.2, 0.4, 2.0, 1.0)
    assert (host.read(target.texture) == (51, 102, 255, 255)).all()
    target.release()


@pytest.mark.parametrize("shape", [(4, 4), (4, 4, 2), (0, 4, 3)])
def test_what_is_no_picture_is_refused(host: Host, shape: tuple[int, ...]) -> None:
    with pytest.raises(BadRequest):
        host.texture(np.zeros(shape, np.uint8))
    with pytest.raises(BadRequest):
        host.texture(np.zeros((4, 4, 3), np.float32))


@pytest.mark.parametrize("size", [(0, 4), (4, -1), (10**6, 4)])
def test_sizes_that_cannot_be_drawn_are_refused(host: Host, size: tuple[int, int]) -> None:
    with pytest.raises(BadRequest):
        host.instance(parse.parse(COUNTER, name="a"), *size)
