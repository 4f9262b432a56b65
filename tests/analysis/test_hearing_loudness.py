"""Loudness and true peak against the cases of EBU Tech 3341 and 3342."""

import numpy as np
import pytest

from songreel.analysis.loudness import SILENCE_LUFS, Meter

RATE = 48_000


def tone(level_db, seconds, *, hz=1000.0, phase=0.0, channels=2):
    t = np.arange(round(seconds * RATE)) / RATE
    wave = 10 ** (level_db / 20) * np.sin(2 * np.pi * hz * t + phase)
    return np.repeat(wave[None], channels, axis=0).astype(np.float32)


def read(*parts, block=65_536):
    meter, sound = Meter(RATE), np.concatenate(parts, axis=1)
    for start in range(0, sound.shape[1], block):
        meter.feed(sound[:, start : start + block])
    return meter.read()


@pytest.mark.parametrize("level", [-23.0, -33.0])
def test_a_steady_tone(level):
    assert read(tone(level, 20)).integrated_lufs == pytest.approx(level, abs=0.1)


def test_quiet_parts_are_gated_out():
    quiet, loud = tone(-36, 10), tone(-23, 60)
    assert read(quiet, loud, quiet).integrated_lufs == pytest.approx(-23, abs=0.1)
    assert read(tone(-72, 10), quiet, loud, quiet, tone(-72, 10)).integrated_lufs == pytest.approx(-23, abs=0.1)


def test_one_channel_is_half_as_loud_as_two():
    both, one = read(tone(-23, 10)), read(tone(-23, 10, channels=1))
    assert both.integrated_lufs - one.integrated_lufs == pytest.approx(3.01, abs=0.02)


@pytest.mark.parametrize(("low", "high", "wide"), [(-20, -30, 10), (-20, -15, 5), (-40, -20, 20)])
def test_loudness_range(low, high, wide):
    assert read(tone(low, 20), tone(high, 20)).range_lu == pytest.approx(wide, abs=1)


def test_the_peak_between_samples_is_found():
    between = read(tone(-6, 2, hz=RATE / 4, phase=np.pi / 4))
    assert between.true_peak_dbtp == pytest.approx(-6, abs=0.4)
    assert np.abs(tone(-6, 2, hz=RATE / 4, phase=np.pi / 4)).max() < 10 ** (-8.9 / 20)


def test_the_size_of_blocks_does_not_matter():
    sound = np.random.default_rng(3).standard_normal((2, 5 * RATE)).astype(np.float32) * 0.1
    large, small = read(sound, block=1 << 20), read(sound, block=7_777)
    assert small.integrated_lufs == pytest.approx(large.integrated_lufs, abs=0.01)
    assert small.true_peak_dbtp == pytest.approx(large.true_peak_dbtp, abs=0.01)


def test_silence_and_next_to_nothing():
    assert read(np.zeros((2, RATE), dtype=np.float32)).integrated_lufs == SILENCE_LUFS
    assert read(tone(-20, 0.05)).integrated_lufs == pytest.approx(-20, abs=2)
