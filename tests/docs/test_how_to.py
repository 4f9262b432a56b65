"""The commands of the how-tos, as written, on a short song and small pictures (tests/client plays the tutorial)."""

import re
import shutil

import numpy as np
import pytest
from PIL import Image
from tests.docs import pages
from tests.media.made import SONGS, write_clip, write_song
from tools.reference.edits import SAID

import songreel
from songreel.app import wiring
from songreel.app.conversation import Conversation
from songreel.app.studio import Studio
from songreel.base.settings import settings
from songreel.cli import shell
from songreel.demo import song as demo_song
from songreel.demo.score import Part
from songreel.model import preset

PAGES = sorted(f"how-to/{path.name}" for path in (pages.DOCS / "how-to").glob("*.md"))
BEGINS = ["songreel", "make", "song.mp3", "neon city", "--project", "night"]
NOT_DONE = re.compile(r"did not understand|Nothing changed|not done|could not", re.IGNORECASE)
SHORT = 144
LYRICS = "[ti:Moons]\n[00:00.50] Nobody else\n[00:02.00] Nobody near\n"
BEATS = "".join(f"{0.4 * beat:.3f}\t{beat % 4 + 1}\n" for beat in range(12))


@pytest.fixture(scope="module")
def kitchen(tmp_path_factory):
    """A folder with the files that the pages name, and a project that most of them begin with."""
    folder = tmp_path_factory.mktemp("kitchen")
    here = folder / "here"
    (here / "photos").mkdir(parents=True)
    composed = demo_song.compose(bpm=200, form=(Part("verse", 1), Part("chorus", 1)), seed=4)
    codec, container, _ = SONGS["a.mp3"]
    write_song(here / "song.mp3", composed.pcm, rate=composed.rate, codec=codec, container=container)
    demo_song.write_wav(demo_song.compose(bpm=180, form=(Part("chorus", 1),), seed=5), here / "second.wav")
    for number, name in enumerate(("photos/one.jpg", "photos/two.jpg", "cover.jpg", "logo.png")):
        Image.fromarray(np.roll(np.indices((240, 320)).sum(0), 60 * number, 1).astype("uint8")).save(here / name)
    write_clip(here / "clip.mp4", range(0, 3000, 33), size=(320, 180))
    (here / "song.lrc").write_text(LYRICS)
    (here / "beats.txt").write_text(BEATS)
    with pytest.MonkeyPatch.context() as patch:
        for name, value in (("HOME", folder), ("SONGREEL_HOME", folder / "home"), ("SONGREEL_CACHE", folder / "cache")):
            patch.setenv(name, str(value))
        for name in ("NEMO_API_URL", "NEMO_TOKEN", "NEMO_CLIENT_ID", "SKILL_SOURCE"):
            patch.delenv(name, raising=False)
        # The pictures are small: a process that draws takes longer to start than to draw them.
        patch.setenv("SONGREEL_WORKERS", "1")
        for name, each in preset.PRESETS.items():
            patch.setitem(preset.PRESETS, name, _small(each))
        patch.chdir(here)
        settings.cache_clear()
        assert shell.run(BEGINS[1:]) == 0
        yield here
        settings.cache_clear()


def _small(each):
    share = SHORT / min(each.width, each.height)
    return each.evolve(width=round(each.width * share / 2) * 2, height=round(each.height * share / 2) * 2, fps=10)


@pytest.mark.slow
@pytest.mark.parametrize("page", [page for page in PAGES if pages.commands(page)])
def test_its_commands_do_what_it_says(page, kitchen, tmp_path, monkeypatch, capsys):
    here = tmp_path / "here"
    shutil.copytree(kitchen, here)
    monkeypatch.chdir(here)
    for command in pages.commands(page):
        assert command[0] == "songreel"
        if command == BEGINS:
            continue
        code = shell.run(pages.filled(command, here)[1:])
        out, err = capsys.readouterr()
        assert code == 0, (command, out, err)
        assert not NOT_DONE.search(out), (command, out)


@pytest.mark.slow
def test_what_the_reference_says_of_an_edit_is_understood_as_that_edit(kitchen, tmp_path):
    project = tmp_path / "night"
    shutil.copytree(kitchen / "night", project)
    turns = {verb: songreel.edit(project, words.replace("\\n", "\n")) for verb, words in SAID.items()}
    assert {verb: turn.reply for verb, turn in turns.items() if verb not in [each.verb for each in turn.edits]} == {}


@pytest.mark.slow
def test_a_logo_is_laid_over_the_picture_as_the_page_says(kitchen, tmp_path):
    """A conversation without a service between: a line that is a file is brought, others bring the files they name."""
    talk = Conversation(tmp_path / "project", Studio(), wiring.understand())
    for line in pages.said("how-to/footage.md"):
        talk.bring(kitchen / word for word in line.split() if (kitchen / word).is_file())
        if not (kitchen / line).is_file():
            turn = talk.talk(line)
            assert not NOT_DONE.search(turn.reply), (line, turn.reply)
    (logo,) = turn.timeline.clips("overlay")
    assert logo.name == "logo.png"
    assert logo.source.place.x > 0.5
    assert all(getattr(clip.source, "asset", "") != logo.source.asset for clip in turn.timeline.clips("base"))
