"""The commands for tokens that an operator makes by hand: token create, list, revoke."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from songreel.service.accounts import Listed, Scope
    from songreel.service.wiring import Service

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Make, list and end tokens of the service.")

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.command()
def create(
    name: Annotated[str, typer.Argument(help="What it is for, such as a person's laptop.")],
    days: Annotated[int, typer.Option(min=1, max=36_500, help="Days that it holds.")] = 365,
    scope: Annotated[list[str] | None, typer.Option(help="read, write or upload; repeat it. All without it.")] = None,
    plan: Annotated[str, typer.Option(help="The plan of the new user.")] = "member",
    user: Annotated[str | None, typer.Option(help="For a user who is there, by the id that list shows.")] = None,
    as_json: Json = False,
) -> None:
    """Make a token and print it, this once: only its digest is kept."""
    with service() as opened:
        made = opened.accounts.create(name, days=days, scopes=_scopes(scope), plan=plan, user=user)
    if as_json:
        typer.echo(_json({"id": made.id, "token": made.secret, "user": made.user, "expires_at": _day(made.expires_at)}))
        return
    typer.echo(made.secret)
    typer.echo(f"{made.id}, of {made.user}, until {_day(made.expires_at)}. It is not shown again.", err=True)


@app.command(name="list")
def listed(
    everyone: Annotated[bool, typer.Option("--all", help="Those of anonymous users too.")] = False,
    as_json: Json = False,
) -> None:
    """List the tokens that were made by hand, without their secrets."""
    with service() as opened:
        rows = [_row(token) for token in opened.accounts.tokens(anonymous=everyone)]
    if as_json:
        typer.echo(_json(rows))
        return
    for row in rows:
        typer.echo("  ".join(str(value) for value in row.values()))


@app.command()
def revoke(token: Annotated[str, typer.Argument(help="The id of the token, as list shows it: tok_…")]) -> None:
    """End a token at once."""
    with service() as opened:
        opened.accounts.revoke(token)
    typer.echo(f"{token} is ended.", err=True)


@contextmanager
def service() -> Iterator[Service]:
    """Yield the parts of the service that the settings name."""
    from songreel.app import wiring as director
    from songreel.base.settings import settings
    from songreel.service import wiring

    opened = wiring.opened(settings(), director.understand())
    try:
        yield opened
    finally:
        opened.close()


def _scopes(given: list[str] | None) -> tuple[Scope, ...]:
    from songreel.base.errors import BadRequest
    from songreel.service.accounts import SCOPES

    wrong = sorted(set(given or ()) - set(SCOPES))
    if wrong:
        raise BadRequest(f"there is no scope {wrong[0]!r}", advice=f"Scopes: {', '.join(SCOPES)}.")
    return tuple(scope for scope in SCOPES if scope in given) if given else SCOPES


def _row(token: Listed) -> dict[str, str]:
    ended = f"revoked {_day(token.revoked_at)}" if token.revoked_at is not None else f"until {_day(token.expires_at)}"
    return {
        "id": token.id,
        "user": token.user,
        "scopes": " ".join(token.scopes),
        "ends": ended,
        "name": token.name,
    }


def _day(moment: int) -> str:
    return datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%d")


def _json(value: object) -> str:
    import json

    return json.dumps(value, ensure_ascii=False, indent=2)
