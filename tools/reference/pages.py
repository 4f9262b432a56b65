"""The pages, by the names of their files."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tools.reference import agents, cli, edits, looks, protocol, python, settings

PAGES: Mapping[str, Callable[[], str]] = {
    "cli.md": cli.page,
    "edits.md": edits.page,
    "looks.md": looks.page,
    "mcp.md": agents.page,
    "protocol.md": protocol.page,
    "python.md": python.page,
    "settings.md": settings.page,
}
