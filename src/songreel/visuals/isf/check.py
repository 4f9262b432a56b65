"""A folder of ISF files, tried one by one: does each compile and draw?"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from songreel.base.errors import BadRequest, SongreelError
from songreel.visuals.isf import parse
from songreel.visuals.isf.host import Host, Instance, Moment
from songreel.visuals.shader import Shader, Value

WIDTH, HEIGHT = 64, 36
_FRAMES = 4


@dataclass(frozen=True, slots=True)
class Checked:
    """One file: whether it compiles and draws, and why not, or what is worth knowing."""

    name: str
    ok: bool
    why: str = ""


def check_folder(path: Path) -> list[Checked]:
    """Compile and draw every ``.fs`` file in a folder, in the order of names; one bad file never stops the others.

    Raises BadRequest when there is no such folder or nothing to check in it, MissingPart without a driver.
    """
    files = sorted(path.glob("*.fs")) if path.is_dir() else []
    if not files:
        raise BadRequest(f"{path} is not a folder with ISF files", advice="Give a folder that holds .fs files.")
    with Host() as host:
        return [check_file(host, file) for file in files]


def check_file(host: Host, path: Path) -> Checked:
    """Compile and draw one ISF file at a small size."""
    try:
        shader = parse.load(path)
        instance = host.instance(shader, WIDTH, HEIGHT)
        drawn = any(picture[..., :3].any() for picture in _frames(host, instance, shader))
        instance.close()
    except SongreelError as error:
        return Checked(path.name, ok=False, why=error.message)
    return Checked(path.name, ok=True, why="" if drawn else "draws nothing but black with its default inputs")


def _frames(host: Host, instance: Instance, shader: Shader) -> list[NDArray[np.uint8]]:
    pictures = sample_pictures(shader)
    found = []
    for frame in range(_FRAMES):
        inputs: dict[str, Value] = {entry.name: frame == 1 for entry in shader.inputs if entry.type == "event"}
        if shader.kind == "transition":
            inputs["progress"] = (frame + 0.5) / _FRAMES
        moment = Moment(frame / 2 + 0.5, 0.5, frame)
        found.append(host.read(instance.draw(moment, inputs, pictures)))
    return found


def sample_pictures(shader: Shader) -> dict[str, NDArray[np.uint8] | NDArray[np.float32]]:
    """Return something to see for each picture and sound that a shader declares: color ramps and a wave."""
    across = np.linspace(0, 255, WIDTH, dtype=np.uint8)[None, :].repeat(HEIGHT, axis=0)
    down = np.linspace(0, 255, HEIGHT, dtype=np.uint8)[:, None].repeat(WIDTH, axis=1)
    ramps = np.stack([across, down, 255 - across, np.full_like(across, 255)], axis=-1)
    found: dict[str, NDArray[np.uint8] | NDArray[np.float32]] = {}
    for index, entry in enumerate(shader.inputs):
        if entry.type == "image":
            found[entry.name] = np.ascontiguousarray(ramps if index % 2 == 0 else ramps[::-1, :, [2, 0, 1, 3]])
        elif entry.type in ("audio", "audioFFT"):
            wave = np.sin(np.linspace(0, 25, 256, dtype=np.float32))
            found[entry.name] = (0.5 + 0.45 * wave)[None, :].astype(np.float32)
    return found
