"""The command that talks with a service of the skills' protocol: ours, started beside it, or any other."""

from __future__ import annotations

import locale
import os
import shlex
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlsplit

import typer

from songreel.base.errors import BadRequest
from songreel.cli.commands import app

if TYPE_CHECKING:
    from songreel.cli.chatting import Chat
    from songreel.client import Client, Pace
    from songreel.client.phrases import Language


@app.command()
def chat(
    given: Annotated[
        list[str] | None,
        typer.Argument(metavar="[FILES AND WORDS]...", help="Files to bring and things to say; then it ends."),
    ] = None,
    api: Annotated[
        str | None, typer.Option(help="The service's address; else NEMO_API_URL, else one is started.")
    ] = None,
    out: Annotated[Path, typer.Option("--out", "-o", help="The folder for finished videos.")] = Path(),
    resume: Annotated[bool, typer.Option("--resume", help="Go on with the session that was talked in last.")] = False,
) -> None:
    """Talk about a video: drag a song in, say what you want, change it, say "export"; Ctrl-D ends it."""
    from songreel.cli.chatting import Chat
    from songreel.client import Blocking, Conversation

    if not out.is_dir():
        raise BadRequest(f"there is no folder {out}", advice=f"Make it first (mkdir -p {shlex.quote(str(out))}).")
    with _client(api or os.environ.get("NEMO_API_URL")) as (client, pace), Blocking() as wait:
        kept = client.wire.identity.last_session(client.wire.place) if resume else None
        conversation = Conversation(client, folder=out, pace=pace, language=_language(), session=kept)
        talk = Chat(conversation, wait)
        try:
            code = _run(talk, given)
        finally:
            wait(client.close())
    raise typer.Exit(code)


def _run(talk: Chat, given: list[str] | None) -> int:
    if given:
        return talk.carry_out(given)
    return talk.converse() if sys.stdin.isatty() else talk.carry_out(line.rstrip("\n") for line in sys.stdin)


@contextmanager
def _client(api: str | None) -> Iterator[tuple[Client, Pace]]:
    """Yield a client of a service, and how it is followed: one on this machine may be asked every second."""
    from pydantic import SecretStr

    from songreel.base.settings import settings
    from songreel.cli import embedded
    from songreel.client import Client, Identity, Pace, Service, Skill

    identity = Identity(given=os.environ.get("NEMO_CLIENT_ID") or None)
    skill = Skill(source=os.environ.get("SKILL_SOURCE") or "songreel")
    if api:
        token = os.environ.get("NEMO_TOKEN")
        service = Service(api, web_url=os.environ.get("NEMO_WEB_URL", ""))
        near = urlsplit(api).hostname in ("127.0.0.1", "localhost", "::1")
        client = Client(service, token=SecretStr(token) if token else None, identity=identity, skill=skill)
        yield client, _own_pace() if near else Pace()
        return
    with embedded.service() as address:
        # Its address changes each time, what it keeps does not: NEMO_TOKEN belongs to another service.
        service = Service(address, name=f"songreel:{settings().home}")
        yield Client(service, identity=identity, skill=skill), _own_pace()


def _own_pace() -> Pace:
    from songreel.client import Pace

    return Pace(every_s=1.0, looks=24 * 3600)


def _language() -> Language:
    return "zh" if (locale.getlocale()[0] or "").lower().startswith(("zh", "chinese")) else "en"
