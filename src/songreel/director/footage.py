"""Which moments of the footage are shown: the best ones on the strong parts, none twice while others remain.

Of moments that look alike the best one is shown first, and the others when nothing else is left.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from songreel.model.asset import Asset
from songreel.model.document import AssetId
from songreel.model.material import Material

SLOWEST = 0.7
"""A moment that is too short may be shown at this speed at least."""
_CRUMB_S = 0.4
_STEP_S = Fraction(1, 1000)
_USABLE = 0.05
_STRONG = 0.75
"""From this strength on a shot may have the best moments; weaker ones leave them while they can."""
_ALIKE, _LEVELS_APART, _TINT_APART, _FLAT = 0.92, 30.0, 12.0, 3.0
_END_S = 0.1
"""What decoders are not sure to deliver at the very end of a file."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A stretch of footage that has not been shown, in seconds of its file; ``x, y`` is where its subject is.

    ``shot`` is the number of its shot in the file, and ``glance`` what that looks like (see `model.material.Shot`).
    """

    asset: AssetId
    start: float
    end: float
    score: float
    motion: float
    x: float
    y: float
    shot: int = 0
    glance: str = ""

    @property
    def length(self) -> float:
        """Return how long it is, in seconds."""
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Taken:
    """A moment to show, from ``at`` seconds on; ``again`` where all footage had been shown before."""

    moment: Moment
    at: Fraction
    speed: float
    again: bool


class Reel:
    """All footage at hand. Each `take` uses some of it up; when nothing fits, everything may be shown again.

    ``strong_s`` is how many seconds the strong shots will want: the best moments are kept for them.
    """

    def __init__(
        self, assets: Sequence[Asset], materials: Mapping[AssetId, Material], *, strong_s: float = 0.0
    ) -> None:
        self._all = tuple(moment for asset in assets for moment in _moments(asset, materials.get(asset.id)))
        self._like = _alike(self._all)
        self._free = list(self._all)
        self._again = False
        self._strong_s = strong_s

    @property
    def seconds(self) -> float:
        """Return how much usable footage there is."""
        return sum(moment.length for moment in self._all)

    @property
    def longest(self) -> float:
        """Return the length of the longest moment, in seconds."""
        return max((moment.length for moment in self._all), default=0.0)

    def take(self, seconds: float, *, strength: float, last: AssetId | None) -> Taken | None:
        """Use up the best moment for a shot of so many seconds; None when none is that long.

        ``strength`` 0…1 weighs motion against calm; ``last`` is the clip shown just before, avoided when another fits.
        """
        best = self._next(seconds, strength, last)
        if best is None and self._best(self._all, seconds, strength, last) is not None:
            self._free, self._again = list(self._all), True
            best = self._next(seconds, strength, last)
        if best is None:
            return None
        if strength >= _STRONG:
            self._strong_s -= seconds
        used = min(seconds, best.length)
        speed = 1.0 if best.length >= seconds else round(best.length / seconds - 0.0005, 3)
        at = Fraction(best.start).limit_denominator(1000)
        at += _STEP_S if at < Fraction(best.start) else 0
        self._use(best, float(at) + used)
        return Taken(best, at, speed, self._again)

    def spend(self, asset: AssetId, start: float, end: float) -> None:
        """Use up what is shown of a clip elsewhere, in seconds of its file."""
        for moment in [each for each in self._free if each.asset == asset]:
            parts = ((moment.start, min(start, moment.end)), (max(end, moment.start), moment.end))
            left = [replace(moment, start=begin, end=finish) for begin, finish in parts if finish - begin > _CRUMB_S]
            place = self._free.index(moment)
            self._free[place : place + 1] = left

    def _next(self, seconds: float, strength: float, last: AssetId | None) -> Moment | None:
        """Return the best moment that is left: rather one that was not seen in another, and was not kept for others."""
        fresh = [each for each in self._free if (each.asset, each.shot) not in self._like]
        kept = self._kept(fresh) if strength < _STRONG else []
        pools = ([each for each in fresh if each not in kept], fresh, self._free)
        found = (self._best(pool, seconds, strength, last) for pool in pools)
        return next((each for each in found if each is not None), None)

    def _kept(self, moments: Sequence[Moment]) -> list[Moment]:
        """Return the best moments, as many as the strong shots still to come will fill."""
        kept, left = [], self._strong_s
        for each in sorted(moments, key=lambda each: (-each.score, each.asset, each.start)):
            if left <= 0:
                break
            kept.append(each)
            left -= each.length
        return kept

    @staticmethod
    def _best(moments: Sequence[Moment], seconds: float, strength: float, last: AssetId | None) -> Moment | None:
        fitting = [each for each in moments if each.length * 1.0 >= seconds * SLOWEST + 0.002]

        def worth(each: Moment) -> tuple[float, ...]:
            wanted = each.score * (1 + 0.6 * strength * each.motion + 0.4 * (1 - strength) * (1 - each.motion))
            slowed = 0.15 if each.length < seconds else 0.0
            return (wanted - slowed - (0.35 if each.asset == last else 0.0), -each.start)

        return max(fitting, key=worth, default=None)

    def _use(self, moment: Moment, until: float) -> None:
        place = self._free.index(moment)
        rest = replace(moment, start=until) if until < moment.end else None
        self._free[place : place + 1] = [rest] if rest and rest.length > _CRUMB_S else []


def _moments(asset: Asset, material: Material | None) -> list[Moment]:
    end = max(float(asset.duration) - _END_S, 0.0)
    shots = [shot for shot in material.shots if shot.score > _USABLE] if material else []
    if not shots:
        return [Moment(asset.id, 0.0, end, 0.5, 0.5, 0.5, 0.5)] if end > _CRUMB_S else []
    found = [
        Moment(asset.id, each.start, min(each.end, end), each.score, each.motion, each.x, each.y, shot, each.glance)
        for shot, each in enumerate(shots)
    ]
    return [moment for moment in found if moment.length > _CRUMB_S]


def _alike(moments: Sequence[Moment]) -> frozenset[tuple[AssetId, int]]:
    """Return the shots that look like better ones, told by asset and number."""
    better: list[Moment] = []
    found = set()
    for moment in sorted(moments, key=lambda each: (-each.score, each.asset, each.start)):
        if not moment.glance:
            continue
        if any(_look_alike(moment, other) for other in better):
            found.add((moment.asset, moment.shot))
        else:
            better.append(moment)
    return frozenset(found)


def _look_alike(one: Moment, other: Moment) -> bool:
    """Tell whether two moments show the same thing: the same shapes in the same light and colors, at 8 by 8 pixels."""
    first, second = _seen(one), _seen(other)
    if first.shape != second.shape:
        return False
    light = [each.mean(axis=2) for each in (first, second)]
    tints = [each - level[..., None] for each, level in zip((first, second), light, strict=True)]
    if np.abs(light[0] - light[1]).mean() > _LEVELS_APART or np.abs(tints[0] - tints[1]).mean() > _TINT_APART:
        return False
    if min(float(level.std()) for level in light) < _FLAT:
        return True
    return float(np.corrcoef(light[0].ravel(), light[1].ravel())[0, 1]) > _ALIKE


def _seen(moment: Moment) -> NDArray[np.float64]:
    levels = np.frombuffer(bytes.fromhex(moment.glance), np.uint8).astype(np.float64)
    return levels.reshape(-1, 8, 3)
