"""Footage cut into shots, each judged: is it sharp, does it move, is it lit.

Samples are taken at 10 a second at most. A cut is a jump of the color histogram, or a picture that has nothing to do
with the two before it, that stands out from the samples around it. Within a shot, stretches that are black, blurred,
frozen, shaking or credits are parted from the rest.
All measures are 0…1.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import cv2
import numpy as np
from av.codec.context import ThreadType
from av.container import InputContainer
from av.video.frame import VideoFrame
from av.video.reformatter import VideoReformatter
from av.video.stream import VideoStream
from numpy.typing import NDArray

from songreel.base.errors import BadMedia
from songreel.base.series import running_median
from songreel.media import likeness, opening, saliency
from songreel.model.asset import Asset
from songreel.model.material import Shot

SAMPLES_PER_S = 10
_WIDTH = 480
# What is taller than this is looked at squeezed: a few columns of thousands of lines would fill the memory.
_TALLEST = 4 * _WIDTH
_COARSE = 160
_COLOR_EVERY_S = 2.0
_FACES_EVERY_S = 1.0
_CUT, _NOVEL, _NOVEL_LEAST_CHANGE = 0.3, 0.5, 0.02
_CUT_OVER_USUAL, _NOVEL_OVER_USUAL = 3.0, 2.5
_STEADY, _SHAKING = 0.006, 0.02
_SHAKE_S = 1.0
_NEAR_S = 0.25
"""Samples that are farther apart say nothing of a camera's hand."""
_FROZEN = 0.0008
_SHORTEST_S = 0.5
# Decoding budget: frames of 1080p that are all decoded, and that are decoded but for those no other refers to.
_ALL, _REFERENCES = 1800 * 1920 * 1080, 5400 * 1920 * 1080


@dataclass(frozen=True, slots=True)
class Sample:
    """One moment: ``change`` is the histogram's jump from the sample before, ``motion`` the mean difference.

    ``novelty`` says how little it has to do with the sample before; those that end in ``two`` compare it with the one
    before that. ``jerk`` is by how much the camera's way changed, in shares of the width, nan where that is unknown.
    """

    time: float
    change: float
    motion: float
    sharpness: float
    exposure: float
    x: float
    y: float
    face: bool
    change_two: float = 0.0
    novelty: float = 0.0
    novelty_two: float = 0.0
    jerk: float = math.nan
    credits: bool = False
    glance: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """What was sampled of a clip: the moments, and small RGB pictures of it for its colors."""

    samples: tuple[Sample, ...]
    pictures: tuple[NDArray[np.uint8], ...]


def watch(path: Path, asset: Asset) -> Seen:
    """Sample a clip from end to end; long ones by their reference or key frames alone. Raises BadMedia."""
    eye = _Eye()
    with opening.opened(path) as container:
        stream = opening.moving_picture(container)
        if stream is None:
            raise BadMedia(f"{path.name} has no moving picture", advice="Use an MP4, MOV, AVI, WebM or MKV clip.")
        stream.codec_context.thread_type = ThreadType.AUTO
        load = asset.duration * asset.fps * asset.width * asset.height
        stream.codec_context.skip_frame = "DEFAULT" if load <= _ALL else "NONREF" if load <= _REFERENCES else "NONKEY"
        for time, frame in _sampled(container, stream):
            eye.look(time, frame, asset.rotation)
    if not eye.samples:
        raise BadMedia(f"no picture of {path.name} can be decoded", advice="Convert it to MP4, or use another clip.")
    return Seen(tuple(eye.samples), tuple(eye.pictures))


def shots(samples: Sequence[Sample], duration: float) -> tuple[Shot, ...]:
    """Part samples into shots, in the order of time; a stretch between two samples of different shots is in none."""
    cuts = set(_cuts(samples))
    borders = sorted({0, len(samples), *cuts, *_turns(samples)})
    found = []
    for first, last in itertools.pairwise(borders):
        part = samples[first:last]
        end = duration if last == len(samples) else samples[last].time
        # Where the cut is between the two samples is not known: one frame of the next shot would be seen as a flash.
        end = min(part[-1].time if last in cuts else end, duration)
        if end > part[0].time:
            found.append(_judged(part, end))
    return tuple(found)


def _sampled(container: InputContainer, stream: VideoStream) -> Iterator[tuple[float, VideoFrame]]:
    origin: Fraction | None = None
    due = Fraction(0)
    base = stream.time_base or Fraction(1)
    demuxer = container.demux(stream)
    while True:
        try:
            packet = next(demuxer, None)
            frames = packet.decode() if packet is not None else []
        except av.FFmpegError:
            continue
        if packet is None:
            return
        for frame in frames:
            stamp = frame.pts if frame.pts is not None else frame.dts
            if stamp is None:
                continue
            origin = stamp * base if origin is None else origin
            time = stamp * base - origin
            if time >= due:
                due = time + Fraction(9, 10 * SAMPLES_PER_S)
                yield float(time), frame


class _Eye:
    """Looks at one frame after another, remembering the last."""

    def __init__(self) -> None:
        self.samples: list[Sample] = []
        self.pictures: list[NDArray[np.uint8]] = []
        self._reformatter = VideoReformatter()
        self._last: NDArray[np.uint8] | None = None
        self._histograms: list[NDArray[np.float64]] = []
        self._smalls: list[NDArray[np.float32]] = []
        self._way: tuple[float, float] | None = None
        self._next_color = self._next_face = 0.0

    def look(self, time: float, frame: VideoFrame, rotation: int) -> None:
        height = min(max(16, round(_WIDTH * frame.height / frame.width / 2) * 2), _TALLEST)
        shown = self._reformatter.reformat(
            frame, width=_WIDTH, height=height, format="rgb24", interpolation="AREA", threads=1
        )
        rgb = np.ascontiguousarray(np.rot90(np.asarray(shown.to_ndarray(), np.uint8), -rotation // 90))
        gray = np.asarray(cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY), np.uint8)
        size = (_COARSE, max(8, _COARSE * rgb.shape[0] // rgb.shape[1]))
        coarse = np.asarray(cv2.resize(rgb, size, interpolation=cv2.INTER_AREA), np.uint8)
        histogram = _histogram(coarse)
        small = np.asarray(cv2.cvtColor(coarse, cv2.COLOR_RGB2GRAY), np.uint8)
        motion = 0.0 if self._last is None else float(cv2.absdiff(small, self._last).mean() / 255)
        jumps = [float(np.abs(histogram - each).sum() / 2) for each in self._histograms]
        self._histograms = [*self._histograms[-1:], histogram]
        face = saliency.faces(gray) if time >= self._next_face else None
        self._next_face = time + _FACES_EVERY_S if time >= self._next_face else self._next_face
        x, y = face or saliency.standout(coarse)
        novelty, novelty_two, jerk = self._compared(time, likeness.small(small))
        self.samples.append(
            Sample(
                time=time,
                change=jumps[-1] if jumps else 0.0,
                change_two=jumps[0] if jumps else 0.0,
                motion=motion,
                sharpness=_sharpness(gray),
                exposure=_exposure(small),
                x=x,
                y=y,
                face=face is not None,
                novelty=novelty,
                novelty_two=novelty_two,
                jerk=jerk,
                credits=likeness.is_credits(gray, coarse),
                glance=likeness.taken(coarse),
            )
        )
        if time >= self._next_color:
            self.pictures.append(np.asarray(cv2.resize(coarse, (32, 32), interpolation=cv2.INTER_AREA), np.uint8))
            self._next_color = time + _COLOR_EVERY_S
        self._last = small

    def _compared(self, time: float, now: NDArray[np.float32]) -> tuple[float, float, float]:
        """Return how little a picture has to do with the last one and the one before, and the camera's jerk."""
        before = self._smalls[-2:]
        self._smalls = [*before[-1:], now]
        if not before:
            return 0.0, 0.0, math.nan
        moved = likeness.step(before[-1], now)
        two = likeness.step(before[0], now).novelty if len(before) == 2 else moved.novelty
        near = time - self.samples[-1].time < _NEAR_S
        way = (moved.dx, moved.dy) if moved.sure and near else None
        last, self._way = self._way, way
        jerk = math.hypot(way[0] - last[0], way[1] - last[1]) if way and last else math.nan
        return moved.novelty, two, jerk


def _histogram(rgb: NDArray[Any]) -> NDArray[np.float64]:
    bins = cv2.calcHist([rgb], [0, 1, 2], None, [8, 8, 8], [0, 256] * 3).ravel()
    return np.asarray(bins / bins.sum(), np.float64)


def _sharpness(gray: NDArray[np.uint8]) -> float:
    """Return how fine the detail is for the contrast there is: the Laplacian's spread over the picture's own.

    Smoothed first, so that noise does not pass for detail.
    """
    smooth = cv2.GaussianBlur(gray, (0, 0), 1)
    detail = float(cv2.Laplacian(smooth, cv2.CV_32F).std())
    return _ramp(detail / (float(gray.std()) + 12), 0.05, 0.18)


def _exposure(gray: NDArray[np.uint8]) -> float:
    """Return how well lit a picture is: 0 when black, white or flat."""
    level, spread = float(gray.mean()) / 255, float(gray.std()) / 255
    return _ramp(level, 0.02, 0.15) * (1 - _ramp(level, 0.85, 0.97)) * _ramp(spread, 0.005, 0.05)


def _ramp(value: float, low: float, high: float) -> float:
    return float(np.clip((value - low) / (high - low), 0, 1))


def _cuts(samples: Sequence[Sample]) -> list[int]:
    """Return the samples that begin a shot."""
    change = np.array([sample.change for sample in samples])
    novelty = np.array([sample.novelty for sample in samples])
    around = 2 * SAMPLES_PER_S + 1
    colored = (change > _CUT) & (change > _CUT_OVER_USUAL * running_median(change, around))
    unlike = (novelty > _NOVEL) & (novelty > _NOVEL_OVER_USUAL * running_median(novelty, around))
    colored &= _stays([sample.change_two for sample in samples], _CUT / 2)
    unlike &= _stays([sample.novelty_two for sample in samples], _NOVEL) & (change > _NOVEL_LEAST_CHANGE)
    return [int(index) for index in np.flatnonzero(colored | unlike) if index]


def _stays(over_two: Sequence[float], least: float) -> NDArray[np.bool_]:
    """Return where what is new is no flash: the picture after a flash is again like the one before it."""
    far = np.asarray(over_two) > least
    return np.asarray(far & np.append(far[1:], True))


def _turns(samples: Sequence[Sample]) -> list[int]:
    """Return the samples at which a stretch becomes unusable or usable again, passing over short ones."""
    shaken = _shaken(samples) > (_STEADY + _SHAKING) / 2
    usable = [_usable(sample) and not shaking for sample, shaking in zip(samples, shaken, strict=True)]
    # The difference at a cut says nothing of what follows it.
    steady = running_median(usable, 2 * round(_SHORTEST_S * SAMPLES_PER_S) - 1)
    return [int(index) + 1 for index in np.flatnonzero(np.diff(steady))]


def _shaken(samples: Sequence[Sample]) -> NDArray[np.float64]:
    """Return the usual jerk about each sample; where the camera's way cannot be told it is at rest."""
    return running_median(np.nan_to_num([sample.jerk for sample in samples]), round(_SHAKE_S * SAMPLES_PER_S) | 1)


def _usable(sample: Sample) -> bool:
    frozen = sample.motion < _FROZEN and sample.time > 0
    return sample.exposure > 0.1 and sample.sharpness > 0.05 and not frozen and not sample.credits


def _judged(part: Sequence[Sample], end: float) -> Shot:
    sharpness = float(np.median([sample.sharpness for sample in part]))
    exposure = float(np.median([sample.exposure for sample in part]))
    # The first sample's difference is to the shot before.
    moved = float(np.median([sample.motion for sample in part[1:]])) if len(part) > 1 else 0.0
    motion = 1 - float(np.exp(-moved / 0.04))
    frozen = len(part) > 1 and moved < _FROZEN
    shake = _ramp(float(np.median(_jerks(part))), _STEADY, _SHAKING)
    titles = sum(sample.credits for sample in part) > len(part) / 2
    lively = 0.0 if frozen or titles else 0.65 + 0.35 * float(np.exp(-(((motion - 0.45) / 0.35) ** 2)))
    focus = [sample for sample in part if sample.face] or list(part)
    return Shot(
        start=round(part[0].time, 3),
        end=round(end, 3),
        sharpness=round(sharpness, 3),
        motion=round(motion, 3),
        exposure=round(exposure, 3),
        score=round(exposure * _ramp(sharpness, 0.05, 0.4) * lively * (1 - shake), 3),
        shake=round(shake, 3),
        glance=part[len(part) // 2].glance,
        x=round(float(np.clip(np.median([sample.x for sample in focus]), 0, 1)), 3),
        y=round(float(np.clip(np.median([sample.y for sample in focus]), 0, 1)), 3),
    )


def _jerks(part: Sequence[Sample]) -> list[float]:
    """Return the jerks within a shot; those of its first two samples are against the shot before."""
    return [sample.jerk for sample in part[2:] if not math.isnan(sample.jerk)] or [0.0]
