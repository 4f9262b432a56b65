"""The tools that ``songreel mcp`` offers, as an agent is told of them."""

from __future__ import annotations

import asyncio
from typing import Any

from tools.reference import schema
from tools.reference.markdown import code, said, table

from songreel.mcp import door

_HEAD = """# The tools of `songreel mcp`

[How to let an agent use them](../how-to/mcp.md). Each answers in words and as data. A finished video is a resource, and
the answer has a link to it. Errors say what to do. What the agent is told of all of them:

> {instructions}

"""


def page() -> str:
    """Return the page."""
    tools = asyncio.run(door.door().list_tools())
    return _HEAD.format(instructions=door.INSTRUCTIONS) + "".join(_tool(each) for each in tools)


def _tool(tool: Any) -> str:
    takes = tool.input_schema
    rows = [
        (code(name), schema.kind(field, str), field.get("description", ""), schema.default(name, takes))
        for name, field in takes.get("properties", {}).items()
    ]
    fields = table(("", "what it is", "", "default"), rows)
    return f"## {tool.name}\n\n{said(tool.description, tool.name)}\n\n{fields}"
