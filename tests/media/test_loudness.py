"""Loudness and true peak against the cases of EBU Tech 3341 and 3342."""

import numpy as np
import pytest

from songreel.media.loudness import SILENCE_LUFS, Meter, PeakMeter

RATE = 48_000


def tone(level_db, seconds, *, hz=997.0, phase=0.0, channels=2):
    t = np.arange(round(seconds * RATE)) / RATE
    wave = 10 ** (level_db / 20) * np.sin(2 * np.pi * hz * t + phase)
    return np.repeat(wave[None], channels, axis=0).astype(np.float32)


def read(meter, *parts, block=65_536):
    sound = np.concatenate(parts, axis=1)
    for start in range(0, sound.shape[1], block):
        meter.feed(sound[:, start : start + block])
    return meter


def lufs(*parts, channels=2, block=65_536):
    return read(Meter(RATE, channels), *parts, block=block).lufs()


def dbtp(*parts, block=65_536):
    return read(PeakMeter(2), *parts, block=block).dbtp()


@pytest.mark.parametrize(
    "parts",
    [
        [(-23, 20)],
        [(-36, 10), (-23, 60), (-36, 10)],
        [(-72, 10), (-36, 10), (-23, 60), (-36, 10), (-72, 10)],
        [(-26, 20), (-20, 20.1), (-26, 20)],
    ],
)
@pytest.mark.parametrize("block", [4_801, 1 << 18])
def test_loudness_is_that_of_the_reference_signals(parts, block):
    """EBU Tech 3341, test cases 1 and 3 to 5: within 0.1 LU."""
    assert lufs(*(tone(*part) for part in parts), block=block) == pytest.approx(-23, abs=0.1)


def test_a_quiet_tone():
    """EBU Tech 3341, test case 2."""
    assert lufs(tone(-33, 20)) == pytest.approx(-33, abs=0.1)


def test_one_channel_is_half_as_loud_as_two():
    both, one = lufs(tone(-23, 10)), lufs(tone(-23, 10, channels=1), channels=1)
    assert both - one == pytest.approx(3.01, abs=0.02)


@pytest.mark.parametrize(("low", "high", "wide"), [(-20, -30, 10), (-20, -15, 5), (-40, -20, 20)])
def test_loudness_range(low, high, wide):
    assert read(Meter(RATE, 2), tone(low, 20), tone(high, 20)).range_lu() == pytest.approx(wide, abs=1)


def test_the_peak_between_samples_is_found():
    between = dbtp(tone(-6, 2, hz=RATE / 4, phase=np.pi / 4))
    assert between == pytest.approx(-6, abs=0.4)
    assert np.abs(tone(-6, 2, hz=RATE / 4, phase=np.pi / 4)).max() < 10 ** (-8.9 / 20)


def test_the_size_of_blocks_does_not_matter():
    sound = np.random.default_rng(3).standard_normal((2, 5 * RATE)).astype(np.float32) * 0.1
    assert lufs(sound, block=7_777) == pytest.approx(lufs(sound, block=1 << 20), abs=0.001)
    assert dbtp(sound, block=7_777) == pytest.approx(dbtp(sound, block=1 << 20), abs=0.01)


def test_reading_changes_nothing():
    sound = tone(-20, 3.3)
    meter = read(Meter(RATE, 2), sound[:, :50_001])
    meter.lufs()
    assert read(meter, sound[:, 50_001:]).lufs() == pytest.approx(lufs(sound), abs=0.001)


def test_silence_and_next_to_nothing():
    assert lufs(np.zeros((2, RATE), dtype=np.float32)) == SILENCE_LUFS
    assert Meter(RATE, 2).lufs() == SILENCE_LUFS
    assert lufs(tone(-20, 0.05)) == pytest.approx(-20, abs=2)
