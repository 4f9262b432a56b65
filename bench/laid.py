"""What lies on the pictures costs: effects and transitions as photos and footage of a full HD video meet them
(two thirds of the frame), visualizers in their usual place.

Of a filter or transition the work of its passes is counted: what sending a picture in and reading it back takes, which
every one of them needs, is measured with one that changes nothing, and taken off.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from songreel.editing import boxes
from songreel.model.timeline import Canvas, Place, VisualizerSource
from songreel.visuals import catalog, pixels, visualizers
from songreel.visuals.isf import parse
from songreel.visuals.isf.host import Host, Moment, Picture
from songreel.visuals.shader import Shader, Value

FULL, SHARE = Canvas(width=1920, height=1080, fps=30), 2 / 3
SAFE = Place(x=0.05, y=0.05, width=0.9, height=0.9)
_DRAWS = 8
_HEAD = '/*{"ISFVSN": "2", "INPUTS": [%s]}*/\n'
_INPUT = '{"NAME": "%s", "TYPE": "image"}'
_BARE = {
    "filter": (("inputImage",), "IMG_THIS_PIXEL(inputImage)"),
    "transition": (("startImage", "endImage"), "IMG_THIS_PIXEL(startImage) + IMG_THIS_PIXEL(endImage)"),
}
_MUSIC: Mapping[str, Value] = {
    "amount": 0.7, "pulse": 0.6, "downbeat": 0.7, "strobe": 0.5, "kick": 0.6, "snare": 0.5, "beat": 0.2, "level": 0.6,
    "treble": 0.4, "bass": 0.5, "travel": 20.0, "seed": 7.0,
}  # fmt: skip


def costs() -> Iterator[tuple[str, str, float]]:
    """Yield kind, name and milliseconds of CPU time a frame of everything that can be laid on pictures."""
    size = round(FULL.width * SHARE), round(FULL.height * SHARE)
    rng = np.random.default_rng(1)
    images = [rng.integers(0, 256, (size[1], size[0], 3), np.uint8) for _ in range(2)]
    given: dict[str, Picture] = {"inputImage": images[0], "startImage": images[0], "endImage": images[1]}
    with Host() as host:
        for kind, shelf in (("effect", catalog.effects()), ("transition", catalog.transitions())):
            passed = _filter_ms(host, _bare("filter" if kind == "effect" else kind), size, given)
            for name, shader in shelf.items():
                yield kind, name, max(_filter_ms(host, shader, size, given) - passed, 0.0)
    for name in visualizers.DESIGNS:
        yield "visualizer", name, _visualizer_ms(name)


def _bare(kind: str) -> Shader:
    names, color = _BARE[kind]
    inputs = ", ".join(_INPUT % name for name in names)
    inputs += ', {"NAME": "progress", "TYPE": "float"}' if kind == "transition" else ""
    return parse.parse(f"{_HEAD % inputs}void main() {{ gl_FragColor = {color}; }}", name=kind)


def _filter_ms(host: Host, shader: Shader, size: tuple[int, int], given: Mapping[str, Picture]) -> float:
    instance = host.instance(shader, *size)
    pictures = {entry.name: given[entry.name] for entry in shader.inputs if entry.type == "image"}

    def draw(frame: int) -> None:
        progress: Value = (frame + 1) / (_DRAWS + 1)
        host.read(instance.draw(Moment(1 + frame / 30, 1 / 30, frame), {**_MUSIC, "progress": progress}, pictures))

    taken = sorted(_timed(draw))
    instance.close()
    # A transition costs more in its middle than at its ends: its mean is what a video pays.
    return float(np.mean(taken)) if shader.kind == "transition" else taken[0]


def _visualizer_ms(name: str) -> float:
    frame = pixels.blank(FULL.width, FULL.height, "#203040")
    place = boxes.visualizer(name, None, FULL, SAFE)
    source = VisualizerSource(design=name, place=place, color="#35e0ff")
    sounds = [_sound(index) for index in range(_DRAWS)]
    return min(_timed(lambda index: visualizers.draw(frame, source, sounds[index])))


def _sound(index: int) -> visualizers.Sound:
    rng = np.random.default_rng(index)
    spectrum = rng.uniform(0.1, 0.9, 64).astype(np.float32)
    wave = _noise(rng)
    history = rng.uniform(0.1, 0.8, (20, 64)).astype(np.float32)
    side = np.asarray(_noise(rng) / 3, np.float32)
    return visualizers.Sound(spectrum, np.maximum(spectrum, 0.7), wave, 0.6, 0.5, side, history, 0.4, 1.0)


def _noise(rng: np.random.Generator) -> NDArray[np.float32]:
    return np.asarray(np.convolve(rng.uniform(-1, 1, 1039), np.ones(16) / 5, mode="valid"), np.float32)


def _timed(work: Callable[[int], None]) -> list[float]:
    work(0)
    taken = []
    for index in range(_DRAWS):
        began = time.process_time()
        work(index)
        taken.append(1000 * (time.process_time() - began))
    return taken


def main() -> None:
    """Print one line each: kind, name, milliseconds."""
    for kind, name, milliseconds in costs():
        print(kind, name, f"{milliseconds:.1f}", flush=True)


if __name__ == "__main__":
    main()
