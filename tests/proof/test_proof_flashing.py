"""Flashes are counted as WCAG 2.3.1 and BT.1702 count them."""

import re
from fractions import Fraction
from itertools import pairwise

import films
import numpy as np
import pytest
from films import Film
from hypothesis import given
from hypothesis import strategies as st

from songreel.base.time import frame_at
from songreel.editing import marks
from songreel.proof import flashing, report
from songreel.proof.wanted import Wanted

FPS = Fraction(30)
DARK, LIGHT = (40, 40, 40), (220, 220, 220)


def counted(pictures, fps=FPS):
    counter = flashing.Counter(fps)
    for picture in pictures:
        counter.add(picture)
    return counter.result()


def flat(color, shape=(9, 16)):
    return np.full((*shape, 3), color, np.uint8)


def strobe(hertz, *, seconds=3, one=LIGHT, other=DARK, area=1.0, fps=FPS):
    """Two colors that take turns over a share of the picture, ``hertz`` flashes a second."""
    for frame in range(round(seconds * fps)):
        picture = flat(other)
        if int(2 * hertz * frame / fps) % 2:
            picture[:, : round(area * 16)] = one
        yield picture


@pytest.mark.parametrize(("hertz", "safe"), [(1, True), (2, True), (3, True), (4, False), (7.5, False), (15, False)])
@pytest.mark.parametrize("fps", [Fraction(24), FPS, Fraction(60), Fraction(30000, 1001)])
def test_more_than_three_in_a_second_are_too_many(hertz, safe, fps):
    seen = counted(strobe(min(hertz, float(fps) / 2), fps=fps), fps)
    assert (seen.too_many == ()) == safe
    if hertz <= 7.5:
        assert seen.most == pytest.approx(hertz, abs=0.5)


@pytest.mark.parametrize("fps", [Fraction(24), Fraction(25), FPS, Fraction(60), Fraction(30000, 1001)])
@pytest.mark.parametrize("first", [LIGHT, DARK])
def test_light_and_dark_shots_of_half_a_beat_are_not_too_many(fps, first):
    beat = marks.BRIEFEST_S * 2
    halves = [frame_at(beat * n / 2, fps) for n in range(26)]
    shown = [first if n % 2 else (DARK if first == LIGHT else LIGHT) for n in range(25)]
    lengths = [later - one for one, later in pairwise(halves)]
    seen = counted([flat(color) for color, frames in zip(shown, lengths, strict=True) for _ in range(frames)], fps)
    assert seen.too_many == ()
    assert 2 <= seen.most <= 3


@pytest.mark.parametrize(("area", "safe"), [(3 / 16, True), (4 / 16, False), (1, False)])
def test_a_small_area_may_flash(area, safe):
    assert (counted(strobe(6, area=area)).too_many == ()) == safe


@pytest.mark.parametrize(
    ("one", "other", "safe"),
    [
        ((120, 120, 120), (115, 115, 115), True),  # less than a tenth of the light
        ((255, 255, 255), (240, 240, 240), True),  # both are bright
        ((255, 255, 255), (190, 190, 190), False),
        ((255, 0, 0), (0, 0, 0), False),
        ((190, 0, 0), (0, 0, 0), False),  # too dark to flash but for being red
        ((0, 0, 200), (0, 0, 0), True),
    ],
)
def test_what_a_flash_is(one, other, safe):
    assert (counted(strobe(6, one=one, other=other)).too_many == ()) == safe


def test_parts_that_flash_apart_are_not_added_up():
    def halves():
        for frame, (left, right) in enumerate(zip(strobe(3), strobe(3), strict=True)):
            picture = left.copy()
            picture[:, 8:] = right[:, 8:] if frame % 2 else picture[:, 8:]
            yield picture

    assert counted(halves()).most <= 3


def test_a_slow_change_is_no_flash_and_one_that_turns_on_the_way_is_one():
    ramp = [flat((level,) * 3) for level in (*range(0, 255, 4), *range(255, 0, -4))]
    assert counted(ramp).most <= 1


@given(st.lists(st.integers(0, 255), min_size=1, max_size=90))
def test_never_more_than_the_pictures_turn(levels):
    seen = counted(flat((level,) * 3) for level in levels)
    signs = [b > a for a, b in pairwise(levels) if a != b]
    turns = sum(a != b for a, b in pairwise(signs)) + bool(signs)
    assert 2 * seen.most <= turns
    assert counted([flat((levels[0],) * 3)] * 40).most == 0


def test_a_video_that_flashes_is_found_where_it_does_so(tmp_path):
    lumas = films.clips(120, [])
    for frame in range(45, 75):
        lumas[frame] = np.full_like(lumas[frame], 230 if frame % 4 < 2 else 20)
    path = Film(lumas).write(tmp_path / "film.mp4")
    finding = report.prove(path).finding("flashes")
    assert not finding.ok
    assert re.search(r"too many at 0\.\d\d–2\.\d\d s", finding.measured)
    allowed = report.prove(path, Wanted(may_flash=True))
    assert allowed.finding("flashes") is None
    assert any("flashes: allowed" in line for line in allowed.not_judged)
    assert report.prove(Film(films.clips(120, [60])).write(tmp_path / "calm.mp4")).finding("flashes").ok
