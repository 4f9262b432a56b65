"""Each command of the skills, as written, against a real service; each request that they suggest is understood."""

import itertools
import re
import shlex
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image
from tests.media.made import SONGS, write_song

from songreel.cli import embedded, shell
from songreel.client import Blocking, Client, Identity, router
from songreel.demo import song as demo_song
from songreel.demo.score import Part
from songreel.model import preset

SKILLS = Path(__file__).parents[2] / "skills"
BLOCK = re.compile(r"```bash\n(.*?)```", re.DOTALL)
SUGGESTED = re.compile(r'"([^"]+)"')
NOT_UNDERSTOOD = re.compile(r"did not understand|没有?(?:看|听|理)懂|不明白")
EXPORTS = re.compile(r"export|导出")
SMALL = {"width": 256, "height": 144}


@pytest.fixture(scope="module")
def composed():
    return demo_song.compose(bpm=200, form=(Part("verse", 1), Part("chorus", 1)), seed=4)


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    home = tmp_path_factory.mktemp("service")
    with pytest.MonkeyPatch.context() as patch:
        for name, value in (("HOME", home), ("SONGREEL_HOME", home / "kept"), ("SONGREEL_CACHE", home / "cache")):
            patch.setenv(name, str(value))
        for name in ("NEMO_TOKEN", "NEMO_CLIENT_ID"):
            patch.delenv(name, raising=False)
        # The pictures are small: a process that draws takes longer to start than to draw them.
        patch.setenv("SONGREEL_WORKERS", "1")
        with embedded.service() as address:
            yield address


@pytest.fixture
def here(tmp_path, monkeypatch, service, composed):
    """A folder with the files that the skills name; what is drawn is small."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setenv("NEMO_API_URL", service)
    write(folder / "song.mp3", composed)
    demo_song.write_wav(composed, folder / "second.wav")
    Image.fromarray(np.indices((400, 400)).sum(0).astype("uint8")).save(folder / "cover.jpg")
    monkeypatch.setattr(router, "_output", small(router._output))
    for name in ("youtube", "preview"):
        monkeypatch.setitem(preset.PRESETS, name, preset.PRESETS[name].evolve(**SMALL))
    return folder


def write(path, composed):
    codec, container, _ = SONGS[f"a{path.suffix}"]
    write_song(path, composed.pcm, rate=composed.rate, codec=codec, container=container)


def small(asked):
    """Ask for small pictures, whatever else is asked."""

    def output(clause):
        found = asked(clause)
        return {**found, "resolution": "144x256" if found.get("preset") == "canvas" else "144p"}

    return output


@pytest.fixture(scope="module")
def played():
    """The commands that need not be played again, since they change nothing that others build on."""
    return set()


def commands(name):
    text = (SKILLS / name / "SKILL.md").read_text()
    return [shlex.split(line) for block in BLOCK.findall(text) for line in block.splitlines() if line.strip()]


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(path.name for path in SKILLS.iterdir()))
def test_its_commands_do_what_it_says(name, here, played, capsys):
    for command in commands(name):
        assert command[0] == "songreel"
        if tuple(command) in played:
            continue
        if command[1:3] == ["chat", "--resume"] and len(command) == 4 and EXPORTS.search(command[3]):
            played.add(tuple(command))
        before = set(here.iterdir())
        code = shell.run(command[1:])
        out, err = capsys.readouterr()
        assert code == 0, (command, out, err)
        if command[1] == "chat":
            assert not NOT_UNDERSTOOD.search(out), (command, out)
            exported = [Path(path) for path in re.findall(r"^(?:Saved|已保存) (.+)$", out, re.MULTILINE)]
            assert {here / path for path in exported} == set(here.iterdir()) - before
            assert bool(exported) == bool(EXPORTS.search(command[-1])), (command, out)
    if name == "from-music":
        assert any(_is_canvas(path) for path in here.glob("*.mp4"))


@pytest.mark.parametrize("name", sorted(path.name for path in SKILLS.iterdir()))
def test_it_takes_several_songs_in_one_session_and_exports_each(name):
    chats = [command[2:] for command in commands(name) if command[1] == "chat"]
    more = [at for at, said in enumerate(chats) if "second.wav" in said and ("--resume" in said or "song.mp3" in said)]
    assert more
    assert ["--resume", "export all"] in chats[more[0] :]


def _is_canvas(path):
    with av.open(str(path)) as video:
        silent = not video.streams.audio
        return silent and 3 <= video.duration / av.time_base <= 8


@pytest.mark.usefixtures("here")
def test_every_request_that_is_suggested_is_understood(capsys):
    rows = (SKILLS / "songreel" / "references" / "requests.md").read_text().splitlines()
    suggested = [words for row in rows if row.startswith("| ") for words in SUGGESTED.findall(row)]
    assert len(suggested) > 30
    begins = ["song.mp3", "cover.jpg", "make a video with a title 'Night' and a visualizer"]
    assert shell.run(["chat", *begins, *suggested]) == 0
    answers = capsys.readouterr().out.splitlines()[2:]
    assert len(answers) == 1 + len(suggested)
    assert [pair for pair in zip(suggested, answers[1:], strict=True) if NOT_UNDERSTOOD.search(pair[1])] == []


@pytest.mark.parametrize("name", ["song.mp3", "song.wav", "song.flac", "song.aac"])
def test_a_visualizer_and_cuts_on_the_beat_from_every_kind_of_file(name, here, composed, service, capsys):
    write(here / name, composed)
    assert shell.run(["chat", name, "create a video from this music with visualizer and beat-synced cuts"]) == 0
    assert f"Received {name}" in capsys.readouterr().out
    with Blocking() as wait:
        identity = Identity()
        client = Client(service, identity=identity)
        session = identity.last_session(service)
        raw = wait(client.wire.call("GET", f"/api/state/nemo_agent/me/{session}/latest"))["data"]["state"]
        wait(client.close())
    tracks = {track["m"]["role"]: track["sg"] for track in raw["draft"]["t"]}
    assert tracks["visualizer"]
    (heard,) = raw["video_analyses"].values()
    cuts = [one["s"] / 1000 for _, one in itertools.pairwise(tracks["base"])]
    assert cuts
    for cut in cuts:
        assert min(abs(cut - beat) for beat in heard["beats"]) <= 1 / 30
