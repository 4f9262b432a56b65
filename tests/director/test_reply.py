"""What is said after a turn: true to the difference of the timelines, in the speaker's language, never nothing."""

from __future__ import annotations

import string

import pytest
from edit_strategies import CHANGES
from hypothesis import given
from hypothesis import strategies as st
from songs import photo, song_map, stock
from test_edits import WIDE, ground, world

from songreel.base.errors import EditRefused
from songreel.director import plan, reply
from songreel.director.conversation import Situation, Understood
from songreel.director.telling.speaker import clock, sentences
from songreel.director.understanding.understand import understand
from songreel.editing import apply
from songreel.editing.refusals import KINDS, refused
from songreel.model.brief import Brief, CutRule
from songreel.model.edit import (
    EDITS,
    AddOverlay,
    AddText,
    AdjustGrade,
    CutEvery,
    FadePicture,
    FadeSong,
    HoldShot,
    MoveText,
    RemoveText,
    RestyleText,
    RetimeText,
    SetCanvas,
    SetEffect,
    SetPalette,
    SetTransition,
    SetVisualizer,
    SetVolume,
    ShowScenes,
    Stretch,
    Texts,
    Undo,
    UsePart,
    Where,
)
from songreel.model.preset import PRESETS

SONG = song_map()
BRIEF = Brief(title="GOLD", looks=("neon",), seed=5)
KEPT = stock(photo(1))
VIDEO = plan.make(SONG, BRIEF, KEPT, WIDE, PRESETS["youtube"]).timeline
STANDS = ground(SONG, BRIEF, KEPT)
TITLE = Texts(role="title")
CHORUS = Where(stretches=(Stretch(start=24, end=40),))


def told(*edits, language="en", before=VIDEO, **more):
    after = apply.apply(before, edits, STANDS)
    return _said(before, after, edits, language=language, **more)


def _said(before, after, edits, *, language="en", answer=None, problems=(), **more):
    turned = reply.Turned(
        before=before,
        after=after,
        song_map=SONG,
        names={photo(1).id: "photo1.jpg"},
        edits=tuple(edits),
        understood=Understood(edits=tuple(edits), answer=answer, problems=problems, language=language),
        version=2,
        **more,
    )
    return reply.compose(turned)


ENGLISH = [
    ((RestyleText(texts=TITLE, size_by=1.5),), "“GOLD” is at 150% of its size, before 100%."),
    ((RestyleText(texts=TITLE, color="#e0263c"),), "“GOLD” is red #e0263c instead of the look's own color."),
    ((MoveText(texts=TITLE, position="top-left"),), "“GOLD” stands at the top left instead of in the middle."),
    ((RetimeText(texts=TITLE, start=0, end=4),), "“GOLD” is shown from 0:00 to 0:04 instead of 0:00.5 to 0:04.5."),
    ((RemoveText(texts=TITLE),), "Removed “GOLD”."),
    (
        (AddText(text="HEY", where=Where(stretches=(Stretch(start=-5),)), position="bottom"),),
        "Added the caption “HEY” from 1:15 to 1:20, at the bottom.",
    ),
    ((HoldShot(),), "1 shot instead of 26. A shot usually lasts 80 s, before 2 s."),
    (
        (CutEvery(rule=CutRule(every=1, unit="beat"), where=CHORUS),),
        "50 shots instead of 26 in the first chorus (0:24–0:40). A shot usually lasts 0.5 s, before 2 s.",
    ),
    ((SetEffect(effect="grain", amount=0.4),), "grain at 40% is on."),
    ((SetEffect(effect="blur", where=CHORUS),), "blur at 50% is on in the first chorus (0:24–0:40)."),
    ((SetCanvas(ratio="9:16"),), "The picture is 9:16 (1080×1920) instead of 16:9 (1920×1080)."),
    ((SetCanvas(fps=60),), "It has 60 frames a second instead of 30."),
    ((UsePart(start=0, seconds=20),), "The video lasts 0:20 instead of 1:20. The song fades out over 1 s, before 0 s."),
    ((SetVolume(volume=0.5),), "The song plays at 50% instead of 100%."),
    ((FadeSong(out_s=3),), "The song fades out over 3 s, before 0 s."),
    ((FadePicture(out_s=3),), "The picture goes to black over 3 s, before 0 s."),
    ((AdjustGrade(brightness=-0.2),), "Brightness is -20 instead of 0."),
    ((SetVisualizer(design="ring"),), "Added a visualizer (ring), in the middle."),
    (
        (SetVisualizer(design="cover-bars"),),
        "Added a visualizer (cover bars), in the middle. There is no cover for it to play around",
    ),
    ((AddOverlay(asset=photo(1).id),), "Laid photo1.jpg over the picture, at the top right."),
    (
        (SetPalette(palette=("#141416", "#142a66", "#e0263c", "#ffd21f", "#ffffff")),),
        "The colors are black, navy, red, yellow, white, before",
    ),
    ((SetTransition(transition="whip"),), "25 cuts have whip over 0.3 s."),
]
CHINESE = [
    ((RestyleText(texts=TITLE, size_by=1.5),), "“GOLD”的大小从 100% 变为 150%。"),
    ((MoveText(texts=TITLE, position="top-left"),), "“GOLD”从正中移到左上角。"),
    ((HoldShot(),), "26 个镜头变为 1 个镜头。每个镜头一般 80 秒，之前是 2 秒。"),
    ((SetEffect(effect="grain", amount=0.4, where=CHORUS),), "在第一段副歌（0:24–0:40），加了颗粒，强度 40%。"),
    ((SetCanvas(ratio="9:16"),), "画幅从 16:9 (1920×1080) 改为 9:16 (1080×1920)。"),
    ((SetVolume(volume=0.5),), "音乐音量从 100% 改为 50%。"),
    ((AdjustGrade(brightness=-0.2),), "亮度从 0 变为 -20。"),
]


@pytest.mark.parametrize(("edits", "wanted"), ENGLISH)
def test_what_changed_is_said_from_what_to_what_and_where(edits, wanted):
    assert told(*edits).startswith(wanted)


@pytest.mark.parametrize(("edits", "wanted"), CHINESE)
def test_it_is_said_in_chinese_too(edits, wanted):
    assert told(*edits, language="zh").startswith(wanted)


def test_each_turn_ends_with_what_to_try_next():
    assert told(SetVolume(volume=0.5)).count("“") >= 2
    assert "Try next: " in told(SetVolume(volume=0.5))
    assert "接下来可以试试" in told(SetVolume(volume=0.5), language="zh")


def test_what_was_not_done_is_said_with_its_reason():
    problems = (refused("no-text"), refused("outside", seconds="80.0"))
    said = _said(VIDEO, VIDEO, (), refusals=problems)
    assert said.startswith("Not done: there are no such words on the picture. Add them first")
    assert "Nothing changed." in said
    assert _said(VIDEO, VIDEO, (), refusals=problems, language="zh").startswith("没有做：画面上没有这样的文字")


def test_nothing_understood_is_said_and_the_nearest_is_offered():
    said = _said(VIDEO, VIDEO, (), said="make the titel biger")
    assert "did not understand" in said
    assert "“make the title bigger”" in said


def test_an_answer_comes_first():
    assert _said(VIDEO, VIDEO, (), answer="120 BPM.").startswith("120 BPM. Try next")


def test_after_a_step_back_the_main_changes_are_said():
    after = apply.apply(VIDEO, (SetCanvas(ratio="9:16"), ShowScenes(scenes=("tunnel",)), SetVolume(volume=0)), STANDS)
    said = _said(after, VIDEO, (Undo(),))
    assert said.startswith("Undone; version 2 is shown. The picture is 16:9")


@given(st.integers(0, 1), CHANGES, st.sampled_from(["en", "zh"]))
def test_every_change_is_said_in_some_words(number, edit, language):
    video, stands = world(number)
    try:
        after = apply.apply(video, (edit,), stands)
    except EditRefused:
        return
    says = reply.Turned(video, after, SONG, {}, (edit,), Understood(edits=(edit,), language=language)).speaker
    sentences_said = list(reply.changes(video, after, {}, says))
    assert bool(sentences_said) == reply.differs(video, after)
    assert all(each.strip() for each in sentences_said)


def test_both_languages_say_the_same_things_with_the_same_facts():
    english, chinese = sentences("en"), sentences("zh")
    assert english["changes"].keys() == chinese["changes"].keys()
    assert english["ideas"].keys() == chinese["ideas"].keys()
    for kind, sentence in english["changes"].items():
        assert _facts(chinese["changes"][kind]) == _facts(sentence), kind


def test_every_refusal_is_said_in_chinese():
    refusals = sentences("zh")["refusals"]
    assert refusals.keys() == KINDS.keys()
    for kind, (message, advice) in KINDS.items():
        assert _facts(refusals[kind]) <= _facts(message) | _facts(advice), kind


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_is_suggested_is_understood(language):
    drawn = apply.apply(VIDEO, (SetVisualizer(design="bars"),), STANDS)
    for topic, ideas in sentences(language)["ideas"].items():
        timeline = None if topic == "make" else drawn
        there = Situation(timeline, SONG, BRIEF, STANDS.assets, song=KEPT.song.id, version=2, undoable=1)
        for idea in ideas if topic != "no-song" else ():
            understood = understand(idea.strip("“”").replace("…", "Hi"), there)
            assert understood.edits, idea
            assert not understood.problems, idea
            assert EDITS.validate_json(EDITS.dump_json(understood.edits)) == understood.edits


def test_moments_are_said_as_on_a_clock():
    assert [clock(each) for each in (0, 9.96, 12.5, 61, 3599.99)] == ["0:00", "0:10", "0:12.5", "1:01", "60:00"]


def _facts(sentence):
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}
