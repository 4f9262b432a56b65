"""Beats: where both the ear and the network find them.

The ear looks for the fastest pulse that sounds, and decides by what lies between its beats whether it is the beat or
its subdivision. The network, which knows how grooves are played, adds how likely a beat is everywhere; where it sees
only every second or third beat of a fast pulse, those are the beats. Of two readings that differ, the ear's holds
unless the network's own beats are much likelier where they differ: it was taught on music that was made, the ear tried
on music that was played.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from songreel.analysis import belief, certainty, network, onsets, placing
from songreel.analysis.chain import RATE, decode, intervals, peak_near, prior
from songreel.analysis.frontend import FRAME_RATE, Heard

Floats = NDArray[np.float32]
Array = NDArray[np.float64]

# what a beat costs by ear, and what it earns of the onset strength, 0…4, and of the likelihood, 0…1, with the network
PRICE = 0.4
SOUND, LEARNED, FULL_PRICE = 0.3, 2.0, 0.7
# a pulse this fast with so little between its beats is a subdivision
FAST = ((145.0, 0.65), (195.0, 1.45))
# what counts as between two beats: the middle, and where swing puts it
BETWEEN = (1 / 2, 7 / 12, 2 / 3)
ALIKE = 0.08
# so is one whose every other beat hardly sounds: hats, in a song with a slow drum
HASTY_BPM, LOPSIDED = 165.0, 0.5
# and one whose other beats are so much less likely, to the network, than those of one phase
UNEVEN = ((140.0, 2, 0.83), (100.0, 2, 0.5), (140.0, 3, 0.6))
# so much likelier are the network's beats where they differ from the ear's, when they are taken instead;
# where they are the ear's and as many between, they need only be about as likely, and likely at all
DECISIVE, AS_LIKELY, LIKELY = 0.3, 0.03, 0.6
# where two readings share less than this, that one is right on whose beats bars stand out so much clearer, in standard
# errors; but bars as long as half of the ear's are clear too
ALMOST_ALL, CLEARER, TWICE = 0.95, 2.5, 1.8
# how much of the proof that there is a beat is the network's, and the likelihood, clear of that between beats, that
# leaves no doubt
SIGHT, CLEAR = 0.3, 0.55
FAINT = 0.12
LEAST_BEATS = 4
REFUSAL = 0.2


@dataclass(frozen=True, slots=True)
class Pulse:
    """The beats: ``times`` and ``certainty`` (beats,) in seconds and 0…1; none and ``bpm`` 0 where there is no beat."""

    bpm: float
    times: Array
    certainty: Array
    confidence: float


NO_PULSE = Pulse(0.0, np.zeros(0), np.zeros(0), 0.0)


@dataclass(frozen=True, slots=True)
class Reading:
    """Beats before they are placed, in seconds, what speaks for them, and what they were read from, at chain.RATE."""

    times: Array
    standing: belief.Standing
    agreement: float
    sounding: Floats
    learned: Floats


def find(heard: Heard, seen: Floats) -> Pulse:
    """Find the beats of a song; none where nothing comes again in time.

    ``seen`` is what `network.activations` makes of the song.
    """
    reading = read(heard, seen)
    if reading is None:
        return NO_PULSE
    sounding, learned = reading.sounding, reading.learned
    proof = (1 - SIGHT) * _proof(sounding, reading.times) + SIGHT * _clearness(learned, reading.times)
    if proof < REFUSAL:
        return replace(NO_PULSE, confidence=proof)
    confidence = belief.song(reading.standing, reading.agreement)
    placed = placing.place(reading.times, heard.fine)
    placed = placed[placed < heard.seconds]
    shape = certainty.locally(certainty.shapes(sounding, placed, RATE))
    return Pulse(placing.tempo(placed), placed, belief.beats(learned, placed, shape, whole=confidence), confidence)


def read(heard: Heard, seen: Floats) -> Reading | None:
    """Return the likeliest reading of a song's beats, whether it has any or not; None where there are next to none."""
    if len(heard.flux) < 2 * FRAME_RATE:
        return None
    sounding = _finer(onsets.salience(heard.flux))
    learned = network.at(seen[:, 0], RATE, sounding.size)
    by_ear = _trimmed(_heard(sounding, _finer(onsets.normalized(heard.flux.sum(axis=1)))), sounding)
    both = _trimmed(_seen(SOUND * sounding + LEARNED * learned, learned), sounding)
    readings = (both, by_ear) if _overrules(learned, both, by_ear) else (by_ear, both)
    if readings[0].size < LEAST_BEATS:
        return None
    agreement = belief.agreement(by_ear, both)
    standings = [belief.standing(heard, seen, learned, one) for one in readings if one.size >= LEAST_BEATS]
    second = agreement < ALMOST_ALL and len(standings) > 1 and standings[1].on > standings[0].on + CLEARER
    chosen = int(second and not (readings[1] is both and _faster(both, by_ear)))
    return Reading(readings[chosen], standings[chosen], agreement, sounding, learned)


def _overrules(learned: Floats, both: Array, by_ear: Array) -> bool:
    """Return whether the network's reading is to be taken instead of the ear's."""
    if min(both.size, by_ear.size) < LEAST_BEATS:
        return both.size > by_ear.size
    likely = _likelihood(learned, both)
    gain = likely - _likelihood(learned, by_ear)
    if 1.9 < float(np.median(np.diff(by_ear)) / np.median(np.diff(both))) < 2.1:
        return likely > LIKELY and gain > -AS_LIKELY
    return gain > DECISIVE * (1 - belief.agreement(both, by_ear))


def _faster(both: Array, by_ear: Array) -> bool:
    """Return whether the network's beats are about twice as many as the ear's."""
    return float(np.median(np.diff(by_ear))) > TWICE * float(np.median(np.diff(both)))


def _likelihood(learned: Floats, times: Array) -> float:
    return float(peak_near(learned, times, reach=6).mean()) if times.size else 0.0


def _clearness(learned: Floats, times: Array) -> float:
    """Return how much likelier the beats are to the network than the middles between them, 0…1."""
    between = _likelihood(learned, times[:-1] + np.diff(times) / 2)
    return float(np.clip((_likelihood(learned, times) - between / 2) / CLEAR, 0, 1))


def _proof(strength: Floats, times: Array) -> float:
    on = float(peak_near(strength, times, reach=4).mean())
    steps = np.diff(times)
    off = float(np.mean([peak_near(strength, times[:-1] + part * steps, reach=4).mean() for part in (0.25, 0.75)]))
    return certainty.overall(strength, times, on=on, off=off, rate=RATE)


def _finer(values: Floats) -> Floats:
    """Return values of FRAME_RATE at RATE."""
    steps = np.arange(2 * values.size) / 2
    return np.interp(steps, np.arange(values.size), values).astype(np.float32)


def _heard(strength: Floats, full: Floats) -> Array:
    """Return the beats by ear, at the level of a listener's taps: half as fast, while there is too little between."""
    likely = prior(strength)
    times = decode(strength - PRICE, likely)
    for _ in range(2):
        if times.size < 8:
            break
        bpm = 60 / float(np.median(np.diff(times)))
        steps = np.diff(times)
        between = max(float(peak_near(full, times[:-1] + part * steps, reach=5).mean()) for part in BETWEEN)
        if not _bare(bpm, between, _contrast(strength, times)):
            break
        times = decode(strength - PRICE, _near(likely, bpm / 2))
    return times


def _bare(bpm: float, between: float, contrast: float) -> bool:
    """Return whether a pulse is faster than the beat, by what sounds between its beats and on every other one."""
    if contrast < ALIKE:
        return False
    bare = any(bpm > fast and between < least for fast, least in FAST)
    return bare or (bpm > HASTY_BPM and contrast > LOPSIDED)


def _contrast(strength: Floats, times: Array) -> float:
    """Return how much weaker every other beat is than those between, 0…1; a metronome's are all alike."""
    heard = peak_near(strength, times, reach=6)
    weak, strong = sorted((float(heard[::2].mean()), float(heard[1::2].mean())))
    return 1 - weak / strong if strong > 0 else 0.0


def _seen(strength: Floats, learned: Floats) -> Array:
    """Return the beats with the network, slower while only some of them are seen as beats."""
    likely = prior(strength)
    times = decode(strength - FULL_PRICE, likely)
    while (parts := _parts(learned, times)) > 1:
        slower = decode(strength - FULL_PRICE, _near(likely, 60 / float(np.median(np.diff(times))) / parts))
        if slower.size < LEAST_BEATS:
            break
        times = slower
    return times


def _parts(learned: Floats, times: Array) -> int:
    """Return how many beats of a fast pulse make one that the network sees: 1, 2 or 3."""
    if times.size < 4 * LEAST_BEATS:
        return 1
    bpm, likely = 60 / float(np.median(np.diff(times))), peak_near(learned, times, reach=6)
    for fast, parts, uneven in UNEVEN:
        *_, second, first = sorted(float(likely[phase::parts].mean()) for phase in range(parts))
        if bpm > fast and second < uneven * first:
            return parts
    return 1


def _near(likely: Array, bpm: float) -> Array:
    """Return how likely each interval is where only those near a tempo are allowed."""
    ratio = 60 * RATE / intervals() / bpm
    return np.where(np.abs(ratio - 1) > 0.16, -np.inf, likely)


def _trimmed(times: Array, strength: Floats) -> Array:
    """Drop the beats before the first and after the last that can be heard."""
    if not times.size:
        return times
    heard = peak_near(strength, times, reach=6)
    clear = np.flatnonzero(heard > FAINT * np.median(heard))
    return times[clear[0] : clear[-1] + 1] if clear.size else times[:0]
