"""The commands about scenes: what there is, whether a file works, and how to begin one."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(invoke_without_command=True, help="Every scene, effect, transition and visualizer; your own too.")


@app.callback()
def scenes(
    context: typer.Context,
    sheet: Annotated[Path | None, typer.Option(help="Draw every scene into one picture.")] = None,
) -> None:
    """List everything that can be drawn."""
    if context.invoked_subcommand:
        return
    from songreel.app import gallery
    from songreel.cli import show

    show.catalog(gallery.entries())
    if sheet:
        gallery.sheet(sheet)
        typer.echo(f"\n{sheet}")


@app.command()
def check(
    folder: Annotated[Path, typer.Argument(help="A folder of ISF .fs files.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Compile and draw each ISF file of a folder; exit 1 if one fails."""
    from songreel.app import gallery
    from songreel.cli import show

    checked = gallery.check(folder)
    show.checked(checked, as_json=as_json)
    raise typer.Exit(0 if all(entry.ok for entry in checked) else 1)


@app.command()
def new(
    name: Annotated[str, typer.Argument(help="What the scene is called.")],
    folder: Annotated[Path, typer.Option(help="Where it goes.")] = Path(),
) -> None:
    """Write a scene that runs, to be changed into your own."""
    from songreel.app import showing

    written = showing.begin(name, folder)
    typer.echo(f"{written}\nSee it: songreel scenes show {written} --song SONG")


@app.command("show")
def show_scene(
    file: Annotated[Path, typer.Argument(help="An ISF .fs file.")],
    song: Annotated[Path, typer.Option(help="The song that moves it.")],
    out: Annotated[Path | None, typer.Option("--out", "-o", help="The video: .mp4 .mov .webm .gif")] = None,
    cover: Annotated[Path | None, typer.Option(help="The picture that it shows, where it shows one.")] = None,
) -> None:
    """Draw ten seconds of a song with one scene file."""
    from songreel.app import showing
    from songreel.cli.progress import bars

    with bars() as progress:
        made = showing.show(file, song, out or Path(f"{file.stem}.mp4"), cover=cover, progress=progress)
    typer.echo(f"{made}")
