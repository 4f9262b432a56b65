"""Laws of what a person says about the beats."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.director.songs import song_map

from songreel.analysis import correction
from songreel.base.errors import BadRequest
from songreel.model.correction import Correction
from songreel.model.song_map import Curve, Event, SongMap

# two sections and more, so that the pairing of bars has something to go by; with and without a pickup
songs = st.builds(
    lambda bpm, meter, bars, pickup: with_pickup(
        song_map(bpm=bpm, meter=meter, form=[("AB"[i % 2], "verse", n, 0.5) for i, n in enumerate(bars)], offset=2.5),
        pickup,
    ),
    st.floats(60, 180),
    st.integers(2, 7),
    st.lists(st.integers(1, 9), min_size=2, max_size=6),
    st.integers(0, 1),
)


def with_pickup(heard: SongMap, count: int) -> SongMap:
    step = 60 / heard.bpm
    first = heard.beats[0]
    extra = [first.evolve(at=first.at - n * step, position=heard.meter + 1 - n) for n in range(count, 0, -1)]
    return heard.evolve(beats=(*extra, *heard.beats))


def corrected(heard, **said):
    return correction.apply(heard, Correction(**said))


def tiles(heard):
    edges = [section.start for section in heard.sections]
    return (
        edges[0] == 0
        and heard.sections[-1].end == pytest.approx(float(heard.duration))
        and all(a.end == b.start and a.start < a.end for a, b in pairwise(heard.sections))
    )


def counts(heard):
    return [(beat.at, beat.position) for beat in heard.beats]


@given(songs)
def test_half_of_double_is_the_same(heard):
    twice = corrected(heard, pulse="double-time")
    assert len(twice.beats) in (2 * len(heard.beats), 2 * len(heard.beats) - 1)
    assert twice.bpm == 2 * heard.bpm
    again = corrected(twice, pulse="half-time")
    assert counts(again) == counts(heard)
    assert (again.bpm, again.meter) == (heard.bpm, heard.meter)


@given(songs, st.integers(2, 12))
def test_another_meter_keeps_every_beat_where_it_is(heard, meter):
    other = corrected(heard, meter=meter)
    assert other.beat_times() == heard.beat_times()
    assert other.meter == meter
    assert all(b.position == a.position % meter + 1 for a, b in pairwise(other.beats))
    assert [beat.confidence for beat in other.beats] == [beat.confidence for beat in heard.beats]
    assert counts(corrected(heard, meter=heard.meter)) == counts(heard)


@given(
    songs,
    st.one_of(
        st.builds(Correction, bpm=st.floats(30, 300), first_beat=st.none() | st.floats(0, 5), meter=st.integers(2, 9)),
        st.builds(Correction, pulse=st.sampled_from(["half-time", "double-time"]), meter=st.none() | st.integers(2, 9)),
        st.builds(Correction, first_beat=st.floats(0, 5)),
    ),
)
def test_whatever_is_said_the_map_holds_together(heard, said):
    late = said.first_beat is not None and said.first_beat > heard.beats[-1].at
    if late and (said.bpm is None or said.first_beat >= heard.duration):
        with pytest.raises(BadRequest, match=r"first beat|no beat was heard"):
            correction.apply(heard, said)
        return
    told = correction.apply(heard, said)
    assert tiles(told)
    times = told.beat_times()
    assert list(times) == sorted(set(times))
    assert times[0] >= 0
    assert times[-1] < float(told.duration)
    assert told.bpm > 0
    assert (told.onsets, told.bands, told.level) == (heard.onsets, heard.bands, heard.level)
    assert SongMap.from_json(told.to_json()) == told
    bar = told.meter * 60 / told.bpm
    inner = [s.start for s in told.sections[1:] if times[0] < s.start < times[-1] - bar]
    assert all(min(abs(at - s) for at in told.downbeat_times()) <= bar / 2 + 0.05 for s in inner)


def test_sections_and_their_events_move_to_the_new_downbeats():
    heard = song_map(offset=0.1)
    border = heard.sections[2].start
    heard = heard.evolve(events=(Event(kind="drop", at=border, strength=1),))
    told = corrected(heard, first_beat=0.35)
    assert told.sections[2].start == pytest.approx(border + 0.25)
    assert [event.at for event in told.events if event.kind == "drop"] == [told.sections[2].start]
    assert [event.at for event in told.events if event.kind == "first-beat"] == [0.35]


def test_a_tempo_and_a_first_beat_give_a_straight_grid():
    told = corrected(song_map(bpm=87, beats=False), bpm=120, first_beat=1.5, meter=3)
    steps = np.diff(told.beat_times())
    assert told.beats[0].at == 1.5
    assert np.allclose(steps, 0.5, atol=1e-9)
    assert [beat.position for beat in told.beats[:4]] == [1, 2, 3, 1]
    assert (told.confidence.beats, told.confidence.downbeats) == (1, 1)
    assert {beat.confidence for beat in told.beats} == {1}
    assert len(told.tempo) == 1


@pytest.mark.parametrize("bpm", [119.8, 120.3])
def test_a_rounded_tempo_does_not_run_away_from_the_song(bpm):
    heard = song_map(bpm=bpm, offset=0.5)
    told = corrected(heard, bpm=120, first_beat=0.5)
    off = [min(abs(beat.at - at) for at in heard.beat_times()) for beat in told.beats]
    assert len(told.beats) == pytest.approx(len(heard.beats), abs=1)
    assert max(off[:-2]) < 0.03


def test_a_tempo_alone_keeps_the_phase_and_the_bars_that_were_heard():
    heard = song_map(bpm=100, offset=0.73)
    told = corrected(heard, bpm=100)
    assert np.allclose(told.beat_times()[: len(heard.beats)], heard.beat_times(), atol=1e-6)
    assert [beat.position for beat in told.beats[: len(heard.beats)]] == [beat.position for beat in heard.beats]


def test_a_tempo_alone_is_laid_on_the_drums_where_no_beat_was_heard():
    heard = song_map(bpm=120, offset=0.25, beats=False)
    hats = [at + 0.25 for at in heard.onsets]
    kicks = np.zeros(round(float(heard.duration) * 100))
    kicks[np.rint(np.array(heard.onsets) * 100).astype(int)] = 1
    heard = heard.evolve(
        onsets=tuple(sorted([*heard.onsets, *hats])), hits={**heard.hits, "kick": Curve.of(kicks, 100)}
    )
    told = corrected(heard, bpm=120)
    assert all(abs((beat.at - 0.25 + 0.25) % 0.5 - 0.25) < 0.02 for beat in told.beats)
    assert told.confidence.beats < 1


def test_beats_of_a_file_are_exactly_the_beats():
    rows = ((0.25, 3), (0.7531, 1), (1.3, 2), (1.81, 3), (2.3, 1), (2.9, 2))
    told = corrected(song_map(beats=False), beats=rows)
    assert tuple(counts(told)) == rows
    assert told.meter == 3
    assert told.confidence.downbeats == 1
    assert tiles(told)


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ({"first_beat": 9999.0}, "after the song's end"),
        ({"beats": ((0.0, 1), (9999.0, 2))}, "after the song's end"),
        ({"first_beat": 86.0}, "86"),
    ],
)
def test_moments_that_the_song_does_not_have_are_refused(said, word):
    with pytest.raises(BadRequest, match=word):
        corrected(song_map(tail=10), **said)


def test_without_beats_there_is_nothing_to_halve():
    with pytest.raises(BadRequest, match="no beat"):
        corrected(song_map(beats=False), pulse="half-time")


def test_of_two_beats_counted_as_one_the_first_can_still_be_placed():
    heard = song_map(bpm=120)
    two = heard.evolve(beats=heard.beats[:2])
    told = corrected(two, pulse="half-time", first_beat=0.25)
    assert told.beats[0].at == 0.25
    assert told.bpm == pytest.approx(60)
