from __future__ import annotations

from pathlib import Path

import pytest

from songreel.base.errors import BadRequest, BadShader, MissingPart
from songreel.visuals.isf import check, host, measure, parse
from songreel.visuals.isf.host import Host

GOOD = '/*{"ISFVSN": "2"}*/\nvoid main() { gl_FragColor = vec4(isf_FragNormCoord, 0.5, 1.0); }'
BLACK = '/*{"ISFVSN": "2"}*/\nvoid main() { gl_FragColor = vec4(0.0, 0.0, 0.0, 1.0); }'
COPY = "void main() { gl_FragColor = IMG_THIS_PIXEL(inputImage); }"
FILTER = f'/*{{"INPUTS": [{{"NAME": "inputImage", "TYPE": "image"}}]}}*/\n{COPY}'


def test_one_bad_file_does_not_stop_the_others(tmp_path: Path) -> None:
    files = {"d": GOOD, "b": "void main() {}", "a": FILTER, "c": GOOD.replace("0.5", "oops"), "e": BLACK}
    for name, text in files.items():
        (tmp_path / f"{name}.fs").write_text(text)
    (tmp_path / "f.fs").write_bytes(b"\xff\xfe\x00\x01")
    (tmp_path / "notes.txt").write_text("not a shader")
    found = check.check_folder(tmp_path)
    assert [entry.name for entry in found] == ["a.fs", "b.fs", "c.fs", "d.fs", "e.fs", "f.fs"]
    assert [entry.ok for entry in found] == [True, False, False, True, True, False]
    assert "header" in found[1].why
    assert "c.fs:2" in found[2].why
    assert "black" in found[4].why
    assert found[0].why == found[3].why == ""


def test_a_folder_without_shaders_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none"):
        with pytest.raises(BadRequest):
            check.check_folder(path)


@pytest.mark.parametrize(
    ("size", "words"), [("1 / ($WIDTH - $WIDTH)", "size of pass 'a'"), ("1000 * 1000", "16384 × 16384")]
)
def test_a_pass_of_impossible_size_is_a_bad_shader(tmp_path: Path, size: str, words: str) -> None:
    passes = f'"PASSES": [{{"TARGET": "a", "WIDTH": "{size}", "HEIGHT": "{size}"}}, {{}}]'
    (tmp_path / "a.fs").write_text(GOOD.replace('"2"', f'"2", {passes}'))
    [found] = check.check_folder(tmp_path)
    assert not found.ok
    assert words in found.why


def test_the_costlier_the_smaller() -> None:
    shares = [measure.resolution_for(ms, reference_ms=4.0) for ms in (0.5, 3.0, 5.0, 12.0, 100.0)]
    assert shares == sorted(shares, reverse=True)
    assert shares[0] == 1.0
    assert shares[-1] == pytest.approx(1 / 3)
    assert measure.resolution_for(8.0, reference_ms=4.0) == measure.resolution_for(80.0, reference_ms=40.0)


def test_a_measure_is_taken_of_every_kind(host: Host) -> None:
    for text in (GOOD, FILTER):
        shader = parse.parse(text, name="a")
        assert measure.measure(host, shader, 64, 36) > 0
        assert measure.resolution(host, shader) in (1.0, 2 / 3, 0.5, 1 / 3)
    with pytest.raises(BadShader):
        measure.resolution(host, parse.parse(GOOD.replace("0.5", "oops"), name="a"))


def test_no_driver_is_a_missing_part_with_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(**_: object) -> None:
        raise Exception("libEGL.so.1 not loaded")

    monkeypatch.setattr(host.moderngl, "create_context", refuse)
    with pytest.raises(MissingPart, match="apt-get install libegl1 libgl1 libgl1-mesa-dri"):
        Host()


def test_two_hosts_do_not_disturb_each_other() -> None:
    shader = parse.parse(GOOD, name="a")
    with Host() as one, Host() as two:
        first, second = one.instance(shader, 8, 8), two.instance(shader, 8, 8)
        moment = host.Moment(0.0, 0.0, 0)
        assert (one.read(first.draw(moment)) == two.read(second.draw(moment))).all()
        assert (one.read(first.draw(moment)) == two.read(second.draw(moment))).all()
