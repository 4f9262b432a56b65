"""Slips of the hand: one in a word that is known changes no reading, and words that are none stay."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_around_requests import ENGLISH, read

from songreel.director import lexicon, spelling
from songreel.director.understanding import items

SURE = sorted(word for language in lexicon.spellings() for word in language.sure)
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def mended(text: str) -> str:
    return spelling.mended(text, items.knows)


@st.composite
def slips(draw: st.DrawFn) -> tuple[str, str]:
    """Return a word and what one slip behind its first letter makes of it."""
    word = draw(st.sampled_from(SURE))
    at, letter = draw(st.integers(1, len(word) - 2)), draw(st.sampled_from(LETTERS))
    swapped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    left_out, added = word[:at] + word[at + 1 :], word[:at] + letter + word[at:]
    return word, draw(st.sampled_from([swapped, left_out, added, word[:at] + letter + word[at + 1 :]]))


@given(slips())
def test_a_slip_is_mended_or_left_and_never_made_another_word(slip):
    word, slipped = slip
    if mended(slipped) not in (word, slipped):
        assert any(spelling.slip(slipped, other) for other in SURE if other != word)
    assert mended(word) == word


@pytest.mark.parametrize("request_", ENGLISH)
def test_a_left_out_letter_changes_no_reading(request_):
    for word in [each for each in request_.split() if each in SURE and '"' not in each]:
        slipped = word[:2] + word[3:]
        if mended(slipped) == word:
            assert read(request_.replace(word, slipped)) == read(request_), slipped


@pytest.mark.parametrize(
    "words",
    [
        'write "tite whie"',
        "use tite.jpg",
        "a caption called whie",
        "follow @scond",
        "the beast in the bank",
        "by Whie Tite",
    ],
)
def test_names_and_words_that_are_none_of_ours_stay(words):
    assert mended(words) == words


def test_slips_in_numbers_and_colors_are_mended():
    assert mended("make the tite whie in the scond chorus for thrre secomds") == (
        "make the title white in the second chorus for three seconds"
    )


def test_characters_that_only_sound_like_the_meant_ones_are_mended():
    assert mended("标提居种，音亮小一点，改成树屏") == "标题居中，音量小一点，改成竖屏"
    assert mended("加标题“标提”，不单出现在副歌") == "加标题“标提”，不单出现在副歌"
    for language in lexicon.spellings():
        assert all(mended(slipped) == meant for slipped, meant in language.slips.items())
