"""Speed and memory as ratios, since machines differ. Each figure comes from starting the real program.

Usage: python -m bench.speed [--rows help,analysis,whole,rivals,memory,scenes,laid,turns] [--seconds 180] [--workers N]
[--patience 180] [--keep DIR]

Half an hour of video takes an hour on two cores: where memory is measured, work is ended after a while (by Ctrl-C,
when all is prepared and many chunks are drawn) unless --patience is 0.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bench import material
from bench.process import Took, run
from songreel.model.preset import preset

ROOT = Path(__file__).parents[1]
SONGREEL = Path(sys.executable).with_name("songreel")
RIVAL = Path(os.environ.get("SONGREEL_RIVALS", ROOT.parent / "shared/bench/rivals")) / "ffmpeg.sh"
SPEEDS = ("superfast", "veryfast", "faster", "fast", "medium")
RIVAL_S = 30
LONGER = 10
MEMORY_WORKERS = 4
INTERRUPTED = 130
SCENE_MS, WORST_SCENE_MS, CLEAR = 12, 30, 0.5
"""CPU time of a frame of full HD video on one core: median and worst; least correlation of a band with its change."""

TURN_MS = 150
"""CPU time of a turn of a conversation beyond planning a video."""

LAID_MS, WORST_LAID_MS = 8, 20
"""CPU time of what lies on a frame on one core: median and worst of effects, transitions and visualizers."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: what was measured, and whether it is within its bar."""

    what: str
    measured: str
    bar: str
    ok: bool | None


@dataclass(frozen=True, slots=True)
class Bench:
    """Where and with what everything is measured."""

    folder: Path
    seconds: float
    workers: int
    patience_s: float

    def song(self, seconds: float) -> Path:
        """Return a song of a length, made once."""
        path = self.folder / f"song-{seconds:g}.wav"
        return path if path.exists() else material.write_song(path, seconds)

    def cover(self) -> Path:
        """Return a cover, made once."""
        path = self.folder / "cover.jpg"
        return path if path.exists() else material.write_cover(path)

    def cache(self, name: str) -> dict[str, str]:
        """Return the setting for a cache of its own."""
        return {"SONGREEL_CACHE": str(self.folder / f"cache-{name}")}

    def make(self, song: Path, out: str, *, title: str, workers: int, cache: str) -> Took:
        """Make a video with the default look, as a person would; one whose proof fails is measured all the same."""
        shutil.rmtree(self.folder / f"cache-{cache}", ignore_errors=True)
        return self.remake(song, out, title=title, workers=workers, cache=cache)

    def remake(self, song: Path, out: str, *, title: str, workers: int, cache: str) -> Took:
        """Make a video with whatever the cache holds."""
        words = [SONGREEL, "make", song, "", "--title", title, "--artist", "Bench", "--workers", str(workers)]
        took = run([*words, "-o", self.folder / out], env=self.cache(cache), accept=(0, 1))
        if not (self.folder / out).exists():
            raise RuntimeError(took.output[-2000:])
        return took


def measure_help(_: Bench) -> Iterator[Row]:
    took = statistics.median(run([SONGREEL, "--help"]).seconds for _ in range(5))
    yield Row("songreel --help", f"{took:.2f} s", "≤ 0.4 s", took <= 0.4)


def measure_analysis(bench: Bench) -> Iterator[Row]:
    song = bench.song(bench.seconds)
    times = []
    for turn in range(2):
        cache = f"analysis-{turn}"
        times.append(run([SONGREEL, "analyze", song, "--json"], env=bench.cache(cache), cores=1).seconds)
    took, bar = min(times), 6 * max(1.0, bench.seconds / 180)
    yield Row(f"analysis of {bench.seconds:g} s, one core, cold", f"{took:.2f} s", f"≤ {bar:.1f} s", took <= bar)


def measure_whole(bench: Bench) -> Iterator[Row]:
    song = bench.song(bench.seconds)
    first = bench.make(song, "whole.mp4", title="One", workers=bench.workers, cache="whole")
    floor, floor_cpu = _floor(bench, bench.folder / "whole.mp4")
    ratio = first.seconds / floor
    frames = bench.seconds * 30
    yield Row(
        f"{bench.seconds:g} s of song → 1080p30, whole command against x264 alone, {bench.workers} processes",
        f"{ratio:.2f}× ({first.seconds:.1f} s, {frames / first.seconds:.0f} fps; x264 alone {floor:.1f} s; "
        f"by CPU {first.cpu_seconds / floor_cpu:.2f}×)",
        "≤ 1.6×",
        ratio <= 1.6,
    )
    again = bench.remake(song, "again.mp4", title="Two", workers=bench.workers, cache="whole")
    share = again.seconds / first.seconds
    by_cpu = again.cpu_seconds / first.cpu_seconds
    measured = f"{share:.1%} ({again.seconds:.1f} s; by CPU {by_cpu:.1%})"
    yield Row("export again, another title", measured, "≤ 15%", share <= 0.15)


def _floor(bench: Bench, video: Path) -> tuple[float, float]:
    encoding = preset("youtube").encoding
    command = [sys.executable, "-m", "bench.encode_alone", video, bench.workers, encoding.speed, encoding.quality]
    seconds, cpu = run(command).output.split()[-2:]
    return float(seconds), float(cpu)


def measure_memory(bench: Bench) -> Iterator[Row]:
    peaks = []
    for seconds in (bench.seconds, bench.seconds * LONGER):
        shutil.rmtree(bench.folder / "cache-memory", ignore_errors=True)
        out = bench.folder / "memory.mp4"
        command = [SONGREEL, "make", bench.song(seconds), "", "--workers", str(MEMORY_WORKERS), "-o", out]
        env, patience_s = bench.cache("memory"), bench.patience_s or None
        took = run(command, env=env, memory=True, accept=(0, 1, INTERRUPTED), patience_s=patience_s)
        peaks.append(took.peak_mib or 0.0)
        worked = "to its end" if took.code != INTERRUPTED else f"its first {took.seconds:.0f} s of work"
        yield Row(
            f"peak memory, {MEMORY_WORKERS} workers, {seconds:g} s of song, {worked}",
            f"{peaks[-1]:.0f} MiB",
            "≤ 2048 MiB",
            peaks[-1] <= 2048,
        )
    growth = peaks[1] / peaks[0] - 1
    yield Row(f"memory of a song {LONGER} times as long", f"{growth:+.1%}", "≤ +10%", growth <= 0.10)


def measure_rivals(bench: Bench) -> Iterator[Row]:
    if not RIVAL.exists() or not shutil.which("ffmpeg"):
        yield Row("rivals' scene", f"not measured: {RIVAL} or ffmpeg is not here", "faster", None)
        return
    seconds = min(RIVAL_S, bench.seconds)
    song, cover, quality = bench.song(seconds), bench.cover(), preset("youtube").encoding.quality
    for speed in SPEEDS:
        env = {"FF_PRESET": speed, "FF_CRF": str(quality), "FF_SS": "1"}
        rival = run(["bash", RIVAL, song, cover, "Urban Dreams", f"{seconds:g}", bench.folder / "rival.mp4"], env=env)
        scene = [song, cover, "Urban Dreams", f"{seconds:g}", bench.folder / "ours.mp4", speed, quality, bench.workers]
        ours = run([sys.executable, "-m", "bench.rivals", *scene])
        ratio = ours.seconds / rival.seconds
        yield Row(
            f"rivals' scene, {speed}",
            f"{ratio:.2f}× ({ours.seconds:.1f} s, CPU {ours.cpu_seconds:.1f} s; "
            f"ffmpeg {rival.seconds:.1f} s, CPU {rival.cpu_seconds:.1f} s)",
            "< 1×",
            ratio < 1,
        )


def measure_scenes(_bench: Bench) -> Iterator[Row]:
    """Measure each scene in one process whose driver draws with no thread of its own."""
    told = run([sys.executable, "-m", "bench.scenes"], env={"LP_NUM_THREADS": "0"}).output
    costs = []
    for line in told.splitlines():
        name, milliseconds, driver, correlation, *motion = line.split()
        costs.append(float(milliseconds))
        verse, drop, silence = motion
        yield Row(
            f"scene {name}",
            f"{costs[-1]:.1f} ms; {driver} drives it, {correlation} clear; "
            f"motion {verse} in a verse, {drop} in a drop, {silence} in silence",
            f"≤ {WORST_SCENE_MS} ms, ≥ {CLEAR}",
            costs[-1] <= WORST_SCENE_MS and float(correlation) >= CLEAR,
        )
    median = statistics.median(costs)
    yield Row(f"median of {len(costs)} scenes", f"{median:.1f} ms", f"≤ {SCENE_MS} ms", median <= SCENE_MS)


def measure_laid(_bench: Bench) -> Iterator[Row]:
    """Measure each effect, transition and visualizer in one process whose driver draws with no thread of its own."""
    told = run([sys.executable, "-m", "bench.laid"], env={"LP_NUM_THREADS": "0"}).output
    costs = []
    for kind, name, milliseconds in map(str.split, told.splitlines()):
        costs.append(float(milliseconds))
        yield Row(f"{kind} {name}", f"{costs[-1]:.1f} ms", f"≤ {WORST_LAID_MS} ms", costs[-1] <= WORST_LAID_MS)
    median = statistics.median(costs)
    yield Row(f"median of {len(costs)} laid on", f"{median:.1f} ms", f"≤ {LAID_MS} ms", median <= LAID_MS)


def measure_turns(bench: Bench) -> Iterator[Row]:
    """Measure turns of a conversation; planning a video is told apart."""
    folder = bench.folder / "turns"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    told = run([sys.executable, "-m", "bench.turns", bench.song(bench.seconds), folder]).output
    costs = [[float(each) for each in line.split()[:3]] for line in told.splitlines()]
    beyond, understood, planned = zip(*costs, strict=True)
    yield Row(
        f"CPU of a turn beyond planning, {len(costs)} messages, worst",
        f"{max(beyond):.0f} ms (median {statistics.median(beyond):.0f}, understanding {max(understood):.0f}; "
        f"planning {max(planned):.0f})",
        f"≤ {TURN_MS} ms",
        max(beyond) <= TURN_MS,
    )


ROWS: dict[str, Callable[[Bench], Iterator[Row]]] = {
    "help": measure_help,
    "analysis": measure_analysis,
    "whole": measure_whole,
    "rivals": measure_rivals,
    "memory": measure_memory,
    "scenes": measure_scenes,
    "laid": measure_laid,
    "turns": measure_turns,
}


def main() -> int:
    options = _options()
    unknown = set(options.rows) - set(ROWS)
    if unknown:
        print(f"there is no row {', '.join(sorted(unknown))}; use some of: {', '.join(ROWS)}", file=sys.stderr)
        return 2
    within = True
    with tempfile.TemporaryDirectory(prefix="songreel-bench-") as made:
        folder = options.keep or Path(made)
        folder.mkdir(parents=True, exist_ok=True)
        bench = Bench(folder, options.seconds, options.workers, options.patience)
        for name in options.rows:
            for row in ROWS[name](bench):
                mark = {True: "ok  ", False: "FAIL", None: "--  "}[row.ok]
                print(f"{mark}  {row.what}: {row.measured}  (bar {row.bar})", flush=True)
                within &= row.ok is not False
    return 0 if within else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=lambda text: text.split(","), default=list(ROWS), help=", ".join(ROWS))
    parser.add_argument("--seconds", type=float, default=180, help="length of the song")
    parser.add_argument("--workers", type=int, default=len(os.sched_getaffinity(0)), help="render processes")
    parser.add_argument("--patience", type=float, default=180, help="seconds for each row of memory; 0 is to the end")
    parser.add_argument("--keep", type=Path, help="keep everything that is made in this folder")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
