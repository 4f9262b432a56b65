"""A project holds all that it needs, wherever it is moved."""

import shutil

import pytest
from PIL import Image

from songreel.app import projects
from songreel.base.errors import BadProject
from songreel.base.ids import digest_file
from songreel.model.asset import Asset
from songreel.visuals.isf import parse

FRAGMENT = (
    '/*{{"ISFVSN": "2", "IMPORTED": {{"pic": {{"PATH": "{path}"}}}}}}*/\nvoid main() {{ gl_FragColor = vec4(1.); }}\n'
)


def shader(folder, path="art/pic.png"):
    (folder / "art").mkdir(parents=True)
    Image.new("RGB", (4, 4), "red").save(folder / "art" / "pic.png")
    (folder / "mine.fs").write_text(FRAGMENT.format(path=path))
    (folder / "mine.vs").write_text("void main() { isf_vertShaderInit(); }\n")
    return folder / "mine.fs"


def asset_of(path):
    return Asset(id=digest_file(path), kind="shader", name=path.stem, path=str(path))


def test_a_shader_keeps_its_vertex_shader_and_pictures(tmp_path):
    given = shader(tmp_path / "given")
    before = parse.load(given)
    asset = projects.keep(tmp_path / "project", asset_of(given))
    shutil.rmtree(given.parent)
    kept = parse.load(tmp_path / "project" / asset.path)
    assert kept.digest == before.digest
    assert kept.vertex == before.vertex
    assert kept.imported["pic"].is_file()


def test_a_picture_from_elsewhere_is_refused(tmp_path):
    given = shader(tmp_path / "given", path="../secret.png")
    with pytest.raises(BadProject, match=r"secret\.png"):
        projects.keep(tmp_path / "project", asset_of(given))
