"""A server under load: sessions that are polled, renders that run meanwhile, and large uploads at once.

Usage: python -m bench.load [--sessions 200] [--every 5] [--uploads 20] [--megabytes 50] [--renders 4] [--quiet 20]
                            [--rounds 2]

First all but the uploads, for some seconds; then these too, until all of them are in; then as before them again, and
all of that once more. Reads are timed by the client, which shares the machine with the server and its renders: what it
costs itself is told beside.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import psutil
from tests.media.made import write_song
from tests.service.fleet import SKILL, Fleet

from bench.load_clients import Call
from songreel.app.conversation import Conversation
from songreel.app.studio import Studio
from songreel.demo import song as demo_song
from songreel.demo.score import Part
from songreel.director.understanding import understand
from songreel.media.store import Cache

STATE, UPLOAD = "/api/state/nemo_agent/me/{}/latest", "/api/upload-video/nemo_agent/me/{}"
P99_MS, MOST_MIB, GROWTH = 250, 400, 1.1
_RATE = 44_100
_LOOK_S = 0.5


@dataclass
class Seen:
    """What came of it: the calls, and the server's memory in MiB (all that is its own or shared, and its part of it).

    ``uploads`` are those of each round; ``rested`` is the memory after each; ``spent`` whose the CPU was meanwhile.
    """

    first: list[Call] = field(default_factory=list)
    quiet: list[Call] = field(default_factory=list)
    loaded: list[Call] = field(default_factory=list)
    uploads: list[list[Call]] = field(default_factory=list)
    resident: list[float] = field(default_factory=list)
    part: list[float] = field(default_factory=list)
    rested: list[float] = field(default_factory=list)
    spent: Counter[str] = field(default_factory=Counter)


def main() -> int:
    """Measure, print what was measured beside what is wanted, and return 1 where it is not met."""
    chosen = _arguments()
    with tempfile.TemporaryDirectory(prefix="songreel-load-") as folder:
        root = Path(folder)
        fleet = Fleet(root, SONGREEL_RENDERS_EACH=str(max(1, chosen.renders)), SONGREEL_RATE_PER_TOKEN="0")
        project, song = _project(root), _song(root, chosen.megabytes)
        server = fleet.serve()
        try:
            sessions = _sessions(fleet, project, chosen.sessions)
            empty = [*_empty(fleet, chosen.uploads)]
            _rendering(fleet, sessions[: chosen.renders])
            seen = _Trial(fleet, psutil.Process(server.pid)).run(sessions, empty, song, chosen)
            running = sum(fleet.poll(f"load-{number}")["status"] == "processing" for number in range(chosen.renders))
        finally:
            for process in list(fleet.running):
                fleet.kill(process)
    return _report(seen, chosen, running)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure a server under load.")
    parser.add_argument("--sessions", type=int, default=200)
    parser.add_argument("--every", type=float, default=5, help="seconds between two reads of a session")
    parser.add_argument("--uploads", type=int, default=20)
    parser.add_argument("--megabytes", type=int, default=50)
    parser.add_argument("--renders", type=int, default=4)
    parser.add_argument("--quiet", type=float, default=20, help="seconds without uploads, before them and afterwards")
    parser.add_argument("--rounds", type=int, default=2, help="how often all files are uploaded, each time others")
    return parser.parse_args()


def _project(root: Path) -> Path:
    song = root / "short.wav"
    demo_song.write_wav(demo_song.compose(form=(Part("verse", 16), Part("chorus", 16)), seed=5), song)
    conversation = Conversation(root / "project", Studio(Cache(root / "cache", 10**10)), understand)
    conversation.bring([song])
    conversation.talk("make a video with quick cuts and a visualizer")
    return root / "project"


def _song(root: Path, megabytes: int) -> Path:
    path = root / "large.wav"
    sound = np.random.default_rng(1).uniform(-0.4, 0.4, (2, megabytes * 1_000_000 // 4)).astype(np.float32)
    write_song(path, sound, rate=_RATE)
    return path


def _sessions(fleet: Fleet, project: Path, number: int) -> list[str]:
    """Return new sessions, each with a project of its own."""
    found = [fleet.opened(project)]
    for session in _empty(fleet, number - 1):
        place = fleet.home / "sessions" / session / "project"
        shutil.rmtree(place)
        shutil.copytree(project, place, copy_function=os.link)
        found.append(session)
    return found


def _empty(fleet: Fleet, number: int) -> Iterable[str]:
    for _ in range(number):
        yield fleet.json("POST", "/api/tasks/me/with-session/nemo_agent", {})[1]["session_id"]


def _rendering(fleet: Fleet, sessions: list[str]) -> None:
    for number, session in enumerate(sessions):
        status, answer = fleet.render(session, f"load-{number}", resolution="1080p")
        assert status == 200, answer


class _Trial:
    """The clients of one server, and what is seen of it meanwhile."""

    def __init__(self, fleet: Fleet, server: psutil.Process) -> None:
        self._fleet, self._server, self._seen = fleet, server, Seen()
        self._headers = {**SKILL, "Authorization": f"Bearer {fleet.token}"}

    def run(self, sessions: list[str], empty: list[str], song: Path, chosen: argparse.Namespace) -> Seen:
        """Poll, upload meanwhile, and return what was seen."""
        poller = self._client("poll", [STATE.format(each) for each in sessions], every=chosen.every)
        fresh = time.monotonic() + chosen.every
        self._watch(lambda: False, chosen.every + chosen.quiet)
        paths = [UPLOAD.format(each) for each in empty]
        spans = []
        for number in range(chosen.rounds):
            began = time.monotonic()
            self._upload(poller, paths, file=str(song), others=number * len(paths))
            spans.append((began, time.monotonic()))
            resting = len(self._seen.resident)
            self._watch(lambda: False, chosen.quiet)
            self._seen.rested.append(float(np.median(self._seen.resident[resting:])))
        for each in json.loads(poller.communicate()[0]):
            loaded = any(each["ended"] > began and each["began"] < ended for began, ended in spans)
            among = self._seen.loaded if loaded else self._seen.quiet
            (self._seen.first if each["began"] < fresh else among).append(each)
        return self._seen

    def _upload(self, poller: subprocess.Popen[str], paths: list[str], **what: object) -> None:
        before = self._spent(poller)
        uploader = self._client("upload", paths, **what)
        self._watch(lambda: uploader.poll() is not None)
        self._seen.spent += self._spent(poller) - before
        assert uploader.stdout is not None
        self._seen.uploads.append(json.loads(uploader.stdout.read()))

    def _client(self, kind: str, paths: list[str], **more: object) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "bench.load_clients", kind]
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert process.stdin is not None
        process.stdin.write(
            json.dumps({"port": self._fleet.port, "headers": self._headers, "paths": paths, **more}) + "\n"
        )
        process.stdin.flush()
        return process

    def _watch(self, until: Callable[[], bool], most_s: float = float("inf")) -> None:
        end = time.monotonic() + most_s
        while time.monotonic() < end and not until():
            memory = self._server.memory_full_info()
            self._seen.resident.append(memory.rss / 2**20)
            self._seen.part.append(memory.pss / 2**20)
            time.sleep(_LOOK_S)

    def _spent(self, poller: subprocess.Popen[str]) -> Counter[str]:
        """Return the seconds of CPU that were spent so far, by whom."""
        all_of_it = psutil.cpu_times()
        found = Counter(
            server=sum(self._server.cpu_times()[:2]),
            renders_and_looks=sum(self._server.cpu_times()[2:4]),
            clients=sum(psutil.Process(poller.pid).cpu_times()[:2]) + sum(psutil.Process().cpu_times()[:4]),
            nobody=all_of_it.idle + all_of_it.iowait,
        )
        found["renders_and_looks"] += sum(
            sum(each.cpu_times()[:4]) for each in self._server.children(recursive=True) if each.is_running()
        )
        found["others"] = sum(all_of_it[:8]) - found.total()
        return found


def _report(seen: Seen, chosen: argparse.Namespace, running: int) -> int:
    calls = [*seen.first, *seen.quiet, *seen.loaded, *itertools.chain(*seen.uploads)]
    errors = sorted({call["error"] for call in calls if call["error"]})
    most, grown = max(seen.resident), seen.rested[-1] / seen.rested[0]
    load, cores = psutil.getloadavg()[0], len(os.sched_getaffinity(0))
    print(f"{chosen.sessions} sessions, one read each {chosen.every:g} s; {cores} cores, load {load:.1f} at the end")
    print(f"state reads, the first of each session: {_told(seen.first)}")
    print(f"state reads while no files come in: {_told(seen.quiet)}")
    for each in seen.uploads:
        took = max(call["ended"] for call in each) - min(call["began"] for call in each)
        print(f"uploads: {len(each) * chosen.megabytes / took:.1f} MB/s together, all in after {took:.1f} s")
    shares = (f"{name} {100 * seconds / seen.spent.total():.0f}%" for name, seconds in seen.spent.items())
    print(f"CPU meanwhile: {', '.join(shares)}")
    verdicts = {
        f"{len(errors)} kinds of errors in {len(calls)} calls": not errors,
        f"state reads while files come in: {_told(seen.loaded)} (wanted: {P99_MS})": _p99(seen.loaded) <= P99_MS,
        f"memory of the server: {most:.0f} MiB at most (wanted: {MOST_MIB}), {max(seen.part):.0f} its part of what is "
        "shared": most <= MOST_MIB,
        f"memory after each round: {', '.join(f'{each:.0f}' for each in seen.rested)} MiB (flat: within {GROWTH:g} "
        "times)": grown <= GROWTH,
        f"{running} of {chosen.renders} renders were running at the end": running == chosen.renders,
    }
    for said, met in verdicts.items():
        print(f"{'ok ' if met else 'NOT'} {said}")
    for error in errors[:5]:
        print(f"    {error}")
    return 0 if all(verdicts.values()) else 1


def _told(calls: list[Call]) -> str:
    half, p99, most = np.percentile(_ms(calls), (50, 99, 100))
    return f"median {half:.0f} ms, p99 {p99:.0f}, at most {most:.0f}"


def _p99(calls: list[Call]) -> float:
    return float(np.percentile(_ms(calls), 99))


def _ms(calls: list[Call]) -> list[float]:
    return [1000 * (call["ended"] - call["began"]) for call in calls] or [float("nan")]


if __name__ == "__main__":
    sys.exit(main())
