"""One picture: a frame of a timeline, or a scene by itself for a catalog."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from songreel.render.compose import Painter
from songreel.render.evaluate import evaluate
from songreel.render.prepared import Prepared
from songreel.visuals import pixels
from songreel.visuals.isf.host import Host, Moment, Picture
from songreel.visuals.shader import Shader, Value
from songreel.visuals.signals import PALETTE

RGB = NDArray[np.uint8]

LIVELY: Mapping[str, float] = {
    "beat": 0.12,
    "bar": 0.28,
    "beatCount": 33.0,
    "pulse": 0.75,
    "downbeat": 0.35,
    "sub": 0.6,
    "bass": 0.7,
    "lowmid": 0.55,
    "mid": 0.5,
    "treble": 0.45,
    "kick": 0.7,
    "snare": 0.3,
    "hat": 0.4,
    "level": 0.75,
    "brightness": 0.5,
    "energy": 0.8,
    "section": 0.4,
    "song": 0.4,
    "travel": 14.0,
    "seed": 421.0,
}
"""The music in the middle of a chorus, just after a beat."""
_FPS = 30
_SECONDS = 11.0
_PREROLL = 90
"""Frames that a scene with feedback is drawn before its picture is taken."""


def still(prepared: Prepared, frame: int) -> RGB:
    """Return a frame of a video as RGB (h, w, 3)."""
    with Painter(prepared) as painter:
        return pixels.to_rgb(painter.paint(evaluate(prepared, frame)))


def scene_still(
    shader: Shader,
    width: int,
    height: int,
    *,
    signals: Mapping[str, float] = LIVELY,
    palette: Sequence[str] = (),
    pictures: Mapping[str, RGB] | None = None,
) -> RGB:
    """Return a scene at a moment of its music as RGB (h, w, 3); raises BadShader, MissingPart without a driver.

    ``palette`` is five colors from dark to light, or empty for the scene's own. Image inputs without one of
    ``pictures`` show a drawn cover.
    """
    values = dict(signals) | _colors(palette)
    first = round(_SECONDS * _FPS) - (_PREROLL if shader.persistent else 0)
    with Host() as host:
        instance = host.instance(shader, width, height)
        shown = _inputs(shader, pictures or {})
        for frame in range(first, round(_SECONDS * _FPS) + 1):
            moving = values | {"travel": signals.get("travel", 0.0) - _SECONDS + frame / _FPS}
            texture = instance.draw(Moment(frame / _FPS, 1 / _FPS, frame - first), moving, shown)
        return host.read(texture)[:, :, :3].copy()


def _colors(palette: Sequence[str]) -> dict[str, Value]:
    named = zip(PALETTE, palette, strict=False)
    return {name: (*(level / 255 for level in pixels.color_to_rgb(color)), 1.0) for name, color in named}


def _inputs(shader: Shader, pictures: Mapping[str, RGB]) -> dict[str, Picture]:
    bands = np.arange(256)
    made: dict[str, Picture] = {
        "image": _cover(),
        "audio": (0.5 + 0.35 * np.sin(bands / 9) * np.cos(bands / 31))[None, :].astype(np.float32),
        "audioFFT": (0.9 * np.exp(-bands / 90) * (0.6 + 0.4 * np.cos(bands / 5)))[None, :].astype(np.float32),
    }
    return {entry.name: made[entry.type] for entry in shader.inputs if entry.type in made} | dict(pictures)


def _cover(side: int = 512) -> RGB:
    """Return a record cover for scenes that show one: a low sun over a striped sea."""
    down = np.linspace(0, 1, side, dtype=np.float32)[:, None, None]
    sky = (1 - down) * np.array([52, 32, 92], np.float32) + down * np.array([246, 122, 92], np.float32)
    picture = np.repeat(sky, side, axis=1).astype(np.uint8)
    cv2.circle(picture, (side // 2, side * 5 // 9), side // 4, (255, 214, 140), -1, cv2.LINE_AA)
    for step in range(7):
        top = side * 5 // 9 + step * side // 16
        cv2.rectangle(picture, (0, top), (side, top + 6 + 3 * step), (44, 26, 74), -1)
    picture.flags.writeable = False
    return picture
