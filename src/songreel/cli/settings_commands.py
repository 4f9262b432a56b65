"""The command that tells all settings; docs/settings.md is what it prints as Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from songreel.base.settings import Described

app = typer.Typer(rich_markup_mode=None, help="Tell all settings, their defaults and meanings.")
_HEAD = """# Settings

Written by `songreel settings --markdown`. Each is a variable of the environment, or stands in a file that
`SONGREEL_SETTINGS` names: TOML with the names in small letters and without the prefix (`workers = 2`), or lines as an
environment has them (`SONGREEL_WORKERS=2`) where the file's name ends in `.env`. The environment overrules the file.

| setting | default | |
|---|---|---|
"""


@app.callback(invoke_without_command=True)
def told(markdown: Annotated[bool, typer.Option("--markdown", help="As docs/settings.md has them.")] = False) -> None:
    """Tell all settings, their defaults and meanings."""
    from songreel.base.settings import described

    typer.echo(page() if markdown else "\n".join(_line(each) for each in described()), nl=not markdown)


def page() -> str:
    """Return the documentation of all settings, as Markdown."""
    from songreel.base.settings import described

    return _HEAD + "".join(_cells(each) for each in described())


def _line(each: Described) -> str:
    default = f" [{each.default}]" if each.default else ""
    return f"{each.name}{default}\n    {each.meaning}"


def _cells(each: Described) -> str:
    default = f"`{each.default}`" if each.default else ""
    return f"| `{each.name}` | {default} | {each.meaning.replace('|', '/')} |\n"
