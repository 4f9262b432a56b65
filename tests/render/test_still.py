"""Single pictures: a frame as the film has it, and every scene by itself."""

import numpy as np
import pytest
import world

from songreel.render import still
from songreel.render.compose import Painter
from songreel.render.evaluate import evaluate
from songreel.visuals import catalog, pixels
from songreel.visuals.isf import parse


def test_a_still_is_the_frame_of_the_film(assets, tmp_path):
    prepared = world.prepared(world.timeline([world.clip("a", 0, 20, world.scene())]), assets, tmp_path)
    with Painter(prepared) as painter:
        assert np.array_equal(still.still(prepared, 7), pixels.to_rgb(painter.paint(evaluate(prepared, 7))))


@pytest.mark.parametrize("name", list(catalog.scenes()))
def test_a_scene_by_itself_shows_something_and_always_the_same(name):
    picture = still.scene_still(catalog.find_scene(name), 96, 54)
    assert picture.shape == (54, 96, 3)
    assert picture.std() > 5
    assert np.array_equal(picture, still.scene_still(catalog.find_scene(name), 96, 54))


def test_a_scene_takes_the_palette_and_signals_that_it_is_given():
    text = """/*{"INPUTS": [{"NAME": "accent", "TYPE": "color"}, {"NAME": "pulse", "TYPE": "float"},
        {"NAME": "cover", "TYPE": "image"}]}*/
    void main() { gl_FragColor = vec4(accent.r, pulse, IMG_NORM_PIXEL(cover, vec2(0.5)).b, 1.0); }"""
    shader = parse.parse(text, name="probe")
    cover = np.full((4, 4, 3), (0, 0, 77), np.uint8)
    palette = ("#000000", "#000000", "#000000", "#ff0000", "#000000")
    picture = still.scene_still(shader, 16, 16, signals={"pulse": 0.5}, palette=palette, pictures={"cover": cover})
    assert picture[8, 8].tolist() == pytest.approx([255, 128, 77], abs=1)
