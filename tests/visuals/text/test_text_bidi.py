"""Order of mixed directions, against examples worked out by the rules of UAX #9."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from songreel.visuals import text_bidi

A, B, C, D = "א", "ב", "ג", "د"


def shown(text):
    """Return the characters from left to right, without mirroring."""
    levels = text_bidi.levels(text, text_bidi.base_level(text))
    return "".join(text[at] for at in text_bidi.visual_order(levels))


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("abc", "abc"),
        (A + B + C, C + B + A),
        (f"ab {A}{B} cd", f"ab {B}{A} cd"),
        (f"{A}{B} ab {C}", f"{C} ab {B}{A}"),
        (f"{A} 123 {B}", f"{B} 123 {A}"),
        (f"{D} 12,5% {A}", f"{A} %12,5 {D}"),
        (f"{A} 50% {B}", f"{B} 50% {A}"),
        (f"ab ({A}{B}) cd", f"ab ({B}{A}) cd"),
        (f"{A} (ab) {B}", f"{B} )ab( {A}"),
        (f"{A} (ab 12) 50%", f"50% )ab 12( {A}"),
        (f"ab {A} 12 {B}", f"ab {B} 12 {A}"),
        ("", ""),
        ("· !", "· !"),
    ],
)
def test_order_of_known_lines(written, seen):
    assert shown(written) == seen


@given(st.text(alphabet=[*"aZ19 .,-%(:)[!]·", A, B, "ل", "٣", "\u0301"], max_size=24))
def test_every_character_is_shown_once(text):
    assert sorted(shown(text)) == sorted(text)


@given(st.text(alphabet="aZ19 .,-%(:)[!]·é夜", max_size=24))
def test_left_to_right_words_are_left_alone(text):
    assert shown(text) == text


@given(st.lists(st.integers(0, 3), max_size=12))
def test_reversing_twice_is_the_order_of_reading_within_odd_runs(levels):
    order = text_bidi.visual_order(levels)
    assert sorted(order) == list(range(len(levels)))
    for left, right in pairwise(order):
        if levels[left] == levels[right] and abs(left - right) == 1:
            assert (left < right) == (levels[left] % 2 == 0)
