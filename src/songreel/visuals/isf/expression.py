"""The sums that size a pass: ``floor($WIDTH * $quality / 2.0)``.

Numbers, ``$names``, ``pi`` and ``e``, ``+ - * / % ^``, parentheses, and the functions of `FUNCTIONS`.
``^`` (also written ``**``) is a power and binds to the right, as in the hosts that most files were written for.
"""

from __future__ import annotations

import math
import operator
import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

Names = Mapping[str, float]
Node = Callable[[Names], float]

_TOKEN = re.compile(
    r"\s*(?:(?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|(?P<name>\$?[A-Za-z_]\w*)|(?P<sign>\*\*|[-+*/%^(),]))"
)
_SIGNS: dict[str, tuple[int, Callable[[float, float], float]]] = {
    "+": (1, operator.add),
    "-": (1, operator.sub),
    "*": (2, operator.mul),
    "/": (2, operator.truediv),
    "%": (2, math.fmod),
    "^": (4, math.pow),
    "**": (4, math.pow),
}
_UNARY = 3
_CONSTANTS = {"pi": math.pi, "e": math.e}
_ANY = 99
_DEEPEST = 64


def _round(value: float) -> float:
    return math.floor(value + 0.5)


def _clamp(value: float, low: float, high: float) -> float:
    return max(low, min(high, value))


FUNCTIONS: dict[str, tuple[int, int, Callable[..., float]]] = {
    "abs": (1, 1, abs),
    "ceil": (1, 1, math.ceil),
    "clamp": (3, 3, _clamp),
    "cos": (1, 1, math.cos),
    "exp": (1, 1, math.exp),
    "floor": (1, 1, math.floor),
    "log": (1, 1, math.log),
    "log2": (1, 1, math.log2),
    "max": (1, _ANY, lambda *values: max(values)),
    "min": (1, _ANY, lambda *values: min(values)),
    "mod": (2, 2, math.fmod),
    "pow": (2, 2, math.pow),
    "round": (1, 1, _round),
    "sin": (1, 1, math.sin),
    "sqrt": (1, 1, math.sqrt),
    "tan": (1, 1, math.tan),
    "trunc": (1, 1, math.trunc),
}
"""Name → fewest arguments, most arguments, function. Names are read without regard to case."""


class ExpressionError(ValueError):
    """A sum that cannot be read or worked out; the message says why."""


def evaluate(text: str, names: Names) -> float:
    """Work out a sum; ``names`` are without their ``$``. Raises ExpressionError; the result is finite."""
    try:
        value = float(_compiled(text)(names))
    except KeyError as error:
        raise ExpressionError(f"{text!r} uses ${error.args[0]}, which is not a number input") from error
    except (ArithmeticError, ValueError, TypeError) as error:
        raise ExpressionError(f"{text!r} cannot be worked out: {error}") from error
    if not math.isfinite(value):
        raise ExpressionError(f"{text!r} is not a finite number")
    return value


def check(text: str) -> None:
    """Raise ExpressionError when a sum cannot be read, whatever its names stand for."""
    _compiled(text)


def names(text: str) -> frozenset[str]:
    """Return the names that a sum uses, without their ``$``."""
    return frozenset(re.findall(r"\$(\w+)", text))


@lru_cache(maxsize=512)
def _compiled(text: str) -> Node:
    reader = _Reader(text)
    node = reader.sum(0)
    if reader.peek():
        raise ExpressionError(f"{text!r} goes on after its end, at {reader.peek()!r}")
    return node


def _tokens(text: str) -> list[str]:
    found: list[str] = []
    at = 0
    while at < len(text.rstrip()):
        match = _TOKEN.match(text, at)
        if match is None:
            raise ExpressionError(f"{text!r} has {text[at:].strip()[:1]!r}, which means nothing here")
        found.append(match.group().strip())
        at = match.end()
    return found


class _Reader:
    """Precedence climbing over the tokens of one sum."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._left = _tokens(text)[::-1]
        self._depth = 0

    def peek(self) -> str:
        return self._left[-1] if self._left else ""

    def sum(self, least: int) -> Node:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise ExpressionError(f"{self._text[:40]!r}… is nested too deeply")
        node = self._term()
        while (sign := self.peek()) in _SIGNS and _SIGNS[sign][0] >= least:
            self._left.pop()
            rank, work = _SIGNS[sign]
            right = self.sum(rank if rank == _SIGNS["^"][0] else rank + 1)
            node = _pair(work, node, right)
        self._depth -= 1
        return node

    def _term(self) -> Node:
        token = self._left.pop() if self._left else ""
        if token in ("+", "-"):
            inner = self.sum(_UNARY)
            return inner if token == "+" else lambda names: -inner(names)
        if token == "(":
            inner = self.sum(0)
            self._close()
            return inner
        if token.startswith("$"):
            return operator.itemgetter(token[1:])
        if token[:1].isdigit() or token[:1] == ".":
            return _constant(float(token))
        return self._named(token)

    def _named(self, token: str) -> Node:
        name = token.lower()
        if self.peek() == "(" and name in FUNCTIONS:
            return self._call(name)
        if name in _CONSTANTS:
            return _constant(_CONSTANTS[name])
        raise ExpressionError(
            f"{self._text!r} has {token!r}, which means nothing here" if token else f"{self._text!r} ends too early"
        )

    def _call(self, name: str) -> Node:
        self._left.pop()
        arguments = [self.sum(0)]
        while self.peek() == ",":
            self._left.pop()
            arguments.append(self.sum(0))
        self._close()
        fewest, most, work = FUNCTIONS[name]
        if not fewest <= len(arguments) <= most:
            raise ExpressionError(f"{self._text!r} gives {name} {len(arguments)} arguments")
        return _called(work, arguments)

    def _close(self) -> None:
        if self.peek() != ")":
            raise ExpressionError(f"{self._text!r} lacks a closing parenthesis")
        self._left.pop()


def _constant(value: float) -> Node:
    return lambda _names: value


def _pair(work: Callable[[float, float], float], left: Node, right: Node) -> Node:
    return lambda names: work(left(names), right(names))


def _called(work: Callable[..., float], arguments: Sequence[Node]) -> Node:
    return lambda names: work(*(argument(names) for argument in arguments))
