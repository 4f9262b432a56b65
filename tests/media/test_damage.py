"""Whatever bytes come in, the answer is media or one sentence: never another error, never an open file left."""

import contextlib
import random
from fractions import Fraction

import numpy as np
import psutil
import pytest
from PIL import Image

from made import write_clip, write_song
from songreel.base.errors import BadInput
from songreel.media import look, pictures, probe, sound
from songreel.media.footage import Reader

NOISE = np.random.default_rng(2).uniform(-0.5, 0.5, (2, 24_000)).astype(np.float32)
TRIES = 12


def use(path):
    """Do with a file all that a film would."""
    asset = probe.any(path)
    match asset.kind:
        case "song":
            probe.cover(path)
            assert sum(block.shape[1] for block in sound.blocks(path, rate=22_050, channels=1)) > 0
        case "photo":
            assert pictures.load(path, longest=100).shape[2] == 4
        case _:
            with Reader(path, asset) as reader:
                for moment in (0, 1, Fraction(1, 2), 5):
                    assert reader.frame(Fraction(moment)).shape == (reader.height * 3 // 2, reader.width)
            look.material(path, asset)


def damaged(data, seed):
    """Bytes with some overwritten, or a piece missing, or the end gone."""
    chance, hurt = random.Random(seed), bytearray(data)
    for _ in range(chance.choice([1, 20, 200])):
        hurt[chance.randrange(len(hurt))] = chance.randrange(256)
    if seed % 3 == 1:
        at = chance.randrange(len(hurt))
        del hurt[at : at + chance.randrange(1, 2000)]
    return bytes(hurt[: chance.randrange(len(hurt))] if seed % 3 == 2 else hurt)


NAMES = "a.wav a.flac a.mp3 a.m4a a.aac a.opus a.webm b.mp4 b.mkv b.avi c.png c.jpg"


@pytest.mark.parametrize("name", NAMES.split())
def test_damage_is_survived(tmp_path, capfd, name):
    path = tmp_path / name
    if name.startswith("a"):
        write_song(path, NOISE)
    elif name.startswith("b"):
        container = {"b.mp4": "mp4", "b.mkv": "matroska", "b.avi": "avi"}[name]
        write_clip(path, range(0, 1000, 40), container=container, codec="mpeg4", rate=25)
    else:
        Image.fromarray(np.random.default_rng(1).integers(0, 255, (60, 80, 3), np.uint8)).save(path)
    data = path.read_bytes()
    use(path)
    files = psutil.Process().num_fds()
    for seed in range(TRIES):
        path.write_bytes(damaged(data, seed))
        with contextlib.suppress(BadInput):
            use(path)
    assert psutil.Process().num_fds() == files
    assert capfd.readouterr() == ("", ""), "libraries do not talk over us"


def test_noise_of_any_kind_is_refused(tmp_path):
    for size in (1, 100, 5000, 100_000):
        (tmp_path / "x").write_bytes(random.Random(size).randbytes(size))
        with contextlib.suppress(BadInput):
            use(tmp_path / "x")
