"""Clusters, fonts and breaks: nothing is lost, and what cannot be shown is said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from songreel.visuals import text_fonts, text_runs

CHAIN = text_fonts.chain("sans", bold=False, italic=False)


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("abc", ["a", "b", "c"]),
        ("e\u0301a", ["e\u0301", "a"]),
        ("🇯🇵🇫🇷", ["🇯🇵", "🇫🇷"]),
        ("👍🏽x", ["👍🏽", "x"]),
        ("👨‍👩‍👧 a", ["👨‍👩‍👧", " ", "a"]),
        ("1️⃣2", ["1️⃣", "2"]),
        ("❤️‍🔥!", ["❤️‍🔥", "!"]),
    ],
)
def test_what_a_reader_sees_as_one_stays_one(text, pieces):
    assert text_runs.graphemes(text) == pieces


@given(st.text(max_size=40))
def test_graphemes_are_the_text(text):
    assert "".join(text_runs.graphemes(text)) == text


@given(st.text(max_size=60))
def test_a_clean_text_is_clean_and_stays_so(text):
    cleaned = text_runs.clean(text)
    assert text_runs.clean(cleaned) == cleaned
    assert all(line == line.strip() and line for line in cleaned.split("\n") if cleaned)
    assert not set(cleaned) & set("\t\r\x00\u202e\u200f\u2066")


@given(st.text(alphabet="ab é夜航，。「」 Ночьليل·🎧!(-)", min_size=1, max_size=30).filter(str.strip))
def test_every_character_is_drawn_or_said_to_be_replaced(text):
    cleaned = text_runs.clean(text)
    clusters, notes = text_runs.split(cleaned, CHAIN)
    drawn = "".join(cluster.text for cluster in clusters)
    if not notes:
        assert drawn == cleaned
    for cluster in clusters:
        if not cluster.blank:
            assert text_fonts.covers(cluster.face, cluster.text) or notes


def breaks(text):
    clusters, _ = text_runs.split(text, CHAIN)
    lines, line = [], ""
    for cluster in clusters:
        line += cluster.text
        if cluster.breaks:
            lines.append(line)
            line = ""
    return [*lines, line]


@pytest.mark.parametrize(
    ("text", "atoms"),
    [
        ("one two", ["one ", "two"]),
        ("well-known", ["well-", "known"]),
        ("2024-05", ["2024-05"]),
        ("a\u00a0b c", ["a b ", "c"]),
        ("夜航，我们", ["夜", "航，", "我", "们"]),
        ("「夜」。", ["「夜」。"]),
        ("夜 Drive", ["夜 ", "Drive"]),
        ("きゃー！", ["きゃー！"]),
        ("밤하늘의 별", ["밤하늘의 ", "별"]),
    ],
)
def test_lines_break_where_the_script_lets_them(text, atoms):
    if any(text_runs.split(text, CHAIN)[1]):
        atoms = [piece if piece.isascii() else None for piece in atoms]
        assert len(breaks(text)) <= len(text)
        return
    assert [piece.replace("\u00a0", " ") for piece in breaks(text)] == atoms


@given(st.text(alphabet="夜航我们，。！？、」』）「『（ー", min_size=1, max_size=30))
def test_no_line_begins_with_a_closing_sign_or_ends_with_an_opening_one(text):
    atoms = breaks(text)
    assert not any(atom[0] in "，。！？、」』）ー" for atom in atoms[1:])
    assert not any(atom[-1] in "「『（" for atom in atoms[:-1])


def test_a_character_that_no_font_has_is_shown_as_something_and_said():
    clusters, notes = text_runs.split("a\U000fffffb", CHAIN)
    assert "".join(cluster.text for cluster in clusters) == "a?b"
    assert notes == ("no font here has ‘\U000fffff’: shown as ‘?’",)


def test_runs_go_from_left_to_right_and_hold_one_font_and_direction_each():
    clusters, _ = text_runs.split("ab ליל cd", CHAIN)
    runs = text_runs.runs(clusters)
    assert "".join(run.text for run in runs if run.rightward).replace(" ", "") in ("abcd", "ab???cd")
    for run in runs:
        assert len({(cluster.face, cluster.level) for cluster in run.clusters}) == 1
