"""Score what is heard against songs whose beats are known, beside librosa: a table per song, and the mean.

Beats are scored by mir_eval (±70 ms, its first 5 s skipped). `python -m bench.hearing [FOLDER] [--most N]`; FOLDER is
the bench beside the repository unless another is given, N limits the songs of each kind. Songs that are made here
follow: those that the program composes, harder ones (`bench.made`), ones drawn by chance (`bench.drawn`), and sounds
without a beat (`bench.beatless`). Columns after the bar are librosa's, where it is installed. What was said of beats
and bars is then held against what was scored, and `bench.structure` scores sections, events and drums.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import tempfile
import time
import wave
from collections.abc import Iterator
from dataclasses import astuple, dataclass
from itertools import islice
from pathlib import Path

import mir_eval
import numpy as np
from numpy.typing import NDArray
from scipy.stats import spearmanr

from bench import beatless, drawn, made, structure
from songreel.analysis import pipeline
from songreel.base.errors import BadMedia
from songreel.demo import song as demo
from songreel.demo.score import Part
from songreel.media import probe, sound
from songreel.model.song_map import SongMap

BENCH = Path(__file__).resolve().parents[2] / "shared" / "bench"
FORM = (Part("intro", 4), Part("verse", 8), Part("chorus", 8), Part("breakdown", 4), Part("drop", 8), Part("outro", 4))
# bpm, meter, seed, swing, final bpm
COMPOSED = (
    (92.0, 4, 1, 0.0, None),
    (128.0, 4, 2, 0.0, None),
    (174.0, 4, 3, 0.0, None),
    (104.0, 4, 4, 1.0, None),
    (140.0, 3, 5, 0.0, None),
    (112.0, 5, 6, 0.0, None),
    (126.0, 7, 7, 0.0, None),
    (150.0, 6, 8, 0.5, None),
    (100.0, 4, 9, 0.0, 118.0),
    (136.0, 4, 10, 0.5, 122.0),
)
LIBROSA_RATE = 22_050
PARTS = 5
GOOD = 0.85
Array = NDArray[np.float64]


@dataclass(frozen=True)
class Score:
    """How well one song was heard; ``downbeats`` is nan where bars are not known, ``error_ms`` where nothing fits.

    ``sure`` and ``sure_of_bars`` are what was said of it.
    """

    beats: float
    cmlt: float
    amlt: float
    downbeats: float
    error_ms: float
    sure: float
    sure_of_bars: float
    seconds_a_minute: float


@dataclass(frozen=True)
class Song:
    """A file and its truth; ``downbeats`` is None where bars are not known."""

    name: str
    path: Path
    beats: Array
    downbeats: Array | None


def score(heard: SongMap, beats: Array, downbeats: Array | None, *, took_s: float) -> Score:
    """Score a song map against true beats and downbeats, in seconds."""
    fit = fits(np.array(heard.beat_times()), beats)
    bars = float("nan")
    if downbeats is not None:
        bars = mir_eval.beat.f_measure(
            mir_eval.beat.trim_beats(downbeats), mir_eval.beat.trim_beats(np.array(heard.downbeat_times()))
        )
    return Score(
        *fit[:3],
        downbeats=bars,
        error_ms=fit[3],
        sure=heard.confidence.beats,
        sure_of_bars=heard.confidence.downbeats,
        seconds_a_minute=took_s / (float(heard.duration) / 60),
    )


def fits(found: Array, beats: Array) -> tuple[float, float, float, float]:
    """Return beat F, CMLt, AMLt and the median error in milliseconds of the beats that match."""
    true, found = mir_eval.beat.trim_beats(beats), mir_eval.beat.trim_beats(found)
    _, cmlt, _, amlt = mir_eval.beat.continuity(true, found)
    errors = [abs(found[j] - true[i]) * 1000 for i, j in mir_eval.util.match_events(true, found, 0.07)]
    return mir_eval.beat.f_measure(true, found), cmlt, amlt, float(np.median(errors)) if errors else float("nan")


def listen(song: Song) -> Score:
    """Hear a song and score it."""
    asset = probe.song(song.path)
    start = time.process_time()
    heard = pipeline.hear(song.path, asset)
    return score(heard, song.beats, song.downbeats, took_s=time.process_time() - start)


def librosa_hears(path: Path) -> Array:
    """Return librosa's beats of a song in seconds, none where librosa is not installed."""
    if importlib.util.find_spec("librosa") is None:
        return np.zeros(0)
    import librosa

    mono = np.concatenate(list(sound.blocks(path, rate=LIBROSA_RATE, channels=1)), axis=1)[0]
    return np.asarray(librosa.beat.beat_track(y=mono, sr=LIBROSA_RATE, units="time")[1], dtype=np.float64)


def bench_songs(folder: Path) -> Iterator[Song]:
    """Yield the songs of a bench folder, as its README describes it."""
    for entry in json.loads((folder / "manifest.json").read_text()):
        truth = np.loadtxt(folder / entry["beats"], ndmin=2)
        downbeats = truth[truth[:, 1] == 1, 0] if entry["downbeats"] is True else None
        yield Song(entry["id"], folder / entry["song"], truth[:, 0], downbeats)


def composed_songs(folder: Path) -> Iterator[Song]:
    """Yield songs that the program composes, of many tempi, meters, swings and ramps; written into ``folder``."""
    for bpm, meter, seed, swing, final_bpm in COMPOSED:
        song = demo.compose(bpm=bpm, meter=meter, form=FORM, seed=seed, swing=swing, final_bpm=final_bpm)
        name = f"composed {bpm:g}{f'–{final_bpm:g}' if final_bpm else ''} {meter}/4 swing {swing:g}"
        yield _written(folder, name, song.pcm, np.array(song.beats), np.array(song.downbeats))


def made_songs(folder: Path) -> Iterator[Song]:
    """Yield the hard songs of `bench.made`, written into ``folder``."""
    yield from _all_written(folder, made.songs())


def drawn_songs(folder: Path) -> Iterator[Song]:
    """Yield the songs of `bench.drawn`, written into ``folder``."""
    yield from _all_written(folder, drawn.songs())


def _all_written(folder: Path, songs: Iterator[made.Made]) -> Iterator[Song]:
    for song in songs:
        yield _written(folder, song.name, song.pcm, song.beats, song.downbeats)


def _written(folder: Path, name: str, pcm: NDArray[np.float32], beats: Array, downbeats: Array) -> Song:
    path = folder / "song.wav"
    with wave.open(str(path), "wb") as out:
        out.setnchannels(len(pcm))
        out.setsampwidth(2)
        out.setframerate(made.RATE)
        out.writeframes(np.rint(pcm.T * 32767).astype("<i2").tobytes())
    return Song(name, path, beats, downbeats)


def mean(scores: dict[str, Score]) -> Score:
    """Return the mean of scores, over the songs where each is known."""
    columns = np.array([astuple(one) for one in scores.values()]).T
    return Score(*map(_known, columns))


def _known(values: Array) -> float:
    """Return the mean of the values that are known, nan where none is."""
    known = values[~np.isnan(values)]
    return float(known.mean()) if known.size else float("nan")


HEAD = f"{'song':44} {'F':>6} {'CMLt':>6} {'AMLt':>6} {'down F':>6} {'err ms':>6} {'sure':>5} {'bars':>5} {'s/min':>5}"


def row(name: str, one: Score) -> str:
    """Return one line of the table."""
    return (
        f"{name[:44]:44} {one.beats:6.3f} {one.cmlt:6.3f} {one.amlt:6.3f} {one.downbeats:6.3f} "
        f"{one.error_ms:6.1f} {one.sure:5.2f} {one.sure_of_bars:5.2f} {one.seconds_a_minute:5.2f}"
    )


def table(scores: dict[str, Score]) -> str:
    """Return scores as lines of text, the mean last."""
    return "\n".join([HEAD, *(row(name, one) for name, one in [*scores.items(), ("mean", mean(scores))])])


def show(songs: Iterator[Song]) -> dict[str, Score]:
    """Print a table as it comes about, librosa's F, CMLt, AMLt and error beside ours; return the scores."""
    print(f"{HEAD} | {'F':>6} {'CMLt':>6} {'AMLt':>6} {'err ms':>6}")
    scores, others = {}, []
    for song in songs:
        scores[song.name] = listen(song)
        others.append(fits(librosa_hears(song.path), song.beats))
        print(f"{row(song.name, scores[song.name])} | {_beside(others[-1])}", flush=True)
    print(
        f"{row('mean', mean(scores))} | {_beside(np.array([_known(each) for each in np.array(others).T]))}", end="\n\n"
    )
    return scores


def _beside(one: tuple[float, float, float, float] | Array) -> str:
    return f"{one[0]:6.3f} {one[1]:6.3f} {one[2]:6.3f} {one[3]:6.1f}"


def refusals(folder: Path, most: int | None) -> None:
    """Print what is said of sounds without a beat, and what is left to plan by; librosa's number of beats beside."""
    print(f"{'without a beat':24} {'claimed':>7} {'proof':>6} {'onsets':>6} {'parts':>6} | {'claimed':>7}")
    for name, pcm in islice(beatless.sounds(), most):
        song = _written(folder, name, pcm, np.zeros(0), np.zeros(0))
        beside = f"| {librosa_hears(song.path).size:7}"
        try:
            heard = pipeline.hear(song.path, probe.song(song.path))
        except BadMedia as refusal:
            print(f"{name:24} {str(refusal)[:27]:27} {beside}")
            continue
        parts = f"{len(heard.onsets):6} {len(heard.sections):6}"
        print(f"{name:24} {len(heard.beats):7} {heard.confidence.beats:6.2f} {parts} {beside}", flush=True)
    print()


def trust(said: Array, scored: Array) -> str:
    """Return how what was said follows what was scored, both 0…1, (songs,).

    That is their rank correlation, how surely good songs are told from others, and the means of both over fifths of
    the songs in the order of what was said.
    """
    good = scored > GOOD
    pairs = said[good, None] - said[~good]
    told = float(np.mean((pairs > 0) + 0.5 * (pairs == 0))) if pairs.size else float("nan")
    parts = np.array_split(np.argsort(said), PARTS)
    rows = ", ".join(f"{said[part].mean():.2f} {scored[part].mean():.2f}" for part in parts if part.size)
    return (
        f"Spearman {spearmanr(said, scored).statistic:.2f}, good from bad {told:.2f}, said and scored by fifths: {rows}"
    )


def show_trust(scores: dict[str, Score]) -> None:
    """Print whether what was said of beats and bars follows the scores; of beats it is the mean of F and CMLt."""
    known = [one for one in scores.values() if not np.isnan(one.downbeats)]
    beats = np.array([(one.sure, (one.beats + one.cmlt) / 2) for one in scores.values()])
    bars = np.array([(one.sure_of_bars, one.downbeats) for one in known])
    for name, pairs in (("beats", beats), ("bars", bars)):
        print(f"sure of {name}, {len(pairs)} songs: {trust(*pairs.T)}")
    print()


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", default=BENCH)
    parser.add_argument("--most", type=int, help="so many songs of each kind at most")
    asked = parser.parse_args()
    scores = show(islice(bench_songs(asked.folder), asked.most)) if asked.folder.is_dir() else {}
    with tempfile.TemporaryDirectory() as scratch:
        for songs in (composed_songs, made_songs, drawn_songs):
            scores |= show(islice(songs(Path(scratch)), asked.most))
        refusals(Path(scratch), asked.most)
    show_trust(scores)
    structure.show(asked.folder, asked.most)


if __name__ == "__main__":
    main()
