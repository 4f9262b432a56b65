"""Score what is heard against songs whose beats are known: a table per song, and the mean.

Beats are scored by mir_eval (±70 ms, its first 5 s skipped). `python bench/hearing.py [FOLDER]`; FOLDER is the bench
beside the repository unless another is given. Songs composed by the program follow.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from dataclasses import astuple, dataclass
from pathlib import Path

import mir_eval
import numpy as np
from numpy.typing import NDArray

from songreel.analysis import pipeline
from songreel.demo import song as demo
from songreel.demo.score import Part
from songreel.media import probe
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


def score(heard: SongMap, beats: Array, downbeats: Array | None, *, took_s: float) -> Score:
    """Score a song map against true beats and downbeats, in seconds."""
    true, found = mir_eval.beat.trim_beats(beats), mir_eval.beat.trim_beats(np.array(heard.beat_times()))
    _, cmlt, _, amlt = mir_eval.beat.continuity(true, found)
    pairs = mir_eval.util.match_events(true, found, 0.07)
    errors = [abs(found[j] - true[i]) * 1000 for i, j in pairs]
    bars = float("nan")
    if downbeats is not None:
        bars = mir_eval.beat.f_measure(
            mir_eval.beat.trim_beats(downbeats), mir_eval.beat.trim_beats(np.array(heard.downbeat_times()))
        )
    return Score(
        beats=mir_eval.beat.f_measure(true, found),
        cmlt=cmlt,
        amlt=amlt,
        downbeats=bars,
        error_ms=float(np.median(errors)) if errors else float("nan"),
        confidence=heard.confidence.beats,
        seconds_a_minute=took_s / (float(heard.duration) / 60),
    )


def bench_songs(folder: Path) -> dict[str, Score]:
    """Score the songs of a bench folder, as its README describes it."""
    scores = {}
    for entry in json.loads((folder / "manifest.json").read_text()):
        truth = np.loadtxt(folder / entry["beats"], ndmin=2)
        downbeats = truth[truth[:, 1] == 1, 0] if entry["downbeats"] is True else None
        scores[entry["id"]] = _timed(folder / entry["song"], truth[:, 0], downbeats)
    return scores


def composed_songs(folder: Path) -> dict[str, Score]:
    """Score songs that the program composes, of many tempi, meters, swings and ramps; written into ``folder``."""
    scores = {}
    for bpm, meter, seed, swing, final_bpm in COMPOSED:
        made = demo.compose(bpm=bpm, meter=meter, form=FORM, seed=seed, swing=swing, final_bpm=final_bpm)
        path = folder / f"{seed}.wav"
        demo.write_wav(made, path)
        name = f"composed {bpm:g}{f'–{final_bpm:g}' if final_bpm else ''} {meter}/4 swing {swing:g}"
        scores[name] = _timed(path, np.array(made.beats), np.array(made.downbeats))
        path.unlink()
    return scores


def _timed(path: Path, beats: Array, downbeats: Array | None) -> Score:
    asset = probe.song(path)
    start = time.process_time()
    heard = pipeline.hear(path, asset)
    return score(heard, beats, downbeats, took_s=time.process_time() - start)


def mean(scores: dict[str, Score]) -> Score:
    """Return the mean of scores, over the songs where each is known."""
    return Score(*np.nanmean([astuple(one) for one in scores.values()], axis=0).tolist())


def table(scores: dict[str, Score]) -> str:
    """Return scores as lines of text, the mean last."""
    lines = [f"{'song':44} {'F':>6} {'CMLt':>6} {'AMLt':>6} {'down F':>6} {'err ms':>6} {'conf':>5} {'s/min':>5}"]
    for name, one in [*scores.items(), ("mean", mean(scores))]:
        lines.append(
            f"{name[:44]:44} {one.beats:6.3f} {one.cmlt:6.3f} {one.amlt:6.3f} {one.downbeats:6.3f} "
            f"{one.error_ms:6.1f} {one.confidence:5.2f} {one.seconds_a_minute:5.2f}"
        )
    return "\n".join(lines)


def main() -> None:
    """Print the tables."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else BENCH
    if folder.is_dir():
        print(table(bench_songs(folder)), end="\n\n")
    with tempfile.TemporaryDirectory() as scratch:
        print(table(composed_songs(Path(scratch))))


if __name__ == "__main__":
    main()
