"""The demo: the program composes a short song and makes its video."""

from __future__ import annotations

from pathlib import Path

from songreel.app.request import MakeRequest
from songreel.app.studio import Made, Progress, Studio
from songreel.base.errors import CannotWrite
from songreel.demo import song

WORDS = "neon city at night, cut on the beat, title 'First Light' by 'Songreel'"


def demonstrate(folder: Path, *, progress: Progress) -> Made:
    """Compose a song into a folder and make its video beside it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CannotWrite(f"the folder {folder} cannot be made: {error.strerror}") from error
    wav = folder / "first-light.wav"
    song.write_wav(song.compose(), wav)
    return Studio(progress=progress).make(MakeRequest(song=wav, words=WORDS, out=folder / "first-light.mp4"))
