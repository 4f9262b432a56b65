"""Events are where they were played: between sections and inside them."""

import numpy as np
import pytest
import sounds
from bench import arranging
from bench.forms import Sheet

from songreel.analysis import fills, onsets

CLUB = """
verse A 8 kick hats clap bass8 pad p1
breakdown B 4 pad lead:a p1
build C 4 pad arp roll riser p1 stop
drop D 16 crash kick hats clap open bass8 stabs lead:B p2 hole
outro A 4 kick hats bass8
"""
BAND = """
verse A 8 rock hats bassroot clean sing:a p1 fill
chorus B 8 crash rock open bass8 guitar sing:C p2 fill
verse A 8 rock hats bassroot clean sing:a p1
chorus B 8 crash rock open bass8 guitar sing:C p2
"""


def played_and_heard(rows, *, bpm, seed):
    made = arranging.perform(Sheet(bpm, rows, seed))
    return made, sounds.heard(made.pcm)


@pytest.fixture(scope="module")
def club():
    return played_and_heard(CLUB, bpm=128, seed=21)


@pytest.mark.parametrize(
    ("kind", "near_s"),
    [("drop", 0.3), ("break", 0.3), ("stop", 0.4), ("build-up", 8.0), ("first-beat", 0.1), ("last-hit", 0.1)],
)
def test_events_are_heard_where_they_are_played_and_nowhere_else(club, kind, near_s):
    made, song_map = club
    true = [at for name, at in made.events if name == kind]
    found = [event.at for event in song_map.events if event.kind == kind]
    assert len(found) == len(true)
    assert np.abs(np.array(found) - true).max() < near_s


def test_a_build_up_leads_to_its_drop(club):
    _, song_map = club
    drops = [event.at for event in song_map.events if event.kind == "drop"]
    builds = [event for event in song_map.events if event.kind == "build-up"]
    assert builds
    assert all(min(abs(build.at + build.duration - at) for at in drops) < 1e-6 for build in builds)


def test_fills_lead_to_sections():
    made, song_map = played_and_heard(BAND, bpm=116, seed=22)
    true = [at for name, at in made.events if name == "fill"]
    found = [event.at for event in song_map.events if event.kind == "fill"]
    assert all(min(abs(at - each) for each in true) < 0.1 for at in found)
    assert len(found) >= 1


def test_an_even_song_has_no_fills_and_no_turns():
    made, song_map = played_and_heard("verse A 16 rock hats bassroot clean p1", bpm=120, seed=23)
    assert not {event.kind for event in song_map.events} & {"drop", "break", "stop", "build-up", "fill"}
    ear = sounds.listen(made.pcm)
    assert fills.find(ear, 2.0, song_map.sections) == []
    assert onsets.struck(np.ones(9, np.float32), np.zeros(9, np.float32)).max() == 0


@pytest.mark.parametrize("make", [sounds.noise, sounds.rain, sounds.drone])
def test_what_has_no_beat_has_no_drops(make):
    kinds = {event.kind for event in sounds.heard(make(20)).events}
    assert not kinds & {"drop", "build-up", "fill", "first-beat"}
