"""A server under load: sessions that are polled, large uploads at once, and renders that run meanwhile.

Usage: python -m bench.load [--sessions 200] [--every 5] [--uploads 20] [--megabytes 50] [--renders 4] [--seconds 60]

Reads are timed by the client, which shares the machine with the server and its renders: what it waits for itself is in
the figures. Beside them stand the server's own, as its metrics count them.
"""

from __future__ import annotations

import argparse
import asyncio
import http.client
import itertools
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import numpy as np
import psutil
from prometheus_client.parser import text_string_to_metric_families
from tests.media.made import write_song
from tests.service.fleet import SKILL, Fleet

from songreel.app.conversation import Conversation
from songreel.app.studio import Studio
from songreel.demo import song as demo_song
from songreel.demo.score import Part
from songreel.director.understanding import understand
from songreel.media.store import Cache

STATE = "/api/state/nemo_agent/me/{session_id}/latest"
P99_MS, MOST_MIB, GROWTH = 250, 400, 1.1
_PIECE = 1 << 20
_RATE = 44_100


@dataclass
class Seen:
    """What came of the calls: milliseconds of each read, megabytes a second of each upload, errors, memory in MiB."""

    reads: list[float] = field(default_factory=list)
    uploads: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)


def main() -> int:
    """Measure, print what was measured beside what is wanted, and return 1 where it is not met."""
    chosen = _arguments()
    with tempfile.TemporaryDirectory(prefix="songreel-load-") as folder:
        root = Path(folder)
        fleet = Fleet(root, SONGREEL_RENDERS_EACH=str(max(1, chosen.renders)), SONGREEL_RATE_PER_TOKEN="0")
        project, song = _project(root), _song(root, chosen.megabytes)
        server = fleet.serve()
        try:
            sessions = [*_sessions(fleet, project, chosen.sessions), *_empty(fleet, chosen.uploads)]
            _rendering(fleet, sessions[: chosen.renders])
            seen = asyncio.run(_loaded(fleet, server.pid, sessions, song, chosen))
            running = sum(fleet.poll(f"load-{number}")["status"] == "processing" for number in range(chosen.renders))
            counted = _counted(fleet)
        finally:
            for process in list(fleet.running):
                fleet.kill(process)
    return _report(seen, chosen, running, counted)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure a server under load.")
    parser.add_argument("--sessions", type=int, default=200)
    parser.add_argument("--every", type=float, default=5, help="seconds between two reads of a session")
    parser.add_argument("--uploads", type=int, default=20)
    parser.add_argument("--megabytes", type=int, default=50)
    parser.add_argument("--renders", type=int, default=4)
    parser.add_argument("--seconds", type=float, default=60)
    return parser.parse_args()


def _project(root: Path) -> Path:
    song = root / "short.wav"
    demo_song.write_wav(demo_song.compose(form=(Part("verse", 16), Part("chorus", 16)), seed=5), song)
    conversation = Conversation(root / "project", Studio(Cache(root / "cache", 10**10)), understand)
    conversation.bring([song])
    conversation.talk("make a video with quick cuts and a visualizer")
    return root / "project"


def _song(root: Path, megabytes: int) -> Path:
    """Return a WAV of so many megabytes; with another first sample it is another file."""
    path = root / "large.wav"
    sound = np.random.default_rng(1).uniform(-0.4, 0.4, (2, megabytes * 1_000_000 // 4)).astype(np.float32)
    write_song(path, sound, rate=_RATE)
    return path


def _sessions(fleet: Fleet, project: Path, number: int) -> list[str]:
    """Return new sessions, each with a project of its own."""
    found = [fleet.opened(project)]
    for _ in range(number - 1):
        found += _empty(fleet, 1)
        place = fleet.home / "sessions" / found[-1] / "project"
        shutil.rmtree(place)
        shutil.copytree(project, place, copy_function=os.link)
    return found


def _empty(fleet: Fleet, number: int) -> list[str]:
    answers = (fleet.json("POST", "/api/tasks/me/with-session/nemo_agent", {})[1] for _ in range(number))
    return [answer["session_id"] for answer in answers]


def _rendering(fleet: Fleet, sessions: list[str]) -> None:
    for number, session in enumerate(sessions):
        status, answer = fleet.render(session, f"load-{number}", resolution="1080p")
        assert status == 200, answer


async def _loaded(fleet: Fleet, pid: int, sessions: list[str], song: Path, chosen: argparse.Namespace) -> Seen:
    seen, until = Seen(), time.monotonic() + chosen.seconds
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(max(1, chosen.uploads)))
    headers = {**SKILL, "Authorization": f"Bearer {fleet.token}"}
    limits = httpx.Limits(max_connections=None)
    site = f"http://127.0.0.1:{fleet.port}"
    made = httpx.AsyncClient(base_url=site, headers=headers, limits=limits, timeout=300)
    async with made as client, asyncio.TaskGroup() as group:
        group.create_task(_watched(pid, seen, until))
        for place, session in enumerate(sessions[: chosen.sessions]):
            late = chosen.every * place / chosen.sessions
            group.create_task(_polled(client, session, seen, (late, chosen.every, until)))
        for place in range(chosen.uploads):
            what = (sessions[-1 - place], song, place)
            group.create_task(asyncio.to_thread(_uploaded, fleet.port, fleet.token, what, seen))
    return seen


async def _watched(pid: int, seen: Seen, until: float) -> None:
    process = psutil.Process(pid)
    while time.monotonic() < until:
        seen.memory.append(process.memory_info().rss / 2**20)
        await asyncio.sleep(0.25)


async def _polled(client: httpx.AsyncClient, session: str, seen: Seen, when: tuple[float, float, float]) -> None:
    late, every, until = when
    await asyncio.sleep(late)
    while time.monotonic() < until:
        began = time.perf_counter()
        try:
            answer = await client.get(STATE.format(session_id=session))
            seen.reads.append((time.perf_counter() - began) * 1000)
            if answer.status_code != 200 or answer.json()["code"] != 0:
                seen.errors.append(f"read {answer.status_code}: {answer.text[:200]}")
        except httpx.HTTPError as error:
            seen.errors.append(f"read: {error!r}")
        await asyncio.sleep(every)


def _uploaded(port: int, token: str, what: tuple[str, Path, int], seen: Seen) -> None:
    """Send a file by blocking calls in a thread, which costs this process next to nothing."""
    session, song, number = what
    head = b'--load\r\nContent-Disposition: form-data; name="files"; filename="song.wav"\r\n\r\n'
    tail = b"\r\n--load--\r\n"
    size = song.stat().st_size
    headers = {
        **SKILL,
        "Authorization": f"Bearer {token}",
        "Content-Type": "multipart/form-data; boundary=load",
        "Content-Length": str(len(head) + size + len(tail)),
    }
    began = time.perf_counter()
    wire = http.client.HTTPConnection("127.0.0.1", port, timeout=300)
    try:
        path = f"/api/upload-video/nemo_agent/me/{session}"
        wire.request("POST", path, itertools.chain([head], _pieces(song, number), [tail]), headers)
        answer = wire.getresponse()
        if answer.status != 200:
            seen.errors.append(f"upload {answer.status}: {answer.read(200)!r}")
    except (OSError, http.client.HTTPException) as error:
        seen.errors.append(f"upload: {error!r}")
    finally:
        wire.close()
    seen.uploads.append(size / 1e6 / (time.perf_counter() - began))


def _pieces(song: Path, number: int) -> Iterator[bytes]:
    with song.open("rb") as stream:
        # Another sample somewhere behind the header makes another file of it.
        first = bytearray(stream.read(_PIECE))
        first[-1] = number
        yield bytes(first)
        while piece := stream.read(_PIECE):
            yield piece


def _counted(fleet: Fleet) -> dict[float, float]:
    """Return how many reads the server answered within how many seconds, as its metrics count them."""
    text = fleet.call("GET", "/metrics")[1].decode()
    samples = (sample for family in text_string_to_metric_families(text) for sample in family.samples)
    return {
        float(sample.labels["le"]): sample.value
        for sample in samples
        if sample.name == "songreel_request_seconds_bucket" and sample.labels.get("route") == STATE
    }


def _report(seen: Seen, chosen: argparse.Namespace, running: int, counted: dict[float, float]) -> int:
    half, p99 = np.percentile(seen.reads, (50, 99))
    total = counted.get(float("inf"), 0)
    within = next((edge for edge, count in sorted(counted.items()) if count >= 0.99 * total), float("nan"))
    quarter = max(1, len(seen.memory) // 4)
    middle, end = (float(np.median(part)) for part in (seen.memory[quarter : 2 * quarter], seen.memory[-quarter:]))
    first, most = seen.memory[0], max(seen.memory)
    verdicts = {
        f"{len(seen.errors)} errors in {len(seen.reads)} reads and {len(seen.uploads)} uploads": not seen.errors,
        f"state reads: median {half:.0f} ms, p99 {p99:.0f} ms (wanted: {P99_MS})": p99 <= P99_MS,
        f"memory of the server: {first:.0f} MiB first, {most:.0f} at most (wanted: {MOST_MIB})": most <= MOST_MIB,
        f"second quarter {middle:.0f} MiB, last {end:.0f} (flat: within {GROWTH:g} times)": end <= GROWTH * middle,
        f"{running} of {chosen.renders} renders were running at the end": running == chosen.renders,
    }
    load, cores = psutil.getloadavg()[0], len(os.sched_getaffinity(0))
    print(f"{chosen.sessions} sessions, one read each {chosen.every:g} s; {cores} cores, load {load:.1f} at the end")
    print(
        f"uploads: {np.median(seen.uploads):.1f} MB/s each (median); the server counts 99% of reads within {within:g} s"
    )
    for said, met in verdicts.items():
        print(f"{'ok ' if met else 'NOT'} {said}")
    for error in sorted(set(seen.errors))[:5]:
        print(f"    {error}")
    return 0 if all(verdicts.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
