"""Laws of words on the picture: they change alone, nothing beneath them does."""

from __future__ import annotations

from fractions import Fraction

import pytest
from stands import ground, words
from timelines import timeline

from songreel.base.errors import EditRefused
from songreel.editing import apply
from songreel.model.edit import (
    AddText,
    ChangeText,
    FadeText,
    LyricLine,
    MoveText,
    RemoveText,
    RestyleText,
    RetimeText,
    Retitle,
    SetLyrics,
    Stretch,
    Texts,
    UsePart,
    Where,
)

TITLE = Texts(role="title")


def made(*edits, start=None):
    before = start or timeline()
    after = apply.apply(before, edits, ground())
    for role in ("base", "song", "visualizer", "overlay"):
        assert after.clips(role) == before.clips(role)
    return after


def during(start, end=None):
    return Where(stretches=(Stretch(start=start, end=end),))


def shown(now, text):
    found = [clip for clip in (*now.clips("titles"), *now.clips("lyrics")) if clip.name == text]
    return sorted((clip.start, clip.end) for clip in found)


def test_words_are_put_where_there_is_room():
    added = made(AddText(text="Later", where=during(5)))
    assert [clip.name for clip in added.track("titles").clips] == ["Urban Dreams", "Later"]
    assert shown(added, "Later") == [(150, 300)]
    above = made(AddText(text="Also", where=during(1, 5)), start=added)
    assert [track.role for track in above.tracks].count("titles") == 2
    lyric = made(AddText(text="away", role="lyric", where=during(6, 8)))
    assert [clip.name for clip in lyric.clips("lyrics")] == ["run", "away"]
    with pytest.raises(EditRefused, match=r"lasts 10\.0 s"):
        made(AddText(text="Never", where=during(10, 12)))


def test_each_stretch_has_its_words_and_seconds_count_from_the_end_too():
    twice = Where(stretches=(Stretch(start=1, end=2), Stretch(start=-3)))
    assert shown(made(AddText(text="hey", where=twice)), "hey") == [(30, 60), (210, 300)]


def test_new_words_do_not_stand_on_others():
    added = words(made(AddText(text="Nova Kane", role="artist", where=during(0, 3))))
    assert added["Urban Dreams"].position == "center"
    assert added["Nova Kane"].position != "center"
    moved = words(made(AddText(text="Over", where=during(1, 2), position="center")))
    assert moved["Over"].position == "center"
    assert moved["Urban Dreams"].position != "center"


def test_an_artist_is_in_the_title_s_design():
    styled = made(RestyleText(texts=TITLE, design="outlined"), AddText(text="A", role="artist", where=during(0, 3)))
    assert words(styled)["A"].design == "outlined"


def test_words_change_one_thing_at_a_time():
    was = timeline().clips("titles")[0]
    for edit, changed in (
        (ChangeText(texts=TITLE, text="Slow Burn"), {"text": "Slow Burn"}),
        (MoveText(texts=TITLE, position="top-left"), {"position": "top-left"}),
        (RestyleText(texts=TITLE, color="#ff0000"), {"style": was.source.style.evolve(color="#ff0000")}),
        (RestyleText(texts=TITLE, size_by=2), {"style": was.source.style.evolve(size=2)}),
        (RestyleText(texts=TITLE, bold=True), {"style": was.source.style.evolve(bold=True)}),
    ):
        now = made(edit).clips("titles")[0]
        assert now.source == was.source.evolve(**changed)
        assert (now.start, now.end, now.id) == (was.start, was.end, was.id)


def test_larger_and_larger_ends_at_the_largest():
    now = timeline()
    for _ in range(20):
        now = made(RestyleText(texts=TITLE, size_by=1.5), start=now)
    assert now.clips("titles")[0].source.style.size == 5


@pytest.mark.parametrize(
    ("edit", "wanted"),
    [
        ({"end": 4}, (0, 120)),
        ({"start": 2}, (60, 150)),
        ({"seconds": 5}, (0, 150)),
        ({"start": -5}, (150, 240)),
        ({"start": -5, "end": 10}, (150, 300)),
        ({"shift": 2}, (60, 150)),
        ({"shift": -2}, (0, 90)),
        ({"shift": 60}, (210, 300)),
        ({"whole": True}, (0, 300)),
        ({"end": 10, "seconds": 4}, (180, 300)),
    ],
)
def test_words_are_retimed(edit, wanted):
    assert shown(made(RetimeText(texts=TITLE, **edit)), "Urban Dreams") == [wanted]


def test_words_come_and_go_softly_as_far_as_they_last():
    fade = made(FadeText(texts=TITLE, in_s=2)).clips("titles")[0].fade
    assert (fade.frames_in, fade.frames_out) == (60, 0)
    long = made(FadeText(texts=TITLE, in_s=9, out_s=9)).clips("titles")[0].fade
    assert (long.frames_in, long.frames_out) == (90, 0)


def test_words_go():
    assert not words(made(RemoveText(texts=Texts())))
    assert set(words(made(RemoveText(texts=TITLE)))) == {"run"}
    with pytest.raises(EditRefused, match="no such words"):
        made(RemoveText(texts=Texts(role="artist")))
    with pytest.raises(EditRefused, match="no such words"):
        made(RemoveText(texts=Texts(says="something else")))


def test_a_new_title_is_on_its_card_too():
    changed = made(Retitle(title="Slow Burn"))
    assert changed.title == "Slow Burn"
    assert set(words(changed)) == {"Slow Burn", "run"}
    assert made(RemoveText(texts=TITLE), Retitle(title="Slow Burn")).clips("titles") == ()


def test_what_is_no_letter_is_not_written():
    family = "\U0001f469\u200d\U0001f467"
    assert family in words(made(ChangeText(texts=TITLE, text=family)))
    assert set(words(made(ChangeText(texts=TITLE, text=" Slow\x07Burn ")))) == {"Slow Burn", "run"}
    with pytest.raises(EditRefused, match="no letters"):
        made(ChangeText(texts=TITLE, text="\x01\u200b"))


def test_lyrics_follow_one_another_on_the_bars_in_place_of_the_old_ones():
    lines = tuple(LyricLine(text=text) for text in ("one", "two", "three"))
    now = made(SetLyrics(lines=lines))
    spans = [(clip.start, clip.end) for clip in now.clips("lyrics")]
    assert [clip.name for clip in now.clips("lyrics")] == ["one", "two", "three"]
    assert spans == [(0, 120), (120, 180), (180, 300)]
    assert all(start % 60 == 0 for start, _ in spans)


def test_lyrics_with_times_are_shown_at_them_and_the_others_between():
    lines = (LyricLine(text="a", at=1), LyricLine(text="b"), LyricLine(text="c", at=5, seconds=2))
    now = made(SetLyrics(lines=lines))
    assert [(clip.name, clip.start, clip.end) for clip in now.clips("lyrics")][::2] == [("a", 30, 60), ("c", 150, 210)]


def test_lyrics_that_are_over_before_the_video_begins_are_not_shown():
    later = apply.apply(timeline(), (UsePart(start=Fraction(10), end=Fraction(20)),), ground())
    lines = tuple(LyricLine(text=f"line {at}", at=at) for at in (1, 7, 15, 30))
    shown = made(SetLyrics(lines=lines), start=later).clips("lyrics")
    assert [(clip.name, clip.start, clip.end) for clip in shown] == [("line 7", 0, 150), ("line 15", 150, 300)]
    with pytest.raises(EditRefused, match="nothing there"):
        made(SetLyrics(lines=(lines[0], lines[3])), start=later)
