"""How much: numbers in digits and words with their units, fractions, ordinals and factors.

The words are data (``lexicon/<language>/quantities.toml``); all languages are read at once, so that a message may mix.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from typing import Any, Literal

from songreel.director import lexicon
from songreel.director.tokens import Token, tokens

Kind = Literal["amount", "ordinal", "factor"]
Key = tuple[str, ...]
_TIME = {"second": Fraction(1), "minute": Fraction(60), "millisecond": Fraction(1, 1000)}
_COUNTED = ("beat", "bar")
_PARTS = {"third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}
_COMPARED = frozenset({"more", "less", "fewer", "of", "off", "as", "down", "up", "and", "in", "please", "pls"})
_TIMES = ("x", "×", "*")
_AND_A_HALF = (("半",), ("and", "a", "half"))
_LONGEST_NUMBER = 12
"""Digits of a number that are read; nothing that can be asked for has more."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number and its unit, ``""`` for none; times are in seconds, percent and tenths are shares of one.

    ``more`` is 1 where so much is to come on top of what is there (``3 more seconds``), −1 where it is to go.
    """

    value: Fraction
    unit: str = ""
    kind: Kind = "amount"
    more: int = 0

    @property
    def seconds(self) -> Fraction | None:
        """Return a length of time in seconds; None for what is no time."""
        return self.value if self.unit == "second" else None


@dataclass(frozen=True, slots=True)
class _Tables:
    numbers: Mapping[Key, Fraction]
    scales: Mapping[Key, Fraction]
    articles: Mapping[Key, Fraction]
    fractions: Mapping[Key, Fraction]
    ordinals: Mapping[Key, Fraction]
    vague: Mapping[Key, Fraction]
    differences: Mapping[Key, Fraction]
    times: Mapping[Key, Fraction]
    units: Mapping[Key, str]
    longest: int


@cache
def _tables() -> _Tables:
    def all_of(name: str) -> dict[Key, Fraction]:
        found: dict[Key, Fraction] = {}
        for table in lexicon.amounts():
            for word, value in table[name].items():
                found |= {_key(each): Fraction(str(value)) for each in [word]}
        return found

    times = {
        _key(phrase): Fraction(factor).limit_denominator(1000)
        for table in lexicon.amounts()
        for factor, phrases in table["times"].items()
        for phrase in phrases
    }
    units = {
        _key(form): unit for table in lexicon.amounts() for unit, forms in table["units"].items() for form in forms
    }
    longest = max(len(key) for key in [*units, *times, *all_of("ordinals")])
    names = ("numbers", "scales", "articles", "fractions", "ordinals", "vague", "differences")
    return _Tables(**{name: all_of(name) for name in names}, times=times, units=units, longest=longest)


def _key(phrase: str) -> Key:
    return tuple(token.text for token in tokens(phrase))


def read(words: Sequence[Token], place: int) -> tuple[Quantity, int] | None:
    """Return the quantity that begins at a token, and the token after it; None when none does."""
    if _within_a_name(words, place):
        return None
    tables = _tables()
    texts = [token.text for token in words[place : place + 24]]
    found = (
        _part(texts, tables)
        or _ordinal(texts, tables)
        or _of_hundred(texts, tables)
        or _factor(texts, tables)
        or _half_unit(texts, tables)
        or _vaguely(texts, tables)
        or _difference(texts, tables)
        or _amount(texts, tables)
    )
    return (found[0], place + found[1]) if found else None


def knows(word: str) -> bool:
    """Tell whether a word is part of a number, a unit or a share."""
    tables = _tables()
    return any(
        (word,) in table for table in (tables.numbers, tables.scales, tables.units, tables.ordinals, tables.times)
    )


def _within_a_name(words: Sequence[Token], place: int) -> bool:
    """Tell whether digits stand between letters without a gap: ``ab2n``."""
    if not 0 < place < len(words) - 1 or not words[place].text.isdigit():
        return False
    before, here, after = words[place - 1 : place + 2]
    letters = before.text[-1:].isascii() and before.text[-1:].isalpha() and after.text[:1].isascii()
    return letters and after.text[:1].isalpha() and before.end == here.start and here.end == after.start


Found = tuple[Quantity, int] | None


def _longest(texts: Sequence[str], table: Mapping[Key, Any], most: int) -> tuple[Any, int] | None:
    for length in range(min(most, len(texts)), 0, -1):
        if (key := tuple(texts[:length])) in table:
            return table[key], length
    return None


def _ordinal(texts: Sequence[str], tables: _Tables) -> Found:
    if texts[:1] == ["第"] and (number := _number(texts[1:], tables)):
        return Quantity(number[0], "", "ordinal"), number[1] + 1
    found = _longest(texts, tables.ordinals, tables.longest)
    if found is None and len(texts) > 1 and texts[0].isdigit() and texts[1] in ("st", "nd", "rd", "th"):
        found = _digits(texts[0]), 2
    return (Quantity(found[0], "", "ordinal"), found[1]) if found else None


def _of_hundred(texts: Sequence[str], tables: _Tables) -> Found:
    """Read ``百分之二十`` and ``三分之一``."""
    if texts[:3] == ["百", "分", "之"] and (number := _number(texts[3:], tables)):
        return Quantity(number[0] / 100, "percent"), number[1] + 3
    below = _number(texts, tables)
    if below and texts[below[1] : below[1] + 2] == ["分", "之"]:
        above = _number(texts[below[1] + 2 :], tables)
        if above and below[0]:
            return Quantity(above[0] / below[0], "percent"), below[1] + 2 + above[1]
    return None


def _part(texts: Sequence[str], tables: _Tables) -> Found:
    """Read ``a third fewer`` and ``two thirds``; ``a third title`` is one more title."""
    number = _number(texts, tables) or _longest(texts, tables.articles, 1)
    if number is None or len(texts) <= number[1] or number[0] < 1:
        return None
    name, follows = texts[number[1]], texts[number[1] + 1 : number[1] + 2]
    below = _PARTS.get(name.removesuffix("s") if number[0] > 1 else name)
    compared = not follows or follows[0] in _COMPARED or (follows[0].endswith("er") and follows[0].isascii())
    compared = compared or not follows[0][0].isalnum()
    if not (below and compared):
        return None
    # ``a third as often`` is what is left, ``a third fewer`` what goes.
    left = follows[:1] == ["as"]
    share = Quantity(number[0] / below, "", "factor") if left else Quantity(number[0] / below, "percent")
    return share, number[1] + 1


def _factor(texts: Sequence[str], tables: _Tables) -> Found:
    found = _longest(texts, tables.times, tables.longest)
    if found is None and texts[0] in _TIMES and (number := _number(texts[1:], tables)):
        return Quantity(number[0], "", "factor"), number[1] + 1
    if found is None:
        return None
    after = texts[found[1] : found[1] + 1]
    ends = found[1] + (1 if texts[found[1] - 1] == "half" and after in (["a"], ["an"]) else 0)
    halved = texts[0] in ("half", "半") or "half" in texts[found[1] - 1 : found[1]]
    if halved and _longest(texts[ends:], tables.units, tables.longest):
        return None
    return Quantity(found[0], "", "factor"), found[1]


def _half_unit(texts: Sequence[str], tables: _Tables) -> Found:
    """Read ``half a second`` and ``半分钟``."""
    share = _longest(texts, tables.fractions, 1)
    if share is None:
        return None
    at = 2 if texts[1:2] in (["a"], ["an"]) else 1
    unit = _longest(texts[at:], tables.units, tables.longest)
    return (_measured(share[0], unit[0]), at + unit[1]) if unit else None


def _vaguely(texts: Sequence[str], tables: _Tables) -> Found:
    """Read ``a few seconds`` as what most people mean by it; of anything but time, a few are not counted."""
    at = 1 if (texts[0],) in tables.articles and len(texts) > 1 else 0
    value = tables.vague.get((texts[at],))
    unit = _longest(texts[at + 1 :], tables.units, tables.longest) if value is not None else None
    if value is None or unit is None or unit[0] not in _TIME:
        return None
    return _measured(value, unit[0]), at + 1 + unit[1]


def _difference(texts: Sequence[str], tables: _Tables) -> Found:
    """Read ``3 more seconds``, ``two fewer bars``, ``another second`` and ``another two bars``."""
    led = (texts[0],) in tables.differences
    number = _number(texts[1:] if led else texts, tables)
    if number is None and led and (texts[0],) in tables.articles:
        number = tables.articles[texts[0],], 0
    if number is None:
        return None
    value, at = number
    word = (texts[0],) if led else tuple(texts[at : at + 1])
    unit = _longest(texts[at + 1 :], tables.units, tables.longest)
    if word not in tables.differences or unit is None or not (unit[0] in _TIME or unit[0] in _COUNTED):
        return None
    return replace(_measured(value, unit[0]), more=int(tables.differences[word])), at + 1 + unit[1]


def _amount(texts: Sequence[str], tables: _Tables) -> Found:
    number = _number(texts, tables) or _longest(texts, tables.articles, 1)
    if number is None:
        return None
    value, at = number
    if _loosely(texts, at, value, tables):
        value, at = value + Fraction(1, 2), at + 1
    if texts[at : at + 2] == ["and", "a"] and texts[at + 2 : at + 3] == ["half"]:
        value, at = value + Fraction(1, 2), at + 3
    if texts[at : at + 1] == ["of"] and _longest(texts[at + 1 :], tables.units, tables.longest):
        at += 1
    unit = _longest(texts[at:], tables.units, tables.longest)
    if unit is None:
        plain = (texts[0],) not in tables.articles and texts[:at] != ["一"]
        return (Quantity(value), at) if plain else None
    at += unit[1]
    quantity = _measured(value, unit[0])
    half = next((many for many in _AND_A_HALF if tuple(texts[at : at + len(many)]) == many), ())
    if half:
        quantity, at = _measured(value + Fraction(1, 2), unit[0]), at + len(half)
    return quantity, at


def _loosely(texts: Sequence[str], at: int, value: Fraction, tables: _Tables) -> bool:
    """Tell whether a time is given as one of two numbers: ``五六秒`` is between five seconds and six."""
    wide = not texts[at - 1].isascii() and at < len(texts) and not texts[at].isascii()
    follows = tables.numbers.get((texts[at],)) if wide and value < 9 else None
    unit = _longest(texts[at + 1 :], tables.units, tables.longest) if follows == value + 1 else None
    return unit is not None and unit[0] in _TIME


def _measured(value: Fraction, unit: str) -> Quantity:
    if unit in _TIME:
        return Quantity(value * _TIME[unit], "second")
    if unit in ("percent", "tenth"):
        return Quantity(value / (100 if unit == "percent" else 10), "percent")
    return Quantity(value, unit, "factor" if unit == "times" else "amount")


def _digits(text: str) -> Fraction:
    return Fraction(text[:_LONGEST_NUMBER])


def _number(texts: Sequence[str], tables: _Tables) -> tuple[Fraction, int] | None:
    """Read a number in digits (with a decimal point) or in words, such as ``twenty five`` and ``一百二十五``."""
    if texts and texts[0].isascii() and texts[0].isdigit():
        if len(texts) > 2 and texts[1] == "." and texts[2].isascii() and texts[2].isdigit():
            return Fraction(f"{texts[0][:_LONGEST_NUMBER]}.{texts[2][:_LONGEST_NUMBER]}"), 3
        return _digits(texts[0]), 1
    total, digit, at = Fraction(0), Fraction(-1), 0
    while at < len(texts):
        key = (texts[at],)
        if key in tables.numbers:
            more = tables.numbers[key]
            if digit >= 0 and not (digit % 10 == 0 and digit > 0 and more < 10):
                break
            digit = max(digit, Fraction(0)) + more
        elif key in tables.scales and (digit > 0 or not (at or key[0].isascii())):
            total, digit = total + (digit if digit > 0 else 1) * tables.scales[key], Fraction(-1)
        elif at and texts[at] == "点" and tuple(texts[at + 1 : at + 2]) in tables.numbers:
            return total + max(digit, Fraction(0)) + tables.numbers[tuple(texts[at + 1 : at + 2])] / 10, at + 2
        else:
            break
        at += 1
    return (total + max(digit, Fraction(0)), at) if at else None
