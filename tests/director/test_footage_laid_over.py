"""Picture in picture in words: what is asked for lies there, what is said of it next changes it, in both languages."""

from __future__ import annotations

import contextlib
from fractions import Fraction

import pytest
from edit_strategies import CHANGES
from hypothesis import given
from songs import clip, looked_at, photo, song_map, stock
from test_edits import WIDE, ground

from songreel.base.errors import EditRefused
from songreel.director import plan, reply
from songreel.director.conversation import Past, Situation, Understood
from songreel.director.understanding import understand
from songreel.editing import apply, boxes, check
from songreel.model import edit as edits
from songreel.model.brief import Brief
from songreel.model.preset import PRESETS
from songreel.model.timeline import FootageSource

ONE, TWO = clip(1, 20), clip(2, 8, 720, 1280)
KEPT = stock(photo(1), photo(2), ONE, TWO, materials=(looked_at(ONE, [(0, 9, 0.8)]),), cover=True)
SONG, BRIEF = song_map(), Brief(seed=5)
STANDS = ground(SONG, BRIEF, KEPT)
PLAIN = plan.make(SONG, BRIEF, KEPT, WIDE, PRESETS["youtube"]).timeline
VERBS = edits.AddOverlay | edits.ChangeOverlay | edits.RemoveOverlay


def talked(*messages):
    """Return the video after a conversation, and the last reply."""
    now, past, told = PLAIN, (), ""
    for number, words in enumerate(messages, 1):
        situation = Situation(
            timeline=now, song_map=SONG, assets=STANDS.assets, song=KEPT.song.id, cover=KEPT.cover, past=past,
            version=number, versions=tuple(range(1, number + 1)), undoable=number - 1,
        )  # fmt: skip
        heard = understand(words, situation)
        changes = tuple(each for each in heard.edits if isinstance(each, edits.Change))
        after = apply.apply(now, changes, STANDS) if changes else now
        told = _told(now, after, heard, number)
        was = {one.id: one for one in now.clips("overlay")}
        fresh = tuple(one.id for one in after.clips("overlay") if was.get(one.id) != one)
        past = (*past, Past(words, heard.language, heard.edits, fresh, number + 1))
        now = after
    assert check.problems(now) == ()
    return now, told


def _told(before, after, heard: Understood, version):
    return reply.compose(
        reply.Turned(
            before=before,
            after=after,
            song_map=SONG,
            names={key: asset.name for key, asset in STANDS.assets.items()},
            edits=heard.edits,
            understood=heard,
            version=version,
        )
    )


def lying(*messages):
    """Return what lies over the video after a conversation: name, place, share of the width, opacity, shown for."""
    now, _ = talked(*messages)
    assert now.clips("base") == PLAIN.clips("base")
    return [
        (
            each.name,
            boxes.position_of(each.source.place),
            round(each.source.place.width, 2),
            each.source.opacity,
            round(len(each.span) / now.frames, 2),
        )
        for each in now.clips("overlay")
    ]


WHOLE = [
    ("put clip1.mp4 small in the top right corner", "clip1.mp4", "top-right", 0.2, 1),
    ("把clip1放到右下角做画中画", "clip1.mp4", "bottom-right", 0.25, 1),
    ("picture in picture with clip1, bottom left", "clip1.mp4", "bottom-left", 0.25, 1),
    ("PiP of clip1, top left, a third of the width", "clip1.mp4", "top-left", 0.33, 1),
    ("overlay clip2.mp4 in the bottom left corner at 50% opacity", "clip2.mp4", "bottom-left", 0.14, 0.5),
    ("clip1做画中画，占画面宽度的四分之一，半透明", "clip1.mp4", "top-right", 0.25, 0.5),
    ("把clip1.mp4缩小放在左上角", "clip1.mp4", "top-left", 0.2, 1),
    ("右下角加个小窗播放clip1", "clip1.mp4", "bottom-right", 0.25, 1),
    ("overlay clip1 over the whole thing at 30% opacity", "clip1.mp4", "center", 1, 0.3),
    ("have clip1 play in the middle of the frame at half size", "clip1.mp4", "center", 0.5, 1),
    ("show my video in the corner", "clip1.mp4", "top-right", 0.25, 1),
]


@pytest.mark.parametrize(("words", "name", "position", "width", "opacity"), WHOLE)
def test_footage_lies_where_it_is_asked_for_throughout(words, name, position, width, opacity):
    assert lying(words) == [(name, position, width, opacity, 1)]


@pytest.mark.parametrize(
    "words",
    [
        ("put clip1.mp4 small in the top right corner during the chorus",),
        ("put clip1 in the top right corner", "only show the small video in the chorus"),
        ("把clip1.mp4放在右上角，只在副歌出现",),
        ("把clip1放到右上角", "小视频只在副歌出现"),
    ],
)
def test_footage_lies_over_the_choruses_alone(words):
    now, told = talked(*words)
    shown = {(each.start, each.end) for each in now.clips("overlay")}
    chorus = edits.Where(stretches=tuple(edits.Stretch(start=s.start, end=s.end) for s in _choruses()))
    alone = apply.apply(PLAIN, (edits.AddOverlay(asset=ONE.id, where=chorus),), STANDS)
    assert shown == {(each.start, each.end) for each in alone.clips("overlay")}
    assert told.count("clip1.mp4") == 1
    assert ("副歌" if "把" in words[0] else "chorus") in told


def _choruses():
    return [
        edits.Stretch(start=Fraction(each.start), end=Fraction(each.end))
        for each in SONG.sections
        if each.label == "chorus"
    ]


FIRST = "put clip1 in the top right corner"
CHANGED = [
    ("make it a bit smaller", ("top-right", 0.22, 1)),
    ("make the small video twice as big", ("top-right", 0.51, 1)),
    ("move the overlay to the bottom left", ("bottom-left", 0.25, 1)),
    ("it should be 40% of the width and half transparent", ("top-right", 0.4, 0.5)),
    ("画中画大一点", ("top-right", 0.33, 1)),
    ("把它移到左上角", ("top-left", 0.25, 1)),
    ("小视频半透明", ("top-right", 0.25, 0.5)),
]


@pytest.mark.parametrize(("words", "wanted"), CHANGED)
def test_it_is_changed_by_what_it_is_called(words, wanted):
    ((_, position, width, opacity, _),) = lying(FIRST, words)
    assert (position, width, opacity) == wanted


@pytest.mark.parametrize(
    "words",
    ["remove it", "get rid of the overlay", "take the picture in picture away", "把小视频删掉", "去掉画中画"],
)
def test_it_is_taken_away_by_what_it_is_called(words):
    assert lying(FIRST, words) == []


@pytest.mark.parametrize("words", ["use clip2 instead", "换成clip2", "use clip2 for the picture in picture instead"])
def test_another_clip_takes_its_place(words):
    assert [(name, position) for name, position, *_ in lying(FIRST, words)] == [("clip2.mp4", "top-right")]


def test_a_logo_and_footage_are_told_apart():
    both = ("put cover.png as a logo in the top left", "picture in picture with clip1 bottom right")
    names = [("cover.png", "top-left"), ("clip1.mp4", "bottom-right")]
    assert [(name, position) for name, position, *_ in lying(*both)] == names
    moved = lying(*both, "make the small video bigger", "move the logo to the bottom left")
    assert [(name, position) for name, position, *_ in moved] == [("cover.png", "bottom-left"), names[1]]
    assert [width for _, _, width, *_ in moved] == [0.11, 0.33]
    assert [name for name, *_ in lying(*both, "remove the small video")] == ["cover.png"]
    assert [name for name, *_ in lying(*both, "remove the logo")] == ["clip1.mp4"]


def test_footage_in_a_part_of_the_video_without_a_corner_fills_the_frame():
    now, _ = talked("use clip1 in the chorus")
    assert not now.clips("overlay")
    assert any(isinstance(each.source, FootageSource) for each in now.clips("base"))


def test_small_videos_are_not_taken_for_what_lies_over_where_nothing_does():
    now, _ = talked("把小视频做成竖屏")
    assert now.canvas.height > now.canvas.width


def test_a_first_message_may_ask_for_it():
    blank = Situation(song_map=SONG, assets=STANDS.assets, song=KEPT.song.id)
    for words in ("make a music video and put clip1 in the top right corner", "做个MV，把clip1放到右下角做画中画"):
        heard = understand(words, blank)
        assert [each.asset for each in heard.edits if isinstance(each, edits.AddOverlay)] == [ONE.id], words


def test_what_follows_in_a_first_message_is_said_of_it():
    blank = Situation(song_map=SONG, assets=STANDS.assets, song=KEPT.song.id)
    heard = understand("做个霓虹MV，把clip1放到右下角做画中画，半透明，只在副歌出现", blank)
    (laid,) = [each for each in heard.edits if isinstance(each, edits.AddOverlay)]
    assert (laid.position, laid.opacity) == ("bottom-right", 0.5)
    assert not laid.where.everywhere
    heard = understand("make a neon video, clip1 as picture in picture bottom left, a third of the width", blank)
    (laid,) = [each for each in heard.edits if isinstance(each, edits.AddOverlay)]
    assert (laid.position, round(laid.width, 2)) == ("bottom-left", 0.33)


TOLD = [
    ((FIRST,), "Laid clip1.mp4 over the picture, at the top right."),
    (
        (FIRST, "move it to the bottom left"),
        "clip1.mp4 lies over the picture at the bottom left, 25% as wide as the frame.",
    ),
    ((FIRST, "make it half transparent"), "clip1.mp4 is 50% opaque instead of 100%."),
    ((FIRST, "remove it"), "clip1.mp4 no longer lies over the picture."),
    (("把clip1放到右下角做画中画",), "在画面上加了 clip1.mp4，右下角。"),
    (("把clip1放到右下角做画中画", "画中画半透明"), "clip1.mp4 的不透明度从 100% 变为 50%。"),
]


@pytest.mark.parametrize(("words", "wanted"), TOLD)
def test_what_was_done_is_said_in_plain_words(words, wanted):
    assert wanted in talked(*words)[1]


@given(CHANGES)
def test_any_change_of_a_video_with_footage_over_it_leaves_one_that_holds(change):
    start = apply.apply(PLAIN, (edits.AddOverlay(asset=ONE.id),), STANDS)
    with contextlib.suppress(EditRefused):
        assert check.problems(apply.apply(start, (change,), STANDS)) == ()
