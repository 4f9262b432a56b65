"""Words drawn: where they stand, that they fit, that they can be read, and what is said of what is missing."""

from __future__ import annotations

from fractions import Fraction

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from songreel.base.errors import BadRequest
from songreel.model.timeline import Canvas, Place, TextSource, TextStyle
from songreel.visuals import pixels, text, text_designs, text_fonts

WIDE = Canvas(width=640, height=360, fps=Fraction(30))
TALL = Canvas(width=360, height=640, fps=Fraction(30))
SAFE = Place(x=0.06, y=0.1, width=0.86, height=0.8)
PALETTE = ("#0b1020", "#243358", "#ff4d8d", "#35e0ff", "#f5f2ea")
MIXED = "Midnight Drive · 夜航 · Ночь · ليل 🎧"
POSITIONS = ("center", "top", "bottom", "left", "right", "top-left", "top-right", "bottom-left", "bottom-right")


def drawn(words, canvas=WIDE, safe=SAFE, **fields):
    return text.draw_text(TextSource(text=words, **fields), canvas, safe, PALETTE)


def ink_box(words, canvas=WIDE, safe=SAFE, **fields):
    """Return left, top, right, bottom of what is almost opaque: the letters, without their shadow."""
    result = drawn(words, canvas, safe, **fields)
    x, y, width, height = cv2.boundingRect((result.sprite.alpha > 245).astype(np.uint8))
    return result.x + x, result.y + y, result.x + x + width, result.y + y + height


@pytest.mark.parametrize("design", text_designs.DESIGNS)
@pytest.mark.parametrize("canvas", [WIDE, TALL])
def test_letters_stay_in_the_safe_area(design, canvas):
    for words in (MIXED, "A", "Everything we ever left behind, in all the cities of glass and rain", "夜" * 40):
        left, top, right, bottom = ink_box(words, canvas, design=design, position="bottom-right")
        assert left >= SAFE.x * canvas.width - 2
        assert top >= SAFE.y * canvas.height - 2
        assert right <= (SAFE.x + SAFE.width) * canvas.width + 2
        assert bottom <= (SAFE.y + SAFE.height) * canvas.height + 2


@pytest.mark.parametrize("position", POSITIONS)
def test_positions_are_the_edges_and_the_middle_of_the_safe_area(position):
    left, top, right, bottom = ink_box("Hamburg", position=position, design="outlined")
    edges = {
        "left": left - SAFE.x * 640,
        "right": (SAFE.x + SAFE.width) * 640 - right,
        "top": top - SAFE.y * 360,
        "bottom": (SAFE.y + SAFE.height) * 360 - bottom,
    }
    for edge in position.split("-"):
        if edge != "center":
            assert abs(edges[edge]) <= 3
    if not {"left", "right"} & set(position.split("-")):
        assert abs(edges["left"] - edges["right"]) <= 4
    if not {"top", "bottom"} & set(position.split("-")):
        assert abs(edges["top"] - edges["bottom"]) <= 4


def test_the_same_words_are_the_same_pixels():
    one, two = drawn(MIXED, design="neon-glow"), drawn(MIXED, design="neon-glow")
    for name in ("y", "u", "v", "alpha", "alpha_uv"):
        assert np.array_equal(getattr(one.sprite, name), getattr(two.sprite, name))
    assert (one.x, one.y, one.substitutions) == (two.x, two.y, two.substitutions)


def test_size_and_role_scale_the_letters():
    plain = ink_box("Hm")
    large, small = ink_box("Hm", style=TextStyle(size=2)), ink_box("Hm", role="artist")
    height = plain[3] - plain[1]
    assert (large[3] - large[1]) / height == pytest.approx(2, rel=0.1)
    assert (small[3] - small[1]) / height == pytest.approx(0.55, rel=0.15)


def test_a_canvas_twice_as_large_has_letters_twice_as_large():
    twice = Canvas(width=1280, height=720, fps=Fraction(30))
    small, large = ink_box("Night"), ink_box("Night", twice)
    assert (large[2] - large[0]) / (small[2] - small[0]) == pytest.approx(2, rel=0.03)


def test_bold_is_denser_and_italic_leans():
    regular = drawn("Hill", design="credits-small", style=TextStyle(size=5)).sprite
    bold = drawn("Hill", design="credits-small", style=TextStyle(size=5, bold=True)).sprite
    assert (bold.alpha > 250).sum() > 1.15 * (regular.alpha > 250).sum()
    upright, leaning = ink_box("l", design="outlined"), ink_box("l", design="outlined", style=TextStyle(italic=True))
    assert leaning[2] - leaning[0] > upright[2] - upright[0]


def luminance(rgb):
    levels = rgb / 255
    linear = np.where(levels <= 0.04045, levels / 12.92, ((levels + 0.055) / 1.055) ** 2.4)
    return linear @ np.array([0.2126, 0.7152, 0.0722])


@pytest.mark.parametrize("design", text_designs.DESIGNS)
@pytest.mark.parametrize("color", [None, "#101010"])
@pytest.mark.parametrize("behind", ["#ffffff", "#808080", "#000000"])
def test_words_can_be_read_on_anything(design, color, behind):
    """Contrast of letters with what is just around them, at least 4.5 to 1 (WCAG 2.2, 1.4.3)."""
    if color and design == "neon-glow":
        return
    canvas = Canvas(width=1280, height=720, fps=Fraction(30))
    result = drawn("Urban Dreams", canvas, design=design, style=TextStyle(color=color, size=1.5))
    frame, reference = pixels.blank(1280, 720, behind), pixels.blank(1280, 720, "#ffffff" if color else "#000000")
    for each in (frame, reference):
        pixels.lay(each, result.sprite, result.x, result.y)
    known = luminance(pixels.to_rgb(reference).astype(float))
    letters = (known < 0.03 if color else known > 0.6 * known.max()).astype(np.uint8)
    if color and design == "lower-third":
        letters = cv2.erode(letters, np.ones((3, 3), np.uint8))
    around = cv2.dilate(letters, np.ones((7, 7), np.uint8)) - cv2.dilate(letters, np.ones((5, 5), np.uint8))
    shown = luminance(pixels.to_rgb(frame).astype(float))
    one, other = sorted((np.median(shown[letters > 0]), np.median(shown[around > 0])))
    assert (other + 0.05) / (one + 0.05) >= 4.5


def test_lines_of_a_title_are_balanced():
    words = "we are the light that never goes out"
    box = drawn(words, TALL, design="bold-card").sprite.alpha > 250
    rows = np.flatnonzero(box.any(axis=1))
    gaps = np.flatnonzero(np.diff(rows) > 3)
    lines = np.split(rows, gaps + 1)
    widths = [np.ptp(np.flatnonzero(box[line].any(axis=0))) for line in lines if len(line) > 8]
    assert len(widths) >= 2
    assert min(widths) > 0.55 * max(widths)


def test_a_machine_without_fonts_draws_latin_and_says_what_it_cannot(monkeypatch):
    monkeypatch.setattr(text_fonts, "FOLDERS", ())
    text_fonts.faces.cache_clear()
    try:
        result = drawn("Night 夜 🎧")
        assert result.sprite.alpha.max() == 255
        assert result.substitutions == (
            "no font ‘Noto Sans’ here: set in Aileron, which comes with Pillow",
            "no font here has ‘夜’: shown as ‘?’",
            "no font here has ‘🎧’: left out",
        )
        alone = drawn("🎧")
        assert alone.sprite.alpha.max() == 0
        assert alone.substitutions == (result.substitutions[0], result.substitutions[2])
    finally:
        text_fonts.faces.cache_clear()


def test_a_machine_that_cannot_shape_says_so_where_it_matters(monkeypatch):
    monkeypatch.setattr(text_fonts, "can_shape", lambda: False)
    assert "no FriBiDi (libfribidi0) here: letters that should join stand apart" in drawn("ليل").substitutions
    assert drawn("Night").substitutions == ()


def test_a_font_that_is_not_here_is_said():
    notes = drawn("Night", style=TextStyle(font="No Such Font")).substitutions
    assert len(notes) == 1
    assert notes[0].startswith("no font ‘No Such Font’ here: set in ")


def test_words_of_white_space_and_unknown_designs_are_refused():
    with pytest.raises(BadRequest, match="no letters"):
        drawn(" \t\u200e ")
    with pytest.raises(BadRequest, match="no text design"):
        drawn("a", design="nothing")


@given(
    st.text(min_size=1, max_size=24).filter(lambda words: words.strip("\u200b \u3000")),
    st.sampled_from([(16, 16), (64, 36), (18, 200), (320, 40)]),
    st.sampled_from(list(text_designs.DESIGNS)),
    st.sampled_from(POSITIONS),
)
@settings(max_examples=60)
def test_any_words_on_any_canvas_are_drawn_or_refused(words, sides, design, position):
    canvas = Canvas(width=sides[0], height=sides[1], fps=Fraction(30))
    try:
        result = drawn(words, canvas, design=design, position=position)
    except BadRequest:
        return
    frame = pixels.blank(*sides)
    pixels.lay(frame, result.sprite, result.x, result.y)
