"""Laws of the rhythm: cuts on beats, what nobody mentioned stays, nothing is ever left empty."""

from __future__ import annotations

import pytest
from stands import CLIP, OTHER, ground
from timelines import PICTURE, timeline

from songreel.base.errors import EditRefused
from songreel.editing import apply, check, shots
from songreel.model.brief import CutRule
from songreel.model.edit import (
    CutAt,
    CutDenser,
    CutEvery,
    HoldShot,
    RemoveMedia,
    RemoveShot,
    SetTransition,
    Stretch,
    UseMedia,
    Where,
)
from songreel.model.timeline import Effect, FootageSource, Grade

BEAT, BAR = CutRule(every=1, unit="beat"), CutRule(every=1, unit="bar")


def made(*edits, start=None, stands=None):
    before = start or timeline()
    after = apply.apply(before, edits, stands or ground())
    for role in ("titles", "lyrics", "song", "visualizer", "overlay"):
        assert after.clips(role) == before.clips(role)
    assert (after.frames, after.palette, after.grade) == (before.frames, before.palette, before.grade)
    return after


def part(start, end):
    return Where(stretches=(Stretch(start=start, end=end),))


def test_a_rule_cuts_on_each_beat_and_bar():
    assert shots.cuts(made(CutEvery(rule=BEAT))) == tuple(range(15, 300, 15))
    assert shots.cuts(made(CutEvery(rule=BAR))) == (60, 120, 180, 240)
    assert shots.cuts(made(CutEvery(rule=CutRule(every=2, unit="bar")))) == (120, 240)


def test_a_rule_may_begin_after_a_downbeat():
    downbeats = {0, *shots.cuts(made(CutEvery(rule=BAR)))}
    beats = [0, *shots.cuts(made(CutEvery(rule=BEAT)))]
    backbeat = shots.cuts(made(CutEvery(rule=CutRule(every=2, unit="beat", offset=1))))
    assert backbeat == tuple(beats[1::2])
    assert not downbeats & set(backbeat)


def test_a_factor_of_one_changes_nothing_and_says_so():
    with pytest.raises(EditRefused):
        made(CutDenser(factor=1))


def test_a_rule_in_a_part_leaves_the_rest():
    now = made(CutEvery(rule=BEAT, where=part(6, 8)))
    assert shots.cuts(now) == (150, 180, 195, 210, 225)
    assert now.clips("base")[0] == timeline().clips("base")[0]
    outside = Where(stretches=(Stretch(start=2, end=8),), outside=True)
    assert shots.cuts(made(CutEvery(rule=BAR, where=outside))) == (150, 240)


def test_a_rule_without_beats_is_refused():
    with pytest.raises(EditRefused, match="no beat"):
        made(CutEvery(rule=BEAT), stands=ground(beats=False))


def test_a_shot_that_begins_where_one_began_is_that_shot():
    before = timeline().clips("base")
    now = made(CutDenser(factor=3)).clips("base")
    assert {clip.start: (clip.id, clip.source) for clip in before}.items() <= {
        clip.start: (clip.id, clip.source) for clip in now
    }.items()
    assert len({clip.id for clip in now}) == len(now) == 6


def test_denser_adds_cuts_on_beats_and_sparser_takes_some_away():
    denser = made(CutDenser(factor=4))
    assert set(shots.cuts(timeline())) < set(shots.cuts(denser))
    assert all(cut % 15 == 0 for cut in shots.cuts(denser))
    sparser = made(CutDenser(factor=0.5), start=denser)
    assert set(shots.cuts(sparser)) < set(shots.cuts(denser))
    assert len(sparser.clips("base")) == 4
    assert shots.cuts(made(CutDenser(factor=2), start=timeline(), stands=ground(beats=False))) == (75, 150, 225)


def test_denser_is_refused_where_it_would_only_flicker():
    halves = made(CutEvery(rule=CutRule(every=1, unit="half")))
    with pytest.raises(EditRefused, match="flicker"):
        made(CutDenser(factor=2), start=halves)
    with pytest.raises(EditRefused, match="no cuts"):
        made(CutDenser(factor=0.5, where=part(0, 4)))


def test_new_shots_take_effects_and_grade_of_the_shot_that_they_are_cut_out_of():
    base = timeline().clips("base")
    marked = base[1].evolve(effects=(Effect(name="grain", amount=0.7),), grade=Grade(warmth=0.3))
    now = made(CutDenser(factor=4), start=timeline().evolve(tracks=_with(base[0], marked)))
    for clip in now.clips("base"):
        assert (clip.effects, clip.grade) == ((marked.effects, marked.grade) if clip.start >= 150 else ((), None))
    assert now.clips("base")[-1].fade.frames_out == 30


def test_new_cuts_are_made_as_most_are():
    soft = made(SetTransition(transition="dissolve"))
    now = made(CutEvery(rule=BAR), start=soft)
    assert {clip.transition.name for clip in now.clips("base")[1:]} == {"dissolve"}
    assert check.problems(now) == ()


def test_a_held_part_has_no_cuts():
    bars = made(CutEvery(rule=BAR))
    assert shots.cuts(made(HoldShot(where=part(3, 7)), start=bars)) == (60, 240)
    assert shots.cuts(made(HoldShot(), start=bars)) == ()
    with pytest.raises(EditRefused, match="so already"):
        made(HoldShot(where=part(0, 4)))


def test_one_cut_is_put_on_the_beat_that_is_near():
    assert shots.cuts(made(CutAt(at=3))) == (90, 150)
    assert shots.cuts(made(CutAt(at="31/10"))) == (90, 150)
    assert shots.cuts(made(CutAt(at="31/10"), stands=ground(beats=False))) == (93, 150)
    with pytest.raises(EditRefused, match=r"a cut at 5\.0 s already"):
        made(CutAt(at=5))
    with pytest.raises(EditRefused, match=r"lasts 10\.0 s"):
        made(CutAt(at=205))


def test_a_shot_that_goes_leaves_no_hole():
    now = made(RemoveShot(clips=("c2",)))
    assert [(clip.id, clip.start, clip.end) for clip in now.clips("base")] == [("c1", 0, 300)]
    assert now.clips("base")[0].fade.frames_out == 30
    now = made(RemoveShot(clips=("c1",)))
    assert [(clip.id, clip.start, clip.end) for clip in now.clips("base")] == [("c2", 0, 300)]
    assert now.clips("base")[0].transition.frames == 0
    with pytest.raises(EditRefused, match="only shot"):
        made(RemoveShot(clips=("c1", "c2")))
    with pytest.raises(EditRefused, match="no shot"):
        made(RemoveShot(clips=("t1",)))


def test_footage_that_is_too_short_for_a_longer_shot_begins_earlier_or_goes_slower():
    clip = FootageSource(asset=CLIP, at=6)
    assets = ground().assets
    assert shots.lasting(clip, 1, assets) == clip
    assert float(shots.lasting(clip, 5, assets).at) == pytest.approx(2.9)
    slow = shots.lasting(clip, 20, assets)
    assert slow.at == 0
    assert 20 * slow.speed <= 7.9


def test_media_in_their_order_get_shots_enough():
    crew_shows = made(UseMedia(assets=(PICTURE, OTHER, CLIP)))
    names = [clip.name for clip in crew_shows.clips("base")]
    assert list(dict.fromkeys(names)) == [PICTURE, OTHER, CLIP]
    one = made(UseMedia(assets=(OTHER,), how="one", where=part(-5, 10)))
    assert [(clip.start, clip.name) for clip in one.clips("base")] == [(0, "city timelapse"), (150, OTHER)]


def test_a_file_leaves_a_part_of_a_long_shot_and_stays_in_the_rest():
    after = made(RemoveMedia(assets=(PICTURE,), where=part(6, 8)))
    shown = [(clip.start, clip.end, getattr(clip.source, "asset", "") == PICTURE) for clip in after.clips("base")]
    assert shown == [(0, 150, False), (150, 180, True), (180, 240, False), (240, 300, True)]


def _with(*base):
    return tuple(track.evolve(clips=base) if track.role == "base" else track for track in timeline().tracks)
