"""Runs one command line and maps every error to one sentence and one exit code, in one place."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import typer

from songreel.base import memory
from songreel.base.errors import SongreelError
from songreel.cli import (
    INTERRUPTED,
    STOPPED,
    chat_commands,  # noqa: F401 - its command joins those of the app
    edit_commands,  # noqa: F401 - its commands join those of the app
    mcp_commands,  # noqa: F401 - so do these
    worker_commands,  # noqa: F401 - and this one
)
from songreel.cli.arguments import spread
from songreel.cli.commands import app

BAD_REQUEST = 2


def run(argv: Sequence[str]) -> int:
    """Run a command line and return its exit code: 0 done, 1 failed, 2 bad input, 3 something is missing."""
    memory.keep_freed()
    try:
        code = app(args=spread(argv), prog_name="songreel", standalone_mode=False)
    except SongreelError as error:
        _say(str(error))
        return error.exit_code
    except SystemExit as ended:
        # Typer ends so when whoever read our output has enough of it.
        if isinstance(ended.__context__, BrokenPipeError):
            return 0
        raise
    except typer.Exit as done:
        return done.exit_code
    except typer.Abort as aborted:
        # Typer makes this of any file that ends too soon: a fault of ours, which must not look like Ctrl-C.
        raise aborted.__cause__ or aborted from None
    except typer.TyperException as error:
        _say(f"{error.format_message().rstrip('.')}. See songreel --help.")
        return BAD_REQUEST
    if code == INTERRUPTED:
        _say(STOPPED)
    return code if isinstance(code, int) else 0


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr)
