"""Whether the sound of a video is the song: how far shifted, how much louder, how much longer.

Both are decoded to 48 kHz stereo and held against one another in short windows spread over the video; the shift is
where their cross-correlation peaks, to a fraction of a sample by a parabola through the peak.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from songreel.media import sound as media_sound
from songreel.media.loudness import Meter

Samples = NDArray[np.float32]
RATE = 48_000
_WINDOWS = 7
_WINDOW = 4 * RATE
_MARGIN = RATE // 4
_FAR = 10 * RATE
_QUIET = 1e-3
_ALIKE = 0.5


@dataclass(frozen=True, slots=True)
class SoundMatch:
    """The sound of a video against its song. ``offsets_ms`` are measured along the video; positive: it comes late.

    ``likeness`` is the mean correlation at the peaks, None when the song is silent in all windows. Lengths are in
    samples at 48 kHz, that of the song from where the video begins in it.
    """

    offsets_ms: tuple[float, ...]
    likeness: float | None
    samples: int
    song_samples: int
    lufs: float
    song_lufs: float

    @property
    def worst_ms(self) -> float:
        """Return the offset that is furthest from none."""
        return max(self.offsets_ms, key=abs, default=0.0)


@dataclass(frozen=True, slots=True)
class _Heard:
    windows: tuple[Samples, ...]
    samples: int
    lufs: float


def loudness(video: Path) -> float:
    """Return the loudness of a video's sound, in LUFS."""
    return _hear(media_sound.blocks(video, rate=RATE, channels=2), [], 0).lufs


def match(
    video: Path,
    song: Path,
    *,
    song_start: Fraction,
    seconds: Fraction,
    silent: Sequence[tuple[float, float]] = (),
) -> SoundMatch:
    """Compare the sound of a video that lasts so many seconds with a song from ``song_start`` on.

    Where the song is meant to be ``silent``, in seconds of the video, it is compared with silence.
    Raises BadMedia when one of them has no sound that can be decoded.
    """
    total = round(seconds * RATE)
    starts = [max(0, round((total - _WINDOW) * n / (_WINDOWS - 1))) for n in range(_WINDOWS)]
    here = _hear(media_sound.blocks(video, rate=RATE, channels=2), starts, _WINDOW)
    source = _but(media_sound.blocks(song, rate=RATE, channels=2, at=song_start, duration=seconds), silent)
    wide = [start - _MARGIN for start in starts]
    there = _hear(source, wide, _WINDOW + 2 * _MARGIN)
    found = [_shift(a, b, _MARGIN) for a, b in zip(here.windows, there.windows, strict=True)]
    heard = [pair for pair in found if pair is not None]
    if heard and np.mean([likeness for _, likeness in heard]) < _ALIKE:
        far = _search(video, song, song_start, starts[_WINDOWS // 2])
        heard = [far] if far else heard
    return SoundMatch(
        offsets_ms=tuple(shift * 1000 / RATE for shift, _ in heard),
        likeness=float(np.mean([likeness for _, likeness in heard])) if heard else None,
        samples=here.samples,
        song_samples=there.samples,
        lufs=here.lufs,
        song_lufs=there.lufs,
    )


def _but(blocks: Iterable[Samples], silent: Sequence[tuple[float, float]]) -> Iterator[Samples]:
    """Yield the blocks of a sound with nothing in some stretches, in seconds of it."""
    position = 0
    for block in blocks:
        length = block.shape[1]
        edges = [[round(each * RATE) - position for each in span] for span in silent]
        inside = [(max(low, 0), min(high, length)) for low, high in edges if low < length and high > 0]
        heard = block.copy() if inside else block
        for low, high in inside:
            heard[:, low:high] = 0
        yield heard
        position += length


def _hear(blocks: Iterable[Samples], starts: list[int], length: int) -> _Heard:
    """Keep the windows (mono, silent where the sound has not begun or is over), count and weigh all of it."""
    meter = Meter(RATE, 2)
    windows = [np.zeros(length, np.float32) for _ in starts]
    position = 0
    for block in blocks:
        meter.feed(block)
        mono = block.mean(axis=0)
        for start, window in zip(starts, windows, strict=True):
            first, last = max(start, position), min(start + length, position + len(mono))
            if first < last:
                window[first - start : last - start] = mono[first - position : last - position]
        position += len(mono)
    return _Heard(tuple(windows), position, meter.lufs())


def _shift(window: Samples, wide: Samples, margin: int) -> tuple[float, float] | None:
    """Return (samples by which ``window`` comes late, correlation there); None where the song is silent."""
    if np.abs(wide[margin : margin + len(window)]).max(initial=0) < _QUIET:
        return None
    if np.abs(window).max(initial=0) < _QUIET:
        return 0.0, 0.0
    products = _products(wide, window)
    power = np.cumsum(np.concatenate([[0.0], np.square(wide, dtype=np.float64)]))
    scale = np.sqrt(
        (power[len(window) :] - power[: -len(window)]).clip(1e-12) * np.square(window, dtype=np.float64).sum()
    )
    likeness = products / scale
    peak = int(np.argmax(likeness))
    return margin - (peak + _vertex(likeness, peak)), float(likeness[peak])


def _products(wide: Samples, window: Samples) -> NDArray[np.float64]:
    """Return the products of a window with all stretches of a wider one, shape (len(wide) − len(window) + 1,)."""
    size = 1 << (len(wide) - 1).bit_length()
    spectrum = np.fft.rfft(wide.astype(np.float64), size) * np.conj(np.fft.rfft(window.astype(np.float64), size))
    return np.asarray(np.fft.irfft(spectrum, size)[: len(wide) - len(window) + 1])


def _vertex(curve: NDArray[np.float64], peak: int) -> float:
    if not 0 < peak < len(curve) - 1:
        return 0.0
    left, top, right = curve[peak - 1 : peak + 2]
    bend = left - 2 * top + right
    return float(0.5 * (left - right) / bend) if bend < 0 else 0.0


def _search(video: Path, song: Path, song_start: Fraction, start: int) -> tuple[float, float] | None:
    """Look for one window of the video up to ten seconds away in the song."""
    here = _hear(media_sound.blocks(video, rate=RATE, channels=2), [start], _WINDOW)
    source = media_sound.blocks(song, rate=RATE, channels=2, at=song_start)
    there = _hear(source, [start - _FAR], _WINDOW + 2 * _FAR)
    return _shift(here.windows[0], there.windows[0], _FAR)
