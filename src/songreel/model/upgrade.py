"""Older documents, made current: one function for each step of one schema."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from songreel.base.errors import BadProject

Step = Callable[[dict[str, Any]], dict[str, Any]]


def _curves_at_rest(raw: dict[str, Any]) -> dict[str, Any]:
    """Return a song map as it is: width and harmony, which it has not, are at rest by themselves."""
    return raw


def _one_palette(raw: dict[str, Any]) -> dict[str, Any]:
    """Return a timeline as it is: its shots, which name no palette, are in that of the whole."""
    return raw


def _no_insets(raw: dict[str, Any]) -> dict[str, Any]:
    """Return a timeline as it is: it lays no footage over the frame."""
    return raw


def _on_beats(raw: dict[str, Any]) -> dict[str, Any]:
    """Return a timeline as it is: none of its cuts is meant for a half-beat."""
    return raw


def _steady_shots(raw: dict[str, Any]) -> dict[str, Any]:
    """Return a material as it is: its shots, of which no shake and no glance were taken, are steady and unlike."""
    return raw


def _one_song(raw: dict[str, Any]) -> dict[str, Any]:
    """Return a project whose correction and cover belong to the one song that it has."""
    song, correction, brief = raw.get("song"), raw.pop("correction", None), raw.get("brief")
    cover = brief.get("cover") if isinstance(brief, dict) else None
    return raw | {"songs": {song: {"correction": correction, "cover": cover}} if isinstance(song, str) else {}}


STEPS: dict[tuple[str, int], Step] = {
    ("songreel.song_map", 1): _curves_at_rest,
    ("songreel.timeline", 1): _one_palette,
    ("songreel.timeline", 2): _no_insets,
    ("songreel.timeline", 3): _on_beats,
    ("songreel.material", 1): _steady_shots,
    ("songreel.project", 1): _one_song,
}
"""``(schema, revision)`` → what turns that revision into the next one."""


def to_latest(schema: str, revision: int, raw: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of a document at the revision that this Songreel writes.

    Raises BadProject when it comes from a newer Songreel or has no revision.
    """
    found = raw.pop("revision", None)
    if not isinstance(found, int) or not 1 <= found <= revision:
        raise BadProject(
            f"the {schema} document has revision {found}, and this Songreel reads up to {revision}",
            advice="Update Songreel.",
        )
    for step in range(found, revision):
        raw = STEPS[schema, step](raw)
    return raw
