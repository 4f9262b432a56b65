"""The best part of a song: where a short video of it begins and ends."""

from __future__ import annotations

import bisect
from collections.abc import Sequence

from songreel.model.song_map import Section, SectionLabel, SongMap

_LIFT: dict[SectionLabel, float] = {"drop": 0.15, "chorus": 0.08, "outro": -0.12, "intro": -0.08, "breakdown": -0.15}
_BEGINS_HIGH, _LEADS_IN, _ENDS_WHOLE = 0.08, (0.06, 0.05), 0.06
_SHORTEST, _SHORTFALL = 0.8, 0.35
_TOUCH_S = 0.1


def best_window(song_map: SongMap, seconds: float) -> tuple[float, float]:
    """Return (start, end) of the best stretch of at most ``seconds``, on bar lines; the whole song when it is shorter.

    The stretch with the most energy is best; it pays to begin with a chorus or drop, or one or two bars before it,
    and to end with a section. Where bars are not known, sections give the lines.
    """
    duration = float(song_map.duration)
    if seconds >= duration:
        return 0.0, duration
    borders = sorted({0.0, duration, *(section.start for section in song_map.sections)})
    lines = sorted({*song_map.downbeat_times(), *borders})
    windows = [
        (start, end) for start in _starts(song_map, lines) for end in _ends(lines, start, seconds, duration=duration)
    ]
    energy = energies(song_map.sections)

    def worth(window: tuple[float, float]) -> float:
        start, end = window
        shares = (
            max(0.0, min(each.end, end) - max(each.start, start)) * energy[each.start] for each in song_map.sections
        )
        whole = _ENDS_WHOLE if _is_one_of(borders, end) else 0.0
        shortfall = _SHORTFALL * (1 - (end - start) / seconds)
        return round(sum(shares) / (end - start) + _beginning(song_map, lines, start) + whole - shortfall, 6)

    return max(windows, key=lambda window: (worth(window), -window[0], window[1]))


def energies(sections: Sequence[Section]) -> dict[float, float]:
    """Return the energy of each section by its start, 0…1, spread over the song's own range."""
    plain = {section.start: section.energy for section in sections}
    low, high = min(plain.values(), default=0.0), max(plain.values(), default=0.0)
    spread = high - low
    share = min(spread / 0.3, 1.0) * 0.55
    out = {}
    for section in sections:
        relative = (section.energy - low) / spread if spread else section.energy
        energy = (1 - share) * section.energy + share * relative + _LIFT.get(section.label, 0.0)
        out[section.start] = round(min(max(energy, 0.0), 1.0), 4)
    return out


def _starts(song_map: SongMap, lines: Sequence[float]) -> list[float]:
    """Return where a stretch may begin: at every section, and up to two bars before a chorus or drop."""
    starts = {section.start for section in song_map.sections}
    for section in song_map.sections:
        if _high(section):
            at = bisect.bisect_left(lines, section.start)
            starts |= set(lines[max(0, at - len(_LEADS_IN)) : at])
    return sorted(starts)


def _ends(lines: Sequence[float], start: float, seconds: float, *, duration: float) -> list[float]:
    """Return the lines at which a stretch may end; its longest end where bars are too long, or not known."""
    latest = start + seconds
    if latest > duration + 1e-6:
        return []
    return [end for end in lines if start + _SHORTEST * seconds <= end <= latest + 1e-6] or [latest]


def _beginning(song_map: SongMap, lines: Sequence[float], start: float) -> float:
    """Return what it is worth to begin there: most at a chorus or drop, less the more bars before it."""
    at = bisect.bisect_left(lines, start)
    for bars, value in enumerate((_BEGINS_HIGH, *_LEADS_IN)):
        if at + bars < len(lines):
            there = lines[at + bars]
            if any(_high(section) and section.start == there for section in song_map.sections):
                return value
    return 0.0


def _high(section: Section) -> bool:
    return section.label in ("chorus", "drop")


def _is_one_of(borders: Sequence[float], at: float) -> bool:
    return any(abs(border - at) < _TOUCH_S for border in borders)
