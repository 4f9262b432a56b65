"""A service of one's own for as long as a command runs: ``songreel serve`` in a process beside it, on a free port."""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from songreel.base.errors import MissingPart

HOST = "127.0.0.1"
STARTS_WITHIN_S, ENDS_WITHIN_S = 120.0, 20.0
_LOOK_S = 0.1
_TRIES = 3
_PR_SET_PDEATHSIG = 1


@contextmanager
def service() -> Iterator[str]:
    """Start a service, yield its address once it answers, and end it; raises MissingPart when it does not start."""
    with tempfile.TemporaryFile() as said:
        process, address = _started(said)
        try:
            yield address
        finally:
            _end(process)


def _started(said: IO[bytes]) -> tuple[subprocess.Popen[bytes], str]:
    for _ in range(_TRIES):
        # Between looking for a free port and taking it another program may take it: then with another one.
        port = _free_port()
        process = subprocess.Popen(
            [sys.executable, "-m", __name__, str(os.getpid()), str(port)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=said,
            start_new_session=True,
        )
        address = f"http://{HOST}:{port}"
        try:
            if _answers(process, address):
                return process, address
        except BaseException:
            _end(process)
            raise
        _end(process)
    said.seek(0)
    last = said.read().decode("utf-8", "replace").strip().splitlines()[-1:]
    raise MissingPart(
        f"the service does not start: {''.join(last) or 'it says nothing'}",
        advice="Start it with songreel serve to see why.",
    )


def _answers(process: subprocess.Popen[bytes], address: str) -> bool:
    """Wait until a service answers anything; False when it ended, or takes too long."""
    deadline = time.monotonic() + STARTS_WITHIN_S
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    while process.poll() is None and time.monotonic() < deadline:
        try:
            opener.open(f"{address}/openapi.json", timeout=5).close()
        except urllib.error.HTTPError:
            return True
        except OSError:
            time.sleep(_LOOK_S)
        else:
            return True
    return False


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(ENDS_WITHIN_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def _serve(parent: int, port: str) -> None:
    """Be the service, and end with the process that wanted it."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:
        return
    from songreel.cli import main

    sys.argv = [str(Path(sys.argv[0]).name), "serve", "--host", HOST, "--port", port]
    main()


if __name__ == "__main__":
    _serve(int(sys.argv[1]), sys.argv[2])
