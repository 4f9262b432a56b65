"""However a command ends, a person gets one sentence and a script gets an exit code."""

import subprocess
import sys

import pytest
import typer

from songreel.base.errors import CannotWrite, MissingPart
from songreel.cli import shell


def ending(error=None, *, cause=None, code=None):
    def app(**_):
        if error is not None:
            raise error from cause
        return code

    return app


@pytest.mark.parametrize(
    ("app", "code", "said"),
    [
        (ending(), 0, ""),
        (ending(code=130), 130, "Stopped."),
        (ending(typer.Exit(1)), 1, ""),
        (ending(CannotWrite("the disk is full", advice="Free some.")), 2, "the disk is full. Free some."),
        (ending(MissingPart("no driver", advice="Install it.")), 3, "no driver. Install it."),
    ],
)
def test_each_end_has_its_code_and_sentence(monkeypatch, capsys, app, code, said):
    monkeypatch.setattr(shell, "app", app)
    assert shell.run([]) == code
    assert said in capsys.readouterr().err


def test_a_fault_of_ours_does_not_look_like_ctrl_c(monkeypatch):
    monkeypatch.setattr(shell, "app", ending(typer.Abort(), cause=EOFError("no data")))
    with pytest.raises(EOFError):
        shell.run([])


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_a_signal_at_any_moment_is_one_sentence(name):
    code = (
        "import os, signal; from songreel import cli; from songreel.cli import shell\n"
        f"shell.run = lambda _arguments: os.kill(os.getpid(), signal.{name})\n"
        "cli.main()"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr) == (130, "Stopped. The same command goes on from here.\n")


def test_a_reader_that_has_enough_is_no_failure():
    piped = f"{sys.executable} -m songreel scenes | head -c 1 > /dev/null; echo ${{PIPESTATUS[0]}}"
    ended = subprocess.run(["bash", "-c", piped], capture_output=True, text=True, check=False)
    assert (ended.stdout, ended.stderr) == ("0\n", "")
