"""The commands that change a video by words: edit, talk, history, export."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from songreel.cli.commands import Json, app

if TYPE_CHECKING:
    from songreel.app.conversation import Conversation
    from songreel.cli.progress import Progress

Folder = Annotated[Path, typer.Argument(help="The project's folder, as make --project kept it.")]
PROMPT = "> "


@app.command()
def edit(
    project: Folder,
    words: Annotated[str, typer.Argument(help="What should be different, in your words.")],
    as_json: Json = False,
) -> None:
    """Change a project's video by words, and say what changed."""
    from songreel.cli import show
    from songreel.cli.progress import bars

    with bars(quiet=as_json) as progress:
        turn = _opened(project, progress).talk(words)
    show.turn(turn, as_json=as_json)


@app.command()
def talk(project: Folder) -> None:
    """Change a project's video in a conversation; an empty line or Ctrl-D ends it."""
    from songreel.cli import show
    from songreel.cli.progress import bars

    with bars(quiet=True) as progress:
        conversation = _opened(project, progress)
    asked = sys.stdin.isatty()
    while True:
        try:
            words = input(PROMPT if asked else "").strip()
        except EOFError:
            break
        if not words:
            break
        show.turn(conversation.talk(words), as_json=False)


@app.command()
def history(project: Folder, as_json: Json = False) -> None:
    """List a project's versions and the words that made them; the one that is shown is marked."""
    from songreel.app import chronicle, projects
    from songreel.cli import show

    opened = projects.load(project)
    names = {asset.id: asset.name for asset in opened.assets if asset.kind == "song"}
    show.history(chronicle.load(project, opened), names, as_json=as_json)


@app.command()
def export(
    project: Folder,
    out: Annotated[Path | None, typer.Option("--out", "-o", help="The video: .mp4 .mov .webm .gif")] = None,
    preset: Annotated[str | None, typer.Option(help="Where it goes; composed anew where its shape is another.")] = None,
    size: Annotated[str | None, typer.Option(help="The picture's size, such as 1280x720.")] = None,
    fps: Annotated[str | None, typer.Option(help="Frames a second: 24 25 30 50 60 30000/1001")] = None,
    speed: Annotated[str | None, typer.Option(help="x264's preset, ultrafast … veryslow.")] = None,
    quality: Annotated[int | None, typer.Option(help="Rate factor: 1 is best, 18 very good, 28 small.")] = None,
    version: Annotated[int | None, typer.Option(min=1, help="An earlier version instead of the one shown.")] = None,
    song: Annotated[str | None, typer.Option(help="Of several songs the one to export: file or number.")] = None,
    every: Annotated[bool, typer.Option("--all", help="The video of each song; then -o is a folder.")] = False,
    workers: Annotated[int, typer.Option(min=0, max=256, help="Processes; 0 is one for each core.")] = 0,
    allow_flashing: Annotated[
        bool, typer.Option("--allow-flashing", help="Leave flashes as they are; they may harm.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Save the proof beside the video as JSON.")] = False,
) -> None:
    """Render a project's video as it is; what an earlier export drew is used again."""
    from songreel.app import songs
    from songreel.app.request import MakeRequest
    from songreel.app.studio import Studio
    from songreel.cli import batch, show
    from songreel.cli.arguments import default_out
    from songreel.cli.progress import bars

    request = MakeRequest(
        project=project,
        out=default_out(project.resolve()) if every or out is None else out,
        preset=preset,
        size=size,
        fps=fps,
        speed=speed,
        quality=quality,
        workers=workers,
        allow_flashing=allow_flashing,
    )
    if song is not None:
        version = songs.video(project, song)
    with bars() as progress:
        studio = Studio(progress=progress)
        if every:
            raise typer.Exit(batch.export(songs.every(project), request, studio, into=out, save_proof=json))
        made = studio.export(request, version=version)
    show.made(made, save_proof=json)
    raise typer.Exit(0 if made.proof.passed else 1)


def _opened(project: Path, progress: Progress) -> Conversation:
    from songreel.app import projects, wiring
    from songreel.app.conversation import Conversation
    from songreel.app.studio import Studio

    projects.load(project)
    return Conversation(project, Studio(progress=progress), wiring.understand())
