"""The command line: every command, its arguments and options, and the exit codes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import typer
from tools.reference.markdown import code, said, table, told

from songreel.base import errors
from songreel.cli import shell  # noqa: F401 - it gathers the commands of all modules
from songreel.cli.commands import app

_HEAD = """# The command line

`songreel COMMAND --help` says the same in the terminal. Options may stand before or after arguments. Words with spaces
in them are put in quotes. Paths are files of this machine.

"""
_TYPE = re.compile(r"<(.+)>")
_PLAIN = {"str": "text", "int": "number", "float": "number", "path": "path"}
_TAIL = """## Exit codes

| code | |
|---|---|
| `0` | done |
| `1` | a check failed: a proof, a scene, a message that could not be carried out; or one of the errors below |
| `2` | something given cannot be used: an option that is not there, or one of the errors below |
| `3` | something is missing on this machine; `songreel doctor` names the command that mends it |
| `130` | stopped by Ctrl-C or a request to end; the same command goes on from there |

An error is one sentence on standard error that says what is wrong, and mostly another that says what to do. The errors,
as Python raises them:

"""


def page() -> str:
    """Return the page."""
    group: Any = typer.main.get_command(app)
    top = _context(group, "songreel", None)
    commands = "".join(_command(*each) for each in _walk(group, top))
    return _HEAD + _options(group, top) + commands + _TAIL + table(("error", "code", ""), _errors())


def _context(command: Any, name: str, parent: Any) -> Any:
    return command.context_class(command, info_name=name, parent=parent)


def _walk(group: Any, above: Any) -> Iterator[tuple[Any, Any]]:
    for name, command in group.commands.items():
        if command.hidden:
            continue
        here = _context(command, name, above)
        if not hasattr(command, "commands"):
            yield command, here
            continue
        if command.invoke_without_command:
            yield command, here
        yield from _walk(command, here)


def _command(command: Any, here: Any) -> str:
    found = [each for each in command.get_params(here) if each.name != "help"]
    options = [] if all(_is_argument(each) for each in found) else ["[OPTIONS]"]
    usage = " ".join([here.command_path, *options, *(_usage(each) for each in found if _is_argument(each))])
    meaning = said(command.help, here.command_path)
    return f"## {here.command_path}\n\n```\n{usage}\n```\n\n{meaning}\n\n{_options(command, here)}"


def _usage(argument: Any) -> str:
    if argument.metavar:
        return str(argument.metavar)
    name = argument.name.upper()
    return name if argument.required else f"[{name}]"


def _options(command: Any, here: Any) -> str:
    found = [each for each in command.get_params(here) if each.name != "help"]
    return table(("", ""), [_row(each, here) for each in found])


def _row(parameter: Any, here: Any) -> tuple[str, str]:
    meaning = said(parameter.help, f"{here.command_path} {parameter.name}")
    return code(_written(parameter, here)), " ".join([meaning, *_bounds(parameter), *_default(parameter)])


def _written(parameter: Any, here: Any) -> str:
    if _is_argument(parameter):
        return _usage(parameter)
    kind = _TYPE.search(parameter.get_help_record(here)[0])
    kinds = kind[1].removesuffix(" range").replace("list[", "").replace("]", "").lower() if kind else ""
    return f"{', '.join(sorted(parameter.opts, key=len))}{f' {_PLAIN.get(kinds, kinds).upper()}' if kinds else ''}"


def _bounds(parameter: Any) -> Iterator[str]:
    low, high = parameter.min, parameter.max
    if low is not None and high is not None:
        yield f"{low:,} to {high:,}."
    elif low is not None:
        yield f"At least {low:,}."


def _default(parameter: Any) -> Iterator[str]:
    if parameter.default not in (None, False, 0) and not parameter.required:
        yield f"Default: `{getattr(parameter.default, 'value', parameter.default)}`."


def _is_argument(parameter: Any) -> bool:
    return bool(parameter.param_type_name == "argument")


def _errors() -> Iterator[tuple[str, str, str]]:
    waiting: list[type[errors.SongreelError]] = [errors.SongreelError]
    while waiting:
        error = waiting.pop(0)
        waiting += error.__subclasses__()
        if error.__module__ == errors.__name__:
            yield code(error.__name__), code(error.exit_code), told(error, error.__name__)
