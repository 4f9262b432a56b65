"""Score what is heard against songs whose beats are known, beside librosa: a table per song, and the mean.

Beats are scored by mir_eval (±70 ms, its first 5 s skipped). `python -m bench.hearing [FOLDER]`; FOLDER is the bench
beside the repository unless another is given. Songs that are made here follow: those that the program composes, then
harder ones (`bench.made`), and sounds without a beat. Columns after the bar are librosa's, where it is installed.
`bench.structure` scores sections, events and drums at the end.
"""

from __future__ import annotations

import importlib.util
import json
import sys
import tempfile
import time
import wave
from collections.abc import Iterator
from dataclasses import astuple, dataclass
from pathlib import Path

import mir_eval
import numpy as np
from numpy.typing import NDArray
from scipy.stats import spearmanr

from bench import made, structure
from songreel.analysis import pipeline
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
Array = NDArray[np.float64]


@dataclass(frozen=True)
class Score:
    """How well one song was heard; ``downbeats`` is nan where bars are not known, ``error_ms`` where nothing fits."""

    beats: float
    cmlt: float
    amlt: float
    downbeats: float
    error_ms: float
    confidence: float
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
        confidence=heard.confidence.beats,
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
    for song in made.songs():
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
    return Score(*np.nanmean([astuple(one) for one in scores.values()], axis=0).tolist())


HEAD = f"{'song':44} {'F':>6} {'CMLt':>6} {'AMLt':>6} {'down F':>6} {'err ms':>6} {'conf':>5} {'s/min':>5}"


def row(name: str, one: Score) -> str:
    """Return one line of the table."""
    return (
        f"{name[:44]:44} {one.beats:6.3f} {one.cmlt:6.3f} {one.amlt:6.3f} {one.downbeats:6.3f} "
        f"{one.error_ms:6.1f} {one.confidence:5.2f} {one.seconds_a_minute:5.2f}"
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
    print(f"{row('mean', mean(scores))} | {_beside(np.nanmean(others, axis=0))}", end="\n\n")
    return scores


def _beside(one: tuple[float, float, float, float] | Array) -> str:
    return f"{one[0]:6.3f} {one[1]:6.3f} {one[2]:6.3f} {one[3]:6.1f}"


def main() -> None:
    """Print the tables."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else BENCH
    scores = show(bench_songs(folder)) if folder.is_dir() else {}
    with tempfile.TemporaryDirectory() as scratch:
        scores |= show(composed_songs(Path(scratch)))
        scores |= show(made_songs(Path(scratch)))
    sure, right = zip(*((one.confidence, one.beats) for one in scores.values()), strict=True)
    print(f"confidence against beat F over {len(scores)} songs: Spearman {spearmanr(sure, right).statistic:.2f}\n")
    structure.show(folder)


if __name__ == "__main__":
    main()
