"""Laws of the canvas: composed anew; what is shown when stays."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stands import ground
from timelines import timeline

from songreel.base.errors import EditRefused
from songreel.base.time import frame_at, seconds_at
from songreel.editing import apply, check
from songreel.model.brief import CutRule
from songreel.model.edit import CutEvery, FadePicture, FadeSong, SetCanvas, SetVolume, Stretch, Where
from songreel.model.preset import PRESETS

RATES = st.sampled_from([Fraction(24), Fraction(25), Fraction(50), Fraction(60), Fraction(30000, 1001)])


def made(*edits, start=None):
    now = apply.apply(start or timeline(), edits, ground())
    assert check.problems(now) == ()
    return now


@pytest.mark.parametrize(
    ("edit", "wanted"),
    [
        ({"ratio": "9:16"}, (1080, 1920)),
        ({"ratio": "1:1"}, (1080, 1080)),
        ({"ratio": "4:5"}, (1080, 1350)),
        ({"ratio": "2.39:1"}, (2582, 1080)),
        ({"short_side": 2160}, (3840, 2160)),
        ({"ratio": "9:16", "short_side": 720}, (720, 1280)),
        ({"preset": "reels"}, (1080, 1920)),
        ({"preset": "youtube-4k"}, (3840, 2160)),
        ({"width": 1000, "height": 500}, (1000, 500)),
        ({"width": 1000}, (1000, 1080)),
        ({"height": 1000}, (1920, 1000)),
    ],
)
def test_shapes_and_sizes(edit, wanted):
    now = made(SetCanvas(**edit))
    assert (now.canvas.width, now.canvas.height) == wanted
    before = [(clip.id, clip.start, clip.end, clip.name) for track in timeline().tracks for clip in track.clips]
    assert [(clip.id, clip.start, clip.end, clip.name) for track in now.tracks for clip in track.clips] == before


def test_upright_and_back_is_as_before_but_for_what_is_laid_over():
    back = made(SetCanvas(ratio="9:16"), SetCanvas(ratio="16:9"))
    assert back.safe_area == timeline().safe_area
    assert back.clips("base") == timeline().clips("base")


def test_an_upright_picture_keeps_words_from_the_phone_s_own_buttons():
    assert made(SetCanvas(ratio="9:16")).safe_area == PRESETS["shorts"].safe_area


def test_a_logo_keeps_its_shape_and_its_corner():
    logo = made(SetCanvas(ratio="9:16")).clips("overlay")[0].source.place
    assert logo.width * 1080 / (logo.height * 1920) == pytest.approx(1600 / 1200, rel=0.02)


@given(RATES)
def test_cuts_on_beats_are_on_beats_at_any_rate(fps):
    now = made(CutEvery(rule=CutRule(every=1, unit="beat")), SetCanvas(fps=fps))
    wanted = [frame_at(Fraction(beat, 2), fps) for beat in range(20)]
    assert [clip.start for clip in now.clips("base")] == wanted
    assert abs(now.frames / fps - 10) <= 1 / fps


@given(RATES)
def test_a_song_of_several_volumes_goes_on_at_any_rate(fps):
    quiet = Where(stretches=(Stretch(start=Fraction("3.11"), end=Fraction("7.37")),))
    was = made(SetVolume(volume=0.1, where=quiet))
    now = made(SetCanvas(fps=fps), start=was)
    assert [clip.source.volume for clip in now.clips("song")] == [0.35, 0.1, 0.35]
    for old, new in zip(was.clips("song"), now.clips("song"), strict=True):
        assert new.source.at == seconds_at(new.start, fps)
        assert abs(new.source.at - old.source.at) <= 1 / fps


@given(RATES)
def test_fades_of_the_video_last_as_long_at_any_rate_over_however_many_clips(fps):
    ending = Where(stretches=(Stretch(start=Fraction(9)),))
    now = made(
        SetVolume(volume=1, where=ending), FadeSong(in_s=1, out_s=5), FadePicture(in_s=1, out_s=8), SetCanvas(fps=fps)
    )
    for role, seconds in (("song", 5), ("base", 8)):
        clips = now.clips(role)
        assert len(clips) == 2
        assert (clips[0].fade.frames_in, clips[-1].fade.frames_out) == (frame_at(1, fps), frame_at(seconds, fps))


def test_a_loop_is_short_silent_of_words_and_one_shot():
    now = made(SetCanvas(preset="canvas"), start=made(CutEvery(rule=CutRule(every=1, unit="beat"))))
    assert 3 * 30 <= now.frames <= 8 * 30
    assert len(now.clips("base")) == 1
    assert now.clips("titles") == now.clips("lyrics") == ()
    assert now.clips("base")[0].fade.frames_out == 0


@pytest.mark.parametrize(
    ("edit", "told"),
    [
        ({"ratio": "16:9"}, "so already"),
        ({"ratio": "0:1"}, "no size"),
        ({"width": 16, "height": 7680, "short_side": 4320}, "no size"),
        ({"preset": "myspace"}, "no preset 'myspace'"),
    ],
)
def test_what_cannot_be_drawn_is_refused(edit, told):
    with pytest.raises(EditRefused, match=told):
        made(SetCanvas(**edit))
