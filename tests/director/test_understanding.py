"""What people say of a video that is there, and the edits that it must become; and what holds for any message."""

from __future__ import annotations

import string
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from songs import song_asset, song_map, stock

from songreel.director import lexicon, plan
from songreel.director.conversation import Past, Situation
from songreel.director.tokens import tokens
from songreel.director.understanding import items, quantities, understand
from songreel.model import edit as edits
from songreel.model.brief import Brief
from songreel.model.preset import PRESETS
from songreel.model.timeline import Canvas, Clip, TextSource, Timeline

LETTERS = string.printable + "「」《》“”‘’，。切每拍标题色不要慢快第十二秒副歌\ue000\ue001\0\ud83d😀"


def planned() -> Timeline:
    heard = song_map()
    made = plan.make(heard, Brief(text=False), stock(), Canvas(width=640, height=360, fps=30), PRESETS["youtube"])
    return made.timeline


def with_text(timeline: Timeline, *texts: tuple[str, str, int]) -> Timeline:
    clips = tuple(
        Clip(
            id=f"t{number}",
            name=words,
            start=start * 30,
            end=start * 30 + 90,
            source=TextSource(text=words, role=role),
        )
        for number, (words, role, start) in enumerate(texts, 1)
    )
    kept = tuple(track for track in timeline.tracks if track.role != "titles")
    track = timeline.tracks[0].evolve(id="x9", role="titles", clips=clips)
    return timeline.evolve(tracks=(*kept, track))


PLAIN = planned()
WORDED = with_text(PLAIN, ("Night Ferry", "title", 0), ("hello", "caption", 5), ("goodbye", "caption", 10))
SITUATION = Situation(
    timeline=WORDED, song_map=song_map(), song=song_asset().id, version=2, versions=(1, 2), undoable=1
)


def said(words: str, situation: Situation = SITUATION) -> list[dict[str, Any]]:
    """Return the edits of a message, only what differs from the defaults, without what a place was called."""
    found = []
    for edit in understand(words, situation).edits:
        shown = edit.model_dump(mode="json", exclude_defaults=True)
        if isinstance(shown.get("where"), dict):
            shown["where"].pop("said", None)
        found.append({"verb": edit.verb, **shown})
    return found


ONE: list[tuple[str, dict[str, Any]]] = [
    ("get rid of the title", {"verb": "remove-text", "texts": {"role": "title"}}),
    ("the title belongs in the lower left corner", {"verb": "move-text", "position": "bottom-left"}),
    ("把标题移到右下角", {"verb": "move-text", "position": "bottom-right"}),
    ("rename the title to “Dawn”", {"verb": "retitle", "title": "Dawn"}),
    ("delete the second caption", {"verb": "remove-text", "texts": {"clips": ["t3"]}}),
    ("make “hello” italic", {"verb": "restyle-text", "italic": True}),
    ("title half as big", {"verb": "restyle-text", "size_by": 0.5}),
    ("标题晚三秒出现", {"verb": "retime-text", "shift": "3"}),
    ("cut every three beats", {"verb": "cut-every", "rule": {"every": 3, "unit": "beat"}}),
    ("每八拍换一个画面", {"verb": "cut-every", "rule": {"every": 8, "unit": "beat"}}),
    ("cut a lot faster", {"verb": "cut-denser", "factor": 4.0}),
    ("too many cuts", {"verb": "cut-denser", "factor": 0.5}),
    ("brighten it by 10%", {"verb": "adjust-grade", "brightness": 0.1}),
    ("it isn't bright enough", {"verb": "adjust-grade", "brightness": 0.14}),
    ("别那么亮", {"verb": "adjust-grade", "brightness": -0.14}),
    ("volume to 35%", {"verb": "set-volume", "volume": 0.35}),
    ("音量提高三成", {"verb": "set-volume", "by": 1.3}),
    ("6 dB louder", {"verb": "set-volume", "by": 1.9953}),
    ("make it a square", {"verb": "set-canvas", "ratio": "1:1"}),
    ("24 frames per second", {"verb": "set-canvas", "fps": "24"}),
    ("shake the picture a bit", {"verb": "set-effect", "effect": "shake", "amount": 0.25}),
    ("不要特效", {"verb": "remove-effect"}),
    ("wipes, half a second each", {"verb": "set-transition", "transition": "wipe", "seconds": "1/2"}),
    ("shorten it to one minute and five seconds", {"verb": "use-part"}),
    ("undo the last three changes", {"verb": "undo", "steps": 3}),
    ("回到第1版", {"verb": "go-to", "version": 1}),
    ("put the colors back as they were", {"verb": "restore", "aspect": "colors"}),
    ("只撤销标题", {"verb": "restore", "aspect": "words"}),
    ("undo the cuts", {"verb": "restore", "aspect": "pictures"}),
    ("give the title a glow", {"verb": "restyle-text", "design": "neon-glow"}),
    ("标题加描边", {"verb": "restyle-text", "design": "outlined"}),
    ("stop dead at the end", {"verb": "fade-picture", "out_s": "0"}),
    ("结尾戛然而止", {"verb": "fade-song", "out_s": "0"}),
]


@pytest.mark.parametrize(("words", "wanted"), ONE)
def test_a_request_becomes_its_edit(words, wanted):
    found = said(words)
    assert any(wanted.items() <= edit.items() for edit in found), found


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("grain from 0:02 to 0:07", 2, 7),
        ("grain between 2 and 7 seconds", 2, 7),
        ("grain in the first six seconds", 0, 6),
        ("0:03到0:08加颗粒", 3, 8),
        ("前四秒加颗粒", 0, 4),
        ("grain after 0:05", 5, float(Fraction(PLAIN.frames, 30))),
    ],
)
def test_places_in_time_are_found(words, start, end):
    (edit,) = understand(words, SITUATION).edits
    (stretch,) = edit.where.stretches
    assert (float(stretch.start), float(stretch.end)) == (start, pytest.approx(end))


@pytest.mark.parametrize(
    "words",
    ["what tempo is it?", "这首歌多快？", "how many cuts are there", "你会做什么", "when does the chorus begin?"],
)
def test_a_question_is_answered_and_changes_nothing(words):
    understood = understand(words, SITUATION)
    assert understood.answer
    assert not understood.edits


@pytest.mark.parametrize("words", ["flash in the guitar solo", "桥段加颗粒"])
def test_a_part_that_the_song_lacks_is_named_and_nothing_is_done(words):
    understood = understand(words, Situation(timeline=PLAIN, song_map=song_map()))
    assert understood.problems
    assert not understood.edits


@pytest.mark.parametrize(
    "words",
    ["email it to my aunt", "book me a hotel", "replace the vocals with a choir", "帮我订外卖", "fluffle the wug", ""],
)
def test_what_is_not_done_here_changes_nothing(words):
    assert not understand(words, SITUATION).edits


@pytest.mark.parametrize(
    ("before", "words", "wanted"),
    [
        (edits.AdjustGrade(brightness=-0.1), "a bit more", {"brightness": -0.05}),
        (edits.SetEffect(effect="grain", amount=0.8), "remove it", {"effect": "grain"}),
        (edits.MoveText(texts=edits.Texts(role="title"), position="top"), "no, the bottom", {"position": "bottom"}),
        (edits.SetVisualizer(design="bars"), "make it bigger", {"size_by": 1.3}),
        (edits.CutEvery(rule={"every": 4, "unit": "bar"}), "不，两小节", {"rule": {"every": 2, "unit": "bar"}}),
    ],
)
def test_words_go_on_with_what_was_done_last(before, words, wanted):
    past = Past("", "en", (before,), ("t1",), 2)
    (edit,) = said(words, Situation(timeline=WORDED, song_map=song_map(), past=(past,), version=2))
    assert wanted.items() <= edit.items()


@settings(max_examples=60)
@given(
    words=st.text(LETTERS, max_size=80)
    | st.text(max_size=60)
    | st.binary(max_size=60).map(lambda b: b.decode("latin-1"))
)
def test_any_message_is_answered_and_gives_edits_that_can_be_kept(words):
    understood = understand(words, SITUATION)
    assert understood == understand(words, SITUATION)
    written = edits.EDITS.dump_json(understood.edits)
    assert edits.EDITS.validate_json(written) == understood.edits
    understand(words, Situation())


PIECES = [
    "the title",
    "“x”",
    "every",
    "2",
    "bars",
    "from",
    "to",
    "0:10",
    "不要",
    "第",
    "十",
    "秒",
    "副歌",
    "brighter",
    "and",
]


@settings(max_examples=80)
@given(
    st.lists(
        st.sampled_from([*PIECES, "remove", "it", "half", "last", "percent", ",", "放大", "的", "until"]), max_size=9
    )
)
def test_words_of_the_lexicon_in_any_order_are_read(pieces):
    understood = understand(" ".join(pieces), SITUATION)
    assert edits.EDITS.validate_json(edits.EDITS.dump_json(understood.edits)) == understood.edits


@pytest.mark.parametrize("piece", ["make it darker and ", "标题放大，", "“", "0:10 to ", "not ", "一百"])
def test_a_message_of_100_kb_is_answered(piece):
    understand(piece * (100_000 // len(piece.encode())), SITUATION)


def test_every_entry_of_the_lexicon_is_found_again():
    for word in lexicon.edit_words():
        read = items.read(word.phrase.removeprefix("="), {}, "en").items
        found = {meaning for item in read for meaning in item.meanings}
        special = any(item.quantity or item.ratio or item.clock or item.place for item in read)
        assert special or (word.kind, word.value) in found, word


@pytest.mark.parametrize(
    ("words", "value", "unit"),
    [
        ("twenty five seconds", 25, "second"),
        ("1.5 s", Fraction(3, 2), "second"),
        ("two and a half minutes", 150, "second"),
        ("half a minute", 30, "second"),
        ("一百二十五秒", 125, "second"),
        ("两秒半", Fraction(5, 2), "second"),
        ("百分之三十", Fraction(3, 10), "percent"),
        ("八成", Fraction(4, 5), "percent"),
        ("40 percent", Fraction(2, 5), "percent"),
        ("十六拍", 16, "beat"),
        ("a dozen bars", 12, "bar"),
        ("3 dB", 3, "db"),
    ],
)
def test_quantities_are_read_in_digits_and_words(words, value, unit):
    split = tokens(words)
    at = 1 if words.startswith("a dozen") else 0
    quantity, end = quantities.read(split, at)
    assert (quantity.value, quantity.unit, end) == (value, unit, len(split))


@pytest.mark.parametrize("words", ["the music for track ab2n 0330", "track 80 of the music", "the music x7y loud"])
def test_numbers_within_names_are_no_levels(words):
    assert not any(each["verb"] == "set-volume" and "volume" in each for each in said(words))


@given(st.integers(0, 999))
def test_chinese_numerals_are_read_as_written(number):
    digits = "零一二三四五六七八九"
    hundreds, tens, ones = number // 100, number // 10 % 10, number % 10
    written = (digits[hundreds] + "百" if hundreds else "") + (digits[tens] + "十" if tens else "") + digits[ones]
    quantity, _ = quantities.read(tokens(written + "秒"), 0)
    assert quantity.value == number
