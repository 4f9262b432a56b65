"""The program as a person starts it: a process with a cache of its own."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from songreel.demo import song as demo_song
from songreel.demo.score import Part

TIME_LIMIT_S = 600
SHORT_FORM = (Part("verse", 2), Part("chorus", 3))


@dataclass(frozen=True)
class Program:
    """Starts ``songreel`` in a folder of its own, where its cache lies too."""

    home: Path

    def start(self, *arguments, **options):
        environment = {**os.environ, "SONGREEL_CACHE": str(self.home / "cache"), "SONGREEL_HOME": str(self.home)}
        return subprocess.Popen(
            [sys.executable, "-m", "songreel", *map(str, arguments)],
            cwd=self.home,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            **options,
        )

    def __call__(self, *arguments, **options):
        process = self.start(*arguments, **options)
        try:
            out, err = process.communicate(timeout=TIME_LIMIT_S)
        finally:
            process.kill()
        return subprocess.CompletedProcess(arguments, process.returncode, out, err)


@pytest.fixture
def songreel(tmp_path):
    return Program(tmp_path)


@pytest.fixture(scope="session")
def song(tmp_path_factory):
    """A composed song of about 12 s."""
    path = tmp_path_factory.mktemp("song") / "song.wav"
    demo_song.write_wav(demo_song.compose(form=SHORT_FORM, seed=3), path)
    return path
