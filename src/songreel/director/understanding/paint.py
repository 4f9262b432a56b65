"""Colors in a clause: by name with their shades, by hex, by feeling."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from songreel.director.meaning import SHADES, named_colors, shaded
from songreel.director.understanding.clauses import Clause
from songreel.model.document import Color


@dataclass(frozen=True, slots=True)
class Paint:
    """One color that was said, and where; ``feeling`` are the colors of a thing such as the sea."""

    at: int
    colors: tuple[Color, ...]
    negated: bool

    @property
    def feeling(self) -> bool:
        """Tell whether several colors are meant by one word."""
        return len(self.colors) > 1


def of(clause: Clause) -> list[Paint]:
    """Return the colors of unread items, the wanted ones where there are any; their shades count as read."""
    found = _named(clause)
    found = [each for each in found if not each.negated] or found
    found = [each for each in found if not _describes(clause, each, found)]
    return [each for each in found if not _ground(clause, each.at)] or found


def unwanted(clause: Clause) -> list[Paint]:
    """Return the colors of unread items that are not wanted, beside those that are: ``green instead of orange``."""
    return [each for each in _named(clause) if each.negated]


def _named(clause: Clause) -> list[Paint]:
    found = []
    for at, item in enumerate(clause.items):
        if at in clause.used:
            continue
        if item.color is not None:
            found.append(Paint(at, (item.color,), item.negated or item.spared or _unwanted(clause, at)))
        elif (name := item.value("color")) in named_colors():
            colors = tuple(named_colors()[name or ""])
            if len(colors) > 1 and item.has("scene") and not clause.has("thing", "palette") and not clause.has("mood"):
                continue
            if len(colors) == 1:
                colors = (shaded(colors[0], _shade_before(clause, at)),)
            found.append(Paint(at, colors, item.negated or item.spared or _unwanted(clause, at)))
    return found


def _describes(clause: Clause, one: Paint, found: Sequence[Paint]) -> bool:
    """Tell whether a feeling only says which one the next is: ``海边日落``, ``a beach sunset``."""
    after = next((each for each in found if each.at == one.at + 1), None)
    return one.feeling and after is not None and after.feeling and not clause.items[one.at].mark


def _ground(clause: Clause, at: int) -> bool:
    """Tell whether a color is that of the ground on which words stand: ``黑底白字``, ``white on a black ground``."""
    after = next((item for item in clause.items[at + 1 :] if not item.has("ignored") or item.has("thing")), None)
    worded = any(item.quote is not None or item.has("thing", "text", "title", "artist") for item in clause.items)
    return worded and after is not None and after.has("thing", "background")


def _unwanted(clause: Clause, at: int) -> bool:
    """Tell whether less of a color is wanted: ``less yellow``, ``too much purple``, ``紫色太多了``."""
    before = clause.items[max(at - 2, 0) : at]
    after = clause.items[at + 1 : at + 4]
    less = any(item.has("degree", "-") for item in [*before[-1:], *after[:1]])
    much = len(before) > 1 and before[0].has("measure", "too") and before[1].has("measure", "lot")
    many = any(one.has("measure", "too") and other.has("degree", "+") for one, other in pairwise(after))
    many = many or _overdone(clause, at)
    less = less or any(item.has("word", "except") for item in before[-1:])
    less = less or any(item.has("word", "cancels") for item in before)
    less = less or any(item.has("degree", "+") and item.negated for item in after)
    over = bool(before) and before[-1].has("measure", "too") and not clause.items[at].said.isascii()
    many = many or any(item.has("measure", "excess") for item in after[:2])
    return less or much or many or over


def _overdone(clause: Clause, at: int) -> bool:
    """Tell whether a color itself is complained of: ``drawn to the purple too much``, ``that red is distracting``."""
    after = list(clause.items[at + 1 : at + 6])
    marked = next((place for place, item in enumerate(after) if item.mark), len(after))
    graded = any(item.has("degree") for item in after[:marked])
    return any(item.has("measure", "too", "over") for item in after[:marked]) and not graded


def _shade_before(clause: Clause, at: int) -> str | None:
    if at == 0:
        return None
    before = clause.items[at - 1]
    shade = before.value("shade") or before.value("mood")
    if shade not in SHADES or before.end + 1 < clause.items[at].start:
        return None
    clause.take(at - 1)
    return shade
