"""How large and how strong something is that is laid over the frame: ``a quarter of the width``, ``at 70% opacity``."""

from __future__ import annotations

from songreel.director.understanding import degrees
from songreel.director.understanding.clauses import Clause
from songreel.director.understanding.quantities import Quantity

_STRONGEST, _FAINTEST = 1.0, 0.05
_NARROWEST = 0.03
_HALF = 0.5


def width(clause: Clause) -> float | None:
    """Return the share of the frame's width that is asked for, and take what says it."""
    said = [at for at, _ in _shares(clause) if not _of_opacity(clause, at)]
    sized = clause.all("dimension", "width") or clause.all("dimension", "size")
    framed = any(item.has("thing", "picture") for at in said for item in clause.items[at + 1 : at + 3])
    before = any(item.has("thing", "picture") for at in said for item in clause.items[max(at - 2, 0) : at])
    if not said or not (sized or framed or before):
        return None
    share = next(float(quantity.value) for at, quantity in _shares(clause) if at == said[0])
    clause.take(said[0], *sized)
    return min(max(share, _NARROWEST), 1.0)


def opacity(clause: Clause) -> float | None:
    """Return how opaque something is to be, 0.05 to 1, and take what says it."""
    faint = degrees.of(clause, ("opacity",))
    named = clause.all("dimension", "opacity")
    said = [each for each in _shares(clause) if _of_opacity(clause, each[0])]
    if not (faint or named):
        return None
    clause.take(*(each.at for each in faint), *named)
    if not said:
        through = _HALF * faint[0].strength if faint and faint[0].sign < 0 else 0
        return max(_STRONGEST - through, _HALF / 2) if faint else None
    clause.take(said[0][0])
    share = float(said[0][1].value)
    through = bool(faint) and faint[0].sign < 0 and not named
    return min(max(1 - share if through else share, _FAINTEST), _STRONGEST)


def _shares(clause: Clause) -> list[tuple[int, Quantity]]:
    """Return the unread shares of a whole, as they stand: 25%, a quarter, half."""
    found = degrees.amounts(clause, "percent", "factor")
    return sorted((each for each in found if each[1].value <= 1), key=lambda each: each[0])


def _of_opacity(clause: Clause, at: int) -> bool:
    """Tell whether a share is one of opacity: the word for it stands nearer than any for size."""
    seen = [place for place, item in enumerate(clause.items) if _sees_through(clause, place)]
    sized = [place for place, item in enumerate(clause.items) if item.has("dimension", "width", "size")]
    near = min((abs(place - at) for place in seen), default=None)
    other = min((abs(place - at) for place in sized), default=None)
    return near is not None and (other is None or near < other)


def _sees_through(clause: Clause, place: int) -> bool:
    item = clause.items[place]
    return item.has("dimension", "opacity") or item.has("degree", "opacity-", "opacity+")
