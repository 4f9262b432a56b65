"""How long each fade is where both have a length: ``fade the music in over 1 second and out over 2``."""

from __future__ import annotations

from fractions import Fraction

from songreel.director.understanding import degrees
from songreel.director.understanding.clauses import Clause
from songreel.director.understanding.talk import Talk


def other(clause: Clause, talk: Talk, ways: set[str | None]) -> Fraction | None:
    """Return how long the other fade lasts, where it has a length of its own: ``fade in over 1 s and out over 2 s``."""
    if len(ways) != 1 or not ways & {"in", "out"}:
        return None
    wanted = "out" if "in" in ways else "in"
    after = [at for at, item in enumerate(clause.items) if item.said.lower() == wanted]
    units = {"": Fraction(1), "second": Fraction(1), "beat": talk.stage.beat_s, "bar": talk.stage.bar_s}
    found = degrees.amounts(clause, *units)
    said = [quantity for at, quantity in found if after and at > after[-1]]
    return abs(said[0].value) * units[said[0].unit] if said and len(found) > 1 else None


def first_way(clause: Clause) -> str:
    """Return which way is named first: ``fade the music out over 2 seconds and in over 1``."""
    return next(said for item in clause.items if (said := item.said.lower()) in ("in", "out"))


def apart(clause: Clause) -> bool:
    """Tell whether each way has a length of its own: ``fade the music in over 1 second and out over 2``."""
    ways = [at for at, item in enumerate(clause.items) if item.said.lower() in ("in", "out")]
    if {clause.items[at].said.lower() for at in ways} != {"in", "out"}:
        return False
    between = clause.items[ways[0] : ways[-1]]
    return any(item.quantity for item in between) and len(degrees.amounts(clause, "", "second", "beat", "bar")) == 2
