"""Where there is no beat, none is claimed; the song is still divided and described."""

import numpy as np
import pytest
import sounds
from bench import beatless


@pytest.mark.parametrize("name", beatless.KINDS)
def test_what_has_no_beat_gets_none(name):
    song_map = sounds.heard(beatless.sound(name))
    assert song_map.bpm == 0
    assert song_map.meter == 0
    assert song_map.beats == ()
    assert song_map.tempo == ()
    assert song_map.confidence.beats < 0.2
    assert song_map.confidence.downbeats == 0
    # what is left to plan by
    assert len(song_map.onsets) > (15 if name not in ("silence", "drone") else -1)
    assert song_map.sections[0].start == 0
    assert song_map.sections[-1].end == pytest.approx(beatless.SECONDS)


def test_silence_is_described_without_claims():
    song_map = sounds.heard(np.zeros((1, 10 * sounds.RATE), dtype=np.float32))
    assert (song_map.beats, song_map.onsets, song_map.bpm) == ((), (), 0)
    assert song_map.key.confidence == 0
    assert song_map.mood.arousal == 0
    assert song_map.level.values().max() == 0
    assert song_map.sections[-1].end == 10


def test_a_beatless_song_is_divided_where_its_level_turns():
    sound = sounds.noise(60)
    sound[:, : 20 * sounds.RATE] *= 0.02
    song_map = sounds.heard(sound)
    assert song_map.beats == ()
    assert min(abs(section.start - 20) for section in song_map.sections) < 1.1


def test_confidence_grows_with_the_clearness_of_the_beat():
    clicks, _ = sounds.clicks(120, minutes=0.5)
    sure = [sounds.heard(clicks * gain + sounds.noise(30)).confidence.beats for gain in (0, 0.3, 3)]
    assert sure == sorted(sure)
    assert sure[0] < 0.2 < 0.7 < sure[2]
