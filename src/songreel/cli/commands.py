"""The commands. Layers below are imported inside them, so that ``songreel --help`` answers at once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from songreel import __version__
from songreel.cli import credit_commands, scene_commands, settings_commands, skills_commands, token_commands

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="A song and a sentence become a finished, beat-synced music video.",
)
app.add_typer(scene_commands.app, name="scenes")
app.add_typer(token_commands.app, name="token")
app.add_typer(credit_commands.app, name="credits")
app.add_typer(settings_commands.app, name="settings")
app.add_typer(skills_commands.app, name="skills")

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Bpm = Annotated[float | None, typer.Option(help="The tempo, when it was heard wrong.")]
FirstBeat = Annotated[float | None, typer.Option(help="The second at which the first bar begins.")]
Meter = Annotated[int | None, typer.Option(help="Beats in a bar.")]
HalfTime = Annotated[bool, typer.Option("--half-time", help="Count every other beat.")]
DoubleTime = Annotated[bool, typer.Option("--double-time", help="Count twice as many beats.")]
Beats = Annotated[Path | None, typer.Option(help="All beats: a line each, seconds, a tab, place in the bar.")]


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"songreel {__version__}")
        raise typer.Exit


@app.callback()
def songreel(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print it.")] = False,
) -> None:
    """A song and a sentence become a finished, beat-synced music video."""


@app.command()
def make(
    given: Annotated[
        list[str] | None, typer.Argument(metavar="SONG... WORDS", help="Songs, or videos with sound; then words.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="The video: .mp4 .mov .webm .gif; for several songs a folder.")
    ] = None,
    cover: Annotated[Path | None, typer.Option(help="The cover picture.")] = None,
    media: Annotated[list[Path] | None, typer.Option(help="Photos, clips and folders of them.")] = None,
    scene: Annotated[list[str] | None, typer.Option(help="A scene's name, or anyone's ISF .fs file.")] = None,
    title: Annotated[str | None, typer.Option(help="The title; else from the words or the tags.")] = None,
    artist: Annotated[str | None, typer.Option(help="The artist; else from the words or the tags.")] = None,
    preset: Annotated[str | None, typer.Option(help="Where it goes: youtube, shorts, square, canvas …")] = None,
    size: Annotated[str | None, typer.Option(help="The picture's size, such as 1280x720.")] = None,
    fps: Annotated[str | None, typer.Option(help="Frames a second: 24 25 30 50 60 30000/1001")] = None,
    codec: Annotated[str | None, typer.Option(help="h264, vp9 or av1; else what the file's name asks for.")] = None,
    audio: Annotated[str | None, typer.Option(help="aac, opus, copy (AAC as it is) or none.")] = None,
    speed: Annotated[str | None, typer.Option(help="x264's preset, ultrafast … veryslow.")] = None,
    quality: Annotated[int | None, typer.Option(help="Rate factor: 1 is best, 18 very good, 28 small.")] = None,
    seed: Annotated[int | None, typer.Option(min=0, max=2**31 - 1, help="Another number, another video.")] = None,
    workers: Annotated[int, typer.Option(min=0, max=256, help="Processes; 0 is one for each core.")] = 0,
    project: Annotated[Path | None, typer.Option(help="Keep the project in this folder.")] = None,
    bpm: Bpm = None,
    first_beat: FirstBeat = None,
    meter: Meter = None,
    half_time: HalfTime = False,
    double_time: DoubleTime = False,
    beats: Beats = None,
    allow_flashing: Annotated[
        bool, typer.Option("--allow-flashing", help="Leave flashes as they are; they may harm.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Save the proof beside the video as JSON.")] = False,
) -> None:
    """Make a video from a song and a sentence; from several songs a video and a project each."""
    from songreel.app import correcting
    from songreel.app.request import MakeRequest, read_codec
    from songreel.app.studio import Studio
    from songreel.cli import batch, show
    from songreel.cli.arguments import default_out, songs_and_words
    from songreel.cli.progress import bars

    songs, words = songs_and_words(given or (), project=project)
    song = songs[0] if songs else None
    request = MakeRequest(
        song=song,
        words=words,
        out=out or default_out(song or project),
        cover=cover,
        media=tuple(media or ()),
        scenes=tuple(scene or ()),
        title=title,
        artist=artist,
        preset=preset,
        size=size,
        fps=fps,
        codec=read_codec(codec),
        audio=audio,
        speed=speed,
        quality=quality,
        seed=seed,
        workers=workers,
        project=project,
        correction=correcting.correction(
            bpm=bpm, first_beat=first_beat, meter=meter, half_time=half_time, double_time=double_time, beats=beats
        ),
        allow_flashing=allow_flashing,
    )
    with bars() as progress:
        studio = Studio(progress=progress)
        if len(songs) > 1:
            raise typer.Exit(batch.make(songs, request, studio, into=out, save_proof=json))
        made = studio.make(request)
    show.made(made, save_proof=json)
    raise typer.Exit(0 if made.proof.passed else 1)


@app.command()
def demo(
    out: Annotated[Path, typer.Option("--out", "-o", help="The folder for the song and the video.")] = Path("demo"),
) -> None:
    """Compose a short song and make its video."""
    from songreel.app.demonstration import demonstrate
    from songreel.cli import show
    from songreel.cli.progress import bars

    with bars() as progress:
        made = demonstrate(out, progress=progress)
    show.made(made, save_proof=False)
    raise typer.Exit(0 if made.proof.passed else 1)


@app.command()
def analyze(
    song: Annotated[Path, typer.Argument(help="The song.")],
    bpm: Bpm = None,
    first_beat: FirstBeat = None,
    meter: Meter = None,
    half_time: HalfTime = False,
    double_time: DoubleTime = False,
    beats: Beats = None,
    plot: Annotated[Path | None, typer.Option(help="Draw it: waveform, bars, sections, energy (.png).")] = None,
    click: Annotated[Path | None, typer.Option(help="Write the song with clicks on its beats (.wav).")] = None,
    audacity: Annotated[Path | None, typer.Option(help="Write beats and sections as Audacity labels (.txt).")] = None,
    midi: Annotated[Path | None, typer.Option(help="Write tempo, bars, sections and clicks (.mid).")] = None,
    as_json: Json = False,
) -> None:
    """Say what is heard: tempo, meter, beats, sections, loudness, and how sure that is."""
    from songreel.app import correcting
    from songreel.app.studio import Studio
    from songreel.app.viewing import Views
    from songreel.cli import show
    from songreel.cli.progress import bars

    said = correcting.correction(
        bpm=bpm, first_beat=first_beat, meter=meter, half_time=half_time, double_time=double_time, beats=beats
    )
    views = Views(plot=plot, click=click, audacity=audacity, midi=midi)
    views.check(song, *([beats] if beats else []))
    with bars(quiet=as_json) as progress:
        song_map = Studio(progress=progress).analyze(song, correction=said)
    written = views.write(song, song_map)
    show.song_map(song_map, views=written, as_json=as_json)


@app.command()
def check(
    video: Annotated[Path, typer.Argument(help="Any video.")],
    song: Annotated[Path | None, typer.Option(help="The song that it should fit.")] = None,
    bpm: Bpm = None,
    first_beat: FirstBeat = None,
    meter: Meter = None,
    half_time: HalfTime = False,
    double_time: DoubleTime = False,
    beats: Beats = None,
    as_json: Json = False,
) -> None:
    """Prove a video: length, stream, cuts against beats, loudness, black and frozen stretches."""
    from songreel.app import correcting
    from songreel.app.studio import Studio
    from songreel.cli import show
    from songreel.cli.progress import bars

    said = correcting.correction(
        bpm=bpm, first_beat=first_beat, meter=meter, half_time=half_time, double_time=double_time, beats=beats
    )
    with bars(quiet=as_json) as progress:
        proof = Studio(progress=progress).prove(video, song=song, correction=said)
    show.proof(proof, as_json=as_json)
    raise typer.Exit(0 if proof.passed else 1)


@app.command()
def doctor(as_json: Json = False) -> None:
    """Say what this machine has and lacks, and the command that mends it."""
    from songreel.app.doctor import examine
    from songreel.cli import show

    parts = examine()
    show.parts(parts, as_json=as_json)
    raise typer.Exit(0 if all(part.ok for part in parts) else 3)


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="The port to listen on.")] = 8765,
) -> None:
    """Answer the published skills over HTTP; what it keeps lies under SONGREEL_HOME."""
    from songreel.app import wiring
    from songreel.base.settings import settings
    from songreel.server.app import serve as run

    typer.echo(f"Songreel listens on http://{host}:{port}", err=True)
    run(settings(), wiring.understand(), host=host, port=port)
