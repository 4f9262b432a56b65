"""A project that is talked to: versions are never lost, refusals change nothing, and no turn is silent."""

from __future__ import annotations

import shutil

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from tests.director.edit_strategies import CHANGES

from songreel.app import chronicle, projects
from songreel.app.conversation import Conversation
from songreel.app.studio import Studio
from songreel.base.errors import BadMedia
from songreel.demo import song as demo_song
from songreel.demo.score import Part
from songreel.director.conversation import Understood
from songreel.media.store import Cache
from songreel.model.brief import Brief, CutRule
from songreel.model.edit import (
    AddText,
    Create,
    CutEvery,
    GoTo,
    Redo,
    RemoveText,
    Restore,
    RestyleText,
    Retitle,
    SetCanvas,
    StartOver,
    Stretch,
    Texts,
    Undo,
    Where,
)

TITLE = Texts(role="title")
MAKE = Create(brief=Brief(title="GOLD", words="a video"))
BIGGER = RestyleText(texts=TITLE, size_by=2)
TALL = SetCanvas(ratio="9:16")
BEAT = CutEvery(rule=CutRule(every=1, unit="beat"))
HALF = CutEvery(rule=CutRule(every=1, unit="half"))
NEVER = RemoveText(texts=Texts(says="never said"))


@pytest.fixture(scope="session")
def brought(tmp_path_factory):
    """A song, a photo and a cover on disk, and the cache in which they are known."""
    home = tmp_path_factory.mktemp("brought")
    demo_song.write_wav(demo_song.compose(form=(Part("verse", 2), Part("chorus", 2)), seed=4), home / "song.wav")
    for name, color in (("photo.jpg", "teal"), ("cover.png", "crimson")):
        Image.new("RGB", (320, 240), color).save(home / name)
    return home


class Scripted:
    """Understands every message as what it was told to; remembers what it was shown."""

    def __init__(self):
        self.next, self.seen = Understood(), []

    def __call__(self, words, situation):
        self.seen.append((words, situation))
        return self.next


@pytest.fixture
def script():
    return Scripted()


@pytest.fixture
def talk(brought, tmp_path, script):
    cache = Cache(brought / "cache", 10**9)
    conversation = Conversation(tmp_path / "project", Studio(cache), script)
    conversation.bring([brought / "song.wav", brought / "photo.jpg", brought / "cover.png"])
    return conversation


def same(one, other):
    return one.evolve(version=1) == other.evolve(version=1)


def test_a_video_is_made_and_changed_version_by_version(talk):
    made = talk.edit([MAKE])
    assert (made.version, made.changed) == (1, True)
    assert made.summary.startswith("Timeline (3 tracks): 1. Video: ")
    bigger = talk.edit([BIGGER, TALL])
    assert (bigger.version, bigger.edits) == (2, (BIGGER, TALL))
    assert "200%" in bigger.reply
    assert "9:16" in bigger.reply
    assert talk.held().timeline == bigger.timeline


def test_what_waits_for_a_video_is_read_once_there_is_one_and_is_the_same_version(talk, script):
    script.next = Understood(edits=(MAKE,), problems=("Not that.",), later="make it vertical")
    turn = talk.talk("a video, vertical")
    assert (turn.version, turn.edits) == (1, (MAKE, TALL))
    assert len(script.seen) == 1
    assert "Not that." in turn.reply


def test_what_waited_and_is_not_understood_is_said(talk, script):
    script.next = Understood(edits=(MAKE,), later="juggle three balls")
    turn = talk.talk("a video, juggle three balls")
    assert turn.edits == (MAKE,)
    assert "juggle three balls" in turn.reply


def test_undo_gives_the_very_bytes_and_redo_takes_it_back(talk, tmp_path):
    first = talk.edit([MAKE]).timeline
    written = projects.timeline(tmp_path / "project", 1).to_json()
    talk.edit([BIGGER])
    last = talk.edit([TALL])
    back = talk.edit([Undo(steps=2)])
    assert (back.version, back.timeline.to_json()) == (1, written)
    assert talk.edit([Redo(steps=9)]).timeline == last.timeline
    assert talk.edit([StartOver()]).timeline == first
    assert talk.edit([Undo()]).timeline == last.timeline


def test_cuts_on_half_beats_are_undone_to_the_byte(talk, tmp_path):
    written = talk.edit([MAKE]).timeline.to_json()
    halves = talk.edit([HALF]).timeline
    assert any(clip.mark == "half" for clip in halves.clips("base"))
    assert projects.timeline(tmp_path / "project", 2) == halves
    assert talk.edit([Undo()]).timeline.to_json() == written
    assert talk.edit([Redo()]).timeline == halves


def test_one_aspect_comes_back_as_it_was_before_it_last_changed(talk):
    talk.edit([MAKE])
    talk.edit([BIGGER])
    talk.edit([BEAT])
    turn = talk.edit([Restore(aspect="words")])
    assert turn.timeline.clips("titles")[0].source.style.size == 1
    assert turn.timeline.clips("base") == talk.edit([]).timeline.clips("base")
    assert "100%" in turn.reply
    never = talk.edit([Restore(aspect="sound")])
    assert not never.changed
    assert "never otherwise" in never.reply


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(CHANGES, min_size=1, max_size=8))
def test_whatever_was_changed_the_first_version_comes_back_byte_for_byte(talk, tmp_path, changes):
    if talk.held().timeline is None:
        talk.edit([MAKE])
    written = (tmp_path / "project" / "timelines" / "0001.json").read_bytes()
    for change in changes:
        turn = talk.edit([change])
        assert turn.reply.strip()
        assert bool(turn.edits) or not turn.changed
    back = talk.edit([Undo(steps=10_000)]) if talk.held().history.undoable else talk.edit([])
    assert back.timeline.to_json().encode() == written
    assert (tmp_path / "project" / "timelines" / "0001.json").read_bytes() == written


def test_versions_are_never_lost(talk):
    talk.edit([MAKE])
    second = talk.edit([BIGGER]).timeline
    talk.edit([Undo()])
    third = talk.edit([TALL])
    assert third.version == 3
    assert "Not done" in talk.edit([Redo()]).reply
    assert talk.edit([GoTo(version=2)]).timeline == second
    assert same(talk.edit([Undo()]).timeline, third.timeline)


def test_what_a_version_asked_for_comes_back_with_it(talk):
    talk.edit([MAKE])
    talk.edit([SetCanvas(preset="tiktok")])
    assert talk.held().project.preset.name == "tiktok"
    talk.edit([Undo()])
    assert talk.held().project.preset.name == "youtube"


def test_what_is_refused_is_said_and_the_rest_is_done(talk):
    talk.edit([MAKE])
    turn = talk.edit([NEVER, BIGGER])
    assert (turn.edits, turn.version) == ((BIGGER,), 2)
    assert "Not done: there are no such words" in turn.reply
    nothing = talk.edit([NEVER])
    assert (nothing.changed, nothing.version) == (False, 2)
    assert "Nothing changed." in nothing.reply


def test_before_there_is_a_song_or_a_video_it_says_what_is_missing(tmp_path, script, brought):
    talk = Conversation(tmp_path / "new", Studio(Cache(brought / "cache", 10**9)), script)
    assert "no song" in talk.edit([MAKE]).reply
    talk.bring([brought / "song.wav"])
    assert "no video yet" in talk.edit([BIGGER]).reply
    assert "no video yet" in talk.edit([StartOver()]).reply
    assert talk.edit([MAKE]).version == 1
    with pytest.raises(BadMedia):
        talk.bring([tmp_path / "gone.mp3"])


def test_a_picture_that_is_called_cover_is_the_cover(talk):
    brief = talk.held().project.brief
    names = {asset.id: asset.name for asset in talk.held().project.assets}
    assert names[brief.cover] == "cover.png"
    assert [names[each] for each in brief.media] == ["photo.jpg"]


def test_the_director_is_told_what_there_is_and_what_was_said(talk, script):
    talk.edit([MAKE], words="make it")
    script.next = Understood(edits=(BIGGER,))
    turn = talk.talk("bigger title")
    script.next = Understood(answer="It is 120 BPM.")
    asked = talk.talk("what tempo?")
    words, situation = script.seen[-1]
    assert words == "what tempo?"
    assert situation.timeline == turn.timeline
    assert situation.past[-1].edits == (BIGGER,)
    assert situation.past[-1].clips == ("t1",)
    assert (situation.version, situation.undoable, situation.redoable) == (2, 1, 0)
    assert same(situation.before, projects.timeline(situation_folder(talk), 1))
    assert asked.reply.startswith("It is 120 BPM.")
    assert (asked.changed, asked.version) == (False, 2)


def situation_folder(talk):
    return talk._folder


@pytest.mark.parametrize("words", ["", "\x00\ud800 ", "x" * 100_000, "🎬" * 500])
def test_any_words_are_answered(talk, words):
    talk.edit([MAKE])
    turn = talk.talk(words)
    assert turn.reply.strip()
    assert (turn.changed, turn.version) == (False, 1)


def test_a_project_moves_with_all_its_versions(talk, tmp_path, script, brought):
    talk.edit([MAKE])
    last = talk.edit([BEAT])
    shutil.move(tmp_path / "project", tmp_path / "moved")
    there = Conversation(tmp_path / "moved", Studio(Cache(brought / "cache", 10**9)), script)
    assert there.held().timeline == last.timeline
    assert there.edit([Undo()]).version == 1
    assert there.edit([Retitle(title="New")]).version == 3


def test_making_it_anew_says_that_edits_stay_behind(talk, tmp_path):
    assert chronicle.set_aside(tmp_path / "nowhere", "") == ()
    talk.edit([MAKE])
    talk.edit([BIGGER])
    assert "edits of version 2" in chronicle.set_aside(tmp_path / "project", talk.held().project.song)[0]


def test_one_message_is_one_version(talk):
    hello = AddText(text="hello", where=Where(stretches=(Stretch(start=1, end=3),)))
    turn = talk.edit([MAKE, TALL, hello])
    assert turn.version == 1
    assert (turn.timeline.canvas.width, turn.timeline.canvas.height) == (1080, 1920)
    assert '"hello"' in turn.summary
