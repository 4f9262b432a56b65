"""One machine against several: one video by 1, 2 and 4 of them, over PostgreSQL and S3; and what an idle one costs.

``make machines`` runs it. Machines are processes with a home, a cache and one drawing process each, so that on a
computer with fewer cores than machines the ratios are those of its cores.
"""

import os
import time

import psutil
import psycopg
import pytest
from tests.postgres import postgres, postgres_server
from tests.service.fleet import Fleet, wait
from tests.service.test_storage import AWS, endpoint

from songreel.app.conversation import Conversation
from songreel.app.studio import Studio
from songreel.demo import song as demo_song
from songreel.demo.score import Part
from songreel.director.understanding import understand
from songreel.media.store import Cache

__all__ = ["endpoint", "postgres", "postgres_server"]
SIZE = os.environ.get("MACHINES_SIZE", "640x360")
BARS = int(os.environ.get("MACHINES_BARS", "30"))
IDLE_S = 20


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    folder = tmp_path_factory.mktemp("project")
    song = folder / "song.wav"
    half = BARS // 2
    demo_song.write_wav(demo_song.compose(form=(Part("verse", half), Part("chorus", BARS - half)), seed=5), song)
    conversation = Conversation(folder / "project", Studio(Cache(folder / "cache", 10**10)), understand)
    conversation.bring([song])
    conversation.talk("make a video")
    return folder / "project"


def rendered(fleet, project, machines):
    """Return the seconds from asking to the end, and the bytes."""
    fleet.serve(works=False)
    for number in range(machines):
        fleet.worker(f"machine-{number}", SONGREEL_WORKERS="1")
    session = fleet.opened(project)
    # Every machine has begun, so that what is measured is the work.
    wait(lambda: fleet.json("GET", "/ready")[0] == 200)
    fleet.render(session, "first", resolution="32x18", fps=1)
    fleet.finished("first")
    began = time.perf_counter()
    fleet.render(session, resolution=SIZE)
    answer = fleet.finished()
    assert answer["status"] == "completed", answer
    return time.perf_counter() - began, fleet.file()


def test_machines_beside_each_other(postgres_server, endpoint, monkeypatch, project, tmp_path):
    for name, value in {**AWS, "AWS_ENDPOINT_URL": endpoint}.items():
        monkeypatch.setenv(name, value)
    took = {}
    for machines in (1, 2, 4):
        root = tmp_path / str(machines)
        root.mkdir()
        name = f"machines_{machines}"
        with psycopg.connect(f"{postgres_server}/postgres", autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        fleet = Fleet(root, f"{postgres_server}/{name}", SONGREEL_STORAGE_URL=f"s3://bucket/{name}")
        try:
            took[machines] = rendered(fleet, project, machines)
        finally:
            fleet.stop()
    assert len({film for _, film in took.values()}) == 1
    cores = len(os.sched_getaffinity(0))
    load = psutil.getloadavg()[0]
    print(f"\n{SIZE}, {BARS} bars, {cores} cores, load {load:.1f}; the same bytes from all")
    for machines, (seconds, _) in took.items():
        print(f"{machines} machines: {seconds:6.1f} s, {took[1][0] / seconds:4.2f} times as fast as one")


def test_what_a_machine_and_a_chunk_cost(postgres, project, tmp_path):
    fleet = Fleet(tmp_path, postgres)
    try:
        fleet.serve(works=False)
        with psycopg.connect(postgres, autocommit=True) as connection:
            alone = figures(connection)
            worker = fleet.worker("machine")
            wait(lambda: psutil.Process(worker.pid).cpu_times().user > 1)
            time.sleep(5)
            beside = figures(connection)
            spent = psutil.Process(worker.pid).cpu_times()
            time.sleep(IDLE_S)
            after = psutil.Process(worker.pid).cpu_times()
            memory = psutil.Process(worker.pid).memory_info().rss / 2**20
            session = fleet.opened(project)
            before, began = transactions(connection), time.perf_counter()
            fleet.render(session, resolution="32x18")
            while not (answer := fleet.poll())["completedAt"]:
                time.sleep(3)
            idle = beside[0] * (time.perf_counter() - began)
            chunks = -(-round(answer["output"]["duration"]) // 4)
            each = (transactions(connection) - before - idle) / chunks
    finally:
        fleet.stop()
    busy = (after.user + after.system - spent.user - spent.system) / IDLE_S
    print(f"\na server: {alone[0]:.1f} transactions a second, {alone[1]} connections")
    print(f"a worker more: {beside[0] - alone[0]:.1f} transactions a second, {beside[1] - alone[1]} connections")
    print(f"a render: {each:.1f} transactions a chunk ({chunks} chunks)")
    print(f"its share of a core {busy:.1%}, its memory {memory:.0f} MiB")


def figures(connection):
    """Return transactions a second over a while, and connections, of a database."""
    before = transactions(connection)
    time.sleep(IDLE_S)
    count = "SELECT numbackends FROM pg_stat_database WHERE datname = current_database()"
    return (transactions(connection) - before) / IDLE_S, connection.execute(count).fetchone()[0]


def transactions(connection):
    count = "SELECT xact_commit + xact_rollback FROM pg_stat_database WHERE datname = current_database()"
    return connection.execute(count).fetchone()[0]
