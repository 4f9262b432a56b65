"""Words can be read on whatever is behind them: WCAG 2.2, 1.4.3 held against the pixels of finished frames."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
import world

from songreel.base.ids import digest
from songreel.media.store import Cache
from songreel.model.timeline import TextSource, TextStyle
from songreel.render import shelf, sprites
from songreel.render.compose import Painter
from songreel.render.evaluate import evaluate
from songreel.render.prepare import prepare
from songreel.visuals import pixels, text_inks
from songreel.visuals.text_designs import DESIGNS

LEAST, LEAST_LARGE = 4.5, 3.0
"""What WCAG asks of small text, here of all words that nobody colored; and of large text: all of these letters are."""
WORDS = "Paper 纸月亮"
LASTS, FPS = 14, 10
REST = (6, 7)
"""Two frames of each clip on which its words stand still, a flash apart."""
PICTURES = {
    "white": "gl_FragColor = vec4(1.0);",
    "black": "gl_FragColor = vec4(0.0, 0.0, 0.0, 1.0);",
    "busy": "vec2 at = floor(gl_FragCoord.xy / 5.0);"
    "gl_FragColor = vec4(mod(at.x + at.y, 2.0), mod(at.x, 3.0) / 2.0, mod(at.y, 5.0) / 4.0, 1.0);",
    "flashing": "gl_FragColor = vec4(vec3(mod(floor(TIME * 10.0 + 0.5), 2.0)), 1.0);",
}
ASKED = (("white", "#ff0000"), ("white", "#808080"), ("black", "#101010"), ("black", "#808080"))
"""Colors that a person asks for, each on what is worst for it."""


def timeline(asset, color):
    style = TextStyle(color=color)
    words = [
        world.clip(name, at * LASTS, (at + 1) * LASTS, TextSource(text=WORDS, design=name, style=style))
        for at, name in enumerate(DESIGNS)
    ]
    base = [world.clip("base", 0, len(DESIGNS) * LASTS, world.scene(f"asset:{asset}"))]
    return world.timeline(base, width=1280, height=720, fps=FPS, titles=words)


def letters(prepared, clip):
    """Return where a clip's letters have their own color, as a mask of the frame."""
    source, words = clip.source, prepared.words_of[clip.id]
    sprite = sprites.unpack(shelf.mapped(prepared.sprites[words.sprite]))
    fill = text_inks.inks(source, DESIGNS[source.design], prepared.timeline.palette).fill
    own = (np.abs(sprite.y.astype(int) - pixels.color_to_yuv(fill)[0]) < 10) & (sprite.alpha > 250)
    mask = np.zeros((720, 1280), np.uint8)
    mask[words.y & ~1 : (words.y & ~1) + sprite.height, words.x & ~1 : (words.x & ~1) + sprite.width] = own
    return mask


def contrast(frame, mask):
    """Return the contrast of letters with the least favorable tenth of what is around them."""
    levels = pixels.to_rgb(frame).astype(np.float64) / 255
    linear = np.where(levels <= 0.04045, levels / 12.92, ((levels + 0.055) / 1.055) ** 2.4)
    light = linear @ (0.2126, 0.7152, 0.0722)
    near, far = (cv2.dilate(mask, np.ones((size, size), np.uint8)) for size in (5, 9))
    own, around = float(np.median(light[mask > 0])), light[(far > 0) & (near == 0)]
    worst = float(np.quantile(around, 0.9 if np.median(around) < own else 0.1))
    low, high = sorted((own, worst))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize(("picture", "color"), [*((picture, None) for picture in PICTURES), *ASKED])
def test_words_are_read_on_any_picture(picture, color, assets, tmp_path):
    path = world.write_shader(tmp_path / "behind.fs", f'/*{{"ISFVSN": "2"}}*/\nvoid main() {{ {PICTURES[picture]} }}\n')
    asset = digest(picture)
    made = timeline(asset, color)
    ready = prepare(made, {**assets, asset: path}, world.song_map(20.0), cache=Cache(tmp_path / "cache", 1 << 30))
    found = {}
    with Painter(ready) as painter:
        for clip in made.clips("titles"):
            mask = letters(ready, clip)
            assert mask.sum() > 100, clip.id
            frames = [painter.paint(evaluate(ready, clip.start + step)).copy() for step in REST]
            found[clip.id] = min(contrast(frame, mask) for frame in frames)
    least = LEAST_LARGE if color else LEAST
    assert {name: round(ratio, 2) for name, ratio in found.items() if ratio < least} == {}
