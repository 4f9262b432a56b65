"""What people say where there are several songs, and the edits that it must become."""

import string
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from songs import song_asset, song_map, stock

from songreel.director import plan
from songreel.director.briefing import instructions
from songreel.director.conversation import Past, Situation
from songreel.director.understanding import song_names, understand
from songreel.model import edit as edits
from songreel.model.brief import Brief
from songreel.model.preset import PRESETS
from songreel.model.timeline import Canvas

NAMES = ("day.mp3", "night.mp3", "Song2.wav", "ab2n_0330.mp3")
VIDEO = plan.make(
    song_map(), Brief(title="GOLD"), stock(), Canvas(width=640, height=360, fps=30), PRESETS["youtube"]
).timeline
SONGS = {name: song_asset().evolve(id=f"{number:032x}", name=name) for number, name in enumerate(NAMES, 1)}
CALLED = {asset.id: name for name, asset in SONGS.items()}
DARKER = edits.AdjustGrade(brightness=-0.2)
LETTERS = string.printable + "首歌每第下一二三这个另做给用换成的视频标题“”，。\ue010\ue011\0day.mp3night"


def situation(shown, made, waiting=None):
    """Return a project of four songs; ``made`` are the versions of those that have a video."""
    return Situation(
        timeline=VIDEO if shown in made else None,
        song_map=song_map(),
        assets={asset.id: asset for asset in SONGS.values()},
        song=SONGS[shown].id,
        version=made.get(shown, 0),
        versions=tuple(made.values()),
        videos={SONGS[name].id: version for name, version in made.items()},
        waiting=SONGS[waiting].id if waiting else None,
        brief=Brief(looks=("neon",), title="GOLD"),
        lasting=(DARKER, edits.AddText(text="x", where=edits.Where(stretches=(edits.Stretch(end=1),)))),
        of_song=lambda song: situation(CALLED[song], made, waiting),
    )


ONE = situation("day.mp3", {"day.mp3": 1})
TWO = situation("night.mp3", {"day.mp3": 1, "night.mp3": 2})
WAITING = situation("day.mp3", {"day.mp3": 1}, "night.mp3")
NONE = situation("ab2n_0330.mp3", {})


def made(words, there):
    """Return the new videos of a message: of which song, whether like the one that is shown, and what else is told."""
    told = []
    for edit in understand(words, there).edits:
        if isinstance(edit, edits.Create):
            brief = edit.brief
            told.append(
                (CALLED.get(edit.song), edit.alike, *brief.looks, *brief.moods, *([brief.title] * bool(brief.title)))
            )
    return told


@pytest.mark.parametrize(
    ("words", "there", "wanted"),
    [
        ("make a video for the second song", ONE, [("night.mp3", False)]),
        ("make a dreamy video for night.mp3", ONE, [("night.mp3", False, "dreamy")]),
        ("do the same for the other song", ONE, [("night.mp3", True, "neon")]),
        ("same for Song2.wav please", ONE, [("Song2.wav", True, "neon")]),
        ("now song2.wav but darker, with the title X", ONE, [("Song2.wav", True, "neon", "dark", "X")]),
        ("now song2.wav, calm", ONE, [("Song2.wav", False, "calm")]),
        ("use this song instead", WAITING, [("night.mp3", True, "neon")]),
        ("make a video for this one", WAITING, [("night.mp3", False)]),
        ("create a calm black and white video", WAITING, [("night.mp3", False, "black-and-white", "calm")]),
        ("now make a dark glitchy one", WAITING, [("night.mp3", False, "glitch", "dark")]),
        ("来一个梦幻的", WAITING, [("night.mp3", False, "dreamy")]),
        ("generate a music video clip synced to my song with matching visuals", WAITING, [("night.mp3", False)]),
        ("make one for each of the songs", NONE, [(name, False, "neon", "GOLD") for name in NAMES]),
        ("make one for the remaining songs, dark", TWO, [(name, False, "dark") for name in NAMES[2:]]),
        ("do the same for all songs", TWO, [("day.mp3", True, "neon", "GOLD")]
         + [(name, True, "neon") for name in NAMES[2:]]),
        ("next song", TWO, [("Song2.wav", True, "neon")]),
        ("make a dark video for the next song", TWO, [("Song2.wav", False, "dark")]),
        ("for night.mp3: vhs", ONE, [("night.mp3", False, "vhs")]),
        ("Now the third song: black and white, slow", ONE, [("Song2.wav", False, "black-and-white")]),
        ("turn song2.wav into a calm lo-fi video", ONE, [("Song2.wav", False, "lo-fi", "calm")]),
        ("make a dark video for night.mp3 and a bright one for song2.wav", ONE,
         [("night.mp3", False, "dark"), ("Song2.wav", False, "bright")]),
        ("make a dark video for night.mp3 and song2.wav", ONE, [(name, False, "dark") for name in NAMES[1:3]]),
        ("sync visuals to the beat and generate a music video for track ab2n 0330", ONE, [("ab2n_0330.mp3", False)]),
        ("Make one for song 2. Vhs, with the title \"Rain\"", ONE, [("Song2.wav", False, "vhs", "Rain")]),
        ("can you make one for the second song as well?", ONE, [("night.mp3", True, "neon")]),
        ("make the second song's video black and white", ONE, [("night.mp3", False, "black-and-white")]),
        ("give the other songs the same look", ONE, [(name, True, "neon") for name in NAMES[1:]]),
        ("generate a dark video for each file", ONE, [("day.mp3", False, "dark", "GOLD")]
         + [(name, False, "dark") for name in NAMES[1:]]),
        ("再给剩下的歌各做一个", TWO, [(name, False) for name in NAMES[2:]]),
        ("另一首歌做个一样的", ONE, [("night.mp3", True, "neon")]),
        ("给第二首歌也做一个", ONE, [("night.mp3", True, "neon")]),
        ("给第二首歌做一个梦幻的视频", ONE, [("night.mp3", False, "dreamy")]),
        ("每首歌都做一个", NONE, [(name, False, "neon", "GOLD") for name in NAMES]),
        ("下一首", ONE, [("night.mp3", True, "neon")]),
        ("换成这首歌", WAITING, [("night.mp3", True, "neon")]),
        ("同样的也给第三首做一个", ONE, [("Song2.wav", True, "neon")]),
        ("用 night.mp3 做一个黑白的视频", ONE, [("night.mp3", False, "black-and-white")]),
        ("为这首歌生成一个梦幻的视频", WAITING, [("night.mp3", False, "dreamy")]),
    ],
)  # fmt: skip
def test_new_videos(words, there, wanted):
    understood = understand(words, there)
    assert made(words, there) == wanted
    assert not understood.problems
    assert not any(edit.brief.not_understood for edit in understood.edits if isinstance(edit, edits.Create))


def test_like_the_one_that_is_shown_takes_what_holds_for_all_of_it():
    understood = understand("do the same for the other song", ONE)
    assert understood.edits[1:] == (DARKER,)
    assert understood.edits[0].brief.title is None


@pytest.mark.parametrize(
    ("words", "verbs"),
    [
        ("show me the first song's video", ["go-to"]),
        ("go back to the first song", ["go-to"]),
        ("switch to day.mp3", ["go-to"]),
        ("回到第一首歌的视频", ["go-to"]),
        ("make the title of day.mp3 red", ["go-to", "restyle-text"]),
        ("第一首歌的标题改成红色", ["go-to", "restyle-text"]),
        ("in the first song's video make the colors darker", ["go-to", "adjust-grade"]),
        ("把day.mp3的视频调暗一点", ["go-to", "adjust-grade"]),
        ("show me the video of day.mp3 and make it vertical", ["go-to", "set-canvas"]),
        ("make the title of night.mp3 red", ["restyle-text"]),
        ("make the title red", ["restyle-text"]),
        ("make the titles of day.mp3 and night.mp3 red", ["go-to", "restyle-text", "go-to", "restyle-text"]),
        ("first song please", ["go-to"]),
        ("make both videos darker", ["go-to", "adjust-grade", "go-to", "adjust-grade"]),
        ("两首歌的标题都改成白色", ["go-to", "restyle-text", "go-to", "restyle-text"]),
        ("make it darker, then make one for the third song", ["adjust-grade", "create"]),
        ("make this song louder", ["set-volume"]),
        ('add the title "day.mp3 forever"', ["retitle"]),
        ("make it a night scene", ["set-look"]),
        ("undo", ["undo"]),
    ],
)
def test_the_video_that_is_meant_is_shown_and_changed(words, verbs):
    understood = understand(words, TWO)
    assert [edit.verb for edit in understood.edits] == verbs
    assert not understood.problems
    if verbs[0] == "go-to":
        assert understood.edits[0].version == 1


@pytest.mark.parametrize(
    ("words", "there", "says"),
    [
        ("which songs do I have?", TWO, "version 2, which is shown), 3. Song2.wav (1:00; no video yet)"),
        ("how many songs are there?", TWO, "There are 4 songs"),
        ("which song is this?", TWO, "is of night.mp3"),
        ("which song is this?", NONE, "ab2n_0330.mp3 is the song"),
        ("有哪些歌？", TWO, "共有 4 首歌"),
        ("这是哪首歌？", TWO, "《night.mp3》"),
        ("how long is the video of day.mp3?", TWO, "1:20"),
        ("what is the tempo of the third song?", TWO, "BPM"),
        ("use this song instead", ONE, "is of day.mp3"),
    ],
)  # fmt: skip
def test_questions_about_songs_change_nothing(words, there, says):
    understood = understand(words, there)
    assert says in understood.answer
    assert not understood.edits


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("make a video for the ninth song", "no such song"),
        ("show me the third song", "no video of Song2.wav"),
        ("make the title of song2.wav red", "no video of Song2.wav"),
        ("给第九首歌做一个视频", "没有这首歌"),
    ],
)
def test_a_song_or_video_that_is_not_there_is_said(words, says):
    understood = understand(words, TWO)
    assert not understood.edits
    assert says in understood.problems[0]


def test_where_there_is_one_song_nothing_is_otherwise():
    alone = replace(ONE, assets={SONGS["day.mp3"].id: SONGS["day.mp3"]})
    assert made("make one for each song", alone) == [("day.mp3", False, "GOLD")]
    for words in ("make a dark video for this song", "make day.mp3 louder", "remove the first track"):
        assert understand(words, alone) == understand(words, replace(alone, assets={}))
    assert "no such song" in understand("make a video for the second song", alone).problems[0]


def test_words_that_were_spoken_of_last_are_the_other_one():
    past = Past("bigger", "en", (edits.RestyleText(texts=edits.Texts(role="title"), size_by=2),), (), 2)
    assert not made("same for the other one", replace(TWO, past=(past,)))
    assert made("same for the other one", TWO)


def test_a_language_model_is_told_of_all_songs():
    told = instructions(TWO)
    assert f"- {SONGS['night.mp3'].id} night.mp3: its video is version 2, which is shown" in told
    assert "Song2.wav: no video yet" in told


def test_lyrics_name_no_songs():
    lyrics = "[00:01.00] every song that I know\n[00:05.00] for the second song I go\n[00:09.00] make one for each song"
    assert [edit.verb for edit in understand(lyrics, TWO).edits] == ["set-lyrics"]


@given(st.text(alphabet=LETTERS, max_size=60), st.sampled_from([ONE, TWO, WAITING, NONE]))
def test_any_message_is_understood_or_not(words, there):
    understood = understand(words, there)
    songs = {edit.song for edit in understood.edits if isinstance(edit, edits.Create)}
    assert songs <= {None, *CALLED}
    for ref in song_names.find(words, there):
        assert set(ref.songs) <= set(CALLED)
        assert 0 <= ref.start <= ref.end <= len(words)
