"""The inside of a worker process: ``python -m songreel.jobs.worker``, started by `chunk_process` alone.

It is told where modules are found, which one to import ahead, then how to set itself up, then one task after another.
It dies with its parent, however that ends, and leaves Ctrl-C to it.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import traceback
from importlib import import_module
from typing import IO

from songreel.jobs import wire

_PR_SET_PDEATHSIG = 1


def main() -> None:
    """Serve tasks until the parent closes the pipe."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _die_with(parent=int(sys.argv[1]))
    inlet, outlet = _pipes()
    try:
        path, module = wire.receive(inlet)
        sys.path[:] = path
        import_module(module)
        _serve(inlet, outlet)
    except EOFError:
        return


def _serve(inlet: IO[bytes], outlet: IO[bytes]) -> None:
    open_shop, setup = wire.receive(inlet)
    try:
        work = open_shop(setup)
    except Exception as error:
        wire.send(outlet, _failed(error))
        return
    while True:
        task = wire.receive(inlet)
        try:
            answer = wire.Answer(work(task))
        except Exception as error:
            answer = _failed(error)
        wire.send(outlet, answer)


def _failed(error: Exception) -> wire.Answer:
    """Return an error as an answer; a note says where it was raised, since a traceback cannot travel."""
    error.add_note("In a worker process:\n" + "".join(traceback.format_exception(error)))
    return wire.Answer(error=error)


def _die_with(*, parent: int) -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)


def _pipes() -> tuple[IO[bytes], IO[bytes]]:
    """Return the two pipes; what libraries print goes to standard error instead of between the messages."""
    inlet = os.fdopen(os.dup(0), "rb")
    outlet = os.fdopen(os.dup(1), "wb")
    with open(os.devnull, "rb") as nothing:  # noqa: PTH123 - a device, not a path of ours
        os.dup2(nothing.fileno(), 0)
    os.dup2(2, 1)
    return inlet, outlet


if __name__ == "__main__":
    main()
