"""The command line: parses, calls the studio, prints. It decides nothing."""

from __future__ import annotations

import signal
import sys

INTERRUPTED = 130
STOPPED = "Stopped. The same command goes on from here."


def main() -> None:
    """Run the program with the arguments of this process; being told to end is as Ctrl-C."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        from songreel.cli import shell

        code = shell.run(sys.argv[1:])
    except KeyboardInterrupt:
        print(STOPPED, file=sys.stderr)
        code = INTERRUPTED
    sys.exit(code)
