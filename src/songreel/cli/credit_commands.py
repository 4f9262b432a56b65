"""The commands for credits: what a user has, and giving them more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from songreel.cli import token_commands

if TYPE_CHECKING:
    from songreel.service.wiring import Service

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Show and give the credits of the service's users.")

User = Annotated[str, typer.Argument(help="The user's id, as token list shows it: anon_… or user_…")]


@app.command()
def show(user: User) -> None:
    """Say what a user has to spend, and what is kept for running work."""
    with token_commands.service() as service:
        _tell(service, user)


@app.command()
def grant(
    user: User,
    amount: Annotated[int, typer.Argument(min=1, help="How many.")],
    reason: Annotated[
        str | None, typer.Option(help="What for, such as an invoice's number: given once for each.")
    ] = None,
) -> None:
    """Give a user credits."""
    import secrets

    with token_commands.service() as service:
        service.accounts.check(user)
        service.ledger.grant(user, amount, reason=f"{user}:{reason or secrets.token_hex(8)}")
        _tell(service, user)


def _tell(service: Service, user: str) -> None:
    service.accounts.check(user)
    held = service.ledger.balance(user)
    typer.echo(f"{held.available} to spend, {held.frozen} kept for running work")
