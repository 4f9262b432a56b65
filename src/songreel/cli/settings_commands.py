"""The command that tells all settings; docs/reference/settings.md has them as a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from songreel.base.settings import Described

app = typer.Typer(rich_markup_mode=None, help="Tell all settings, their defaults and meanings.")


@app.callback(invoke_without_command=True)
def told() -> None:
    """Tell all settings, their defaults and meanings."""
    from songreel.base.settings import described

    typer.echo("\n".join(_line(each) for each in described()))


def _line(each: Described) -> str:
    default = f" [{each.default}]" if each.default else ""
    return f"{each.name}{default}\n    {each.meaning}"
