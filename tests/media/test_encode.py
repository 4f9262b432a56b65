"""The same frames give the same chunk, whatever lies in the memory that an encoder is given."""

import os
import subprocess
import sys

import pytest

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
