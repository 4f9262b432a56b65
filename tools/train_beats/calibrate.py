"""Find how much each witness of beats and bars is worth: `python -m tools.train_beats.calibrate FOLDER --songs N`.

Songs are made as for the network, on another soundfont and from other seeds, and then made hard: drums or kicks are
left out, time is bent, noise is added. What is heard of each is kept in FOLDER, so that a second run is quick. Printed
are the constants of `analysis.belief` and `analysis.bars`, by logistic regression with a little weight decay.
"""

from __future__ import annotations

import argparse
import pickle
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import mir_eval
import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from tools.train_beats import compose, data, play
from tools.train_beats.styles import STYLES

from songreel.analysis import bars, beats, belief, certainty, network, placing
from songreel.analysis.chain import RATE
from songreel.analysis.frontend import Heard

Array = NDArray[np.float64]
Random = np.random.Generator
SEED = 424_242
SECONDS = 50.0
DRUMS = frozenset(play.DRUM_KEYS)
# what is left out of a song, and how often
BARE = (
    (0.15, DRUMS),
    (0.10, frozenset({"kick"})),
    (0.08, frozenset({"hat", "open", "ride", "kick"})),
    (0.08, DRUMS | {"bass", "comp"}),
)
BENT, NOISY, PACKED = 0.06, 0.15, 0.25
DECAY, BEAT_DECAY = 0.02, 0.002
NEAR_S = 0.07


@dataclass(frozen=True, slots=True)
class Example:
    """What witnesses say of a song, and how it was scored; of its beats one row each."""

    song: Array
    song_score: float
    bars: Array
    bars_score: float
    beats: Array
    right: Array


def make(number: int, soundfont: Path) -> tuple[Heard, compose.Song]:
    """Return what is heard of one song of any difficulty, and its truth; the same number always makes the same song."""
    rng = np.random.default_rng([SEED, number])
    song = compose.compose(rng, str(rng.choice(tuple(STYLES))), seconds=SECONDS)
    compose.count_in(song, rng)
    kind, reached = rng.random(), 0.0
    for share, roles in BARE:
        if reached <= kind < reached + share:
            song.notes = [note for note in song.notes if note.role not in roles]
        reached += share
    if reached <= kind < reached + BENT:
        _bend(song, rng)
    sound = play.produce(play.perform(song, rng, soundfont), rng)
    if rng.random() < NOISY:
        loud = 10 ** (rng.uniform(-20, -3) / 20) * np.sqrt(np.mean(np.square(sound)))
        sound = np.clip(sound + loud * rng.standard_normal(sound.size), -1, 1)
    return data.hear(sound, packed_kbps=int(rng.choice((96, 128, 192))) if rng.random() < PACKED else 0), song


def _bend(song: compose.Song, rng: Random) -> None:
    """Let a song keep no time: each half second of it lasts as long as it likes."""
    marks = np.arange(0, song.seconds + 8, 0.5)
    lasts = np.clip(1 + 0.3 * np.interp(marks, marks[::6], rng.normal(0, 1, marks[::6].size)), 0.4, 2)
    bent = np.cumsum(lasts) * 0.5
    song.notes = [replace(note, at=float(np.interp(note.at, marks, bent))) for note in song.notes]
    song.beats = np.interp(song.beats, marks, bent)
    song.seconds = float(np.interp(song.seconds, marks, bent))


def heard_songs(folder: Path, count: int, soundfont: Path) -> Iterator[tuple[Heard, compose.Song]]:
    """Yield what is heard of each song; kept in ``folder``."""
    for number in range(count):
        kept = folder / f"{number:04d}.pkl"
        if not kept.exists():
            made = make(number, soundfont)
            kept.write_bytes(pickle.dumps(made))
            print(f"{number:4d} {made[1].style}", file=sys.stderr)
        yield pickle.loads(kept.read_bytes())


def example(heard: Heard, song: compose.Song) -> Example | None:
    """Return what is said of a song and how it was scored; None where there is next to nothing to hear."""
    seen = network.activations(heard.spectrum)
    reading = beats.read(heard, seen)
    if reading is None:
        return None
    placed = placing.place(reading.times, heard.fine)
    if placed.size < bars.LEAST_BEATS:
        return None
    sure = belief.song(reading.standing, reading.agreement)
    shape = certainty.locally(certainty.shapes(reading.sounding, placed, RATE))
    true, found = mir_eval.beat.trim_beats(song.beats), mir_eval.beat.trim_beats(placed)
    fit, cmlt = mir_eval.beat.f_measure(true, found), mir_eval.beat.continuity(true, found)[1]
    there = bars.downbeat_evidence(heard, placed), bars.seen_evidence(seen[:, 1], placed)
    best = bars.best(*there)
    begun = placed[bars.count(heard, placed, seen, sure=sure).positions == 1]
    true_bars = mir_eval.beat.trim_beats(song.beats[song.positions == 1])
    return Example(
        belief.witnesses(reading.standing, reading.agreement),
        (fit + cmlt) / 2,
        bars.witnesses(*there, best, sure=sure),
        mir_eval.beat.f_measure(true_bars, mir_eval.beat.trim_beats(begun)),
        belief.beat_witnesses(reading.learned, placed, shape, whole=sure),
        (np.abs(song.beats - placed[:, None]).min(axis=1) < NEAR_S).astype(np.float64),
    )


def weigh(said: Array, scored: Array, *, decay: float) -> Array:
    """Return the bias and the weights, (columns + 1,), by which what is said (rows, columns) foretells the scores.

    ``decay`` holds back the weights of columns scaled to a spread of 1.
    """
    middle, spread = said.mean(axis=0), said.std(axis=0) + 1e-9
    even = np.column_stack([np.ones(len(said)), (said - middle) / spread])

    def cost(weights: Array) -> float:
        odds = even @ weights
        lost = np.logaddexp(0, odds) - scored * odds
        return float(lost.mean() + decay * np.square(weights[1:]).sum())

    found = minimize(cost, np.zeros(even.shape[1])).x
    weights = found[1:] / spread
    return np.append(found[0] - weights @ middle, weights)


def main() -> None:
    """Make the songs, hear them, and print the constants."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--songs", type=int, default=110)
    parser.add_argument("--soundfont", type=Path, default=Path("/usr/share/sounds/sf2/TimGM6mb.sf2"))
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    made = (example(*each) for each in heard_songs(asked.folder, asked.songs, asked.soundfont))
    kept = [each for each in made if each is not None]
    songs = np.array([each.song for each in kept]), np.array([each.song_score for each in kept])
    counted = np.array([each.bars for each in kept]), np.array([each.bars_score for each in kept])
    struck = np.concatenate([each.beats for each in kept]), np.concatenate([each.right for each in kept])
    print(f"{len(kept)} songs; bias and weights")
    print("belief.SONG", np.round(weigh(*songs, decay=DECAY), 2))
    print("belief.BEAT", np.round(weigh(*struck, decay=BEAT_DECAY), 2))
    print("bars.WEIGHTS", np.round(weigh(*counted, decay=DECAY), 2))


if __name__ == "__main__":
    main()
