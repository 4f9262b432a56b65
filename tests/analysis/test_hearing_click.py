"""The law of sync: what is evenly spaced is heard within a millisecond, from the first beat to the eleventh minute."""

import numpy as np
import pytest
import sounds

from songreel.analysis import bars, beats, network


@pytest.mark.parametrize(
    ("bpm", "minutes", "accent_every"),
    [(60, 1, 0), (97.3, 11, 4), (120, 11, 0), (128, 1, 4), (141.7, 1, 3), (174, 1, 0), (200, 1, 0)],
)
def test_every_click_is_heard_within_a_millisecond(bpm, minutes, accent_every):
    sound, true = sounds.clicks(bpm, minutes=minutes, accent_every=accent_every)
    pulse = sounds.pulse(sound)
    assert len(pulse.times) == len(true)
    assert np.abs(pulse.times - true).max() < 0.001
    assert pulse.bpm == pytest.approx(bpm, abs=0.01)
    # whether a fast click without accents is the beat or half of it, nobody can say
    assert pulse.confidence > (0.8 if accent_every or bpm < 150 else 0.6)


@pytest.mark.parametrize("meter", [3, 4, 5])
def test_accents_are_downbeats(meter):
    sound, true = sounds.clicks(110, minutes=1, accent_every=meter)
    heard = sounds.listen(sound)
    seen = network.activations(heard.spectrum)
    counted = bars.count(heard, beats.find(heard, seen).times, seen, sure=1)
    assert counted.meter == meter
    assert list(np.flatnonzero(counted.positions == 1)) == list(range(0, len(true), meter))


def test_a_break_is_carried_through():
    sound, true = sounds.clicks(123, minutes=1.5)
    sound[:, 40 * sounds.RATE : 46 * sounds.RATE] = 0
    pulse = sounds.pulse(sound)
    assert len(pulse.times) == len(true)
    assert np.abs(pulse.times - true).max() < 0.001


def test_a_change_of_tempo_is_followed():
    slow, first = sounds.clicks(100, minutes=0.5)
    fast, second = sounds.clicks(130, minutes=0.5)
    true = np.concatenate([first, second + 30])
    pulse = sounds.pulse(np.concatenate([slow, fast], axis=1))
    near = np.abs(pulse.times[:, None] - true).min(axis=0)
    assert np.mean(near < 0.02) > 0.95
