"""The summary has the form that the published skills print."""

from __future__ import annotations

from timelines import SONG, timeline

from songreel.editing import describe


def test_the_form_of_the_published_skills():
    given = timeline()
    base, *_, song = given.tracks
    titles = given.track("titles")
    simple = given.evolve(tracks=(base.evolve(clips=(base.clips[0].evolve(end=300),)), song, titles))
    told = '1. Video: city timelapse (0-10s) 2. BGM: Lo-fi (0-10s, 35%) 3. Title: "Urban Dreams" (0-3s)'
    assert describe.summary(simple) == f"Timeline (3 tracks): {told}"


def test_all_tracks_are_told_in_a_fixed_order():
    told = describe.summary(timeline(), {SONG: "Night Song"})
    heads = [
        "Timeline (6 tracks)",
        "1. Video: city timelapse, photo.jpg",
        "2. Visualizer",
        "3. Overlay",
        "4. BGM: Night Song",
    ]
    assert [told.index(head) for head in heads] == sorted(told.index(head) for head in heads)
    assert '6. Lyrics: "run" (2-4s)' in told


def test_many_names_are_counted():
    base, *others = timeline().tracks
    clips = tuple(base.clips[0].evolve(id=f"k{n}", name=f"scene {n}", start=n * 30, end=n * 30 + 30) for n in range(10))
    told = describe.summary(timeline().evolve(tracks=(base.evolve(clips=clips), *others)))
    assert "Video: scene 0, scene 1, scene 2 and 7 more (0-10s)" in told


def test_halves_of_seconds_are_told():
    base = timeline()
    first = base.tracks[0].clips[0].evolve(end=45)
    short = base.evolve(frames=45, tracks=(base.tracks[0].evolve(clips=(first,)),))
    assert describe.summary(short) == "Timeline (1 track): 1. Video: city timelapse (0-1.5s)"
