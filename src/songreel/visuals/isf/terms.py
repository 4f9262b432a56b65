"""Expressions of GLSL, read as far as it takes to tell which have one value in the whole picture, and of what type."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

_TOKEN = re.compile(
    r"0[xX][\da-fA-F]+[uU]?|(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?(?:lf|LF|[fFuU])?|[A-Za-z_]\w*"
    r"|<<=|>>=|\+\+|--|[-+*/%&|^<>=!]=|&&|\|\||\^\^|<<|>>|\S"
)
TYPES = frozenset(
    re.findall(
        r"\w+",
        "float int uint bool vec2 vec3 vec4 ivec2 ivec3 ivec4 uvec2 uvec3 uvec4 bvec2 bvec3 bvec4 mat2 mat3 mat4",
    )
)
_VECTOR = re.compile(r"([biu]?vec)([234])")
_FLOATS = ("float", "vec2", "vec3", "vec4")
_COMPARISONS = frozenset(("<", ">", "<=", ">=", "==", "!=", "&&", "||", "^^"))
_RANKS = {
    sign: rank
    for rank, signs in enumerate(("||", "^^", "&&", "|", "^", "&", "== !=", "< > <= >=", "<< >>", "+ -", "* / %"), 1)
    for sign in signs.split()
}
_WIDEST = frozenset(
    re.findall(
        r"\w+",
        "sin cos tan asin acos atan exp exp2 log log2 pow sqrt inversesqrt abs sign floor ceil fract mod min max clamp "
        "mix step smoothstep radians degrees normalize reflect refract",
    )
)
_CALL_WORK = 2
_OTHERS = {"dot": "float", "length": "float", "distance": "float", "cross": "vec3", "IMG_SIZE": "vec2"}


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number or sign, and where it begins."""

    text: str
    at: int


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a name stands for; ``type`` is empty where it is not known, ``work`` the operations that it hides."""

    type: str
    steady: bool = False
    work: int = 0


@dataclass(frozen=True, slots=True)
class Term:
    """An expression over tokens ``start`` to ``end``; ``work`` counts what a compiler cannot do beforehand."""

    start: int
    end: int
    type: str
    steady: bool
    work: int
    parts: tuple[Term, ...] = ()


def tokens(text: str) -> list[Token]:
    """Split GLSL without comments and directives."""
    return [Token(found.group(), found.start()) for found in _TOKEN.finditer(text)]


class Reader:
    """Reads expressions out of a row of tokens; what is not an expression is None, never an error.

    ``names`` and ``calls`` say what is known of variables and of a file's own functions.
    """

    def __init__(self, row: list[Token], names: Mapping[str, Meaning], calls: Mapping[str, Meaning]) -> None:
        self._row = row
        self._names = names
        self._calls = calls

    def _text(self, at: int) -> str:
        return self._row[at].text if at < len(self._row) else ""

    def term(self, at: int, least: int = 0) -> Term | None:
        """Read the expression that begins at a token, as far as it goes."""
        left = self._unary(at)
        while left is not None:
            sign = self._text(left.end)
            if sign == "?" and least == 0:
                left = self._choice(left)
            elif (rank := _RANKS.get(sign, 0)) > least:
                right = self.term(left.end + 1, rank)
                left = right and _joined(at, right.end, _type_of_pair(sign, left.type, right.type), left, right)
            else:
                return left
        return None

    def _choice(self, condition: Term) -> Term | None:
        first = self.term(condition.end + 1)
        if first is None or self._text(first.end) != ":":
            return None
        second = self.term(first.end + 1)
        if second is None:
            return None
        kind = first.type if first.type == second.type else ""
        return _joined(condition.start, second.end, kind, condition, first, second)

    def _unary(self, at: int) -> Term | None:
        if self._text(at) in ("-", "+", "!", "~"):
            inner = self._unary(at + 1)
            return inner and Term(at, inner.end, inner.type, inner.steady, inner.work, (inner,))
        found = self._primary(at)
        while found is not None and self._text(found.end) in (".", "[", "++", "--"):
            found = self._postfix(found)
        return found

    def _postfix(self, base: Term) -> Term | None:
        if self._text(base.end) == ".":
            kind = _swizzled(base.type, self._text(base.end + 1))
            return Term(base.start, base.end + 2, kind, base.steady, base.work, (base,))
        inner = self.term(base.end + 1) if self._text(base.end) == "[" else None
        if inner is None or self._text(inner.end) != "]":
            return None
        return _joined(base.start, inner.end + 1, "", base, inner)

    def _primary(self, at: int) -> Term | None:
        text = self._text(at)
        if text == "(":
            inner = self.term(at + 1)
            closed = inner is not None and self._text(inner.end) == ")"
            return Term(at, inner.end + 1, inner.type, inner.steady, inner.work, (inner,)) if inner and closed else None
        if re.match(r"\.?\d", text):
            return Term(at, at + 1, _type_of_number(text), steady=True, work=0)
        if not re.match(r"[A-Za-z_]", text) or text == "return":
            return None
        if self._text(at + 1) == "(":
            return self._call(at, text)
        if text in ("true", "false"):
            return Term(at, at + 1, "bool", steady=True, work=0)
        known = self._names.get(text, Meaning(""))
        return Term(at, at + 1, known.type, known.steady, known.work)

    def _call(self, at: int, name: str) -> Term | None:
        end = at + 2
        given: list[Term] = []
        while self._text(end) != ")" or given:
            inner = self.term(end)
            if inner is None or self._text(inner.end) not in (",", ")"):
                return None
            given.append(inner)
            end = inner.end
            if self._text(end) == ")":
                break
            end += 1
        known = self._meaning(name, given)
        steady = known.steady and all(each.steady for each in given)
        moving = sum(each.work for each in given)
        own = 0 if name in TYPES or not moving else _CALL_WORK
        return Term(at, end + 1, known.type, steady, moving + own + known.work, tuple(given))

    def _meaning(self, name: str, given: list[Term]) -> Meaning:
        if name in self._calls:
            return self._calls[name]
        if name in TYPES:
            return Meaning(name, steady=True)
        if name in _WIDEST:
            return Meaning(_widest(each.type for each in given), steady=True)
        return Meaning(_OTHERS.get(name, ""), steady=name in _OTHERS, work=int(name == "IMG_SIZE"))


def _joined(start: int, end: int, kind: str, *parts: Term) -> Term:
    moving = sum(part.work for part in parts)
    return Term(start, end, kind, all(part.steady for part in parts), moving + (moving > 0), parts)


def _type_of_number(text: str) -> str:
    if text[:2] in ("0x", "0X") or re.fullmatch(r"\d+[uU]?", text):
        return "uint" if text[-1] in "uU" else "int"
    return "float"


def _type_of_pair(sign: str, one: str, other: str) -> str:
    if sign in _COMPARISONS:
        return "bool"
    return one if one == other else _widest((one, other))


def _widest(types: Iterable[str]) -> str:
    found = set(types)
    if len(found) == 1:
        return found.pop()
    wide = [kind for kind in found if kind in _FLOATS]
    return max(wide) if len(wide) == len(found) == 2 and "float" in found else ""


def _swizzled(kind: str, letters: str) -> str:
    vector = _VECTOR.fullmatch(kind)
    if vector is None or not re.fullmatch(r"[xyzwrgbastpq]{1,4}", letters):
        return ""
    single = {"vec": "float", "ivec": "int", "uvec": "uint", "bvec": "bool"}[vector[1]]
    return single if len(letters) == 1 else f"{vector[1]}{len(letters)}"
