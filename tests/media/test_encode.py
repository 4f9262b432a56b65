"""The same frames give the same chunk, whatever lies in the memory that an encoder is given."""

import os
import subprocess
import sys
from fractions import Fraction

import av
import numpy as np
import pytest

from songreel.media import encode
from songreel.media.encode import BITS_A_PIXEL, Encoder
from songreel.model.preset import Encoding
from songreel.model.timeline import Canvas

PROGRAM = """
import hashlib, sys
from fractions import Fraction
from pathlib import Path
import cv2, numpy as np
from songreel.media.encode import Encoder
from songreel.model.preset import Encoding
from songreel.model.timeline import Canvas
out, speed, width, height = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
noise = np.random.default_rng(1).integers(16, 235, (height * 3 // 2 + 64, width + 64), dtype=np.uint8)
drawn = cv2.GaussianBlur(noise, (0, 0), 3)
with Encoder(out, Canvas(width=width, height=height, fps=Fraction(30)), Encoding(speed=speed)) as encoder:
    for n in range(40):
        encoder.write(np.ascontiguousarray(drawn[n // 2 : n // 2 + height * 3 // 2, n : n + width]))
print(hashlib.sha256(out.read_bytes()).hexdigest())
"""


@pytest.mark.parametrize(("speed", "size"), [("fast", (160, 90)), ("medium", (192, 108)), ("superfast", (160, 90))])
def test_bytes_do_not_depend_on_what_memory_holds(tmp_path, speed, size):
    def encoded(fill):
        command = [sys.executable, "-c", PROGRAM, tmp_path / "chunk.mkv", speed, *map(str, size)]
        environment = os.environ | {"MALLOC_PERTURB_": str(fill)}
        return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout

    assert len({encoded(fill) for fill in (0, 85, 170)}) == 1


@pytest.mark.parametrize("quality", [6, 18])
def test_grain_costs_no_more_than_the_ceiling(tmp_path, quality):
    canvas, seconds = Canvas(width=320, height=180, fps=Fraction(30)), 4
    rng = np.random.default_rng(1)
    with Encoder(tmp_path / "grain.mkv", canvas, Encoding(speed="superfast", quality=quality)) as encoder:
        for _ in range(30 * seconds):
            encoder.write(rng.integers(16, 235, (270, 320), np.uint8))
    allowed = BITS_A_PIXEL * 2 ** ((18 - quality) / 6) * 320 * 180 * 30 / 8
    assert (tmp_path / "grain.mkv").stat().st_size <= 1.1 * allowed * (seconds + 1)


def test_a_clean_picture_is_encoded_as_without_a_ceiling(tmp_path, monkeypatch):
    canvas = Canvas(width=320, height=180, fps=Fraction(30))

    def encoded(name):
        with Encoder(tmp_path / name, canvas, Encoding(speed="superfast", quality=18)) as encoder:
            for step in range(60):
                frame = np.full((270, 320), 128, np.uint8)
                frame[40:80, step : step + 60] = 200
                encoder.write(frame)
        with av.open(str(tmp_path / name)) as container:
            return [frame.to_ndarray() for frame in container.decode(video=0)]

    bounded = encoded("bounded.mkv")
    monkeypatch.setattr(encode, "_ceiling", lambda *_: "")
    assert all(np.array_equal(one, other) for one, other in zip(bounded, encoded("free.mkv"), strict=True))
