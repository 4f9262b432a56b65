"""Every option of every command is one that a person reads of."""

import typer

from songreel.cli import shell  # noqa: F401 - it gathers the commands of all modules
from songreel.cli.commands import app


def options(group, name="songreel"):
    for param in group.params:
        if param.param_type_name == "option":
            yield f"{name} {param.opts[0]}", param
    for key, command in getattr(group, "commands", {}).items():
        yield from options(command, f"{name} {key}")


def test_a_flag_has_no_negation_that_nothing_documents():
    found = dict(options(typer.main.get_command(app)))
    assert "songreel make --allow-flashing" in found
    assert [name for name, option in found.items() if option.secondary_opts] == []
