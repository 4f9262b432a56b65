"""Looking at a row of items: what stands at a place, and what stands beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from songreel.director.understanding.item import Item
from songreel.director.understanding.quantities import Quantity
from songreel.director.understanding.stage import Stage

_DASH = re.compile(r"\s?[-–—~～]\s?")


class Row:
    """The items of a message, with its text, before a stage."""

    def __init__(self, text: str, items: Sequence[Item], stage: Stage) -> None:
        self.text, self.items, self.stage = text, items, stage

    def is_(self, at: int, kind: str, *values: str) -> bool:
        """Tell whether an item can mean one of these values of a kind."""
        return 0 <= at < len(self.items) and self.items[at].has(kind, *values)

    def amount(self, at: int) -> Quantity | None:
        """Return the amount at a place; None where none is."""
        if 0 <= at < len(self.items):
            quantity = self.items[at].quantity
            return quantity if quantity and quantity.kind == "amount" else None
        return None

    def ordinal(self, at: int) -> int | None:
        """Return the ordinal at a place; None where none is."""
        if 0 <= at < len(self.items):
            quantity = self.items[at].quantity
            if quantity and quantity.kind == "ordinal":
                return int(quantity.value)
        return None

    def over(self, at: int) -> int:
        """Return the next item that says something: past articles and small words."""
        while at < len(self.items) and self.items[at].silent:
            at += 1
        return at

    def dash(self, at: int) -> bool:
        """Tell whether a dash stands between an item and the one before it."""
        between = self.text[self.items[at - 1].end : self.items[at].start] if 0 < at < len(self.items) else ""
        return bool(_DASH.fullmatch(between)) and bool(between.strip())

    def said(self, at: int, *words: str) -> bool:
        """Tell whether an item is one of these words."""
        return 0 <= at < len(self.items) and self.items[at].said.lower() in words

    def wide(self, at: int) -> bool:
        """Tell whether an item is written in a script without spaces, where small words follow what they belong to."""
        return not self.items[at].said.isascii()
