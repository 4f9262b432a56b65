"""Cuts between beats, from words to what is said of them, in both languages."""

from __future__ import annotations

import itertools
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from songs import song_asset, song_map, stock
from test_edits import ground
from test_reply import BRIEF, CHORUS, KEPT, SONG, STANDS, VIDEO, told

from songreel.base.time import frame_at
from songreel.director import plan
from songreel.director.conversation import Situation
from songreel.director.telling import whole
from songreel.director.telling.speaker import Speaker
from songreel.director.understanding import understand
from songreel.editing import apply, marks
from songreel.model import edit as edits
from songreel.model.brief import Brief, CutRule
from songreel.model.preset import PRESETS
from songreel.model.timeline import Canvas, Timeline

HALF, OFFBEATS = CutRule(every=1, unit="half"), CutRule(every=2, unit="half", offset=1)
BEAT = CutRule(every=1, unit="beat")
RATES = (Fraction(24), Fraction(30), Fraction(60), Fraction(30000, 1001))
WIDE = Canvas(width=640, height=360, fps=30)
SITUATION = Situation(timeline=VIDEO, song_map=SONG, song=song_asset().id, version=2, versions=(1, 2), undoable=1)
NOTHING = Situation(song_map=SONG, song=song_asset().id)


def rules(words: str, situation: Situation = SITUATION) -> list[tuple[CutRule, edits.Where]]:
    found = understand(words, situation).edits
    assert all(isinstance(edit, edits.CutEvery) for edit in found), found
    return [(edit.rule, edit.where) for edit in found if isinstance(edit, edits.CutEvery)]


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        ("cut on every half beat", HALF),
        ("change the picture every half a beat", HALF),
        ("cut twice per beat", HALF),
        ("two cuts per beat please", HALF),
        ("cut on eighth notes", HALF),
        ("switch on each 8th note", HALF),
        ("eight shots per bar", HALF),
        ("half-beat cuts please", HALF),
        ("chop it on the half beats", HALF),
        ("snap the cuts to half beats", HALF),
        ("cut on the beat and the offbeat", HALF),
        ("正拍和反拍都切", HALF),
        ("cuts on the offbeats", OFFBEATS),
        ("cut between the beats", OFFBEATS),
        ("cut every 1.5 beats", CutRule(every=3, unit="half")),
        ("cut on quarter notes", BEAT),
        ("半拍一切", HALF),
        ("每半拍切一次", HALF),
        ("每拍切两次", HALF),
        ("每拍两个镜头", HALF),
        ("按八分音符切", HALF),
        ("每小节切八次", HALF),
        ("卡反拍切", OFFBEATS),
        ("在后半拍切换画面", OFFBEATS),
        ("一拍半切一次", CutRule(every=3, unit="half")),
    ],
)
def test_words_become_a_rule(words, rule):
    assert rules(words) == [(rule, edits.Where())]


@pytest.mark.parametrize("words", ["cut on every half beat in the first chorus", "第一段副歌每半拍切一次"])
def test_a_section_is_cut_by_itself(words):
    ((rule, where),) = rules(words)
    assert (rule, where.stretches) == (HALF, CHORUS.stretches)


@pytest.mark.parametrize("words", ["cut on half beats from 0:10 to 0:20", "0:10到0:20每半拍换一个画面"])
def test_a_range_is_cut_by_itself(words):
    ((rule, where),) = rules(words)
    assert (rule, where.stretches) == (HALF, (edits.Stretch(start=10, end=20),))


@pytest.mark.parametrize(
    ("words", "rule"),
    [("not every half beat, every beat please", BEAT), ("不要半拍切，每拍切一次就行", BEAT)],
)
def test_what_is_denied_is_not_done(words, rule):
    assert rules(words) == [(rule, edits.Where())]


def test_half_beats_that_are_there_are_taken_back_where_they_are_not_wanted():
    assert rules("don't cut on half beats") == []
    there = apply.apply(VIDEO, [edits.CutEvery(rule=HALF)], STANDS)
    assert rules("don't cut on half beats", replace(SITUATION, timeline=there)) == [(BEAT, edits.Where())]


@pytest.mark.parametrize(
    "words",
    [
        "move the cut half a beat later", "shift all cuts by half a beat", "所有切换往后挪半拍", "zoom on the offbeats",
        "flash on every half beat", "半拍闪一下", "the title stays for half a beat", "fade in over half a beat",
    ],
)  # fmt: skip
def test_parts_of_a_beat_that_say_no_rhythm_cut_nothing(words):
    assert not any(isinstance(edit, edits.CutEvery) for edit in understand(words, SITUATION).edits)


@pytest.mark.parametrize("words", ["add a cut on the half-beat at 0:12", "在0:12的半拍上加一个切"])
def test_one_cut_is_put_on_a_half_beat(words):
    (edit,) = understand(words, SITUATION).edits
    assert edit == edits.CutAt(at=12, mark="half")
    now = apply.apply(VIDEO, [edits.CutAt(at=Fraction(61, 5), mark="half")], STANDS)
    (new,) = {clip.start: clip.mark for clip in now.clips("base") if clip.start not in _starts(VIDEO)}.items()
    assert new == (frame_at(12.25, Fraction(30)), "half")


def _starts(timeline: Timeline) -> set[int]:
    return {clip.start for clip in timeline.clips("base")}


@pytest.mark.parametrize("words", ["the cuts are off beat", "the cuts are off the beat"])
def test_a_complaint_is_no_offbeat(words):
    assert all(rule.unit != "half" for rule, _ in rules(words))


@pytest.mark.parametrize(("words", "says"), [("cut on every half beat", "0.17 s"), ("半拍一切", "0.17 秒")])
def test_in_a_fast_song_beats_are_cut_and_the_reason_has_figures(words, says):
    fast = replace(SITUATION, song_map=song_map(bpm=174))
    assert rules(words, fast) == [(BEAT, edits.Where())]
    (problem,) = understand(words, fast).problems
    assert says in problem
    assert "0.2" in problem
    assert rules(words.replace("half beat", "off beat").replace("半拍一切", "卡反拍切"), fast) == [
        (OFFBEATS, edits.Where())
    ]


@pytest.mark.parametrize("words", ["cut on sixteenth notes", "four cuts per beat", "每拍切四次", "十六分音符切"])
def test_smaller_parts_become_half_beats_and_that_is_said(words):
    assert rules(words) == [(HALF, edits.Where())]
    assert len(understand(words, SITUATION).problems) == 1


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        ("make a video, cut on every half beat", HALF),
        ("neon video with eighth note cuts", HALF),
        ("music video that cuts twice per beat", HALF),
        ("cut on the offbeats, dark techno", OFFBEATS),
        ("做一个视频，半拍一切", HALF),
        ("霓虹风格，每半拍换一个画面", HALF),
        ("卡反拍切的视频", OFFBEATS),
        ("每拍切两次，赛博朋克", HALF),
    ],
)
def test_a_new_video_may_be_cut_so(words, rule):
    (made,) = understand(words, NOTHING).edits
    assert isinstance(made, edits.Create)
    assert made.brief.cut == rule
    assert made.brief.not_understood == ()


@pytest.mark.parametrize(
    "words", ["a fast video with cuts on every half beat in the chorus", "做个快节奏的视频，副歌每半拍切一次"]
)
def test_a_new_video_may_have_one_part_cut_so(words):
    made, cut = understand(words, NOTHING).edits
    assert (made.brief.pace, made.brief.cut, cut.rule) == ("fast", None, HALF)
    assert [stretch.start for stretch in cut.where.stretches] == [24, 56]


@settings(max_examples=20)
@given(st.floats(60, 149), st.sampled_from([3, 4]), st.integers(1, 6), st.sampled_from(RATES), st.floats(0, 2))
def test_a_plan_follows_the_rule_to_the_letter(bpm, meter, every, fps, offset):
    song = song_map(bpm=bpm, meter=meter, offset=offset)
    canvas = WIDE.evolve(fps=fps)
    brief = Brief(cut=CutRule(every=every, unit="half"))
    made = plan.make(song, brief, stock(), canvas, PRESETS["youtube"]).timeline
    beats = {frame_at(at, fps): "beat" for at in song.beat_times()}
    halves = {frame_at(half, fps): "half" for _, half in song.half_times()}
    order = sorted((beats | halves).items())[::every]
    assert [(clip.start, clip.mark) for clip in made.clips("base")[1:]] == [pair for pair in order if pair[0]]
    assert min(clip.end - clip.start for clip in made.clips("base")[1:-1]) >= marks.shortest(fps)
    assert Timeline.from_json(made.to_json()) == made


def test_a_plan_of_a_fast_song_cuts_on_beats_and_says_why():
    made = plan.make(song_map(bpm=174), Brief(cut=HALF), stock(), WIDE, PRESETS["youtube"])
    assert {clip.mark for clip in made.timeline.clips("base")} == {"beat"}
    assert any("half-beats of 0.17 s would flicker" in note for note in made.notes)
    beats = plan.make(song_map(bpm=174), Brief(cut=BEAT), stock(), WIDE, PRESETS["youtube"])
    assert made.timeline == beats.timeline


@pytest.mark.parametrize(
    ("rule", "language", "says"),
    [
        (HALF, "en", "There are cuts on every half-beat."),
        (HALF, "zh", "每半拍切一次。"),
        (OFFBEATS, "en", "fall on the offbeats"),
        (OFFBEATS, "zh", "切在反拍上"),
        (CutRule(every=3, unit="half"), "en", "fall on half-beats."),
        (CutRule(every=3, unit="half"), "zh", "在半拍上。"),
    ],
)
@pytest.mark.parametrize("where", [edits.Where(), CHORUS])
def test_the_reply_says_what_is_on_half_beats(rule, language, says, where):
    reply = told(edits.CutEvery(rule=rule, where=where), language=language)
    assert says in reply
    beats = told(edits.CutEvery(rule=BEAT, where=where), language=language)
    assert says not in beats


@pytest.mark.parametrize(
    ("language", "says"), [("en", "There are cuts on every half-beat{}."), ("zh", "{}每半拍切一次。")]
)
def test_a_new_video_is_told_with_its_half_beats(language, says):
    speaker = Speaker(language, SONG, 0.0, 80.0)
    made = plan.make(SONG, Brief(cut=HALF), stock(), WIDE, PRESETS["youtube"]).timeline
    assert says.format("") in whole.made(made, speaker)
    part = apply.apply(VIDEO, [edits.CutEvery(rule=HALF, where=CHORUS)], STANDS)
    there = speaker.place([(24.0, 40.0)])
    assert "0:24" in there
    assert says.format(there) in whole.made(part, speaker)
    assert says.split("{}")[0] + there not in whole.made(VIDEO, speaker)


@pytest.mark.parametrize(
    ("words", "says"),
    [("how often does it cut?", "80 of them fall on half-beats"), ("多久切一次？", "其中 80 次在半拍上")],
)
def test_questions_are_answered_by_the_timeline(words, says):
    there = apply.apply(
        VIDEO, [edits.CutEvery(rule=OFFBEATS, where=edits.Where(stretches=(edits.Stretch(start=0, end=40),)))], STANDS
    )
    assert says in str(understand(words, replace(SITUATION, timeline=there)).answer)
    assert says not in str(understand(words, SITUATION).answer)


@pytest.mark.parametrize(
    ("words", "says"),
    [("is it cut on half beats?", "None of them falls on a half-beat"), ("现在是半拍切的吗？", "没有一次在半拍上")],
)
def test_that_no_cut_is_on_a_half_beat_is_said_when_asked(words, says):
    assert says in str(understand(words, SITUATION).answer)


def test_new_shots_on_half_beats_differ_from_their_neighbors():
    now = apply.apply(VIDEO, [edits.CutEvery(rule=HALF, where=CHORUS)], ground(SONG, BRIEF, KEPT))
    shown = [clip.name for clip in now.clips("base") if 24 * 30 <= clip.start < 40 * 30]
    assert len(shown) == 64
    assert all(one != other for one, other in itertools.pairwise(shown))
