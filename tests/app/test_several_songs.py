"""Several songs in one project: each has its videos, and what is done for one harms no other."""

import json
import shutil

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from songreel.app import projects
from songreel.app.conversation import Conversation
from songreel.app.request import MakeRequest
from songreel.app.studio import Studio
from songreel.demo import song as demo_song
from songreel.demo.score import Part
from songreel.director.conversation import Understood
from songreel.media.store import Cache
from songreel.model.brief import Brief, CutRule
from songreel.model.correction import Correction
from songreel.model.edit import (
    AddText,
    Create,
    CutEvery,
    GoTo,
    Redo,
    Restore,
    RestyleText,
    SetCanvas,
    StartOver,
    Stretch,
    Texts,
    Undo,
    Where,
)

NAMES = ("day.wav", "night.wav", "rain.wav")
BIGGER = RestyleText(texts=Texts(role="title"), size_by=2)
BEAT = CutEvery(rule=CutRule(every=1, unit="beat"))


@pytest.fixture(scope="session")
def songs(tmp_path_factory):
    """Three songs of different tempo on disk, and the cache in which they are known."""
    home = tmp_path_factory.mktemp("songs")
    for seed, name in enumerate(NAMES):
        composed = demo_song.compose(bpm=100 + 20 * seed, form=(Part("verse", 2), Part("chorus", 1)), seed=seed)
        demo_song.write_wav(composed, home / name)
    Image.new("RGB", (320, 240), "crimson").save(home / "cover.png")
    return home


@pytest.fixture
def talk(songs, tmp_path):
    conversation = Conversation(tmp_path / "project", Studio(Cache(songs / "cache", 10**9)), lambda *_: Understood())
    conversation.bring([songs / name for name in NAMES])
    return conversation


def ids(talk):
    return {asset.name: asset.id for asset in talk.held().project.assets}


def make(talk, name, **brief):
    return Create(brief=Brief(title=name, **brief), song=ids(talk)[name])


def on(talk):
    """Return the name of the song that is on, whose map is held, which the shown video plays."""
    held = talk.held()
    assert held.song_map.song == held.project.song
    if held.timeline is not None:
        assert held.timeline.song == held.project.song
        assert held.history.version(held.history.current).song == held.project.song
    return next(asset.name for asset in held.project.assets if asset.id == held.project.song)


def test_before_a_video_the_song_that_came_last_is_on(talk, songs):
    assert on(talk) == "rain.wav"
    talk.bring([songs / "day.wav"])
    assert on(talk) == "day.wav"
    assert list(ids(talk)) == list(NAMES)


def test_a_song_that_comes_later_waits_and_harms_nothing(songs, tmp_path):
    talk = Conversation(tmp_path / "project", Studio(Cache(songs / "cache", 10**9)), lambda *_: Understood())
    talk.bring([songs / "day.wav"])
    made = talk.edit([Create(brief=Brief(title="A"))])
    before = (tmp_path / "project" / "timelines" / "0001.json").read_bytes()
    (night, *_) = talk.bring([songs / "night.wav"])
    held = talk.held()
    assert (held.timeline, held.project.waiting, on(talk)) == (made.timeline, night.id, "day.wav")
    told = talk.edit([BIGGER])
    assert "This is the video of day.wav" in told.reply
    assert "“make one for night.wav”" in told.reply
    assert told.timeline.song == made.timeline.song
    talk.edit([make(talk, "night.wav")])
    assert talk.held().project.waiting is None
    assert (tmp_path / "project" / "timelines" / "0001.json").read_bytes() == before


def test_undo_and_redo_move_between_songs(talk):
    for name in NAMES:
        talk.edit([make(talk, name)])
    assert on(talk) == "rain.wav"
    assert talk.edit([Undo()]).version == 2
    assert on(talk) == "night.wav"
    assert talk.edit([Undo()]).version == 1
    assert on(talk) == "day.wav"
    assert "day.wav" in talk.edit([Redo(steps=2), Undo(steps=2)]).reply or on(talk) == "day.wav"
    assert "The video of rain.wav is shown" in talk.edit([GoTo(version=3)]).reply
    assert on(talk) == "rain.wav"


MOVES = st.sampled_from(
    [
        *(("make", name) for name in NAMES),
        BIGGER,
        BEAT,
        SetCanvas(ratio="9:16"),
        SetCanvas(preset="tiktok"),
        Undo(),
        Redo(),
        Undo(steps=3),
        GoTo(version=1),
        GoTo(version=2),
        StartOver(),
        Restore(aspect="words"),
        Restore(aspect="pictures"),
        Restore(aspect="sound"),
    ]
)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(st.lists(MOVES, min_size=1, max_size=3), min_size=2, max_size=7))
def test_whatever_is_done_each_version_stays_the_video_of_its_song(talk, tmp_path, turns):
    known = {}
    for turn in turns:
        edits = [make(talk, each[1]) if isinstance(each, tuple) else each for each in turn]
        told = talk.edit(edits)
        assert told.reply.strip()
        on(talk)
        for path in sorted((tmp_path / "project" / "timelines").glob("*.json")):
            assert path.read_bytes() == known.setdefault(path.name, path.read_bytes())
        held = talk.held()
        for version in held.history.versions:
            timeline = projects.timeline(tmp_path / "project", version.number)
            assert {clip.source.asset for clip in timeline.clips("song")} == {version.song}


def test_what_comes_back_is_of_the_same_song(talk):
    talk.edit([make(talk, "day.wav")])
    talk.edit([BIGGER])
    talk.edit([make(talk, "night.wav")])
    never = talk.edit([Restore(aspect="words")])
    assert "never otherwise" in never.reply
    assert talk.edit([StartOver()]).version == 3


def test_all_are_made_in_one_turn_one_version_each(talk):
    turn = talk.edit([make(talk, name) for name in NAMES])
    held = talk.held()
    assert [version.song for version in held.history.versions] == [ids(talk)[name] for name in NAMES]
    assert (turn.version, on(talk)) == (3, "rain.wav")
    for name in NAMES:
        assert f"{name}: Here is your video" in turn.reply


def test_changes_and_a_video_of_another_song_in_one_turn_are_both_kept_and_told(talk):
    talk.edit([make(talk, "day.wav")])
    turn = talk.edit([BIGGER, make(talk, "night.wav"), AddText(text="HEY", where=Where(stretches=(Stretch(end=2),)))])
    assert [version.song for version in talk.held().history.versions] == [
        ids(talk)[name] for name in ("day.wav", "day.wav", "night.wav")
    ]
    assert "day.wav: “day.wav” is at 200% of its size" in turn.reply
    assert "night.wav: Here is your video" in turn.reply
    again = talk.edit([GoTo(version=2), BEAT])
    assert again.version == 4
    assert "day.wav: " in again.reply
    assert "shots instead of" in again.reply


def test_a_new_song_has_a_shape_of_its_own_unless_it_is_to_be_alike(talk):
    talk.edit([make(talk, "day.wav"), SetCanvas(preset="tiktok"), SetCanvas(ratio="4:5")])
    shape = talk.held().timeline.canvas
    own = talk.edit([make(talk, "night.wav")]).timeline.canvas
    assert own.width > own.height
    talk.edit([GoTo(version=1)])
    assert talk.edit([make(talk, "rain.wav").evolve(alike=True)]).timeline.canvas == shape
    assert talk.held().project.preset.name == "tiktok"


def test_each_song_has_its_own_beats_and_its_own_correction(talk, songs, tmp_path):
    folder = tmp_path / "corrected"
    studio = Studio(Cache(songs / "cache", 10**9))
    for name, said in (("day.wav", Correction(bpm=50)), ("night.wav", None)):
        studio.make(
            MakeRequest(
                song=songs / name, out=tmp_path / "v.mp4", project=folder, size="64x36", fps="5", speed="ultrafast",
                words="just 2 seconds",
                correction=said,
            )
        )  # fmt: skip
    talk = Conversation(folder, studio, lambda *_: Understood())
    assert on(talk) == "night.wav"
    assert talk.held().song_map.bpm == pytest.approx(120, rel=0.02)
    talk.edit([Undo()])
    assert talk.held().song_map.bpm == pytest.approx(50, rel=0.02)
    heard = talk.shown().heard
    assert [round(heard[ids(talk)[name]].bpm) for name in ("day.wav", "night.wav")] == [50, 120]


def test_covers_belong_to_songs(songs, tmp_path):
    talk = Conversation(tmp_path / "project", Studio(Cache(songs / "cache", 10**9)), lambda *_: Understood())
    talk.bring([songs / "day.wav", songs / "cover.png"])
    cover = talk.held().project.brief.cover
    talk.edit([Create(brief=Brief())])
    talk.bring([songs / "night.wav"])
    shutil.copy(songs / "cover.png", tmp_path / "front.png")
    Image.new("RGB", (100, 100), "teal").save(tmp_path / "other cover.png")
    (other,) = talk.bring([tmp_path / "other cover.png"])
    assert talk.held().project.brief.cover == other.id
    talk.edit([make(talk, "night.wav")])
    assert talk.held().project.brief.cover == cover
    talk.edit([Undo()])
    assert talk.held().project.brief.cover == other.id


def test_a_project_of_the_time_of_one_song_opens(talk, tmp_path, songs):
    talk.edit([make(talk, "rain.wav")])
    talk.edit([BIGGER])
    folder = tmp_path / "project"
    index = json.loads((folder / "project.json").read_text())
    song = index["song"]
    index |= {"revision": 1, "correction": {"bpm": 70.0}}
    index["assets"] = [each for each in index["assets"] if each["id"] == song]
    del index["songs"], index["waiting"]
    (folder / "project.json").write_text(json.dumps(index))
    history = json.loads((folder / "history.json").read_text())
    for each in history["versions"]:
        del each["song"]
    (folder / "history.json").write_text(json.dumps(history))
    shutil.move(folder / "heard" / f"{song}.json", folder / "song_map.json")
    old = Conversation(folder, Studio(Cache(tmp_path / "empty", 10**9)), lambda *_: Understood())
    assert on(old) == "rain.wav"
    assert old.held().song_map.bpm == pytest.approx(70, rel=0.02)
    old.bring([songs / "day.wav"])
    old.edit([make(old, "day.wav"), Undo()])
    assert old.held().project.of(song).correction == Correction(bpm=70.0)


def test_an_older_version_is_exported_as_if_no_other_song_had_come(songs, tmp_path):
    cache = Cache(songs / "cache", 10**9)
    talk = Conversation(tmp_path / "project", Studio(cache), lambda *_: Understood())
    talk.bring([songs / "day.wav"])
    talk.edit([Create(brief=Brief(title="DAY", seconds=2)), SetCanvas(preset="tiktok")])

    def export(name, version):
        place = tmp_path / name
        place.mkdir()
        order = MakeRequest(
            project=tmp_path / "project", out=place / "v.mp4", size="72x128", fps="5", speed="ultrafast"
        )
        made = Studio(Cache(place / "cache", 10**9)).export(order, version=version)
        return made.path.read_bytes(), made.proof

    def facts(proof):
        return [(each.name, each.measured, each.ok) for each in proof.findings]

    first, proof = export("first", None)
    talk.bring([songs / "night.wav"])
    talk.edit([make(talk, "night.wav", preset="canvas", seconds=2)])
    again, same = export("again", 1)
    assert again == first
    assert facts(same) == facts(proof)
