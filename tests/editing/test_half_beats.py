"""Laws of cuts between beats: each is on a mark of the song, none flickers, what is elsewhere stays, undo is exact."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stands import ground
from timelines import timeline

from songreel.base.errors import EditRefused
from songreel.base.time import Span
from songreel.editing import apply, check, marks, places, shots
from songreel.model.brief import CutRule
from songreel.model.edit import CutDenser, CutEvery, Stretch, UsePart, Where
from songreel.model.song_map import Beat, SongMap
from songreel.model.timeline import Timeline

HALF, BEAT = CutRule(every=1, unit="half"), CutRule(every=1, unit="beat")
OFFBEATS = CutRule(every=2, unit="half", offset=1)
RATES = (Fraction(24), Fraction(25), Fraction(30000, 1001), Fraction(30), Fraction(60))


def stands(bpm=120.0, first=0.0, jitter=()):
    """Return the ground of a song of 20 s at a tempo, whose beats may come early or late by seconds."""
    there = ground()
    late = [*jitter, *[0.0] * 200]
    count = int((19.9 - first) * bpm / 60)
    heard = tuple(
        Beat(at=max(first + n * 60 / bpm + late[n], 0), position=n % 4 + 1, confidence=1) for n in range(count)
    )
    song = there.song_map.evolve(beats=heard, bpm=bpm)
    return there.__class__(song, there.crew, there.assets, there.scenes, there.looks)


def at_rate(fps: Fraction) -> Timeline:
    frames = int(10 * fps)
    base = timeline().clips("base")
    half = frames // 2
    laid = (base[0].evolve(end=half), base[1].evolve(start=half, end=frames))
    tracks = [
        track.evolve(clips=laid)
        if track.role == "base"
        else track.evolve(clips=tuple(clip.evolve(start=0, end=frames) for clip in track.clips))
        for track in timeline().tracks
    ]
    return timeline().evolve(canvas=timeline().canvas.evolve(fps=fps), frames=frames, tracks=tuple(tracks))


def times(song: SongMap) -> tuple[list[float], list[float]]:
    return list(song.beat_times()), [half for _, half in song.half_times()]


def off(clip, video, moments) -> float:
    """Return how many frames a shot begins away from the nearest of some moments."""
    fps = video.canvas.fps
    return min(abs(float(clip.start - (Fraction(at) - video.song_start()) * fps)) for at in moments)


def part(start, end):
    return Where(stretches=(Stretch(start=start, end=end),))


def test_a_rule_cuts_on_every_half_beat():
    now = apply.apply(timeline(), [CutEvery(rule=HALF)], ground())
    assert len(shots.cuts(now)) == 39
    assert {clip.mark for clip in now.clips("base")[1::2]} == {"half"}
    assert {clip.mark for clip in now.clips("base")[::2]} == {"beat"}
    offbeats = apply.apply(timeline(), [CutEvery(rule=OFFBEATS)], ground())
    assert shots.cuts(offbeats) == tuple(clip.start for clip in now.clips("base") if clip.mark == "half")
    assert check.problems(now) == check.problems(offbeats) == ()


@given(
    bpm=st.floats(40, 149),
    first=st.floats(0, 1),
    fps=st.sampled_from(RATES),
    jitter=st.lists(st.floats(-0.03, 0.03), max_size=60),
    edge=st.tuples(st.integers(0, 90), st.integers(5, 100)),
    every=st.sampled_from([HALF, OFFBEATS, CutRule(every=3, unit="half")]),
)
def test_each_cut_of_the_place_is_on_its_mark_and_cuts_elsewhere_stay(bpm, first, fps, jitter, edge, every):
    there, before = stands(bpm, first, jitter), at_rate(fps)
    where = part(Fraction(edge[0], 10), Fraction(edge[0] + edge[1], 10))
    span: Span = places.spans(before, where)[0]
    try:
        now = apply.apply(before, [CutEvery(rule=every, where=where)], there)
    except EditRefused as refusal:
        allowed = refusal.kind in ("same", "no-beat", "halves-flicker")
    else:
        _lawful(before, now, there, span)
        allowed = True
    assert allowed


def _lawful(before, now, there, span):
    fps = now.canvas.fps
    beats, halves = times(there.song_map)
    for clip in now.clips("base")[1:]:
        if span.start <= clip.start < span.end:
            assert off(clip, now, halves if clip.mark == "half" else beats) <= 0.5 + 1e-6
    lengths = [clip.end - clip.start for clip in now.clips("base")]
    assert min(lengths) >= marks.shortest(fps)
    kept = [cut for cut in shots.cuts(before) if not span.start - 2 <= cut < span.end]
    assert kept == [cut for cut in shots.cuts(now) if not span.start - 2 <= cut < span.end]
    assert Timeline.from_json(now.to_json()) == now


@pytest.mark.parametrize("bpm", [152, 174, 200])
def test_half_beats_that_would_flicker_are_refused_with_figures(bpm):
    with pytest.raises(EditRefused, match=f"{30 / bpm:.2f} s apart.*0.2 s") as refusal:
        apply.apply(timeline(), [CutEvery(rule=HALF)], stands(bpm))
    assert "every beat" in str(refusal.value.advice)
    offbeats = apply.apply(timeline(), [CutEvery(rule=OFFBEATS)], stands(bpm))
    assert {clip.mark for clip in offbeats.clips("base")[1:]} == {"half"}


def test_denser_goes_on_to_half_beats_where_every_beat_is_cut():
    beats = apply.apply(timeline(), [CutEvery(rule=BEAT)], ground())
    now = apply.apply(beats, [CutDenser(factor=2)], ground())
    assert set(shots.cuts(beats)) < set(shots.cuts(now))
    assert len(shots.cuts(now)) == 39
    assert all((clip.mark == "half") == bool(clip.start % 15) for clip in now.clips("base"))
    more = apply.apply(beats, [CutDenser(factor=1.25)], ground())
    assert len(shots.cuts(more)) == 24
    with pytest.raises(EditRefused, match="flicker"):
        apply.apply(now, [CutDenser(factor=2)], ground())
    with pytest.raises(EditRefused, match="flicker"):
        apply.apply(apply.apply(timeline(), [CutEvery(rule=BEAT)], stands(174)), [CutDenser(factor=2)], stands(174))


def test_beats_take_the_place_of_half_beats():
    halves = apply.apply(timeline(), [CutEvery(rule=HALF)], ground())
    beats = apply.apply(halves, [CutEvery(rule=BEAT)], ground())
    assert {clip.mark for clip in beats.clips("base")} == {"beat"}
    assert shots.cuts(beats) == tuple(range(15, 300, 15))


def test_marks_stay_with_their_cuts_when_the_part_moves():
    halves = apply.apply(timeline(), [CutEvery(rule=HALF)], ground())
    later = apply.apply(halves, [UsePart(start=Fraction(13, 4), seconds=5)], ground())
    _, moments = times(ground().song_map)
    found = [clip for clip in later.clips("base")[1:] if clip.mark == "half"]
    assert len(found) > 5
    assert all(off(clip, later, moments) <= 0.5 for clip in found)
    assert later.clips("base")[0].mark == "beat"


def test_a_pause_of_the_beat_has_no_half_beat():
    song = ground().song_map
    paused = song.evolve(beats=tuple(beat for beat in song.beats if not 4.9 < beat.at < 7.1))
    halves = [half for _, half in paused.half_times()]
    assert not any(4.5 < half < 7.5 for half in halves)
    assert len(halves) == len(paused.beats) - 2
    assert song.evolve(beats=()).half_times() == song.evolve(beats=song.beats[:1]).half_times() == ()
