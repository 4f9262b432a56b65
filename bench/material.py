"""Songs and covers to measure with, made here so that every machine measures the same."""

from __future__ import annotations

import wave
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from songreel.demo import song
from songreel.demo.score import FORM

PIECE_S = 180
COVER_SIDE = 3000


def write_song(path: Path, seconds: float) -> Path:
    """Write a song of exactly so many seconds; beyond three minutes it begins again."""
    composed = song.compose(form=FORM * 5)
    piece = np.rint(composed.pcm[:, : PIECE_S * composed.rate].T * 32767).astype("<i2")
    left = round(seconds * composed.rate)
    with wave.open(str(path), "wb") as out:
        out.setnchannels(2)
        out.setsampwidth(2)
        out.setframerate(composed.rate)
        while left > 0:
            out.writeframes(piece[:left].tobytes())
            left -= len(piece)
    return path


def write_cover(path: Path) -> Path:
    """Write a busy square picture of the size that distributors ask for."""
    rng = np.random.default_rng(7)
    down, across = np.mgrid[0:COVER_SIDE, 0:COVER_SIDE] / COVER_SIDE
    waves = [0.1 + 0.8 * across * (1 - down), 0.3 * down + 0.2 * np.sin(6 * across + 3 * down) ** 2, 0.3 + 0.5 * down]
    picture = Image.fromarray((np.stack(waves, axis=2).clip(0, 1) * 255).astype(np.uint8))
    draw = ImageDraw.Draw(picture)
    for _ in range(80):
        x, y, radius = rng.uniform(0, COVER_SIDE, 3) * (1, 1, 0.12)
        color = tuple(int(value) for value in rng.integers(30, 255, 3))
        draw.ellipse([x - radius, y - radius, x + radius, y + radius], fill=color, outline=color[::-1], width=14)
    picture.filter(ImageFilter.GaussianBlur(2)).save(path, quality=92)
    return path
