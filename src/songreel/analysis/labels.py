"""What each section is: from how full it sounds, what it repeats, where it stands and how it moves.

Fullness is the mean level of all registers in decibels: choruses are fuller than verses more surely than louder.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from songreel.analysis.letters import family
from songreel.model.song_map import Section, SectionLabel

Array = NDArray[np.float64]
SHORT = 8
CLIMB_DB, HOLLOW_DB = 2.0, 6.0
QUIET = 0.4
FIRST = 0.15
LIFT = 0.15
DRIVING = 0.8

# how often a label was right on made songs of many forms; a bridge is told from a solo by its drums alone
TRUST: dict[SectionLabel, float] = {
    "intro": 0.95, "verse": 0.7, "pre-chorus": 0.75, "chorus": 0.9, "build": 0.9, "drop": 0.85, "breakdown": 0.6,
    "bridge": 0.5, "solo": 0.5, "outro": 0.95,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Part:
    """A section before it has a label: ``times`` in seconds, fullness and the level of the lows in dB, (cells,).

    ``struck`` is how much kick and snare are struck in it, in no unit.
    """

    id: str
    times: tuple[float, float]
    full: Array
    low: Array
    struck: float = 0.0

    @property
    def cells(self) -> int:
        """Return how many cells (bars) long the section is."""
        return self.full.size

    @property
    def climb(self) -> float:
        """Return how many decibels the fullness rises from the first third to the last."""
        third = max(1, self.full.size // 3)
        return float(self.full[-third:].mean() - self.full[:third].mean())


def name(parts: list[Part], *, sure: list[float], certainty: float) -> tuple[Section, ...]:
    """Give each part its label, energy rank and confidence: that it begins there, and is what it is called."""
    form = _Form(parts)
    called = [form.label(i) for i in range(len(parts))]
    return tuple(
        Section(
            id=part.id,
            label=called[i],
            start=part.times[0],
            end=part.times[1],
            energy=form.energies[i],
            confidence=float(np.clip(certainty * sure[i] * TRUST[called[i]], 0, 1)),
        )
        for i, part in enumerate(parts)
    )


def _energies(parts: list[Part]) -> list[float]:
    """Return 0…1: half the fullness over the 18 dB under the fullest part, half the rank by it."""
    levels = np.array([part.full.mean() for part in parts])
    order = (levels[:, None] > levels[None, :]).sum(axis=1) / max(1, len(parts) - 1)
    height = np.clip((levels - levels.max()) / 18 + 1, 0, 1)
    rank = order if len(parts) > 1 else np.ones(1)
    return [float(energy) for energy in np.where(levels < -85, 0.0, 0.5 * height + 0.5 * rank)]


class _Form:
    """The parts of a song in their places."""

    def __init__(self, parts: list[Part]) -> None:
        self.parts, self.last = parts, len(parts) - 1
        self.energies = _energies(parts)
        self.places = {one: [i for i, part in enumerate(parts) if part.id == one] for one in (p.id for p in parts)}
        self.usual = {one: float(np.mean([self.energies[i] for i in at])) for one, at in self.places.items()}
        self.chorus = self._chorus()
        self.drops = {parts[i + 1].id for i in range(self.last) if self._climbs(i)}
        self.builds = {one for one in self.places if one not in self.chorus and self._ushers(one)}

    def label(self, i: int) -> SectionLabel:
        """Return what a part is."""
        part = self.parts[i]
        if self.last == 0:
            return "verse"
        if self._is_intro(i):
            return "intro"
        if self._is_outro(i):
            return "outro"
        if self._refrain(i):
            return "drop" if part.id in self.drops else "chorus"
        if part.id in self.builds and self._refrain(i + 1):
            return "build"
        return "pre-chorus" if self._leads(part.id) else self._between(i)

    def _chorus(self) -> set[str]:
        """Return the ids of the chorus: one that repeats, is full, and fuller than what leads to it."""
        repeated = [one for one in self.places if len(self._inner(one)) > 1]
        scores = {one: self._refrain_score(one) - (FIRST if repeated[:1] == [one] else 0) for one in self.places}
        best = max(scores, key=lambda one: scores[one])
        return {best} | {one for one in scores if self._goes_on(one, best)}

    def _refrain_score(self, one: str) -> float:
        at = [i for i in self.places[one] if i]
        rise = [self.energies[i] - self.energies[i - 1] for i in at if self.parts[i - 1].id != one]
        gain = 0.3 * float(np.clip(np.mean(rise), -0.5, 0.5)) if rise else 0.0
        return self.usual[one] + gain + 0.15 * min(3, len(at) - 1) - 0.15 * (0 in self.places[one])

    def _goes_on(self, one: str, chorus: str) -> bool:
        """Tell whether a part is a chorus's second half, or the chorus once more in another dress."""
        at = self.places[one]
        follows = all(i and self.parts[i - 1].id == chorus for i in at) and len(at) > 1
        dressed = family(one) == family(chorus) and 0 not in at
        return self.usual[one] >= self.usual[chorus] - 0.1 and (follows or dressed)

    def _inner(self, one: str) -> list[int]:
        return [i for i in self.places[one] if 0 < i < self.last]

    def _repeated(self, i: int) -> bool:
        """Tell whether a part comes again, in any dress but the chorus's, between the first part and the last one."""
        kin = [one for one in self.places if family(one) == family(self.parts[i].id) and one not in self.chorus]
        return any(j != i for one in kin for j in self._inner(one))

    def _refrain(self, i: int) -> bool:
        return 0 <= i <= self.last and self.parts[i].id in self.chorus

    def _climbs(self, i: int) -> bool:
        """Tell whether a part climbs to a refrain whose lows it has not."""
        if not self._refrain(i + 1) or self._refrain(i):
            return False
        part, after = self.parts[i], self.parts[i + 1]
        return part.climb > CLIMB_DB and bool(after.low.mean() - part.low.mean() > HOLLOW_DB)

    def _ushers(self, one: str) -> bool:
        """Tell whether parts of an id build up to drops: one climbs to it, or all lead to one and rise a little."""
        at = self.places[one]
        lead = all(i < self.last and self.parts[i + 1].id in self.drops for i in at)
        rises = self.parts[at[0]].climb > 0 and all(self.energies[i + 1] - self.energies[i] > LIFT for i in at if lead)
        return any(self._climbs(i) for i in at) or (lead and rises)

    def _is_intro(self, i: int) -> bool:
        if i == 0:
            long = self._repeated(0) and self.parts[0].cells >= SHORT and not self.drops
            return not (self._refrain(0) or (long and self.energies[0] >= float(np.median(self.energies))))
        before = self.parts[0].cells <= SHORT // 2 and self._is_intro(0)
        return i == 1 and before and not self._repeated(1) and self.energies[1] < QUIET and not self._refrain(1)

    def _is_outro(self, i: int) -> bool:
        part = self.parts[i]
        if i == self.last:
            return not self._refrain(i) or part.cells <= 2
        quiet = self.energies[i] < QUIET and not self._repeated(i)
        return i == self.last - 1 and self.parts[-1].cells <= SHORT // 2 and quiet and not self._refrain(i)

    def _leads(self, one: str) -> bool:
        """Tell whether parts of an id lead from a verse to the chorus, wherever they are heard."""
        at = [i for i in self.places[one] if i < self.last]
        always = all(i > 1 and self._refrain(i + 1) and not self._refrain(i - 1) for i in at)
        longest = max((self.parts[i].cells for i in at), default=SHORT + 1)
        return always and longest <= (SHORT if len(at) > 1 else SHORT // 2)

    def _between(self, i: int) -> SectionLabel:
        energy = self.usual[self.parts[i].id]
        if energy < QUIET and self.drops:
            return "breakdown"
        if self._repeated(i) or self._early(i):
            return "verse"
        if energy < QUIET and self.parts[i].cells <= SHORT // 2:
            return "breakdown"
        if not self._drives(i):
            return "bridge"
        # music that is made of drops goes on, where a band plays a solo
        return "verse" if self.drops else "solo"

    def _early(self, i: int) -> bool:
        """Tell whether a song is not yet where bridges and solos are: before a refrain, or early and before another."""
        refrains = sum(self._refrain(j) for j in range(i))
        halfway = self.parts[-1].times[1] / 2
        return not refrains or (refrains == 1 and sum(self.parts[i].times) / 2 < halfway)

    def _drives(self, i: int) -> bool:
        """Tell whether the drums go on in a part as in the refrains: under solos they do, bridges hold them back."""
        refrains = [part.struck for part in self.parts if part.id in self.chorus]
        return self.parts[i].struck > DRIVING * float(np.median(refrains)) > 0
