"""One thing said in a message."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from songreel.director.understanding.places import Place
from songreel.director.understanding.quantities import Quantity
from songreel.model.document import AssetId

_SILENT = frozenset({"ignored"})
_JOINS = frozenset({
    "and", "then", "plus", "but", "also", "while", "再", "然后", "并且", "并", "同时", "而且", "另外",
    "还有", "以及", "和", "与", "跟", "接着", "顺便", "最后", "afterwards", "next", "finally", "，再",
    "or", "in which", "though", "但", "但是", "不过",
})  # fmt: skip
"""Words that join what is asked for."""
_POINTING = "那这"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing said; ``start`` and ``end`` are places in the text. Exactly one of the values is set, or none.

    ``negated`` tells that it stands in the reach of a negator, ``contrast`` that something else is wanted in its place,
    ``spared`` that all but this is meant.
    """

    said: str
    start: int
    end: int
    meanings: tuple[tuple[str, str], ...] = ()
    quote: str | None = None
    cue: str = ""
    quantity: Quantity | None = None
    clock: Fraction | None = None
    color: str | None = None
    ratio: str | None = None
    size: tuple[int, int] | None = None
    asset: AssetId | None = None
    place: Place | None = None
    negated: bool = False
    contrast: bool = False
    spared: bool = False

    def value(self, kind: str) -> str | None:
        """Return what a word means as one of a kind; None when it is none."""
        return next((value for each, value in self.meanings if each == kind), None)

    def has(self, kind: str, *values: str) -> bool:
        """Tell whether a word can mean one of these values of a kind, or any of the kind."""
        return any(each == kind and (not values or value in values) for each, value in self.meanings)

    @property
    def mark(self) -> bool:
        """Tell whether this is punctuation."""
        return self.unknown and not any(letter.isalnum() for letter in self.said)

    @property
    def unknown(self) -> bool:
        """Tell whether nothing is known of this."""
        return not self.meanings and all(
            value is None
            for value in (
                self.quote,
                self.quantity,
                self.clock,
                self.color,
                self.ratio,
                self.size,
                self.asset,
                self.place,
            )
        )

    @property
    def joins(self) -> bool:
        """Tell whether this joins what is asked for, alone or as several words that do: ``and then``."""
        said = self.said.lower()
        return said in _JOINS or (" " in said and all(each in _JOINS for each in said.split()))

    @property
    def silent(self) -> bool:
        """Tell whether this says nothing by itself."""
        return bool(self.meanings) and all(kind in _SILENT for kind, _ in self.meanings)


def spaced(before: Item, item: Item) -> bool:
    """Tell whether a space parts two items of a script that needs none: it stands for a comma there."""
    if not before.said or not item.said or before.mark or item.mark or item.start <= before.end:
        return False
    return not before.said[-1].isascii() and not item.said[0].isascii()


def last_line(row: Sequence[Item], at: int) -> bool:
    """Tell whether “最后” only says which words are meant: ``不想要最后那行字``."""
    item, after = row[at], row[at + 1] if at + 1 < len(row) else None
    line = after is not None and after.has("word", "line") and after.said[0] in _POINTING
    return item.quantity is not None and item.quantity.kind == "ordinal" and line
