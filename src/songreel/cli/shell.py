"""Runs one command line and maps every error to one sentence and one exit code, in one place."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import typer

from songreel.base.errors import SongreelError
from songreel.cli.arguments import spread
from songreel.cli.commands import app

INTERRUPTED = 130
BAD_REQUEST = 2


def run(argv: Sequence[str]) -> int:
    """Run a command line and return its exit code: 0 done, 1 failed, 2 bad input, 3 something is missing."""
    try:
        code = app(args=spread(argv), prog_name="songreel", standalone_mode=False)
    except SongreelError as error:
        _say(str(error))
        return error.exit_code
    except KeyboardInterrupt:
        _say("Stopped. The same command goes on from here.")
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has enough of it; Python would complain again when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except typer.Exit as done:
        return done.exit_code
    except typer.Abort:
        return INTERRUPTED
    except typer.TyperException as error:
        _say(f"{error.format_message().rstrip('.')}. See songreel --help.")
        return BAD_REQUEST
    return code if isinstance(code, int) else 0


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr)
