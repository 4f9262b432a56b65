"""The sound as visualizers and shaders see it, one row a frame, worked out for the whole video before any is drawn.

``spectrum``: 64 bands, evenly spaced on a logarithmic scale from 30 Hz to 16 kHz, in decibels between each band's own
quiet and loud, mapped to 0…1 with musical attack and release; ``peaks`` hold and fall. ``bins``: a linear spectrum, as
ISF's ``audioFFT`` expects. All are uint8. The waveform is one track, of the middle and the side of the stereo sound,
that frames take windows of.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from songreel.media import sound

BANDS = 64
BINS = 256
LOWEST_HZ, HIGHEST_HZ = 30.0, 16000.0
RATE = 32000
WINDOW = 4096
WAVE_RATE = RATE // 2
WAVE_SAMPLES = 1024
FLOOR_DB, QUIET_DB, RANGE_DB = 54.0, 2.0, 16.0
CONTRAST = 1.6
QUIET, LOUD, LOUDEST_WAVE = 0.25, 0.99, 0.995
WAVE_TOP, LARGEST_GAIN = 0.9, 8.0
ATTACK_S, RELEASE_S = 0.02, 0.16
HOLD_S, GRAVITY = 0.25, 2.6
"""Peaks hang, then fall as things do: this much faster with each second, so that all of the height takes 0.9 s."""
HISTORY_ROWS, HISTORY_S = 20, Fraction(1, 11)
"""How many earlier spectra are shown, and how far they lie apart, in seconds."""
# Music falls by about 3 dB an octave: without this, bars on the right would hardly move.
TILT_DB_PER_OCTAVE = 2.4

Floats = NDArray[np.float32]
Halves = NDArray[np.float16]
_COLUMNS = 64
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Features:
    """Rows of ``spectrum | peaks | bins`` as uint8 (count, 2·BANDS + BINS); the waveform as int16 at WAVE_RATE.

    The waveform has two columns: half the sum of left and right, and half of what left has over right.
    """

    rows: NDArray[np.uint8]
    wave: NDArray[np.int16]


def listen(path: Path, *, fps: Fraction, start: Fraction, count: int) -> Features:
    """Return the features of ``count`` frames from ``start`` seconds of a song on; frames outside it are silent."""
    bands = np.zeros((count, BANDS), np.float16)
    bins = np.zeros((count, BINS), np.float16)
    wave = np.zeros((math.ceil(count / fps * WAVE_RATE) + WINDOW, 2), np.int16)
    filled = 0
    for first, windows, piece in _windows(path, fps=fps, start=start, count=count):
        fits = piece[: len(wave) - filled]
        wave[filled : filled + len(fits)] = fits
        filled += len(fits)
        if len(windows):
            magnitude = np.abs(np.fft.rfft(windows * _HANN, axis=1)).astype(np.float32)
            rows = slice(first, first + len(windows))
            bands[rows] = _decibels(_in_bands(magnitude)) + _tilt()
            bins[rows] = _decibels(magnitude[:, : BINS * _PER_BIN].reshape(len(windows), BINS, -1).max(axis=2))
    _scale(wave)
    return Features(_rows(bands, bins, float(1 / fps)), wave)


def _rows(bands: Halves, bins: Halves, step_s: float) -> NDArray[np.uint8]:
    """Return decibels as rows of levels, a few columns at a time: a long song has many rows."""
    rows = np.empty((len(bands), 2 * BANDS + BINS), np.uint8)
    loudest = _loudest(bands)
    for at in range(0, BANDS, _COLUMNS):
        levels = _smoothed(_levels(bands[:, at : at + _COLUMNS], loudest), step_s)
        rows[:, at : at + _COLUMNS] = _as_u8(levels)
        rows[:, BANDS + at : BANDS + at + _COLUMNS] = _as_u8(_held(levels, step_s))
    loudest = _loudest(bins)
    for at in range(0, BINS, _COLUMNS):
        levels = _smoothed(_levels(bins[:, at : at + _COLUMNS], loudest), step_s)
        rows[:, 2 * BANDS + at : 2 * BANDS + at + _COLUMNS] = _as_u8(levels)
    return rows


def wave_at(wave: NDArray[np.int16], seconds: float) -> Floats:
    """Return the waveform about a moment of the track, middle and side, shape (WAVE_SAMPLES, 2), −1…1.

    The window starts where the wave rises through zero, if it does nearby: a steady note then stands still.
    """
    first = round(seconds * WAVE_RATE) - WAVE_SAMPLES // 2
    reach = WAVE_SAMPLES // 2
    near = _cut(wave, first - reach // 2, WAVE_SAMPLES + reach)
    middle = near[:, 0]
    rising = np.flatnonzero((middle[:reach] <= 0) & (middle[1 : reach + 1] > 0))
    offset = int(rising[np.argmin(np.abs(rising - reach // 2))]) if len(rising) else reach // 2
    return np.asarray(near[offset : offset + WAVE_SAMPLES] / np.float32(32768), np.float32)


def _cut(wave: NDArray[np.int16], first: int, length: int) -> NDArray[np.int16]:
    inside = wave[max(first, 0) : max(first + length, 0)]
    before = min(max(-first, 0), length)
    return np.asarray(np.pad(inside, ((before, length - before - len(inside)), (0, 0))), np.int16)


def moments(frame: int, fps: Fraction) -> tuple[list[int], float]:
    """Return the rows of the spectra before a frame, latest first, and how far it is on to the next of them, 0…1.

    They lie on one grid for the whole video: a spectrum that was shown stays as it was, and only moves on.
    """
    apart = HISTORY_S * fps
    latest = math.floor(frame / apart)
    return [round((latest - back) * apart) for back in range(HISTORY_ROWS)], float(frame / apart - latest)


def _windows(
    path: Path, *, fps: Fraction, start: Fraction, count: int
) -> Iterator[tuple[int, Floats, NDArray[np.int16]]]:
    """Yield the index of a first frame, the windows of it and its successors, and a piece of the waveform track.

    The track begins half a window before the first frame, as the windows do.
    """
    begin = max(start, Fraction(0))
    # Samples are counted from half a window before frame 0; what lies before the song is silence.
    held = np.zeros((2, WINDOW // 2 + round((begin - start) * RATE)), np.float32)
    held_from, done = 0, 0
    length = count / fps + Fraction(WINDOW, RATE)
    blocks = sound.blocks(path, rate=RATE, channels=2, at=begin, duration=length)
    for block in _then_silence(blocks):
        held = np.concatenate([held, block], axis=1)
        last = done
        while last < count and _place(last, fps) + WINDOW <= held_from + held.shape[1]:
            last += 1
        middle = held.mean(axis=0)
        windows = (
            np.stack([middle[_place(i, fps) - held_from :][:WINDOW] for i in range(done, last)])
            if last > done
            else middle[:0]
        )
        keep = (_place(last, fps) - held_from) // 2 * 2 if last < count else held.shape[1] // 2 * 2
        yield done, windows, _decimated(held[:, :keep])
        held, held_from, done = held[:, keep:], held_from + keep, last
        if done == count:
            return


def _place(frame: int, fps: Fraction) -> int:
    return round(frame / fps * RATE)


def _then_silence(blocks: Iterator[Floats]) -> Iterator[Floats]:
    yield from blocks
    while True:
        yield np.zeros((2, RATE), np.float32)


def _decimated(samples: Floats) -> NDArray[np.int16]:
    left, right = samples.reshape(2, -1, 2).mean(axis=2)
    tracks = np.stack([(left + right) / 2, (left - right) / 2], axis=1)
    return np.asarray(np.rint(np.clip(tracks, -1, 1) * 32767), np.int16)


def _decibels(magnitude: Floats) -> Floats:
    return np.asarray(20 * np.log10(magnitude + np.float32(1e-6)), np.float32)


def _loudest(decibels: Halves) -> float:
    """Return the level that the loudest column reaches in its loud moments."""
    return max((float(np.quantile(column.astype(np.float32), LOUD)) for column in decibels.T), default=0.0)


def _levels(decibels: Halves, loudest: float) -> Floats:
    """Return columns of a spectrum as 0…1, each between a floor and a top of its own.

    A dense song fills every band at all times: against one floor for all, bars would be a wall. So a band's floor is
    near its own quiet moments, and its top half way between its loud ones and the loudest of all.
    """
    values = decibels.astype(np.float32)
    if not len(values):
        return values
    quiet, loud = (np.quantile(values, share, axis=0).astype(np.float32) for share in (QUIET, LOUD))
    floor = np.minimum(np.maximum(quiet - QUIET_DB, loudest - FLOOR_DB), loud - RANGE_DB)
    floor = np.maximum(floor, loudest - FLOOR_DB)
    top = np.maximum((loud + loudest) / 2, floor + RANGE_DB)
    return np.asarray(np.clip((values - floor) / (top - floor), 0, 1) ** np.float32(CONTRAST), np.float32)


def _scale(wave: NDArray[np.int16]) -> None:
    """Scale a waveform so that its loud moments fill the range; faint songs are not blown up to noise."""
    loud = float(np.quantile(np.abs(wave[::16, 0].astype(np.float32)), LOUDEST_WAVE)) if len(wave) else 0.0
    gain = np.float32(min(WAVE_TOP * 32767 / max(loud, 1.0), LARGEST_GAIN))
    for at in range(0, len(wave), _BLOCK):
        block = wave[at : at + _BLOCK]
        block[...] = np.clip(np.rint(block * gain), -32767, 32767)


def _as_u8(levels: Floats) -> NDArray[np.uint8]:
    return np.asarray(np.rint(levels * np.float32(255)), np.uint8)


def _smoothed(levels: Floats, step_s: float) -> Floats:
    """Return levels that rise at once and fall slowly."""
    rise, fall = np.float32(1 - np.exp(-step_s / ATTACK_S)), np.float32(1 - np.exp(-step_s / RELEASE_S))
    out = np.empty_like(levels)
    now = np.zeros(levels.shape[1], np.float32)
    for index, level in enumerate(levels):
        change = level - now
        now = now + change * np.where(change > 0, rise, fall)
        out[index] = now
    return out


def _held(levels: Floats, step_s: float) -> Floats:
    """Return the peaks over the bars: they stay for a moment, then fall ever faster."""
    out = np.empty_like(levels)
    top = np.zeros(levels.shape[1], np.float32)
    age = np.zeros(levels.shape[1], np.float32)
    for index, level in enumerate(levels):
        age += np.float32(step_s)
        peak = top - np.float32(GRAVITY / 2) * np.maximum(age - np.float32(HOLD_S), 0) ** 2
        fresh = level >= peak
        top, age = np.where(fresh, level, top), np.where(fresh, np.float32(0), age)
        out[index] = np.where(fresh, level, peak)
    return out


def _centers() -> NDArray[np.float64]:
    return np.asarray(LOWEST_HZ * (HIGHEST_HZ / LOWEST_HZ) ** ((np.arange(BANDS) + 0.5) / BANDS))


def _tilt() -> Floats:
    return np.asarray(TILT_DB_PER_OCTAVE * np.log2(_centers() / LOWEST_HZ), np.float32)


def _in_bands(magnitude: Floats) -> Floats:
    """Return the magnitude of each band, shape (frames, BANDS)."""
    # One matrix product would do, but its library's threads fight with the decoder's for a few cores.
    return np.stack([np.einsum("ij,j->i", magnitude[:, part], weights) for part, weights in _BAND_WEIGHTS], axis=1)


def _band_weights() -> list[tuple[slice, Floats]]:
    """Return which FFT bins make up each band, and how much: triangles at least two bins wide."""
    hz = np.arange(WINDOW // 2 + 1) * RATE / WINDOW
    ratio = (HIGHEST_HZ / LOWEST_HZ) ** (1 / BANDS)
    found: list[tuple[slice, Floats]] = []
    for center in _centers():
        reach = max(center * (ratio - 1), RATE / WINDOW * 1.2)
        weights = np.clip(1 - np.abs(hz - center) / reach, 0, None)
        inside = np.flatnonzero(weights)
        part = slice(int(inside[0]), int(inside[-1]) + 1)
        # Powers of a band grow with its width for noise and not for a tone; the root is a fair middle.
        found.append((part, (weights[part] / np.sqrt(weights.sum())).astype(np.float32)))
    return found


_HANN = np.hanning(WINDOW).astype(np.float32)
_BAND_WEIGHTS = _band_weights()
_PER_BIN = (WINDOW // 2) // BINS
