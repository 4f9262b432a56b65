"""Sound comes out where it went in: whatever the container, rate and channels."""

import wave
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from made import CLICK, CLICK_MIDDLE, SONGS, click, peak_at, write_song
from songreel.base.errors import BadMedia
from songreel.media import probe, sound


def whole(path, rate=48_000, channels=2, **part):
    return np.concatenate(list(sound.blocks(path, rate=rate, channels=channels, **part)), axis=1)


@pytest.mark.parametrize("name", SONGS)
@pytest.mark.parametrize("rate", [48_000, 44_100])
def test_a_click_decodes_where_it_was_put(tmp_path, name, rate):
    if name in ("a.opus", "a.webm") and rate != 48_000:
        pytest.skip("Opus is always 48 kHz")
    path = write_song(tmp_path / name, click(rate=rate), rate=rate)
    lossless = SONGS[name][2]
    found = whole(path, rate=rate)
    assert abs(peak_at(found) - CLICK_MIDDLE) <= (0.1 if lossless else 0.0005 * rate)
    assert found.dtype == np.float32
    assert probe.song(path).duration == Fraction(found.shape[1], rate)
    if lossless or name in ("a.mp3", "a.m4a", "a.mp4", "a.mov", "a.opus", "a.webm"):
        assert found.shape[1] == 2 * rate
    else:
        # Nothing in a bare AAC stream, nor in AAC inside Matroska, says how much of the last frame is padding.
        assert 2 * rate <= found.shape[1] <= 2 * rate + 2048


@pytest.mark.parametrize(
    ("rate", "channels"), [(8_000, 1), (11_025, 2), (22_050, 6), (44_100, 1), (88_200, 2), (96_000, 6), (192_000, 2)]
)
def test_any_rate_and_channels_become_what_is_asked(tmp_path, rate, channels):
    made = click(1, rate, channels, at=rate // 2)
    path = write_song(tmp_path / "a.wav", made, rate=rate)
    asset = probe.song(path)
    assert (asset.sample_rate, asset.channels, asset.duration) == (rate, channels, 1)
    for asked in (22_050, 48_000):
        found = whole(path, rate=asked, channels=1)
        assert abs(found.shape[1] - asked) <= 1
        assert abs(peak_at(found) / asked - (rate // 2 + 19.5) / rate) < 0.001
        assert np.abs(found).max() <= 1.01


@pytest.mark.parametrize("channels", [3, 4, 5, 7, 8, 12, 16])
def test_any_number_of_channels_is_heard(tmp_path, channels):
    """Written plainly: such files seldom say which loudspeaker a channel is for."""
    made = (click(1, channels=channels, at=CLICK).T * 32_767).astype("<i2")
    with wave.open(str(tmp_path / "a.wav"), "wb") as out:
        out.setparams((channels, 2, 48_000, 0, "NONE", ""))
        out.writeframes(made.tobytes())
    assert probe.song(tmp_path / "a.wav").channels == channels
    for asked in (1, 2):
        found = whole(tmp_path / "a.wav", channels=asked)
        assert found.shape == (asked, 48_000)
        assert abs(peak_at(found) - CLICK_MIDDLE) < 0.1
        assert 0.2 < np.abs(found).max() <= 1


def test_mono_is_heard_at_its_own_level_on_both_sides(tmp_path):
    path = write_song(tmp_path / "a.wav", click(channels=1))
    found = whole(path)
    assert np.array_equal(found[0], found[1])
    assert np.abs(found).max() == pytest.approx(0.9, abs=0.01)


@pytest.fixture(scope="module")
def tone(tmp_path_factory):
    made = np.random.default_rng(3).uniform(-0.5, 0.5, (2, 200_000)).astype(np.float32)
    return write_song(tmp_path_factory.mktemp("tone") / "a32.wav", made, rate=44_100), made


@given(at=st.integers(0, 199_000), count=st.integers(1, 100_000))
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_part_is_the_same_samples_as_in_the_whole(tone, at, count):
    path, made = tone
    part = whole(path, rate=44_100, at=Fraction(at, 44_100), duration=Fraction(count, 44_100))
    assert np.array_equal(part, made[:, at : at + count])


def test_a_resampled_part_is_cut_from_the_resampled_whole(tone):
    path, _ = tone
    all_of_it = whole(path, rate=48_000)
    part = whole(path, rate=48_000, at=Fraction(12_345, 48_000), duration=Fraction(1))
    assert np.array_equal(part, all_of_it[:, 12_345 : 12_345 + 48_000])


def test_blocks_are_small_whatever_the_length(tmp_path):
    path = write_song(tmp_path / "a.flac", np.tile(click(), 30))
    sizes = [block.shape[1] for block in sound.blocks(path, rate=48_000, channels=2)]
    assert sum(sizes) == 60 * 48_000
    assert max(sizes) <= 2 * sound.BLOCK_SAMPLES


def test_a_few_damaged_packets_are_passed_over_and_many_are_refused(tmp_path):
    noise = np.random.default_rng(1).uniform(-0.5, 0.5, (2, 480_000)).astype(np.float32)
    path = write_song(tmp_path / "a.mp3", noise)
    data = bytearray(path.read_bytes())
    hurt = bytearray(data)
    hurt[50_000:50_400] = bytes(400)
    path.write_bytes(hurt)
    assert probe.song(path).duration == pytest.approx(10, abs=0.2)
    path.write_bytes(data[:2000] + bytes(len(data) - 2000))
    with pytest.raises(BadMedia):
        probe.song(path)


def surround(levels, seed=4):
    """Two seconds of noise that differs by channel: left, right, center, low effects, two surrounds."""
    rng = np.random.default_rng(seed)
    return (rng.standard_normal((6, 96_000)) * np.array(levels)[:, None]).astype(np.float32)


@pytest.mark.parametrize("levels", [(0.05,) * 6, (0.02, 0.02, 0.1, 0.05, 0.02, 0.02), (0.1, 0.1, 0.0, 0.0, 0.05, 0.05)])
def test_surround_sound_is_mixed_as_loud_as_it_is(tmp_path, levels):
    path = write_song(tmp_path / "a.flac", surround(levels), layout="5.1")
    mixed = np.concatenate(list(sound.blocks(path, rate=48_000, channels=2)), axis=1)
    left, right, center, _, behind_left, behind_right = (level**2 for level in levels)
    by_itu = left + right + 2 * 0.5 * center + 0.5 * (behind_left + behind_right)
    power = (mixed.astype(float) ** 2).mean(axis=1).sum()
    assert abs(10 * np.log10(power / by_itu)) < 0.3


def test_loud_surround_sound_does_not_clip(tmp_path):
    tone = np.tile(0.9 * np.sin(np.arange(48_000) / 9).astype(np.float32), (6, 1))
    path = write_song(tmp_path / "a.flac", tone, layout="5.1")
    peak = max(np.abs(block).max() for block in sound.blocks(path, rate=48_000, channels=2))
    assert 0.95 < peak <= 1.0
