from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from songreel.base.errors import BadRequest
from songreel.base.time import Span, frame_at, frame_count, parse_exact, parse_rate, seconds_at

RATES = st.sampled_from([Fraction(n) for n in (24, 25, 30, 50, 60)] + [Fraction(24000, 1001), Fraction(30000, 1001)])
FRAMES = st.integers(0, 3 * 3600 * 60)
SPANS = st.tuples(st.integers(0, 500), st.integers(0, 500)).map(lambda ends: Span(min(ends), max(ends)))


@given(FRAMES, RATES)
def test_a_frame_begins_where_it_is_looked_up(frame, fps):
    assert frame_at(seconds_at(frame, fps), fps) == frame


@given(st.floats(0, 12_000), RATES)
def test_the_nearest_frame_is_at_most_half_a_frame_away(seconds, fps):
    assert abs(seconds_at(frame_at(seconds, fps), fps) - Fraction(seconds)) <= 1 / (2 * fps)


@given(st.fractions(0, 12_000), RATES)
def test_frames_cover_a_duration_and_no_more(duration, fps):
    frames = frame_count(duration, fps)
    assert seconds_at(frames, fps) >= duration
    assert frames == 0 or seconds_at(frames - 1, fps) < duration


@pytest.mark.parametrize(
    ("text", "rate"),
    [
        ("30", Fraction(30)),
        ("29.97", Fraction(30000, 1001)),
        (" 30000/1001 ", Fraction(30000, 1001)),
        ("12.5", Fraction(25, 2)),
    ],
)
def test_rates_are_read_exactly(text, rate):
    assert parse_rate(text) == rate


@pytest.mark.parametrize("text", ["", "0", "-30", "121", "fast", "1/0", "nan", "inf", "1e999999999", "1E-999999999"])
def test_nonsense_is_no_rate(text):
    with pytest.raises(BadRequest, match="frame rate"):
        parse_rate(text)


@given(st.fractions())
def test_an_exact_number_is_read_as_it_is_written(number):
    assert parse_exact(str(number)) == number


@given(SPANS, SPANS)
def test_spans_meet_in_the_frames_that_both_hold(one, other):
    both = [frame for frame in range(one.start, one.end) if frame in other]
    assert list(range(one.meet(other).start, one.meet(other).end)) == both
