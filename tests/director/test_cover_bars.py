"""The bars around the cover: they have it where there is one, and where there is none that is said."""

from __future__ import annotations

from songs import song_map, stock
from test_edits import ground

from songreel.director import plan
from songreel.editing import apply
from songreel.model.brief import Brief
from songreel.model.edit import SetVisualizer
from songreel.model.preset import PRESETS
from songreel.model.timeline import Canvas

SONG, CANVAS = song_map(), Canvas(width=1280, height=720, fps=30)


def planned(kept, **brief):
    return plan.make(SONG, Brief(**brief), kept, CANVAS, PRESETS["youtube"])


def shown(timeline):
    return [clip.source for clip in timeline.clips("visualizer")]


def test_the_cover_is_within_its_bars_and_nothing_is_said():
    kept = stock(cover=True)
    made = planned(kept, visualizer="cover-bars")
    assert {each.picture for each in shown(made.timeline)} == {kept.cover}
    assert {each.opacity for each in shown(made.timeline)} == {1}
    assert not any("cover" in note for note in made.notes)


def test_a_cover_that_is_within_its_bars_is_not_behind_them_too():
    kept = stock(cover=True)
    for design, twice in (("bars", True), ("cover-bars", False)):
        base = planned(kept, visualizer=design, cover_as="shown").timeline.clips("base")
        assert (
            any(kept.cover in (clip.source.pictures or {}).values() for clip in base if clip.source.kind == "scene")
            == twice
        )


def test_without_a_cover_they_stand_around_a_circle_and_that_is_said():
    made = planned(stock(), visualizer="cover-bars")
    assert {each.picture for each in shown(made.timeline)} == {None}
    assert any("no cover" in note for note in made.notes)


def test_other_designs_have_no_picture():
    kept = stock(cover=True)
    assert {each.picture for each in shown(planned(kept, visualizer="ring").timeline)} == {None}


def test_an_edit_brings_the_cover_in_and_takes_it_out():
    kept = stock(cover=True)
    stands = ground(SONG, Brief(), kept)
    bars = apply.apply(planned(kept, visualizer="bars").timeline, [SetVisualizer(design="cover-bars")], stands)
    (source,) = shown(bars)
    assert source.picture == kept.cover
    assert abs(source.place.width * CANVAS.width - source.place.height * CANVAS.height) < 2
    (again,) = shown(apply.apply(bars, [SetVisualizer(design="dots")], stands))
    assert again.picture is None
    assert again.place.width > source.place.width
