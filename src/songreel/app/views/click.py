"""The song with a click on every beat, and a higher one on downbeats, for ears to judge."""

from __future__ import annotations

import wave
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from songreel.base.errors import BadRequest
from songreel.media import sound, store
from songreel.model.song_map import Beat, SongMap

Block = NDArray[np.float32]
RATE = 44_100
BEAT_HZ, DOWNBEAT_HZ = 1_000.0, 2_000.0
CLICK_S = 0.04
SONG_GAIN = 0.5
_CLICK_GAIN = {False: 0.35, True: 0.5}
_LARGEST_BYTES = 0xFFFFFFFF - 44


def write(out: Path, song: Path, song_map: SongMap) -> None:
    """Write a stereo WAV of 16 bits at `RATE`, the song at half its level. Raises BadMedia as `sound.blocks` does."""
    if 4 * RATE * song_map.duration > _LARGEST_BYTES:
        raise BadRequest("this recording is too long for a WAV file", advice="Use --audacity or --midi instead.")
    with store.atomic(out) as part, part.open("wb") as file, wave.open(file, "wb") as wav:
        wav.setnchannels(2)
        wav.setsampwidth(2)
        wav.setframerate(RATE)
        for block in mixed(sound.blocks(song, rate=RATE, channels=2), song_map.beats):
            wav.writeframesraw(np.rint(np.clip(block.T, -1, 1) * 32767).astype("<i2").tobytes())


def mixed(blocks: Iterator[Block], beats: tuple[Beat, ...]) -> Iterator[Block]:
    """Yield blocks, shape (channels, n) at `RATE`, with a click from the sample nearest to each beat on."""
    low_click, high_click = _click(downbeat=False), _click(downbeat=True)
    clicks = [(round(beat.at * RATE), high_click if beat.position == 1 else low_click) for beat in beats]
    place, next_click = 0, 0
    for block in blocks:
        out = block * np.float32(SONG_GAIN)
        end = place + block.shape[1]
        for start, samples in clicks[next_click:]:
            if start >= end:
                break
            if start + samples.size <= end:
                next_click += 1
            low, high = max(start, place), min(start + samples.size, end)
            out[:, low - place : high - place] += samples[low - start : high - start]
        place = end
        yield out


def _click(*, downbeat: bool) -> Block:
    at = np.arange(round(CLICK_S * RATE)) / RATE
    pitch = DOWNBEAT_HZ if downbeat else BEAT_HZ
    # it begins at its height, as a stick does, so that its place is seen to the sample
    tone = _CLICK_GAIN[downbeat] * np.cos(2 * np.pi * pitch * at) * np.exp(-at / 0.008)
    return np.asarray(tone * (1 - at / CLICK_S), np.float32)
