"""What is drawn of the sound: tones in their bands, silence at rest, the same rows wherever the video begins."""

import wave
from fractions import Fraction

import numpy as np
import pytest
import world
from hypothesis import given
from hypothesis import strategies as st

from songreel.render import sound

FPS = Fraction(30)


def write(path, samples, rate=48000):
    with wave.open(str(path), "wb") as out:
        out.setnchannels(1 if samples.ndim == 1 else samples.shape[1])
        out.setsampwidth(2)
        out.setframerate(rate)
        out.writeframes((np.clip(samples, -1, 1) * 32000).astype("<i2").tobytes())
    return path


@pytest.mark.parametrize("hz", [60, 220, 1000, 6000])
def test_a_tone_stands_in_its_own_band(tmp_path, hz):
    at = np.arange(48000 * 2) / 48000
    heard = sound.listen(
        write(tmp_path / "tone.wav", np.sin(2 * np.pi * hz * at)), fps=FPS, start=Fraction(0), count=60
    )
    position = np.log(hz / sound.LOWEST_HZ) / np.log(sound.HIGHEST_HZ / sound.LOWEST_HZ) * sound.BANDS
    assert np.argmax(heard.rows[30, : sound.BANDS]) == pytest.approx(position - 0.5, abs=1.5)
    assert heard.rows.shape == (60, 2 * sound.BANDS + sound.BINS)


def test_a_click_is_on_its_frame_and_its_peak_outlasts_it(tmp_path):
    samples = np.zeros(48000 * 3)
    samples[48000 : 48000 + 480] = np.sin(np.arange(480) / 4)
    heard = sound.listen(write(tmp_path / "click.wav", samples), fps=FPS, start=Fraction(0), count=90)
    levels = heard.rows[:, : sound.BANDS].sum(axis=1).astype(int)
    peaks = heard.rows[:, sound.BANDS : 2 * sound.BANDS].sum(axis=1).astype(int)
    assert np.argmax(levels) == pytest.approx(31, abs=2)
    assert levels[:27].max() == 0
    assert (peaks[levels.argmax() :] >= levels[levels.argmax() :]).all()
    assert peaks[40] > levels[40]


@pytest.mark.parametrize("fps", [Fraction(24), Fraction(30000, 1001)])
def test_the_waveform_of_a_frame_is_the_sound_about_its_moment(tmp_path, fps):
    samples = np.zeros(48000 * 4)
    samples[48000 * 2 : 48000 * 2 + 4800] = 0.5
    heard = sound.listen(write(tmp_path / "step.wav", samples), fps=fps, start=Fraction(0), count=int(4 * fps))
    loud = [
        frame
        for frame in range(int(4 * fps))
        if sound.wave_at(heard.wave, float(frame / fps) + sound.WINDOW / sound.RATE / 2)[:, 0].max() > 0.25
    ]
    assert loud[0] == pytest.approx(float(2 * fps), abs=2)
    assert loud[-1] == pytest.approx(float(2.1 * fps), abs=2)


def test_frames_outside_the_song_are_silent(tmp_path):
    song = world.write_song(tmp_path / "song.wav", 1.0)
    heard = sound.listen(song, fps=FPS, start=Fraction(-1), count=120)
    assert not heard.rows[:25, : sound.BANDS].any()
    assert heard.rows[35, : sound.BANDS].any()
    assert not heard.rows[100:, : sound.BANDS].any()
    assert sound.wave_at(heard.wave, 1e3).shape == (sound.WAVE_SAMPLES, 2)


def test_a_video_that_begins_in_the_song_hears_what_is_there(tmp_path):
    song = world.write_song(tmp_path / "song.wav", 4.0)
    whole = sound.listen(song, fps=FPS, start=Fraction(0), count=120)
    part = sound.listen(song, fps=FPS, start=Fraction(2), count=60)
    # Each is scaled to what is heard in it, so the shape is compared: the clicks are on the same frames.
    levels = [heard.rows[:, : sound.BANDS].sum(axis=1).astype(float) for heard in (whole, part)]
    assert np.corrcoef(levels[0][75:115], levels[1][15:55])[0, 1] > 0.98
    moment = 1.0 + sound.WINDOW / sound.RATE / 2
    assert sound.wave_at(part.wave, moment) == pytest.approx(sound.wave_at(whole.wave, moment + 2), abs=0.02)


def test_every_band_of_a_dense_song_moves(tmp_path):
    chance = np.random.default_rng(5)
    at = np.arange(48000 * 6) / 48000
    noise = 0.4 * chance.standard_normal(len(at)) * (0.5 + 0.5 * np.sin(2 * np.pi * at / 2) ** 2)
    heard = sound.listen(write(tmp_path / "noise.wav", noise), fps=FPS, start=Fraction(0), count=180)
    levels = heard.rows[20:160, : sound.BANDS] / 255
    assert levels.mean() < 0.7
    assert (np.ptp(levels, axis=0) > 0.15).all()


@pytest.mark.parametrize("fps", [Fraction(24), Fraction(60)])
def test_peaks_hang_and_then_fall_as_things_do(tmp_path, fps):
    samples = np.zeros(48000 * 3)
    samples[48000 : 48000 + 9600] = np.sin(np.arange(9600) / 4)
    heard = sound.listen(write(tmp_path / "burst.wav", samples), fps=fps, start=Fraction(0), count=int(3 * fps))
    band = int(heard.rows[:, : sound.BANDS].max(axis=0).argmax())
    peaks = heard.rows[:, sound.BANDS + band] / 255
    top = len(peaks) - 1 - int(peaks[::-1].argmax())
    since = (np.arange(len(peaks)) - top) / float(fps)
    falling = (since > 0) & (peaks > 0.05)
    fallen = peaks[top] - sound.GRAVITY / 2 * since**2
    held = (peaks == peaks[top]).sum() / float(fps)
    assert sound.HOLD_S - 0.1 < held < sound.HOLD_S + 0.2
    assert falling.sum() > float(fps) / 3
    assert np.abs(peaks - fallen)[falling].max() < 0.12


def test_the_side_is_what_left_has_over_right(tmp_path):
    at = np.arange(48000 * 2) / 48000
    left, right = (0.5 * np.sin(2 * np.pi * hz * at) for hz in (220, 330))
    song = write(tmp_path / "wide.wav", np.stack([left, right], axis=1))
    heard = sound.listen(song, fps=FPS, start=Fraction(0), count=60)
    window = sound.wave_at(heard.wave, 1.0 + sound.WINDOW / sound.RATE / 2)
    tones = np.abs(np.fft.rfft((window[:, :1] + window[:, 1:])[:, 0] * np.hanning(sound.WAVE_SAMPLES)))
    hz = np.fft.rfftfreq(sound.WAVE_SAMPLES, 1 / sound.WAVE_RATE)
    assert hz[tones.argmax()] == pytest.approx(220, abs=20)
    mono = sound.listen(write(tmp_path / "mono.wav", left), fps=FPS, start=Fraction(0), count=60)
    assert not sound.wave_at(mono.wave, 1.0)[:, 1].any()


@given(st.integers(0, 20_000), st.sampled_from([Fraction(24), Fraction(30), Fraction(60), Fraction(30000, 1001)]))
def test_what_was_kept_stays_and_only_grows_older(frame, fps):
    rows, since = sound.moments(frame, fps)
    later, then = sound.moments(frame + 1, fps)
    assert 0 <= since < 1
    assert len(rows) == sound.HISTORY_ROWS
    assert rows[0] <= frame + 1
    assert later == rows or later[1:] == rows[:-1]
    age = float(sound.HISTORY_S * fps)
    assert then + (later != rows) == pytest.approx(since + 1 / age)
