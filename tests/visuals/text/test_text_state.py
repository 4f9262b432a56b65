"""Motion of words: in within half a second, out within 0.4, at rest between; and the curves it is made of."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from songreel.base.errors import BadRequest
from songreel.visuals import easing, text_designs, text_motion

RATES = (Fraction(24), Fraction(30000, 1001), Fraction(60))
CURVES = (easing.clamp, easing.smooth, easing.ease_out, easing.overshoot)
REST = text_motion.TextState(1.0)


@pytest.mark.parametrize("curve", CURVES)
def test_curves_start_at_zero_and_end_at_one(curve):
    assert curve(0) == pytest.approx(0, abs=1e-9)
    assert curve(1) == pytest.approx(1, abs=1e-9)
    assert curve(-3) == curve(0)
    assert curve(7) == curve(1)


@pytest.mark.parametrize("curve", [curve for curve in CURVES if curve is not easing.overshoot])
def test_curves_never_turn_back(curve):
    assert (np.diff([curve(share) for share in np.linspace(0, 1, 200)]) >= 0).all()


def test_overshoot_goes_a_tenth_too_far():
    assert max(easing.overshoot(share) for share in np.linspace(0, 1, 500)) == pytest.approx(1.1, abs=0.005)


@pytest.mark.parametrize("design", text_designs.DESIGNS)
@pytest.mark.parametrize("fps", RATES)
def test_words_rest_between_entrance_and_exit(design, fps):
    frames = round(4 * fps)
    states = [text_motion.text_state(design, frame, frames, fps) for frame in range(frames)]
    moving = [frame for frame, state in enumerate(states) if state._replace(shown=1.0, sung=0.0) != REST]
    entering = [frame for frame in moving if frame < frames // 2]
    leaving = [frame for frame in moving if frame >= frames // 2]
    assert len(entering) <= fps / 2
    assert len(leaving) <= Fraction(2, 5) * fps
    assert entering == list(range(len(entering)))
    assert leaving == list(range(frames - len(leaving), frames))
    assert min(states[0].opacity, states[0].shown) < 0.6
    assert min(states[-1].opacity, states[-1].shown) < 0.6


@pytest.mark.parametrize("design", text_designs.DESIGNS)
@pytest.mark.parametrize("fps", RATES)
@pytest.mark.parametrize("seconds", [0.3, 4])
def test_letters_come_one_by_one_and_stay_until_the_exit(design, fps, seconds):
    frames = round(seconds * fps)
    states = [text_motion.text_state(design, frame, frames, fps) for frame in range(frames)]
    shown, sung = ([getattr(state, name) for state in states] for name in ("shown", "sung"))
    middle = frames // 2
    assert shown[:middle] == sorted(shown[:middle])
    assert shown[middle] == 1
    assert sung == sorted(sung)
    assert (sung[-1] == 1) == text_designs.DESIGNS[design].sung
    if text_designs.DESIGNS[design].reveal and seconds == 4:
        assert 0.2 < sum(each < 1 for each in shown[:middle]) / fps < 1.2


@given(
    st.sampled_from(list(text_designs.DESIGNS)),
    st.integers(1, 400),
    st.floats(0, 1, exclude_max=True),
    st.sampled_from(RATES),
)
def test_states_are_in_range_whatever_the_length(design, frames, share, fps):
    state = text_motion.text_state(design, int(share * frames), frames, fps)
    assert 0 <= state.opacity <= 1
    assert abs(state.dx) <= 0.06
    assert abs(state.dy) <= 0.06
    assert 0.5 < state.scale <= 1.6
    assert 0 <= state.shown <= 1
    assert 0 <= state.sung <= 1


def test_a_clip_of_one_frame_is_seen():
    assert max(text_motion.text_state(name, 0, 1, Fraction(30)).opacity for name in text_designs.DESIGNS) > 0.4


def test_an_unknown_design_is_refused():
    with pytest.raises(BadRequest, match="no text design"):
        text_motion.text_state("nothing", 0, 10, Fraction(30))


def test_every_design_has_words_in_both_languages_and_no_word_means_two():
    for language in ("en", "zh"):
        words = [word for design in text_designs.DESIGNS.values() for word in design.words[language]]
        assert all(design.words[language] for design in text_designs.DESIGNS.values())
        assert len(words) == len(set(words))
