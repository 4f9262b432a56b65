"""Numbers that stand against each other: in ``not 40 seconds but 28`` both are seconds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from songreel.director.understanding.item import Item

_REACH = 5
"""How many items may stand between two numbers that are set against each other."""


def united(items: Sequence[Item]) -> tuple[Item, ...]:
    """Return the items with bare numbers in the unit of the number that they take the place of, or that gives way."""
    out = list(items)
    for at, item in enumerate(out):
        if not _bare(item):
            continue
        unit = next((unit for mate in _near(out, at) if (unit := _unit(out, at, mate))), "")
        if unit and item.quantity is not None:
            value = item.quantity.value / 100 if unit == "percent" else item.quantity.value
            out[at] = replace(item, quantity=replace(item.quantity, value=value, unit=unit), meanings=())
    return tuple(out)


def _near(items: Sequence[Item], at: int) -> list[int]:
    """Return where other quantities stand, the nearest ones first."""
    found = [place for place, item in enumerate(items) if place != at and item.quantity is not None]
    return sorted((place for place in found if abs(place - at) <= _REACH), key=lambda place: abs(place - at))


def _unit(items: Sequence[Item], at: int, mate: int) -> str:
    """Return the unit of another number where one of the two is wanted instead of the other; empty where not."""
    quantity = items[mate].quantity
    low, high = min(at, mate), max(at, mate)
    between = items[low + 1 : high]
    set_against = any(item.has("word", "instead") for item in between) or (
        items[low].contrast and any(item.has("turn") or item.mark for item in between)
    )
    told = quantity is not None and quantity.kind == "amount"
    return quantity.unit if quantity is not None and told and set_against else ""


def _bare(item: Item) -> bool:
    quantity = item.quantity
    return quantity is not None and quantity.kind == "amount" and not quantity.unit and not item.has("style")
