"""Looking at photos and footage: where their subject is, their colors, and which moments are worth showing."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from songreel.base.errors import BadRequest
from songreel.media import colors, pictures, saliency, shots
from songreel.model.asset import Asset
from songreel.model.material import Material

_SIDE = 640


def material(path: Path, asset: Asset) -> Material:
    """Return what is seen in a photo or clip; raises BadMedia when it cannot be read, BadRequest for other files."""
    match asset.kind:
        case "photo":
            return _photo(path, asset)
        case "footage":
            return _footage(path, asset)
        case _:
            raise BadRequest(f"{asset.name} is neither photo nor footage", advice="Give pictures or clips.")


def _photo(path: Path, asset: Asset) -> Material:
    picture = pictures.load(path, longest=_SIDE)
    # What is transparent is seen as mid gray: neither dark nor light edges arise around it.
    share = picture[..., 3:].astype(np.float32) / 255
    flat = np.asarray(picture[..., :3] * share + 128 * (1 - share), np.uint8)
    x, y = saliency.focus(flat)
    return Material(
        asset=asset.id,
        width=asset.width,
        height=asset.height,
        x=round(min(1.0, max(0.0, x)), 3),
        y=round(min(1.0, max(0.0, y)), 3),
        colors=colors.main_colors(picture),
    )


def _footage(path: Path, asset: Asset) -> Material:
    seen = shots.watch(path, asset)
    found = shots.shots(seen.samples, max(float(asset.duration), seen.samples[-1].time + 0.001))
    best = max(found, key=lambda shot: shot.score * (shot.end - shot.start))
    return Material(
        asset=asset.id,
        width=asset.width,
        height=asset.height,
        x=best.x,
        y=best.y,
        colors=colors.main_colors(np.concatenate(seen.pictures)),
        shots=found,
    )
