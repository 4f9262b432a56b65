"""The ear: one pass over a song's sound, block by block, kept as small features.

Sound is float32 (channels, n) at 44.1 kHz. A frame lies at ``k / FRAME_RATE`` seconds and is the center of its window.
Magnitudes are summed into 12 bands an octave and compressed by log10(1 + x); what rises against the frame two
earlier, maximum-filtered over three bands, is the flux (SuperFlux: Böck and Widmer, DAFx 2013).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from songreel.analysis.width import Sides
from songreel.media.loudness import Meter, PeakMeter
from songreel.model.song_map import Loudness

RATE = 44_100
FRAME_RATE = 100
HOP = RATE // FRAME_RATE
WINDOW = 2048
EDGES_HZ = (60.0, 180.0, 500.0, 2500.0, 7000.0)
REGISTERS = len(EDGES_HZ) + 1
BANDS = 81
LEVEL_STEPS = 90
FINE_STEP = 50
FINE_RATE = RATE / FINE_STEP
TONE_RATE = 10
TONE_HOP = RATE // TONE_RATE
TONE_WINDOW = 16_384
_BLOCK = 1 << 18

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Heard:
    """The features of a song.

    ``spectrum`` is (frames, BANDS) at FRAME_RATE: levels in steps of 1 / LEVEL_STEPS, for the network to read.
    ``flux`` and ``power`` are (frames, REGISTERS), ``centroid`` (frames,) in octaves above 27.5 Hz, all at FRAME_RATE;
    ``fine`` is (steps, 2) at FINE_RATE: the mean size of the sound and of its first difference;
    ``chroma`` (tones, 12), ``timbre`` (tones, bands) and the stereo ``width``, 0…1, at TONE_RATE.
    """

    seconds: float
    spectrum: NDArray[np.uint8]
    flux: Floats
    power: Floats
    centroid: Floats
    fine: Floats
    chroma: Floats
    timbre: Floats
    width: Floats
    loudness: Loudness


def listen(blocks: Iterable[Floats], *, channels: int = 2, on_seconds: Callable[[float], None] | None = None) -> Heard:
    """Hear a whole song; ``on_seconds`` is told how far the ear has come.

    ``channels`` is 1 or 2. An empty song gives one silent frame.
    """
    ears = (_Onsets(), _Fine(), _Tones())
    sides = Sides(TONE_HOP)
    meter, peak = Meter(RATE, channels), PeakMeter(channels)
    samples = 0
    for block in _regular(blocks):
        meter.feed(block)
        peak.feed(block)
        mono = block.mean(axis=0)
        sides.feed(block)
        for ear in ears:
            ear.feed(mono)
        samples += mono.size
        if on_seconds:
            on_seconds(samples / RATE)
    onsets, fine, tones = ears
    spectrum, flux, power, centroid = onsets.finish()
    chroma, timbre = tones.finish()
    return Heard(
        seconds=samples / RATE,
        spectrum=spectrum,
        flux=flux,
        power=power,
        centroid=centroid,
        fine=fine.finish(),
        chroma=chroma,
        timbre=timbre,
        width=sides.finish(),
        loudness=Loudness(integrated_lufs=meter.lufs(), range_lu=meter.range_lu(), true_peak_dbtp=peak.dbtp()),
    )


def _regular(blocks: Iterable[Floats]) -> Iterator[Floats]:
    """Gather blocks into long ones; sound that is not a number is silence."""
    waiting: list[Floats] = []
    count = 0
    for block in blocks:
        waiting.append(np.nan_to_num(np.clip(block, -8, 8), copy=False))
        count += block.shape[1]
        if count >= _BLOCK:
            yield np.concatenate(waiting, axis=1)
            waiting, count = [], 0
    if count:
        yield np.concatenate(waiting, axis=1)


class _Frames:
    """Cut a stream into overlapping windows whose centers are whole hops from the first sample."""

    def __init__(self, window: int, hop: int) -> None:
        self.window, self.hop = window, hop
        self.rest = np.zeros(window // 2, dtype=np.float32)

    def feed(self, mono: Floats) -> Floats:
        joined = np.concatenate([self.rest, mono])
        count = max(0, (joined.size - self.window) // self.hop + 1)
        self.rest = joined[count * self.hop :]
        if not count:
            return np.empty((0, self.window), dtype=np.float32)
        return np.lib.stride_tricks.sliding_window_view(joined, self.window)[:: self.hop][:count]

    def finish(self) -> Floats:
        return self.feed(np.zeros(self.window // 2 + self.hop - 1, dtype=np.float32))


class _Onsets:
    """Flux, power and brightness at FRAME_RATE."""

    def __init__(self) -> None:
        self.frames = _Frames(WINDOW, HOP)
        self.shape = np.hanning(WINDOW + 1)[:-1].astype(np.float32)
        self.bank, centers = _filterbank(WINDOW, 12)
        self.register = np.searchsorted(EDGES_HZ, centers)
        self.octave = np.log2(centers / 27.5).astype(np.float32)
        self.groups = (self.register[:, None] == np.arange(REGISTERS)).astype(np.float32)
        self.before = np.zeros((2, centers.size), dtype=np.float32)
        self.spectrum: list[NDArray[np.uint8]] = []
        self.flux: list[Floats] = []
        self.power: list[Floats] = []
        self.centroid: list[Floats] = []

    def feed(self, mono: Floats) -> None:
        self._take(self.frames.feed(mono))

    def _take(self, frames: Floats) -> None:
        for start in range(0, len(frames), 256):
            self._analyze(frames[start : start + 256])

    def _analyze(self, frames: Floats) -> None:
        size = _magnitudes(frames * self.shape)
        bands = size @ self.bank
        levels = np.log10(1 + bands)
        past = np.concatenate([self.before, levels])
        self.before = past[-2:]
        widest = past[:-2].copy()
        np.maximum(widest[:, 1:], past[:-2, :-1], out=widest[:, 1:])
        np.maximum(widest[:, :-1], past[:-2, 1:], out=widest[:, :-1])
        self.spectrum.append(np.rint(np.minimum(levels * LEVEL_STEPS, 255)).astype(np.uint8))
        energy = np.square(bands)
        self.flux.append(np.maximum(levels - widest, 0) @ self.groups)
        self.power.append(energy @ self.groups)
        self.centroid.append((levels @ self.octave) / (levels.sum(axis=1) + 1e-3))

    def finish(self) -> tuple[NDArray[np.uint8], Floats, Floats, Floats]:
        self._take(self.frames.finish())
        kept = np.concatenate(self.spectrum)
        return kept, np.concatenate(self.flux), np.concatenate(self.power), np.concatenate(self.centroid)


class _Fine:
    """The size of the sound in steps of about a millisecond, to place onsets between frames."""

    def __init__(self) -> None:
        self.rest = np.zeros(1, dtype=np.float32)
        self.sizes: list[Floats] = []

    def feed(self, mono: Floats) -> None:
        joined = np.concatenate([self.rest, mono])
        count = (joined.size - 1) // FINE_STEP
        kept = joined[: count * FINE_STEP + 1]
        self.rest = joined[count * FINE_STEP :]
        raw = np.abs(kept[1:]).reshape(count, FINE_STEP).mean(axis=1)
        steep = np.abs(np.diff(kept)).reshape(count, FINE_STEP).mean(axis=1)
        self.sizes.append(np.stack([raw, steep], axis=1))

    def finish(self) -> Floats:
        self.feed(np.zeros(FINE_STEP, dtype=np.float32))
        return np.concatenate(self.sizes)


class _Tones:
    """Chroma and coarse timbre at TONE_RATE, from long windows."""

    def __init__(self) -> None:
        self.frames = _Frames(TONE_WINDOW, TONE_HOP)
        self.shape = np.hanning(TONE_WINDOW + 1)[:-1].astype(np.float32)
        self.bank, _ = _filterbank(TONE_WINDOW, 3)
        self.folding, self.bins = _chroma_bank()
        self.chroma: list[Floats] = []
        self.timbre: list[Floats] = []

    def feed(self, mono: Floats) -> None:
        self._take(self.frames.feed(mono))

    def _take(self, frames: Floats) -> None:
        for start in range(0, len(frames), 32):
            size = _magnitudes(frames[start : start + 32] * self.shape)
            self.timbre.append(np.log10(1 + size @ self.bank))
            self.chroma.append(np.sqrt(size[:, self.bins]) @ self.folding)

    def finish(self) -> tuple[Floats, Floats]:
        self._take(self.frames.finish())
        return np.concatenate(self.chroma), np.concatenate(self.timbre)


def _magnitudes(frames: Floats) -> Floats:
    """Return the magnitudes of the bins of each row but the first and the last one, which no band looks at."""
    packed = cv2.dft(frames, flags=cv2.DFT_ROWS)
    return np.abs(np.ascontiguousarray(packed[:, 1:-1]).view(np.complex64))


def _filterbank(window: int, per_octave: int) -> tuple[Floats, NDArray[np.float64]]:
    """Return triangular bands, shape (bins, bands), each of sum 1, and their centers in Hz, from 27.5 Hz to 16 kHz.

    The bins are those of `_magnitudes`.
    """
    hz = 27.5 * 2 ** (np.arange(int(per_octave * np.log2(16_000 / 27.5)) + 2) / per_octave)
    bins = np.unique(np.rint(hz * window / RATE).astype(np.int64))
    bins = bins[bins > 0]
    bank = np.zeros((window // 2 + 1, bins.size - 2))
    for band, (low, mid, high) in enumerate(zip(bins, bins[1:], bins[2:], strict=False)):
        bank[low : mid + 1, band] = np.linspace(0, 1, mid - low + 1)
        bank[mid : high + 1, band] = np.linspace(1, 0, high - mid + 1)
    return (bank / bank.sum(axis=0))[1:-1].astype(np.float32), bins[1:-1] * RATE / window


def _chroma_bank() -> tuple[Floats, slice]:
    """Return how the bins from 80 Hz to 2.1 kHz fold into pitch classes (C first), near a semitone's center most."""
    first, last = round(80 * TONE_WINDOW / RATE), round(2100 * TONE_WINDOW / RATE)
    pitch = 69 + 12 * np.log2(np.arange(first, last) * RATE / TONE_WINDOW / 440)
    nearest = np.rint(pitch)
    weight = np.exp(-0.5 * ((pitch - nearest) / 0.22) ** 2) * np.exp(-0.5 * ((pitch - 60) / 15) ** 2)
    folding = np.zeros((last - first, 12))
    folding[np.arange(last - first), nearest.astype(np.int64) % 12] = weight
    return folding.astype(np.float32), slice(first - 1, last - 1)
