"""A PostgreSQL server of the tests' own, in a folder that goes with them; skipped with a reason where there is none."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import uuid
from pathlib import Path

import psycopg
import pytest

PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
START_S = 120


def whose():
    """Who runs the server: it refuses root."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            found = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": found.pw_uid, "group": found.pw_gid, "extra_groups": ()}
    return pytest.skip("PostgreSQL refuses root, and there is no other user")


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


@pytest.fixture(scope="session")
def postgres_server():
    """The address of a running server, without a database's name."""
    if not PROGRAMS:
        pytest.skip("PostgreSQL is not installed (Debian's package postgresql)")
    programs, runs_as = PROGRAMS[-1].parent, whose()
    # Not under pytest's own folder: that one is closed to the user who runs the server.
    folder = Path(tempfile.mkdtemp(prefix="songreel-postgres-"))
    if runs_as:
        os.chown(folder, runs_as["user"], runs_as["group"])
    data, port = folder / "data", free_port()

    def run(*command):
        with (folder / "out.txt").open("ab") as out:
            subprocess.run(command, check=True, cwd=folder, stdout=out, stderr=out, timeout=START_S, **runs_as)

    options = (
        f"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories={folder}"
        " -c fsync=off -c full_page_writes=off -c max_connections=300"
    )
    try:
        run(programs / "initdb", "-D", data, "-U", "songreel", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N")
        run(programs / "pg_ctl", "-D", data, "-w", "-t", str(START_S), "-l", folder / "log.txt", "-o", options, "start")
        yield f"postgresql://songreel@127.0.0.1:{port}"
        run(programs / "pg_ctl", "-D", data, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgres(postgres_server):
    """The address of a new, empty database."""
    name = f"songreel_{uuid.uuid4().hex}"
    with psycopg.connect(f"{postgres_server}/postgres", autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    yield f"{postgres_server}/{name}"
    with psycopg.connect(f"{postgres_server}/postgres", autocommit=True) as connection:
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
