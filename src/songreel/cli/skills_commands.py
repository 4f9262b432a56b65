"""The commands about skills: what agents can read about Songreel, and putting it where they look."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from songreel.base.errors import CannotWrite, MissingPart

app = typer.Typer(invoke_without_command=True, rich_markup_mode=None, help="What agents read to work with Songreel.")
SHARED = Path(".agents") / "skills"
"""Where any agent looks, under a person's home."""
OF_AGENTS = (".claude", ".cursor", ".clawhub", ".codex")
"""Agents with a folder of their own for skills, where they are in use."""
_FIELD = r"^\s*{}:\s*(.+?)\s*$"


@app.callback()
def skills(context: typer.Context) -> None:
    """List the skills."""
    if context.invoked_subcommand:
        return
    for folder in _own():
        typer.echo(f"{folder.name}\n  {_field(folder, 'description')}")


@app.command()
def install(
    to: Annotated[Path | None, typer.Option(help="The folder for them; else where agents look.")] = None,
) -> None:
    """Put the skills where agents look; those of an earlier version are replaced, those of others never."""
    folders = [to] if to else list(_where_agents_look())
    own = _own()
    for folder in folders:
        for skill in own:
            _check_spared(folder / skill.name)
    for folder in folders:
        for skill in own:
            _put(skill, folder / skill.name)
        typer.echo(f"{folder}: {', '.join(skill.name for skill in own)}")


def _own() -> list[Path]:
    """Return the folders of the skills: inside the package where it is installed, beside it in its repository."""
    import songreel

    package = Path(songreel.__file__).parent
    for place in (package / "skills", package.parents[1] / "skills"):
        found = sorted(each.parent for each in place.glob("*/SKILL.md"))
        if found:
            return found
    raise MissingPart("the skills are not here", advice="Install songreel again.")


def _where_agents_look() -> Iterator[Path]:
    home = Path.home()
    yield home / SHARED
    for name in OF_AGENTS:
        if (home / name).is_dir():
            yield home / name / "skills"


def _check_spared(place: Path) -> None:
    if place.exists() and _field(place, "author") != "songreel":
        raise CannotWrite(
            f"{place} holds something of that name which is not ours, so nothing was installed",
            advice="Move it away, or choose another folder with --to.",
        )


def _put(skill: Path, place: Path) -> None:
    """Copy a skill beside its place and then into it, so that an agent never reads half of one."""
    part = place.with_name(f".{place.name}.part")
    try:
        shutil.rmtree(part, ignore_errors=True)
        shutil.copytree(skill, part)
        shutil.rmtree(place, ignore_errors=True)
        part.rename(place)
    except OSError as error:
        raise CannotWrite(f"{place} cannot be written ({error.strerror})", advice="Choose another folder.") from error
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _field(skill: Path, name: str) -> str:
    try:
        head = (skill / "SKILL.md").read_text(encoding="utf-8").split("\n---", 1)[0]
    except OSError:
        return ""
    found = re.search(_FIELD.format(name), head, re.MULTILINE)
    return found[1] if found else ""
