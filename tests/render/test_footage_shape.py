"""Footage of another shape than the video: what is round stays round, and what matters stays in the frame."""

from __future__ import annotations

from fractions import Fraction

import av
import cv2
import numpy as np
import pytest
import world

from songreel.base.ids import digest
from songreel.director import framing
from songreel.media import look, probe
from songreel.media.encode import Encoder
from songreel.model.timeline import Canvas, FootageSource
from songreel.render import still
from songreel.visuals import pixels

CLIP = digest("round")
SHAPES = {"wide": (320, 180), "tall": (180, 320), "square": (240, 240), "old": (240, 180)}
BALL, GROUND = (240, 60, 40), (40, 70, 90)


def film(path, width, height, ball):
    """Write a second of a still ground, on which a red ball trembles."""
    rng = np.random.default_rng(1)
    ground = np.clip(np.array(GROUND) + rng.normal(0, 8, (height, width, 1)), 0, 255).astype(np.uint8)
    with Encoder(path, Canvas(width=width, height=height, fps=Fraction(10)), world.ENCODING) as encoder:
        for number in range(12):
            frame = ground.copy()
            cv2.circle(frame, (round(ball[0] * width) + number % 2, round(ball[1] * height)), 22, BALL, -1)
            encoder.write(pixels.from_rgb(frame, width, height))
    return path


def shown(path, canvas, assets, folder):
    """Return a frame of the clip as the director would show it, and how it fits."""
    asset = probe.footage(path)
    seen = look.material(path, asset)
    picture = framing.Picture(CLIP, asset.width, asset.height, seen.x, seen.y)
    wide = Canvas(width=canvas[0], height=canvas[1], fps=Fraction(10))
    fit = framing.fit(asset.width, asset.height, wide)
    window = framing.centered(picture, wide)
    source = FootageSource(asset=CLIP, at=Fraction(0), fit=fit, framing=window)
    made = world.timeline([world.clip("a", 0, 8, source)], width=canvas[0], height=canvas[1])
    return still.still(world.prepared(made, {**assets, CLIP: path}, folder), 3), fit


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("canvas", [(320, 180), (180, 320), (200, 200)], ids=str)
@pytest.mark.parametrize("ball", [(0.5, 0.5), (0.25, 0.3), (0.75, 0.7)], ids=str)
def test_a_ball_stays_round_and_in_the_frame(shape, canvas, ball, assets, tmp_path):
    frame, fit = shown(film(tmp_path / "a.mkv", *SHAPES[shape], ball), canvas, assets, tmp_path)
    red = (frame[..., 0].astype(int) - frame[..., 1] > 110).astype(np.uint8)
    count, _, boxes, _ = cv2.connectedComponentsWithStats(red)
    assert count > 1, "the ball is not in the frame"
    _, _, width, height, area = max(boxes[1:], key=lambda box: box[4])
    assert abs(width - height) <= 3, fit
    assert area == pytest.approx(np.pi * width * height / 4, rel=0.12)


def test_what_is_shown_in_another_range_of_light_is_said(assets, tmp_path):
    path = tmp_path / "bright.mkv"
    with av.open(str(path), "w") as out:
        stream = out.add_stream("ffv1", rate=10)
        context = stream.codec_context
        context.width, context.height, context.pix_fmt = 64, 36, "yuv420p10le"
        context.colorspace, context.color_range, context.color_trc, context.color_primaries = 9, 1, 16, 9
        frame = av.VideoFrame.from_ndarray(np.full((54, 64), 512, np.uint16), format="yuv420p10le")
        out.mux(stream.encode(frame))
        out.mux(stream.encode())
    source = FootageSource(asset=CLIP, at=Fraction(0))
    ready = world.prepared(world.timeline([world.clip("a", 0, 4, source)]), {**assets, CLIP: path}, tmp_path)
    assert ready.substitutions == ("bright.mkv has a high dynamic range: shown in the standard one",)
