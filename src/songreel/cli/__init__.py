"""The command line: parses, calls the studio, prints. It decides nothing."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the program with the arguments of this process."""
    from songreel.cli import shell

    sys.exit(shell.run(sys.argv[1:]))
