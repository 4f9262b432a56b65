"""A progress bar for each stage, with the time that is left. Not a terminal: a line for each stage."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

STAGES = {
    "look": "Looking at your files",
    "listen": "Listening",
    "plan": "Planning",
    "prepare": "Preparing",
    "draw": "Drawing",
    "join": "Joining",
    "prove": "Proving",
}

Progress = Callable[[str, float], None]


@contextmanager
def bars(*, quiet: bool = False) -> Iterator[Progress]:
    """Show progress on standard error while the body runs."""
    if quiet:
        yield lambda _stage, _share: None
    elif sys.stderr.isatty():
        with _drawn() as progress:
            yield progress
    else:
        yield _lines()


@contextmanager
def _drawn() -> Iterator[Progress]:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description:<22}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as shown:
        tasks: dict[str, int] = {}

        def tell(stage: str, share: float) -> None:
            if stage not in tasks:
                tasks[stage] = shown.add_task(STAGES[stage], total=1.0)
            shown.update(tasks[stage], completed=share)  # type: ignore[arg-type]

        yield tell


def _lines() -> Progress:
    seen: set[str] = set()

    def tell(stage: str, _share: float) -> None:
        if stage not in seen:
            seen.add(stage)
            print(f"{STAGES[stage]} …", file=sys.stderr, flush=True)

    return tell
