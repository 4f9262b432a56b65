"""The floor: x264 alone, encoding the frames of a finished video again, with the same settings and processes.

Each process decodes some frames ahead, and only the encoding of them is timed. Prints the seconds that the slowest
process spent, and the CPU seconds of all. Usage: python -m bench.encode_alone VIDEO PROCESSES SPEED QUALITY
"""

from __future__ import annotations

import multiprocessing
import sys
import tempfile
import time
from fractions import Fraction
from pathlib import Path

import numpy as np

from songreel.media import footage, probe
from songreel.media.encode import Encoder
from songreel.model.preset import Encoding
from songreel.model.timeline import Canvas

CHUNK_S = 4


def _encode(video: str, part: int, parts: int, encoding: Encoding) -> tuple[float, float]:
    """Return the seconds, and the CPU seconds, that the encoding of every ``parts``-th chunk takes."""
    asset = probe.footage(Path(video))
    canvas = Canvas(width=asset.width, height=asset.height, fps=asset.fps)
    length = round(CHUNK_S * asset.fps)
    total = int(asset.duration * asset.fps)
    spent, cpu = 0.0, 0.0
    with tempfile.TemporaryDirectory() as folder, footage.Reader(Path(video), asset) as reader:
        for start in range(part * length, total, parts * length):
            frames = [np.array(reader.frame(Fraction(n) / asset.fps)) for n in range(start, min(start + length, total))]
            began, cpu_began = time.perf_counter(), time.process_time()
            with Encoder(Path(folder) / f"{start}.mkv", canvas, encoding) as encoder:
                for frame in frames:
                    encoder.write(frame)
            spent += time.perf_counter() - began
            cpu += time.process_time() - cpu_began
    return spent, cpu


def main() -> None:
    video, processes, speed, quality = sys.argv[1], int(sys.argv[2]), sys.argv[3], int(sys.argv[4])
    encoding = Encoding(speed=speed, quality=quality)
    with multiprocessing.get_context("spawn").Pool(processes) as pool:
        spent = pool.starmap(_encode, [(video, part, processes, encoding) for part in range(processes)])
    print(max(seconds for seconds, _ in spent), sum(cpu for _, cpu in spent))


if __name__ == "__main__":
    main()
