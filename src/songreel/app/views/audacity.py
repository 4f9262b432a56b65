"""Beats and sections as a label track of Audacity: start, end and words, a tab between (manual.audacityteam.org)."""

from __future__ import annotations

from pathlib import Path

from songreel.media import store
from songreel.model.song_map import SongMap


def write(out: Path, song_map: SongMap) -> None:
    """Write sections as stretches, and beats as points with their place in the bar, in order of time."""
    with store.atomic(out) as part:
        part.write_text(text(song_map), encoding="utf-8")


def text(song_map: SongMap) -> str:
    """Return the label track as text; times have six decimals, as Audacity writes them."""
    sections = [(each.start, each.end, f"{each.id} {each.label}") for each in song_map.sections]
    beats = [(beat.at, beat.at, str(beat.position) if beat.position else "·") for beat in song_map.beats]
    rows = sorted([*sections, *beats], key=lambda row: (row[0], -row[1]))
    return "".join(f"{start:.6f}\t{end:.6f}\t{words}\n" for start, end, words in rows)
