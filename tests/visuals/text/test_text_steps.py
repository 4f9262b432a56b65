"""Words that come one by one: the windows of a sprite grow from nothing to all of it, in the order of reading."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from songreel.model.timeline import Canvas, Place, TextSource
from songreel.visuals import text, text_steps

CANVAS = Canvas(width=640, height=360, fps=Fraction(30))
SAFE = Place(x=0.05, y=0.05, width=0.9, height=0.9)
PALETTE = ("#0b1020", "#243358", "#ff4d8d", "#35e0ff", "#f5f2ea")
WORDS = (
    "Paper Moons",
    "All the cities of glass and rain that we left behind",
    "纸月亮",
    "夜航 Night Drive",
    "ليل طويل",
)


def drawn(words, design):
    return text.draw_text(TextSource(text=words, design=design), CANVAS, SAFE, PALETTE)


def covered(result, share, *, whole_steps):
    """Return which pixels of a sprite a share of its steps shows."""
    mask = np.zeros((result.sprite.height, result.sprite.width), bool)
    for window in text_steps.windows(result.rows, share, result.sprite.width, whole_steps=whole_steps):
        part = mask[window.y : window.y + window.height, window.x : window.x + window.width]
        assert part.shape == (window.height, window.width)
        assert not part.any()
        part[:] = True
    return mask


@pytest.mark.parametrize("words", WORDS)
@pytest.mark.parametrize("design", ["type-on", "kinetic", "karaoke"])
def test_what_is_shown_grows_from_nothing_to_all_of_it(words, design):
    result = drawn(words, design)
    before = covered(result, 0.0, whole_steps=True)
    assert not before.any()
    for share in np.linspace(0, 1, 23):
        now = covered(result, float(share), whole_steps=design != "karaoke")
        assert not (before & ~now).any()
        before = now
    assert not result.sprite.alpha[~before].any()


def test_letters_are_whole_and_read_from_where_the_script_begins():
    latin, arabic = drawn("Paper", "type-on"), drawn("ليل طويل", "type-on")
    first = covered(latin, 1 / latin.rows[0].steps, whole_steps=True)
    last = covered(arabic, 1 / arabic.rows[0].steps, whole_steps=True)
    middle = latin.sprite.width // 2
    assert first[: latin.rows[0].bottom, :4].all()
    assert not first[:, middle:].any()
    assert last[: arabic.rows[0].bottom, -4:].all()
    assert not last[:, : arabic.sprite.width // 2].any()
    assert latin.rows[0].steps == len("Paper")


def test_kinetic_words_come_whole():
    rows = drawn("We are the light", "kinetic").rows
    assert sum(row.steps for row in rows) == 4


def test_sung_words_stand_where_the_others_do():
    result = drawn("Paper Moons", "karaoke")
    assert result.sung is not None
    assert np.array_equal(result.sung.alpha, result.sprite.alpha)
    assert np.abs(result.sung.u.astype(int) - result.sprite.u).max() > 20
