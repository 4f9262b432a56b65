"""Footage taken apart on clips whose cuts are known: like-colored cuts are found, motion is not taken for one."""

from __future__ import annotations

import tracemalloc
from fractions import Fraction

import cv2
import numpy as np
import pytest

from songreel.media import look, probe, shots
from songreel.media.encode import Encoder
from songreel.model.preset import Encoding
from songreel.model.timeline import Canvas
from songreel.visuals import pixels

WIDTH, HEIGHT, FPS = 320, 180, 25


def picture(seed, width=WIDTH + 500, height=HEIGHT + 120, *, palette=((20, 40, 70), (230, 180, 120))):
    """Detail at all scales between two colors, as in photographs of one place: all seeds have the same histogram."""
    rng = np.random.default_rng(seed)
    across = np.hypot(np.fft.fftfreq(height)[:, None], np.fft.fftfreq(width)[None])
    across[0, 0] = 1
    levels = np.real(np.fft.ifft2(np.fft.fft2(rng.normal(size=across.shape)) / across))
    share = (np.argsort(np.argsort(levels.ravel())) / levels.size).reshape(levels.shape)[..., None]
    low, high = (np.array(color, float) for color in palette)
    return (low + (high - low) * share).astype(np.uint8)


def film(path, stretches, width=WIDTH, height=HEIGHT):
    """Write stretches of (seconds, function of the frame's number → RGB)."""
    with Encoder(path, Canvas(width=width, height=height, fps=Fraction(FPS)), Encoding(quality=20)) as encoder:
        for seconds, draw in stretches:
            for number in range(round(seconds * FPS)):
                encoder.write(pixels.from_rgb(np.ascontiguousarray(draw(number)), width, height))
    return path


def seen(path):
    return look.material(path, probe.footage(path))


def pan(of, speed=2, down=0.0):
    def draw(number):
        x, y = int(speed * number) % 480, int(down * number) % 100
        return of[y : y + HEIGHT, x : x + WIDTH]

    return draw


def zoom(of, speed=0.004):
    def draw(number):
        part = 1 / (1 + speed * number)
        high, wide = int(HEIGHT * part), int(WIDTH * part)
        return cv2.resize(of[60 : 60 + high, 100 : 100 + wide], (WIDTH, HEIGHT), interpolation=cv2.INTER_LINEAR)

    return draw


def runner(of):
    """A dark figure, a third of the frame high, that runs through the frame in two seconds."""

    def draw(number):
        frame = of[:HEIGHT, :WIDTH].copy()
        cv2.ellipse(frame, (int(number * WIDTH / 50) % WIDTH, 100), (22, 60), 0, 0, 360, (20, 15, 30), -1)
        return frame

    return draw


def strobe(of):
    return lambda number: np.clip(pan(of, 1)(number).astype(int) + (90 if number % 12 == 0 else 0), 0, 255)


def shake(of, reach=9, seed=5):
    offsets = np.random.default_rng(seed).integers(-reach, reach + 1, (400, 2)) + reach + 5

    def draw(number):
        x, y = offsets[number // 2]
        return of[y : y + HEIGHT, x : x + WIDTH]

    return draw


def credits(number):
    frame = np.full((HEIGHT, WIDTH, 3), 6, np.uint8)
    for line in range(12):
        y = 40 + 30 * line - number
        words = ("Directed by A. Person", "Camera: Someone Else", "Thanks to everybody")[line % 3]
        cv2.putText(frame, words, (50, y), cv2.FONT_HERSHEY_SIMPLEX, 0.55, (230, 230, 230), 1, cv2.LINE_AA)
    return frame


def night(number):
    """A street at night: lamps with halos, far apart, that pass by."""
    frame = np.full((HEIGHT, WIDTH, 3), (10, 10, 18), np.uint8)
    for lamp in range(9):
        x, y = (40 * lamp + 2 * number) % (WIDTH + 40) - 20, 60 + 23 * (lamp % 4)
        cv2.circle(frame, (x, y), 14, (90, 60, 20), -1)
        cv2.circle(frame, (x, y), 6, (255, 190, 90), -1)
    return frame


CUTS = (2.0, 4.0, 6.2, 8.2, 9.4)


@pytest.fixture(scope="module")
def like_colored(tmp_path_factory):
    of = [picture(seed) for seed in range(6)]
    ways = (pan(of[0]), pan(of[1], 3), zoom(of[2]), pan(of[3], 0.7, 0.7), runner(of[4]), pan(of[5], 5))
    lengths = np.diff([0, *CUTS, 12.0])
    return seen(film(tmp_path_factory.mktemp("cuts") / "a.mkv", list(zip(lengths, ways, strict=True))))


def test_cuts_between_like_colored_pictures_are_found(like_colored):
    starts = [shot.start for shot in like_colored.shots]
    for cut in CUTS:
        assert min(abs(start - cut) for start in starts) <= 0.15, cut
    assert len(like_colored.shots) <= len(CUTS) + 2
    assert not any(shot.start < cut - 0.01 and shot.end > cut + 0.01 for shot in like_colored.shots for cut in CUTS)


@pytest.mark.parametrize(
    "way",
    [pan, zoom, runner, strobe, lambda of: pan(of, 4.5, 0.5), lambda of: zoom(of, 0.01)],
    ids=["pan", "zoom", "runner", "strobe", "fast pan", "fast zoom"],
)
@pytest.mark.parametrize("seed", [11, 12])
def test_motion_and_flashes_are_no_cuts(way, seed, tmp_path):
    path = film(tmp_path / "a.mkv", [(4, way(picture(seed)))])
    samples = shots.watch(path, probe.footage(path)).samples
    assert len(samples) > 30
    assert len(shots.shots(samples, 4.0)) == 1


def test_a_shaking_stretch_is_parted_and_worth_nothing(tmp_path):
    of = picture(3)
    material = seen(film(tmp_path / "a.mkv", [(4, pan(of, 1)), (4, shake(of)), (4, pan(of, 2))]))

    def score(at):
        return max((shot.score for shot in material.shots if shot.start <= at < shot.end), default=0.0)

    assert score(1.5) > 0.4
    assert score(6) < 0.1
    assert score(10.5) > 0.4


def test_a_fast_even_pan_does_not_shake(tmp_path):
    material = seen(film(tmp_path / "a.mkv", [(3, pan(picture(3), 6))]))
    assert max(shot.shake for shot in material.shots) < 0.3


def test_credits_are_worth_nothing_and_a_night_is(tmp_path):
    rolling = seen(film(tmp_path / "a.mkv", [(4, credits)]))
    assert max(shot.score for shot in rolling.shots) < 0.1
    assert max(shot.score for shot in seen(film(tmp_path / "b.mkv", [(4, night)])).shots) > 0.1


def test_a_clip_of_few_columns_is_looked_at_in_little_memory(tmp_path):
    path = tmp_path / "tall.mkv"
    with Encoder(path, Canvas(width=16, height=7680, fps=Fraction(FPS)), Encoding(speed="ultrafast")) as encoder:
        for number in range(2):
            encoder.write(np.full((7680 * 3 // 2, 16), 100 + number, np.uint8))
    asset = probe.footage(path)
    tracemalloc.start()
    seen = shots.watch(path, asset)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert seen.samples
    assert most < 64 << 20
