"""Runs one command line and maps every error to one sentence and one exit code, in one place."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from songreel.base.errors import SongreelError, Stopped
from songreel.cli.arguments import spread
from songreel.cli.commands import app

INTERRUPTED = 130


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
    except Exception as error:
        return _typer_error(error)
    return code if isinstance(code, int) else 0


def _typer_error(error: Exception) -> int:
    import click

    if isinstance(error, click.exceptions.Exit):
        return error.exit_code
    if isinstance(error, click.exceptions.Abort):
        return Stopped.exit_code
    if isinstance(error, click.ClickException):
        error.show()
        return error.exit_code
    raise error


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr)
