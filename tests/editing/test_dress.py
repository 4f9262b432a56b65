"""Laws of colors, effects, transitions, what is laid over, and the song: no picture beneath changes."""

from __future__ import annotations

import pytest
from stands import OTHER, ground
from timelines import PALETTE, SONG, timeline

from songreel.base.errors import EditRefused
from songreel.editing import apply
from songreel.model.edit import (
    AddOverlay,
    AdjustGrade,
    ChangeOverlay,
    CutDenser,
    FadePicture,
    FadeSong,
    RemoveEffect,
    RemoveOverlay,
    RemoveVisualizer,
    Retitle,
    SetEffect,
    SetGrade,
    SetPalette,
    SetTransition,
    SetVisualizer,
    SetVolume,
    Stretch,
    UsePart,
    Where,
)
from songreel.model.timeline import Grade


def made(*edits, start=None):
    before = start or timeline()
    after = apply.apply(before, edits, ground())
    assert [(clip.id, clip.start, clip.source) for clip in after.clips("base")] == [
        (clip.id, clip.start, clip.source) for clip in before.clips("base")
    ]
    assert after.clips("titles") == before.clips("titles")
    assert after.frames == before.frames
    return after


def part(start, end=None):
    return Where(stretches=(Stretch(start=start, end=end),))


def test_a_list_is_all_or_nothing():
    start = timeline()
    with pytest.raises(EditRefused, match="no effect 'sparkle'"):
        apply.apply(start, (Retitle(title="A"), SetEffect(effect="sparkle")), ground())
    assert start == timeline()


def test_a_palette_takes_the_visualizer_with_it():
    now = made(SetPalette(palette=PALETTE[::-1]))
    assert now.palette == PALETTE[::-1]
    assert now.clips("visualizer")[0].source.color == "#000000"


def test_a_palette_of_a_part_is_that_of_its_shots():
    other = PALETTE[::-1]
    one = made(SetPalette(palette=other, where=part(6)))
    assert [clip.palette for clip in one.clips("base")] == [None, other]
    assert one.evolve(tracks=()) == timeline().evolve(tracks=())
    rest = made(SetPalette(palette=other, where=Where(stretches=(Stretch(start=6),), outside=True)))
    assert [clip.palette for clip in rest.clips("base")] == [other, None]
    assert made(SetPalette(palette=PALETTE, where=part(6)), start=one) == timeline()
    assert made(SetPalette(palette=other), start=one) == made(SetPalette(palette=other))


def test_a_palette_of_a_part_stays_when_it_is_cut_otherwise():
    edits = SetPalette(palette=PALETTE[::-1], where=part(6)), CutDenser(factor=3, where=part(6))
    one = apply.apply(timeline(), edits, ground())
    shots = [clip for clip in one.clips("base") if clip.start >= 6 * one.canvas.fps]
    assert len(shots) > 1
    assert {clip.palette for clip in shots} == {PALETTE[::-1]}


def test_a_grade_is_for_all_or_for_a_part():
    dark = Grade(brightness=-0.2)
    assert made(SetGrade(grade=dark)).grade == dark
    one = made(SetGrade(grade=dark, where=part(6)))
    assert [clip.grade for clip in one.clips("base")] == [None, dark]
    assert one.grade == Grade()
    by_id = made(SetGrade(grade=dark, where=Where(clips=("c1",))))
    assert [clip.grade for clip in by_id.clips("base")] == [dark, None]
    assert made(SetGrade(grade=Grade()), start=one) == timeline()


def test_a_grade_goes_further_from_where_it_is():
    now = made(AdjustGrade(brightness=-0.2), AdjustGrade(brightness=-0.2, saturation=0.5))
    assert (now.grade.brightness, now.grade.saturation) == (-0.4, 0.5)
    parted = made(AdjustGrade(warmth=0.3, where=part(6)), AdjustGrade(warmth=0.1))
    assert parted.grade.warmth == 0.1
    assert parted.clips("base")[1].grade.warmth == 0.4
    gray = made(AdjustGrade(saturation=0))
    assert made(AdjustGrade(saturation=2), start=gray).grade.saturation > 0


def test_effects_come_change_and_go():
    grainy = made(SetEffect(effect="grain", amount=0.8))
    assert [[(each.name, each.amount) for each in clip.effects] for clip in grainy.clips("base")] == [
        [("grain", 0.8)]
    ] * 2
    half = made(SetEffect(effect="grain", amount_by=0.5), start=grainy)
    assert half.clips("base")[0].effects[0].amount == 0.4
    parted = made(RemoveEffect(effect="grain", where=part(6)), start=grainy)
    assert [len(clip.effects) for clip in parted.clips("base")] == [1, 0]
    assert made(RemoveEffect(), start=grainy) == timeline()
    for edit in (SetEffect(effect="grain", amount_by=2), RemoveEffect(effect="shake"), RemoveEffect()):
        with pytest.raises(EditRefused):
            made(edit)


def test_bars_lie_over_effects_that_are_put_on_after_them():
    barred = made(SetEffect(effect="letterbox", amount=0.5))
    shaken = made(SetEffect(effect="shake", amount=0.5), start=barred)
    assert [each.name for each in shaken.clips("base")[0].effects] == ["shake", "letterbox"]


def test_an_effect_in_a_part_is_on_the_shots_that_lie_in_it():
    now = made(SetEffect(effect="shake", where=part(1, 2)))
    assert [len(clip.effects) for clip in now.clips("base")] == [1, 0]
    outside = Where(stretches=(Stretch(start=0, end=5),), outside=True)
    assert [len(clip.effects) for clip in made(SetEffect(effect="shake", where=outside)).clips("base")] == [0, 1]


def test_transitions_are_set_and_cut():
    now = made(SetTransition(transition="whip", seconds=60))
    assert (now.clips("base")[1].transition.name, now.clips("base")[1].transition.frames) == ("whip", 75)
    assert now.clips("base")[0].transition.frames == 0
    assert made(SetTransition(transition="cut"), start=now).clips("base")[1].transition.name == "cut"
    with pytest.raises(EditRefused, match="no cuts"):
        made(SetTransition(transition="whip", where=part(0, 4)))
    with pytest.raises(EditRefused, match="no cuts"):
        made(SetTransition(transition="whip", instead_of="glitch"))


def test_the_picture_comes_from_black_and_goes_to_it():
    now = made(FadePicture(in_s=2, out_s=3))
    assert now.clips("base")[0].fade.frames_in == 60
    assert now.clips("base")[-1].fade.frames_out == 90
    assert made(FadePicture(out_s=0)).clips("base")[-1].fade.frames_out == 0
    longer = made(FadePicture(out_s=7))
    assert longer.clips("base")[-1].fade.frames_out == 210


def test_the_visualizer_comes_changes_and_goes():
    bare = made(RemoveVisualizer())
    assert bare.clips("visualizer") == ()
    added = made(SetVisualizer(), start=bare).clips("visualizer")
    assert [(clip.start, clip.end, clip.source.design) for clip in added] == [(0, 300, "ring")]
    low = made(SetVisualizer(position="bottom"), start=bare).clips("visualizer")[0].source
    assert (low.design, low.place.width) == ("bars", 0.9)
    now = made(SetVisualizer(design="waveform", color="#ff0000", position="top")).clips("visualizer")[0].source
    assert (now.design, now.color) == ("waveform", "#ff0000")
    assert now.place.y < 0.2
    there = made(SetVisualizer(where=part(2, 4)))
    assert [(clip.start, clip.end) for clip in there.clips("visualizer")] == [(60, 120)]
    parted = made(RemoveVisualizer(where=part(2, 4)))
    assert sorted((clip.start, clip.end) for clip in parted.clips("visualizer")) == [(0, 60), (120, 300)]
    with pytest.raises(EditRefused, match="no visualizer"):
        made(RemoveVisualizer(), start=bare)
    with pytest.raises(EditRefused, match="no visualizer 'fireworks'"):
        made(SetVisualizer(design="fireworks"))


def test_a_logo_is_laid_in_its_corner_whole():
    now = made(RemoveOverlay(), AddOverlay(asset=OTHER, size=0.2, position="top-right"))
    box = now.clips("overlay")[0].source.place
    assert box.x + box.width == pytest.approx(0.95, abs=1e-3)
    assert box.y == pytest.approx(0.05)
    assert box.width * 1920 / (box.height * 1080) == pytest.approx(900 / 1600, rel=0.01)
    larger = made(ChangeOverlay(size_by=2), start=now).clips("overlay")[0].source.place
    assert larger.width == pytest.approx(2 * box.width, rel=0.01)
    assert larger.x + larger.width == pytest.approx(0.95, abs=1e-3)
    with pytest.raises(EditRefused, match=r"song\.mp3 has no picture"):
        made(AddOverlay(asset=SONG))
    with pytest.raises(EditRefused, match="nothing is laid"):
        made(RemoveOverlay(), RemoveOverlay())


def test_the_song_is_louder_and_fades():
    assert made(SetVolume(by=2)).clips("song")[0].source.volume == 0.7
    assert made(SetVolume(volume=0)).clips("song")[0].source.volume == 0
    faded = made(FadeSong(out_s=3)).clips("song")[0].fade
    assert (faded.frames_in, faded.frames_out) == (0, 90)
    assert made(FadeSong(in_s=9, out_s=9)).clips("song")[0].fade.frames_in == 30


def levels(now):
    return [(clip.start, clip.end, clip.source.at, clip.source.volume) for clip in now.clips("song")]


def test_a_part_of_the_song_is_louder_and_the_song_goes_on():
    now = made(SetVolume(volume=0.7, where=part(2, 4)))
    assert levels(now) == [(0, 60, 0, 0.35), (60, 120, 2, 0.7), (120, 300, 4, 0.35)]
    assert len({clip.id for clip in now.clips("song")}) == 3
    further = made(SetVolume(by=0.5, where=part(3, 4)), start=now)
    assert [level for *_, level in levels(further)] == [0.35, 0.7, 0.35]
    assert levels(made(SetVolume(by=0.5), start=now)) == [(0, 60, 0, 0.175), (60, 120, 2, 0.35), (120, 300, 4, 0.175)]
    assert made(SetVolume(volume=0.35, where=part(1, 5)), start=now) == timeline()
    assert levels(made(SetVolume(volume=1), start=now)) == [(0, 300, 0, 1)]


def test_a_song_of_several_volumes_fades_at_its_ends_alone():
    now = made(FadeSong(in_s=3, out_s=2), SetVolume(volume=0, where=part(1, 9)))
    assert [(clip.fade.frames_in, clip.fade.frames_out) for clip in now.clips("song")] == [(90, 0), (0, 0), (0, 60)]
    assert made(SetVolume(volume=0.35), start=now) == made(FadeSong(in_s=3, out_s=2))
    assert made(FadeSong(in_s=1), start=now).clips("song")[-1].fade.frames_out == 60


def test_each_part_of_a_trimmed_song_is_as_loud_as_it_was():
    loud = made(SetVolume(volume=0.7, where=part(2, 4)), SetVolume(volume=0, where=part(4, 5)))
    trimmed = apply.apply(loud, (UsePart(start=3, end=8),), ground())
    begins = trimmed.song_start()
    assert begins == pytest.approx(3, abs=0.1)
    assert [level for *_, level in levels(trimmed)] == [0.7, 0, 0.35]
    assert [at for _, _, at, _ in levels(trimmed)][1:] == [4, 5]
    assert levels(trimmed)[-1][1] == trimmed.frames
