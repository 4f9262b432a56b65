"""Which moments of the footage are shown: the best ones first, none twice while others remain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from songreel.model.asset import Asset
from songreel.model.document import AssetId
from songreel.model.material import Material

SLOWEST = 0.7
"""A moment that is too short may be shown at this speed at least."""
_CRUMB_S = 0.4
_STEP_S = Fraction(1, 1000)
_USABLE = 0.05
_END_S = 0.1
"""What decoders are not sure to deliver at the very end of a file."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A stretch of footage that has not been shown, in seconds of its file; ``x, y`` is where its subject is."""

    asset: AssetId
    start: float
    end: float
    score: float
    motion: float
    x: float
    y: float

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
    """All footage at hand. Each `take` uses some of it up; when nothing fits, everything may be shown again."""

    def __init__(self, assets: Sequence[Asset], materials: Mapping[AssetId, Material]) -> None:
        self._all = tuple(moment for asset in assets for moment in _moments(asset, materials.get(asset.id)))
        self._free = list(self._all)
        self._again = False

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
        best = self._best(self._free, seconds, strength, last)
        if best is None and self._best(self._all, seconds, strength, last) is not None:
            self._free, self._again = list(self._all), True
            best = self._best(self._free, seconds, strength, last)
        if best is None:
            return None
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
        rest = (
            Moment(moment.asset, until, moment.end, moment.score, moment.motion, moment.x, moment.y)
            if until < moment.end
            else None
        )
        self._free[place : place + 1] = [rest] if rest and rest.length > _CRUMB_S else []


def _moments(asset: Asset, material: Material | None) -> list[Moment]:
    end = max(float(asset.duration) - _END_S, 0.0)
    shots = [shot for shot in material.shots if shot.score > _USABLE] if material else []
    if not shots:
        return [Moment(asset.id, 0.0, end, 0.5, 0.5, 0.5, 0.5)] if end > _CRUMB_S else []
    found = [
        Moment(asset.id, each.start, min(each.end, end), each.score, each.motion, each.x, each.y) for each in shots
    ]
    return [moment for moment in found if moment.length > _CRUMB_S]
