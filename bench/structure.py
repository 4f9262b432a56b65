"""Score sections, events and drums on songs of many forms, and refrains on sung ones: `python -m bench.structure`.

The truth of a made song is how it was made; that of a sung one are the lines that come back in its words.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass, fields
from fractions import Fraction
from itertools import islice
from pathlib import Path

import mir_eval
import numpy as np
from numpy.typing import NDArray

from bench import arranging
from bench.arranging import Made
from bench.forms import SHEETS
from songreel.analysis import frontend, pipeline
from songreel.media import probe
from songreel.model.asset import Asset
from songreel.model.song_map import SongMap

BENCH = Path(__file__).resolve().parents[2] / "shared" / "bench"
ENTRY_S = 1.5
EVENTS = ("drop", "build-up", "break", "stop", "fill")
NEAR_S = {"build-up": 8.0}
CLEAR_HIT = 0.4
FEWEST_LINES = 3
Array = NDArray[np.float64]


@dataclass(frozen=True)
class Form:
    """How well the form of one song was heard, 0…1; nan where there is nothing to hear.

    ``near``, ``close`` and ``wide`` are F of the borders at 0.5, 1.5 and 3 s; ``entries`` is the share of chorus and
    drop entries with a border within ENTRY_S; ``labels`` the share of time that is called right, a drop being a
    chorus; pairs are precision and recall.
    """

    near: float
    close: float
    wide: float
    entries: float
    labels: float
    events_p: float
    events_r: float
    kick_p: float
    kick_r: float
    snare_p: float
    snare_r: float
    confidence: float


def hear(made: Made) -> SongMap:
    """Hear a song that was made, without a file."""
    step = 1 << 16
    ear = frontend.listen((made.pcm[:, at : at + step] for at in range(0, made.pcm.shape[1], step)), channels=2)
    seconds = Fraction(made.pcm.shape[1], frontend.RATE)
    asset = Asset(
        id="0" * 32, kind="song", name="song.wav", path="/song.wav", duration=seconds, sample_rate=44_100, channels=2
    )
    return pipeline.describe(ear, asset)


def score(made: Made, heard: SongMap) -> Form:
    """Score what was heard of a song against how it was made."""
    true = np.array([start for _, _, start, _ in made.sections[1:]])
    found = np.array([section.start for section in heard.sections[1:]])
    entries = [start for label, _, start, _ in made.sections if label in ("chorus", "drop")]
    near, close, wide = (_f(true, found, within) for within in (0.5, 1.5, 3.0))
    return Form(
        near,
        close,
        wide,
        entered(entries, heard),
        _called(made, heard),
        *_events(made, heard),
        *_hits(made, heard, "kick"),
        *_hits(made, heard, "snare"),
        heard.confidence.sections,
    )


def entered(entries: Iterable[float], heard: SongMap) -> float:
    """Return the share of entries with a border within ENTRY_S."""
    borders = np.array([section.start for section in heard.sections])
    return float(np.mean([np.abs(borders - at).min() < ENTRY_S for at in entries]))


def _f(true: Array, found: Array, within: float) -> float:
    pairs = len(mir_eval.util.match_events(true, found, within)) if true.size and found.size else 0
    return 2 * pairs / max(1, true.size + found.size)


def _called(made: Made, heard: SongMap) -> float:
    plain = {"drop": "chorus"}
    times = np.arange(0.25, made.sections[-1][3] - arranging.TAIL_S, 0.5)
    true = [next(label for label, _, _, end in made.sections if at < end) for at in times]
    found = [heard.section_at(at).label for at in times]
    return float(np.mean([plain.get(a, a) == plain.get(b, b) for a, b in zip(true, found, strict=True)]))


def _events(made: Made, heard: SongMap) -> tuple[float, float]:
    pairs = true_count = found_count = 0
    for kind in EVENTS:
        true = np.array([at for name, at in made.events if name == kind])
        found = np.array([event.at for event in heard.events if event.kind == kind])
        true_count, found_count = true_count + true.size, found_count + found.size
        if true.size and found.size:
            pairs += len(mir_eval.util.match_events(true, found, NEAR_S.get(kind, 1.0)))
    return _share(pairs, found_count), _share(pairs, true_count)


def _hits(made: Made, heard: SongMap, name: str) -> tuple[float, float]:
    curve = heard.hits[name].values()
    found = np.flatnonzero((curve > CLEAR_HIT) & (curve >= np.roll(curve, 1))) / heard.hits[name].rate_hz
    true = made.hits[name]
    pairs = len(mir_eval.util.match_events(true, found, 0.04)) if true.size and found.size else 0
    return _share(pairs, found.size), _share(pairs, true.size)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else float("nan")


def refrains(lines: list[list[list[object]]]) -> list[float]:
    """Return when the refrain begins each time: the lines that come back most; words are (text, start, end)."""
    texts = [" ".join(str(word[0]).lower() for word in line) for line in lines]
    runs = [[_run(texts, i, j) for j in range(len(texts))] for i in range(len(texts))]
    worth = {
        (i, size): sum(run >= size for run in row) * size
        for i, row in enumerate(runs)
        for size in {run for j, run in enumerate(row) if j != i and run >= FEWEST_LINES}
    }
    if not worth:
        return []
    first, size = max(worth, key=lambda key: (worth[key], -key[0]))
    return [float(str(lines[j][0][1])) for j, run in enumerate(runs[first]) if run >= size]


def _run(texts: list[str], i: int, j: int) -> int:
    size = 0
    while max(i, j) + size < len(texts) and texts[i + size] == texts[j + size] and (i == j or size < abs(i - j)):
        size += 1
    return size


def sung(folder: Path) -> Iterator[tuple[str, float, SongMap]]:
    """Hear the songs of a bench whose words are known: name, the share of refrains entered, the map."""
    for entry in json.loads((folder / "manifest.json").read_text()):
        words = folder / "lyrics" / f"{entry['id']}.json"
        if words.exists():
            path = folder / entry["song"]
            heard = pipeline.hear(path, probe.song(path))
            yield entry["id"], entered(refrains(json.loads(words.read_text())["lines"]), heard), heard


def show(folder: Path, most: int | None = None) -> None:
    """Print the tables, of so many songs each at most."""
    names = [field.name.replace("_", " ") for field in fields(Form)]
    print(" ".join([f"{'form':10}", *[f"{name:>9}" for name in names]]))
    rows = []
    for name, sheet in islice(SHEETS.items(), most):
        made = arranging.perform(sheet)
        rows.append(astuple(score(made, hear(made))))
        print(" ".join([f"{name:10}", *[f"{value:9.2f}" for value in rows[-1]]]), flush=True)
    print(" ".join([f"{'mean':10}", *[f"{value:9.3f}" for value in np.nanmean(rows, axis=0)]]), end="\n\n")
    if folder.is_dir():
        print(f"{'refrains entered within 1.5 s':44} {'share':>6} {'conf':>5}")
        shares = []
        for name, share, heard in islice(sung(folder), most):
            shares.append(share)
            print(f"{name[:44]:44} {share:6.2f} {heard.confidence.sections:5.2f}", flush=True)
        print(f"{'mean':44} {np.mean(shares):6.2f}")


if __name__ == "__main__":
    show(Path(sys.argv[1]) if len(sys.argv) > 1 else BENCH)
