"""The command of a machine that only works."""

from __future__ import annotations

import threading
from typing import Annotated

import typer

from songreel.cli.commands import app


@app.command()
def worker(
    queues: Annotated[
        str, typer.Option(help="What to work on, commas between: renders (list and join), chunks (draw), turns (talk).")
    ] = "renders,chunks",
) -> None:
    """Work on the jobs of a service, with the same database and storage; any number of machines may."""
    from songreel.base.settings import settings
    from songreel.service import logs
    from songreel.service import worker as room

    chosen = settings()
    logs.install(chosen.log_level)
    works = room.started(chosen, [name.strip() for name in queues.split(",") if name.strip()])
    typer.echo(f"Songreel works on {queues}", err=True)
    try:
        threading.Event().wait()
    except KeyboardInterrupt:
        typer.echo("Songreel hands its work back.", err=True)
    finally:
        works.stop()
