"""Laws of holding the music back."""

from itertools import pairwise

import numpy as np
import world
from hypothesis import given
from hypothesis import strategies as st

from songreel.base.time import Span
from songreel.editing import flashes
from songreel.model.timeline import Timeline
from songreel.render.restraint import restrained
from songreel.render.signals import COLUMNS, table

BORDERS = (0, 30, 50, 90, 120)


def film(restraints=(0.0,) * 4):
    spans = pairwise(BORDERS)
    base = [world.clip(f"c{n}", *span, world.scene(), restraint=restraints[n]) for n, span in enumerate(spans)]
    return world.timeline(base)


def heard(timeline):
    return table(world.song_map(), fps=timeline.canvas.fps, start=timeline.song_start(), count=timeline.frames)


@given(st.tuples(*[st.sampled_from([0.0, 0.5, 1.0])] * 4))
def test_only_shots_that_are_held_back_change_and_the_beat_stays(restraints):
    timeline = film(restraints)
    before = heard(timeline)
    after = restrained(before, timeline, lead=0)
    for clip in timeline.clips("base"):
        rows = slice(clip.start, clip.end)
        if not clip.restraint:
            assert np.array_equal(after[rows], before[rows])
        for name in ("kick", "pulse"):
            column = COLUMNS.index(name)
            assert np.allclose(after[rows, column], before[rows, column] * (1 - clip.restraint))
    for name in ("beat", "bar", "energy", "travel"):
        assert np.array_equal(after[:, COLUMNS.index(name)], before[:, COLUMNS.index(name)])


def test_levels_grow_slow_and_stay_within_what_they_were():
    timeline = film((1.0,) * 4)
    before = heard(timeline)[:, COLUMNS.index("bass")]
    after = restrained(heard(timeline), timeline, lead=0)[:, COLUMNS.index("bass")]
    assert np.abs(np.diff(after)).max() < 0.6 * np.abs(np.diff(before)).max()
    assert before.min() - 1e-6 <= after.min() <= after.max() <= before.max() + 1e-6


def test_the_frames_before_a_loop_belong_to_its_first_shot():
    timeline = film((1.0, 0.0, 0.0, 0.0))
    before = np.vstack([heard(timeline)[-10:], heard(timeline)])
    after = restrained(before, timeline, lead=10)
    column = COLUMNS.index("kick")
    assert not after[:40, column].any()
    assert np.array_equal(after[40:], before[40:])


@given(st.lists(st.integers(0, 119), max_size=4))
def test_shots_that_flash_are_held_back_step_by_step_until_they_cannot_be(frames):
    flashing = [Span(frame, frame + 1) for frame in frames]
    timeline, steps = film(), 0
    while (calmer := flashes.restrained(timeline, flashing)) != timeline:
        timeline, steps = calmer, steps + 1
    hit = {clip.id for clip in timeline.clips("base") if any(frame in clip.span for frame in frames)}
    assert steps == (2 if hit else 0)
    assert {clip.id for clip in timeline.clips("base") if clip.restraint} == hit
    assert Timeline.from_json(timeline.to_json()) == timeline
