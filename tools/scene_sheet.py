"""Draw scenes to sheets of pictures, to be looked at, and measure what they cost.

``python tools/scene_sheet.py OUT [NAME ...]`` writes OUT/NAME.png for each scene (all without names): rows of
palettes, columns of moments in wide frames, then tall ones. ``--cost`` prints milliseconds a frame instead.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from songreel.visuals import catalog
from songreel.visuals.isf.host import Host, Instance, Moment
from songreel.visuals.shader import Shader, Value
from songreel.visuals.signals import PALETTE, SIGNALS

PALETTES = {
    "synthwave": "#0b0620 #34136b #ff2e88 #22d3ee #ffe9f7",
    "sunset": "#140a12 #5a2233 #e8633a #f7b24a #fff1d6",
    "teal": "#03100f #0c3a3f #1c7c7d #63c7b2 #e6fff8",
    "red": "#050505 #2c2c2e #d7142a #bdbdbd #ffffff",
    "pastel": "#2b2a3d #6e6a94 #f4a7b9 #a7d8f0 #fff7ef",
}
LEVELS = ("sub", "bass", "lowmid", "mid", "treble", "kick", "snare", "hat", "level", "brightness", "energy", "drop")
MOMENTS: dict[str, tuple[float, float, tuple[float, ...]]] = {
    "silence": (20.0, 8.0, (0,) * 12),
    "verse": (40.0, 20.0, (0.2, 0.3, 0.3, 0.35, 0.2, 0.1, 0.05, 0.3, 0.35, 0.4, 0.3, 0)),
    "kick": (70.0, 50.0, (0.8, 0.8, 0.5, 0.5, 0.4, 0.95, 0.1, 0.4, 0.7, 0.5, 0.65, 0)),
    "drop": (100.0, 90.0, (0.9, 0.9, 0.7, 0.7, 0.7, 0.5, 0.8, 0.7, 0.95, 0.6, 1, 0.9)),
}
"""Seconds, travel and the levels of a moment, in the order of `LEVELS`."""
WIDE, TALL = (480, 270), (152, 270)
FULL = (1920, 1080)
DRAWS = 10


def inputs_of(moment: str, palette: str, seed: float) -> dict[str, Value]:
    """Return the inputs of a moment of a song in a palette."""
    _, travel, levels = MOMENTS[moment]
    found: dict[str, Value] = dict.fromkeys(SIGNALS, 0.0)
    found |= zip(LEVELS, levels, strict=True)
    found |= {"travel": travel, "seed": seed, "beat": 0.1, "bar": 0.03, "beatCount": 64, "pulse": 0.8 * levels[5]}
    for name, text in zip(PALETTE, PALETTES[palette].split(), strict=True):
        found[name] = (*(int(text[at : at + 2], 16) / 255 for at in (1, 3, 5)), 1.0)
    return found


def sample_cover(side: int = 256) -> NDArray[np.uint8]:
    """Return a cover to try: a sun over water."""
    y, x = np.mgrid[0:side, 0:side] / side
    picture = np.stack([0.9 - 0.6 * y, 0.3 + 0.2 * y, 0.25 + 0.5 * x, np.ones_like(x)], axis=-1)
    picture[np.hypot(x - 0.5, y - 0.45) < 0.22, :3] = (0.98, 0.86, 0.5)
    picture[(y > 0.6) & (np.sin(y * 90) > 0.2), :3] = (0.1, 0.12, 0.3)
    return np.ascontiguousarray(picture * 255, dtype=np.uint8)


def shot(host: Host, instance: Instance, moment: str, inputs: Mapping[str, Value]) -> Image.Image:
    """Draw a moment."""
    at = Moment(MOMENTS[moment][0], 1 / 30, 0)
    return Image.fromarray(host.read(instance.draw(at, inputs, {"cover": sample_cover()}))[..., :3].copy())


def sheet(host: Host, scene: Shader) -> Image.Image:
    """Draw a scene at every moment in every palette, wide and tall; each row has a seed of its own."""
    gap = 4
    width = len(MOMENTS) * (WIDE[0] + TALL[0] + 2 * gap)
    whole = Image.new("RGB", (width, len(PALETTES) * (TALL[1] + gap)))
    x = 0
    for size in (WIDE, TALL):
        instance = host.instance(scene, *size)
        for moment in MOMENTS:
            for row, palette in enumerate(PALETTES):
                picture = shot(host, instance, moment, inputs_of(moment, palette, 3 + 113.7 * row))
                whole.paste(picture, (x, row * (TALL[1] + gap)))
            x += size[0] + gap
        instance.close()
    return whole


def cost_ms(host: Host, scene: Shader) -> float:
    """Return the CPU time of a frame of a full HD film, in ms, with its read-back; the best of a few."""
    share = scene.hints.resolution or 1.0
    inputs = inputs_of("drop", "synthwave", 3.0)
    fixed = {name: inputs[name] for name in PALETTE}
    instance = host.instance(scene, round(FULL[0] * share), round(FULL[1] * share), fixed=fixed)
    taken: list[float] = []
    for frame in range(DRAWS):
        began = time.process_time()
        host.read(instance.draw(Moment(100 + frame / 30, 1 / 30, frame), inputs))
        taken.append(time.process_time() - began)
    instance.close()
    return min(taken) * 1000


def main() -> None:
    """Read the command line and draw or measure."""
    parser = argparse.ArgumentParser(description="Draw scenes to sheets, or measure them.")
    parser.add_argument("out", type=Path, help="folder for the sheets")
    parser.add_argument("names", nargs="*", help="scenes; all without any")
    parser.add_argument("--cost", action="store_true", help="print ms of CPU time a frame instead")
    given = parser.parse_args()
    os.environ["LP_NUM_THREADS"] = "0"
    scenes = [catalog.find_scene(name) for name in given.names] or list(catalog.scenes().values())
    with Host() as host:
        if given.cost:
            found = {scene.name: cost_ms(host, scene) for scene in scenes}
            for name, milliseconds in found.items():
                print(f"{name:16} {milliseconds:6.1f} ms at {catalog.find_scene(name).hints.resolution}")
            print(f"{'median':16} {np.median(list(found.values())):6.1f} ms")
            return
        given.out.mkdir(parents=True, exist_ok=True)
        for scene in scenes:
            sheet(host, scene).save(given.out / f"{scene.name}.png")


if __name__ == "__main__":
    main()
