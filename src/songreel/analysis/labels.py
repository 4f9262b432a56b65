"""What each section is: from how loud it is, whether it repeats, where it stands and how its level moves."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from songreel.model.song_map import Section, SectionLabel

Array = NDArray[np.float64]
LONGEST_INTRO = 8


@dataclass(frozen=True, slots=True)
class Part:
    """A section before it has a label: ``levels`` (cells,) in decibels."""

    id: str
    start: float
    end: float
    cells: int
    levels: Array

    @property
    def level(self) -> float:
        """Return the section's mean level in decibels."""
        return float(self.levels.mean())

    @property
    def climb(self) -> float:
        """Return how many decibels the level rises from the first half to the second."""
        half = max(1, self.levels.size // 2)
        return float(self.levels[-half:].mean() - self.levels[:half].mean())


def name(parts: list[Part], *, sure: list[float], certainty: float) -> tuple[Section, ...]:
    """Give each part its label, energy rank and confidence."""
    energies = _energies(parts)
    chorus = _chorus(parts, energies)
    return tuple(
        Section(
            id=part.id,
            label=_label(parts, energies, i, chorus),
            start=part.start,
            end=part.end,
            energy=energies[i],
            confidence=float(np.clip(certainty * (0.3 + 0.7 * sure[i]), 0, 1)),
        )
        for i, part in enumerate(parts)
    )


def _energies(parts: list[Part]) -> list[float]:
    """Return 0…1: half the level over the 18 dB under the loudest part, half the rank by level."""
    levels = np.array([part.level for part in parts])
    order = (levels[:, None] > levels[None, :]).sum(axis=1) / max(1, len(parts) - 1)
    height = np.clip((levels - levels.max()) / 18 + 1, 0, 1)
    silent = levels < -60
    rank = order if len(parts) > 1 else np.ones(1)
    return [float(energy) for energy in np.where(silent, 0.0, 0.5 * height + 0.5 * rank)]


def _chorus(parts: list[Part], energies: list[float]) -> str:
    """Return the id of the chorus: it repeats, is loud, and is not the first to be heard."""
    scores: dict[str, float] = {}
    for one in dict.fromkeys(part.id for part in parts):
        at = [i for i, part in enumerate(parts) if part.id == one]
        loud = float(np.mean([energies[i] for i in at]))
        scores[one] = loud + 0.15 * min(3, len(at) - 1) - (0.3 if at == [0] else 0) - 0.1 * (0 in at)
    return max(scores, key=lambda one: scores[one])


def _label(parts: list[Part], energies: list[float], i: int, chorus: str) -> SectionLabel:
    part, last = parts[i], len(parts) - 1
    if last == 0:
        return "verse"
    quiet = energies[i] < 0.45
    repeated = sum(other.id == part.id for other in parts) > 1
    if i == 0 and part.id != chorus:
        return "verse" if repeated and part.cells > LONGEST_INTRO else "intro"
    if i == last and (part.id != chorus or part.cells <= 2):
        return "outro"
    if part.id == chorus:
        jump = part.level - parts[i - 1].level if i else 0.0
        return "drop" if i and jump > 5 else "chorus"
    if i < last and parts[i + 1].id == chorus:
        if part.climb > 4 and part.cells <= 8:
            return "build"
        if part.cells <= 4 and i > 1 and parts[i - 1].id != chorus:
            return "pre-chorus"
    if quiet and 0 < i < last:
        return "breakdown"
    late = part.start > 0.55 * parts[-1].end
    if not repeated and late:
        return "solo" if energies[i] > 0.75 else "bridge"
    return "verse"
