"""What all pages share: tables, docstrings as Markdown, and the refusal of what says nothing of itself."""

from __future__ import annotations

import inspect
import re
import textwrap
from collections.abc import Iterable, Sequence

_BLOCK = re.compile(r"::\n\n((?: {4}.*\n|\n)+)")


class Undocumented(Exception):
    """Something public has no docstring, help or description."""


def told(thing: object, what: str) -> str:
    """Return the docstring of a thing as Markdown; raises Undocumented when it has none of its own."""
    return said(vars(thing).get("__doc__") if isinstance(thing, type) else getattr(thing, "__doc__", None), what)


def said(text: str | None, what: str) -> str:
    """Return a text that describes ``what``, as Markdown; raises Undocumented when it is empty."""
    if not text or not text.strip():
        raise Undocumented(f"{what} has no description: give it a docstring, a help or a description")
    return _BLOCK.sub(_fenced, inspect.cleandoc(text)).replace("``", "`")


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table, ended by an empty line; nothing where there are no rows."""
    lines = [f"| {' | '.join(_cell(each) for each in row)} |\n" for row in rows]
    if not lines:
        return ""
    return f"| {' | '.join(head)} |\n|{'---|' * len(head)}\n{''.join(lines)}\n"


def code(text: object) -> str:
    """Return a text as code, or nothing for nothing."""
    return f"`{text}`" if str(text) else ""


def _fenced(block: re.Match[str]) -> str:
    # Of tildes: two backticks in a row become one on this page.
    return f"~~~python\n{textwrap.dedent(block[1]).strip()}\n~~~\n\n"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
