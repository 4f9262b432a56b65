"""The sound of a video is the song: not shifted, not louder, not another one."""

from fractions import Fraction

import films
import numpy as np
import pytest
from films import RATE, Film

from songreel.model.timeline import Canvas, Clip, Fade, SoundSource, Timeline, Track
from songreel.proof import report, sound
from songreel.proof.wanted import Wanted

SECONDS = 8


@pytest.fixture(scope="module")
def music():
    return films.music(SECONDS)


@pytest.fixture(scope="module")
def song(music, tmp_path_factory):
    return films.write_song(tmp_path_factory.mktemp("song") / "song.wav", music)


def proven(path, heard, song, timeline=None):
    film = Film(films.clips(SECONDS * 30, [100]), sound=np.ascontiguousarray(heard, np.float32))
    return report.prove(film.write(path / "film.mp4"), Wanted(song=song, timeline=timeline))


SONG = SoundSource(asset="0" * 32, at=0)


def planned(*song):
    return Timeline(
        canvas=Canvas(width=192, height=108, fps=30),
        frames=SECONDS * 30,
        seed=1,
        look="any",
        palette=("#000000",) * 5,
        tracks=(Track(id="a", role="song", clips=song),),
    )


def shifted(music, ms):
    samples = round(ms * RATE / 1000)
    return np.roll(np.pad(music, ((0, 0), (RATE, RATE))), samples, axis=1)[:, RATE : RATE + music.shape[1]]


def test_the_song_itself_passes(tmp_path, music, song):
    proof = proven(tmp_path, music, song)
    assert proof.passed, proof.line()
    assert proof.finding("sound offset").measured == "0.00 ms"
    assert "sound offset" in proof.line()


@pytest.mark.parametrize("ms", [-40, -5, 3, 21.3, 200])
def test_a_shift_is_caught_and_measured(tmp_path, music, song, ms):
    finding = proven(tmp_path, shifted(music, ms), song).finding("sound offset")
    assert not finding.ok
    assert float(finding.measured.split()[0]) == pytest.approx(ms, abs=0.1)


def test_a_shift_of_seconds_is_found_too(tmp_path, music, song):
    finding = proven(tmp_path, shifted(music, -3000), song).finding("sound offset")
    assert not finding.ok
    assert float(finding.measured.split()[0]) == pytest.approx(-3000, abs=0.1)


def test_sound_that_drifts_is_caught(tmp_path, music, song):
    stretched = np.stack([np.interp(np.arange(0, music.shape[1], 1.0005), np.arange(music.shape[1]), c) for c in music])
    assert not proven(tmp_path, stretched, song).finding("sound offset").ok


def test_another_song_is_caught(tmp_path, song):
    finding = proven(tmp_path, films.music(SECONDS, seed=2), song).finding("sound offset")
    assert not finding.ok
    assert "not this song" in finding.measured


@pytest.mark.parametrize("gain_db", [-1.0, 0.5])
def test_a_change_of_level_is_caught_and_measured(tmp_path, music, song, gain_db):
    finding = proven(tmp_path, music * 10 ** (gain_db / 20), song).finding("loudness")
    assert not finding.ok
    measured = float(finding.measured.split(", ")[1].split()[0])
    assert measured == pytest.approx(gain_db, abs=0.15)


def test_sound_that_ends_early_is_caught(tmp_path, music, song):
    assert not proven(tmp_path, music[:, : -RATE // 2], song).finding("sound length").ok


def test_a_fade_in_the_plan_takes_loudness_out_of_the_judgement(tmp_path, music, song):
    timeline = planned(Clip(id="s", name="song", start=0, end=SECONDS * 30, source=SONG, fade=Fade(frames_out=60)))
    proof = proven(tmp_path, music * 0.7, song, timeline)
    assert proof.finding("loudness") is None
    assert any(reason.startswith("loudness") for reason in proof.not_judged)


def muted(begin, end):
    """Return a plan that plays nothing between two seconds."""
    bounds = [0, begin * 30, end * 30, SECONDS * 30]
    return planned(
        *(
            Clip(id=f"s{at}", name="song", start=low, end=high, source=SONG.evolve(at=Fraction(low, 30), volume=volume))
            for at, (low, high, volume) in enumerate(zip(bounds, bounds[1:], (1, 0, 0.5), strict=False))
            if low < high
        )
    )


def test_a_part_that_is_meant_to_be_silent_is_not_held_against_the_song(tmp_path, music, song):
    heard = music.copy()
    heard[:, 2 * RATE : 6 * RATE] = 0
    heard[:, 6 * RATE :] *= 0.5
    assert proven(tmp_path, heard, song, muted(2, 6)).passed
    assert not proven(tmp_path, heard, song, muted(7, 8)).passed
    other = np.where(heard == 0, 0, films.music(SECONDS, seed=2))
    assert not proven(tmp_path, other, song, muted(2, 6)).passed
    nothing = proven(tmp_path, np.zeros_like(music), song, muted(0, SECONDS))
    assert nothing.passed
    assert "sound: the plan plays nothing of the song" in nothing.not_judged


def test_an_excerpt_is_held_against_its_place_in_the_song(tmp_path, music, song):
    start = Fraction(5, 2)
    excerpt = music[:, int(start * RATE) : int((start + 4) * RATE)]
    video = Film(films.clips(120, [60]), sound=np.ascontiguousarray(excerpt)).write(tmp_path / "film.mp4")
    match = sound.match(video, song, song_start=start, seconds=Fraction(4))
    assert abs(match.worst_ms) < 0.05
    assert match.likeness > 0.95


def test_silence_is_not_judged(tmp_path):
    silent = np.zeros((2, SECONDS * RATE), np.float32)
    song = films.write_song(tmp_path / "song.wav", silent)
    proof = proven(tmp_path, silent, song)
    assert proof.finding("sound offset") is None
    assert "sound: the song is silent" in proof.not_judged


def test_silence_in_place_of_a_song_fails(tmp_path, music, song):
    proof = proven(tmp_path, np.zeros_like(music), song)
    assert not proof.passed
