"""Batch style, as all four skills promise it: several songs in one session, one by one, each with its own render."""

import av
import numpy as np
import pytest
from tests.acceptance.skill import Skill, ok
from tests.service.fleet import Fleet

from songreel.cli import shell
from songreel.demo import song as demo_song
from songreel.demo.score import Part

pytestmark = pytest.mark.slow

NAMES = ("day.wav", "night.wav", "rain.wav")
RATE, SECONDS = 8000, 2.0
SMALL = "64x36"


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    fleet = Fleet(tmp_path_factory.mktemp("service"), SONGREEL_TRUSTED_PROXIES="127.0.0.1/32")
    fleet.serve()
    yield fleet
    fleet.stop()


@pytest.fixture(scope="module")
def songs(tmp_path_factory):
    """Three songs of different tempo, key and length."""
    folder = tmp_path_factory.mktemp("songs")
    for seed, name in enumerate(NAMES):
        composed = demo_song.compose(bpm=120 + 25 * seed, form=(Part("verse", 1), Part("chorus", 1)), seed=seed)
        demo_song.write_wav(composed, folder / name)
    return folder


def heard(path, start=0.5):
    """Return what a file plays from a moment on, mono, at a low rate."""
    resampler = av.AudioResampler(format="flt", layout="mono", rate=RATE)
    with av.open(path) as file:
        frames = [each.to_ndarray()[0] for frame in file.decode(audio=0) for each in resampler.resample(frame)]
    sound = np.concatenate(frames)
    return sound[int(start * RATE) : int((start + SECONDS) * RATE)]


def plays(video, songs):
    """Return the song that a video plays: the one that its sound goes with, and no other."""
    sound = heard(video)
    alike = {}
    for name in NAMES:
        whole = heard(songs / name, start=0.4)
        padded = np.concatenate([whole, np.zeros(RATE // 5)])
        scores = np.correlate(padded, sound[: len(whole) - RATE // 5], mode="valid")
        alike[name] = np.abs(scores).max() / (np.linalg.norm(whole) * np.linalg.norm(sound))
    best = max(alike, key=alike.get)
    assert alike[best] > 0.7, alike
    assert all(score < 0.5 for name, score in alike.items() if name != best), alike
    return best


def upload(skill, songs, *names):
    files = [("files", (name, (songs / name).read_bytes())) for name in names]
    return ok(skill.upload(files=files))["data"]["files"]


def say(skill, words):
    texts, _ = skill.say(words)
    return " ".join(texts)


def file_of(skill, order, to):
    assert skill.exported(order)[-1]["status"] == "completed"
    to.write_bytes(skill.get(f"/api/render/proxy/{order['id']}/download").content)
    return to


def on(skill):
    """Return the song that the shown video plays, by its file."""
    state = skill.state()["state"]
    names = {info["hash"]: info["filename"] for info in state["video_infos"]}
    (song,) = {each["m"]["src"] for track in state["draft"]["t"] if track["tt"] == 1 for each in track["sg"]}
    return names[song.removeprefix("asset:")]


@pytest.fixture
def skill(service):
    """A skill that is connected."""
    found = Skill(f"http://127.0.0.1:{service.port}", "from-music")
    found.token()
    found.session({"task_name": "project", "language": "en"})
    yield found
    found.http.close()


def test_songs_one_by_one_in_one_session_each_with_its_own_render(skill, songs, tmp_path):
    orders = {}
    for name, words in (
        ("day.wav", "create a video from this music with visualizer and beat-synced cuts, just 3 seconds"),
        ("night.wav", "now make a calm black and white video, no text, just 3 seconds"),
        ("rain.wav", "generate a vertical neon music video for rain.wav with the title 'Rain', 3 seconds long"),
    ):
        upload(skill, songs, name)
        shown = skill.state()["state"]["draft"]
        assert not orders or shown == orders[list(orders)[-1]]["draft"]
        assert "Here is your video" in say(skill, words)
        assert on(skill) == name
        orders[name] = skill.order(resolution=SMALL if name != "rain.wav" else "36x64")
    files = {name: file_of(skill, order, tmp_path / f"{name}.mp4") for name, order in orders.items()}
    assert {name: plays(str(file), songs) for name, file in files.items()} == {name: name for name in NAMES}
    looks = {name: order["draft"]["m"]["look"] for name, order in orders.items()}
    assert looks["night.wav"] == "black-and-white"
    assert looks["rain.wav"] == "neon"
    state = skill.state()["state"]
    assert set(state["video_analyses"]) == {info["hash"] for info in state["video_infos"]}
    # What is shown makes no difference to an older draft, and an edit reaches the song that it names.
    again = orders["day.wav"] | {"id": orders["day.wav"]["id"] + "again"}
    assert file_of(skill, again, tmp_path / "again.mp4").read_bytes() == files["day.wav"].read_bytes()
    assert "rain.wav" in say(skill, "which song is this?")
    assert "red" in say(skill, "make the video of day.wav red").lower()
    assert on(skill) == "day.wav"
    say(skill, "undo")
    say(skill, "回到第三首歌的视频")
    assert skill.state()["state"]["draft"]["t"] == orders["rain.wav"]["draft"]["t"]


def test_songs_at_once_in_a_chat_and_all_of_their_files(service, songs, tmp_path, monkeypatch, capsys):
    for name, folder in (("HOME", "home"), ("SONGREEL_HOME", "service"), ("SONGREEL_CACHE", "cache")):
        monkeypatch.setenv(name, str(tmp_path / folder))
    monkeypatch.setenv("NEMO_API_URL", f"http://127.0.0.1:{service.port}")
    for name in ("NEMO_TOKEN", "NEMO_CLIENT_ID"):
        monkeypatch.delenv(name, raising=False)
    here = tmp_path / "here"
    here.mkdir()
    for name in NAMES:
        (here / name).write_bytes((songs / name).read_bytes())
    monkeypatch.chdir(here)
    said = [
        " ".join(NAMES),
        "make a neon video for the first song, just 3 seconds",
        "do the same for the other songs",
        "make the video of night.wav darker",
        "把每首歌都导出 144p",
    ]
    assert shell.run(["chat", *said]) == 0, capsys.readouterr()
    out, _ = capsys.readouterr()
    assert "night.wav: Here is your video" in out
    files = sorted(here.glob("*.mp4"))
    assert [path.name for path in files] == ["day.mp4", "night.mp4", "rain.mp4"]
    assert [plays(str(path), songs) for path in files] == list(NAMES)
    assert shell.run(["chat", "--resume", "which songs do I have?", "export the second song 144p"]) == 0
    out, _ = capsys.readouterr()
    assert "There are 3 songs: 1. day.wav" in out
    assert "Saved night-2.mp4" in out
    assert (here / "night-2.mp4").read_bytes() == (here / "night.mp4").read_bytes()
