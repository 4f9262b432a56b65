"""More and less: which quality is to grow or shrink, and by how much."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction

from songreel.director import lexicon
from songreel.director.understanding.clauses import Clause
from songreel.director.understanding.item import Item
from songreel.director.understanding.quantities import Quantity

_STRENGTH = {"bit": 0.5, "lot": 2.0, "most": 3.0}
_NEAR = 3
"""How many items may stand between ``too`` and the quality that there is too much of."""
_SPOKEN = ("thing", "reference", "act", "ask")
_PACES = {"fast": "pace+", "slow": "pace-"}
_TOO = ("too ", "so ", "太")
_UNTIL = (" to", "到", "成", "为", "至")
_MOST_TIMES, _LEAST_TIMES = 16.0, 1 / 16


@dataclass(frozen=True, slots=True)
class Degree:
    """A quality (``""`` where none is named) that is to grow (1) or shrink (−1), as strongly as said (1 is usual)."""

    quality: str
    sign: int
    strength: float
    at: int


def of(clause: Clause, qualities: Collection[str] | None = None) -> list[Degree]:
    """Return the degrees of unread items; of these qualities where they are given, ``""`` for those without one."""
    found = []
    for at, item in enumerate(clause.items):
        values = [] if at in clause.used else [value for kind, value in item.meanings if kind == "degree"]
        if not values and at not in clause.used and (pace := _PACES.get(item.value("pace") or "")):
            values = [pace]
        if values and (_praised(clause, at) or _elsewhere(clause, at) or dismissed(clause, at)):
            continue
        for value in values:
            quality, sign = value[:-1], 1 if value.endswith("+") else -1
            if qualities is None or quality in qualities:
                found.append(Degree(quality, sign * _turned(clause, at, quality), strength(clause), at))
                break
    return found


def dismissed(clause: Clause, at: int) -> bool:
    """Tell whether a quality is only what is not meant, and another is: ``不是要暗，是要暖``, ``instead of warm``."""
    if not clause.items[at].contrast:
        return False
    denies = next((item for item in clause.items[:at][::-1] if item.has("word", "instead")), None)
    return denies is not None and denies.said.lower() != "not"


def _praised(clause: Clause, at: int) -> bool:
    """Tell whether a word for a quality is praise, as in ``the vibe is cool``, part of a longer phrase or not."""
    item = clause.items[at]
    return item.said.lower() == "cool" and any(
        each.has("word", "complaint") for each in clause.items[max(at - 2, 0) : at]
    )


def _elsewhere(clause: Clause, at: int) -> bool:
    """Tell whether a pace is said of what is not here: ``our internet is slow``, ``我家电脑很慢``."""
    if clause.items[at].value("degree") not in ("pace+", "pace-") or at < 2:
        return False
    begin = next((place + 1 for place in range(at - 1, -1, -1) if clause.items[place].mark), 0)
    before = clause.items[begin:at]
    says = any(item.has("word", "complaint") and not item.has("thing") for item in before)
    strange = any(item.unknown and item.said.isascii() and item.said.isalpha() for item in before)
    known = any(item.has("thing") or item.has("reference") or item.has("act") or item.place for item in before)
    return says and (strange or any(item.has("foreign") for item in before)) and not known


def strength(clause: Clause) -> float:
    """Return how strongly something is asked for: a half for ``a bit``, two for ``a lot``."""
    return next((_STRENGTH[name] for name in ("bit", "most", "lot") if clause.has("measure", name)), 1.0)


def _turned(clause: Clause, at: int, quality: str) -> int:
    """Return −1 where the opposite of a word is wanted: ``too dark``, ``less dark``, ``it is dark``."""
    before = clause.items[max(0, at - _NEAR, _phrase(clause, at)) : at]
    turn = 1
    item = clause.items[at]
    if item.has("word", "fault") and not clause.has("act", "change", "add"):
        # ``画面黑乎乎的`` and ``yellowish`` find fault, denied or not.
        return -1
    enough = any(each.has("measure", "enough") for each in clause.items[at + 1 : at + 3])
    if item.negated and not enough:
        turn = -turn
    over = _intensified(clause, at) or any(each.has("measure", "over") for each in clause.items[at + 1 : at + 3])
    too = any(each.has("measure", "too") for each in before[-2:])
    # ``the music is 2 loud``
    too = too or (bool(before) and before[-1].said == "2" and not item.said.lower().endswith("er"))
    # ``not too strong`` is less strong, once.
    if over or (too and not item.negated) or _complaint(clause, at):
        turn = -turn
    if quality and any(each.has("degree", "-") and not each.has("degree", "+") for each in before[-1:]):
        clause.take(at - 1)
        turn = -turn
    elif quality and _lowered(clause, at):
        clause.take(at + 1)
        turn = -turn
    elif quality and any(each.has("degree", "+") for each in before[-1:]):
        clause.take(at - 1)
    return turn


def _lowered(clause: Clause, at: int) -> bool:
    """Tell whether a quality is named to go down: ``饱和降一点``, ``take the warmth down``."""
    item = clause.items[at]
    named = not item.said.isascii() or item.has("dimension")
    return named and any(_lowers(each) for each in clause.items[at + 1 : at + 2])


def _lowers(item: Item) -> bool:
    return item.has("degree", "-") and not item.has("degree", "+")


def _phrase(clause: Clause, at: int) -> int:
    """Return where the words begin that no mark parts from an item: a clause may have been joined of several."""
    items = clause.items
    for place in range(at, 0, -1):
        one, other = items[place - 1], items[place]
        blank = 1 if one.said.isascii() or other.said.isascii() else 0
        if one.mark or (one.said and other.said and other.start - one.end > blank):
            return place
    return 0


def _intensified(clause: Clause, at: int) -> bool:
    """Tell whether there is so much of a quality that it is complained of: ``the pictures go by so fast``."""
    intensifiers = lexicon.of_all("intensifiers")
    said = any(each.said.lower() in intensifiers for each in clause.items[max(at - 1, 0) : at])
    first = next((each for each in clause.items[:at] if any(each.has(kind) for kind in _SPOKEN)), None)
    named = first is not None and (first.has("thing") or first.has("reference"))
    return said and named and not clause.has("word", "wish") and not clause.items[at].negated


def _complaint(clause: Clause, at: int) -> bool:
    """Tell whether a quality is found fault with: ``it looks a bit dark``, ``声音有点大``."""
    item = clause.items[at]
    if item.said.lower().endswith("er") or any(
        each.has("act", "change", "trim", "move") or each.has("word", "wish") for each in clause.items
    ):
        return False
    if at and clause.items[at - 1].has("degree", "+"):
        # ``is possible title to be more big``
        return False
    if " it " in item.said:
        # ``it feels slow, wake it up``: a verb with its object asks for something.
        return False
    if item.said.lower().startswith(_TOO):
        # ``too blue`` finds fault itself.
        return False
    asked = clause.items[0].said.lower() in ("is", "are") and clause.question
    faults = clause.items[1:at] if asked else clause.items[_phrase(clause, at) : at]
    # ``isn't the music a bit loud?``
    surely = clause.question and any(each.has("word", "surely") for each in clause.items[:at])
    return surely or any(each.has("word", "complaint") and each.said.lower() != "it" for each in faults)


def amounts(clause: Clause, *units: str) -> list[tuple[int, Quantity]]:
    """Return the unread quantities of these units (``"factor"`` for factors), the wanted ones first."""
    found = []
    for at, item in enumerate(clause.items):
        quantity = item.quantity
        if at in clause.used or quantity is None or quantity.kind == "ordinal":
            continue
        if (quantity.unit in units and quantity.kind == "amount") or (quantity.kind == "factor" and "factor" in units):
            found.append((at, quantity))
    wanted = [each for each in found if not clause.items[each[0]].negated]
    return wanted or found


def times(clause: Clause, sign: int, *, step: float) -> float:
    """Return the factor that is asked for: as said (twice, half, by 20%), else a step, more or fewer by strength."""
    whole = next((item.quantity for item in clause.items if item.quantity and item.has("degree")), None)
    if whole is not None and whole.kind == "factor":
        # ``大一倍`` says how and how much in one.
        return _within(_said_times(whole, sign))
    said = amounts(clause, "factor", "percent")
    if said:
        at, quantity = said[0]
        clause.take(at)
        if sign < 0 and quantity.value < 1 and _left_over(clause, at):
            return _within(float(quantity.value))
        if sign > 0 and quantity.kind == "factor" and clause.items[at].said.lower().startswith("by "):
            # “up by a quarter” is a quarter more, and “down by a quarter” three quarters.
            return _within(2 - float(quantity.value))
        return _within(_said_times(quantity, sign))
    return _within(step ** (sign * strength(clause)))


def _left_over(clause: Clause, at: int) -> bool:
    """Tell whether a share is what is to be left: ``down to a third``, ``减到现在的三分之一``, not ``by a third``."""
    before = [item for item in clause.items[max(0, at - 4) : at] if not item.mark]
    if any(_by(item) for item in before[-1:]):
        return False
    return any(item.said.lower().endswith(_UNTIL) or item.said.lower() in ("to", "剩") for item in before)


def _said_times(quantity: Quantity, sign: int) -> float:
    value = float(quantity.value)
    if quantity.kind == "factor":
        value = 2.0 if value == 1 else value
        return value if (sign >= 0) == (value >= 1) or sign == 0 or value < 1 else 1 / value
    return 1 + value if sign >= 0 else max(1 - value, 0.0)


def _within(value: float) -> float:
    return round(min(max(value, _LEAST_TIMES), _MOST_TIMES), 4)


def absolute(clause: Clause, at: int) -> bool:
    """Tell whether a percentage is where to get, not how far: ``to 60%``, ``at 40%``, ``调到八成``."""
    before = list(clause.items[max(0, at - 2) : at])
    if any(_by(item) for item in before):
        return False
    if any(item.has("word", "into", "at") or item.said.lower().endswith(_UNTIL) for item in before):
        return True
    after = clause.items[at + 1 : at + 2]
    if _set_apart(clause, at):
        return True
    return not of_any(clause) and not any(item.has("degree") for item in after)


def _set_apart(clause: Clause, at: int) -> bool:
    """Tell whether a level stands by itself behind what is to change: ``a bit quieter, about 80%``."""
    sign = next((1 if value.endswith("+") else -1 for item in clause.items[:at] if (value := item.value("degree"))), 0)
    quantity = clause.items[at].quantity
    before = next((item for item in clause.items[:at][::-1] if not item.silent), None)
    about = any(item.has("word", "about") for item in clause.items[max(0, at - 2) : at + 2])
    marked = any(item.mark for item in clause.items[max(0, at - 3) : at])
    agrees = quantity is not None and (quantity.value >= 1 if sign > 0 else quantity.value >= (0 if marked else 0.5))
    return bool(sign) and before is not None and (before.mark or about) and agrees


def of_any(clause: Clause) -> bool:
    """Tell whether anything is to grow or shrink."""
    return any(item.has("degree") for item in clause.items)


def _by(item: Item) -> bool:
    return item.said.lower() in ("by", "another", "了", "再")


def difference(clause: Clause, at: int) -> int:
    """Return 1 where a quantity is to come on top of what is there, −1 where it is to go, 0 where it is all of it.

    ``another 3 seconds``, ``3 seconds more`` and ``再加3秒`` are 1, ``shorten it by 3 seconds`` −1.
    """
    quantity = clause.items[at].quantity
    if quantity is not None and quantity.more:
        return quantity.more
    before = next(
        (item for item in clause.items[:at][::-1] if not (item.silent or item.has("act", "show", "write", "linger"))),
        None,
    )
    after = next(iter(clause.items[at + 1 :]), None)
    if before is not None and before.has("word", "extra"):
        return 1
    if after is not None and after.has("degree", "+", "-") and not after.has("word", "piece"):
        return 1 if after.has("degree", "+") else -1
    return -1 if clause.has("act", "trim") and before is not None and _by(before) else 0


def seconds(clause: Clause, beat_s: Fraction, bar_s: Fraction) -> tuple[int, Fraction] | None:
    """Return an unread length of time: where it stands, and its seconds."""
    found = amounts(clause, "second", "beat", "bar")
    if not found:
        return None
    at, quantity = found[0]
    return at, abs(quantity.value) * {"second": Fraction(1), "beat": beat_s, "bar": bar_s}[quantity.unit]
