"""Puts results into words, or into JSON for programs."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import typer

from songreel.app.conversation import Turn
from songreel.app.doctor import Part
from songreel.app.gallery import Entry
from songreel.app.studio import Made
from songreel.app.views.numbers import numbers
from songreel.media import store
from songreel.model.history import History
from songreel.model.song_map import SongMap
from songreel.proof.report import Proof
from songreel.visuals.isf.check import Checked


def made(result: Made, *, save_proof: bool) -> None:
    """Say where the video is, what it took, what was proven and what was substituted."""
    typer.echo(f"{result.path}  ({result.seconds:.1f} s)")
    typer.echo(result.proof.line())
    for note in dict.fromkeys(result.notes):
        typer.echo(f"Note: {note}")
    if save_proof:
        target = result.path.with_suffix(".json")
        with store.atomic(target) as part:
            part.write_text(result.proof.to_json(), encoding="utf-8")
        typer.echo(f"{target}")


def turn(result: Turn, *, as_json: bool) -> None:
    """Say what came of a message, and what is on the tracks."""
    if as_json:
        told = {"reply": result.reply, "summary": result.summary, "version": result.version, "changed": result.changed}
        _json(told | {"edits": [each.model_dump(mode="json") for each in result.edits]})
        return
    typer.echo(result.reply)
    if result.summary:
        typer.echo(result.summary)


def history(found: History, songs: Mapping[str, str], *, as_json: bool) -> None:
    """Print every version with the words that made it; an arrow is on the one that is shown.

    ``songs`` are the names of songs by their ids: where there are several, that of each version's is told.
    """
    called = {each.number: songs.get(each.song or "", "") for each in found.versions}
    if as_json:
        versions = [
            {"version": each.number, "words": each.words, "song": called[each.number]} for each in found.versions
        ]
        _json({"current": found.current, "versions": versions})
        return
    for each in found.versions:
        mark = "→" if each.number == found.current else " "
        song = f"{called[each.number]}: " if len(songs) > 1 else ""
        words = " ".join(each.words.split())[:100] or "(made without words)"
        typer.echo(f"{mark} {each.number:>4}  {song}{words}")


def proof(result: Proof, *, as_json: bool) -> None:
    """Print each finding, and the proof in one line."""
    if as_json:
        typer.echo(result.to_json(), nl=False)
        return
    for finding in result.findings:
        wanted = f"  (wanted {finding.wanted})" if finding.wanted and not finding.ok else ""
        typer.echo(
            f"{'ok  ' if finding.ok else 'FAIL'}  {finding.name}: {finding.measured}{wanted}  {finding.note}".rstrip()
        )
    typer.echo(result.line())


def song_map(heard: SongMap, *, views: Sequence[Path] = (), as_json: bool) -> None:
    """Print what was heard, and where the views of it are."""
    if as_json:
        _json(numbers(heard))
        return
    tempo = f"{heard.bpm:.2f} BPM, {heard.meter} beats a bar" if heard.beats else "no steady beat"
    typer.echo(f"{_clock(float(heard.duration))}  {tempo}  {heard.key.tonic} {heard.key.mode}")
    typer.echo(
        f"{heard.loudness.integrated_lufs:.1f} LUFS, range {heard.loudness.range_lu:.1f} LU, "
        f"peak {heard.loudness.true_peak_dbtp:.1f} dBTP"
    )
    sure = heard.confidence
    typer.echo(f"sure of beats {sure.beats:.0%}, bars {sure.downbeats:.0%}, sections {sure.sections:.0%}")
    typer.echo(f"{len(heard.beats)} beats, {len(heard.downbeat_times())} bars, {len(heard.onsets)} onsets")
    for part in heard.sections:
        bar = "█" * max(1, round(part.energy * 20))
        typer.echo(f"  {_clock(part.start)}–{_clock(part.end)}  {part.id:<3} {part.label:<11} {bar}")
    for event in heard.events:
        typer.echo(f"  {_clock(event.at)}  {event.kind}")
    for path in views:
        typer.echo(str(path))


def parts(found: Sequence[Part], *, as_json: bool) -> None:
    """Print what a machine has and lacks."""
    if as_json:
        _json([dataclasses.asdict(part) for part in found])
        return
    for part in found:
        typer.echo(f"{'ok  ' if part.ok else 'LACK'}  {part.name}: {part.detail}")
        if not part.ok and part.mend:
            typer.echo(f"      mend it with: {part.mend}")


def catalog(entries: Iterable[Entry]) -> None:
    """Print what can be drawn, family by family."""
    family = ""
    for entry in entries:
        if entry.family != family:
            family = entry.family
            typer.echo(f"\n{family}")
        typer.echo(f"  {entry.name:<18} {entry.description}")


def checked(found: Sequence[Checked], *, as_json: bool) -> None:
    """Print a line for each shader: ok, or why not."""
    if as_json:
        _json([dataclasses.asdict(entry) for entry in found])
        return
    for entry in found:
        typer.echo(f"{'ok  ' if entry.ok else 'FAIL'}  {entry.name}{'  ' + entry.why if entry.why else ''}")


def _json(value: Any) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False, indent=1, default=_plain))


def _plain(value: Any) -> str:
    return str(value) if isinstance(value, Path) else repr(value)


def _clock(seconds: float) -> str:
    minutes, rest = divmod(seconds, 60)
    return f"{int(minutes)}:{rest:04.1f}"
