"""The command for other agents: mcp."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from songreel.base.errors import MissingPart
from songreel.cli.commands import app


class Transport(StrEnum):
    """How an agent speaks to us."""

    STDIO = "stdio"
    HTTP = "http"


@app.command()
def mcp(
    transport: Annotated[Transport, typer.Option(help="stdio: the agent starts us. http: it finds us.")] = (
        Transport.STDIO
    ),
    host: Annotated[str, typer.Option(help="The address for http.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="The port for http; the path is /mcp.")] = 8766,
) -> None:
    """Let another agent make videos, by the Model Context Protocol."""
    try:
        from songreel.mcp.door import serve
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] not in ("mcp", "mcp_types"):
            raise
        raise MissingPart("the library mcp is not here", advice="Install songreel[mcp].") from error
    serve(transport.value, host=host, port=port)
