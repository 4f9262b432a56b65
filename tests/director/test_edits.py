"""Laws of edits on planned videos: any list of them leaves a video that holds, or nothing changes at all."""

from __future__ import annotations

from functools import cache
from typing import get_args

import pytest
from edit_strategies import CHANGES
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from songs import SCENES, clip, looked_at, photo, song_map, stock

from songreel.base.errors import EditRefused
from songreel.director import look as looks
from songreel.director import plan
from songreel.director.crew import FilmCrew
from songreel.director.stock import Stock
from songreel.editing import apply, check
from songreel.editing.ground import Ground
from songreel.editing.refusals import KINDS
from songreel.model.brief import Brief
from songreel.model.edit import EDITS, Change
from songreel.model.preset import PRESETS
from songreel.model.song_map import SongMap
from songreel.model.timeline import Canvas, FootageSource, Timeline

WIDE = Canvas(width=1920, height=1080, fps=PRESETS["youtube"].fps)
BROUGHT = (photo(1), photo(2), photo(3, 900, 1600), clip(1, 20))


@cache
def world(number: int) -> tuple[Timeline, Ground]:
    """Return a planned video and what edits stand on: scenes alone; with media; a song without a beat."""
    song = song_map(beats=number != 2)
    kept = stock() if number == 0 else stock(*BROUGHT, materials=(looked_at(BROUGHT[3], [(0, 9, 0.8)]),), cover=True)
    brief = Brief(seed=number + 1, title="GOLD", looks=("neon",) if number else ())
    return plan.make(song, brief, kept, WIDE, PRESETS["youtube"]).timeline, ground(song, brief, kept)


def ground(song: SongMap, brief: Brief, kept: Stock) -> Ground:
    return Ground(
        song_map=song,
        crew=FilmCrew(song, brief, kept),
        assets={kept.song.id: kept.song, **kept.assets},
        scenes=tuple(SCENES),
        looks=tuple(looks.looks()),
    )


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 2), st.lists(CHANGES, max_size=30))
def test_any_sequence_keeps_every_invariant(number, sequence):
    now, stands = world(number)
    for edit in sequence:
        before = now.to_json()
        changed = _tried(now, edit, stands)
        assert now.to_json() == before
        assert check.problems(changed) == ()
        assert Timeline.from_json(changed.to_json()) == changed
        _footage_lasts(changed, stands)
        now = changed


def _footage_lasts(timeline: Timeline, stands: Ground) -> None:
    for each in timeline.clips("base"):
        if isinstance(each.source, FootageSource):
            seconds = (each.end - each.start) / timeline.canvas.fps
            assert each.source.at + seconds * each.source.speed <= stands.assets[each.source.asset].duration + 1e-6


REASONS = KINDS.keys() - {"would-break"}
"""No edit needs the last check to be found out."""


def _tried(timeline: Timeline, edit: Change, stands: Ground) -> Timeline:
    """Return the timeline as an edit leaves it; as it was, where the edit is refused with a reason and advice."""
    try:
        return apply.apply(timeline, (edit,), stands)
    except EditRefused as error:
        return timeline if error.kind in REASONS and error.advice else pytest.fail(f"no reason: {error}")


@given(st.integers(0, 2), CHANGES)
def test_the_same_edit_always_gives_the_same_video(number, edit):
    now, stands = world(number)
    assert _tried(now, edit, stands).to_json() == _tried(now, edit, stands).to_json()


@given(st.lists(CHANGES, max_size=10))
def test_edits_survive_json(sequence):
    assert EDITS.validate_json(EDITS.dump_json(tuple(sequence))) == tuple(sequence)


def test_every_verb_has_its_function():
    assert set(apply.VERBS) == set(get_args(Change))
