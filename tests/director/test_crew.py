"""Laws of the crew: more of what the video shows, never what was taken out, and the cut is seen."""

from __future__ import annotations

from itertools import pairwise

import pytest
from songs import clip, looked_at, photo, song_map, stock
from test_edits import WIDE, ground

from songreel.base.errors import EditRefused
from songreel.director import look as looks
from songreel.director import plan
from songreel.director.shooting import key
from songreel.editing import apply, check
from songreel.model.brief import Brief, CutRule
from songreel.model.edit import (
    CutDenser,
    CutEvery,
    HoldShot,
    RemoveMedia,
    SetCanvas,
    SetLook,
    ShowAnother,
    ShowScenes,
    Stretch,
    UseMedia,
    UsePart,
    Where,
)
from songreel.model.preset import PRESETS
from songreel.model.timeline import FootageSource, PhotoSource, SceneSource

PHOTOS = (photo(1), photo(2), photo(3, 900, 1600))
FILM = clip(1, 40)
SONG = song_map()
BEAT = CutRule(every=1, unit="beat")


def planned(*media, **brief):
    kept = stock(*media, materials=tuple(looked_at(each, [(0, 39, 0.8)], x=0.3) for each in media))
    wish = Brief(**{"title": "GOLD", "seed": 3} | brief)
    return plan.make(SONG, wish, kept, WIDE, PRESETS["youtube"]).timeline, ground(SONG, wish, kept)


def made(start, *edits):
    before, stands = start
    now = apply.apply(before, edits, stands)
    assert check.problems(now) == ()
    return now


def shown(timeline):
    return [key(each.source) for each in timeline.clips("base")]


def test_denser_cuts_show_more_of_what_the_section_shows():
    start = planned()
    now = made(start, CutDenser(factor=2))
    assert set(shown(now)) == set(shown(start[0]))
    assert all(one != other for one, other in pairwise(shown(now)))


def test_only_photos_stay_only_photos_whatever_is_cut():
    only = made(planned(*PHOTOS, FILM), UseMedia(assets=tuple(each.id for each in PHOTOS)))
    stands = planned(*PHOTOS, FILM)[1]
    now = apply.apply(only, (CutEvery(rule=BEAT),), stands)
    assert {type(each.source) for each in now.clips("base")} == {PhotoSource}
    assert set(shown(now)) == {each.id for each in PHOTOS}


def test_one_scene_alone_is_joined_by_others_when_it_is_cut():
    single = made(planned(), HoldShot())
    now = apply.apply(single, (CutDenser(factor=8),), planned()[1])
    assert len(set(shown(now))) > 1
    assert all(one != other for one, other in pairwise(shown(now)))


def test_what_was_removed_is_in_no_shot_and_stays_away():
    stands = planned(*PHOTOS)[1]
    start = made(planned(*PHOTOS), UseMedia(assets=tuple(each.id for each in PHOTOS)))
    gone = apply.apply(start, (RemoveMedia(assets=(PHOTOS[1].id,)),), stands)
    denser = apply.apply(gone, (CutDenser(factor=3),), stands)
    assert PHOTOS[1].id in shown(start)
    assert PHOTOS[1].id not in {*shown(gone), *shown(denser)}
    with pytest.raises(EditRefused, match="not in the video"):
        apply.apply(gone, (RemoveMedia(assets=(PHOTOS[1].id,)),), stands)


def test_media_are_shown_in_the_order_that_was_asked_for():
    order = (PHOTOS[2].id, PHOTOS[0].id, PHOTOS[1].id)
    now = made(planned(*PHOTOS), UseMedia(assets=order))
    assert shown(now)[:6] == [*order, *order]


def test_footage_shows_another_moment_in_each_shot_while_there_are_any():
    start = made(planned(FILM), ShowScenes(scenes=("tunnel", "aurora")))
    edit = UseMedia(assets=(FILM.id,), where=Where(stretches=(Stretch(start=0, end=20),)))
    now = apply.apply(start, (edit,), planned(FILM)[1])
    moments = [each.source for each in now.clips("base") if isinstance(each.source, FootageSource)]
    assert len(moments) > 3
    assert len({each.at for each in moments}) == len(moments)


def test_a_shot_that_shows_another_picture_is_the_only_one_that_changes():
    start = planned()
    third = start[0].clips("base")[2]
    now = made(start, ShowAnother(where=Where(clips=(third.id,))))
    changed = [was.id for was, each in zip(start[0].clips("base"), now.clips("base"), strict=True) if was != each]
    assert changed == [third.id]
    assert key(now.clips("base")[2].source) not in {shown(start[0])[number] for number in (1, 2, 3)}


def test_another_look_keeps_cuts_words_and_photos_and_comes_round_in_the_end():
    start = planned(*PHOTOS)
    now, seen = start[0], []
    for _ in range(len(looks.looks())):
        before = now
        now = apply.apply(now, (SetLook(),), start[1])
        seen.append(now.look)
        assert now.look != before.look
        assert [each.span for each in now.clips("base")] == [each.span for each in start[0].clips("base")]
        assert [each.source.text for each in now.clips("titles")] == ["GOLD"]
        photos = [each.source for each in now.clips("base") if isinstance(each.source, PhotoSource)]
        assert photos == [each.source for each in start[0].clips("base") if isinstance(each.source, PhotoSource)]
    assert len(set(seen)) > len(looks.looks()) / 2


def test_a_look_in_a_part_dresses_that_part_alone():
    start = planned()
    now = made(start, SetLook(look="metal", where=Where(stretches=(Stretch(start=8, end=24),), clock="song")))
    outside = [each for each in now.clips("base") if each.end <= 8 * 30 or each.start >= 24 * 30]
    assert all(each in start[0].clips("base") for each in outside)
    assert (now.palette, now.look) == (start[0].palette, start[0].look)
    assert {each.grade for each in now.clips("base") if each not in outside} == {looks.looks()["metal"].grade}


def test_photos_and_footage_are_framed_anew_about_what_matters():
    start = planned(*PHOTOS, FILM)
    now = made(start, UseMedia(assets=(PHOTOS[0].id, FILM.id)), SetCanvas(ratio="9:16"))
    for each in now.clips("base"):
        if isinstance(each.source, FootageSource) and each.source.fit == "cover":
            assert each.source.framing.x == pytest.approx(0.3, abs=0.05)
    wide = made(start, UseMedia(assets=(PHOTOS[0].id, FILM.id)))
    back = apply.apply(now, (SetCanvas(ratio="16:9"),), start[1])
    fits = [each.source.fit for each in back.clips("base") if not isinstance(each.source, SceneSource)]
    assert fits == [each.source.fit for each in wide.clips("base") if not isinstance(each.source, SceneSource)]


def test_what_was_not_shown_before_is_cut_in_the_video_s_own_rhythm_and_shows_its_pictures():
    short = made(planned(*PHOTOS), UseMedia(assets=tuple(each.id for each in PHOTOS)), UsePart(start=20, seconds=10))
    now = apply.apply(short, (UsePart(whole=True),), planned(*PHOTOS)[1])
    assert now.frames == planned()[0].frames
    assert set(shown(now)) <= {each.id for each in PHOTOS}
    assert len(now.clips("base")) > 2 * len(short.clips("base"))


def test_scenes_are_shown_in_turn():
    now = made(planned(), ShowScenes(scenes=("tunnel", "aurora")))
    assert shown(now)[:4] == ["tunnel", "aurora", "tunnel", "aurora"]
