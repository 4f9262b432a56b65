"""Everything that can be drawn, listed and shown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from songreel.app.request import check_place
from songreel.base.errors import BadRequest
from songreel.media import store
from songreel.render import still
from songreel.visuals import catalog, visualizers
from songreel.visuals.isf import check as isf_check
from songreel.visuals.shader import Shader

PICTURES = (".png", ".jpg", ".jpeg", ".webp")
TILE = (480, 270)
COLUMNS = 3
CAPTION = 34


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that can be drawn."""

    family: str
    name: str
    description: str


def entries() -> tuple[Entry, ...]:
    """Return scenes, effects, transitions and visualizers, family by family."""
    return tuple(_entries())


def sheet(out: Path) -> None:
    """Draw every scene, at a lively moment, into one picture with captions."""
    check_place(out)
    if out.suffix.lower() not in PICTURES:
        raise BadRequest(f"{out.name!r} is not a picture's name", advice=f"End it in {' or '.join(PICTURES)}.")
    tiles = [_tile(name, shader) for name, shader in catalog.scenes().items()]
    tiles += [np.zeros_like(tiles[0])] * (-len(tiles) % COLUMNS)
    rows = [np.hstack(tiles[at : at + COLUMNS]) for at in range(0, len(tiles), COLUMNS)]
    _, data = cv2.imencode(out.suffix.lower(), cv2.cvtColor(np.vstack(rows), cv2.COLOR_RGB2BGR))
    with store.atomic(out) as part:
        part.write_bytes(data.tobytes())


def check(folder: Path) -> Sequence[isf_check.Checked]:
    """Compile and draw each ISF file of a folder; raises BadRequest when there is none."""
    if not folder.is_dir():
        raise BadRequest(f"there is no folder {folder}", advice="Give a folder of ISF .fs files.")
    checked = isf_check.check_folder(folder)
    if not checked:
        raise BadRequest(f"there are no .fs files in {folder}", advice="Give a folder of ISF shaders.")
    return checked


def _entries() -> Iterator[Entry]:
    for family, shaders in (
        ("scenes", catalog.scenes()),
        ("effects", catalog.effects()),
        ("transitions", catalog.transitions()),
    ):
        for name, shader in shaders.items():
            yield Entry(family, name, shader.description)
    for name, design in visualizers.DESIGNS.items():
        yield Entry("visualizers", name, ", ".join(design.words["en"]))


def _tile(name: str, shader: Shader) -> NDArray[np.uint8]:
    width, height = TILE
    picture = still.scene_still(shader, width, height)
    caption = np.zeros((CAPTION, width, 3), np.uint8)
    cv2.putText(caption, name, (12, 24), cv2.FONT_HERSHEY_SIMPLEX, 0.6, (235, 235, 235), 1, cv2.LINE_AA)
    return np.vstack((picture[..., :3], caption))
