"""The best part of a song lies on its bars and shows its height."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.director.songs import song_map

from songreel.model.excerpt import best_window


@given(st.floats(70, 180), st.integers(2, 6), st.floats(3, 70))
def test_a_window_lies_on_bar_lines_and_is_no_longer_than_asked(bpm, meter, seconds):
    heard = song_map(bpm=bpm, meter=meter)
    start, end = best_window(heard, seconds)
    bar = meter * 60 / bpm
    lines = [0.0, *heard.downbeat_times(), float(heard.duration)]
    assert 0 <= start < end <= float(heard.duration)
    assert end - start <= seconds + 1e-5
    assert min(abs(start - line) for line in lines) < 1e-6
    if bar < 0.2 * min(seconds, float(heard.duration)):
        assert min(abs(end - line) for line in lines) < 1e-6
        assert end - start >= min(0.8 * seconds, float(heard.duration)) - 1e-6


def test_it_shows_a_chorus_whole_from_its_beginning_or_shortly_before():
    heard = song_map(bpm=120)
    start, end = best_window(heard, 20)
    chorus = heard.sections[4]
    assert chorus.start - 4 <= start <= chorus.start
    assert end == pytest.approx(chorus.end)


def test_a_song_that_is_shorter_is_shown_whole():
    heard = song_map()
    assert best_window(heard, 10_000) == (0.0, float(heard.duration))


def test_a_song_without_beats_is_cut_at_its_sections():
    heard = song_map(beats=False)
    start, _ = best_window(heard, 15)
    assert start in [section.start for section in heard.sections]
